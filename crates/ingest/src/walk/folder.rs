//! Walks one folder.

use super::{File, LeftOut, Reason, Walk, bytes_of, plain, unreadable};
use crate::read::head_of;
use crate::sniff::{self, Look, Name};
use crate::{Format, InputFormat, Options, Source};
use globset::GlobMatcher;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// How browsers end the name of the folder that they save beside a page, in the languages they speak.
///
/// Source: Windows shell documentation, "Connected Files".
static RESOURCE_ENDINGS: &[&str] = &[
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_bestanden",
    "_file",
    "_archivos",
    "-filer",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_ficheiros",
    "_arquivos",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
    "_fitxategiak",
];

/// Extensions of saved pages.
pub(crate) static PAGE_EXTENSIONS: [&str; 3] = ["html", "htm", "xhtml"];

pub(super) struct Finder<'a> {
    options: &'a Options,
    found: &'a mut Walk,
    /// Whether the pattern asks for names that begin with a dot.
    pub(super) take_hidden: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(options: &'a Options, found: &'a mut Walk) -> Self {
        Self { options, found, take_hidden: false }
    }

    /// Adds the files below `base`, sorted; with a pattern, those that it matches or that lie in a folder that it
    /// matches. Returns whether anything matched.
    pub(super) fn folder(&mut self, base: &Path, pattern: Option<&GlobMatcher>) -> bool {
        let first = self.found.files.len();
        let mut matched = false;
        let mut entries = WalkDir::new(base).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    matched |= self.broken(&error, base, pattern);
                    continue;
                }
            };
            let inside = entry.path().strip_prefix(base).unwrap_or(entry.path());
            let wanted = pattern.is_none_or(|pattern| inside.ancestors().any(|path| pattern.is_match(path)));
            matched |= wanted && entry.depth() > 0;
            if entry.depth() > 0
                && let Some(reason) = self.unwanted_name(&entry)
            {
                // What a pattern does not match was never asked for, so it is not named as left out.
                if wanted {
                    self.leave_out(entry.path(), reason);
                }
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            if wanted && !entry.file_type().is_dir() {
                self.file(&entry);
            }
        }
        self.found.files[first..].sort_by(|a, b| bytes_of(&a.path).cmp(bytes_of(&b.path)));
        matched
    }

    fn unwanted_name(&self, entry: &DirEntry) -> Option<Reason> {
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") && !self.take_hidden {
            return Some(Reason::Hidden);
        }
        if !entry.file_type().is_dir() {
            None
        } else if is_resource_folder(entry.path()) {
            Some(Reason::ResourceFolder)
        } else {
            (entry.path_is_symlink() && leads_back(entry.path())).then_some(Reason::Loop)
        }
    }

    fn file(&mut self, entry: &DirEntry) {
        if !entry.file_type().is_file() {
            return self.leave_out(entry.path(), Reason::NotAFile);
        }
        let path = plain(entry.path());
        let format = match self.format(&path) {
            Ok(format) => format,
            Err(reason) => return self.leave_out(&path, reason),
        };
        let bytes = entry.metadata().map_or(0, |meta| meta.len());
        self.found.files.push(File { path, format, bytes });
    }

    /// The format of a file that was found; `None` where reading will tell.
    fn format(&self, path: &Path) -> Result<Option<Format>, Reason> {
        if self.options.format != InputFormat::Auto {
            return Ok(self.options.format.asked());
        }
        match sniff::by_name(path) {
            Name::Format(format) => Ok(Some(format)),
            Name::Other => Err(Reason::OtherKind),
            Name::Archive => Ok(None),
            Name::Unknown => match head_of(path).map(|head| sniff::by_content(&head)) {
                Ok(Look::Readable(format)) => Ok(Some(format)),
                Ok(Look::Archive(_)) => Ok(None),
                Ok(Look::Json) => Err(Reason::Json),
                Ok(Look::Binary(what)) => Err(Reason::Binary(what)),
                // Reading it will fail the same way and say so with its address.
                Err(_) => Ok(None),
            },
        }
    }

    fn leave_out(&mut self, path: &Path, reason: Reason) {
        self.found.left_out.push(LeftOut::one(Source::file(plain(path)), reason));
    }

    /// Takes note of what the walk could not enter. Returns whether the pattern matches it.
    fn broken(&mut self, error: &walkdir::Error, base: &Path, pattern: Option<&GlobMatcher>) -> bool {
        let path = error.path().unwrap_or(base);
        let inside = path.strip_prefix(base).unwrap_or(path);
        let name_hidden = inside.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
        if !pattern.is_none_or(|pattern| inside.ancestors().any(|path| pattern.is_match(path))) {
            return false;
        }
        if name_hidden && !self.take_hidden {
            self.leave_out(path, Reason::Hidden);
        } else if error.loop_ancestor().is_some() {
            self.leave_out(path, Reason::Loop);
        } else {
            let why = match error.io_error() {
                _ if path.is_symlink() => "a link to what is not there".to_owned(),
                Some(error) => error.to_string(),
                None => error.to_string(),
            };
            self.found.failures.push(unreadable(&plain(path), &why));
        }
        true
    }
}

/// Whether a link leads to a folder that it lies in, be it above the one that the walk began with.
fn leads_back(link: &Path) -> bool {
    let folder = link.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (link.canonicalize(), folder.canonicalize()) {
        (Ok(target), Ok(folder)) => folder.starts_with(target),
        _ => false,
    }
}

/// Whether a folder is what a browser saved beside a page: `NAME_files` beside `NAME.html`.
fn is_resource_folder(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    resource_stems(name).any(|stem| {
        PAGE_EXTENSIONS.iter().any(|extension| path.with_file_name(format!("{stem}.{extension}")).is_file())
    })
}

/// The names without extension that a page would have whose resources lie in a folder `name`.
pub(crate) fn resource_stems(name: &str) -> impl Iterator<Item = &str> {
    RESOURCE_ENDINGS.iter().filter_map(|ending| name.strip_suffix(ending))
}

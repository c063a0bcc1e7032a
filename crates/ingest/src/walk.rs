//! Finds the files to read.

pub(crate) mod folder;

use crate::{Cause, Error, Failure, Format, Options, Source};
use folder::Finder;
use globset::{GlobBuilder, GlobMatcher};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// As it was named or found; `-` is standard input.
    pub path: PathBuf,
    /// What it is; `None` for a file that was named and whose name does not say.
    pub format: Option<Format>,
    /// Its size as stored, bytes; 0 where that is not known beforehand.
    pub bytes: u64,
}

/// Something that was found and is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The file, folder or member; where they are only counted, the archive they are in.
    pub source: Source,
    /// Why.
    pub reason: Reason,
    /// How many there are: 1 where it is named.
    pub count: u64,
}

impl LeftOut {
    pub(crate) fn one(source: Source, reason: Reason) -> Self {
        Self { source, reason, count: 1 }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, reason, count } = self;
        if *count == 1 { write!(f, "{source}: {reason}") } else { write!(f, "{source}: {count} times: {reason}") }
    }
}

/// Why something is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Its name begins with a dot.
    Hidden,
    /// The pictures, styles and frames that a browser saved beside a page.
    ResourceFolder,
    /// Its extension is not that of an article.
    OtherKind,
    /// Its content is not text; says what it is.
    Binary(&'static str),
    /// JSON that is not one object a line.
    Json,
    /// A pipe, socket or device.
    NotAFile,
    /// A link to a folder that it lies in.
    Loop,
    /// Named or found a second time.
    Repeated,
    /// A record of a web archive that holds no page: a request, a note of the crawler, a page seen before.
    NoPage,
    /// A page that the server did not give: moved, missing, refused.
    NoSuccess,
    /// Something else than HTML that a server gave.
    NotHtml,
}

/// What a set of inputs holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// The files to read: inputs in the order given, inside each by the bytes of the path.
    pub files: Vec<File>,
    /// What is not read.
    pub left_out: Vec<LeftOut>,
    /// What should be read and cannot: folders without permission, links to nothing.
    pub failures: Vec<Failure>,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hidden => "hidden",
            Self::ResourceFolder => "resources of a saved page",
            Self::OtherKind => "not a kind of article, by its extension",
            Self::Binary(what) => what,
            Self::Json => "JSON, but not one object a line",
            Self::NotAFile => "not a regular file",
            Self::Loop => "a link back to a folder it lies in",
            Self::Repeated => "there already",
            Self::NoPage => "a record that holds no page",
            Self::NoSuccess => "a response without success, by its status",
            Self::NotHtml => "a response that is no HTML, by its type",
        })
    }
}

/// Finds the files that `inputs` name: files, folders with all that is in them, patterns such as `news/**/*.txt`,
/// and `-` for standard input. A file whose name looks like a pattern is that file.
///
/// In folders, hidden files and the resource folders of saved pages are left out; with [`InputFormat::Auto`] so is
/// what does not look like an article. A file that is named is always in the list.
///
/// # Errors
/// [`Error`] if an input is not there, or if a pattern is wrong or matches nothing.
///
/// [`InputFormat::Auto`]: crate::InputFormat::Auto
pub fn walk(inputs: &[PathBuf], options: &Options) -> Result<Walk, Error> {
    let mut found = Walk::default();
    for input in inputs {
        add_input(input, options, &mut found)?;
    }
    let mut seen = HashSet::new();
    let Walk { files, left_out, failures } = &mut found;
    files.retain(|file| {
        let new = seen.insert(file.path.clone());
        if !new {
            left_out.push(LeftOut::one(Source::file(file.path.clone()), Reason::Repeated));
        }
        new
    });
    left_out.sort_by(|a, b| (bytes_of(&a.source.path), a.reason).cmp(&(bytes_of(&b.source.path), b.reason)));
    left_out.dedup();
    failures.sort_by(|a, b| bytes_of(&a.source.path).cmp(bytes_of(&b.source.path)));
    failures.dedup();
    Ok(found)
}

fn bytes_of(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

fn add_input(input: &Path, options: &Options, found: &mut Walk) -> Result<(), Error> {
    if input == Path::new("-") {
        found.files.push(File { path: input.to_owned(), format: options.format.asked(), bytes: 0 });
        return Ok(());
    }
    let path = plain(input);
    match std::fs::metadata(&path) {
        Ok(meta) if meta.is_dir() => {
            Finder::new(options, found).folder(&path, None);
            Ok(())
        }
        Ok(meta) => {
            let format = options.format.asked().or_else(|| named_format(&path));
            found.files.push(File { path, format, bytes: if meta.is_file() { meta.len() } else { 0 } });
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => match pattern(&path) {
            Some((base, rest)) => add_pattern(&path, &base, &rest, options, found),
            None => Err(Error::Missing(input.to_owned())),
        },
        Err(error) => Err(Error::Unreadable { path: input.to_owned(), why: error.to_string() }),
    }
}

fn named_format(path: &Path) -> Option<Format> {
    match crate::sniff::by_name(path) {
        crate::sniff::Name::Format(format) => Some(format),
        _ => None,
    }
}

/// The path without `.` in it and without a slash at the end.
fn plain(path: &Path) -> PathBuf {
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain }
}

/// The folder that a pattern starts from and the rest of it; `None` if there is nothing of a pattern in `path`.
fn pattern(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let is_pattern = |part: &OsStr| part.as_encoded_bytes().iter().any(|byte| b"*?[{".contains(byte));
    let parts: Vec<Component<'_>> = path.components().collect();
    let at = parts.iter().position(|part| is_pattern(part.as_os_str()))?;
    Some((parts[..at].iter().collect(), parts[at..].iter().collect()))
}

fn add_pattern(whole: &Path, base: &Path, rest: &Path, options: &Options, found: &mut Walk) -> Result<(), Error> {
    let bad = |why: String| Error::BadPattern { pattern: whole.to_owned(), why };
    let text = rest.to_str().ok_or_else(|| bad("a pattern must be UTF-8".to_owned()))?;
    let glob = GlobBuilder::new(text).literal_separator(true).build().map_err(|error| bad(error.kind().to_string()))?;
    let matcher: GlobMatcher = glob.compile_matcher();
    let folder = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    if std::fs::metadata(folder).is_err() {
        return Err(Error::NoMatch(whole.to_owned()));
    }
    let mut finder = Finder::new(options, found);
    finder.take_hidden = rest.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
    if finder.folder(folder, Some(&matcher)) { Ok(()) } else { Err(Error::NoMatch(whole.to_owned())) }
}

/// A document that should be there and cannot be read.
fn unreadable(path: &Path, error: &dyn fmt::Display) -> Failure {
    Failure { source: Source::file(path), cause: Cause::Unreadable(error.to_string()), bytes: None }
}

//! The documents of an archive: members are chosen as files in folders are.

use super::input::{Input, Limit, Taken, Whole};
use super::tar::Tar;
use super::zip::Zip;
use super::{Mark, Raw, Reader, State, Stored};
use crate::sniff::{self, Archive, Look, Name};
use crate::walk::folder::{PAGE_EXTENSIONS, resource_stems};
use crate::walk::{LeftOut, Reason};
use crate::{Cause, Failure, Format, Options, Source};
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::Path;

/// How many of the members that are left out of one archive are named; the others are counted.
const N_NAMED: usize = 100;

/// A member that is a file.
pub(super) struct Member {
    /// Its name as it is shown.
    pub(super) name: String,
    /// Its size, where that is known.
    pub(super) size: Option<u64>,
    pub(super) stream: Box<dyn Read + Send>,
}

/// What comes next in an archive.
pub(super) enum Next {
    Member(Member),
    /// A member that cannot be read; others may follow. The name is empty where it is not known.
    Bad(String, Cause),
    /// Damage that ends the archive.
    End(Cause),
}

/// What an archive lies in.
pub(super) enum Container {
    Zip(Box<Zip>),
    Tar(Tar),
}

pub(super) struct Members {
    container: Container,
    source: Source,
    options: Options,
    inside: Option<Box<Reader>>,
    left_out: Omitted,
    /// Hashes of the addresses given so far, since an archive may hold one name twice.
    given: HashSet<u64>,
    /// Hashes of the names of pages, without extension.
    pages: HashSet<u64>,
    /// Files of records that began and ended.
    pub(super) marks: Vec<Mark>,
    whole: Whole,
    done: bool,
}

impl Members {
    pub(super) fn new(container: Container, source: Source, options: Options, whole: Whole) -> Self {
        let left_out = Omitted::new(source.clone());
        let (given, pages) = (HashSet::new(), HashSet::new());
        Self { container, source, options, inside: None, left_out, given, pages, marks: Vec::new(), whole, done: false }
    }

    pub(super) fn next(&mut self) -> Option<Result<Raw, Failure>> {
        loop {
            if let Some(inside) = &mut self.inside {
                let next = inside.next();
                self.marks.append(&mut inside.marks());
                if let Some(document) = next {
                    return Some(document);
                }
                self.left_out.all.append(&mut inside.left_out());
                self.inside = None;
            }
            if let Container::Zip(zip) = &mut self.container {
                self.pages.extend(zip.upcoming().filter_map(|name| page(&plain(name))));
            }
            if self.done {
                return None;
            }
            if let Err(bomb) = self.whole.give(0) {
                self.done = true;
                return Some(Err(Failure { source: self.source.clone(), cause: bomb.cause(), bytes: None }));
            }
            let next = match &mut self.container {
                Container::Zip(zip) => zip.next(),
                Container::Tar(tar) => tar.next(),
            };
            let fail = |source, cause| Some(Err(Failure { source, cause, bytes: None }));
            match next? {
                Next::End(cause) => return fail(self.source.clone(), cause),
                Next::Bad(name, cause) if name.is_empty() => return fail(self.source.clone(), cause),
                Next::Bad(name, cause) => {
                    let name = plain(&name);
                    match self.unwanted(&name) {
                        Some(reason) => self.left_out.add(&self.source.member(&name), reason),
                        None => return fail(self.address(name), cause),
                    }
                }
                Next::Member(member) => {
                    if let Err(failure) = self.begin(member) {
                        return Some(Err(failure));
                    }
                }
            }
        }
    }

    /// What stood before the last record.
    pub(super) fn between(&mut self) -> Vec<u8> {
        self.inside.as_mut().map_or_else(Vec::new, |inside| inside.between())
    }

    /// How the member is stored that the last document came from.
    pub(super) fn stored(&self) -> Stored {
        self.inside.as_ref().map_or_else(Stored::default, |inside| inside.stored())
    }

    /// What was left out since this was asked last.
    pub(super) fn left_out(&mut self) -> Vec<LeftOut> {
        self.left_out.take()
    }

    /// Begins to read a member, if it is wanted.
    fn begin(&mut self, member: Member) -> Result<(), Failure> {
        let name = plain(&member.name);
        self.pages.extend(page(&name));
        if let Some(reason) = self.unwanted(&name) {
            self.left_out.add(&self.source.member(&name), reason);
            return Ok(());
        }
        let mut input =
            Input::open_in(member.stream, Taken::default(), Limit::of(&self.options), Some(self.whole.clone()));
        let is_stored_whole = !input.is_compressed();
        input.is_of_archive();
        let head = input.peek(sniff::HEAD_BYTES);
        let format = match sniff::archive(head) {
            Some(Look::Archive(Archive::Zip)) => Err(Cause::Nested("a ZIP archive")),
            Some(Look::Archive(Archive::Tar)) => Err(Cause::Nested("a tar archive")),
            _ => match self.format(&name, head) {
                Ok(format) => Ok(format),
                Err(reason) => {
                    self.left_out.add(&self.source.member(&name), reason);
                    return Ok(());
                }
            },
        };
        let limit = self.options.max_doc_bytes;
        let format = format.and_then(|format| match format {
            // It says so itself, and need not be unfolded to be believed.
            Format::Text | Format::Markdown | Format::Html
                if is_stored_whole && member.size.is_some_and(|size| size > limit) =>
            {
                Err(Cause::TooLarge { limit, head: Vec::new() })
            }
            format => Ok(format),
        });
        let source = self.address(name);
        match format {
            Ok(format) => {
                let mut reader = Reader::of(source, &self.options, State::File(format, input));
                reader.stored.compressed = !is_stored_whole;
                reader.within = Some(self.whole.clone());
                self.inside = Some(Box::new(reader));
                Ok(())
            }
            Err(cause) => Err(Failure { source, cause, bytes: None }),
        }
    }

    fn format(&self, name: &str, head: &[u8]) -> Result<Format, Reason> {
        if let Some(asked) = self.options.format.asked() {
            return Ok(asked);
        }
        match sniff::by_name(Path::new(name)) {
            Name::Format(format) => Ok(format),
            Name::Other => Err(Reason::OtherKind),
            Name::Archive | Name::Unknown => match sniff::by_content(head) {
                Look::Readable(format) => Ok(format),
                Look::Json => Err(Reason::Json),
                Look::Binary(what) => Err(Reason::Binary(what)),
                Look::Archive(_) => Err(Reason::Binary("an archive")),
            },
        }
    }

    /// Why a member is not read, by its name.
    fn unwanted(&self, name: &str) -> Option<Reason> {
        let mut end = 0;
        for part in name.split('/') {
            if part.starts_with('.') {
                return Some(Reason::Hidden);
            }
            let before = &name[..end];
            end += part.len() + 1;
            if end < name.len() && resource_stems(part).any(|stem| self.pages.contains(&hash(&(before, stem)))) {
                return Some(Reason::ResourceFolder);
            }
        }
        let is_other = self.options.format.asked().is_none() && sniff::by_name(Path::new(name)) == Name::Other;
        is_other.then_some(Reason::OtherKind)
    }

    /// The address of a member; of one whose name was there before, with a number.
    fn address(&mut self, mut name: String) -> Source {
        let mut number = 2;
        let plain = name.clone();
        while !self.given.insert(hash(&name)) {
            name = format!("{plain} ({number})");
            number += 1;
        }
        self.source.member(&name)
    }
}

/// A name that leads nowhere outside of its archive.
fn plain(name: &str) -> String {
    let parts = name.split(['/', '\\']).enumerate().filter(|(at, part)| {
        let is_drive = *at == 0 && part.len() == 2 && part.ends_with(':');
        !part.is_empty() && *part != "." && *part != ".." && !is_drive
    });
    let parts: Vec<&str> = parts.map(|(_, part)| part).collect();
    if parts.is_empty() { "(no name)".to_owned() } else { parts.join("/") }
}

/// The hash of the folder and stem of a page; `None` for everything else.
fn page(name: &str) -> Option<u64> {
    let (stem, extension) = name.rsplit_once('.')?;
    PAGE_EXTENSIONS.iter().any(|page| extension.eq_ignore_ascii_case(page)).then_some(())?;
    let at = stem.rfind('/').map_or(0, |at| at + 1);
    Some(hash(&(&stem[..at], &stem[at..])))
}

/// The same in every run.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What is left out of an archive: named at first, counted then.
pub(super) struct Omitted {
    source: Source,
    all: Vec<LeftOut>,
    n_named: usize,
    counts: BTreeMap<Reason, u64>,
}

impl Omitted {
    pub(super) fn new(source: Source) -> Self {
        Self { source, all: Vec::new(), n_named: 0, counts: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, member: &Source, reason: Reason) {
        if self.n_named < N_NAMED {
            self.n_named += 1;
            self.all.push(LeftOut::one(member.clone(), reason));
        } else {
            self.count(reason);
        }
    }

    pub(super) fn count(&mut self, reason: Reason) {
        *self.counts.entry(reason).or_default() += 1;
    }

    pub(super) fn take(&mut self) -> Vec<LeftOut> {
        let mut all = std::mem::take(&mut self.all);
        let counts = std::mem::take(&mut self.counts);
        all.extend(counts.into_iter().map(|(reason, count)| LeftOut { source: self.source.clone(), reason, count }));
        all
    }
}

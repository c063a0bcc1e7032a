//! ZIP: members in the order of the list of contents at the end of the archive.

use super::input::{Limit, Taken, unzstd};
use super::members::{Member, Next};
use crate::Cause;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};
use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

/// Something that can be read from any place.
pub(super) trait Storage: Read + Seek + Send {}
impl<T: Read + Seek + Send> Storage for T {}

/// How many entries of the list of contents are in memory at a time. For each further stretch the list is passed
/// from its beginning.
const STRETCH: usize = 1 << 16;

/// A ZIP archive.
pub(super) struct Zip {
    storage: Shared,
    contents: ZipIterable<At>,
    entries: std::vec::IntoIter<Result<Entry, ZipError>>,
    /// Entries taken from the list of contents so far.
    n_listed: usize,
    taken: Taken,
    limit: Limit,
    /// Bytes that members gave so far: several of them may lie in the same place.
    given: Taken,
    n_bytes: u64,
    done: bool,
}

/// What the list of contents says of a member.
struct Entry {
    name: String,
    start: u64,
    n_stored: u64,
    size: u64,
    crc: u32,
    method: CompressionMethod,
    encrypted: bool,
    is_file: bool,
}

type Shared = Arc<Mutex<Box<dyn Storage>>>;

/// A place in the archive.
#[derive(Clone)]
struct At {
    storage: Shared,
    at: u64,
}

/// Whether it begins like a ZIP archive, an empty one and one in several volumes included.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    matches!(head, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..])
}

/// What a ZIP archive is that holds one thing of many parts, by the name of its first member.
pub(crate) fn one_thing(head: &[u8]) -> Option<&'static str> {
    let name = head.get(30..)?;
    [
        (&b"[Content_Types].xml"[..], "an office file"),
        (b"_rels/.rels", "an office file"),
        (b"docProps/", "an office file"),
        (b"mimetype", "an office file or e-book"),
        (b"META-INF/", "a Java archive"),
        (b"AndroidManifest.xml", "an Android program"),
    ]
    .into_iter()
    .find(|(first, _)| name.starts_with(first))
    .map(|(_, what)| what)
}

impl Zip {
    /// Reads the end of the archive.
    pub(super) fn new(storage: Box<dyn Storage>, taken: Taken, limit: Limit) -> Result<Self, Cause> {
        let storage: Shared = Arc::new(Mutex::new(storage));
        let mut end = At { storage: storage.clone(), at: 0 };
        let n_bytes = end.seek(SeekFrom::End(0)).map_err(|error| Cause::Unreadable(error.to_string()))?;
        let contents = ZipIterable::try_new(end, Config::default()).map_err(|error| cause(&error))?;
        let entries = Vec::new().into_iter();
        let given = Taken::default();
        Ok(Self { storage, contents, entries, n_listed: 0, taken, limit, given, n_bytes, done: false })
    }

    /// Size of the archive.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// The names of the members that come next, if their entries have not been in memory before.
    pub(super) fn upcoming(&mut self) -> impl Iterator<Item = &str> {
        let mut entries: &[_] = &[];
        if self.entries.len() == 0 && !self.done {
            self.list();
            entries = self.entries.as_slice();
        }
        entries.iter().flatten().map(|entry| entry.name.as_str())
    }

    /// The next member that is a file.
    pub(super) fn next(&mut self) -> Option<Next> {
        loop {
            if self.done {
                return None;
            }
            if let Err(bomb) = self.limit.check(self.n_bytes, self.given.get()) {
                self.done = true;
                return Some(Next::End(bomb.cause()));
            }
            let Some(entry) = self.entries.next() else {
                self.list();
                self.done |= self.entries.len() == 0;
                continue;
            };
            match entry {
                Err(error) => {
                    self.done = true;
                    return Some(Next::End(cause(&error)));
                }
                Ok(entry) if !entry.is_file => {}
                Ok(entry) if entry.encrypted => return Some(Next::Bad(entry.name, Cause::Encrypted)),
                Ok(entry) => {
                    return Some(match self.open(&entry) {
                        Ok(stream) => Next::Member(Member { name: entry.name, size: Some(entry.size), stream }),
                        Err(cause) => Next::Bad(entry.name, cause),
                    });
                }
            }
        }
    }

    /// Reads the next stretch of the list of contents.
    fn list(&mut self) {
        self.entries = match self.contents.files() {
            Ok(entries) => {
                let entries: Vec<_> = entries
                    .skip(self.n_listed)
                    .take(STRETCH)
                    .map(|entry| entry.map(|entry| Entry::of(&entry)))
                    .collect();
                self.n_listed += entries.len();
                entries.into_iter()
            }
            Err(error) => vec![Err(error)].into_iter(),
        };
    }

    fn open(&self, entry: &Entry) -> Result<Box<dyn Read + Send>, Cause> {
        let mut at = At { storage: self.storage.clone(), at: entry.start };
        // The header before the bytes repeats the list; of its own are the lengths of what stands between.
        let mut header = [0; 30];
        at.read_exact(&mut header).map_err(|error| Cause::Damaged(error.to_string()))?;
        if !header.starts_with(b"PK\x03\x04") {
            return Err(Cause::Damaged("the list of contents leads to no member".to_owned()));
        }
        let length = |at: usize| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
        at.at += length(26) + length(28);
        let stored = Stored { at: at.take(entry.n_stored), taken: self.taken.clone() };
        let stream: Box<dyn Read + Send> = match entry.method {
            CompressionMethod::Stored => Box::new(stored),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(stored)),
            CompressionMethod::Zstd => unzstd(stored),
            other => return Err(Cause::OtherCompression(other.to_string())),
        };
        Ok(Box::new(Checked {
            stream,
            entry: (entry.n_stored, entry.size, entry.crc),
            crc: Crc::new(),
            limit: self.limit,
            archive: (self.n_bytes, self.given.clone()),
            ended: false,
        }))
    }
}

impl Entry {
    fn of(entry: &ZipFileEntry<'_>) -> Self {
        let raw = entry.name_raw();
        // Names that are not said to be UTF-8 mostly are all the same; else the code page of the first such archives.
        let name = match str::from_utf8(raw) {
            Ok(_) => None,
            Err(_) => entry.name().ok().map(std::borrow::Cow::into_owned),
        };
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = crate::source::write_bytes(&mut text, name.as_deref().map_or(raw, str::as_bytes));
        Self {
            name: text,
            start: entry.header_start(),
            n_stored: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
            method: entry.compression(),
            encrypted: entry.encrypted(),
            is_file: entry.is_file(),
        }
    }
}

fn cause(error: &ZipError) -> Cause {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Cause::Unreadable(error.to_string()),
        error => Cause::Damaged(format!("{error}; `zip -FF` may save what is left")),
    }
}

impl Read for At {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
        storage.seek(SeekFrom::Start(self.at))?;
        let n = storage.read(out)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for At {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let from = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(_) => {
                let mut storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
                Some(storage.seek(to)?)
            }
        };
        self.at = from.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.at)
    }
}

/// The bytes of a member as they lie in the archive.
struct Stored {
    at: io::Take<At>,
    taken: Taken,
}

impl Read for Stored {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.at.read(out)?;
        self.taken.add(n as u64);
        Ok(n)
    }
}

/// The bytes of a member, compared with what the list of contents says of them.
struct Checked {
    stream: Box<dyn Read + Send>,
    /// Size as stored, size and checksum, as listed.
    entry: (u64, u64, u32),
    crc: Crc,
    limit: Limit,
    /// Size of the archive, and what all its members gave.
    archive: (u64, Taken),
    ended: bool,
}

impl Read for Checked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || self.ended {
            return Ok(0);
        }
        let n = self.stream.read(out)?;
        self.crc.update(&out[..n]);
        let (n_stored, size, crc) = self.entry;
        let (n_bytes, given) = &self.archive;
        given.add(n as u64);
        // The sum counts what is over 4 GiB from 0 again.
        let n_given = u64::from(self.crc.amount());
        let bomb = self.limit.check(n_stored, n_given).and_then(|()| self.limit.check(*n_bytes, given.get()));
        let wrong =
            |what| Err(io::Error::new(io::ErrorKind::InvalidData, format!("{what} than the list of contents says")));
        self.ended = n == 0 || bomb.is_err();
        match bomb {
            Err(bomb) => Err(io::Error::other(bomb)),
            Ok(()) if n > 0 => Ok(n),
            Ok(()) if n_given != size & 0xFFFF_FFFF => wrong("the member has another length"),
            Ok(()) if self.crc.sum() != crc => wrong("the member has another checksum"),
            Ok(()) => Ok(0),
        }
    }
}

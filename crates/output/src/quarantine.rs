//! Documents that could not be cleaned, each with its cause, in a JSONL file beside the output.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::error::{Error, ErrorKind};
use crate::format::{Compression, is_stdout};
use crate::json;
use crate::sink::{Sink, SinkOptions};

/// A document that ends here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quarantined<'a> {
    /// Where it came from: path or archive member.
    pub source: &'a str,
    /// Its number within the source, for formats that hold several.
    pub record: Option<u64>,
    /// Its id, where one could be read.
    pub id: Option<&'a str>,
    /// Why, in one line.
    pub cause: &'a str,
    /// Its original bytes. Not for a whole file, which still lies where `source` says.
    pub bytes: Option<&'a [u8]>,
}

/// Appends one row: `{"source","record","id","cause","bytes","bytes_base64"}`, always these keys.
///
/// Bytes that are UTF-8 stand in `bytes` as a string, others in `bytes_base64`; what does not apply is `null`.
pub fn write_quarantined(quarantined: &Quarantined<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"source\":");
    json::write_string(quarantined.source, out);
    out.extend_from_slice(b",\"record\":");
    match quarantined.record {
        Some(record) => json::write_number(record, out),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"id\":");
    write_optional(quarantined.id, out);
    out.extend_from_slice(b",\"cause\":");
    json::write_string(quarantined.cause, out);
    let text = quarantined.bytes.and_then(|bytes| str::from_utf8(bytes).ok());
    out.extend_from_slice(b",\"bytes\":");
    write_optional(text, out);
    out.extend_from_slice(b",\"bytes_base64\":");
    match quarantined.bytes {
        Some(bytes) if text.is_none() => write_optional(Some(&BASE64.encode(bytes)), out),
        _ => write_optional(None, out),
    }
    out.extend_from_slice(b"}\n");
}

fn write_optional(value: Option<&str>, out: &mut Vec<u8>) {
    match value {
        Some(value) => json::write_string(value, out),
        None => out.extend_from_slice(b"null"),
    }
}

/// The quarantine file of one run, created when its first row comes.
///
/// Like the output it takes its name only in [`finish`](Quarantine::finish). A run without a path, as when the output
/// is standard output and no folder was named, only counts.
#[derive(Debug)]
pub struct Quarantine {
    path: Option<PathBuf>,
    overwrite: bool,
    sink: Option<Sink>,
    keep: bool,
    n_rows: u64,
}

impl Quarantine {
    /// Prepares a quarantine at `path`; nothing is created yet.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if the file is there and may not be replaced, so that it is known before the run and not
    /// in the middle of it.
    pub fn new(path: Option<PathBuf>, overwrite: bool) -> Result<Self, Error> {
        match &path {
            Some(path) if path.is_dir() => Err(Error::new(ErrorKind::Folder, path)),
            Some(path) if !overwrite && path.exists() => Err(Error::new(ErrorKind::Exists, path)),
            _ => Ok(Self { path, overwrite, sink: None, keep: false, n_rows: 0 }),
        }
    }

    /// Goes on with the quarantine of an earlier run, which held `n_rows` rows in `n_bytes` bytes at its checkpoint.
    ///
    /// # Errors
    /// As [`new`](Quarantine::new) and [`Sink::resume`].
    pub fn resume(path: Option<PathBuf>, overwrite: bool, n_rows: u64, n_bytes: u64) -> Result<Self, Error> {
        let mut quarantine = Self::new(path, overwrite)?;
        quarantine.n_rows = n_rows;
        if let (Some(path), 1..) = (&quarantine.path, n_bytes) {
            quarantine.sink = Some(Sink::resume(path, options(overwrite), n_bytes)?);
            quarantine.keep = true;
        }
        Ok(quarantine)
    }

    /// Appends `n_rows` rows that [`write_quarantined`] made.
    ///
    /// # Errors
    /// As [`Sink::create`] and [`Sink::append`].
    pub fn append(&mut self, rows: &[u8], n_rows: u64) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.n_rows += n_rows;
        let Some(path) = &self.path else { return Ok(()) };
        if self.sink.is_none() {
            let mut sink = open(path, self.overwrite)?;
            if self.keep {
                sink.keep_unfinished();
            }
            self.sink = Some(sink);
        }
        self.sink.as_mut().map_or(Ok(()), |sink| sink.append(rows))
    }

    /// How many documents are in it.
    pub fn n_rows(&self) -> u64 {
        self.n_rows
    }

    /// How many bytes its file holds.
    pub fn n_bytes(&self) -> u64 {
        self.sink.as_ref().map_or(0, Sink::n_bytes)
    }

    /// Where it will lie, if it keeps anything.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Makes the unfinished file stay if the run ends early.
    pub fn keep_unfinished(&mut self) {
        self.keep = true;
        self.sink.iter_mut().for_each(Sink::keep_unfinished);
    }

    /// Waits until the disk holds everything appended so far.
    ///
    /// # Errors
    /// As [`Sink::sync`].
    pub fn sync(&self) -> Result<(), Error> {
        self.sink.as_ref().map_or(Ok(()), Sink::sync)
    }

    /// Makes the unfinished file go if the run ends here.
    pub fn discard_unfinished(&mut self) {
        self.keep = false;
        self.sink.iter_mut().for_each(Sink::discard_unfinished);
    }

    /// Completes the file, if there is one; returns how many documents are in quarantine.
    ///
    /// With permission to overwrite, the quarantine of an earlier run goes even if this one has none: it belonged to
    /// the output that was replaced.
    ///
    /// # Errors
    /// As [`Sink::finish`].
    pub fn finish(self) -> Result<u64, Error> {
        match (self.sink, &self.path) {
            (Some(sink), _) => {
                sink.finish()?;
            }
            (None, Some(path)) if self.overwrite && path.is_file() => {
                fs::remove_file(path).map_err(|cause| Error::io(path, cause))?;
            }
            _ => {}
        }
        Ok(self.n_rows)
    }
}

fn open(path: &Path, overwrite: bool) -> Result<Sink, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|cause| Error::io(path, cause))?;
    }
    Sink::create(path, options(overwrite))
}

fn options(overwrite: bool) -> SinkOptions {
    SinkOptions { compression: Compression::None, overwrite }
}

/// Where the quarantine of an output lies: `OUT.quarantine.jsonl` beside it, or in `folder` if one was named.
///
/// Standard output and devices have no beside; without a folder there is no file.
///
/// ```
/// use std::path::Path;
/// use cleancopy_output::quarantine_path;
///
/// let beside = quarantine_path(Path::new("out/news.csv.gz"), None).unwrap();
/// assert_eq!(beside, Path::new("out/news.csv.gz.quarantine.jsonl"));
/// let apart = quarantine_path(Path::new("-"), Some(Path::new("bad"))).unwrap();
/// assert_eq!(apart, Path::new("bad/stdout.quarantine.jsonl"));
/// ```
pub fn quarantine_path(output: &Path, folder: Option<&Path>) -> Option<PathBuf> {
    let is_device = || fs::metadata(output).is_ok_and(|found| !found.is_file() && !found.is_dir());
    let name = if is_stdout(output) { OsStr::new("stdout") } else { output.file_name()? };
    let mut name = name.to_owned();
    name.push(".quarantine.jsonl");
    match folder {
        Some(folder) => Some(folder.join(name)),
        None if is_stdout(output) || is_device() => None,
        None => Some(output.with_file_name(name)),
    }
}

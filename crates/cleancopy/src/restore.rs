//! `restore`: the inputs again, from an output and its ledger.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use cleancopy_ingest::{Spelling, mark_of, spell};
use cleancopy_output::{Bytes, LedgerDocument, LedgerEnd, LedgerFile, partial_path, patched, sha256, undo};

use crate::entry::{LOST, QUARANTINED, RENDERED};
use crate::recorded::{Document, Record, RecordError, Recorded};

/// Causes after which a file cannot be read further.
const ENDS_A_FILE: [&str; 3] = ["damaged or cut off", "unreadable", "decompression bomb"];

/// Why an input finds no place.
const TAKEN: &str = "another input has the name that it would get";

/// What a restoration did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files written, each with the bytes that the input had after decompression.
    pub n_files: u64,
    /// Documents in them.
    pub n_documents: u64,
    /// HTML pages of which the rendered text and the element paths were written instead.
    pub n_rendered: u64,
    /// Inputs that could not be restored, and why.
    pub failed: Vec<(String, String)>,
}

/// Writes the inputs of `output` into `folder`, which must be empty or not there yet.
///
/// A file keeps the path that it had, below `folder`; one that was compressed loses `.gz` or `.zst`. Each document is
/// compared with the hash that the ledger has of it, and a file appears only if all of it is right. Of an HTML page
/// the rendered text is written as `NAME.txt`, and the element that each stretch of it stood in as
/// `NAME.elements.jsonl`.
///
/// # Errors
/// [`RecordError`] if a file is missing or cannot be written, or if the ledger is none or is cut off.
pub fn restore(output: &Path, ledger: &Path, folder: &Path) -> Result<Restored, RecordError> {
    let mut record = Record::open(output, ledger)?;
    if fs::read_dir(folder).is_ok_and(|mut found| found.next().is_some()) {
        return Err(RecordError::new(folder, "it is not empty; restore into a new folder"));
    }
    let mut restoring = Restoring { folder, open: None, done: Restored::default() };
    while let Some(recorded) = record.next()? {
        match recorded {
            Recorded::Begin(file) => restoring.begin(file)?,
            Recorded::Document(document) => restoring.document(&document)?,
            Recorded::End(end) => restoring.end(&end)?,
        }
    }
    restoring.unended()?;
    let name = ledger.display().to_string();
    restoring.done.failed.extend(record.faults().into_iter().map(|fault| (name.clone(), fault)));
    Ok(restoring.done)
}

struct Restoring<'a> {
    folder: &'a Path,
    /// The file of records that is being written.
    open: Option<Open>,
    done: Restored,
}

struct Open {
    file: LedgerFile,
    /// Where it will lie.
    path: PathBuf,
    /// Nothing if it cannot lie there.
    to: Option<BufWriter<fs::File>>,
    n_documents: u64,
    /// Why it cannot be had back.
    fault: Option<String>,
    /// Why it could be read only so far.
    cut_off: Option<String>,
}

impl Restoring<'_> {
    fn begin(&mut self, file: LedgerFile) -> Result<(), RecordError> {
        self.unended()?;
        let created = self.place(&file.path, file.member.as_deref(), file.compressed).and_then(|path| {
            let to = fs::File::create_new(partial_path(&path)).map_err(|error| error.to_string())?;
            Ok((path, BufWriter::new(to)))
        });
        let (path, to, fault) = match created {
            Ok((path, to)) => (path, Some(to), None),
            Err(why) => (PathBuf::new(), None, Some(why)),
        };
        let mut open = Open { file, path, to, n_documents: 0, fault, cut_off: None };
        if let (true, Some(encoding)) = (open.file.mark, &open.file.encoding) {
            let mark = mark_of(encoding);
            open.write_raw(mark)?;
        }
        self.open = Some(open);
        Ok(())
    }

    /// Gives up a file that the ledger does not end.
    fn unended(&mut self) -> Result<(), RecordError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.fault.get_or_insert_with(|| "its end is not in the ledger".to_owned());
        self.end(&LedgerEnd::default())
    }

    fn document(&mut self, document: &Document) -> Result<(), RecordError> {
        let entry = &document.entry;
        if let Some(open) = self.open.as_mut().filter(|_| entry.record.is_some()) {
            let bytes = bytes_of(document, open.file.encoding.is_some());
            open.n_documents += 1;
            if entry.path != open.file.path || entry.member != open.file.member {
                open.fault.get_or_insert_with(|| format!("{} stands among its records", entry.source));
            }
            if entry.cause.as_deref().is_some_and(|cause| ENDS_A_FILE.contains(&cause)) {
                open.cut_off.clone_from(&entry.cause);
            }
            return match bytes {
                Ok(bytes) => open.write(&[&entry.between.0, &bytes]),
                Err(what) => {
                    open.fault.get_or_insert_with(|| format!("record {}: {what}", entry.record.unwrap_or_default()));
                    Ok(())
                }
            };
        }
        match bytes_of(document, false) {
            // A record of a web archive, of which only pages are restored.
            Ok(_) if entry.record.is_some() && entry.fate == QUARANTINED => {
                self.done.failed.push((entry.source.clone(), entry.cause.clone().unwrap_or_default()));
            }
            Ok(_) if entry.spelling == RENDERED => self.rendered(document)?,
            Ok(bytes) => match self.place_of(entry).and_then(|path| create(path, "")) {
                Ok(new) => {
                    new.fill(&bytes)?;
                    self.done.n_files += 1;
                    self.done.n_documents += 1;
                }
                Err(what) => self.done.failed.push((entry.source.clone(), what)),
            },
            Err(what) => self.done.failed.push((entry.source.clone(), what)),
        }
        Ok(())
    }

    fn rendered(&mut self, document: &Document) -> Result<(), RecordError> {
        let entry = &document.entry;
        let text = undo(&document.edits, &document.text).unwrap_or_default();
        let mut elements = Vec::new();
        for (start, end, path) in &entry.elements {
            let element = serde_json::json!({ "start": start, "end": end, "path": path });
            elements.extend_from_slice(element.to_string().as_bytes());
            elements.push(b'\n');
        }
        let created = self.place_of(entry).and_then(|path| {
            let shown = create(path.clone(), ".txt")?;
            // Never one without the other.
            let paths = create(path, ".elements.jsonl").inspect_err(|_| drop(fs::remove_file(&shown.path)))?;
            Ok([shown, paths])
        });
        match created {
            Ok([shown, paths]) => {
                shown.fill(text.as_bytes())?;
                paths.fill(&elements)?;
                self.done.n_rendered += 1;
            }
            Err(what) => self.done.failed.push((entry.source.clone(), what)),
        }
        Ok(())
    }

    fn end(&mut self, end: &LedgerEnd) -> Result<(), RecordError> {
        let Some(mut open) = self.open.take() else {
            self.done.failed.push(("the ledger".to_owned(), "a file ends in it that did not begin".to_owned()));
            return Ok(());
        };
        open.write(&[&end.between.0])?;
        if end.broken > 0 {
            open.fault
                .get_or_insert_with(|| "units of its encoding that mean nothing are not in the ledger".to_owned());
        }
        let Open { file, path, to, n_documents, mut fault, cut_off } = open;
        let name = String::from_utf8_lossy(&file.path.0).into_owned();
        if let Some(cause) = cut_off {
            self.done.failed.push((name.clone(), format!("{cause}: it has only what could be read")));
        }
        if let Some(to) = to {
            let closed = to.into_inner().map_err(|error| RecordError::new(&path, error.into_error()));
            drop(closed?);
            let partial = partial_path(&path);
            if path.exists() {
                fault.get_or_insert_with(|| TAKEN.to_owned());
            }
            let moved = if fault.is_some() { fs::remove_file(&partial) } else { fs::rename(&partial, &path) };
            moved.map_err(|error| RecordError::new(&path, error))?;
        }
        if let Some(fault) = fault {
            self.done.failed.push((name, fault));
        } else {
            self.done.n_files += 1;
            self.done.n_documents += n_documents;
        }
        Ok(())
    }

    /// Where a document goes that is a file, or a record of a web archive under its number.
    fn place_of(&self, entry: &LedgerDocument) -> Result<PathBuf, String> {
        let number = entry.record.map(|record| format!("{}/{record}", entry.member.as_deref().unwrap_or_default()));
        self.place(&entry.path, number.as_deref().or(entry.member.as_deref()), entry.compressed)
    }

    /// Where a file goes: its path without what leads out of the folder. Makes the folders on the way. An error says
    /// why it cannot lie there.
    fn place(&self, path: &Bytes, member: Option<&str>, compressed: bool) -> Result<PathBuf, String> {
        let source = source_path(&path.0);
        let member = member.map(Path::new);
        let parts = source.components().chain(member.iter().flat_map(|member| member.components()));
        let mut place = self.folder.to_owned();
        for part in parts {
            match part {
                std::path::Component::Normal(name) if name == OsStr::new("-") => place.push("stdin"),
                std::path::Component::Normal(name) => place.push(name),
                std::path::Component::ParentDir => place.push("_up"),
                _ => {}
            }
        }
        if place == self.folder {
            return Err("it has no name".to_owned());
        }
        let ending = place.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let is_named = place.file_stem().is_some_and(|stem| stem != "." && stem != "..");
        if compressed && is_named && matches!(ending.as_deref(), Some("gz" | "zst")) {
            let plain = place.with_extension("");
            // The compressed file may lie beside the one that is not.
            place = if plain.exists() { place.with_extension("content") } else { plain };
        }
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        if place.exists() { Err(TAKEN.to_owned()) } else { Ok(place) }
    }
}

/// A file that was not there before.
struct New {
    path: PathBuf,
    file: fs::File,
}

fn create(path: PathBuf, ending: &str) -> Result<New, String> {
    let mut path = path.into_os_string();
    path.push(ending);
    match fs::File::create_new(&path) {
        Ok(file) => Ok(New { path: path.into(), file }),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(TAKEN.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

impl New {
    fn fill(mut self, bytes: &[u8]) -> Result<(), RecordError> {
        self.file.write_all(bytes).map_err(|error| RecordError::new(&self.path, error))
    }
}

impl Open {
    fn write(&mut self, parts: &[&[u8]]) -> Result<(), RecordError> {
        for part in parts {
            match &self.file.encoding {
                Some(encoding) => {
                    let spelled = spell(&String::from_utf8_lossy(part), Spelling::Plain, encoding);
                    self.write_raw(&spelled)?;
                }
                None => self.write_raw(part)?,
            }
        }
        Ok(())
    }

    fn write_raw(&mut self, bytes: &[u8]) -> Result<(), RecordError> {
        let Some(to) = &mut self.to else { return Ok(()) };
        to.write_all(bytes).map_err(|error| RecordError::new(&self.path, error))
    }
}

/// The bytes of a document, or why they cannot be had; `transcoded` if its file was put into UTF-8 as a whole.
fn bytes_of(document: &Document, transcoded: bool) -> Result<Vec<u8>, String> {
    let entry = &document.entry;
    if let Some(fault) = &document.fault {
        return Err(fault.clone());
    }
    let why = entry.cause.as_deref().unwrap_or("its bytes are not in the ledger");
    if entry.spelling == LOST {
        return Err(format!("it was not read ({why}), so its bytes are not in the ledger"));
    }
    let text = undo(&document.edits, &document.text).ok_or("its edits do not fit the text of its row")?;
    if entry.spelling == RENDERED {
        return if text.len() as u64 == entry.bytes_in {
            Ok(Vec::new())
        } else {
            Err("its rendered text has another length".to_owned())
        };
    }
    let spelling = Spelling::named(&entry.spelling).ok_or("its spelling is not known")?;
    let encoding = if transcoded { "UTF-8" } else { &entry.encoding };
    let bytes = patched(&spell(&text, spelling, encoding), &entry.patches).ok_or("its patches do not fit")?;
    if sha256(&bytes) == entry.sha256 { Ok(bytes) } else { Err("its bytes are not those that were cleaned".to_owned()) }
}

#[cfg(unix)]
fn source_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn source_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

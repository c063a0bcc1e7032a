//! An output and its ledger read side by side.

use std::fmt;
use std::path::{Path, PathBuf};

use cleancopy_ingest::{Failure, File, Found, Loaded, Options, Reader, encoding_for};
use cleancopy_output::{
    Format, LEDGER_VERSION, LedgerDocument, LedgerEdit, LedgerEnd, LedgerFile, LedgerFoot, LedgerHead, LedgerLine,
    for_path,
};

use crate::entry::{DROPPED, QUARANTINED, WRITTEN};
use crate::site::host;
use crate::worker::{GUESSED, UNDECODED, stored, without_degree};

/// Why an output and its ledger cannot be worked with.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordError {
    /// The file, and what is wrong with it.
    File(PathBuf, String),
    /// An input could not be found.
    Ingest(cleancopy_ingest::Error),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, what) => write!(f, "{}: {what}", path.display()),
            Self::Ingest(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RecordError {}

impl RecordError {
    pub(crate) fn new(path: &Path, what: impl fmt::Display) -> Self {
        Self::File(path.to_owned(), what.to_string())
    }
}

/// What the two say, in input order.
pub(crate) enum Recorded {
    Begin(LedgerFile),
    Document(Box<Document>),
    End(LedgerEnd),
}

/// A document with its edits and its row.
pub(crate) struct Document {
    pub(crate) entry: LedgerDocument,
    pub(crate) edits: Vec<LedgerEdit>,
    /// The cleaned text; empty for a document without a row.
    pub(crate) text: String,
    /// Its site, as its row says.
    pub(crate) site: String,
    /// What its row says that a user should know.
    pub(crate) notes: Vec<(String, u64)>,
    /// What is wrong with its row or its entry.
    pub(crate) fault: Option<String>,
}

impl Document {
    /// Bytes that the edits removed and inserted.
    pub(crate) fn edited(&self) -> (u64, u64) {
        let sum = |of: fn(&LedgerEdit) -> &str| self.edits.iter().map(|edit| of(edit).len() as u64).sum();
        (sum(|edit| &edit.removed), sum(|edit| &edit.inserted))
    }

    /// How the entry contradicts itself, its edits or its row. What is asked of its source is for those who have it.
    fn unbalanced(&self) -> Option<&'static str> {
        let entry = &self.entry;
        if ![WRITTEN, DROPPED, QUARANTINED].contains(&entry.fate.as_str()) {
            return Some("the ledger does not say what became of it");
        }
        let (removed, inserted) = self.edited();
        let adds_up = entry.bytes_kept.checked_add(removed) == Some(entry.bytes_in)
            && entry.bytes_kept.checked_add(inserted) == Some(entry.bytes_out);
        if !adds_up || (entry.fate == QUARANTINED && entry.bytes_in > 0) {
            return Some("its bytes do not add up");
        }
        if entry.bytes_out != self.text.len() as u64 {
            return Some("replaying its edits cannot give the text of its row, which has another length");
        }
        let mut at = 0;
        for edit in &self.edits {
            if edit.source != entry.source {
                return Some("an edit of another document stands among its own");
            }
            if edit.start < at || edit.start.checked_add(edit.removed.len()) != Some(edit.end) {
                return Some("its edits are not in order, or not of what they removed");
            }
            at = edit.end;
        }
        (at as u64 > entry.bytes_in).then_some("its edits go beyond its text")
    }
}

/// Reads an output and its ledger.
pub(crate) struct Record {
    pub(crate) head: LedgerHead,
    ledger_path: PathBuf,
    ledger: Reader,
    /// A line that was read too far.
    next: Option<LedgerLine>,
    rows: Reader,
    row_options: Options,
    /// The sums of what has been read so far, counted from the edits.
    pub(crate) sums: LedgerFoot,
    /// The sums that the ledger gives, once its end has been reached.
    foot: Option<LedgerFoot>,
}

impl Record {
    pub(crate) fn open(output: &Path, ledger: &Path) -> Result<Self, RecordError> {
        let (format, _) = for_path(output).map_err(|_| {
            RecordError::new(output, "an output ends in .jsonl or .csv, with .gz or .zst after it if it is compressed")
        })?;
        for path in [output, ledger] {
            std::fs::metadata(path).map_err(|error| RecordError::new(path, error))?;
        }
        let format = match format {
            Format::Jsonl => cleancopy_ingest::Format::Jsonl,
            Format::Csv | Format::CsvExcel => cleancopy_ingest::Format::Csv,
        };
        // Both are in UTF-8, whatever a document may look like.
        let row_options = Options {
            encoding: encoding_for("UTF-8"),
            max_doc_bytes: u64::MAX,
            max_ratio: u64::MAX,
            ..Options::default()
        };
        let file = |path: &Path, format| File { path: path.to_owned(), format: Some(format), bytes: 0 };
        let mut record = Self {
            head: LedgerHead::default(),
            ledger_path: ledger.to_owned(),
            ledger: cleancopy_ingest::read(&file(ledger, cleancopy_ingest::Format::Jsonl), &row_options),
            next: None,
            rows: cleancopy_ingest::read(&file(output, format), &row_options),
            row_options,
            sums: LedgerFoot::default(),
            foot: None,
        };
        match record.line()? {
            Some(LedgerLine::Head(head)) if head.version == LEDGER_VERSION => record.head = head,
            Some(LedgerLine::Head(head)) => {
                let what = format!("a ledger of version {}, which this program does not read", head.version);
                return Err(RecordError::new(ledger, what));
            }
            _ => return Err(RecordError::new(ledger, "not a ledger: the first line is no head")),
        }
        Ok(record)
    }

    /// How the inputs were read.
    pub(crate) fn reading(&self) -> Options {
        let format = cleancopy_ingest::InputFormat::NAMES.iter().find(|(name, _)| *name == self.head.input_format);
        Options {
            format: format.map_or_else(Default::default, |(_, format)| *format),
            text_field: self.head.text_field.clone(),
            id_field: self.head.id_field.clone(),
            max_doc_bytes: self.head.max_doc_bytes,
            max_ratio: self.head.max_ratio,
            encoding: self.head.encoding.as_deref().and_then(encoding_for),
            keep_between: false,
        }
    }

    /// The next thing; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Recorded>, RecordError> {
        match self.line()? {
            Some(LedgerLine::File(file)) => Ok(Some(Recorded::Begin(file))),
            Some(LedgerLine::End(end)) => Ok(Some(Recorded::End(end))),
            Some(LedgerLine::Document(entry)) => self.document(entry).map(Some),
            Some(LedgerLine::Foot(foot)) => {
                self.foot = Some(foot);
                match self.line()? {
                    Some(_) => Err(RecordError::new(&self.ledger_path, "it goes on behind its foot")),
                    None => Ok(None),
                }
            }
            Some(LedgerLine::Head(_)) => Err(RecordError::new(&self.ledger_path, "a second head")),
            Some(LedgerLine::Edit(edit)) => {
                Err(RecordError::new(&self.ledger_path, format!("an edit of {} stands without it", edit.source)))
            }
            None => Err(RecordError::new(&self.ledger_path, "it is cut off: the last line is no foot")),
        }
    }

    /// Whether the end has been reached.
    pub(crate) fn is_over(&self) -> bool {
        self.foot.is_some()
    }

    /// What is wrong with the whole, once the end has been reached: rows too many, sums that are others.
    pub(crate) fn faults(&mut self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.rows.next().is_some() {
            faults.push("the output holds rows that the ledger does not know".to_owned());
        }
        if self.foot.as_ref() != Some(&self.sums) {
            faults.push(format!("the sums are {:?}, but the ledger says {:?}", self.sums, self.foot));
        }
        faults
    }

    /// Adds a document to the sums. Those of a ledger that lies may be any; they need not be right, only not fit.
    fn count(&mut self, document: &Document) {
        let (entry, sums) = (&document.entry, &mut self.sums);
        let (removed, inserted) = document.edited();
        for (sum, n) in [
            (&mut sums.read, 1),
            (&mut sums.written, u64::from(entry.fate == WRITTEN)),
            (&mut sums.dropped, u64::from(entry.fate == DROPPED)),
            (&mut sums.quarantined, u64::from(entry.fate == QUARANTINED)),
            (&mut sums.bytes_in, entry.bytes_in),
            (&mut sums.bytes_kept, entry.bytes_kept),
            (&mut sums.bytes_out, entry.bytes_out),
            (&mut sums.bytes_removed, removed),
            (&mut sums.bytes_inserted, inserted),
        ] {
            *sum = sum.saturating_add(n);
        }
    }

    fn document(&mut self, entry: LedgerDocument) -> Result<Recorded, RecordError> {
        let mut edits = Vec::new();
        for _ in 0..entry.n_edits {
            match self.line()? {
                Some(LedgerLine::Edit(edit)) => edits.push(edit),
                other => {
                    self.next = other;
                    break;
                }
            }
        }
        let (text, site, notes) = Default::default();
        let mut document = Document { entry, edits, text, site, notes, fault: None };
        if document.edits.len() as u64 != document.entry.n_edits {
            document.fault = Some("edits are missing in the ledger".to_owned());
        }
        if document.entry.fate == WRITTEN {
            match self.row() {
                Some(Ok(row)) if row.id.as_deref() == Some(document.entry.id.as_str()) => {
                    if let Some(own) = row.own.as_ref().and_then(stored) {
                        let site = own.url.as_deref().and_then(host).or(own.site.as_deref());
                        site.unwrap_or_default().clone_into(&mut document.site);
                        document.notes.push((UNDECODED.to_owned(), own.replaced));
                        let is_guess = own.encoding_found == Found::Guessed.name();
                        document.notes.push((GUESSED.to_owned(), u64::from(is_guess)));
                        document.notes.extend(own.flags.iter().map(|flag| (without_degree(flag).to_owned(), 1)));
                    }
                    document.text = row.document.text;
                }
                Some(Ok(row)) => {
                    let found = row.id.unwrap_or_default();
                    document.fault = Some(format!("the row in its place is of `{found}`"));
                }
                Some(Err(failure)) => document.fault = Some(format!("its row cannot be read: {}", failure.cause)),
                None => document.fault = Some("it has no row in the output".to_owned()),
            }
        }
        document.fault = document.fault.take().or_else(|| document.unbalanced().map(str::to_owned));
        self.count(&document);
        Ok(Recorded::Document(Box::new(document)))
    }

    fn row(&mut self) -> Option<Result<Loaded, Failure>> {
        let raw = self.rows.next()?;
        Some(raw.and_then(|raw| cleancopy_ingest::load(raw, &self.row_options)))
    }

    fn line(&mut self) -> Result<Option<LedgerLine>, RecordError> {
        if let Some(line) = self.next.take() {
            return Ok(Some(line));
        }
        let Some(read) = self.ledger.next() else { return Ok(None) };
        let raw = read.map_err(|failure| RecordError::new(&self.ledger_path, failure.cause))?;
        serde_json::from_slice(&raw.bytes).map(Some).map_err(|error| {
            let number = raw.source.record.unwrap_or_default();
            RecordError::new(&self.ledger_path, format!("line {number} is none of a ledger: {error}"))
        })
    }
}

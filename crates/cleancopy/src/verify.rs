//! `verify`: does the output follow from the inputs by the ledger, to the byte?

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use cleancopy_core::Kind;
use cleancopy_ingest::{Failure, Options, Raw};
use cleancopy_output::{Bytes, LedgerFoot, replay, sha256};

use crate::batch::{Batch, Inputs, Item, Position};
use crate::entry::{QUARANTINED, RENDERED, elements};
use crate::recorded::{Document, Record, RecordError, Recorded};

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The sums, counted anew from the edits.
    pub sums: LedgerFoot,
    /// What does not hold, each with the document that it is about, in input order.
    pub faults: Vec<String>,
}

/// Replays each document of `inputs` by the ledger and compares what comes out with its row, and what the ledger says
/// of the files with what they are.
///
/// Inputs are matched by their order, so they may lie elsewhere than when they were cleaned.
///
/// # Errors
/// [`RecordError`] if a file is missing, or if the ledger is none or is cut off.
pub fn verify(output: &Path, ledger: &Path, inputs: &[PathBuf]) -> Result<Verified, RecordError> {
    let record = Record::open(output, ledger)?;
    let options = Options { keep_between: true, ..record.reading() };
    let walk = cleancopy_ingest::walk(inputs, &options).map_err(RecordError::Ingest)?;
    let mut verifying = Verifying { record, options: &options, next: None, n_more: 0, faults: Vec::new() };
    let mut compared = Ok(());
    // Nobody watches.
    let taken = AtomicU64::new(0);
    let inputs = Inputs { failures: &walk.failures, files: &walk.files, options: &options, taken: &taken };
    let compare = |batch: Batch| {
        for item in batch.items {
            if compared.is_ok() {
                compared = verifying.compare(item);
            }
        }
    };
    inputs.feed(Position::default(), compare, |_, _| true, &mut Vec::new());
    compared?;
    verifying.rest()
}

struct Verifying<'a> {
    record: Record,
    options: &'a Options,
    /// What the ledger says next, if that has been looked at.
    next: Option<Recorded>,
    /// Documents that the ledger does not know.
    n_more: u64,
    faults: Vec<String>,
}

impl Verifying<'_> {
    fn recorded(&mut self) -> Result<Option<Recorded>, RecordError> {
        match self.next.take() {
            Some(next) => Ok(Some(next)),
            None if self.record.is_over() => Ok(None),
            None => self.record.next(),
        }
    }

    /// Compares what is read with what the ledger says next.
    fn compare(&mut self, item: Item) -> Result<(), RecordError> {
        match (item, self.recorded()?) {
            (Item::Begin(given), Some(Recorded::Begin(file))) => {
                if (&given.member, &given.encoding, given.mark) != (&file.member, &file.encoding, file.mark) {
                    self.fault(&given.path, "it is not the file of records that was cleaned");
                }
            }
            (Item::End(given), Some(Recorded::End(end))) => {
                if given != end {
                    self.faults.push("what stands behind the last record of a file is not what stood there".to_owned());
                }
            }
            (Item::Document { read, between, .. }, Some(Recorded::Document(document))) => {
                let fault = check(&document, read, self.options).err().or_else(|| {
                    (between != document.entry.between.0)
                        .then(|| "what stands before it is not what stood there".to_owned())
                });
                self.faults.extend(fault.map(|what| format!("{}: {what}", document.entry.source)));
            }
            // One of the two is not in the other. Documents are compared all the same.
            (Item::Document { read, between, compressed }, Some(mark)) => {
                self.unmatched(&mark);
                return self.compare(Item::Document { read, between, compressed });
            }
            (Item::Document { .. }, None) => self.n_more += 1,
            (mark, next) => {
                if let Item::Begin(file) = mark {
                    self.fault(&file.path, "the ledger does not know it as a file of records");
                }
                self.next = next;
            }
        }
        Ok(())
    }

    /// What the ledger says that the inputs have no part in.
    fn unmatched(&mut self, recorded: &Recorded) {
        match recorded {
            Recorded::Document(document) => {
                self.faults.push(format!("{}: it is not among the inputs", document.entry.source));
            }
            Recorded::Begin(file) => self.fault(&file.path, "it is not among the inputs as a file of records"),
            Recorded::End(_) => self.faults.push("the ledger ends a file where the inputs do not".to_owned()),
        }
    }

    fn fault(&mut self, path: &Bytes, what: &str) {
        self.faults.push(format!("{}: {what}", String::from_utf8_lossy(&path.0)));
    }

    /// What the ledger holds besides, and the sums.
    fn rest(mut self) -> Result<Verified, RecordError> {
        while let Some(recorded) = self.recorded()? {
            self.unmatched(&recorded);
        }
        if self.n_more > 0 {
            self.faults.push(format!("the inputs hold {} documents that the ledger does not know", self.n_more));
        }
        self.faults.extend(self.record.faults());
        Ok(Verified { sums: self.record.sums, faults: self.faults })
    }
}

/// Whether one document gives its row, or how it does not.
fn check(document: &Document, read: Result<Raw, Failure>, options: &Options) -> Result<(), String> {
    let entry = &document.entry;
    if let Some(fault) = &document.fault {
        return Err(fault.clone());
    }
    let source = read.as_ref().map_or_else(|failure| &failure.source, |raw| &raw.source);
    if (source.member.as_deref(), source.record) != (entry.member.as_deref(), entry.record) {
        return Err("it does not lie where the ledger says".to_owned());
    }
    let raw = match read {
        Ok(raw) if raw.len() as u64 == entry.size && sha256(&raw.bytes) == entry.sha256 => raw,
        Ok(_) => return Err("it is not what was cleaned: its bytes are others".to_owned()),
        Err(_) if entry.fate == QUARANTINED => return Ok(()),
        Err(failure) => return Err(format!("it could be read when it was cleaned, and now not: {}", failure.cause)),
    };
    if entry.fate == QUARANTINED {
        return Ok(());
    }
    let loaded = cleancopy_ingest::load(raw, options).map_err(|failure| failure.cause.to_string())?;
    let source = loaded.document.text.as_str();
    let output = replay(&document.edits, source).ok_or("its edits do not fit its text")?;
    if output != document.text {
        return Err("replaying its edits does not give the text of its row".to_owned());
    }
    let is_page = loaded.document.kind == Kind::Html;
    if is_page != (entry.spelling == RENDERED) || (is_page && elements(&loaded) != entry.elements) {
        return Err("its elements are not those that the ledger says".to_owned());
    }
    let whole = source.len() as u64 == entry.bytes_in;
    if whole { Ok(()) } else { Err("its text has another length than the ledger says".to_owned()) }
}

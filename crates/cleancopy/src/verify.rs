//! `verify`: does the output follow from the inputs by the ledger, to the byte?

use std::path::{Path, PathBuf};

use cleancopy_ingest::{Failure, Options, Raw};
use cleancopy_output::{LedgerFoot, replay, sha256};

use crate::entry::{DROPPED, QUARANTINED, WRITTEN};
use crate::recorded::{Document, Record, RecordError, Recorded};

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The sums, counted anew from the edits.
    pub sums: LedgerFoot,
    /// What does not hold, each with the document that it is about, in input order.
    pub faults: Vec<String>,
}

/// Replays each document of `inputs` by the ledger and compares what comes out with its row.
///
/// Inputs are matched by their order, so they may lie elsewhere than when they were cleaned.
///
/// # Errors
/// [`RecordError`] if a file is missing, or if the ledger is none or is cut off.
pub fn verify(output: &Path, ledger: &Path, inputs: &[PathBuf]) -> Result<Verified, RecordError> {
    let mut record = Record::open(output, ledger)?;
    let options = record.reading();
    let walk = cleancopy_ingest::walk(inputs, &options).map_err(RecordError::Ingest)?;
    let failures = walk.failures.into_iter().map(Err);
    let mut given = failures.chain(walk.files.iter().flat_map(|file| cleancopy_ingest::read(file, &options)));
    let mut verified = Verified::default();
    while let Some(recorded) = record.next()? {
        let Recorded::Document(document) = recorded else { continue };
        count(&document, &mut verified.sums);
        let fault = match given.next() {
            Some(read) => check(&document, read, &options).err(),
            None => Some("it is not among the inputs".to_owned()),
        };
        verified.faults.extend(fault.map(|what| format!("{}: {what}", document.entry.source)));
    }
    let n_more = given.count();
    if n_more > 0 {
        verified.faults.push(format!("the inputs hold {n_more} documents that the ledger does not know"));
    }
    if record.has_more_rows() {
        verified.faults.push("the output holds rows that the ledger does not know".to_owned());
    }
    if record.foot.as_ref() != Some(&verified.sums) {
        verified.faults.push(format!("the sums are {:?}, but the ledger says {:?}", verified.sums, record.foot));
    }
    Ok(verified)
}

fn count(document: &Document, sums: &mut LedgerFoot) {
    let entry = &document.entry;
    sums.read += 1;
    sums.written += u64::from(entry.fate == WRITTEN);
    sums.dropped += u64::from(entry.fate == DROPPED);
    sums.quarantined += u64::from(entry.fate == QUARANTINED);
    sums.bytes_in += entry.bytes_in;
    sums.bytes_kept += entry.bytes_kept;
    sums.bytes_out += entry.bytes_out;
    sums.bytes_removed += document.edits.iter().map(|edit| edit.removed.len() as u64).sum::<u64>();
    sums.bytes_inserted += document.edits.iter().map(|edit| edit.inserted.len() as u64).sum::<u64>();
}

/// Whether one document gives its row, or how it does not.
fn check(document: &Document, read: Result<Raw, Failure>, options: &Options) -> Result<(), String> {
    let entry = &document.entry;
    if let Some(fault) = &document.fault {
        return Err(fault.clone());
    }
    let raw = match read {
        Ok(raw) if sha256(&raw.bytes) == entry.sha256 => raw,
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
    let removed: usize = document.edits.iter().map(|edit| edit.removed.len()).sum();
    let inserted: usize = document.edits.iter().map(|edit| edit.inserted.len()).sum();
    let balanced = source.len() as u64 == entry.bytes_in
        && entry.bytes_in == entry.bytes_kept + removed as u64
        && entry.bytes_out == entry.bytes_kept + inserted as u64
        && entry.bytes_out == output.len() as u64;
    if balanced { Ok(()) } else { Err("its bytes do not add up".to_owned()) }
}

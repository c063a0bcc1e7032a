//! The report of a run that is over, from its output and ledger.

use std::path::Path;

use cleancopy_output::report::{Piece, Survey, Surveyed};
use cleancopy_output::{LedgerEdit, Summary};

use crate::entry::{DROPPED, QUARANTINED, WRITTEN};
use crate::recorded::{Document, Record, RecordError, Recorded};

/// Counts what an output and its ledger say, as the run counted it.
///
/// What the two do not hold is missing: notes on cells too long for Excel, times.
///
/// # Errors
/// [`RecordError`] if a file is missing, if the ledger is none or is cut off, or if the two do not belong together.
pub fn survey(output: &Path, ledger: &Path, n_samples: usize) -> Result<(Summary, Survey), RecordError> {
    let mut record = Record::open(output, ledger)?;
    let (mut summary, mut survey) = (Summary::default(), Survey::new(n_samples));
    while let Some(recorded) = record.next()? {
        let Recorded::Document(document) = recorded else { continue };
        if let Some(fault) = &document.fault {
            return Err(RecordError::new(output, format!("{}: {fault}", document.entry.source)));
        }
        count(&document, &mut summary);
        let (entry, cause) = (&document.entry, document.entry.cause.as_deref().unwrap_or_default());
        if entry.fate == QUARANTINED {
            survey.add_quarantined(&entry.source, cause);
            continue;
        }
        let Some(pieces) = pieces(&document.edits, &document.text) else {
            let what = format!("{}: its edits do not fit its row", entry.source);
            return Err(RecordError::new(ledger, what));
        };
        let (id, source, output) = (&entry.id, &entry.source, &document.text);
        survey.add(&Surveyed { id, source, site: &document.site, pieces: &pieces, output });
    }
    if let Some(fault) = record.faults().first() {
        return Err(RecordError::new(ledger, fault));
    }
    Ok((summary, survey))
}

fn count(document: &Document, summary: &mut Summary) {
    let entry = &document.entry;
    let cause = entry.cause.as_deref().unwrap_or_default();
    summary.n_read += 1;
    match entry.fate.as_str() {
        QUARANTINED => return summary.count_quarantined(cause),
        DROPPED => summary.count_dropped(cause),
        _ => summary.n_written += u64::from(entry.fate == WRITTEN),
    }
    summary.bytes_in += entry.bytes_in;
    summary.bytes_kept += entry.bytes_kept;
    summary.bytes_out += entry.bytes_out;
    let mut rules: Vec<&str> = document.edits.iter().map(|edit| edit.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    for rule in rules {
        let edits = || document.edits.iter().filter(|edit| edit.rule == rule);
        let removed = edits().map(|edit| edit.removed.len() as u64).sum();
        let inserted = edits().map(|edit| edit.inserted.len() as u64).sum();
        summary.count_rule(rule, edits().count() as u64, removed, inserted);
    }
    for (note, n) in &document.notes {
        summary.count_note(note, *n);
    }
}

/// The text before and after, piece by piece; `None` if the edits were not made for it.
pub(crate) fn pieces<'a>(edits: &'a [LedgerEdit], output: &'a str) -> Option<Vec<Piece<'a>>> {
    let mut pieces = Vec::with_capacity(2 * edits.len() + 1);
    let (mut rest, mut at) = (output, 0);
    for edit in edits {
        let (kept, behind) = rest.split_at_checked(edit.start.checked_sub(at)?)?;
        let (rule, removed, inserted) = (edit.rule.as_str(), edit.removed.as_str(), edit.inserted.as_str());
        rest = behind.strip_prefix(inserted)?;
        at = edit.end;
        if !kept.is_empty() {
            pieces.push(Piece::Kept(kept));
        }
        if !removed.is_empty() {
            pieces.push(Piece::Removed { text: removed, rule });
        }
        if !inserted.is_empty() {
            pieces.push(Piece::Inserted { text: inserted, rule });
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Kept(rest));
    }
    Some(pieces)
}

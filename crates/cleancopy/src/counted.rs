//! What one document adds to the counts of a run.

use cleancopy_core::{Fate, FateBuffers};
use cleancopy_output::{RuleTally, Summary};

use crate::Cleaned;

/// The counts of one document; plain numbers, so that a run keeps its maps for itself.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    bytes_in: u64,
    bytes_kept: u64,
    bytes_out: u64,
    /// What each rule did: edits, source bytes removed, output bytes inserted.
    by_rule: Vec<(&'static str, [u64; 3])>,
    /// Why it was not written, if it was not.
    pub(crate) dropped: Option<&'static str>,
    /// Things a user should know.
    notes: Vec<(&'static str, u32)>,
}

impl Counted {
    /// What became of the bytes of `source`.
    pub(crate) fn of(source: &str, cleaned: &Cleaned<'_>, buffers: &mut FateBuffers) -> Self {
        let bytes_in = source.len() as u64;
        let mut counted = Self { bytes_in, bytes_kept: bytes_in, bytes_out: bytes_in, ..Self::default() };
        if cleaned.ledger.is_empty() {
            return counted;
        }
        counted.bytes_kept = 0;
        counted.bytes_out = cleaned.text.len() as u64;
        for fate in cleaned.ledger.fates_in(buffers, source.len()) {
            match fate {
                Fate::Kept(span) => counted.bytes_kept += span.len() as u64,
                Fate::Removed(span, rule) => counted.count(rule.id, span.len(), 0),
                Fate::Inserted(text, rule) => counted.count(rule.id, 0, text.len()),
            }
        }
        counted
    }

    fn count(&mut self, rule: &'static str, removed: usize, inserted: usize) {
        let sums = sums_of(&mut self.by_rule, rule);
        sums[0] += 1;
        sums[1] += removed as u64;
        sums[2] += inserted as u64;
    }

    /// Notes something `n` times.
    pub(crate) fn note(&mut self, note: &'static str, n: u32) {
        if n > 0 {
            self.notes.push((note, n));
        }
    }

    /// Whether the bytes of the document are accounted for, or how they are not.
    pub(crate) fn balanced(&self, source: &str) -> Result<(), String> {
        let sum = |at: usize| self.by_rule.iter().map(|(_, sums)| sums[at]).sum::<u64>();
        let (removed, inserted) = (sum(1), sum(2));
        let sums = self.bytes_in == self.bytes_kept + removed && self.bytes_out == self.bytes_kept + inserted;
        if sums && self.bytes_in == source.len() as u64 {
            return Ok(());
        }
        Err(format!(
            "{} bytes in, {} kept and {removed} removed; {} bytes out, {inserted} inserted",
            self.bytes_in, self.bytes_kept, self.bytes_out
        ))
    }

    /// Adds the counts to those of a batch.
    pub(crate) fn add_to(&self, batch: &mut Counts, summary: &mut Summary) {
        summary.bytes_in += self.bytes_in;
        summary.bytes_kept += self.bytes_kept;
        summary.bytes_out += self.bytes_out;
        for &(rule, [edits, removed, inserted]) in &self.by_rule {
            let sums = sums_of(&mut batch.by_rule, rule);
            sums.n_documents += 1;
            sums.n_edits += edits;
            sums.bytes_removed += removed;
            sums.bytes_inserted += inserted;
        }
        match self.dropped {
            Some(rule) => summary.count_dropped(rule),
            None => summary.n_written += 1,
        }
        for &(note, n) in &self.notes {
            summary.count_note(note, u64::from(n));
        }
    }
}

/// What each rule did in a batch, kept out of its summary until the end: a map by name costs more than the rest.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    by_rule: Vec<(&'static str, RuleTally)>,
}

impl Counts {
    /// Moves the counts into the summary of the batch.
    pub(crate) fn move_to(&mut self, summary: &mut Summary) {
        let rules = self.by_rule.drain(..).map(|(rule, sums)| (rule.to_owned(), sums)).collect();
        summary.merge(&Summary { rules, ..Summary::default() });
    }
}

/// The sums of a rule in a short list.
fn sums_of<'s, S: Default>(list: &'s mut Vec<(&'static str, S)>, rule: &'static str) -> &'s mut S {
    let at = list.iter().position(|(id, _)| *id == rule).unwrap_or_else(|| {
        list.push((rule, S::default()));
        list.len() - 1
    });
    &mut list[at].1
}

//! Cuts the inputs into batches, and knows where in the inputs each of them ends.

use cleancopy_ingest::{Failure, File, LeftOut, Mark, Options, Raw};
use cleancopy_output::{Bytes, LedgerEnd, LedgerFile};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};

/// Input bytes in one batch: one task, one compressed frame.
const BATCH_BYTES: usize = 1 << 20;
/// Documents in one batch, so that a million empty files do not make one.
const BATCH_DOCUMENTS: usize = 1024;

/// What is read, in input order.
pub(crate) enum Item {
    /// A document, or why it could not be read.
    Document {
        read: Result<Raw, Failure>,
        /// What stood between the record before and this one; for the ledger.
        between: Vec<u8>,
        /// Whether its file was compressed.
        compressed: bool,
    },
    /// A file of records begins; for the ledger.
    Begin(LedgerFile),
    /// A file of records ends; for the ledger.
    End(LedgerEnd),
}

/// How far the inputs have been read.
#[expect(clippy::struct_field_names, reason = "each is a count")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Inputs done that could not be opened.
    pub(crate) n_failures: usize,
    /// Files begun.
    pub(crate) n_files: usize,
    /// Documents done of the last of them.
    pub(crate) n_documents: u64,
}

/// What one task cleans, in input order.
pub(crate) struct Batch {
    pub(crate) items: Vec<Item>,
    /// Bytes taken from the window.
    pub(crate) n_bytes: usize,
    /// Where it ends.
    pub(crate) end: Position,
}

/// What is to be read.
pub(crate) struct Inputs<'a> {
    pub(crate) failures: &'a [Failure],
    pub(crate) files: &'a [File],
    pub(crate) options: &'a Options,
    /// Bytes of the files that have been read, as stored.
    pub(crate) taken: &'a AtomicU64,
}

impl Inputs<'_> {
    /// Reads on from `from` and hands batches to `send`, until the end or until `seen`, which is shown each document
    /// with whether it is new, says to stop. Returns whether the end was reached.
    pub(crate) fn feed(
        &self,
        from: Position,
        mut send: impl FnMut(Batch),
        mut seen: impl FnMut(&Result<Raw, Failure>, bool) -> bool,
        left_out: &mut Vec<LeftOut>,
    ) -> bool {
        let mut cutter = Cutter { at: from, ..Cutter::default() };
        for failure in self.failures.iter().skip(from.n_failures) {
            let read = Err(failure.clone());
            if !seen(&read, true) {
                return false;
            }
            cutter.at.n_failures += 1;
            cutter.push(read, Vec::new(), false).into_iter().for_each(&mut send);
        }
        let first = from.n_files.saturating_sub(1);
        let mut n_taken: u64 = self.files.iter().take(first).map(|file| file.bytes).sum();
        for (index, file) in self.files.iter().enumerate().skip(first) {
            let mut n_done = if index + 1 == from.n_files { from.n_documents } else { 0 };
            cutter.at = Position { n_files: index + 1, n_documents: n_done, ..cutter.at };
            let mut reader = cleancopy_ingest::read(file, self.options);
            while let Some(read) = reader.next() {
                self.taken.store(n_taken + reader.bytes_taken().min(file.bytes), Ordering::Relaxed);
                let is_new = n_done == 0;
                if !seen(&read, is_new) {
                    return false;
                }
                let (marks, between) = (reader.marks(), reader.between());
                if !is_new {
                    n_done -= 1;
                    continue;
                }
                cutter.items.extend(marks.into_iter().map(item));
                cutter.at.n_documents += 1;
                cutter.push(read, between, reader.stored().compressed).into_iter().for_each(&mut send);
            }
            cutter.items.extend(reader.marks().into_iter().map(item));
            left_out.append(&mut reader.left_out());
            n_taken += file.bytes;
        }
        cutter.rest().into_iter().for_each(&mut send);
        true
    }
}

fn item(mark: Mark) -> Item {
    match mark {
        Mark::Begin(source, stored) => Item::Begin(LedgerFile {
            path: Bytes(source.path.as_os_str().as_encoded_bytes().to_vec()),
            member: source.member.as_deref().map(str::to_owned),
            compressed: stored.compressed,
            encoding: stored.encoding.map(str::to_owned),
            mark: stored.mark,
        }),
        Mark::End { between, n_lost } => Item::End(LedgerEnd { between: Bytes(between), broken: n_lost }),
    }
}

/// Cuts batches by size and count. A ledger does not change where it cuts.
#[derive(Default)]
struct Cutter {
    items: Vec<Item>,
    n_documents: usize,
    n_bytes: usize,
    n_between: usize,
    at: Position,
}

impl Cutter {
    /// Adds a document; gives a batch if it is full.
    fn push(&mut self, read: Result<Raw, Failure>, between: Vec<u8>, compressed: bool) -> Option<Batch> {
        self.n_bytes += read.as_ref().map_or(0, Raw::len);
        self.n_between += between.len();
        self.n_documents += 1;
        self.items.push(Item::Document { read, between, compressed });
        (self.n_bytes >= BATCH_BYTES || self.n_documents >= BATCH_DOCUMENTS).then(|| self.rest()).flatten()
    }

    /// What is left, if anything.
    fn rest(&mut self) -> Option<Batch> {
        let items = std::mem::take(&mut self.items);
        let n_bytes = std::mem::take(&mut self.n_bytes) + std::mem::take(&mut self.n_between);
        self.n_documents = 0;
        (!items.is_empty()).then_some(Batch { items, n_bytes, end: self.at })
    }
}

//! Documents that are cleaned side by side.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cleancopy_ingest::Loaded;
use cleancopy_output::LedgerDocument;

use crate::Cleaner;
use crate::cleaner::clean_together;
use crate::entry::Original;

/// Most documents, and bytes of them, that are cleaned side by side. Over articles of 730 bytes eight take 6 % less time than
/// one after the other, and 32 not less than eight.
const MAX_HELD: usize = 16;
const MAX_HELD_BYTES: u64 = 1 << 15;

/// What the ledger is to say of the input of a document, if there is a ledger.
pub(crate) type Noted = Option<Result<Original, Box<LedgerDocument>>>;

/// Documents that wait to be cleaned side by side, and a cleaner for each.
#[derive(Default)]
pub(crate) struct Team {
    /// The first also cleans documents too large to stand beside others, so that the buffers of the others stay small.
    cleaners: Vec<Cleaner>,
    held: Vec<(Loaded, Noted)>,
    n_bytes: u64,
}

impl Team {
    /// A team with the cleaners of another.
    pub(crate) fn of(cleaners: Vec<Cleaner>) -> Self {
        Self { cleaners, ..Self::default() }
    }

    /// The cleaners, for another team.
    pub(crate) fn into_cleaners(self) -> Vec<Cleaner> {
        self.cleaners
    }

    /// Whether a document may be cleaned beside those that wait.
    pub(crate) fn has_room_for(&self, loaded: &Loaded) -> bool {
        self.held.is_empty() || self.held.len() < MAX_HELD && self.n_bytes + weight(loaded) <= MAX_HELD_BYTES
    }

    /// Has a document wait.
    pub(crate) fn hold(&mut self, loaded: Loaded, noted: Noted) {
        self.n_bytes += weight(&loaded);
        self.held.push((loaded, noted));
    }

    /// Cleans the documents that wait. Gives each with its cleaner, and whether they are clean: if a rule fails on one of them,
    /// all are to be cleaned anew, one by one.
    pub(crate) fn clean(
        &mut self,
        new: impl Fn() -> Cleaner,
        site: impl Fn(&Loaded) -> Option<String>,
    ) -> (impl Iterator<Item = (Loaded, Noted, &mut Cleaner)>, bool) {
        self.n_bytes = 0;
        let held = std::mem::take(&mut self.held);
        while self.cleaners.len() < held.len() {
            self.cleaners.push(new());
        }
        let cleaners = &mut self.cleaners[..held.len()];
        let done = catch_unwind(AssertUnwindSafe(|| {
            for ((loaded, _), cleaner) in held.iter().zip(cleaners.iter_mut()) {
                cleaner.load(&loaded.document, site(loaded).as_deref());
            }
            clean_together(cleaners);
        }));
        if done.is_err() {
            cleaners.fill_with(new);
        }
        (held.into_iter().zip(cleaners).map(|((loaded, noted), cleaner)| (loaded, noted, cleaner)), done.is_ok())
    }
}

/// Bytes of a document: of its text, or of the page that it is on.
fn weight(loaded: &Loaded) -> u64 {
    loaded.bytes_in.max(loaded.document.text.len() as u64)
}

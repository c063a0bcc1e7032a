//! Cues: phrases that people write in lines which are not the article.
//!
//! A cue is a phrase with a place: at the start of a block, of a sentence, or anywhere; as the whole
//! block or not. The phrases stand in `tables/*.txt`, by kind and language. They are matched as
//! sequences of word hashes against the words that [`Words`] has split once, through one trie that is
//! built on first use, so that more phrases cost next to nothing per byte.
//!
//! [`Cues`] is the measurement. For each block it holds a [`CueSet`], a 64-bit set of the kinds found in
//! it outside quotation marks, which rules and the block model read; [`Cues::hits`] has the places.
//! A cue alone decides nothing: a rule asks for form (length, place, imperative) as well.

mod kinds;
mod table;

use cleancopy_core::{Measure, Page, Span};

use crate::words::{MadeFor, Word, Words};
pub(crate) use kinds::Cue;
use table::{TABLE, Table};

/// A set of cue kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CueSet(pub u64);

impl CueSet {
    /// The set of `cues`.
    pub(crate) const fn of(cues: &[Cue]) -> Self {
        let (mut set, mut i) = (0, 0);
        while i < cues.len() {
            set |= 1 << cues[i] as u64;
            i += 1;
        }
        Self(set)
    }

    /// Whether `cue` is in the set.
    pub(crate) const fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u64) != 0
    }

    /// Whether the two share a kind.
    pub(crate) const fn meets(self, other: CueSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Number of kinds.
    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }
}

/// One phrase found in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it is a cue for.
    pub cue: Cue,
    /// Index of its block.
    pub block: u32,
    /// From the first to the last word of the phrase.
    pub span: Span,
    /// Stands inside quotation marks.
    pub quoted: bool,
    /// Opens a sentence.
    pub opens: bool,
}

/// The cues of a page.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    hits: Vec<Hit>,
    /// For each block, the index of its first hit; one more at the end.
    firsts: Vec<u32>,
    sets: Vec<CueSet>,
    made_for: MadeFor,
    /// What was found in the text before, and where its blocks began.
    last_hits: Vec<Hit>,
    last_sets: Vec<CueSet>,
    last_starts: Vec<u32>,
}

impl Cues {
    /// The kinds found in a block outside quotation marks.
    pub(crate) fn of(&self, block: usize) -> CueSet {
        self.sets[block]
    }

    /// All phrases found, in text order.
    pub(crate) fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The phrases found in one block.
    pub(crate) fn hits_of(&self, block: usize) -> &[Hit] {
        &self.hits[self.firsts[block] as usize..self.firsts[block + 1] as usize]
    }
}

impl Measure for Cues {
    fn measure(&mut self, page: &Page<'_>) {
        let words = page.measured::<Words>();
        let table: &Table = &TABLE;
        let origins = words.origins(&mut self.made_for);
        std::mem::swap(&mut self.hits, &mut self.last_hits);
        std::mem::swap(&mut self.sets, &mut self.last_sets);
        self.hits.clear();
        self.firsts.clear();
        self.sets.clear();
        // Hits of the text before are taken in order.
        let mut taken = 0;
        for block in 0..page.blocks.len() {
            self.firsts.push(self.hits.len() as u32);
            let of_block = words.of(block);
            if let Some(&Some(origin)) = origins.get(block) {
                self.sets.push(self.last_sets[origin as usize]);
                taken += self.last_hits[taken..].partition_point(|hit| hit.block < origin);
                let start = page.blocks[block].span.start;
                while let Some(hit) = self.last_hits.get(taken).filter(|hit| hit.block == origin) {
                    let shift = start.wrapping_sub(self.last_starts[origin as usize]);
                    let span =
                        Span { start: hit.span.start.wrapping_add(shift), end: hit.span.end.wrapping_add(shift) };
                    self.hits.push(Hit { block: block as u32, span, ..*hit });
                    taken += 1;
                }
                continue;
            }
            let mut set = CueSet::default();
            table.find(of_block, |cue, at, n_words| {
                let word = &of_block[at];
                let span = Span::new(word.start, of_block[at + n_words - 1].end);
                let quoted = word.has(Word::QUOTED);
                let hit = Hit { cue, block: block as u32, span, quoted, opens: word.has(Word::OPENS) };
                if self.hits.last() != Some(&hit) {
                    self.hits.push(hit);
                }
                if !quoted {
                    set.0 |= 1 << cue as u64;
                }
            });
            self.sets.push(set);
        }
        self.firsts.push(self.hits.len() as u32);
        self.last_starts.clear();
        self.last_starts.extend(page.blocks.iter().map(|block| block.span.start));
    }
}

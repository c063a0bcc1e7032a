//! From probabilities to blocks that go: the bars, and what is never removed.

use cleancopy_core::{Edits, Kind, Measure, Page};

use super::Scores;
use super::chain::{BODY, HEAD, INLINE, TAIL};
use super::spared::Spared;
use super::weights::{Bars, weights};
use crate::exports::Export;
use crate::shape::Shapes;
use crate::verdicts::Verdicts;

/// The blocks that the model gives to each of its rules.
#[derive(Debug, Default)]
pub(crate) struct Residue {
    of: Vec<Option<u8>>,
}

/// Words that may go from a document in which another rule removes a block, however short it is.
const FREE: u32 = 30;

/// Words of running text that may go from any document, and the largest share of its words. Pages carry little of it
/// beside their articles: teasers, a note on the author.
const FREE_PROSE: u32 = 80;
const MAX_PROSE_SHARE: f32 = 0.1;

impl Residue {
    /// The rule that removes a block: 0 head, 1 inline, 2 tail.
    pub(crate) fn of(&self, block: usize) -> Option<u8> {
        self.of[block]
    }
}

impl Measure for Residue {
    fn measure(&mut self, page: &Page<'_>) {
        self.of.clear();
        self.of.resize(page.blocks.len(), None);
        if page.kind == Kind::Html {
            return;
        }
        let verdicts = page.measured::<Verdicts>();
        let bare = verdicts.is_bare();
        let Bars { least, max_share } = weights().bars(page.settings.profile, bare);
        if least == Bars::NEVER.least {
            return; // whatever the model would say
        }
        let (scores, shapes) = (page.measured::<Scores>(), page.measured::<Shapes>());
        let mut n_words = 0;
        for (index, block) in page.blocks.iter().enumerate().filter(|(index, _)| !verdicts.goes(*index)) {
            n_words += shapes.of(index).words;
            let row = scores.of(index);
            let residue = [row[HEAD], row[INLINE], row[TAIL]];
            let label = (0..3).max_by(|&a, &b| residue[a].total_cmp(&residue[b])).unwrap_or(0);
            if 1.0 - row[BODY] >= least[label] && !block.kind.protected() {
                self.of[index] = Some(label as u8);
            }
        }
        if self.of.iter().any(Option::is_some) {
            let spared = Spared::of(page);
            for (index, of_block) in self.of.iter_mut().enumerate() {
                *of_block = of_block.filter(|_| !spared.has(index));
            }
        }
        let claimed = (0..self.of.len()).filter(|&at| self.of[at].is_some()).map(|at| shapes.of(at));
        let (n_residue, n_prose) = claimed.fold((0, 0), |(all, prose), shape| {
            (all + shape.words, prose + if shape.is_prose() { shape.words } else { 0 })
        });
        let too_much = |n: u32, free: u32, share: f32| n > free && n as f32 > share * n_words as f32;
        if too_much(n_residue, if bare { 0 } else { FREE }, max_share) || too_much(n_prose, FREE_PROSE, MAX_PROSE_SHARE)
        {
            self.of.fill(None); // more than pages carry: the model has mistaken the text for something else
        }
    }
}

/// Removes the blocks that the model takes for residue of a label: 0 head, 1 inline, 2 tail.
pub(crate) fn carry_out(label: u8, page: &Page<'_>, edits: &mut Edits<'_>) {
    // What is left of an export is judged in the next round, when its fields are gone.
    if page.measured::<Export>().is_one() {
        return;
    }
    let residue = page.measured::<Residue>();
    for index in 0..page.blocks.len() {
        if residue.of[index] == Some(label) {
            edits.remove_block(index);
        }
    }
}

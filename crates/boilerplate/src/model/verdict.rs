//! From probabilities to blocks that go: the bars, and what is never removed.

use cleancopy_core::{Edits, Kind, Measure, Page};

use super::Scores;
use super::chain::{BODY, HEAD, INLINE, TAIL};
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
        let claimed = (0..self.of.len()).filter(|&at| self.of[at].is_some());
        let n_residue: u32 = claimed.map(|at| shapes.of(at).words).sum();
        let free = if bare { 0 } else { FREE };
        if n_residue > free && n_residue as f32 > max_share * n_words as f32 {
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

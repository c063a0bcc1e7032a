//! From probabilities to blocks that go: the bars, and what is never removed.

use cleancopy_core::{Edits, Kind, Measure, Page, Profile};

use super::Scores;
use super::chain::{BODY, HEAD, INLINE, TAIL};
use crate::shape::Shapes;
use crate::verdicts::Verdicts;

/// The blocks that the model gives to each of its rules.
#[derive(Debug, Default)]
pub(crate) struct Residue {
    of: Vec<Option<u8>>,
}

/// From which probability on a block goes, and how much of a document may.
///
/// Chosen on outlets that the fit had not seen, by how many words of articles go with the residue.
struct Bars {
    /// Probability that a block is no body, where residue at the head, inside or at the tail is likeliest.
    least: [f32; 3],
    /// Largest share of the words that may go; beyond it, all stay.
    max_share: f32,
}

/// Bars that no block reaches: a text in which no named rule finds anything is taken for clean.
const NEVER: [f32; 3] = [2.0; 3];

/// The bars, and those of a document in which no named rule claims a block.
const fn bars(profile: Profile, bare: bool) -> Bars {
    match (profile, bare) {
        (Profile::Precision, false) => Bars { least: [0.99, 0.99, 0.995], max_share: 0.1 },
        (Profile::Precision | Profile::Balanced, true) => Bars { least: NEVER, max_share: 0.0 },
        (Profile::Balanced, false) => Bars { least: [0.95, 0.96, 0.95], max_share: 0.15 },
        (Profile::Recall, false) => Bars { least: [0.6, 0.7, 0.6], max_share: 0.4 },
        (Profile::Recall, true) => Bars { least: [0.8, 0.9, 0.8], max_share: 0.15 },
    }
}

/// Words that may go from a document in which a named rule claims a block, however short it is.
const FREE: u32 = 30;

impl Measure for Residue {
    fn measure(&mut self, page: &Page<'_>) {
        self.of.clear();
        self.of.resize(page.blocks.len(), None);
        if page.kind == Kind::Html {
            return;
        }
        let verdicts = page.measured::<Verdicts>();
        let bare = verdicts.is_bare();
        let Bars { least, max_share } = bars(page.settings.profile, bare);
        if least == NEVER {
            return; // whatever the model would say
        }
        let (scores, shapes) = (page.measured::<Scores>(), page.measured::<Shapes>());
        let mut n_words = 0;
        for (index, block) in page.blocks.iter().enumerate().filter(|(index, _)| verdicts.of(*index).is_none()) {
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
    let residue = page.measured::<Residue>();
    for index in 0..page.blocks.len() {
        if residue.of[index] == Some(label) {
            edits.remove_block(index);
        }
    }
}

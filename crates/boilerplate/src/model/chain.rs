//! The chain: from scores of single blocks to the probability of each label, given all blocks.

use super::weights::{N_LABELS, Weights};

/// What a block is, in the order of the weights.
pub(crate) const HEAD: usize = 0;
pub(crate) const BODY: usize = 1;
pub(crate) const INLINE: usize = 2;
pub(crate) const TAIL: usize = 3;

/// Which label may follow which: residue at the head, then the body with residue in it, then residue at
/// the tail. So a short line between two paragraphs is never taken for a part of the head or the tail.
const MAY_FOLLOW: [[bool; N_LABELS]; N_LABELS] =
    [[true, true, false, false], [false, true, true, true], [false, true, true, false], [false, false, false, true]];

/// Labels of a first and of a last block. There is a body in any document.
const MAY_BEGIN: [bool; N_LABELS] = [true, true, false, false];
const MAY_END: [bool; N_LABELS] = [false, true, false, true];

/// Largest score that counts, so that no single block decides alone.
const MAX_SCORE: f32 = 12.0;

/// Forward sums, kept between documents.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    forward: Vec<[f32; N_LABELS]>,
}

impl Chain {
    /// Replaces the scores of each block by the probabilities of its labels.
    pub(crate) fn solve(&mut self, scores: &mut [[f32; N_LABELS]], weights: &Weights) {
        let steps = weights.step_odds;
        for row in scores.iter_mut() {
            *row = row.map(|score| score.clamp(-MAX_SCORE, MAX_SCORE).exp());
        }
        self.forward.clear();
        for (at, row) in scores.iter().enumerate() {
            let mut sums = [0.0; N_LABELS];
            for to in 0..N_LABELS {
                let reach: f32 = match self.forward.last() {
                    None => f32::from(u8::from(MAY_BEGIN[to])),
                    Some(before) => (0..N_LABELS)
                        .filter(|&from| MAY_FOLLOW[from][to])
                        .map(|from| before[from] * steps[from][to])
                        .sum(),
                };
                sums[to] = reach * row[to];
            }
            debug_assert_eq!(at, self.forward.len());
            self.forward.push(scaled(sums));
        }
        let mut backward = MAY_END.map(|may| f32::from(u8::from(may)));
        for (row, forward) in scores.iter_mut().zip(&self.forward).rev() {
            let emitted: [f32; N_LABELS] = std::array::from_fn(|label| backward[label] * row[label]);
            *row = scaled(std::array::from_fn(|label| forward[label] * backward[label]));
            backward = scaled(std::array::from_fn(|from| {
                (0..N_LABELS).filter(|&to| MAY_FOLLOW[from][to]).map(|to| steps[from][to] * emitted[to]).sum()
            }));
        }
    }
}

/// The row divided by its sum.
fn scaled(row: [f32; N_LABELS]) -> [f32; N_LABELS] {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 { row.map(|value| value / sum) } else { [0.0, 1.0, 0.0, 0.0] }
}

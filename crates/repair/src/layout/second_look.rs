//! The second look: where a sentence ends at a full line, paragraph lengths decide.
//!
//! The first look cannot tell whether a paragraph ends there, since its last line just happens to be
//! full. Once the other gaps are decided, it is known how long paragraphs are in this text, how long
//! one would be that ended here, and how long one that did not.

use super::line::Line;
use super::pair::{Class, Pair};
use super::stretch::{Stretch, step};
use super::weights::{LENGTH_STEPS, Weights};

/// Buffers of the second look.
#[derive(Debug, Default)]
pub(crate) struct Lengths {
    /// Lengths of the paragraphs found by the first look, bytes, sorted.
    sorted: Vec<u32>,
}

/// Ends of the steps for a part of a paragraph, in median paragraphs.
const PART_STEPS: [f32; LENGTH_STEPS - 1] = [0.1, 0.3, 0.6, 1.0, 1.5, 2.5];
/// Ends of the steps for a joined paragraph, in long paragraphs: nine in ten are shorter.
const JOINED_STEPS: [f32; LENGTH_STEPS - 1] = [0.3, 0.6, 0.9, 1.1, 1.5, 2.0];

/// Whether the gap after `a` is one that the first look cannot decide.
pub(crate) fn is_open(a: &Line, b: &Line, pair: Pair, stretch: &Stretch) -> bool {
    pair.open
        && pair.class == Class::Sentence
        && a.width * 4 <= stretch.column * 5
        && (a.width > stretch.column || pair.reach + 3 > stretch.column)
        && !stretch.stands_apart(a, b, pair)
        && !stretch.is_sealed(a, b, pair)
}

impl Lengths {
    /// The steps of each undecided gap, given the scores of the first look: positive for paragraphs.
    pub(crate) fn look(
        &mut self,
        lines: &[Line],
        scores: &[f32],
        undecided: impl Fn(usize) -> bool,
        mut found: impl FnMut(usize, [u8; 3]),
    ) {
        let ends = |at: &usize| *at == scores.len() || scores[*at] > 0.0;
        self.sorted.clear();
        let mut start = 0;
        for at in (0..lines.len()).filter(ends) {
            self.sorted.push(lines[at].span.end - lines[start].span.start);
            start = at + 1;
        }
        self.sorted.sort_unstable();
        let n = self.sorted.len();
        let (median, long) = (self.sorted[n / 2].max(1) as f32, self.sorted[n * 9 / 10].max(1) as f32);
        let (mut start, mut end) = (0, 0);
        for at in 0..scores.len() {
            if undecided(at) {
                if end <= at {
                    end = (at + 1..lines.len()).find(ends).unwrap_or(lines.len() - 1);
                }
                let before = (lines[at].span.end - lines[start].span.start) as f32;
                let after = (lines[end].span.end - lines[at + 1].span.start) as f32;
                found(
                    at,
                    [
                        step(before / median, &PART_STEPS),
                        step(after / median, &PART_STEPS),
                        step((before + after) / long, &JOINED_STEPS),
                    ],
                );
            }
            if scores[at] > 0.0 {
                start = at + 1;
            }
        }
    }
}

/// What the steps add to the score.
pub(crate) fn added(weights: &Weights, steps: [u8; 3]) -> f32 {
    steps.iter().zip(&weights.lengths).map(|(&step, table)| table[usize::from(step)]).sum()
}

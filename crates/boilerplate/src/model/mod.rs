//! The block model: how likely each block is residue at the head, inside or at the tail of the article.
//!
//! A linear chain over the blocks of a document. What a block adds comes from its words (`grams`), its
//! form, place, neighbours, cues and the verdicts of the named rules (`signals`, `observe`); the chain
//! (`chain`) sees to it that runs at both ends go together and that a line between two paragraphs is
//! judged as such. The weights are fitted by `train/fit.py` from texts that [`Scores`] itself describes,
//! through the example `blocks` of the package `cleancopy`, so that training and use cannot differ.
//!
//! The model removes nothing. The rules `head-residue`, `inline-residue` and `tail-residue` read it.

mod alike;
pub(crate) mod chain;
mod explain;
mod grams;
mod observe;
mod signals;
mod spared;
mod verdict;
mod weights;

use cleancopy_core::{Kind, Measure, Page};

pub use explain::{BlockReport, Standing, describe_blocks, explain_blocks, residue_chances, signal_names};
pub(crate) use verdict::carry_out;
pub use weights::try_weights;

use crate::words::Words;
use chain::Chain;
use observe::Observations;
use weights::{N_LABELS, weights};

/// The probabilities of the labels of each block.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    observations: Observations,
    chain: Chain,
    rows: Vec<[f32; N_LABELS]>,
}

impl Scores {
    /// The probabilities of head, body, inline and tail of one block.
    pub(crate) fn of(&self, block: usize) -> [f32; N_LABELS] {
        self.rows[block]
    }
}

impl Measure for Scores {
    fn measure(&mut self, page: &Page<'_>) {
        self.rows.clear();
        if page.kind == Kind::Html {
            // The rules `page-*` cut the article out; the model sees it in the next round.
            self.rows.resize(page.blocks.len(), [0.0, 1.0, 0.0, 0.0]);
            return;
        }
        let weights = weights();
        let rows = &mut self.rows;
        rows.resize(page.blocks.len(), [0.0; N_LABELS]);
        self.observations.each(page, &weights.offsets, |block, cell| weights.add_cell(cell, &mut rows[block]));
        let words = page.measured::<Words>();
        for (block, row) in rows.iter_mut().enumerate() {
            let [head, inline, tail, _] = *row;
            let (mut sum, mut n) = (0, 0);
            grams::grams(words.of(block), &mut |place| {
                sum += weights.gram(place);
                n += 1;
            });
            let grams = weights.grams(sum, n);
            *row = [head + grams, 0.0, inline + grams, tail + grams];
        }
        self.chain.solve(&mut self.rows, weights);
    }
}

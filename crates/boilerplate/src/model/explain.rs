//! The reasons of the model, for people and for the program that fits the weights.

use cleancopy_core::{Page, Span};

use super::chain::{HEAD, INLINE, TAIL};
use super::signals::GROUPS;
use super::weights::weights;
use super::{Scores, grams};
use crate::verdicts::Verdicts;
use crate::words::Words;

/// What the model thinks of one block, and why.
#[derive(Clone, Debug)]
pub struct BlockReport {
    /// Where it stands in the text.
    pub span: Span,
    /// Probability that it is residue at the head, inside, at the tail.
    pub residue: [f32; 3],
    /// Whether a named rule claims it.
    pub claimed: bool,
    /// The signals, each with what it adds to the likeliest kind of residue, strongest first. `words` is
    /// what its words add.
    pub signals: Vec<(String, f32)>,
}

/// The blocks of `page` with the reasons of the model. Empty for the structure of an HTML page.
pub fn explain_blocks(page: &Page<'_>) -> Vec<BlockReport> {
    let (scores, verdicts) = (page.measured::<Scores>(), page.measured::<Verdicts>());
    let words = page.measured::<Words>();
    let weights = weights();
    let mut reports = Vec::new();
    for (index, block) in page.blocks.iter().enumerate().filter(|_| page.kind != cleancopy_core::Kind::Html) {
        let row = scores.of(index);
        let residue = [row[HEAD], row[INLINE], row[TAIL]];
        let label = (0..3).max_by(|&a, &b| residue[a].total_cmp(&residue[b])).unwrap_or(0);
        let mut signals: Vec<(String, f32)> = Vec::new();
        for &cell in scores.observations.of(index) {
            let (group, at) = weights.offsets.name(usize::from(cell));
            signals.push((format!("{} {}", GROUPS[group].name, GROUPS[group].cell(at)), weights.cell(cell)[label]));
        }
        let (mut sum, mut n) = (0, 0);
        grams::grams(words.of(index), &mut |place| {
            sum += weights.gram(place);
            n += 1;
        });
        signals.push(("words".to_owned(), weights.grams(sum, n)));
        signals.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        reports.push(BlockReport { span: block.span, residue, claimed: verdicts.of(index).is_some(), signals });
    }
    reports
}

/// The signals of each block by number, then the places of its words: what the weights are fitted from.
pub fn describe_blocks(page: &Page<'_>, sink: &mut impl FnMut(Span, bool, &[u16], &[usize])) {
    let (scores, verdicts) = (page.measured::<Scores>(), page.measured::<Verdicts>());
    let words = page.measured::<Words>();
    let mut places = Vec::new();
    for (index, block) in page.blocks.iter().enumerate() {
        places.clear();
        grams::grams(words.of(index), &mut |place| places.push(place));
        sink(block.span, verdicts.of(index).is_some(), scores.observations.of(index), &places);
    }
}

/// The names of all signals, in the order of their numbers.
pub fn signal_names() -> Vec<String> {
    let cells = GROUPS.iter().flat_map(|group| (0..group.len()).map(|at| format!("{} {}", group.name, group.cell(at))));
    cells.collect()
}

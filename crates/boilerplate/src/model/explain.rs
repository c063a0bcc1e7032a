//! The reasons of the model, for people and for the program that fits the weights.

use std::ops::Range;

use cleancopy_core::{Page, Span};

use super::chain::{HEAD, INLINE, TAIL};
use super::observe::Observations;
use super::signals::GROUPS;
use super::spared::Spared;
use super::verdict::Residue;
use super::weights::{Weights, weights};
use super::{Scores, grams};
use crate::verdicts::Verdicts;
use crate::words::{Word, Words};

/// What the model thinks of one block, and why.
#[derive(Clone, Debug)]
pub struct BlockReport {
    /// Where it stands in the text.
    pub span: Span,
    /// Its text.
    pub text: String,
    /// Probability that it is residue at the head, inside, at the tail.
    pub residue: [f32; 3],
    /// Whether a named rule claims it.
    pub claimed: bool,
    /// The rule by which the model removes it.
    pub rule: Option<&'static str>,
    /// Its signals and words, each with what it adds to the likeliest kind of residue, strongest first.
    pub signals: Vec<(String, f32)>,
}

impl BlockReport {
    /// Probability that it is no part of the body, as far as the model knows.
    pub fn probability(&self) -> f32 {
        self.residue.iter().sum()
    }
}

/// For each block of `page` how likely it is residue, as far as the model knows. Empty for the structure of an HTML
/// page.
pub fn residue_chances(page: &Page<'_>) -> Vec<f32> {
    let scores = page.measured::<Scores>();
    (0..page.blocks.len())
        .filter(|_| page.kind != cleancopy_core::Kind::Html)
        .map(|index| {
            let row = scores.of(index);
            row[HEAD] + row[INLINE] + row[TAIL]
        })
        .collect()
}

/// The rules that read the model, in the order of its labels.
const RULES: [&str; 3] = ["head-residue", "inline-residue", "tail-residue"];

/// The blocks of `page` with the reasons of the model. Empty for the structure of an HTML page.
pub fn explain_blocks(page: &Page<'_>) -> Vec<BlockReport> {
    let (scores, verdicts, removed) =
        (page.measured::<Scores>(), page.measured::<Verdicts>(), page.measured::<Residue>());
    let words = page.measured::<Words>();
    let weights = weights();
    let mut observations = Observations::default();
    observations.take(page, &weights.offsets);
    let mut reports = Vec::new();
    for (index, block) in page.blocks.iter().enumerate().filter(|_| page.kind != cleancopy_core::Kind::Html) {
        let row = scores.of(index);
        let residue = [row[HEAD], row[INLINE], row[TAIL]];
        let label = (0..3).max_by(|&a, &b| residue[a].total_cmp(&residue[b])).unwrap_or(0);
        let mut signals: Vec<(String, f32)> = Vec::new();
        for &cell in observations.of(index) {
            let (group, at) = weights.offsets.name(usize::from(cell));
            let name = in_words(GROUPS[group].name, &GROUPS[group].cell(at));
            signals.push((name, weights.cell(cell)[label]));
        }
        signals.extend(words_with_weights(page, words.of(index), weights));
        signals.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        reports.push(BlockReport {
            span: block.span,
            text: block.span.in_text(page.text).to_owned(),
            residue,
            claimed: verdicts.of(index).is_some(),
            rule: removed.of(index).map(|label| RULES[usize::from(label)]),
            signals,
        });
    }
    reports
}

/// Each word and pair of words of a block in quotation marks, with what it adds.
fn words_with_weights(page: &Page<'_>, words: &[Word], weights: &Weights) -> Vec<(String, f32)> {
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    grams::located_grams(words, &mut |place, range| found.push((place, range)));
    let n = found.len() as u32;
    let named = found.into_iter().map(|(place, range)| {
        let (first, last) = (words.get(range.start), words.get(range.end.wrapping_sub(1)));
        let text = match (first, last) {
            (Some(first), Some(last)) => &page.text[first.start as usize..last.end as usize],
            _ => "",
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (format!("\u{2018}{text}\u{2019}"), weights.grams(weights.gram(place), n))
    });
    // A word counts by itself and with its neighbours; together they are one reason.
    let mut sums: Vec<(String, f32)> = Vec::new();
    for (name, weight) in named.filter(|(_, weight)| *weight != 0.0) {
        match sums.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((name, weight)),
        }
    }
    sums
}

/// A signal as people say it; the name that it has in `weights.txt` where there are no better words.
fn in_words(group: &str, cell: &str) -> String {
    let (first, rest) = cell.split_once(',').unwrap_or((cell, ""));
    match (group, first) {
        ("from-tail", "0") => "last block".to_owned(),
        ("from-tail", _) => format!("{first} blocks below"),
        ("from-head", "0") => "first block".to_owned(),
        ("from-head", _) => format!("{first} blocks above"),
        ("length", "1") => "1 word".to_owned(),
        ("length", _) => format!("{first} words"),
        ("end" | "zone-end", _) if cell.contains("bare") => "no final stop".to_owned(),
        ("end", _) => format!("ends in a {first}, {rest} words"),
        ("prose-above", "0") => "no running text above".to_owned(),
        ("prose-below", "0") => "no running text below".to_owned(),
        ("prose-above" | "prose-below", _) => {
            format!("{first} paragraphs {}", group.trim_start_matches("prose-"))
        }
        ("cue" | "cue-outside", _) => format!("a phrase of the kind {cell}"),
        ("rule", _) => format!("{cell} claims it"),
        ("claims", _) => format!("named rules claim {first} blocks of the text"),
        ("told", "untold") => "speaks of nothing that the paragraphs tell of".to_owned(),
        ("told", "told") => "speaks of what the paragraphs tell of".to_owned(),
        ("names-told", "untold") => "its names stand nowhere else".to_owned(),
        ("names-told", "told") => "its names stand in the paragraphs".to_owned(),
        ("alike", "0") => "stands there once".to_owned(),
        ("alike", _) => format!("{first} others say the same"),
        ("kind", _) => format!("a {cell}"),
        _ => format!("{group} {cell}"),
    }
}

/// What may become of a block, before the model is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The model decides.
    Open,
    /// A named rule claims it.
    Claimed,
    /// It stays, whatever the model says.
    Spared,
}

/// The signals of each block by number, then the places of its words: what the weights are fitted from.
pub fn describe_blocks(page: &Page<'_>, sink: &mut impl FnMut(Span, Standing, &[u16], &[usize])) {
    let spared = Spared::of(page);
    let (verdicts, words) = (page.measured::<Verdicts>(), page.measured::<Words>());
    let mut observations = Observations::default();
    observations.take(page, &weights().offsets);
    let mut places = Vec::new();
    for (index, block) in page.blocks.iter().enumerate() {
        places.clear();
        grams::grams(words.of(index), &mut |place| places.push(place));
        let standing = match () {
            () if verdicts.of(index).is_some() => Standing::Claimed,
            () if spared.has(index) => Standing::Spared,
            () => Standing::Open,
        };
        sink(block.span, standing, observations.of(index), &places);
    }
}

/// The names of all signals, in the order of their numbers.
pub fn signal_names() -> Vec<String> {
    weights().offsets.names()
}

//! The weights of the model, read once from `weights.txt`.

use std::sync::OnceLock;

use cleancopy_core::Profile;

use super::grams::N_GRAMS;
use super::signals::GROUPS;
use crate::cells::Offsets;

/// What the training program wrote.
static SHIPPED: &str = include_str!("weights.txt");

/// Labels that the chain gives: what a block is.
pub(crate) const N_LABELS: usize = 4;

/// The weights. All are natural logarithms of odds; the label `body` is the measure, its weights are 0.
pub(crate) struct Weights {
    /// Where the cells of each group begin.
    pub offsets: Offsets,
    /// By cell, for the labels head, inline and tail; the fourth is nothing, so that all are added at once.
    cells: Vec<[f32; 4]>,
    /// By place, for all labels but body.
    grams: Vec<i8>,
    /// What one step of a gram's weight is worth.
    gram_unit: f32,
    /// From label to label, as odds.
    pub step_odds: [[f32; N_LABELS]; N_LABELS],
    /// Of a document in which a named rule claims a block: for the profiles precision, balanced, recall.
    bars: [Bars; 3],
    /// Of a document in which no named rule claims a block.
    bare: [Bars; 3],
}

/// From which probability on a block goes, and how much of a document may.
///
/// Chosen by the training program on outlets that the fit had not seen, by how many words of articles go with the
/// residue.
#[derive(Clone, Copy)]
pub(crate) struct Bars {
    /// Probability that a block is no body, where residue at the head, inside or at the tail is likeliest.
    pub least: [f32; 3],
    /// Largest share of the words that may go; beyond it, all stay.
    pub max_share: f32,
}

impl Bars {
    /// Bars that no block reaches.
    pub(crate) const NEVER: Self = Self { least: [2.0; 3], max_share: 0.0 };
}

/// The profiles, as the bars name them.
const PROFILES: [&str; 3] = ["precision", "balanced", "recall"];

static TRIAL: OnceLock<&'static str> = OnceLock::new();

/// The weights in use.
pub(crate) fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::read(TRIAL.get().copied().unwrap_or(SHIPPED)))
}

/// Takes the weights from `text` in this process, for scoring a fit on texts that it did not see. Has no
/// effect once a text was cleaned. Not for users: nothing else about the program changes.
pub fn try_weights(text: String) {
    let _ = TRIAL.set(Box::leak(text.into_boxed_str()));
}

impl Weights {
    fn read(text: &str) -> Self {
        let offsets = Offsets::of(GROUPS);
        let mut weights = Self {
            cells: vec![[0.0; 4]; offsets.len],
            offsets,
            grams: vec![0; N_GRAMS],
            gram_unit: 0.0,
            step_odds: [[1.0; N_LABELS]; N_LABELS],
            bars: [Bars::NEVER; 3],
            bare: [Bars::NEVER; 3],
        };
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut fields = line.split_whitespace();
            let (Some(name), Some(cell)) = (fields.next(), fields.next()) else { continue };
            match name {
                "gram-unit" => weights.gram_unit = cell.parse().unwrap_or(0.0),
                "grams" => {
                    let first: usize = cell.parse().unwrap_or(N_GRAMS);
                    for (place, value) in weights.grams.iter_mut().skip(first).zip(fields) {
                        *place = value.parse().unwrap_or(0);
                    }
                }
                "bars" | "bare-bars" => {
                    let Some(at) = PROFILES.iter().position(|&profile| profile == cell) else { continue };
                    let mut row = [2.0, 2.0, 2.0, 0.0];
                    fill(&mut row, fields);
                    let [head, inline, tail, max_share] = row;
                    let bars = if name == "bars" { &mut weights.bars } else { &mut weights.bare };
                    bars[at] = Bars { least: [head, inline, tail], max_share };
                }
                "step" => {
                    if let Some(row) = cell.parse().ok().and_then(|from: usize| weights.step_odds.get_mut(from)) {
                        fill(row, fields);
                        *row = row.map(f32::exp);
                    }
                }
                _ => {
                    if let Some(at) = weights.offsets.find(name, cell) {
                        fill(&mut weights.cells[at][..3], fields);
                    }
                }
            }
        }
        weights
    }

    /// The bars of a profile; `bare` says that no named rule claims a block of the document.
    pub(crate) fn bars(&self, profile: Profile, bare: bool) -> Bars {
        let at = match profile {
            Profile::Precision => 0,
            Profile::Balanced => 1,
            Profile::Recall => 2,
        };
        if bare { self.bare[at] } else { self.bars[at] }
    }

    /// Adds what the signal of a cell adds to the labels head, inline and tail.
    pub(crate) fn add_cell(&self, cell: usize, sums: &mut [f32; 4]) {
        for (sum, weight) in sums.iter_mut().zip(self.cells[cell]) {
            *sum += weight;
        }
    }

    /// The weights of one cell.
    pub(crate) fn cell(&self, cell: u16) -> [f32; 3] {
        let [head, inline, tail, _] = self.cells[usize::from(cell)];
        [head, inline, tail]
    }

    /// The weight of one gram, of `n` in its block.
    pub(crate) fn gram(&self, place: usize) -> i32 {
        i32::from(self.grams[place])
    }

    /// What the grams of a block add, from their sum and number.
    pub(crate) fn grams(&self, sum: i32, n: u32) -> f32 {
        sum as f32 * self.gram_unit / (n.max(1) as f32).sqrt()
    }
}

fn fill<'t>(row: &mut [f32], fields: impl Iterator<Item = &'t str>) {
    for (place, value) in row.iter_mut().zip(fields) {
        *place = value.parse().unwrap_or(0.0);
    }
}

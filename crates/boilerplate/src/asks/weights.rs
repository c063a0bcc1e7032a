//! The weights of the chain over asks, read once from `weights.txt`.

use std::sync::OnceLock;

use cleancopy_core::Profile;

use super::notes::Note;
use super::observe::{of_block, offsets};
use crate::view::View;
use crate::words::Word;

/// What the training program wrote.
static SHIPPED: &str = include_str!("weights.txt");

/// Number of places for words.
const N_PLACES: usize = 1 << 16;

/// Stands for any number, and for what stands before a first character.
const NUMBER: u32 = 0x5EED_0003;
const EDGE: u32 = 0x5EED_0001;

/// The weights, all natural logarithms of odds against text.
pub(super) struct Weights {
    cells: Vec<f32>,
    /// By place of a word, in units.
    words: Vec<i8>,
    unit: f32,
    /// From text and ask to text and ask, as odds.
    pub(super) steps: [[f32; 2]; 2],
    /// For the profiles precision, balanced, recall.
    bars: [Bars; 3],
}

/// From which chance on blocks are an ask: `high` one of them at least, `low` all of them.
#[derive(Clone, Copy)]
pub(super) struct Bars {
    pub(super) high: f32,
    pub(super) low: f32,
}

/// The profiles, as the bars name them.
const PROFILES: [&str; 3] = ["precision", "balanced", "recall"];

/// The weights in use.
pub(super) fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::read(SHIPPED))
}

impl Weights {
    fn read(text: &str) -> Self {
        let mut weights = Self {
            cells: vec![0.0; offsets().len],
            words: vec![0; N_PLACES],
            unit: 0.0,
            steps: [[1.0; 2]; 2],
            bars: [Bars { high: 2.0, low: 2.0 }; 3],
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split(' ');
            let (Some(name), Some(cell)) = (fields.next(), fields.next()) else { continue };
            let mut number = || fields.next().and_then(|field| field.parse::<f32>().ok()).unwrap_or(0.0);
            match name {
                "unit" => weights.unit = cell.parse().unwrap_or(0.0),
                "words" => {
                    let first = cell.parse().unwrap_or(N_PLACES);
                    for (place, value) in weights.words.iter_mut().skip(first).zip(fields) {
                        *place = value.parse().unwrap_or(0);
                    }
                }
                "bars" => {
                    if let Some(at) = PROFILES.iter().position(|&profile| profile == cell) {
                        weights.bars[at] = Bars { high: number(), low: number() };
                    }
                }
                "step" => {
                    if let Some(row) = weights.steps.get_mut(usize::from(cell == "ask")) {
                        *row = [number().exp(), number().exp()];
                    }
                }
                _ => {
                    if let Some(at) = offsets().find(name, cell) {
                        weights.cells[at] = number();
                    }
                }
            }
        }
        weights
    }

    /// The bars of a profile.
    pub(super) fn bars(&self, profile: Profile) -> Bars {
        match profile {
            Profile::Precision => self.bars[0],
            Profile::Balanced => self.bars[1],
            Profile::Recall => self.bars[2],
        }
    }

    /// The weight of a cell.
    pub(super) fn cell(&self, cell: usize) -> f32 {
        self.cells[cell]
    }

    /// What a block whose words weigh so much weighs without those around it.
    pub(super) fn alone(&self, view: &View<'_>, note: Note, words: f32) -> f32 {
        let mut sum = words;
        of_block(view, note, &mut |group, cell| sum += self.cell(offsets().at(group, cell)));
        sum
    }

    /// What the words of a block add.
    pub(super) fn words(&self, words: &[Word]) -> f32 {
        let (mut sum, mut n) = (0, 0);
        places(words, &mut |place| {
            sum += i32::from(self.words[place]);
            n += 1;
        });
        sum as f32 * self.unit / (n.max(1) as f32).sqrt()
    }
}

/// Gives the place of each word outside quotation marks to `sink`; of scripts without spaces, of each pair of characters.
pub(super) fn places(words: &[Word], sink: &mut impl FnMut(usize)) {
    let mut before = EDGE;
    for word in words {
        if word.has(Word::QUOTED) {
            before = EDGE;
            continue;
        }
        let hash = if word.has(Word::DIGIT) { NUMBER } else { word.hash };
        sink(place(if word.has(Word::GLYPH) { before.rotate_left(9) ^ hash } else { hash }));
        before = hash;
    }
}

const fn place(hash: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

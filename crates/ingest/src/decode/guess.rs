//! The likeliest encoding of bytes that do not say it.
//!
//! Every candidate reads the same words as text, and each text is priced by a model of the languages written in that
//! encoding: letter pairs for single-byte encodings, characters for multi-byte ones. The cheapest wins.

mod ebcdic;
mod letters;
mod multi;
mod sample;
mod signs;
mod single;

use super::encoding::{Encoding, Kind};

pub(super) use ebcdic::ebcdic;
pub(super) use multi::{is_common, rarity};
pub(super) use sample::next_high;

/// What a declaration is worth: half bits of evidence in all, and as many for each byte of the words looked at.
const DECLARED_WORTH: u32 = 120;
/// How many bytes of words a first look prices, so that only the best candidates are priced on the whole sample.
const FIRST_LOOK_BYTES: usize = 512;

/// An encoding and what the words looked at cost in it: the lower, the likelier, in half bits.
#[derive(Clone, Copy, Debug)]
struct Guess {
    encoding: Encoding,
    /// The language of the text, by its place in `letters.txt`.
    language: usize,
    cost: u32,
}

/// What was known before the words were looked at.
#[derive(Clone, Copy)]
struct Prior {
    declared: Option<Encoding>,
    /// What the others pay, in half bits.
    bonus: u32,
}

/// The likeliest encoding of `bytes`, which are not valid UTF-8, and the bits that a byte of the words with bytes past
/// ASCII costs in it. A declared encoding wins unless the bytes speak clearly against it.
pub(super) fn guess(bytes: &[u8], declared: Option<Encoding>) -> (Encoding, f32) {
    let sample = sample::sample(bytes);
    let n_bytes = sample.touched.len();
    let bonus = if declared.is_some() { DECLARED_WORTH + n_bytes as u32 } else { 0 };
    let prior = Prior { declared, bonus };
    let contenders = (n_bytes > 2 * FIRST_LOOK_BYTES).then(|| contenders(&sample.first(FIRST_LOOK_BYTES), prior));
    let guesses = price(&sample, prior, contenders.as_deref());
    let best = guesses.iter().min_by_key(|guess| guess.cost);
    best.map_or((Encoding(Kind::Web(encoding_rs::WINDOWS_1252)), 0.0), |best| {
        (best.encoding, best.cost as f32 / 2.0 / n_bytes.max(1) as f32)
    })
}

/// The candidates that a first look does not rule out.
fn contenders(sample: &sample::Sample, prior: Prior) -> Vec<Guess> {
    let mut guesses = price(sample, prior, None);
    let least = guesses.iter().map(|guess| guess.cost).min().unwrap_or(0);
    guesses.retain(|guess| guess.cost < near(least));
    guesses
}

fn price(sample: &sample::Sample, prior: Prior, among: Option<&[Guess]>) -> Vec<Guess> {
    let mut guesses = single::price(sample, prior, among);
    let limit = guesses.iter().map(|guess| near(guess.cost)).min().unwrap_or(u32::MAX);
    guesses.extend(multi::price(sample, prior, among, limit));
    guesses
}

/// The most that a candidate may cost that is worth a second look, where the best costs `least`.
fn near(least: u32) -> u32 {
    least + least / 8 + 60
}

impl Prior {
    fn of(self, encoding: Encoding, rarity: u32) -> u32 {
        if Some(encoding) == self.declared { 0 } else { rarity + self.bonus }
    }
}

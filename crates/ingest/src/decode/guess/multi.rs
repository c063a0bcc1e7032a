//! Guessing among the multi-byte encodings of Chinese, Japanese and Korean by how common the characters are.

use super::sample::Sample;
use super::single::strangeness;
use super::{Guess, Prior};
use crate::decode::encoding::{Encoding, encoding_for};
use std::sync::LazyLock;

/// What a change between Latin letters and others without a space costs, in half bits.
const MIXED: u32 = 8;

/// A multi-byte encoding and the languages written in it.
struct Candidate {
    encoding: Encoding,
    /// How much rarer than the commonest encoding, in half bits.
    rarity: u32,
    /// The languages, by their place in `characters.txt`.
    languages: &'static [usize],
}

/// What each character of the first plane costs in one language, in half bits.
struct Language {
    costs: Vec<u8>,
}

/// How common the characters are that `characters.txt` leaves out: a run of lead bytes in an encoding and the cost.
type Levels = [(&'static str, std::ops::RangeInclusive<u8>, u8)];

/// The rest of each language's own set is divided as its makers did: common first, rare last.
///
/// Source of the runs: GB 2312 rows 16-55 and 56-87, Big5 levels 1 and 2, JIS X 0208 rows 16-47 and 48-84, KS X 1001
/// rows 16-40 (syllables) and 42-93 (Chinese characters). The costs spread the share of unlisted characters evenly.
static LEVELS: [&Levels; 4] = [
    &[("GBK", 0xD8..=0xF7, 38), ("GBK", 0xB0..=0xD7, 31)],
    &[("Big5", 0xC9..=0xF9, 40), ("Big5", 0xA4..=0xC6, 32)],
    &[("EUC-JP", 0xD0..=0xF4, 40), ("EUC-JP", 0xB0..=0xCF, 32)],
    &[("EUC-KR", 0xCA..=0xFD, 38), ("EUC-KR", 0xB0..=0xC8, 33)],
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let text = include_str!("characters.txt");
    text.split("\nlanguage ").skip(1).zip(LEVELS).map(|(entry, levels)| Language::parse(entry, levels)).collect()
});

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let lines: [(&str, u32, &[usize]); 6] = [
        ("gb18030", 2, &[0, 1]),
        ("Big5", 2, &[1]),
        ("Shift_JIS", 2, &[2]),
        ("EUC-JP", 4, &[2]),
        ("EUC-KR", 2, &[3]),
        ("Johab", 16, &[3]),
    ];
    let candidate = |(name, rarity, languages): (&str, u32, &'static [usize])| {
        Some(Candidate { encoding: encoding_for(name)?, rarity, languages })
    };
    lines.into_iter().filter_map(candidate).collect()
});

/// Prices every candidate, or only those that are `among` some guesses. What costs `limit` or more is left out.
pub(super) fn price(sample: &Sample, prior: Prior, among: Option<&[Guess]>, limit: u32) -> Vec<Guess> {
    let strange = strangeness(sample);
    let wanted = |candidate: &&Candidate| {
        among.is_none_or(|among| among.iter().any(|guess| guess.encoding == candidate.encoding))
    };
    let of = |candidate: &Candidate| {
        let given = strange + prior.of(candidate.encoding, candidate.rarity);
        let cost = candidate.cost(&sample.touched, given, limit)?;
        Some(Guess { encoding: candidate.encoding, language: 0, cost })
    };
    CANDIDATES.iter().filter(wanted).filter_map(of).collect()
}

impl Candidate {
    /// The cost of words in the likeliest language on top of what is `given`, if it stays below `limit`.
    fn cost(&self, words: &[u8], given: u32, limit: u32) -> Option<u32> {
        // A few words at a time, to give up early.
        const STEP_BYTES: usize = 160;
        let mut costs: Vec<u32> = vec![given; self.languages.len()];
        let mut rest = words;
        while !rest.is_empty() {
            let step = rest.len().min(STEP_BYTES);
            let end = step + rest[step..].iter().position(|&byte| byte == b' ').unwrap_or(rest.len() - step);
            let text = self.encoding.decode(&rest[..end]).text;
            for (cost, &language) in costs.iter_mut().zip(self.languages) {
                *cost += LANGUAGES[language].cost(&text);
            }
            if costs.iter().all(|&cost| cost >= limit) {
                return None;
            }
            rest = &rest[end..];
        }
        costs.into_iter().min()
    }
}

/// The bits that tell a Chinese character or Korean syllable from the others, in the language where it is commonest.
pub(in crate::decode) fn rarity(char: char) -> f32 {
    let costs = LANGUAGES.iter().filter_map(|language| language.costs.get(char as usize));
    costs.min().map_or(30.0, |&cost| f32::from(cost) / 2.0)
}

/// Whether a character is listed as common in some language.
pub(in crate::decode) fn is_common(char: char) -> bool {
    const COMMON_BITS: f32 = 15.0;
    rarity(char) < COMMON_BITS
}

impl Language {
    fn parse(entry: &str, levels: &Levels) -> Self {
        let mut costs: Vec<u8> = (0..0x1_0000).map(block_cost).collect();
        for (name, leads, cost) in levels {
            for lead in leads.clone() {
                let bytes: Vec<u8> = (0x40..=0xFE).flat_map(|trail| [lead, trail, b' ']).collect();
                let text = encoding_for(name).map(|encoding| encoding.decode(&bytes).text);
                let own = text.iter().flat_map(|text| text.chars()).filter(|&char| is_ideograph(char));
                own.for_each(|char| costs[char as usize & 0xFFFF] = *cost);
            }
        }
        for line in entry.lines().skip(1) {
            let Some((cost, chars)) = line.split_once(' ') else { continue };
            let cost = cost.parse().unwrap_or(u8::MAX);
            chars.chars().for_each(|char| costs[char as usize & 0xFFFF] = cost);
        }
        Self { costs }
    }

    fn cost(&self, text: &str) -> u32 {
        let mut last = ' ';
        let cost = |char: char| {
            let mixed =
                last.is_ascii_alphabetic() && char > '\u{2FFF}' || last > '\u{2FFF}' && char.is_ascii_alphabetic();
            last = char;
            self.costs.get(char as usize).map_or(60, |&cost| u32::from(cost)) + if mixed { MIXED } else { 0 }
        };
        text.chars().map(cost).sum()
    }
}

/// Chinese characters and Korean syllables.
fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// What a character costs that no list holds, in half bits.
fn block_cost(char: u32) -> u8 {
    match char {
        0..=0x20 => 0,
        0x30..=0x39 => 6,
        0x41..=0x5A | 0x61..=0x7A => 9,
        0x21..=0x7F => 12,
        0x80..=0x9F => 60,
        0xFFFD => 80,
        0xE000..=0xF8FF => 60,
        0x3000..=0x30FF => 24,
        0x2010..=0x203B => 24,
        0xFF01..=0xFF5E => 26,
        0xFF61..=0xFF9F => 24,
        0x4E00..=0x9FFF => 48,
        0xAC00..=0xD7A3 => 46,
        _ => 40,
    }
}

//! Guessing among single-byte encodings by letter pairs.

use super::letters::{self, LANGUAGES, Language};
use super::sample::{Pairs, Sample, pairs};
use super::signs::{self, Kind};
use super::{Guess, Prior, near};
use crate::decode::encoding::{Encoding, encoding_for};
use std::sync::LazyLock;

/// One line of `candidates.txt`.
struct Candidate {
    encoding: Encoding,
    /// How much rarer than the commonest encoding, in half bits.
    rarity: u32,
    kinds: [Kind; 256],
    sign_costs: [u32; 256],
    /// The languages written in it, and the class of each byte in each.
    languages: Vec<(usize, [u8; 256])>,
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let text = include_str!("candidates.txt");
    let groups: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once(" = ")).collect();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.contains('='));
    lines.filter_map(|line| Candidate::parse(line, &groups)).collect()
});

/// What an ASCII letter costs in a text of another script, in half bits.
const LATIN_AMONG_OTHERS: u32 = 8;
/// The most that the words around the touched ones may say against a language, in half bits.
const PLAIN_SAYS: u32 = 40;

/// Prices every candidate in every language written in it, or only those that are `among` some guesses.
///
/// What costs clearly more than the best is left out of the answer.
pub(super) fn price(sample: &Sample, prior: Prior, among: Option<&[Guess]>) -> Vec<Guess> {
    let (high, ascii) = pairs(&sample.touched);
    let base = bases(&ascii, sample, among);
    let mut guesses: Vec<Guess> = Vec::new();
    let mut limit = u32::MAX;
    let bytes = high_bytes(&high);
    let wanted = |candidate: &&Candidate| {
        among.is_none_or(|among| among.iter().any(|guess| guess.encoding == candidate.encoding))
    };
    let at_least = |candidate: &'static Candidate| {
        (prior.of(candidate.encoding, candidate.rarity) + candidate.sign_cost(&bytes), candidate)
    };
    let mut entrants: Vec<(u32, &Candidate)> = CANDIDATES.iter().filter(wanted).map(at_least).collect();
    // The most plausible first, so that the others are given up early.
    entrants.sort_by_key(|(least, _)| *least);
    for (least, candidate) in entrants {
        if least >= limit {
            break;
        }
        let fixed = prior.of(candidate.encoding, candidate.rarity) + candidate.order_cost(&high);
        for (language, classes) in &candidate.languages {
            let Some(base) = base[*language] else { continue };
            if let Some(cost) = pairs_cost(&LANGUAGES[*language], classes, &high, fixed + base, limit) {
                guesses.push(Guess { encoding: candidate.encoding, language: *language, cost });
                limit = limit.min(near(cost));
            }
        }
    }
    guesses
}

impl Candidate {
    fn parse(line: &str, groups: &[(&str, &str)]) -> Option<Self> {
        let mut words = line.split(' ');
        let encoding = encoding_for(words.next()?)?;
        let rarity = 2 * words.next()?.parse::<u32>().ok()?;
        let names = words.flat_map(|word| match groups.iter().find(|(group, _)| *group == word) {
            Some((_, members)) => members.split(' ').collect(),
            None => vec![word],
        });
        let chars: [char; 256] = std::array::from_fn(|byte| encoding.char_of(byte as u8));
        let signs = chars.map(signs::kind);
        let folded = chars.map(letters::fold);
        let classes_in = |language: &Language| {
            std::array::from_fn(
                |byte| if signs[byte].0.is_letter() { language.class(folded[byte]) } else { letters::GAP },
            )
        };
        let indexed = names.filter_map(|name| LANGUAGES.iter().position(|language| language.name == name));
        Some(Self {
            encoding,
            rarity,
            kinds: signs.map(|sign| sign.0),
            sign_costs: signs.map(|sign| sign.1),
            languages: indexed.map(|index| (index, classes_in(&LANGUAGES[index]))).collect(),
        })
    }

    /// The least that signs cost, whatever stands next to them.
    fn sign_cost(&self, bytes: &[(u8, u32)]) -> u32 {
        bytes.iter().map(|&(byte, n)| n * self.sign_costs[usize::from(byte)]).sum()
    }

    /// The part of the cost that is the same in every language: signs, and capitals out of place.
    fn order_cost(&self, pairs: &[(u8, u8, u32)]) -> u32 {
        let cost = |&(a, b, n): &(u8, u8, u32)| {
            let (a, b) = (usize::from(a), usize::from(b));
            let twin = a == b && self.kinds[a] == Kind::Other;
            n * if twin { 4 } else { self.sign_costs[b] + ORDER[self.kinds[a] as usize][self.kinds[b] as usize] }
        };
        pairs.iter().map(cost).sum()
    }
}

/// The bytes past ASCII in pairs and how often each follows another byte than itself.
fn high_bytes(pairs: &[(u8, u8, u32)]) -> Vec<(u8, u32)> {
    let mut counts = [0; 128];
    for &(_, b, n) in pairs.iter().filter(|(a, b, _)| a != b && !b.is_ascii()) {
        counts[usize::from(b) - 128] += n;
    }
    (128..=255).zip(counts).filter(|&(_, n)| n > 0).collect()
}

/// [`signs::order`] of every two kinds.
static ORDER: [[u32; Kind::N]; Kind::N] = {
    let mut table = [[0; Kind::N]; Kind::N];
    let mut a = 0;
    while a < Kind::N {
        let mut b = 0;
        while b < Kind::N {
            table[a][b] = signs::order(Kind::ALL[a], Kind::ALL[b]);
            b += 1;
        }
        a += 1;
    }
    table
};

/// The cost of pairs in one language on top of `so_far`, if it stays below `limit`.
fn pairs_cost(
    language: &Language,
    classes: &[u8; 256],
    pairs: &[(u8, u8, u32)],
    so_far: u32,
    limit: u32,
) -> Option<u32> {
    let mut cost = so_far;
    for block in pairs.chunks(16) {
        let of_pair = |&(a, b, n): &(u8, u8, u32)| n * language.cost(classes[usize::from(a)], classes[usize::from(b)]);
        cost += block.iter().map(of_pair).sum::<u32>();
        if cost >= limit {
            return None;
        }
    }
    (cost < limit).then_some(cost)
}

/// What the ASCII pairs of touched and plain words cost in each language that is `among` some guesses.
fn bases(touched: &[(u8, u8, u32)], sample: &Sample, among: Option<&[Guess]>) -> Vec<Option<u32>> {
    let touched = latin_classes(touched);
    let apart = touched
        .iter()
        .map(|&(_, b, n)| n * if b == letters::GAP { LATIN_AMONG_OTHERS / 2 } else { LATIN_AMONG_OTHERS });
    let apart = apart.sum::<u32>() + strangeness(sample);
    let plain = latin_classes(&sample.plain);
    let wanted = |at: usize| among.is_none_or(|among| among.iter().any(|guess| guess.language == at));
    let around = |(at, language): (usize, &Language)| (language.latin && wanted(at)).then(|| total(language, &plain));
    let around: Vec<Option<u32>> = LANGUAGES.iter().enumerate().map(around).collect();
    let least = around.iter().flatten().min().copied().unwrap_or(0);
    let base = |(at, language): (usize, &Language)| match around[at] {
        Some(around) => Some(total(language, &touched) + (around - least).min(PLAIN_SAYS)),
        None => (!language.latin).then_some(apart),
    };
    LANGUAGES.iter().enumerate().map(base).collect()
}

/// What pairs of classes cost in a language.
fn total(language: &Language, pairs: &[(u8, u8, u32)]) -> u32 {
    pairs.iter().map(|&(a, b, n)| n * language.cost(a, b)).sum()
}

/// ASCII pairs as classes of letters, which are the same in every language written in the Latin alphabet.
fn latin_classes(pairs: &[(u8, u8, u32)]) -> Pairs {
    let class = |byte: u8| if byte.is_ascii_alphabetic() { letters::latin_class(byte) } else { letters::GAP };
    pairs.iter().map(|&(a, b, n)| (class(a), class(b), n)).collect()
}

/// What the plain words around say against a language that is not written in the Latin alphabet, in half bits.
pub(super) fn strangeness(sample: &Sample) -> u32 {
    const PER_WORD: u32 = 4;
    const AT_MOST: u32 = 32;
    (sample.n_plain_words as u32 * PER_WORD).min(AT_MOST)
}

/// The cost of a text in its likeliest language, in half bits: what [`guess`] would say of a code page in which ASCII
/// is not where it is elsewhere.
pub(super) fn text_cost(text: &str) -> u32 {
    let priced = |char: char| {
        let (kind, cost) = signs::kind(char);
        let in_ascii = match char {
            '0'..='9' => 7,
            '.' | ',' | '-' | '\'' => 11,
            '!'..='/' | ':' | ';' | '?' => 15,
            '@' | '['..='`' | '{'..='~' => 22,
            _ => 0,
        };
        (letters::fold(char), kind, cost + in_ascii)
    };
    let chars: Vec<(char, Kind, u32)> = text.chars().map(priced).collect();
    let fixed: u32 = chars.windows(2).map(|pair| pair[1].2 + signs::order(pair[0].1, pair[1].1)).sum();
    let in_language = |language: &Language| {
        let class =
            |(char, kind, _): (char, Kind, u32)| if kind.is_letter() { language.class(char) } else { letters::GAP };
        chars.windows(2).map(|pair| language.cost(class(pair[0]), class(pair[1]))).sum::<u32>()
    };
    fixed + LANGUAGES.iter().map(in_language).min().unwrap_or(0)
}

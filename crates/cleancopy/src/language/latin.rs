//! Tells languages in Latin letters by their letters and triples of letters, as the package whatlang does, and as sure.
//!
//! That package looks up each of the 300 triples of each language in the text. Here each triple of the text is looked
//! up once, in one table of all languages, which gives the same sums at a sixth of the work.

use std::sync::LazyLock;

/// Alphabets and triples of letters.
static TABLE: &str = include_str!("latin.txt");

/// Number of languages.
const N_LANGUAGES: usize = 37;

/// Distance of a triple of a language that a text does not have.
const MAX_DISTANCE: i64 = 300;

/// Largest distance of a text from a language.
const MAX_TOTAL: i64 = MAX_DISTANCE * MAX_DISTANCE;

/// Places of the table of triples: twice as many as there are triples, or more.
const N_PLACES: usize = 1 << 14;

struct Latin {
    codes: [&'static str; N_LANGUAGES],
    /// The languages that write a letter, as a bit set: ASCII letters first, then others, sorted.
    ascii: [u64; 128],
    letters: Vec<(char, u64)>,
    /// Triples with where their languages begin and end in `ranks`; 0 for none.
    triples: Vec<(u64, u32, u32)>,
    /// A language, and the place of the triple among its 300.
    ranks: Vec<(u8, u16)>,
}

static LATIN: LazyLock<Latin> = LazyLock::new(Latin::read);

/// The language of a text of at most 65,535 triples, by its ISO 639-3 code, and how sure that is, 0 to 1.
///
/// `None` if it holds letters of other scripts, which this knows nothing of, or none at all.
pub(super) fn told(text: &str) -> Option<(&'static str, f64)> {
    let is_latin = |c: char| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{80}'..='\u{24F}');
    let is_other = |c: char| c >= '\u{250}' && !matches!(c, '\u{2000}'..='\u{206F}' | '€');
    if text.chars().any(is_other) || !text.chars().any(is_latin) {
        return None;
    }
    let lower = text.to_lowercase();
    let (n_letters, by_alphabet) = LATIN.alphabets(&lower);
    let (n_triples, by_triples) = LATIN.distances(&lower);
    let most = (n_triples as i64 * MAX_DISTANCE) as f64;
    let weight = (-(n_letters as f64 / 300.0) + 2.0 / 3.0).clamp(1.0 / 3.0, 2.0 / 3.0);
    let score = |language: usize| {
        let alphabet = by_alphabet[language] as f64 / n_letters as f64;
        let triples = (n_triples as i64 * MAX_DISTANCE - by_triples[language]) as f64 / most;
        alphabet * weight + triples * (1.0 - weight)
    };
    let (mut best, mut first, mut second) = (0, f64::MIN, f64::MIN);
    for language in 0..N_LANGUAGES {
        let score = score(language);
        if score > first {
            (best, first, second) = (language, score, first);
        } else if score > second {
            second = score;
        }
    }
    Some((LATIN.codes[best], confidence(first, second, n_triples)))
}

/// How sure it is that the language with the highest score is the one.
fn confidence(first: f64, second: f64, n_triples: usize) -> f64 {
    if first == 0.0 || second == 0.0 {
        return first;
    }
    let enough = 3.0 / n_triples as f64 + 0.015;
    let lead = (first - second) / second;
    if lead > enough { 1.0 } else { lead / enough }
}

/// Whether `c` is a blank, a mark or a digit.
const fn is_between(c: char) -> bool {
    matches!(c, '\0'..='@' | '['..='`' | '{'..='~')
}

/// Bits of a triple. How often it stands in a text fits above them.
const TRIPLE_BITS: u32 = 48;

/// Three characters in one number, in the order of the characters. None of them is beyond the first 65,536.
const fn triple(a: char, b: char, c: char) -> u64 {
    (a as u64) << 32 | (b as u64) << 16 | c as u64
}

impl Latin {
    /// Number of letters, and for each language how many more of them are in its alphabet than are not.
    fn alphabets(&self, lower: &str) -> (usize, [usize; N_LANGUAGES]) {
        let (mut n_letters, mut n_known) = (0, [0; N_LANGUAGES]);
        let mut counts = [0; 128];
        let mut add = |languages: u64, n: usize| {
            for (language, known) in n_known.iter_mut().enumerate() {
                *known += n * (languages >> language & 1) as usize;
            }
        };
        for c in lower.chars().filter(|c| !is_between(*c)) {
            n_letters += 1;
            if c.is_ascii() {
                counts[c as usize] += 1;
            } else if let Ok(at) = self.letters.binary_search_by_key(&c, |letter| letter.0) {
                add(self.letters[at].1, 1);
            }
        }
        for (languages, n) in self.ascii.iter().zip(counts).filter(|(_, n)| *n > 0) {
            add(*languages, n);
        }
        (n_letters, n_known.map(|n| (2 * n).saturating_sub(n_letters)))
    }

    /// Number of different triples, and for each language the distance between its triples and those of the text.
    fn distances(&self, lower: &str) -> (usize, [i64; N_LANGUAGES]) {
        let mut triples = Vec::with_capacity(lower.len() + 1);
        let between = |c: char| if is_between(c) { ' ' } else { c };
        let mut characters = lower.chars().map(between).chain(Some(' '));
        let (mut a, mut b) = (' ', characters.next().unwrap_or(' '));
        for c in characters {
            if b != ' ' || a != ' ' && c != ' ' {
                triples.push(triple(a, b, c));
            }
            (a, b) = (b, c);
        }
        triples.sort_unstable();
        // The most frequent come first, of those the last in the order of letters.
        let mut by_count: Vec<u64> =
            triples.chunk_by(|a, b| a == b).map(|same| (same.len() as u64) << TRIPLE_BITS | same[0]).collect();
        by_count.sort_unstable_by(|a, b| b.cmp(a));
        by_count.truncate(2 * MAX_DISTANCE as usize);
        let mut near = [0; N_LANGUAGES];
        for (place, triple) in by_count.iter().enumerate() {
            for &(language, rank) in self.ranks_of(triple & ((1 << TRIPLE_BITS) - 1)) {
                near[usize::from(language)] += MAX_DISTANCE - (place as i64 - i64::from(rank)).abs();
            }
        }
        let missing = (MAX_DISTANCE - by_count.len() as i64).max(0) * MAX_DISTANCE;
        (by_count.len(), near.map(|near| (MAX_TOTAL - near - missing).clamp(0, MAX_TOTAL)))
    }

    fn ranks_of(&self, triple: u64) -> &[(u8, u16)] {
        let (_, first, end) = self.triples[self.place(triple)];
        &self.ranks[first as usize..end as usize]
    }

    /// Where a triple stands, or would.
    fn place(&self, triple: u64) -> usize {
        let mut at = (triple.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as usize;
        while self.triples[at].0 != triple && self.triples[at].0 != 0 {
            at = (at + 1) % N_PLACES;
        }
        at
    }

    fn read() -> Self {
        let mut latin = Self {
            codes: [""; N_LANGUAGES],
            ascii: [0; 128],
            letters: Vec::new(),
            triples: vec![(0, 0, 0); N_PLACES],
            ranks: Vec::new(),
        };
        let mut all: Vec<(u64, u8, u16)> = Vec::new();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for (language, line) in lines.enumerate().take(N_LANGUAGES) {
            let mut parts = line.split(' ');
            latin.codes[language] = parts.next().unwrap_or("");
            for letter in parts.next().unwrap_or("").chars() {
                match latin.ascii.get_mut(letter as usize) {
                    Some(languages) => *languages |= 1 << language,
                    None => latin.letters.push((letter, 1 << language)),
                }
            }
            for (rank, part) in parts.enumerate() {
                let mut three = part.chars().map(|c| if c == '_' { ' ' } else { c });
                if let (Some(a), Some(b), Some(c)) = (three.next(), three.next(), three.next()) {
                    all.push((triple(a, b, c), language as u8, rank as u16));
                }
            }
        }
        latin.letters.sort_unstable();
        latin.letters.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 |= if is_same { next.1 } else { 0 };
            is_same
        });
        all.sort_unstable();
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let (at, first) = (latin.place(same[0].0), latin.ranks.len() as u32);
            latin.ranks.extend(same.iter().map(|&(_, language, rank)| (language, rank)));
            latin.triples[at] = (same[0].0, first, latin.ranks.len() as u32);
        }
        latin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the package says of the same text.
    fn is_told_alike(text: &str) {
        let Some((code, confidence)) = told(text) else { return };
        let theirs = whatlang::detect(text).expect("it has Latin letters");
        assert_eq!(confidence.to_bits(), theirs.confidence().to_bits(), "{text}");
        // Two that are as likely are told apart by nobody.
        if confidence > 0.0 {
            assert_eq!(code, theirs.lang().code(), "{text}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        assert!(LATIN.codes.iter().all(|code| whatlang::Lang::from_code(*code).is_some()));
        assert_eq!(LATIN.ranks.len(), N_LANGUAGES * MAX_DISTANCE as usize);
    }

    #[test]
    fn languages_are_told_as_by_the_package() {
        let words: Vec<&str> = TABLE.lines().skip_while(|line| line.starts_with('#')).collect();
        for line in &words {
            let text = line.replace(' ', "").replace('_', " ");
            let starts = text.char_indices().map(|(at, _)| at).step_by(23);
            for start in starts {
                for n in [1, 9, 60, 220, 400] {
                    is_told_alike(&text[start..].chars().take(n).collect::<String>());
                }
            }
        }
        for text in ["", "7 – 8", "Ωmega", "İstanbul’da IŞIK", "“Æ” 3,4 ŒUVRE ǅ €", "x x x", "·"] {
            is_told_alike(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_told_as_by_the_package(text in "[ -~À-ɏ–—“”’€]{1,300}") {
            is_told_alike(&text);
        }
    }
}

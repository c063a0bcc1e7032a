//! Hyphens at line ends: part of the word, or put there by whoever broke the line?
//!
//! Whether a text is hyphenated at all says most. In one that is not, lines end in a hyphen only where
//! words have one. In one that is, other places of the document tell, then a word list.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::edge::{End, Start};
use super::gap::Gap;
use super::line::Line;
use super::words::is_english;

/// Share of lines that end in a hyphen before a lower-case letter, from which on a text is hyphenated.
/// In the lines set nine in ten hyphenated texts have 6 to 27 %, others at most 5 %.
const HYPHENATED: f32 = 0.046;

/// Words that stand after a hyphen whose second half comes later, as in "Ober- und Unterlauf".
const CONJUNCTIONS: &[&str] = &[
    "a", "and", "and/or", "bis", "bzw", "e", "en", "et", "eller", "i", "nebo", "o", "och", "oder", "of", "og", "or",
    "oraz", "ou", "sowie", "to", "u", "und", "y",
];

/// What follows a French verb after a hyphen.
const FRENCH_ENCLITICS: &[&str] = &[
    "ce", "ci", "elle", "elles", "en", "il", "ils", "je", "la", "là", "le", "les", "leur", "lui", "moi", "nous", "on",
    "toi", "tu", "vous", "y",
];

/// Prefixes that keep their hyphen before a word, where the whole is not one word.
const PREFIXES: &[&str] = &["ex", "non", "re", "co", "de", "un", "pre", "anti", "semi", "self", "mid", "all", "pro"];

/// Second halves of English words with a hyphen, after a name too: "Halm-based".
const TAILS: &[&str] = &[
    "activated",
    "backed",
    "based",
    "born",
    "bound",
    "colored",
    "coloured",
    "controlled",
    "driven",
    "educated",
    "friendly",
    "funded",
    "led",
    "minded",
    "mouthed",
    "owned",
    "related",
    "shaped",
    "sized",
    "speaking",
    "style",
    "trained",
    "winded",
];

/// Endings of English words that are no second half of a word with a hyphen.
const ENDINGS: &[&str] = &[
    "ded", "ding", "ged", "ging", "ing", "ings", "ment", "ments", "ned", "ness", "ning", "ping", "sion", "sions",
    "ted", "ter", "ters", "ting", "tion", "tions",
];

/// Consonants between which words break, doubled, where two words seldom meet: "stop-pen".
const DOUBLED: &[char] = &['b', 'f', 'g', 'm', 'p', 't'];

/// Most bytes of the second half of such a word.
const MAX_TAIL: usize = 4;

/// The words of a document by hash, found when a hyphen asks for them.
#[derive(Default)]
pub(crate) struct Hyphens {
    words: HashSet<u64, BuildHasherDefault<Ready>>,
    is_french: bool,
    is_english: bool,
}

/// A hasher for what is a hash already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Hyphens {
    /// Decides how lines that end in a hyphen are glued, where `gaps` joins them.
    pub(crate) fn decide(&mut self, text: &str, lines: &[Line], gaps: &mut [Gap]) {
        let broken = |at: usize, gaps: &[Gap]| gaps[at].joins() && lines[at].last == End::Hyphen;
        let Some(first) = (0..gaps.len()).find(|&at| broken(at, gaps)) else { return };
        let before_lower = |pair: &&[Line]| {
            pair[0].last == End::Hyphen
                && pair[1].first == Start::Lower
                && part_before(text, &pair[0]).ends_with(char::is_alphabetic)
        };
        let broken_words = || lines.windows(2).filter(before_lower);
        let n = broken_words().count();
        // Where a column breaks words, the lines that it breaks are about as long as one another.
        let widest = broken_words().map(|pair| pair[0].width).max().unwrap_or(0);
        let n_full = broken_words().filter(|pair| pair[0].width * 2 >= widest).count();
        self.read_words(text, lines);
        let is_broken = |pair: &&[Line]| self.is_broken_word(text, &pair[0], &pair[1]);
        let hyphenated = n_full * 4 >= n * 3
            && (n as f32 >= HYPHENATED * lines.len() as f32 || broken_words().filter(is_broken).nth(1).is_some());
        for at in first..gaps.len() {
            if broken(at, gaps) {
                gaps[at] = self.glue(text, &lines[at], &lines[at + 1], hyphenated);
            }
        }
    }

    fn glue(&self, text: &str, a: &Line, b: &Line, hyphenated: bool) -> Gap {
        if a.span.in_text(text).ends_with('¬') {
            return Gap::Hyphen;
        }
        let (left, right) = (part_before(text, a), b.span.in_text(text));
        let word = &right[..right.find(|c: char| !c.is_alphabetic()).unwrap_or(right.len())];
        let goes_on = right[word.len()..].starts_with(['-', '\u{2010}']);
        // The last piece of a word with hyphens inside is what was broken.
        let piece = left.rsplit(['-', '\u{2010}', '\'', '’']).next().unwrap_or(left);
        let joined = self.knows(&[piece, word]);
        let is_whole = self.is_english && is_english(&[piece, word]);
        if CONJUNCTIONS.contains(&word) && !goes_on && !joined && !is_whole {
            return Gap::Join;
        }
        let in_capitals = |text: &str| text.chars().all(char::is_uppercase);
        if joined && hyphenated && piece.ends_with(char::is_uppercase) && b.first == Start::Lower {
            return Gap::Hyphen;
        }
        // Words break between small letters or between capitals: not "AfD-kritisch" nor "U-turn". But Scots have two capitals.
        let same_case = if piece.ends_with(char::is_uppercase) {
            in_capitals(word)
        } else {
            b.first == Start::Lower || piece == "Mc"
        };
        if piece.is_empty() || word.is_empty() || !left.chars().all(|c| !c.is_numeric()) || !same_case {
            return Gap::Tight;
        }
        if self.knows(&[left, "-", word]) && !joined {
            return Gap::Tight;
        }
        if self.is_french && is_enclitic(right) {
            return Gap::Tight;
        }
        if joined && hyphenated {
            return Gap::Hyphen;
        }
        if !goes_on && self.is_remainder(piece, word) {
            return Gap::Hyphen;
        }
        // A small word between hyphens: "half-a-million".
        if goes_on && word.len() <= 2 {
            return Gap::Tight;
        }
        if self.is_english
            && let Some(gap) = glue_english(left, piece, word, goes_on)
        {
            let two_words = is_english(&[piece]) && is_english(&[word]);
            return if two_words && !hyphenated { Gap::Tight } else { gap };
        }
        if hyphenated { Gap::Hyphen } else { Gap::Tight }
    }

    /// Whether an English word was broken between two lines, rather than two words joined.
    fn is_broken_word(&self, text: &str, a: &Line, b: &Line) -> bool {
        let (piece, right) = (part_before(text, a), b.span.in_text(text));
        let word = &right[..right.find(|c: char| !c.is_alphabetic()).unwrap_or(right.len())];
        self.is_english && is_english(&[piece, word]) && !(is_english(&[piece]) && is_english(&[word]))
    }

    /// Whether `word` is what a break left of a word rather than a word.
    fn is_remainder(&self, piece: &str, word: &str) -> bool {
        let ending = self.is_english && ENDINGS.contains(&word) && piece.len() > 2;
        let doubled =
            || word.len() <= MAX_TAIL && word.starts_with(DOUBLED) && piece.chars().next_back() == word.chars().next();
        ending || doubled() && !self.knows(&[word]) && !(self.is_english && is_english(&[word]))
    }

    /// Whether the parts, put together, are a word of the document.
    fn knows(&self, parts: &[&str]) -> bool {
        let mut hash = Fnv::default();
        parts.iter().flat_map(|part| part.chars()).for_each(|c| hash.add(c));
        self.words.contains(&hash.0)
    }

    /// Reads the words of the text, but not those that a line end breaks.
    fn read_words(&mut self, text: &str, lines: &[Line]) {
        self.words.clear();
        let (mut french, mut english) = (0u32, 0u32);
        for line in lines {
            let words = line.span.in_text(text);
            let whole = if line.last == End::Hyphen { words.rfind(' ').map_or("", |at| &words[..at]) } else { words };
            for token in whole.split(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | '/')) {
                let token = token.trim_matches(|c: char| !c.is_alphanumeric());
                let mut hash = Fnv::default();
                let mut part = Fnv::default();
                for c in token.chars() {
                    hash.add(c);
                    if c.is_alphabetic() {
                        part.add(c);
                    } else {
                        self.words.insert(part.0);
                        part = Fnv::default();
                    }
                }
                self.words.insert(hash.0);
                self.words.insert(part.0);
                french += u32::from(matches!(token, "les" | "des" | "est" | "une" | "dans"));
                english += u32::from(matches!(token, "the" | "of" | "and" | "to"));
            }
        }
        self.is_french = french > english;
        self.is_english = english > french && english * 40 > lines.len() as u32;
    }
}

/// What English words say, if anything.
fn glue_english(left: &str, piece: &str, word: &str, goes_on: bool) -> Option<Gap> {
    if is_english(&[piece, word]) {
        return Some(Gap::Hyphen);
    }
    let (known_left, known_right) = (is_english(&[piece]) || piece.len() <= 2 && goes_on, is_english(&[word]));
    if PREFIXES.contains(&piece) && known_right && word.len() > 4 {
        return Some(Gap::Tight);
    }
    let is_name = piece.starts_with(char::is_uppercase);
    if TAILS.contains(&word) && piece.chars().nth(1).is_some() {
        return Some(Gap::Tight);
    }
    match (known_left, known_right) {
        (true, true) if !is_name => Some(Gap::Tight),
        (_, true) if left.len() > piece.len() => Some(Gap::Tight),
        _ => None,
    }
}

/// Whether the line begins with what follows a French verb after a hyphen: "t-il", "elles".
fn is_enclitic(right: &str) -> bool {
    let token = right.split(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or("");
    let rest = token.strip_prefix("t-").unwrap_or(token);
    let first = rest.split('-').next().unwrap_or(rest);
    FRENCH_ENCLITICS.contains(&first)
}

/// The part of a word before the hyphen that ends `line`.
fn part_before<'a>(text: &'a str, line: &Line) -> &'a str {
    let words = line.span.in_text(text).trim_end_matches(['-', '\u{2010}', '¬', '\u{AD}']);
    let start = words.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\u{2010}' | '\'' | '’')));
    let from = start.map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
    &words[from..]
}

/// FNV-1a over characters in lower case.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, c: char) {
        let low = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        self.0 = (self.0 ^ u64::from(u32::from(low))).wrapping_mul(0x0100_0000_01B3);
    }
}

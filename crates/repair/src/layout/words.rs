//! Words that say something about sentences: those that none ends with, and those that many begin with.

use std::sync::OnceLock;

/// Articles, prepositions, conjunctions and pronouns of the languages of the evaluation set, a line
/// each, lower case.
static FUNCTION_WORDS: &str = include_str!("function_words.txt");

/// Those of them that bind what follows so closely that not even a headline ends with them.
static BINDING_WORDS: &str = include_str!("binding_words.txt");

/// Words that are no function words in the middle of a sentence but common at its start.
static STARTERS: &str = include_str!("starters.txt");

/// Words that a full stop follows without ending the sentence, in the languages of the evaluation
/// set, lower case.
static ABBREVIATIONS: &str = "mr mrs ms dr prof st sen rep gov gen col lt sgt capt cmdr maj rev hon jan feb mar apr jun \
    jul aug sep sept oct nov dec no vs etc cf al inc ltd co corp bros dept est approx fig vol nr z ca bzw usw ggf evtl \
    inkl str tel abs art mio mrd mme mlle m sr sra srta dra d jr u.s u.k d.c e.g i.e a.m p.m ph tzv např např. prof. \
    doc ing mgr tj tzn resp ul im św np tzw tys mln proc godz ok wg av bl.a f.eks kl dvs t.ex s.k";

/// Longest word in the tables, bytes.
const MAX_WORD: usize = 16;
/// Longest abbreviation, bytes.
pub(crate) const MAX_ABBREVIATION: usize = 5;

/// Letters up to which a lower-case word is taken for a function word unseen.
const SHORT_WORD: usize = 3;

/// What a word at the end of a line says about what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// It binds what follows: an article, a conjunction, a preposition.
    Close,
    /// A sentence mostly goes on after it, or it is as short as such words are.
    Loose,
    /// Nothing.
    None,
}

/// What `word`, in lower case, says about what follows.
pub(crate) fn tie(word: &str) -> Tie {
    let lists = if word.len() <= MAX_WORD { lists_of(word.as_bytes(), |byte| byte) } else { 0 };
    // In Vietnamese nearly all words are short.
    let is_vietnamese = || word.contains(|c| matches!(c, '\u{1EA0}'..='\u{1EF9}'));
    let is_short = || {
        if word.is_ascii() {
            word.len() <= SHORT_WORD
        } else {
            word.chars().nth(SHORT_WORD).is_none() && !is_vietnamese()
        }
    };
    if lists & BINDING != 0 {
        Tie::Close
    } else if lists & FUNCTION != 0 || is_short() {
        Tie::Loose
    } else {
        Tie::None
    }
}

/// Whether `word`, which begins a sentence, binds what follows: "Das".
pub(crate) fn binds_with_capital(word: &str) -> bool {
    // A single letter may be an initial or a number.
    (2..=MAX_WORD).contains(&word.len())
        && word.as_bytes()[1..].iter().all(u8::is_ascii_lowercase)
        && lists_of(word.as_bytes(), |byte| byte.to_ascii_lowercase()) & BINDING != 0
}

/// Whether `word`, with a capital, is one that often begins a sentence.
pub(crate) fn starts_sentence(word: &str) -> bool {
    let lists = if word.is_ascii() {
        if word.len() > MAX_WORD {
            return false;
        }
        lists_of(word.as_bytes(), |byte| byte.to_ascii_lowercase())
    } else {
        let mut buffer = [0u8; MAX_WORD + 4];
        let mut len = 0;
        for c in word.chars().flat_map(char::to_lowercase) {
            if len > MAX_WORD {
                return false;
            }
            len += c.encode_utf8(&mut buffer[len..]).len();
        }
        lists_of(&buffer[..len], |byte| byte)
    };
    lists & (FUNCTION | STARTER) != 0
}

/// Whether `word`, without its full stop, is an abbreviation.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    (1..=MAX_ABBREVIATION).contains(&word.len())
        && lists_of(word.as_bytes(), |byte| byte.to_ascii_lowercase()) & ABBREVIATION != 0
}

const FUNCTION: u8 = 1;
const STARTER: u8 = 2;
const ABBREVIATION: u8 = 4;
const BINDING: u8 = 8;

/// Slots of the table of words: a power of two, several times as many as there are words.
const N_SLOTS: usize = 4096;

/// The words of all lists, and the lists that each stands in.
struct Words {
    /// By hash, one more than the number of the word; 0 where there is none.
    slots: Vec<u16>,
    words: Vec<(&'static str, u8)>,
}

impl Words {
    /// The slot of `word` with its bytes folded, or the free one where it belongs.
    fn slot(&self, word: &[u8], fold: impl Fn(u8) -> u8) -> usize {
        let add = |hash: u32, &byte: &u8| (hash ^ u32::from(fold(byte))).wrapping_mul(0x0100_0193);
        let hash = word.iter().fold(0x811C_9DC5_u32, add);
        let is_it = |known: &str| known.len() == word.len() && known.bytes().zip(word).all(|(a, &b)| a == fold(b));
        let mut at = (hash ^ hash >> 15) as usize % N_SLOTS;
        while self.get(at).is_some_and(|(known, _)| !is_it(known)) {
            at = (at + 1) % N_SLOTS;
        }
        at
    }

    fn get(&self, slot: usize) -> Option<(&'static str, u8)> {
        usize::from(self.slots[slot]).checked_sub(1).map(|number| self.words[number])
    }
}

/// The lists that hold `word` with its bytes folded, a bit each.
fn lists_of(word: &[u8], fold: impl Fn(u8) -> u8) -> u8 {
    static WORDS: OnceLock<Words> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words = Words { slots: vec![0; N_SLOTS], words: Vec::new() };
        let lists =
            [(FUNCTION, FUNCTION_WORDS), (BINDING, BINDING_WORDS), (STARTER, STARTERS), (ABBREVIATION, ABBREVIATIONS)];
        for (list, text) in lists {
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            for word in lines.flat_map(str::split_whitespace) {
                let slot = words.slot(word.as_bytes(), |byte| byte);
                if words.slots[slot] == 0 {
                    words.words.push((word, 0));
                    words.slots[slot] = words.words.len() as u16;
                }
                words.words[usize::from(words.slots[slot]) - 1].1 |= list;
            }
        }
        words
    });
    words.get(words.slot(word, fold)).map_or(0, |(_, lists)| lists)
}

/// The most frequent English words, a line each, sorted. See `train/README.md` for their source.
static ENGLISH: &str = include_str!("words_en.txt");

/// Whether the parts, put together in lower case, are a frequent English word.
pub(crate) fn is_english(parts: &[&str]) -> bool {
    let wanted = || parts.iter().flat_map(|part| part.bytes()).map(|byte| byte.to_ascii_lowercase());
    let (mut low, mut high) = (0, ENGLISH.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = ENGLISH[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = ENGLISH[start..].find('\n').map_or(ENGLISH.len(), |at| start + at);
        match ENGLISH[start..end].bytes().cmp(wanted()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

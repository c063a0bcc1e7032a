//! Words that say something about sentences: those that none ends with, and those that many begin with.

use std::sync::OnceLock;

/// Articles, prepositions, conjunctions and pronouns of the languages of the evaluation set, a line
/// each, lower case.
static FUNCTION_WORDS: &str = include_str!("function_words.txt");

/// Words that are no function words in the middle of a sentence but common at its start.
static STARTERS: &str = include_str!("starters.txt");

/// Longest word in the tables, bytes.
const MAX_WORD: usize = 16;

/// Letters up to which a lower-case word is taken for a function word unseen.
const SHORT_WORD: usize = 3;

/// Whether `word`, in lower case, is one that a sentence goes on after.
pub(crate) fn joins_on(word: &str) -> bool {
    word.chars().nth(SHORT_WORD).is_none() || (word.len() <= MAX_WORD && contains(function_words(), word))
}

/// Whether `word`, with a capital, is one that often begins a sentence.
pub(crate) fn starts_sentence(word: &str) -> bool {
    let mut buffer = [0u8; MAX_WORD + 4];
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        if len > MAX_WORD {
            return false;
        }
        len += c.encode_utf8(&mut buffer[len..]).len();
    }
    let folded = std::str::from_utf8(&buffer[..len]).unwrap_or("");
    contains(function_words(), folded) || contains(starters(), folded)
}

fn contains(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

fn function_words() -> &'static [&'static str] {
    static TABLE: OnceLock<Vec<&str>> = OnceLock::new();
    TABLE.get_or_init(|| sorted(FUNCTION_WORDS))
}

fn starters() -> &'static [&'static str] {
    static TABLE: OnceLock<Vec<&str>> = OnceLock::new();
    TABLE.get_or_init(|| sorted(STARTERS))
}

fn sorted(text: &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> =
        text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
    words.sort_unstable();
    words.dedup();
    words
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

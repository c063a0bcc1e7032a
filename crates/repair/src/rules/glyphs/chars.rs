//! What characters are, as far as several glyph rules ask.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use unicode_script::{Script, UnicodeScript};

/// The character before byte `at`.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character at byte `at`.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The line of `text` around byte `at`, without its line feed.
pub(super) fn line_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |feed| feed + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |feed| at + feed);
    start..end
}

/// The line of the place that was asked about last, with what was found out about it. One line may hold all places of
/// a text, which are asked about in order: it is looked at once.
#[derive(Default)]
pub(super) struct LastLine<T> {
    range: std::ops::Range<usize>,
    about: T,
}

impl<T: Copy + Default> LastLine<T> {
    /// The end of the line around byte `at`, and what `look` says about it.
    pub(super) fn around(&mut self, text: &str, at: usize, look: impl FnOnce(&str) -> T) -> (usize, T) {
        if !self.range.contains(&at) {
            self.range = line_around(text, at);
            self.about = look(&text[self.range.clone()]);
        }
        (self.range.end, self.about)
    }
}

/// Whether the script is written from right to left. Source: UAX #9, bidirectional types R and AL, by block.
pub(super) fn is_right_to_left(char: char) -> bool {
    matches!(u32::from(char),
        0x590..=0x605 | 0x608 | 0x60B | 0x60D | 0x61B | 0x61D..=0x64A | 0x66D..=0x66F | 0x671..=0x6D5
        | 0x6E5..=0x6E6 | 0x6EE..=0x6EF | 0x6FA..=0x8FF | 0xFB1D..=0xFDCF | 0xFDF0..=0xFDFF
        | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Whether words of the script are not set apart by spaces, so that a zero-width space may stand
/// between them. Source: UAX #14, class SA, and the scripts of Java and Bali.
pub(super) fn is_unspaced(char: char) -> bool {
    use Script::{
        Balinese, Buginese, Cham, Javanese, Khmer, Lao, Lepcha, Myanmar, New_Tai_Lue, Sundanese, Tai_Le, Tai_Tham,
        Tai_Viet, Thai, Tibetan,
    };
    // The first of these scripts is Thai.
    char >= '\u{E00}'
        && matches!(
            char.script(),
            Thai | Lao
                | Khmer
                | Myanmar
                | Tibetan
                | Javanese
                | Balinese
                | Tai_Le
                | New_Tai_Lue
                | Tai_Tham
                | Tai_Viet
                | Cham
                | Sundanese
                | Buginese
                | Lepcha
        )
}

/// Whether the script is Chinese, Japanese or Korean.
pub(super) fn is_east_asian(char: char) -> bool {
    use Script::{Bopomofo, Han, Hangul, Hiragana, Katakana};
    // The first of these scripts is Hangul.
    char >= '\u{1100}' && matches!(char.script(), Han | Hiragana | Katakana | Hangul | Bopomofo)
}

/// Whether letters of the script join or stack, so that joiners mean something between them.
/// Source: UAX #31, rules A1, A2 and B, for Arabic-like and Indic scripts.
pub(super) fn is_joining(char: char) -> bool {
    let script = char.script();
    let left_alone = matches!(script, Script::Latin | Script::Greek | Script::Cyrillic | Script::Common);
    let code = u32::from(char);
    // Arabic marks that several scripts share are of script Inherited or Common.
    matches!(code, 0x600..=0x8FF | 0x900..=0x0DFF | 0x0F00..=0x109F | 0x1780..=0x18AF | 0x1900..=0x1AFF)
        || (0xA800..=0xABFF).contains(&code)
        || (0x1B00..=0x1C7F).contains(&code)
        || ((0xFB50..=0xFEFC).contains(&code) && script == Script::Arabic)
        || ((0x10A00..=0x11FFF).contains(&code) || (0x1E900..=0x1E95F).contains(&code)) && !left_alone
}

/// Whether the character is an emoji or may begin one. Source: emoji-data, `Extended_Pictographic`,
/// by range; the few unassigned or plain symbols inside the ranges do no harm where this is asked.
pub(super) fn is_pictograph(char: char) -> bool {
    matches!(u32::from(char),
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2190..=0x21FF | 0x231A..=0x23FF | 0x24C2
        | 0x25A0..=0x27BF | 0x2900..=0x297F | 0x2B00..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299
        | 0x1F000..=0x1F3FA | 0x1F400..=0x1FAFF)
}

/// Whether the two characters quote what stands between them.
pub(super) fn quotes(before: Option<char>, after: Option<char>) -> bool {
    let pair = (before, after);
    matches!(pair, (Some('"'), Some('"')) | (Some('\''), Some('\'')) | (Some('`'), Some('`')))
        || matches!(pair, (Some('“' | '”' | '„'), Some('”' | '“')) | (Some('‘' | '’' | '‚'), Some('’' | '‘')))
        || matches!(pair, (Some('«'), Some('»')) | (Some('»'), Some('«')) | (Some('「'), Some('」')))
}

/// Bytes of a token that are looked at on each side: longer than any address that fits a request line.
const TOKEN_BYTES: usize = 4096;

/// The unbroken run of non-space characters around byte `at`, as far as [`TOKEN_BYTES`].
pub(super) fn token_around(text: &str, at: usize) -> &str {
    let (first, last) = (text.ceil_char_boundary(at.saturating_sub(TOKEN_BYTES)), (at + TOKEN_BYTES).min(text.len()));
    let before = &text[first..at];
    let start = before.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    let behind = &text[at..text.floor_char_boundary(last)];
    let end = behind.find(char::is_whitespace).unwrap_or(behind.len());
    &text[first + start..at + end]
}

/// Whether the token is or holds a web address.
pub(super) fn is_address(token: &str) -> bool {
    token.contains("://") || token.contains("www.") || (token.contains('?') && token.contains('='))
}

/// The run of non-space characters of the place that was asked about last. One run may hold all places of a text.
#[derive(Default)]
pub(super) struct LastToken {
    range: std::ops::Range<usize>,
    holds_address: bool,
}

impl LastToken {
    /// Whether byte `at` stands in a web address, as far as [`token_around`] looks.
    pub(super) fn is_address(&mut self, text: &str, at: usize) -> bool {
        if !self.range.contains(&at) {
            let start = text[..at].rfind(char::is_whitespace).map_or(0, |space| text.ceil_char_boundary(space + 1));
            let end = text[at..].find(char::is_whitespace).map_or(text.len(), |space| at + space);
            self.holds_address = is_address(&text[start..end]);
            self.range = start..end;
        }
        self.holds_address && is_address(token_around(text, at))
    }
}

/// Whether a line looks like program text.
pub(super) fn is_code(line: &str) -> bool {
    let line = line.trim_end();
    line.contains(['{', '}'])
        || line.ends_with(';') && line.contains(['=', '(', '"'])
        || ["==", "=>", "();", "->", "::", "</"].iter().any(|sign| line.contains(sign))
        || line.contains(" = ") && line.contains(['(', '"', '\''])
}

/// The code spans of a text, read along with places in it that are asked about in order.
#[derive(Default)]
pub(super) struct CodeSpans {
    at: usize,
    open: bool,
}

impl CodeSpans {
    /// Whether the bytes before `at` in its line leave a code span open.
    pub(super) fn hold(&mut self, text: &str, at: usize) -> bool {
        let mut passed = &text.as_bytes()[self.at..at];
        if let Some(feed) = memchr::memrchr(b'\n', passed) {
            (passed, self.open) = (&passed[feed + 1..], false);
        }
        self.open ^= memchr::memchr_iter(b'`', passed).count() % 2 == 1;
        self.at = at;
        self.open
    }
}

/// Words to look for in any case.
pub(super) struct Words(LazyLock<AhoCorasick>);

impl Words {
    /// A list that is made ready on first use.
    pub(super) const fn new(make: fn() -> AhoCorasick) -> Self {
        Self(LazyLock::new(make))
    }

    /// Whether `text` holds one of them between characters that are no letters of ASCII.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        self.0.find_overlapping_iter(text).any(|word| {
            !word.start().checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphabetic())
                && !bytes.get(word.end()).is_some_and(u8::is_ascii_alphabetic)
        })
    }
}

/// A search for any of `words`.
pub(super) fn any_of(words: &[&str]) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
    builder.build(words).expect("a short list of short words fits")
}

/// Whether at least one word in ten is one of the commonest French words.
pub(super) fn looks_french(text: &str) -> bool {
    let (mut n, mut n_french) = (0usize, 0usize);
    for word in text.split_ascii_whitespace() {
        let word = word.trim_matches(|char: char| !char.is_alphabetic());
        n += usize::from(!word.is_empty());
        n_french += usize::from(FRENCH.contains(&word));
    }
    n > 0 && 10 * n_french >= n
}

/// Frequent French words that English, German and Dutch do not have. Spanish and Italian share some;
/// what French is spared they are spared too, which does no harm.
const FRENCH: [&str; 16] =
    ["le", "la", "les", "des", "une", "du", "est", "que", "qui", "dans", "pour", "pas", "sur", "et", "il", "ne"];

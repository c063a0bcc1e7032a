//! Cuts a text into words and hashes them.

use super::Word;
use super::fold::{common, digit, folded, is_apostrophe, is_glyph, is_hebrew, is_mark};

/// First value of [`hash`].
const SEED: u32 = 0x811c_9dc5;

/// Adds one byte of a folded word to its hash (FNV-1a).
const fn hash(state: u32, byte: u8) -> u32 {
    (state ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// What a byte is to the splitter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    /// A mark that program text is full of.
    Mark,
    Alphanumeric,
    Stop,
    Quote,
    Apostrophe,
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Gap; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Alphanumeric,
            b'.' | b'!' | b'?' => Class::Stop,
            b'"' => Class::Quote,
            b'\'' => Class::Apostrophe,
            b'(' | b')' | b'{' | b'}' | b'[' | b']' | b'=' | b';' | b'%' | b'<' | b'>' | b'_' => Class::Mark,
            128.. => Class::Wide,
            _ => Class::Gap,
        };
        byte += 1;
    }
    table
};

/// ASCII letters and digits, folded; 0 for all other bytes.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The flag of a word that begins with a byte; 0 for all but ASCII letters and digits.
const FIRSTS: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => Word::LOWER,
            b'A'..=b'Z' => Word::UPPER,
            b'0'..=b'9' => Word::DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// What stands between the words of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// Number of marks that program text is full of: brackets, `=`, `;`, `%`, `<`, `>`, `_`.
    pub marks: u32,
    /// Whether the sign © stands there.
    pub copyright: bool,
}

/// Gives the words of `text`, which begins at byte `base` of the page, to `sink`.
pub(crate) fn split(text: &str, base: u32, sink: &mut impl FnMut(Word)) -> Signs {
    let bytes = text.as_bytes();
    let mut signs = Signs::default();
    let mut between = Word::FIRST | Word::OPENS;
    let mut stop = false;
    // The mark that opened the quotation in which `at` stands.
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match CLASSES[byte as usize] {
            Class::Gap => {
                if stop && byte.is_ascii_whitespace() {
                    between |= Word::OPENS;
                }
                at += 1;
            }
            Class::Mark => {
                signs.marks += 1;
                at += 1;
            }
            Class::Stop => {
                stop = true;
                at += 1;
            }
            Class::Quote => {
                quote = quote_after(quote, '"', text[at + 1..].chars().next());
                at += 1;
            }
            Class::Apostrophe => at += 1,
            Class::Alphanumeric => loop {
                let flags = between | quoted(quote);
                at = plain_word(bytes, at, base, flags, sink).unwrap_or_else(|| word(text, at, base, flags, sink));
                (between, stop) = (0, false);
                // Most words have one blank between them.
                match bytes.get(at..at + 2) {
                    Some(&[b' ', next]) if FOLDED[next as usize] != 0 => at += 1,
                    _ => break,
                }
            },
            Class::Wide => {
                let Some(c) = char_at(text, at) else { break };
                let len = c.len_utf8();
                if is_glyph(c) {
                    let (start, end) = (base + at as u32, base + (at + len) as u32);
                    let hash = bytes[at..at + len].iter().fold(SEED, |state, &byte| hash(state, byte));
                    sink(Word { start, end, hash, flags: between | quoted(quote) | Word::GLYPH });
                    (between, stop) = (0, false);
                } else if folded(c).is_some() {
                    at = word(text, at, base, between | quoted(quote), sink);
                    (between, stop) = (0, false);
                    continue;
                } else {
                    match c {
                        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '「' | '」' | '『' | '』' => {
                            quote = quote_after(quote, c, text[at + len..].chars().next());
                        }
                        '。' | '！' | '？' => between |= Word::OPENS,
                        '…' | '؟' | '।' | '۔' => stop = true,
                        '©' => signs.copyright = true,
                        c if stop && c.is_whitespace() => between |= Word::OPENS,
                        _ => {}
                    }
                }
                at += len;
            }
        }
    }
    signs
}

/// The character at byte `at`.
fn char_at(text: &str, at: usize) -> Option<char> {
    match *text.as_bytes().get(at..)? {
        // Two bytes: the letters of most scripts with an upper case.
        [first @ 0xC2..=0xDF, second, ..] => char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F)),
        _ => text[at..].chars().next(),
    }
}

const fn quoted(quote: Option<char>) -> u16 {
    if quote.is_some() { Word::QUOTED } else { 0 }
}

/// The open quotation after the mark `c`, before which `quote` was open and after which `next` stands.
///
/// Marks inside a quotation of another kind say nothing: `“the ‘moderate’ one”`.
fn quote_after(quote: Option<char>, c: char, next: Option<char>) -> Option<char> {
    let before_word = next.is_some_and(char::is_alphanumeric);
    match (quote, c) {
        (Some('"'), '"') | (Some('“' | '”'), '”') | (Some('„'), '“' | '”' | '"') => None,
        (Some('«'), '»') | (Some('»'), '«' | '»') | (Some('「'), '」') | (Some('『'), '』') => None,
        (Some('‘'), '’') if !before_word => None,
        (Some(_), _) => quote,
        (None, '"' | '“' | '„' | '«' | '「' | '『') => Some(c),
        // Some languages open with the mark with which others close.
        (None, '”' | '»' | '‘') if before_word => Some(c),
        (None, _) => None,
    }
}

/// Reads a word of ASCII letters and digits, as most are, and returns where it ends; `None` where more belongs to it.
#[inline]
fn plain_word(bytes: &[u8], start: usize, base: u32, between: u16, sink: &mut impl FnMut(Word)) -> Option<usize> {
    let Plain { len, hash, is_caps } = match bytes.get(start..start + 8) {
        Some(eight) => short(u64::from_le_bytes(eight.try_into().unwrap_or_default())),
        None => None,
    }
    .unwrap_or_else(|| long(&bytes[start..]));
    let end = start + len;
    if bytes.get(end).is_some_and(|&byte| matches!(CLASSES[byte as usize], Class::Apostrophe | Class::Wide)) {
        return None;
    }
    let caps = if is_caps { Word::CAPS } else { 0 };
    let flags = between | FIRSTS[bytes[start] as usize] | caps;
    sink(Word { start: base + start as u32, end: base + end as u32, hash, flags });
    Some(end)
}

/// Letters and digits of ASCII at the start of a text.
struct Plain {
    len: usize,
    hash: u32,
    /// No lower-case letter, and at least two letters.
    is_caps: bool,
}

/// What of eight bytes, the first of which is the lowest, are letters and digits; `None` if all are, so that more may follow.
///
/// Where a word ends is hardly foreseen, so that nothing branches on it.
#[inline]
fn short(eight: u64) -> Option<Plain> {
    const ONES: u64 = u64::MAX / 255;
    const TOPS: u64 = ONES << 7;
    // The top bit of each byte of ASCII between two others.
    let within = |bytes: u64, first: u8, last: u8| {
        let bytes = bytes & !TOPS;
        (bytes + ONES * u64::from(0x80 - first)) & !(bytes + ONES * u64::from(0x7F - last)) & TOPS
    };
    // Digits have the bit by which small letters differ from capitals.
    let folded = eight | ONES << 5;
    let letters = within(folded, b'a', b'z') & !eight;
    let others = !(letters | within(eight, b'0', b'9') & !eight) & TOPS;
    if others == 0 {
        return None;
    }
    let len = others.trailing_zeros() as usize / 8;
    let letters = letters & ((others & others.wrapping_neg()) - 1);
    let (small, capitals) = (letters & eight << 2, letters & !(eight << 2));
    let mut state = SEED;
    for at in 0..7 {
        let next = hash(state, (folded >> (8 * at)) as u8);
        state = if at < len { next } else { state };
    }
    Some(Plain { len, hash: state, is_caps: small == 0 && capitals & capitals.wrapping_sub(1) != 0 })
}

/// The letters and digits at the start of `bytes`.
fn long(bytes: &[u8]) -> Plain {
    let mut state = SEED;
    let mut len = 0;
    while let Some(folded) = bytes.get(len).map(|&byte| FOLDED[byte as usize]).filter(|&folded| folded != 0) {
        state = hash(state, folded);
        len += 1;
    }
    let word = &bytes[..len];
    let is_caps =
        !word.iter().any(u8::is_ascii_lowercase) && word.iter().filter(|byte| byte.is_ascii_uppercase()).count() > 1;
    Plain { len, hash: state, is_caps }
}

/// Reads the word at byte `start` and returns where it ends.
fn word(text: &str, start: usize, base: u32, between: u16, sink: &mut impl FnMut(Word)) -> usize {
    let bytes = text.as_bytes();
    let mut state = SEED;
    let mut first = FIRSTS[bytes[start] as usize];
    // Flags of all letters and digits, and how many letters there are.
    let (mut seen, mut n_letters) = (0, 0);
    let mut held = 0;
    let mut at = start;
    let mut end = start;
    loop {
        while let Some(&byte) = bytes.get(at).filter(|&&byte| FOLDED[byte as usize] != 0) {
            state = hash(state, FOLDED[byte as usize]);
            seen |= FIRSTS[byte as usize];
            n_letters += usize::from(byte.is_ascii_alphabetic());
            at += 1;
            end = at;
        }
        let Some(&byte) = bytes.get(at) else { break };
        match CLASSES[byte as usize] {
            Class::Apostrophe => {
                held |= Word::APOSTROPHE;
                at += 1;
            }
            Class::Wide => {
                let Some(c) = char_at(text, at) else { break };
                let common = common(c);
                // A mark that is also a letter may open a word: it must be read, or the word never ends.
                if common.is_none() && at > start {
                    if is_apostrophe(c) {
                        held |= Word::APOSTROPHE;
                        at += c.len_utf8();
                        continue;
                    }
                    if is_mark(c) {
                        at += c.len_utf8();
                        end = at;
                        continue;
                    }
                }
                let Some(letter) = common.or_else(|| folded(c)) else { break };
                state = match letter as u32 {
                    code @ 0x80..0x800 => hash(hash(state, 0xC0 | (code >> 6) as u8), 0x80 | (code & 0x3F) as u8),
                    _ => letter.encode_utf8(&mut [0; 4]).bytes().fold(state, hash),
                };
                n_letters += 1;
                let is_upper = letter != c && c.is_uppercase();
                if !is_upper {
                    seen |= Word::LOWER;
                }
                if at == start {
                    first |= match () {
                        () if is_upper => Word::UPPER,
                        () if common.is_some() => Word::LOWER,
                        () if digit(c).is_some() => Word::DIGIT,
                        () if c.is_lowercase() => Word::LOWER,
                        () => Word::CASELESS,
                    };
                }
                at += c.len_utf8();
                end = at;
            }
            // Hebrew writes the mark of an abbreviation as a quotation mark: צה"ל
            Class::Quote if is_hebrew(text[..at].chars().next_back()) && is_hebrew(text[at + 1..].chars().next()) => {
                at += 1;
            }
            _ => break,
        }
    }
    if seen & Word::LOWER == 0 && n_letters > 1 {
        first |= Word::CAPS;
    }
    sink(Word { start: base + start as u32, end: base + end as u32, hash: state, flags: between | first | held });
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_read_as_long_ones() {
        for word in ["a", "I", "Of", "US", "G8", "8G", "2024", "the", "Halm44", "NATO", "NATOs", "zZ9aA0", "[", "`a"] {
            for mark in (0..=u8::MAX).filter(|&byte| FOLDED[byte as usize] == 0) {
                let mut eight = [mark; 8];
                eight[..word.len()].copy_from_slice(word.as_bytes());
                let (long, short) = (long(&eight), short(u64::from_le_bytes(eight)).expect("a mark ends it"));
                let parts = |plain: Plain| (plain.len, plain.hash, plain.is_caps);
                assert_eq!(parts(short), parts(long), "{word} {mark:#x}");
            }
        }
        assert!(short(u64::from_le_bytes(*b"Abcdef12")).is_none());
    }
}

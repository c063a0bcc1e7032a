//! Cuts a text into words and hashes them.

use super::Word;
use super::fold::{common, digit, folded, is_apostrophe, is_glyph, is_hebrew, is_mark};

/// The hash of a folded word, which reads it by eights of bytes.
///
/// Each eight goes into a product of twice its size whose halves are laid on each other, so that all bits of a word reach all bits
/// of its hash. A word has no byte 0, so that the last eight may be filled up with it.
#[derive(Clone, Copy)]
struct Hash {
    state: u64,
    /// The bytes that are no eight yet, the first of which is the lowest.
    held: u64,
    /// Bits of `held`.
    n_bits: u32,
}

impl Hash {
    const NEW: Self = Self { state: 0x243F_6A88_85A3_08D3, held: 0, n_bits: 0 };

    /// The hash after an eight.
    #[inline]
    const fn mixed(state: u64, eight: u64) -> u64 {
        let product = (state ^ eight) as u128 * 0x9E37_79B9_7F4A_7C15;
        product as u64 ^ (product >> 64) as u64
    }

    /// Adds a byte of a word.
    #[inline]
    const fn add(&mut self, byte: u8) {
        self.held |= (byte as u64) << self.n_bits;
        self.n_bits += 8;
        if self.n_bits == 64 {
            *self = Self { state: Self::mixed(self.state, self.held), held: 0, n_bits: 0 };
        }
    }

    #[inline]
    const fn finish(self) -> u32 {
        Self::mixed(self.state, self.held) as u32
    }
}

/// What a byte is to the splitter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    /// A mark that program text is full of.
    Mark,
    Stop,
    Alphanumeric,
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
                if bytes.get(at) != Some(&b' ') || bytes.get(at + 1).is_none_or(|&next| FOLDED[next as usize] == 0) {
                    break;
                }
                at += 1;
            },
            Class::Wide => {
                let Some(c) = char_at(text, at) else { break };
                let len = c.len_utf8();
                if is_glyph(c) {
                    let (start, end) = (base + at as u32, base + (at + len) as u32);
                    let mut hash = Hash::NEW;
                    bytes[at..at + len].iter().for_each(|&byte| hash.add(byte));
                    sink(Word { start, end, hash: hash.finish(), flags: between | quoted(quote) | Word::GLYPH });
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

/// Reads a word of letters of ASCII, as most are, and returns where it ends; `None` where more belongs to it.
#[inline]
fn plain_word(bytes: &[u8], start: usize, base: u32, between: u16, sink: &mut impl FnMut(Word)) -> Option<usize> {
    let (len, hash) = letters(&bytes[start..]);
    let end = start + len;
    if bytes.get(end).is_some_and(|&byte| !matches!(CLASSES[byte as usize], Class::Gap | Class::Stop | Class::Mark)) {
        return None;
    }
    let mut flags = between | FIRSTS[bytes[start] as usize];
    if flags & Word::UPPER != 0 && len > 1 && bytes[start + 1..end].iter().all(u8::is_ascii_uppercase) {
        flags |= Word::CAPS;
    }
    sink(Word { start: base + start as u32, end: base + end as u32, hash, flags });
    Some(end)
}

/// How many letters of ASCII stand at the start of `bytes`, and their hash.
#[inline]
fn letters(bytes: &[u8]) -> (usize, u32) {
    const ONES: u64 = u64::MAX / 255;
    const TOPS: u64 = ONES << 7;
    let mut hash = Hash::NEW;
    let mut len = 0;
    loop {
        // The first byte is the lowest.
        let eight = match bytes[len..].first_chunk() {
            Some(&eight) => u64::from_le_bytes(eight),
            None => bytes[len..].iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
        };
        let folded = eight | ONES << 5;
        // Where a word ends is hardly foreseen, so that nothing branches on it: the top bit of each byte that is no letter.
        let low = folded & !TOPS;
        let is_letter = (low + ONES * (0x80 - 'a' as u64)) ^ (low + ONES * (0x7F - 'z' as u64));
        let others = (!is_letter | eight) & TOPS;
        if others == 0 {
            hash.state = Hash::mixed(hash.state, folded);
            len += 8;
            continue;
        }
        hash.held = folded & (((others & others.wrapping_neg()) >> 7) - 1);
        return (len + others.trailing_zeros() as usize / 8, hash.finish());
    }
}

/// Reads the word at byte `start` and returns where it ends.
fn word(text: &str, start: usize, base: u32, between: u16, sink: &mut impl FnMut(Word)) -> usize {
    let bytes = text.as_bytes();
    let mut hash = Hash::NEW;
    let mut first = FIRSTS[bytes[start] as usize];
    // Flags of all letters and digits, and how many letters there are.
    let (mut seen, mut n_letters) = (0, 0);
    let mut held = 0;
    let mut at = start;
    let mut end = start;
    loop {
        while let Some(&byte) = bytes.get(at).filter(|&&byte| FOLDED[byte as usize] != 0) {
            hash.add(FOLDED[byte as usize]);
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
                match letter as u32 {
                    code @ 0x80..0x800 => {
                        hash.add(0xC0 | (code >> 6) as u8);
                        hash.add(0x80 | (code & 0x3F) as u8);
                    }
                    _ => letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| hash.add(byte)),
                }
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
    sink(Word {
        start: base + start as u32,
        end: base + end as u32,
        hash: hash.finish(),
        flags: between | first | held,
    });
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_ascii_are_read_as_others() {
        let words = "a I Of US the NATO NATOs zZaA Abcdefg Abcdefgh ABCDEFGHI ABCDEFGHIJKLMNOP".split(' ');
        let marks = (0..=0x7F).filter(|&byte| matches!(CLASSES[byte as usize], Class::Gap | Class::Mark | Class::Stop));
        for (one, mark) in
            marks.map(|byte: u8| char::from(byte)).flat_map(|mark| words.clone().map(move |one| (one, mark)))
        {
            for text in [one.to_string(), format!("{one}{mark}"), format!("{one}{mark}{one}{one}")] {
                let (mut plain, mut other) = (None, None);
                let end = plain_word(text.as_bytes(), 0, 0, 0, &mut |word| plain = Some(word));
                assert_eq!(end, Some(word(&text, 0, 0, 0, &mut |word| other = Some(word))), "{text:?}");
                let parts = |word: Option<Word>| word.map(|word| (word.end, word.hash, word.flags));
                assert_eq!(parts(plain), parts(other), "{text:?}");
            }
        }
        assert!(plain_word(b"G8", 0, 0, 0, &mut |_| ()).is_none());
    }
}

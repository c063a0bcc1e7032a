//! Files that are UTF-8 but for some lines or bytes.
//!
//! Such files are joined from several sources. The lines that are UTF-8 stay so, and only the others are guessed at: a
//! guess for the whole file would spoil one or the other.

use super::encoding::{Encoding, Lossy};
use super::guess;
use std::borrow::Cow;

/// What stands at a place in bytes that should be UTF-8.
enum Step<'a> {
    Valid(&'a str),
    /// One character as CESU-8 or modified UTF-8 writes it, which is not UTF-8.
    Variant(char, usize),
    /// Bytes that mean nothing in UTF-8.
    Wrong(&'a [u8]),
}

/// How UTF-8 a stretch of bytes is.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Characters past ASCII that are valid.
    n_valid: usize,
    /// What those say for UTF-8.
    weight: usize,
    n_variant: usize,
    n_wrong: usize,
    /// Wrong bytes between ASCII.
    n_lone: usize,
}

/// The least weight of valid characters by which lines of UTF-8 are known among others.
const LEAST_WEIGHT: usize = 4;

/// How a file was found to be mostly UTF-8.
pub(super) enum Nearly {
    /// UTF-8 in the CESU-8 variant, all of it.
    Variant(Lossy),
    /// Some lines or bytes were read as the encoding, if there were any.
    Mixed(Lossy, Option<Encoding>),
}

/// Decodes bytes that are not valid UTF-8 but mostly so; `None` if they are something else.
pub(super) fn decode(bytes: &[u8]) -> Option<Nearly> {
    let whole = tally(bytes);
    if whole.n_wrong == 0 {
        return Some(Nearly::Variant(lenient(bytes)));
    }
    if !whole.is_utf8() && whole.weight < LEAST_WEIGHT {
        return None;
    }
    let tallies: Vec<(&[u8], Tally)> = lines(bytes).map(|line| (line, tally(line))).collect();
    if !whole.is_utf8() && !has_utf8_lines(&tallies) {
        return None;
    }
    let foreign: Vec<u8> =
        tallies.iter().filter(|(_, tally)| !tally.is_utf8_line()).flat_map(|(line, _)| line.iter().copied()).collect();
    let encoding = (!foreign.is_empty()).then(|| guess::guess(&foreign, None).0);
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() + bytes.len() / 8), replaced: 0 };
    for (line, tally) in &tallies {
        let part = match encoding {
            _ if tally.n_wrong + tally.n_variant == 0 => {
                lossy.text.push_str(&String::from_utf8_lossy(line));
                continue;
            }
            Some(encoding) if !tally.is_utf8_line() => encoding.decode(line),
            _ => lenient(line),
        };
        lossy.text.push_str(&part.text);
        lossy.replaced += part.replaced;
    }
    Some(Nearly::Mixed(lossy, encoding))
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self {
            n_valid: self.n_valid + other.n_valid,
            weight: self.weight + other.weight,
            n_variant: self.n_variant + other.n_variant,
            n_wrong: self.n_wrong + other.n_wrong,
            n_lone: self.n_lone + other.n_lone,
        }
    }

    /// Counts in the character at the front and answers its length; 0 if there is none.
    fn add(&mut self, bytes: &[u8]) -> usize {
        let length = sequence(bytes);
        if length > 0 {
            self.n_valid += 1;
            self.weight += weight(&bytes[..length]);
            return length;
        }
        let variant = variant(bytes).map_or(0, |(_, length)| length);
        self.n_variant += usize::from(variant > 0);
        variant
    }

    /// Whether a whole file is better read as UTF-8 with errors than as anything else.
    ///
    /// Text in other encodings has one valid sequence by chance for four wrong ones at most (Russian in code page 866),
    /// commonly none.
    fn is_utf8(self) -> bool {
        self.n_valid + 2 * self.n_variant >= self.n_wrong
    }

    /// Whether a line of a file that has UTF-8 is better read as UTF-8: also if it has quotation marks pasted in.
    fn is_utf8_line(self) -> bool {
        let pasted = self.n_lone == self.n_wrong && 3 * self.n_valid >= self.n_wrong;
        self.is_utf8() || pasted
    }
}

/// Whether some lines are UTF-8 and the others are clearly something else: so many valid characters do not stand
/// together by chance in lines of their own.
fn has_utf8_lines(tallies: &[(&[u8], Tally)]) -> bool {
    let touched = tallies.iter().map(|(_, tally)| tally).filter(|tally| tally.n_valid + tally.n_wrong > 0);
    let (mut valid, mut wrong) = (Tally::default(), Tally::default());
    for tally in touched {
        let side = if tally.n_wrong == 0 { &mut valid } else { &mut wrong };
        *side = side.plus(*tally);
    }
    let clearly_wrong = valid.weight * 8 >= wrong.n_wrong && wrong.weight * 20 <= wrong.n_wrong;
    valid.weight >= LEAST_WEIGHT && (clearly_wrong || are_eastern(tallies))
}

/// Whether the valid lines hold Chinese, Japanese or Korean text. In encodings of those, which have valid sequences by
/// chance, a chance line holds other characters.
fn are_eastern(tallies: &[(&[u8], Tally)]) -> bool {
    /// The fewest such characters that are not chance.
    const FEWEST: usize = 8;
    let valid = tallies.iter().filter(|(_, tally)| tally.n_wrong == 0 && tally.n_valid > 0);
    let text: String = valid.filter_map(|(line, _)| str::from_utf8(line).ok()).collect();
    let beyond = || text.chars().filter(|char| !char.is_ascii());
    let n_common = beyond().filter(|&char| char > '\u{2FFF}' && guess::is_common(char)).count();
    n_common >= FEWEST && n_common * 2 >= beyond().count()
}

fn tally(bytes: &[u8]) -> Tally {
    let mut tally = Tally::default();
    let mut at = 0;
    let mut after_ascii = true;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            let Some(high) = guess::next_high(bytes, at) else { break };
            (at, after_ascii) = (high, true);
        }
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let length = if bytes[at] >= 0xC0 && (0x80..0xC0).contains(&next) { tally.add(&bytes[at..]) } else { 0 };
        if length == 0 {
            tally.n_wrong += 1;
            tally.n_lone += usize::from(after_ascii && next.is_ascii());
        }
        at += length.max(1);
        after_ascii = false;
    }
    tally
}

/// What a valid sequence says for UTF-8: its bytes but the first, and twice that for the dashes and quotation marks of
/// running text, which are nonsense in every other encoding.
fn weight(sequence: &[u8]) -> usize {
    match sequence {
        [0xE2, 0x80, 0x90..=0xBA] => 4,
        _ => sequence.len() - 1,
    }
}

/// The length of the valid UTF-8 sequence past ASCII at the front; 0 if there is none.
///
/// Source: the Unicode Standard, table 3-7.
fn sequence(bytes: &[u8]) -> usize {
    match *bytes {
        [0xC2..=0xDF, 0x80..=0xBF, ..] => 2,
        [0xE0, 0xA0..=0xBF, 0x80..=0xBF, ..] => 3,
        [0xE1..=0xEC | 0xEE | 0xEF, 0x80..=0xBF, 0x80..=0xBF, ..] => 3,
        [0xED, 0x80..=0x9F, 0x80..=0xBF, ..] => 3,
        [0xF0, 0x90..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..] => 4,
        [0xF1..=0xF3, 0x80..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..] => 4,
        [0xF4, 0x80..=0x8F, 0x80..=0xBF, 0x80..=0xBF, ..] => 4,
        _ => 0,
    }
}

/// Decodes UTF-8 with its variants. A stray byte that fits its place as windows-1252 (an apostrophe that was pasted in)
/// becomes that; anything else becomes U+FFFD.
pub(super) fn lenient(bytes: &[u8]) -> Lossy {
    let mut lossy = Lossy { text: String::with_capacity(bytes.len()), replaced: 0 };
    let mut rest = bytes;
    for step in steps(bytes) {
        match step {
            Step::Valid(text) => {
                lossy.text.push_str(text);
                rest = &rest[text.len()..];
            }
            Step::Variant(char, length) => {
                lossy.text.push(char);
                rest = &rest[length..];
            }
            Step::Wrong(wrong) => {
                rest = &rest[wrong.len()..];
                let stray = stray(wrong, lossy.text.chars().next_back(), rest.first().copied());
                lossy.push(stray);
            }
        }
    }
    lossy
}

/// Text as CESU-8 with NUL as C0 80, as Java writes it.
pub(super) fn cesu8(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for char in text.chars() {
        let mut units = [0; 2];
        match char {
            '\0' => bytes.extend(b"\xC0\x80"),
            '\u{10000}'.. => {
                let of_unit = |unit: &u16| [0xED, 0x80 | (unit >> 6 & 0x3F) as u8, 0x80 | (unit & 0x3F) as u8];
                bytes.extend(char.encode_utf16(&mut units).iter().flat_map(of_unit));
            }
            _ => bytes.extend(char.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

/// What a byte that is not UTF-8 means between two others, if that is plain.
fn stray(wrong: &[u8], before: Option<char>, after: Option<u8>) -> Option<char> {
    let [byte] = wrong else { return None };
    let text: Cow<'_, str> = encoding_rs::WINDOWS_1252.decode_without_bom_handling(wrong).0;
    let char = text.chars().next()?;
    let in_word = before.is_some_and(char::is_alphabetic) || after.is_some_and(|after| after.is_ascii_alphabetic());
    let fits = match byte {
        0x85 | 0x91..=0x94 | 0x96 | 0x97 => true,
        0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0xFF => in_word,
        _ => false,
    };
    fits.then_some(char)
}

/// Lines with their line feeds.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n')
}

fn steps(bytes: &[u8]) -> impl Iterator<Item = Step<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let valid = match str::from_utf8(rest) {
            Ok(text) => text,
            Err(error) => str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or(""),
        };
        if !valid.is_empty() {
            rest = &rest[valid.len()..];
            return Some(Step::Valid(valid));
        }
        if let Some((char, length)) = variant(rest) {
            rest = &rest[length..];
            return Some(Step::Variant(char, length));
        }
        let wrong = rest.utf8_chunks().next().map_or(1, |chunk| chunk.invalid().len().max(1));
        let (wrong, after) = rest.split_at(wrong);
        rest = after;
        Some(Step::Wrong(wrong))
    })
}

/// A character as CESU-8 writes it (two surrogates of three bytes each), or NUL as modified UTF-8 does (C0 80).
fn variant(bytes: &[u8]) -> Option<(char, usize)> {
    if !matches!(bytes.first(), Some(0xC0 | 0xED)) {
        return None;
    }
    match bytes {
        [0xC0, 0x80, ..] => Some(('\0', 2)),
        [0xED, a @ 0xA0..=0xAF, b @ 0x80..=0xBF, 0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF, ..] => {
            let unit = |high: u8, low: u8| 0xD000 | u16::from(high & 0x3F) << 6 | u16::from(low & 0x3F);
            let mut chars = char::decode_utf16([unit(*a, *b), unit(*c, *d)]);
            Some((chars.next()?.ok()?, 6))
        }
        _ => None,
    }
}

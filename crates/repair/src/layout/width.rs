//! Columns of a line and of the white space before it.

use unicode_width::UnicodeWidthChar;

use super::edge::is_cjk;

/// Widest line whose width is counted, columns. Anything longer is a paragraph on one line.
pub(crate) const MAX_WIDTH: u16 = 250;

pub(crate) fn indent(space: &str) -> u16 {
    let mut columns = 0u16;
    for c in space.chars() {
        columns = match c {
            '\t' => (columns / 8 + 1) * 8,
            '\u{3000}' => columns.saturating_add(2),
            '\u{C}' => 0,
            '\u{FEFF}' | '\u{200B}' | '\r' => columns,
            _ => columns.saturating_add(1),
        }
        .min(MAX_WIDTH);
    }
    columns
}

/// Columns of the whole line and of its first word.
pub(crate) fn widths(content: &str) -> (u16, u16) {
    let bytes = content.as_bytes();
    let ends_word = |byte: &u8| matches!(byte, b' ' | b'\t');
    // The start of a long line tells that it is too long to be measured.
    let head = &bytes[..bytes.len().min(MAX_WIDTH as usize)];
    let word = head.iter().position(ends_word);
    if head.is_ascii() {
        let width = if head.len() == bytes.len() { head.len() as u16 } else { MAX_WIDTH };
        return (width, word.unwrap_or(head.len()) as u16);
    }
    // A line of Chinese or Japanese breaks between any two characters.
    let first = if let Some(first) = content.chars().next().filter(|&c| is_cjk(c)) {
        first.width().unwrap_or(0) as u16
    } else {
        let rest = &bytes[head.len()..];
        let word = word.or_else(|| memchr::memchr2(b' ', b'\t', rest).map(|at| head.len() + at));
        columns(&content[..word.unwrap_or(bytes.len())])
    };
    (columns(content), first)
}

/// Characters of the whole line and of its first word, or of one where lines break between any two.
pub(crate) fn char_widths(content: &str) -> (u16, u16) {
    let count = |text: &str| text.chars().take(MAX_WIDTH.into()).count() as u16;
    let first =
        if content.starts_with(is_cjk) { 1 } else { count(content.split([' ', '\t']).next().unwrap_or_default()) };
    (count(content), first)
}

/// Columns of the whole line and of its first word in a proportional face, as wide as that of text on average.
pub(crate) fn set_widths(content: &str) -> (u16, u16) {
    let (mut sum, mut first, mut last) = (0, None, ' ');
    for c in content.chars() {
        if matches!(c, ' ' | '\t') {
            first.get_or_insert(sum);
        }
        // Of a justified line, wider spaces come out as several.
        sum += if c == ' ' && last == ' ' { 0 } else { letter_width(c) };
        last = c;
        if sum >= u32::from(MAX_WIDTH) * 100 {
            break;
        }
    }
    let columns = |hundredths: u32| ((hundredths + 50) / 100).min(MAX_WIDTH.into()) as u16;
    (columns(sum), columns(first.unwrap_or(sum)))
}

/// Widths of the printable characters of ASCII from the space on, hundredths of an average one: the means of Helvetica and
/// Times Roman in Adobe's font metrics.
const LETTER_WIDTHS: [u8; 95] = [
    64, 74, 92, 127, 127, 207, 174, 45, 80, 80, 107, 138, 64, 80, 64, 67, 127, 127, 127, 127, 127, 127, 127, 127, 127,
    127, 67, 67, 138, 138, 138, 120, 233, 167, 161, 167, 174, 154, 140, 181, 174, 74, 107, 167, 140, 207, 174, 181,
    147, 181, 167, 147, 147, 174, 167, 227, 167, 167, 147, 74, 67, 74, 113, 127, 80, 120, 127, 114, 127, 120, 74, 127,
    127, 60, 60, 120, 60, 194, 127, 127, 127, 127, 80, 107, 67, 127, 120, 174, 120, 120, 114, 98, 55, 98, 135,
];

/// Width of a character in a proportional face, hundredths of a column.
fn letter_width(c: char) -> u32 {
    match c {
        ' '..='~' => LETTER_WIDTHS[c as usize - 0x20].into(),
        '’' | '‘' | '‚' => 66,
        '“' | '”' | '„' => 93,
        '—' | '…' => 241,
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 67,
        _ if c.is_uppercase() => 165,
        _ => match c.width() {
            Some(2) => 200,
            width => 120 * width.unwrap_or(0) as u32,
        },
    }
}

/// Columns of `text`, at most [`MAX_WIDTH`].
fn columns(text: &str) -> u16 {
    let limit = MAX_WIDTH as usize;
    // The start of a long line tells that it is too long to be measured. A character takes up to four bytes.
    for n_bytes in [2 * limit, 8 * limit] {
        let bytes = &text.as_bytes()[..text.len().min(n_bytes)];
        let (n_chars, plain) = count_chars(bytes);
        let whole = bytes.len() == text.len();
        if n_chars >= 2 * limit || ((whole || n_chars >= limit) && plain) {
            return n_chars.min(limit) as u16;
        }
        if whole {
            break;
        }
    }
    let mut sum = 0;
    for c in text.chars() {
        sum += if c.is_ascii() { 1 } else { c.width().unwrap_or(0) };
        if sum >= limit {
            return MAX_WIDTH;
        }
    }
    sum as u16
}

/// Characters that begin in `bytes`, and whether each takes one column: up to U+02FF, in Cyrillic and among general
/// punctuation they do, nearly always. Compiles to vector code.
fn count_chars(bytes: &[u8]) -> (usize, bool) {
    let (mut n_chars, mut wide) = (0, 0);
    // As many bytes as can be counted in one.
    for chunk in bytes.chunks(usize::from(u8::MAX)) {
        let mut n = 0u8;
        for &byte in chunk {
            n += u8::from(byte & 0xC0 != 0x80);
            let one_column = u8::from(byte < 0xCC) | u8::from(byte & 0xFE == 0xD0) | u8::from(byte == 0xE2);
            wide |= one_column ^ 1;
        }
        n_chars += usize::from(n);
    }
    (n_chars, wide == 0)
}

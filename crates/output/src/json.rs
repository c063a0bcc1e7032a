//! JSON strings and objects on one line.

use std::iter;
use std::sync::LazyLock;

use cleancopy_core::COLUMNS;

use crate::record::{Cell, Record};

/// What stands before the value of each column.
static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let before = iter::once('{').chain(iter::repeat(','));
    before.zip(COLUMNS).map(|(before, column)| format!("{before}\"{column}\":")).collect()
});

pub(crate) fn write_row(record: &Record<'_>, out: &mut Vec<u8>) {
    for (key, cell) in KEYS.iter().zip(record.cells()) {
        out.extend_from_slice(key.as_bytes());
        match cell {
            Cell::Missing => out.extend_from_slice(b"null"),
            Cell::Text(text) => write_string(text, out),
            Cell::Number(number) => write_number(number, out),
            Cell::List(items, _) => write_array(items, out),
            Cell::Object(object) => object_pieces(object, |piece| out.extend_from_slice(piece.as_bytes())),
        }
    }
    out.extend_from_slice(b"}\n");
}

pub(crate) fn write_number(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

fn write_array(items: &[&str], out: &mut Vec<u8>) {
    out.push(b'[');
    for (index, item) in items.iter().filter(|item| !item.is_empty()).enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(item, out);
    }
    out.push(b']');
}

/// Appends `text` as a JSON string.
///
/// Escaped are the quote, the backslash, the control characters below U+0020, and NEL, U+2028 and U+2029, at which
/// Python's `splitlines` and older JavaScript end a line. Everything else is copied.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + text.len() / 16 + 2);
    out.push(b'"');
    for (plain, escape) in cut_at_line_ends(text) {
        write_escaped(plain.as_bytes(), out);
        out.extend_from_slice(escape.as_bytes());
    }
    out.push(b'"');
}

/// Hands over the text of a JSON object in pieces that together stand on one line, whatever a reader takes for a line
/// end.
///
/// In valid JSON a bare CR or LF can only be space between tokens, and NEL, U+2028 and U+2029 can only stand inside a
/// string, so a space and an escape mean the same.
pub(crate) fn object_pieces(object: &str, mut emit: impl FnMut(&str)) {
    for (index, line) in object.trim_ascii().split(['\n', '\r']).enumerate() {
        if index > 0 {
            emit(" ");
        }
        for (plain, escape) in cut_at_line_ends(line) {
            emit(plain);
            emit(escape);
        }
    }
}

/// Cuts `text` at each NEL, U+2028 and U+2029: what stands before it, and its escape (at the end, nothing).
fn cut_at_line_ends(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    let may_have_any = may_have_line_end(text.as_bytes());
    let mut rest = Some(text);
    iter::from_fn(move || {
        let text = rest.take()?;
        let Some((at, line_end)) = may_have_any.then(|| text.match_indices(LINE_ENDS).next()).flatten() else {
            return Some((text, ""));
        };
        rest = Some(&text[at + line_end.len()..]);
        let escape = match line_end {
            "\u{2028}" => "\\u2028",
            "\u{2029}" => "\\u2029",
            _ => "\\u0085",
        };
        Some((&text[..at], escape))
    })
}

/// Whether two bytes follow each other as in NEL (C2 85), U+2028 and U+2029 (E2 80 A8 and A9).
///
/// Says yes to some other characters too, and no to nearly every text, at 12 GB/s: without branches the loop becomes
/// vector instructions.
#[expect(clippy::needless_bitwise_bool, reason = "lazy operators are branches, which keep the loop scalar")]
fn may_have_line_end(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    let pairs = |(firsts, seconds): (&[u8], &[u8])| {
        firsts.iter().zip(seconds).fold(false, |found, (&first, &second)| {
            found | ((first == 0xC2) & (second == 0x85)) | ((first == 0x80) & (second & 0xFE == 0xA8))
        })
    };
    bytes.chunks(256).zip(next.chunks(256)).any(pairs)
}

/// Copies bytes of UTF-8, escaping the quote, the backslash and the control characters, eight bytes a step.
fn write_escaped(bytes: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    let mut at = 0;
    while let Some(word) = bytes.get(at..at + 8) {
        let word = u64::from_le_bytes(word.try_into().expect("eight bytes were asked for"));
        let special = special_bytes(word);
        if special == 0 {
            at += 8;
            continue;
        }
        let hit = at + (special.trailing_zeros() / 8) as usize;
        out.extend_from_slice(&bytes[from..hit]);
        write_escape(bytes[hit], out);
        at = hit + 1;
        from = at;
    }
    for (hit, &byte) in bytes.iter().enumerate().skip(at) {
        if byte < 0x20 || byte == b'"' || byte == b'\\' {
            out.extend_from_slice(&bytes[from..hit]);
            write_escape(byte, out);
            from = hit + 1;
        }
    }
    out.extend_from_slice(&bytes[from..]);
}

/// The top bit of each byte of `word` that must be escaped; above the lowest of them others may be set in error.
///
/// # Source
/// The "has zero" and "has less" word tricks of S. E. Anderson, Bit Twiddling Hacks.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const TOPS: u64 = ONES * 0x80;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equal(b'"') | equal(b'\\')) & TOPS
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'\n' => b'n',
        b'\t' => b't',
        b'\r' => b'r',
        0x08 => b'b',
        0x0C => b'f',
        b'"' | b'\\' => byte,
        _ => {
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

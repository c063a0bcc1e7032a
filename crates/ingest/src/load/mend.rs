//! What programs write into JSON although JSON has no word for it.

use std::ops::Range;

/// A line with its faults mended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mended {
    pub(super) line: String,
    /// Halves of characters that became U+FFFD.
    pub(super) replaced: u32,
}

/// Mends what can be mended without guessing; `None` if there is nothing of the kind.
///
/// - `\ud800` to `\udfff` that are not halves of a pair, which Python writes: U+FFFD, and counted.
/// - `NaN`, `Infinity`, `-Infinity`, which Python writes: `null`.
/// - Control characters inside strings, which careless programs write: their escapes.
pub(super) fn mend(line: &str) -> Option<Mended> {
    let bytes = line.as_bytes();
    let mut mended = Mended { line: String::with_capacity(line.len() + 64), replaced: 0 };
    let (mut kept, mut at, mut in_string) = (0, 0, false);
    while at < bytes.len() {
        let (range, word) = match bytes[at] {
            b'"' => {
                in_string = !in_string;
                at += 1;
                continue;
            }
            b'\\' if in_string => match escape(bytes, at) {
                Escape::Half => {
                    mended.replaced += 1;
                    (at..at + 6, "\\ufffd".to_owned())
                }
                Escape::Whole(length) => {
                    at += length;
                    continue;
                }
            },
            control @ ..0x20 if in_string => (at..at + 1, format!("\\u{control:04x}")),
            b'N' | b'I' | b'-' if !in_string && no_number(&line[at..]) > 0 => {
                (at..at + no_number(&line[at..]), "null".to_owned())
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let Range { start, end } = range;
        mended.line.push_str(&line[kept..start]);
        mended.line.push_str(&word);
        (kept, at) = (end, end);
    }
    if kept == 0 {
        return None;
    }
    mended.line.push_str(&line[kept..]);
    Some(mended)
}

/// An escape inside a string.
enum Escape {
    /// Half of a character.
    Half,
    /// Anything else, with its length in bytes.
    Whole(usize),
}

fn escape(bytes: &[u8], at: usize) -> Escape {
    match unit(bytes, at) {
        Some(0xD800..=0xDBFF) if matches!(unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => Escape::Whole(12),
        Some(0xD800..=0xDFFF) => Escape::Half,
        _ => Escape::Whole(2),
    }
}

/// The value of the escape `\uXXXX` at `start`.
fn unit(bytes: &[u8], start: usize) -> Option<u32> {
    let digits = bytes.get(start..start + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + (*digit as char).to_digit(16)?))
}

/// Length of a word that stands for no number; 0 if there is none.
fn no_number(rest: &str) -> usize {
    ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len())
}

/// Whether half of a character may be in `line`: such a line is JSON, but not to be read.
pub(super) fn may_hold_half(line: &str) -> bool {
    memchr::memmem::find_iter(line.as_bytes(), b"\\u").any(|at| {
        let digits = &line.as_bytes()[at + 2..];
        matches!(digits, [b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..])
    })
}

#[cfg(test)]
mod tests {
    use super::mend;

    fn mended(line: &str) -> Option<(String, u32)> {
        mend(line).map(|mended| (mended.line, mended.replaced))
    }

    #[test]
    fn only_faults_are_touched() {
        assert_eq!(mended(r#"{"a":"\\ud800 \ud83d\ude00 NaN -Infinity","b":-1,"Inf":"\""}"#), None);
        assert_eq!(
            mended(r#"{"a":NaN,"b":[-Infinity, Infinity]}"#),
            Some((r#"{"a":null,"b":[null, null]}"#.into(), 0))
        );
        assert_eq!(mended("{\"a\":\"x\ty\"}"), Some(("{\"a\":\"x\\u0009y\"}".into(), 0)));
        assert_eq!(mended(r#"{"a":"\uDC00\ud83d"}"#), Some((r#"{"a":"\ufffd\ufffd"}"#.into(), 2)));
    }
}

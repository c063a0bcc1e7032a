//! JSON escapes of half a character.

use memchr::memmem;

/// Puts `\ufffd` for each `\ud800` to `\udfff` that is not half of a pair; gives how many.
///
/// JSON allows them and Python writes them, but they are no characters and most readers refuse the line.
pub(super) fn mend(line: &mut String) -> u32 {
    let mut lone = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    // Escapes are found from the left, since a backslash may itself be escaped.
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        let start = at + found;
        match unit(bytes, start) {
            Some(0xD800..=0xDBFF) if matches!(unit(bytes, start + 6), Some(0xDC00..=0xDFFF)) => at = start + 12,
            Some(0xD800..=0xDFFF) => {
                lone.push(start);
                at = start + 6;
            }
            _ => at = start + 2,
        }
        if at >= bytes.len() {
            break;
        }
    }
    for start in &lone {
        line.replace_range(start + 2..start + 6, "fffd");
    }
    lone.len() as u32
}

/// The value of the escape `\uXXXX` at `start`.
fn unit(bytes: &[u8], start: usize) -> Option<u32> {
    let digits = bytes.get(start..start + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + (*digit as char).to_digit(16)?))
}

/// Whether there may be something to mend.
pub(super) fn suspicious(line: &str) -> bool {
    memmem::find(line.as_bytes(), b"\\ud").is_some() || memmem::find(line.as_bytes(), b"\\uD").is_some()
}

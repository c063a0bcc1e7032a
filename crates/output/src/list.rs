//! Several strings in one CSV cell, so that they can be taken apart again.

use std::borrow::Cow;

/// What stands between the items of a list in a CSV cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `; ` between items, as for authors. A semicolon inside an item is written `\;`.
    Semicolon,
    /// A line feed between items, as for captions. A line feed inside an item is written `\n`.
    Line,
}

impl Separator {
    fn as_str(self) -> &'static str {
        match self {
            Separator::Semicolon => "; ",
            Separator::Line => "\n",
        }
    }

    /// The byte that must not stand bare inside an item.
    fn mark(self) -> u8 {
        match self {
            Separator::Semicolon => b';',
            Separator::Line => b'\n',
        }
    }
}

/// Appends the items that are not empty, joined by `separator`; `emit` receives the pieces in order.
///
/// In every item a backslash is written `\\`, a line feed `\n`, a carriage return `\r`, and with
/// [`Separator::Semicolon`] a semicolon `\;`. [`split_list`] undoes it exactly.
pub(crate) fn join_list(items: &[&str], separator: Separator, mut emit: impl FnMut(&str)) {
    let mut between = "";
    for item in items.iter().filter(|item| !item.is_empty()) {
        emit(between);
        between = separator.as_str();
        let mut rest = *item;
        while let Some(at) = rest.bytes().position(|byte| escaped(byte, separator)) {
            emit(&rest[..at]);
            emit(match rest.as_bytes()[at] {
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                _ => "\\;",
            });
            rest = &rest[at + 1..];
        }
        emit(rest);
    }
}

fn escaped(byte: u8, separator: Separator) -> bool {
    matches!(byte, b'\\' | b'\n' | b'\r') || byte == separator.mark()
}

/// Takes apart a cell that was written as a list: the inverse of what the CSV writer does with authors and captions.
///
/// Any text is a list; items that come out empty are left out.
///
/// ```
/// use cleancopy_output::{Separator, split_list};
///
/// let authors = split_list("Ada Quill; Marsh\\; Sons", Separator::Semicolon);
/// assert_eq!(authors, ["Ada Quill", "Marsh; Sons"]);
/// ```
pub fn split_list(cell: &str, separator: Separator) -> Vec<Cow<'_, str>> {
    let mut items = Vec::new();
    let mut rest = cell;
    while !rest.is_empty() {
        let end = bare_mark(rest, separator).unwrap_or(rest.len());
        if end > 0 {
            items.push(unescape(&rest[..end]));
        }
        rest = rest.get(end + 1..).unwrap_or("");
        if separator == Separator::Semicolon {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
    }
    items
}

/// Offset of the first separator byte that no backslash covers.
fn bare_mark(text: &str, separator: Separator) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == separator.mark() => return Some(at),
            _ => at += 1,
        }
    }
    None
}

fn unescape(item: &str) -> Cow<'_, str> {
    if !item.contains('\\') {
        return Cow::Borrowed(item);
    }
    let mut plain = String::with_capacity(item.len());
    let mut chars = item.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            plain.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some(mark @ ('\\' | ';')) => plain.push(mark),
            // Not ours; keep what stands there.
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    Cow::Owned(plain)
}

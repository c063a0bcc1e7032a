//! Single-byte code pages that `encoding_rs` leaves out: DOS, Mac, EBCDIC and a few more.

use super::encoding::Lossy;
use std::sync::LazyLock;

/// One code page.
#[derive(Debug)]
pub(super) struct Page {
    /// The usual name first, then what else it is called.
    pub(super) names: Vec<&'static str>,
    /// What each byte means; U+FFFD where it means nothing.
    pub(super) chars: [char; 256],
    /// The bytes of the characters past ASCII, in the order of the characters.
    bytes: Vec<(char, u8)>,
    /// Whether bytes below 80 are ASCII.
    pub(super) ascii: bool,
}

/// The code pages of `pages.txt`, in its order.
pub(super) static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let text = include_str!("pages.txt");
    text.split("\npage ").skip(1).map(Page::parse).collect()
});

impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for Page {}

impl Page {
    fn parse(entry: &'static str) -> Self {
        let (names, rows) = entry.split_once('\n').unwrap_or((entry, ""));
        let cells: Vec<char> = rows.split_ascii_whitespace().map(parse_cell).collect();
        let ascii = cells.len() == 128;
        let mut chars =
            std::array::from_fn(|byte| if ascii { char::from(byte as u8) } else { char::REPLACEMENT_CHARACTER });
        let first = if ascii { 128 } else { 0 };
        chars.iter_mut().skip(first).zip(&cells).for_each(|(char, &cell)| *char = cell);
        let mut bytes: Vec<(char, u8)> = (first..256).map(|byte| (chars[byte], byte as u8)).collect();
        bytes.retain(|&(char, _)| char != char::REPLACEMENT_CHARACTER);
        bytes.sort_unstable();
        Self { names: names.split(' ').collect(), chars, bytes, ascii }
    }

    pub(super) fn decode(&self, bytes: &[u8]) -> Lossy {
        let mut lossy = Lossy { text: String::with_capacity(bytes.len() + bytes.len() / 2), replaced: 0 };
        for &byte in bytes {
            let char = self.chars[usize::from(byte)];
            lossy.replaced += u32::from(char == char::REPLACEMENT_CHARACTER);
            lossy.text.push(char);
        }
        lossy
    }

    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        text.chars()
            .map(|char| match self.bytes.binary_search_by_key(&char, |&(char, _)| char) {
                Ok(at) => Some(self.bytes[at].1),
                Err(_) if self.ascii && char.is_ascii() => Some(char as u8),
                Err(_) => None,
            })
            .collect()
    }
}

/// A cell of the table: a character, its number in hex, or `--`.
fn parse_cell(cell: &str) -> char {
    let mut chars = cell.chars();
    match (chars.next(), chars.next()) {
        (Some(char), None) => char,
        _ => u32::from_str_radix(cell, 16).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

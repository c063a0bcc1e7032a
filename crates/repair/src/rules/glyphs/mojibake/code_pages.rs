//! The code pages that UTF-8 is read in by mistake, from `code_pages.txt`.

use std::sync::LazyLock;

/// Number of code pages in the table.
pub(crate) const N_PAGES: usize = 14;

/// A set of code pages, one bit each.
pub(crate) type PageSet = u16;

/// What a character is in each code page.
#[derive(Clone, Copy, Default)]
pub(crate) struct Images {
    /// Pages in which it is the first byte of a UTF-8 sequence.
    pub(crate) leads: PageSet,
    /// Pages in which it is a later byte.
    pub(crate) tails: PageSet,
    bytes: [u8; N_PAGES],
}

impl Images {
    /// Its byte in a page, if that is above 0x7F.
    pub(crate) fn byte(&self, page: usize) -> Option<u8> {
        Some(self.bytes[page]).filter(|&byte| byte != 0)
    }
}

/// All characters of the code pages.
pub(crate) struct CodePages {
    /// Index into `images` by character below [`FIRST_BEYOND`].
    index: Vec<u16>,
    /// Characters from there on, in order, with their index.
    beyond: Vec<(char, u16)>,
    images: Vec<Images>,
    /// Characters of the bytes from 0x80, by page.
    characters: [[char; 0x80]; N_PAGES],
}

/// Places of pages in the table.
pub(crate) const WINDOWS_1252: usize = 0;
pub(super) const WINDOWS_1250: usize = 1;
pub(super) const ISO_8859_2: usize = 7;
pub(crate) const MACINTOSH: usize = 8;

/// Whether the letters of a page are Latin.
pub(super) const fn is_western(page: usize) -> bool {
    !matches!(page, 2 | 3 | 5 | 9 | 13)
}

/// The table, read on first use.
pub(crate) static CODE_PAGES: LazyLock<CodePages> = LazyLock::new(|| CodePages::read(include_str!("code_pages.txt")));

/// Characters below this are looked up directly.
const FIRST_BEYOND: usize = 0x2700;

/// First byte of a sequence of two, three or four.
const LEADS: std::ops::RangeInclusive<u8> = 0xC2..=0xF4;

impl CodePages {
    /// What `char` is in the code pages; nothing for most characters.
    pub(crate) fn images(&self, char: char) -> &Images {
        let index = match self.index.get(char as usize) {
            Some(&index) => index,
            None => self.beyond.iter().find(|(known, _)| *known == char).map_or(0, |&(_, index)| index),
        };
        &self.images[index as usize]
    }

    /// The character of a byte from 0x80; the control of that number where the page has none.
    pub(crate) fn character(&self, page: usize, byte: u8) -> char {
        self.characters[page][usize::from(byte & 0x7F)]
    }

    fn read(table: &str) -> Self {
        let controls = std::array::from_fn(|index| char::from(0x80 + index as u8));
        let mut pages = Self {
            index: vec![0; FIRST_BEYOND],
            beyond: Vec::new(),
            images: vec![Images::default()],
            characters: [controls; N_PAGES],
        };
        let mut page = None;
        let mut with_controls = false;
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split(' ');
            let first = cells.next().unwrap_or_default();
            let Some(row) = first.strip_suffix('0').and_then(|row| u8::from_str_radix(row, 16).ok()) else {
                page = Some(page.map_or(0, |page| page + 1));
                with_controls = first == "windows-1252" || first.starts_with("ISO");
                continue;
            };
            for (column, cell) in (0..).zip(cells) {
                let byte = row << 4 | column;
                if let Some(char) = character(cell) {
                    pages.add(char, page.unwrap_or(0), byte);
                    pages.characters[page.unwrap_or(0)][usize::from(byte & 0x7F)] = char;
                }
                // Decoders of the web give a byte without a character as the control of its number, and
                // the pages of ISO give all of 80 to 9F so. Latin-1 goes by the name of windows-1252.
                if byte < 0xA0 && (with_controls || cell == ".") {
                    pages.add(char::from(byte), page.unwrap_or(0), byte);
                }
            }
        }
        pages
    }

    fn add(&mut self, char: char, page: usize, byte: u8) {
        let next = self.images.len() as u16;
        let slot = if let Some(slot) = self.index.get_mut(char as usize) {
            slot
        } else {
            let known = self.beyond.iter().position(|(known, _)| *known == char);
            let at = known.unwrap_or(self.beyond.len());
            if known.is_none() {
                self.beyond.push((char, 0));
            }
            &mut self.beyond[at].1
        };
        if *slot == 0 {
            *slot = next;
            self.images.push(Images::default());
        }
        let images = &mut self.images[*slot as usize];
        images.bytes[page] = byte;
        images.leads |= PageSet::from(LEADS.contains(&byte)) << page;
        images.tails |= PageSet::from(byte < 0xC0) << page;
    }
}

fn character(cell: &str) -> Option<char> {
    match cell {
        "." => None,
        "nbsp" => Some('\u{A0}'),
        "shy" => Some('\u{AD}'),
        "zwnj" => Some('\u{200C}'),
        "zwj" => Some('\u{200D}'),
        "lrm" => Some('\u{200E}'),
        "rlm" => Some('\u{200F}'),
        "logo" => Some('\u{F8FF}'),
        _ => cell.chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_the_decoders_of_the_web() {
        let pages = [
            (0, encoding_rs::WINDOWS_1252),
            (1, encoding_rs::WINDOWS_1250),
            (2, encoding_rs::WINDOWS_1251),
            (3, encoding_rs::WINDOWS_1253),
            (4, encoding_rs::WINDOWS_1254),
            (5, encoding_rs::WINDOWS_1256),
            (6, encoding_rs::WINDOWS_1257),
            (7, encoding_rs::ISO_8859_2),
            (8, encoding_rs::MACINTOSH),
            (13, encoding_rs::IBM866),
        ];
        for (page, encoding) in pages {
            for byte in 0x80..=0xFF {
                let bytes = [byte];
                let (text, _) = encoding.decode_without_bom_handling(&bytes);
                let char = text.chars().next().unwrap();
                if char != '\u{FFFD}' {
                    assert_eq!(CODE_PAGES.images(char).byte(page), Some(byte), "{char:?} of {}", encoding.name());
                    assert_eq!(CODE_PAGES.character(page, byte), char, "{byte:x} of {}", encoding.name());
                }
            }
        }
    }
}

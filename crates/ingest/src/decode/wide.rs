//! UTF-16 and UTF-32.

use super::encoding::Lossy;

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The lowest.
    Little,
    /// The highest.
    Big,
}

/// Decodes UTF-16; a lone surrogate or a last odd byte is one replaced sequence.
pub(super) fn utf16(bytes: &[u8], order: Order) -> Lossy {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| match order {
        Order::Little => u16::from_le_bytes(pair),
        Order::Big => u16::from_be_bytes(pair),
    });
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() + bytes.len() / 2), replaced: 0 };
    for decoded in char::decode_utf16(units) {
        lossy.push(decoded.ok());
    }
    if !rest.is_empty() {
        lossy.push(None);
    }
    lossy
}

/// Decodes UTF-32; a unit that is no character, or a cut last unit, is one replaced sequence.
pub(super) fn utf32(bytes: &[u8], order: Order) -> Lossy {
    let (quads, rest) = bytes.as_chunks::<4>();
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() / 2), replaced: 0 };
    for &quad in quads {
        let unit = match order {
            Order::Little => u32::from_le_bytes(quad),
            Order::Big => u32::from_be_bytes(quad),
        };
        lossy.push(char::from_u32(unit));
    }
    if !rest.is_empty() {
        lossy.push(None);
    }
    lossy
}

impl Lossy {
    /// Adds one decoded character, or the mark of one that could not be.
    pub(super) fn push(&mut self, decoded: Option<char>) {
        self.replaced += u32::from(decoded.is_none());
        self.text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
}

//! One scan of a text for characters that some glyph rule may want to change.

use cleancopy_core::{Measure, Page, Span};

use super::mojibake::{PAIRS, Pairs, pages_of_pair};

/// What a suspicious place is suspected of. One rule, or a few, read each class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// CR, VT, FF, NEL, LS, PS.
    LineEnd,
    /// ESC and CSI.
    Escape,
    /// Control characters without a meaning in text, and noncharacters.
    Control,
    /// U+0080 to U+009F.
    C1,
    /// U+FEFF.
    ByteOrderMark,
    /// Zero-width space and word joiner.
    ZeroWidth,
    /// Zero-width joiner and non-joiner.
    Joiner,
    /// Marks of writing direction.
    Direction,
    /// U+00AD.
    SoftHyphen,
    /// Symbols that stand for line breaks where a copy went wrong.
    Symbol,
    /// U+FFFC.
    Object,
    /// Private use.
    PrivateUse,
    /// U+FFFD.
    Replacement,
    /// Variation selectors.
    Variation,
    /// Tag characters.
    Tags,
    /// Latin ligatures.
    Ligature,
    /// Mathematical letters and digits.
    Styled,
    /// Accents that stand for quotes and apostrophes.
    Accent,
    /// An ampersand before a name or number.
    Entity,
    /// A less-than sign.
    Tag,
    /// A backslash or `%u`.
    Backslash,
    /// An equals sign.
    Equals,
    /// A question mark before a letter.
    Asked,
    /// Two neighbours that look like bytes of one character.
    Mojibake,
    /// A space before a mark that follows its word.
    SpacedMark,
    /// A quote with a space on the inside, or a space before a quote with spaces on both sides.
    SpacedQuote,
    /// A space before an apostrophe, or before `n't`.
    SplitWord,
}

impl Class {
    /// The bit of the class in [`Suspects::classes`].
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// One suspicious character, or the space before a mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    /// Its first byte.
    pub(crate) at: u32,
    /// Its length in bytes.
    pub(crate) len: u8,
    /// What it is suspected of.
    pub(crate) class: Class,
}

impl Site {
    /// Its bytes.
    pub(crate) const fn span(self) -> Span {
        Span::new(self.at, self.at + self.len as u32)
    }

    /// First byte after it.
    pub(crate) const fn end(self) -> usize {
        self.at as usize + self.len as usize
    }
}

/// The suspicious places of a text, in order.
#[derive(Debug, Default)]
pub(crate) struct Suspects {
    classes: u32,
    sites: Vec<Site>,
}

impl Suspects {
    /// Whether any place is of `class`.
    pub(crate) const fn has(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    /// The classes that occur, a bit each.
    pub(crate) const fn classes(&self) -> u32 {
        self.classes
    }

    /// The places of `class`, in order.
    pub(crate) fn of(&self, class: Class) -> impl Iterator<Item = Site> {
        let sites: &[Site] = if self.has(class) { &self.sites } else { &[] };
        sites.iter().filter(move |site| site.class == class).copied()
    }

    /// All places.
    pub(crate) fn all(&self) -> &[Site] {
        &self.sites
    }

    fn add(&mut self, at: usize, len: usize, class: Class) {
        self.classes |= class.bit();
        self.sites.push(Site { at: at as u32, len: len as u8, class });
    }

    /// Looks at the bytes of `text` from `from` that are marked.
    fn scan(&mut self, text: &str, from: usize, marks: &[u8; BLOCK], last: &mut Last) {
        for (word, marks) in (0..).zip(marks.chunks_exact(8)) {
            let mut marks = u64::from_le_bytes(marks.try_into().unwrap_or_default());
            while marks != 0 {
                let at = from + 8 * word + marks.trailing_zeros() as usize / 8;
                marks &= marks - 1;
                self.look(text, at, last);
            }
        }
    }

    fn look(&mut self, text: &str, at: usize, last: &mut Last) {
        let bytes = text.as_bytes();
        let next = |offset: usize| bytes.get(at + offset).copied().unwrap_or_default();
        match bytes[at] {
            b' ' => self.look_at_space(bytes, at),
            b'&' if !next(1).is_ascii_alphabetic() && next(1) != b'#' => {}
            b'&' => self.add(at, 1, Class::Entity),
            b'<' => self.add(at, 1, Class::Tag),
            b'=' => self.add(at, 1, Class::Equals),
            b'%' if next(1) != b'u' => {}
            b'\\' | b'%' => self.add(at, 1, Class::Backslash),
            b'?' if !next(1).is_ascii_alphabetic() => {}
            b'?' => self.add(at, 1, Class::Asked),
            b'`' => self.add(at, 1, Class::Accent),
            byte @ ..0x80 => self.look_at_character(char::from(byte), at),
            lead @ ..0xE0 => {
                let code = u32::from(lead & 0x1F) << 6 | u32::from(next(1) & 0x3F);
                if lead == 0xC2 || code == 0x61C {
                    self.look_at_character(char::from_u32(code).unwrap_or_default(), at);
                } else if code == 0xC3 && next(2) == b' ' {
                    self.compare(text, at + 2, ' ');
                }
                self.pair(text, at, 2, code, last);
            }
            0xE2 => {
                let code = 0x2000 | u32::from(next(1) & 0x3F) << 6 | u32::from(next(2) & 0x3F);
                let is_quote_or_dash = matches!(code, 0x2010..=0x2021 | 0x2026);
                if !is_quote_or_dash {
                    self.look_at_character(char::from_u32(code).unwrap_or_default(), at);
                } else if code == 0x201C && next(3) == b' ' {
                    self.add(at, 3, Class::SpacedQuote);
                } else if code == 0x2019 && bytes[..at].ends_with(b" ") {
                    self.add(at - 1, 1, Class::SplitWord);
                } else if code == 0x2019 && bytes[..at].ends_with(b" n") {
                    self.add(at - 2, 1, Class::SplitWord);
                }
                self.pair(text, at, 3, code, last);
            }
            _ => {
                if let Some(char) = text[at..].chars().next() {
                    self.look_at_character(char, at);
                }
            }
        }
    }

    fn look_at_space(&mut self, bytes: &[u8], at: usize) {
        match bytes[at + 1..] {
            [b',' | b'.' | b':' | b';' | b'?' | b'!', ..] => self.add(at, 1, Class::SpacedMark),
            [b'"', b' ', ..] => self.add(at, 1, Class::SpacedQuote),
            [b'\'', ..] | [b'n', b'\'', ..] => self.add(at, 1, Class::SplitWord),
            _ => {}
        }
    }

    fn look_at_character(&mut self, char: char, at: usize) {
        if let Some(class) = class_of(char) {
            self.add(at, char.len_utf8(), class);
        }
    }

    /// Looks at the character of number `code` and the one right before it.
    fn pair(&mut self, text: &str, at: usize, length: usize, code: u32, last: &mut Last) {
        let class = last.pairs.class(code);
        let odd = last.end == at && last.pairs.may_be_odd(last.class, class);
        if let Some(char) = char::from_u32(code).filter(|_| odd) {
            self.compare(text, at, char);
        }
        last.end = at + length;
        last.class = class;
    }

    /// Looks at `char` at byte `at` together with its neighbours.
    fn compare(&mut self, text: &str, at: usize, char: char) {
        let mut left = text[..at].chars().rev();
        let (Some(a), before) = (left.next(), left.next().unwrap_or('\0')) else { return };
        let after = text[at + char.len_utf8()..].chars().next().unwrap_or('\0');
        if pages_of_pair(before, a, char, after) != 0 {
            self.add(at, char.len_utf8(), Class::Mojibake);
        }
    }
}

/// The last character of the code pages that was seen.
struct Last {
    pairs: &'static Pairs,
    /// First byte after it.
    end: usize,
    class: u8,
}

impl Measure for Suspects {
    fn measure(&mut self, page: &Page<'_>) {
        self.classes = 0;
        self.sites.clear();
        let bytes = page.text.as_bytes();
        let mut last = Last { pairs: &PAIRS, end: 0, class: 0 };
        let mut marks = [0; BLOCK];
        let mut at = 0;
        // Each block is read with two bytes behind it, for what depends on the next.
        while let Some(window) = bytes.get(at..at + WINDOW).and_then(|window| window.try_into().ok()) {
            if mark(window, &mut marks) {
                self.scan(page.text, at, &marks, &mut last);
            }
            at += BLOCK;
        }
        while at < bytes.len() {
            let mut window = [b'\n'; WINDOW];
            let rest = &bytes[at..bytes.len().min(at + WINDOW)];
            window[..rest.len()].copy_from_slice(rest);
            if mark(&window, &mut marks) {
                self.scan(page.text, at, &marks, &mut last);
            }
            at += BLOCK;
        }
    }

    /// A text without suspicious places has some after a change only where it was changed. Most texts have none once
    /// they are mended.
    fn still_holds(&mut self, text: &str, changed: &[Span]) -> bool {
        // Long before the changes are all of the text it is as well to read it anew.
        if changed.is_empty() || !self.sites.is_empty() || changed.len() * 4 * REACH > text.len() {
            return changed.is_empty();
        }
        let mut last = Last { pairs: &PAIRS, end: 0, class: 0 };
        let mut done = 0;
        for span in changed {
            let start = text.floor_char_boundary((span.start as usize).saturating_sub(REACH)).max(done);
            done = text.ceil_char_boundary(span.end as usize + REACH).max(start);
            for (at, &byte) in (start..).zip(&text.as_bytes()[start..done]) {
                if LOOKED_AT[usize::from(byte)] {
                    self.look(text, at, &mut last);
                }
            }
        }
        if !self.sites.is_empty() {
            self.sites.clear();
            self.classes = 0;
            return false;
        }
        true
    }
}

/// Bytes beside a place that say what it is suspected of: two characters on each side, and as many for the character
/// before it, whose class is asked for.
const REACH: usize = 16;

/// Bytes looked at together. One cache line; a multiple of every vector width.
const BLOCK: usize = 64;

/// A block and the two bytes behind it.
const WINDOW: usize = BLOCK + 2;

/// Marks the first bytes of characters that need a closer look with 1, the others with 0, and says whether
/// there are any. Compiles to vector code.
fn mark(window: &[u8; WINDOW], marks: &mut [u8; BLOCK]) -> bool {
    let mut any = 0;
    for (index, mark) in marks.iter_mut().enumerate() {
        let (byte, next, third) = (window[index], window[index + 1], window[index + 2]);
        let is = |one: u8, other: u8| u8::from(one == other);
        let control = u8::from(byte < 0x20) & (is(byte, b'\n') ^ 1);
        // Code pages hold nothing beyond Arabic but what begins with E2, nor do the letters of Asia.
        let high = is(byte, 0x7F) | u8::from(byte.wrapping_sub(0xC2) < 0x1A) | is(byte, 0xE2) | u8::from(byte >= 0xEE);
        // `%` and `&`; `<`, `=`, `>` and `?`.
        let sign = u8::from(byte.wrapping_sub(b'%') < 2) | is(byte | 3, b'?') | is(byte, b'\\') | is(byte, b'`');
        // ASCII signs below the digits, and between digits and letters.
        let before_sign = u8::from(next.wrapping_sub(b'!') < 15) | u8::from(next.wrapping_sub(b':') < 6);
        let spaced = is(byte, b' ') & (before_sign | (is(next, b'n') & is(third, b'\'')));
        *mark = control | high | sign | spaced;
        any |= *mark;
    }
    any != 0
}

/// The bytes that [`mark`] marks, whatever follows those that are marked before some bytes only.
static LOOKED_AT: [bool; 256] = {
    let mut looked_at = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        looked_at[byte] = match byte as u8 {
            b'\n' => false,
            0..0x20 | 0x7F | 0xC2..0xDC | 0xE2 | 0xEE.. => true,
            b' ' | b'%' | b'&' | b'<'..=b'?' | b'\\' | b'`' => true,
            _ => false,
        };
        byte += 1;
    }
    looked_at
};

fn class_of(char: char) -> Option<Class> {
    let class = match char {
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        '\u{1B}' | '\u{9B}' => Class::Escape,
        '\t' | '\n' => return None,
        '\u{0}'..='\u{1F}' | '\u{7F}' | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' => Class::Control,
        '\u{FDD0}'..='\u{FDEF}' => Class::Control,
        '\u{80}'..='\u{9F}' => Class::C1,
        '\u{FEFF}' => Class::ByteOrderMark,
        '\u{200B}' | '\u{2060}' => Class::ZeroWidth,
        '\u{200C}' | '\u{200D}' => Class::Joiner,
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Class::Direction,
        '\u{AD}' => Class::SoftHyphen,
        '¤' | '¬' | '¶' | '↵' | '⏎' | '\u{2400}'..='\u{2426}' => Class::Symbol,
        '\u{25A0}'..='\u{25FF}' | '☐'..='☒' => Class::Symbol,
        // Also list marks and section signs; `stray-symbol` asks more of these.
        '·' | '§' | '•' | '∙' => Class::Symbol,
        '\u{FFFC}' => Class::Object,
        '\u{FFFD}' => Class::Replacement,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Class::Variation,
        '\u{E0000}'..='\u{E007F}' => Class::Tags,
        '\u{FB00}'..='\u{FB06}' => Class::Ligature,
        '\u{1D400}'..='\u{1D7FF}' => Class::Styled,
        '´' => Class::Accent,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => Class::PrivateUse,
        _ if char as u32 & 0xFFFE == 0xFFFE => Class::Control,
        _ => return None,
    };
    Some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_bytes_are_looked_at_as_blocks_are_marked() {
        for byte in 0..=u8::MAX {
            let marked = |behind: [u8; 2]| {
                let mut window = [b'a'; WINDOW];
                window[0] = byte;
                window[1..3].copy_from_slice(&behind);
                let mut marks = [0; BLOCK];
                mark(&window, &mut marks);
                marks[0] == 1
            };
            assert_eq!(LOOKED_AT[usize::from(byte)], marked([b',', b' ']), "{byte:#x}");
            assert!(LOOKED_AT[usize::from(byte)] || !marked([b'n', b'\'']), "{byte:#x}");
        }
    }
}

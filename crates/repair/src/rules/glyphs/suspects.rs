//! One scan of a text for characters that some glyph rule may want to change.

use cleancopy_core::{Measure, Page, Span};

use super::mojibake::{CODE_PAGES, pages_of_pair};

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
    /// First byte that was not looked at, while measuring.
    scanned: usize,
}

impl Suspects {
    /// Whether any place is of `class`.
    pub(crate) const fn has(&self, class: Class) -> bool {
        self.classes & (1 << class as u32) != 0
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
        self.classes |= 1 << class as u32;
        self.sites.push(Site { at: at as u32, len: len as u8, class });
    }

    /// Looks at each character that begins in `from..to`.
    fn scan(&mut self, text: &str, from: usize, to: usize) {
        let bytes = text.as_bytes();
        let mut at = from.max(self.scanned);
        while at < to {
            let byte = bytes[at];
            match FIRST_BYTE[byte as usize] {
                Look::Away => at += 1,
                Look::Space => {
                    let rest = &bytes[at + 1..];
                    if rest.first().is_some_and(|&next| closing_mark(next) != 0) {
                        self.add(at, 1, Class::SpacedMark);
                    }
                    let rest = rest.strip_prefix(b"n").unwrap_or(rest);
                    if rest.starts_with(b"'") || rest.starts_with("’".as_bytes()) {
                        self.add(at, 1, Class::SplitWord);
                    } else if rest.starts_with(b"\" ") {
                        self.add(at, 1, Class::SpacedQuote);
                    }
                    if text[..at].ends_with('Ã') {
                        self.compare(text, at, ' ', 1);
                    }
                    at += 1;
                }
                Look::Before(class) => {
                    let next = bytes.get(at + 1).copied().unwrap_or_default();
                    let fits = match byte {
                        b'&' => next.is_ascii_alphabetic() || next == b'#',
                        b'%' => next == b'u',
                        b'?' => next.is_ascii_alphabetic(),
                        _ => true,
                    };
                    if fits {
                        self.add(at, 1, class);
                    }
                    at += 1;
                }
                Look::Single => {
                    if let Some(class) = class_of(char::from(byte)) {
                        self.add(at, 1, class);
                    }
                    at += 1;
                }
                Look::Pass(length) => at += length as usize,
                Look::Closer => {
                    let Some(char) = text[at..].chars().next() else { return };
                    let length = char.len_utf8();
                    if let Some(class) = class_of(char) {
                        self.add(at, length, class);
                    }
                    if char == '“' && bytes.get(at + length) == Some(&b' ') {
                        self.add(at, length, Class::SpacedQuote);
                    }
                    if at > 0 && bytes[at - 1] >= 0x80 {
                        self.compare(text, at, char, length);
                    }
                    at += length;
                }
            }
        }
        self.scanned = at;
    }

    /// Looks at `char` at byte `at` together with the character before it.
    fn compare(&mut self, text: &str, at: usize, char: char, length: usize) {
        let mut left = text[..at].chars().rev();
        let (Some(a), before) = (left.next(), left.next().unwrap_or('\0')) else { return };
        let after = || text[at + length..].chars().next().unwrap_or('\0');
        if may_be_pair(a, char) && pages_of_pair(before, a, char, after()) != 0 {
            self.add(at, length, Class::Mojibake);
        }
    }
}

impl Measure for Suspects {
    fn measure(&mut self, page: &Page<'_>) {
        self.classes = 0;
        self.sites.clear();
        self.scanned = 0;
        let bytes = page.text.as_bytes();
        let mut at = 0;
        // Each block is read with two bytes behind it, for what depends on the next.
        while let Some(window) = bytes.get(at..at + BLOCK + 2) {
            if may_be_suspicious(window) {
                self.scan(page.text, at, at + BLOCK);
            }
            at += BLOCK;
        }
        self.scan(page.text, at, bytes.len());
    }
}

/// Bytes looked at together. One cache line; a multiple of every vector width.
const BLOCK: usize = 64;

/// Whether one of the first [`BLOCK`] bytes of `window` needs a closer look. Compiles to vector code.
fn may_be_suspicious(window: &[u8]) -> bool {
    let (here, next, third) = (&window[..BLOCK], &window[1..=BLOCK], &window[2..BLOCK + 2]);
    let mut hit = 0u8;
    for ((&byte, &next), &third) in here.iter().zip(next).zip(third) {
        let is = |one: u8, other: u8| u8::from(one == other);
        let control = u8::from(byte < 0x20) & !is(byte, b'\n') & !is(byte, b'\t');
        let high = u8::from(byte >= 0x7F);
        let markup = is(byte, b'&') | is(byte | 1, b'=') | is(byte, b'\\') | is(byte, b'`');
        let split = is(next, b'\'') | (is(next, b'n') & is(third, b'\''));
        let quoted = is(next, b'"') & is(third, b' ');
        let spaced = is(byte, b' ') & (closing_mark(next) | split | quoted);
        let letter = u8::from((next | 0x20).wrapping_sub(b'a') < 26);
        let escaped = (is(byte, b'%') & is(next, b'u')) | (is(byte, b'?') & letter);
        hit |= control | high | markup | spaced | escaped;
    }
    hit != 0
}

/// 1 for a mark that follows its word without a space, else 0. Free of branches.
const fn closing_mark(byte: u8) -> u8 {
    let comma_or_stop = (byte | 2 == b'.') as u8;
    let colons = (byte | 1 == b';') as u8;
    comma_or_stop | colons | (byte == b'?') as u8 | (byte == b'!') as u8
}

/// What the first byte of a character says.
#[derive(Clone, Copy)]
enum Look {
    /// Nothing to see.
    Away,
    /// Nothing to see in a character of so many bytes.
    Pass(u8),
    /// Suspicious by itself.
    Single,
    /// A space: depends on its neighbours.
    Space,
    /// Suspicious before some bytes.
    Before(Class),
    /// Depends on the whole character.
    Closer,
}

/// What to do at each first byte. Continuation bytes are passed over.
static FIRST_BYTE: [Look; 256] = first_bytes();

const fn first_bytes() -> [Look; 256] {
    let mut table = [Look::Away; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = Look::Single;
        byte += 1;
    }
    table[b'\n' as usize] = Look::Away;
    table[b'\t' as usize] = Look::Away;
    table[b' ' as usize] = Look::Space;
    table[b'&' as usize] = Look::Before(Class::Entity);
    table[b'<' as usize] = Look::Before(Class::Tag);
    table[b'=' as usize] = Look::Before(Class::Equals);
    table[b'\\' as usize] = Look::Before(Class::Backslash);
    table[b'%' as usize] = Look::Before(Class::Backslash);
    table[b'?' as usize] = Look::Before(Class::Asked);
    table[b'`' as usize] = Look::Before(Class::Accent);
    table[0x7F] = Look::Single;
    byte = 0xC2;
    while byte < 0xF5 {
        table[byte] = match byte {
            // Beyond Arabic there is nothing that code pages hold, nor among the letters of Asia but
            // for those that begin with E2.
            0xDC..=0xDF => Look::Pass(2),
            0xE0..=0xE1 | 0xE3..=0xED => Look::Pass(3),
            _ => Look::Closer,
        };
        byte += 1;
    }
    table
}

/// Whether the two can be bytes of one sequence in some code page.
fn may_be_pair(a: char, b: char) -> bool {
    let pages = CODE_PAGES.images(a);
    (pages.leads | pages.tails) & CODE_PAGES.images(b).tails != 0 || (a == 'Ã' && b == ' ')
}

fn class_of(char: char) -> Option<Class> {
    let class = match char {
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        '\u{1B}' | '\u{9B}' => Class::Escape,
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

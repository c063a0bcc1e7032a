//! One line read as UTF-8 that a code page was mistaken for.

use unicode_script::{Script, UnicodeScript};

use super::code_pages::{CODE_PAGES, N_PAGES, PageSet};
use super::oddness::{Kind, is_odd, kind};

/// A character of a line and the bytes of the text that it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) char: char,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether it was read out of other characters.
    pub(super) mended: bool,
}

/// What reading a line in one code page shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// Sequences that never occur in sound text.
    pub(super) strong: usize,
    /// Other sequences that are made of letters only.
    pub(super) only_letters: usize,
    /// Sequences in all.
    pub(super) n: usize,
    /// Sequences that make no sense when read, and stay.
    pub(super) refused: usize,
    /// Characters beyond ASCII that are in no sequence.
    pub(super) genuine: usize,
    /// Whether all that it found is one sign such as `«`, which is little to go by in a rare code page.
    pub(super) only_a_sign: bool,
    /// Letters that few languages have, and oddities that it would leave.
    pub(super) unusual: usize,
    /// Whether ISO 8859-2 explains as much as windows-1250 and reads otherwise.
    pub(super) twin: bool,
    /// Whether another page explains as much and reads otherwise.
    pub(super) ambiguous: bool,
    /// The code page.
    pub(super) page: usize,
}

/// A sequence: glyphs `from..to` are the bytes of `char`.
#[derive(Clone, Copy, Debug)]
struct Sequence {
    from: usize,
    to: usize,
    char: char,
}

/// Buffers of a reading, reused from line to line.
#[derive(Debug, Default)]
pub(super) struct Reader {
    sequences: Vec<Sequence>,
}

/// Code pages in which two neighbours that never stand together are bytes of one sequence.
pub(super) fn suspected_pages(line: &[Glyph]) -> PageSet {
    let mut pages = 0;
    for at in 1..line.len() {
        let (a, b) = (line[at - 1].char, line[at].char);
        if !a.is_ascii() {
            pages |= pages_of_pair(char_at(line, at.checked_sub(2)), a, b, char_at(line, Some(at + 1)));
        }
    }
    pages
}

/// Code pages in which `a` and `b` are bytes of one sequence, if they look odd between `before` and `after`.
pub(crate) fn pages_of_pair(before: char, a: char, b: char, after: char) -> PageSet {
    let leads = CODE_PAGES.images(a).leads;
    // The last byte of à shows as a no-break space, which editors turn into a space.
    let tails = if b == ' ' && a == 'Ã' { leads } else { CODE_PAGES.images(b).tails };
    let pages = leads & tails;
    let broken = is_control(b) || (kind(b) == Kind::Box && after.is_alphabetic());
    let first = broken || is_odd(a, b, after) || is_odd(before, a, b) || is_odd_in_word(before, a, b, after);
    // The second and third byte of a longer sequence.
    let inner = CODE_PAGES.images(a).tails & tails & CODE_PAGES.images(before).leads;
    let later = inner != 0 && (is_control(b) || is_odd(a, b, after));
    (if first { pages } else { 0 }) | (if later { inner } else { 0 })
}

/// Whether no text means the character, but a byte might have become it.
const fn is_control(char: char) -> bool {
    matches!(char, '\u{80}'..='\u{9F}' | '\u{AD}')
}

/// Whether a no-break space parts what reads well as one word: `GÃ idhlig`.
fn is_odd_in_word(before: char, a: char, b: char, after: char) -> bool {
    b == '\u{A0}' && a.is_uppercase() && before.is_uppercase() && after.is_lowercase()
}

fn char_at(line: &[Glyph], at: Option<usize>) -> char {
    at.and_then(|at| line.get(at)).map_or('\0', |glyph| glyph.char)
}

impl Reader {
    /// Writes `line` as read in `page` to `out`.
    pub(super) fn read(&mut self, line: &[Glyph], page: usize, out: &mut Vec<Glyph>) -> Evidence {
        self.find_sequences(line, page);
        let mut evidence = Evidence { only_a_sign: page != 0, page, ..Evidence::default() };
        out.clear();
        let mut from = 0;
        for index in 0..self.sequences.len() {
            let sequence = self.sequences[index];
            out.extend_from_slice(&line[from..sequence.from]);
            from = sequence.from;
            if !self.makes_sense(line, index) {
                evidence.refused += 1;
                continue;
            }
            evidence.n += 1;
            if is_strong(line, &sequence) {
                evidence.strong += 1;
            } else if line[sequence.from..sequence.to].iter().all(|glyph| kind(glyph.char).is_letter()) {
                evidence.only_letters += 1;
            }
            evidence.only_a_sign &= is_sign(line, &sequence);
            let (start, end) = (line[sequence.from].start, line[sequence.to - 1].end);
            out.push(Glyph { char: sequence.char, start, end, mended: true });
            from = sequence.to;
        }
        out.extend_from_slice(&line[from..]);
        let is_genuine = |glyph: &&Glyph| {
            let char = glyph.char;
            !glyph.mended && !char.is_ascii() && !matches!(char, '\u{80}'..='\u{A0}' | '\u{AD}' | '\u{FFFD}')
        };
        evidence.genuine = out.iter().filter(is_genuine).count();
        evidence
    }

    fn find_sequences(&mut self, line: &[Glyph], page: usize) {
        self.sequences.clear();
        let mut at = 0;
        while at < line.len() {
            if line[at].char.is_ascii() {
                at += 1;
                continue;
            }
            match sequence_at(line, at, page) {
                Some(sequence) => {
                    at = sequence.to;
                    self.sequences.push(sequence);
                }
                None => at += 1,
            }
        }
    }

    /// Whether the character of a sequence is one that may stand where it would stand.
    fn makes_sense(&self, line: &[Glyph], index: usize) -> bool {
        let Sequence { from, to, char, .. } = self.sequences[index];
        let left = match index.checked_sub(1).map(|before| self.sequences[before]) {
            Some(before) if before.to == from => before.char,
            _ => char_at(line, from.checked_sub(1)),
        };
        let right = match self.sequences.get(index + 1) {
            Some(next) if next.from == to => next.char,
            _ => char_at(line, Some(to)),
        };
        if char.script() == Script::Latin && char.is_alphabetic() {
            let before_left = char_at(line, from.checked_sub(2));
            let shouted = left.is_uppercase() && (right.is_uppercase() || before_left.is_uppercase());
            return !(char.is_lowercase() && shouted);
        }
        // A word that ends in âš and the space behind it are no symbol.
        if to - from > 2 && !char.is_alphabetic() && left.is_alphabetic() && is_word(&line[from..to]) {
            return false;
        }
        match company(char) {
            // The prefix of a unit.
            Company::Of(_) if char == 'μ' && left.is_ascii_digit() && right.is_ascii_alphabetic() => true,
            Company::None => true,
            Company::Never => false,
            Company::Any => self.sequences.len() > 1,
            Company::Of(group) => {
                let same = |other: char| group_of(other) == Some(group);
                same(left) || same(right) || self.sequences.iter().filter(|one| same(one.char)).count() > 1
            }
        }
    }
}

/// Whether glyphs are letters and a space behind them.
fn is_word(glyphs: &[Glyph]) -> bool {
    let is_letter = |glyph: &Glyph| kind(glyph.char).is_letter();
    glyphs.split_last().is_some_and(|(last, rest)| matches!(last.char, ' ' | '\u{A0}') && rest.iter().all(is_letter))
}

/// Whether a sequence cannot be sound text where it stands.
fn is_strong(line: &[Glyph], sequence: &Sequence) -> bool {
    let Sequence { from, to, .. } = *sequence;
    let char = |at: usize| char_at(line, Some(at));
    let before = char_at(line, from.checked_sub(1));
    let mut last = before;
    for at in from..to {
        if is_odd(last, char(at), char(at + 1)) {
            return true;
        }
        last = char(at);
    }
    let control = (from..to).any(|at| is_control(char(at)));
    let drawn = kind(last) == Kind::Box && char(to).is_alphabetic();
    control || drawn || (to - from == 2 && is_odd_in_word(before, char(from), char(from + 1), char(to)))
}

/// Whether a sequence of two is a sign of Latin-1. ¿ and ¡ before a letter say more than the others.
fn is_sign(line: &[Glyph], sequence: &Sequence) -> bool {
    let (lead, tail) = (line[sequence.from].char, line[sequence.to - 1].char);
    let opens = matches!(sequence.char, '¿' | '¡') && char_at(line, Some(sequence.to)).is_alphabetic();
    let drawn = kind(lead) == Kind::Box && kind(tail).is_letter();
    matches!(sequence.char, '\u{80}'..='\u{BF}') && !opens && !drawn
}

fn sequence_at(line: &[Glyph], from: usize, page: usize) -> Option<Sequence> {
    let lead = CODE_PAGES.images(line[from].char).byte(page).filter(|byte| (0xC2..=0xF4).contains(byte))?;
    let n = match lead {
        ..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    let mut bytes = [lead, 0, 0, 0];
    let (mut lossy, mut space) = (false, false);
    for index in 1..n {
        let char = char_at(line, Some(from + index));
        let dagger = index == 2 && bytes[..2] == [0xE2, 0x80];
        bytes[index] = match char {
            ' ' if !dagger => {
                space = true;
                0xA0
            }
            '\u{FFFD}' | '?' => {
                lossy = true;
                0xBF
            }
            _ => match CODE_PAGES.images(char).byte(page).filter(|&byte| byte < 0xC0) {
                Some(byte) => byte,
                // The last byte of ” is one that several pages lack. A real † is rarer than that.
                None if dagger => {
                    return Some(Sequence { from, to: from + 2, char: '”' });
                }
                None => return None,
            },
        };
    }
    if lossy {
        return lossy_sequence(line, from, from + n);
    }
    let char = match std::str::from_utf8(&bytes[..n]) {
        Ok(text) => text.chars().next()?,
        Err(_) => return surrogates(line, from, page),
    };
    if !space {
        return Some(Sequence { from, to: from + n, char });
    }
    with_lost_space(line, from, n, char)
}

/// A sequence of which a byte became U+FFFD or a question mark: what it was cannot be known.
fn lossy_sequence(line: &[Glyph], from: usize, to: usize) -> Option<Sequence> {
    let inside = &line[from + 1..to];
    // `Ã?` may be a letter and a real question mark, unless the word goes on.
    let asked = inside.iter().any(|glyph| glyph.char == '?');
    let goes_on = char_at(line, Some(to));
    let real = asked && inside.len() == 1 && goes_on.is_ascii() && !goes_on.is_ascii_alphabetic();
    (!real && !inside.iter().any(|glyph| glyph.char == ' ')).then_some(Sequence { from, to, char: '\u{FFFD}' })
}

/// A sequence whose byte A0 was turned into a space. Behind a word that ends in à a space of its own is
/// likely to have been merged with it.
fn with_lost_space(line: &[Glyph], from: usize, n: usize, char: char) -> Option<Sequence> {
    let to = from + n;
    let whole = Sequence { from, to, char };
    if n > 2 {
        // Only one byte of a longer sequence can be a space.
        let n_spaces = line[from..to].iter().filter(|glyph| glyph.char == ' ').count();
        return (n_spaces == 1).then_some(whole);
    }
    match char {
        'à' => {
            let portuguese = char_at(line, Some(to)) == 's'
                && !char_at(line, Some(to + 1)).is_alphanumeric()
                && char_at(line, Some(to + 1)) != '\'';
            let doubled = char_at(line, Some(to)) == ' ';
            Some(if portuguese || doubled { whole } else { Sequence { to: to - 1, ..whole } })
        }
        '\u{A0}' => Some(Sequence { char: ' ', ..whole }),
        _ => (char.script() != Script::Common && char_at(line, Some(to)) != ' ').then_some(whole),
    }
}

/// A character beyond the first plane, written as two surrogates of three bytes each.
fn surrogates(line: &[Glyph], from: usize, page: usize) -> Option<Sequence> {
    let mut units = [0u16; 2];
    for (index, unit) in units.iter_mut().enumerate() {
        let byte = |at: usize| CODE_PAGES.images(char_at(line, Some(from + 3 * index + at))).byte(page);
        let (0xED, second, third) = (byte(0)?, byte(1)?, byte(2)?) else { return None };
        *unit = 0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F);
    }
    let char = char::decode_utf16(units).next()?.ok()?;
    Some(Sequence { from, to: from + 6, char })
}

/// What must be about for a character to be believed.
enum Company {
    None,
    /// Any other sequence.
    Any,
    /// Another character of its script, beside it or read out of the same line.
    Of(Group),
    Never,
}

/// A script, or several that are written together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    EastAsian,
    Script(Script),
}

fn company(char: char) -> Company {
    match u32::from(char) {
        // Signs of Latin-1 and controls that the next round may read; typography, arrows, symbols, pictures.
        0x80..=0xBF | 0xD7 | 0xF7 | 0x2C6 | 0x2C7 | 0x2D8..=0x2DD => Company::None,
        0x2010..=0x2044 | 0x20A0..=0x20BF | 0x2100..=0x24FF | 0x25A0..=0x27BF | 0x2900..=0x2BFF => Company::None,
        0x200B..=0x200F | 0xFB00..=0xFB06 | 0xFE0F | 0xFEFF | 0xFFFC | 0xFFFD => Company::None,
        0x1F000..=0x1FAFF => Company::None,
        0xE000..=0xF8FF | 0xF0000.. => Company::Never,
        _ => match group_of(char) {
            Some(group) => Company::Of(group),
            None => Company::Any,
        },
    }
}

fn group_of(char: char) -> Option<Group> {
    use Script::{Bopomofo, Common, Han, Hangul, Hiragana, Inherited, Katakana, Latin, Unknown};
    match char.script() {
        Common | Inherited | Latin | Unknown => None,
        Han | Hangul | Hiragana | Katakana | Bopomofo => Some(Group::EastAsian),
        script => Some(Group::Script(script)),
    }
}

/// All code pages of a set, in order.
pub(super) fn each_page(pages: PageSet) -> impl Iterator<Item = usize> {
    (0..N_PAGES).filter(move |page| pages & (1 << page) != 0)
}

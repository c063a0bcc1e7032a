//! The form of each block: length, end mark, case, place. Shared by the rules and the block model.

use cleancopy_core::{Measure, Page};

use crate::words::{MadeFor, Word, Words};

/// How a block ends, closing quotes and brackets left aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// No mark.
    #[default]
    None,
    /// The full stop of a sentence, in any script.
    Stop,
    /// `?` or `!`.
    Call,
    /// A colon.
    Colon,
    /// `…` or `...`.
    Ellipsis,
    /// A comma, semicolon or dash.
    Open,
}

/// The form of one block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    /// Words; two characters of a script without spaces count as one.
    pub words: u32,
    /// Sentences begun, at least one if there is a word.
    pub sentences: u32,
    /// Words that begin with a capital.
    pub uppers: u32,
    /// Words of capitals only.
    pub caps: u32,
    /// Words that begin with a digit.
    pub digits: u32,
    /// How it ends.
    pub end: End,
    /// Ends inside a quotation or bracket that a sentence mark precedes.
    pub first_flags: u16,
}

impl Shape {
    /// Running text: long enough, with the end mark of a sentence.
    pub(crate) fn is_prose(&self) -> bool {
        self.words >= MIN_PROSE && matches!(self.end, End::Stop | End::Call | End::Colon | End::Ellipsis)
            || self.words >= 2 * MIN_PROSE && self.sentences > 1
    }

    /// Whether it ends like a sentence.
    pub(crate) fn ends_sentence(&self) -> bool {
        matches!(self.end, End::Stop | End::Call | End::Ellipsis)
    }
}

/// Words from which a block that ends like a sentence counts as running text.
const MIN_PROSE: u32 = 12;

/// The forms of all blocks.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    all: Vec<Shape>,
    made_for: MadeFor,
    /// The forms of the blocks of the text before.
    before: Vec<Shape>,
}

impl Shapes {
    /// The form of one block.
    pub(crate) fn of(&self, block: usize) -> &Shape {
        &self.all[block]
    }

    /// The forms of all blocks.
    pub(crate) fn all(&self) -> &[Shape] {
        &self.all
    }
}

impl Measure for Shapes {
    fn measure(&mut self, page: &Page<'_>) {
        let words = page.measured::<Words>();
        let origins = words.origins(&mut self.made_for);
        std::mem::swap(&mut self.all, &mut self.before);
        self.all.clear();
        for (index, block) in page.blocks.iter().enumerate() {
            if let Some(&Some(origin)) = origins.get(index) {
                self.all.push(self.before[origin as usize]);
                continue;
            }
            let of_block = words.of(index);
            let mut shape = Shape { end: end_of(block.span.in_text(page.text)), ..Shape::default() };
            let mut n_glyphs = 0;
            for words in of_block.chunks(MAX_COUNTED) {
                let counts = words.iter().fold(0, |counts, word| counts + COUNTED[usize::from(word.flags & 0xFF)]);
                let count = |at: usize| (counts >> (at * COUNT_BITS)) as u32 & MAX_COUNTED as u32;
                n_glyphs += count(0);
                shape.sentences += count(1);
                shape.uppers += count(2);
                shape.caps += count(3);
                shape.digits += count(4);
            }
            shape.words = of_block.len() as u32 - n_glyphs / 2;
            shape.first_flags = of_block.first().map_or(0, |word| word.flags);
            self.all.push(shape);
        }
    }
}

/// Bits of one of the counts that are added up in one number.
const COUNT_BITS: usize = 12;

/// Most words that one such number counts.
const MAX_COUNTED: usize = (1 << COUNT_BITS) - 1;

/// What a word with the flags adds to the counts of glyphs, sentences, capitals, words of capitals, numbers.
const COUNTED: [u64; 256] = {
    let counted = [Word::GLYPH, Word::OPENS, Word::UPPER, Word::CAPS, Word::DIGIT];
    let mut table = [0; 256];
    let mut flags = 0;
    while flags < 256 {
        let mut at = 0;
        while at < counted.len() {
            if flags as u16 & counted[at] != 0 {
                table[flags] |= 1 << (at * COUNT_BITS);
            }
            at += 1;
        }
        flags += 1;
    }
    table
};

/// How `text` ends.
pub(crate) fn end_of(text: &str) -> End {
    match text.as_bytes().last() {
        Some(byte) if byte.is_ascii_alphanumeric() => return End::None,
        Some(b'.') if !text.ends_with("..") => return End::Stop,
        _ => {}
    }
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '」' | '』' | '）' | '*' | '_')
    });
    if text.ends_with("...") {
        return End::Ellipsis;
    }
    match text.chars().next_back() {
        Some('.' | '。' | '．' | '।' | '۔') => End::Stop,
        Some('?' | '!' | '？' | '！' | '؟') => End::Call,
        Some(':' | '：') => End::Colon,
        Some('…') => End::Ellipsis,
        Some(',' | ';' | '-' | '–' | '—' | '、' | '，' | '،' | '؛') => End::Open,
        _ => End::None,
    }
}

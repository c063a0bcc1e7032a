//! What the long paragraphs of a text speak of, and how much of a block is told there too.

use cleancopy_core::{Measure, Page};

use crate::cells::step;
use crate::words::{Word, Words};

/// Bits of a set of words.
const BITS: usize = 1 << 14;

/// Bytes from which a word carries content, and from which one with a capital inside a sentence does.
const MIN_CONTENT: u32 = 5;
const MIN_NAME: u32 = 3;

/// Words of a block that are looked up.
const MAX_LOOKED_UP: usize = 24;

/// The words of a page that carry content, block by block.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    all: Vec<Content>,
    /// For each block, the index of its first; one more at the end.
    firsts: Vec<u32>,
}

impl Contents {
    /// Those of one block.
    pub(crate) fn of(&self, block: usize) -> &[Content] {
        &self.all[self.firsts[block] as usize..self.firsts[block + 1] as usize]
    }
}

impl Measure for Contents {
    fn measure(&mut self, page: &Page<'_>) {
        let words = page.measured::<Words>();
        self.firsts.clear();
        self.all.clear();
        self.all.resize(words.from(0).len(), Content::default());
        let mut n = 0;
        for block in 0..page.blocks.len() {
            self.firsts.push(n as u32);
            n += contents(words.of(block), &mut self.all[n..]);
        }
        self.firsts.push(n as u32);
    }
}

/// A word that carries content, or a pair of characters, by the place of its bit, and why it does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Content {
    bit: u16,
    long: bool,
    name: bool,
    /// Stands among the first words of its block.
    early: bool,
}

/// Writes those of some words and returns their number. Which words carry content is hardly foreseen, so that nothing
/// branches on it.
fn contents(words: &[Word], into: &mut [Content]) -> usize {
    let mut n = 0;
    let mut before = None;
    for (at, word) in words.iter().enumerate() {
        let early = at < MAX_LOOKED_UP;
        if word.has(Word::GLYPH) {
            if let Some(before) = before {
                let bit = bit(u32::rotate_left(before, 9) ^ word.hash);
                into[n] = Content { bit, long: true, name: false, early };
                n += 1;
            }
            before = Some(word.hash);
            continue;
        }
        before = None;
        let n_bytes = word.end - word.start;
        let long = n_bytes >= MIN_CONTENT && !word.has(Word::DIGIT);
        let name = n_bytes >= MIN_NAME && word.flags & (Word::UPPER | Word::OPENS) == Word::UPPER;
        into[n] = Content { bit: bit(word.hash), long, name, early };
        n += usize::from(long | name);
    }
    n
}

/// The words of long paragraphs, by hash.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Words of one paragraph at least.
    once: Vec<u64>,
    /// Words of two.
    twice: Vec<u64>,
}

/// The levels of a [`Share`].
pub(crate) const SHARES_TOLD: &[&str] = &["no-names", "untold", "to-34%-told", "to-67%-told", "told"];

/// How much of a block is told in other paragraphs, as levels: it has no such words, none of them, a third of them, two
/// thirds, more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// Of its long words; of pairs of characters in scripts without spaces.
    pub words: u8,
    /// Of its words that have a capital inside a sentence.
    pub names: u8,
}

impl Told {
    pub(crate) fn clear(&mut self) {
        for set in [&mut self.once, &mut self.twice] {
            set.clear();
            set.resize(BITS / 64, 0);
        }
    }

    /// Takes the words of a paragraph.
    pub(crate) fn tell(&mut self, contents: &[Content]) {
        // What one paragraph says twice is told once.
        for bit in contents.iter().map(|content| usize::from(content.bit)) {
            self.twice[bit / 64] |= self.once[bit / 64] & 1 << (bit % 64);
        }
        for bit in contents.iter().map(|content| usize::from(content.bit)) {
            self.once[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// How much of a block is told in paragraphs other than itself, by its first words; `tells` says that it is one of them.
    pub(crate) fn of(&self, contents: &[Content], tells: bool) -> Share {
        let told = if tells { &self.twice } else { &self.once };
        let (mut of_words, mut of_names) = ((0, 0), (0, 0));
        for content in contents.iter().take_while(|content| content.early) {
            let bit = usize::from(content.bit);
            let is_told = (told[bit / 64] >> (bit % 64)) as u32 & 1;
            let (long, name) = (u32::from(content.long), u32::from(content.name));
            of_words = (of_words.0 + long, of_words.1 + (long & is_told));
            of_names = (of_names.0 + name, of_names.1 + (name & is_told));
        }
        Share { words: level(of_words), names: level(of_names) }
    }
}

fn bit(hash: u32) -> u16 {
    (hash.wrapping_mul(0x9E37_79B1) >> 18) as u16
}

fn level((n, n_told): (u32, u32)) -> u8 {
    match (n_told * 100).checked_div(n) {
        None => 0,
        Some(_) if n_told == 0 => 1,
        Some(share) => 2 + step(share, &[34, 67]).min(2) as u8,
    }
}

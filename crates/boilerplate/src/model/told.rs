//! What the long paragraphs of a text speak of, and how much of a block is told there too.

use crate::cells::step;
use crate::words::Word;

/// Bits of a set of words.
const BITS: usize = 1 << 14;

/// Bytes from which a word carries content, and from which one with a capital inside a sentence does.
const MIN_CONTENT: u32 = 5;
const MIN_NAME: u32 = 3;

/// Words of a block that are looked up.
const MAX_LOOKED_UP: usize = 24;

/// The words of long paragraphs, by hash.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Words of one paragraph at least.
    once: Vec<u64>,
    /// Words of two.
    twice: Vec<u64>,
    /// Those of the block that is read.
    contents: Vec<Content>,
}

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
    pub(crate) fn tell(&mut self, words: &[Word]) {
        contents(words, &mut self.contents);
        // What one paragraph says twice is told once.
        for bit in self.contents.iter().map(|content| usize::from(content.bit)) {
            self.twice[bit / 64] |= self.once[bit / 64] & 1 << (bit % 64);
        }
        for bit in self.contents.iter().map(|content| usize::from(content.bit)) {
            self.once[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// How much of a block is told in paragraphs other than itself; `tells` says that it is one of them.
    pub(crate) fn of(&mut self, words: &[Word], tells: bool) -> Share {
        contents(&words[..words.len().min(MAX_LOOKED_UP)], &mut self.contents);
        let told = if tells { &self.twice } else { &self.once };
        let (mut of_words, mut of_names) = ((0, 0), (0, 0));
        for content in &self.contents {
            let bit = usize::from(content.bit);
            let is_told = (told[bit / 64] >> (bit % 64)) as u32 & 1;
            let (long, name) = (u32::from(content.long), u32::from(content.name));
            of_words = (of_words.0 + long, of_words.1 + (long & is_told));
            of_names = (of_names.0 + name, of_names.1 + (name & is_told));
        }
        Share { words: level(of_words), names: level(of_names) }
    }
}

/// A word that carries content, or a pair of characters, by the place of its bit, and why it does.
#[derive(Clone, Copy, Debug, Default)]
struct Content {
    bit: u16,
    long: bool,
    name: bool,
}

/// Those of some words. Which of them carry content is hardly foreseen, so that nothing branches on it.
fn contents(words: &[Word], into: &mut Vec<Content>) {
    into.clear();
    into.resize(words.len(), Content::default());
    let mut n = 0;
    let mut before = None;
    for word in words {
        if word.has(Word::GLYPH) {
            if let Some(before) = before {
                into[n] = Content { bit: bit(u32::rotate_left(before, 9) ^ word.hash), long: true, name: false };
                n += 1;
            }
            before = Some(word.hash);
            continue;
        }
        before = None;
        let n_bytes = word.end - word.start;
        let long = n_bytes >= MIN_CONTENT && !word.has(Word::DIGIT);
        let name = n_bytes >= MIN_NAME && word.flags & (Word::UPPER | Word::OPENS) == Word::UPPER;
        into[n] = Content { bit: bit(word.hash), long, name };
        n += usize::from(long | name);
    }
    into.truncate(n);
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

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
    /// Those of the paragraph that is being told.
    bits: Vec<u16>,
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
        // What one paragraph says twice is told once.
        self.bits.clear();
        contents(words, &mut |bit, _| {
            self.twice[bit / 64] |= self.once[bit / 64] & 1 << (bit % 64);
            self.bits.push(bit as u16);
        });
        for bit in self.bits.iter().map(|&bit| usize::from(bit)) {
            self.once[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// How much of a block is told in paragraphs other than itself; `tells` says that it is one of them.
    pub(crate) fn of(&self, words: &[Word], tells: bool) -> Share {
        let told = if tells { &self.twice } else { &self.once };
        let (mut of_words, mut of_names) = ((0, 0), (0, 0));
        contents(&words[..words.len().min(MAX_LOOKED_UP)], &mut |bit, content| {
            let is_told = u32::from(told[bit / 64] & 1 << (bit % 64) != 0);
            if content.long {
                of_words = (of_words.0 + 1, of_words.1 + is_told);
            }
            if content.name {
                of_names = (of_names.0 + 1, of_names.1 + is_told);
            }
        });
        Share { words: level(of_words), names: level(of_names) }
    }
}

/// Why a word carries content.
struct Content {
    long: bool,
    name: bool,
}

/// Gives the bit of each word that carries content, or pair of characters, to `sink`.
fn contents(words: &[Word], sink: &mut impl FnMut(usize, Content)) {
    let mut before: Option<&Word> = None;
    for word in words {
        let n_bytes = word.end - word.start;
        if word.has(Word::GLYPH) {
            if let Some(before) = before.filter(|before| before.has(Word::GLYPH)) {
                sink(bit(before.hash.rotate_left(9) ^ word.hash), Content { long: true, name: false });
            }
        } else {
            let long = n_bytes >= MIN_CONTENT && !word.has(Word::DIGIT);
            let name = n_bytes >= MIN_NAME && word.has(Word::UPPER) && !word.has(Word::OPENS);
            if long || name {
                sink(bit(word.hash), Content { long, name });
            }
        }
        before = Some(word);
    }
}

fn bit(hash: u32) -> usize {
    hash.wrapping_mul(0x9E37_79B1) as usize >> 18
}

fn level((n, n_told): (u32, u32)) -> u8 {
    match (n_told * 100).checked_div(n) {
        None => 0,
        Some(_) if n_told == 0 => 1,
        Some(share) => 2 + step(share, &[34, 67]).min(2) as u8,
    }
}

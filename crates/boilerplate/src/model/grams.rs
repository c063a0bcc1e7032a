//! Words and pairs of neighbouring words of a block, hashed into a fixed number of places.

use std::ops::Range;

use crate::words::Word;

/// Number of places.
pub(crate) const N_GRAMS: usize = 1 << 15;

/// Words of a block that are read from its beginning, and from its end.
const READ: (usize, usize) = (28, 12);

/// Put before the first and after the last word.
const EDGES: (u32, u32) = (0x5EED_0001, 0x5EED_0002);

/// Stands for any number.
const NUMBER: u32 = 0x5EED_0003;

/// Gives the place of each word and pair of `words` to `sink`.
pub(crate) fn grams(words: &[Word], sink: &mut impl FnMut(usize)) {
    located_grams(words, &mut |place, _| sink(place));
}

/// Gives the place of each word and pair of `words` to `sink`, and which words it is made of.
pub(crate) fn located_grams(words: &[Word], sink: &mut impl FnMut(usize, Range<usize>)) {
    let (head, tail) = if words.len() <= READ.0 + READ.1 {
        (words, &words[..0])
    } else {
        (&words[..READ.0], &words[words.len() - READ.1..])
    };
    let n_left_out = words.len() - head.len() - tail.len();
    let mut before = EDGES.0;
    for (at, word) in head.iter().chain(tail).enumerate() {
        let hash = if word.has(Word::DIGIT) { NUMBER } else { word.hash };
        if at == READ.0 {
            before = hash; // the words between are not read
            continue;
        }
        let index = if at < READ.0 { at } else { at + n_left_out };
        if !word.has(Word::GLYPH) {
            sink(place(hash), index..index + 1);
        }
        sink(place(before.rotate_left(9) ^ hash), index.saturating_sub(1)..index + 1);
        before = hash;
    }
    sink(place(before.rotate_left(9) ^ EDGES.1), words.len().saturating_sub(1)..words.len());
}

const fn place(hash: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> 17) as usize
}

//! Words and pairs of neighbouring words of a block, hashed into a fixed number of places.

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
    let (head, tail) = if words.len() <= READ.0 + READ.1 {
        (words, &words[..0])
    } else {
        (&words[..READ.0], &words[words.len() - READ.1..])
    };
    let mut before = EDGES.0;
    for (at, word) in head.iter().chain(tail).enumerate() {
        let hash = if word.has(Word::DIGIT) { NUMBER } else { word.hash };
        if at == READ.0 {
            before = hash; // the words between are not read
            continue;
        }
        if !word.has(Word::GLYPH) {
            sink(place(hash));
        }
        sink(place(before.rotate_left(9) ^ hash));
        before = hash;
    }
    sink(place(before.rotate_left(9) ^ EDGES.1));
}

const fn place(hash: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> 17) as usize
}

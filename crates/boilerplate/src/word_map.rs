//! What single words mean: a small map from the hashes of words, asked for every word of a text.

use crate::slots::Slots;
use crate::words::split;

/// Bits of a hash by which most words are refused.
const BITS: u32 = 14;

/// A map from hashes of words.
pub(crate) struct WordMap<V> {
    /// Bit set over the low [`BITS`] bits of the hashes.
    known: Box<[u64; (1 << BITS) / 64]>,
    values: Slots<u32, V>,
}

impl<V: Copy> WordMap<V> {
    /// The map of `lines`, each a meaning and the words that have it. The first meaning of a word wins.
    pub(crate) fn of<'t>(lines: impl Iterator<Item = (V, &'t str)>) -> Self {
        let mut entries = Vec::new();
        for (value, words) in lines {
            split(words, 0, &mut |word| entries.push((word.hash, value)));
        }
        let mut map = Self { known: Box::new([0; (1 << BITS) / 64]), values: Slots::with_room(entries.len()) };
        for (hash, value) in entries {
            let bit = bit(hash);
            map.known[bit >> 6] |= 1 << (bit & 63);
            map.values.add(hash, value);
        }
        map
    }

    /// Whether the word with the hash `hash` may mean anything: most do not.
    #[inline]
    pub(crate) fn may_have(&self, hash: u32) -> bool {
        let bit = bit(hash);
        self.known[bit >> 6] >> (bit & 63) & 1 != 0
    }

    /// What the word with the hash `hash` means.
    pub(crate) fn get(&self, hash: u32) -> Option<V> {
        if self.may_have(hash) { self.values.get(hash) } else { None }
    }
}

const fn bit(hash: u32) -> usize {
    (hash & ((1 << BITS) - 1)) as usize
}

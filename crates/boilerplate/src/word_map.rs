//! What single words mean: a small map from the hashes of words, asked for every word of a text.

use crate::words::split;

/// Bits of a hash by which most words are refused.
const BITS: u32 = 14;

/// A map from hashes of words.
pub(crate) struct WordMap<V> {
    /// Bit set over the low [`BITS`] bits of the hashes.
    known: Box<[u64; (1 << BITS) / 64]>,
    /// A table with open addressing.
    slots: Vec<Option<(u32, V)>>,
}

impl<V: Copy> WordMap<V> {
    /// The map of `lines`, each a meaning and the words that have it. The first meaning of a word wins.
    pub(crate) fn of<'t>(lines: impl Iterator<Item = (V, &'t str)>) -> Self {
        let mut entries = Vec::new();
        for (value, words) in lines {
            split(words, 0, &mut |word| entries.push((word.hash, value)));
        }
        let slots = vec![None; (2 * entries.len()).next_power_of_two()];
        let mut map = Self { known: Box::new([0; (1 << BITS) / 64]), slots };
        for (hash, value) in entries {
            let bit = bit(hash);
            map.known[bit >> 6] |= 1 << (bit & 63);
            let slot = map.slot(hash);
            map.slots[slot].get_or_insert((hash, value));
        }
        map
    }

    /// What the word with the hash `hash` means.
    pub(crate) fn get(&self, hash: u32) -> Option<V> {
        let bit = bit(hash);
        if self.known[bit >> 6] & (1 << (bit & 63)) == 0 {
            return None;
        }
        self.slots[self.slot(hash)].map(|(_, value)| value)
    }

    /// Where a word stands, or where it goes.
    fn slot(&self, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash.wrapping_mul(0x85eb_ca6b).rotate_right(15) as usize & mask;
        while self.slots[slot].is_some_and(|(known, _)| known != hash) {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

const fn bit(hash: u32) -> usize {
    (hash & ((1 << BITS) - 1)) as usize
}

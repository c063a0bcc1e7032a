//! How often a text says the same: buttons and labels of a page come again and again, sentences do not.

use crate::words::Word;

/// Words of a block that are compared.
const MAX_COMPARED: usize = 40;

/// Hashes of the words of the blocks of a text.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    of: Vec<u64>,
    sorted: Vec<u64>,
}

impl Alike {
    pub(crate) fn clear(&mut self) {
        self.of.clear();
    }

    /// Takes the words of the next block.
    pub(crate) fn push(&mut self, words: &[Word]) {
        let mix =
            |hash: u64, word: &Word| (hash ^ u64::from(word.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        self.of.push(words.iter().take(MAX_COMPARED).fold(words.len() as u64, mix));
    }

    /// Makes ready for questions, once all blocks are taken.
    pub(crate) fn sort(&mut self) {
        self.sorted.clone_from(&self.of);
        self.sorted.sort_unstable();
    }

    /// Number of other blocks with the words of a block.
    pub(crate) fn others(&self, block: usize) -> u32 {
        let hash = self.of[block];
        let first = self.sorted.partition_point(|&known| known < hash);
        (self.sorted.partition_point(|&known| known <= hash) - first) as u32 - 1
    }
}

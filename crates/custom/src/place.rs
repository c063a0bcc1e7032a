//! Where in a document a rule applies.

use cleancopy_core::Block;

/// Where a block must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Among the first three blocks, or in the first quarter of the text.
    Head,
    /// Among the last five blocks, or in the last third of the text.
    Tail,
    /// Not at the head.
    Below,
    /// Anywhere.
    Anywhere,
    /// Below a block that holds the rule's marker.
    After,
}

/// Blocks at the start of a document that are its head, however short it is.
const HEAD_BLOCKS: usize = 3;
/// Blocks at the end of a document that are its tail: small print has more lines than a headline.
const TAIL_BLOCKS: usize = 5;

/// Whether a block stands at the head and whether it stands at the tail of its document of `n_bytes`; a short document
/// is both.
pub fn place_of(index: usize, blocks: &[Block], n_bytes: usize) -> (bool, bool) {
    let span = blocks[index].span;
    let head = index < HEAD_BLOCKS || (span.end as usize) <= n_bytes / 4;
    let tail = index + TAIL_BLOCKS >= blocks.len() || (span.start as usize) >= n_bytes - n_bytes / 3;
    (head, tail)
}

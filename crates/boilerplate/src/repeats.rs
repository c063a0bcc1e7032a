//! Blocks that repeat others: one by one, as pull quotes, and as a second copy of the article.

use std::ops::Range;

use cleancopy_core::{Block, BlockKind, Kind, Measure, Page};

use crate::captions::Captions;
use crate::shape::Shapes;
use crate::words::{Word, Words};

/// Fewest words of a repeated block.
const MIN_WORDS: usize = 8;

/// Most repeated blocks of a document: more are an interview's questions, a list, a refrain.
const MAX_REPEATS: usize = 3;

/// Most blocks from one block of a copy of the article to the next whose words are long enough to be compared.
const MAX_GAP: u32 = 24;

/// Most blocks with the same words that are compared.
const MOST_ALIKE: usize = 8;

/// Part of the words in a copy that must be those of the original: headings and buttons between them may differ.
const MIN_SAME: f32 = 0.9;

/// Part of a document's words that a copy must have: clauses of contracts and steps of recipes repeat in a small part of
/// theirs.
const MIN_PART: f32 = 0.25;

/// Blocks at the start of a document in which a teaser may stand.
const MAX_TEASER: usize = 3;

/// Words from which a paragraph tells the story.
const MIN_TELLING: u32 = 20;

/// Most words of a pull quote, and how many more the paragraph must have that it was taken from.
const MAX_PULLED: usize = 40;
const MIN_MORE: usize = 3;

/// Blocks that repeat another one, or a part of one.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    /// Number of words with the first and the last of them, and index, of each block that may repeat another.
    outlines: Vec<(u64, u32)>,
    /// Of blocks that have the outline of another, a hash of the words and the index.
    hashes: Vec<(u64, u32)>,
    /// Equal blocks, the later one first.
    pairs: Vec<(u32, u32)>,
    equal: Vec<u32>,
    /// Hashes of the words of the blocks that a run repeats, with their indices.
    originals: Vec<(u64, u32)>,
    copied: Vec<u32>,
    /// First words of blocks that may be pull quotes, with the block.
    openers: Vec<(u32, u32)>,
    pulled: Vec<u32>,
}

impl Measure for Repeats {
    fn measure(&mut self, page: &Page<'_>) {
        let words = page.measured::<Words>();
        self.outlines.clear();
        self.hashes.clear();
        self.equal.clear();
        for (index, block) in page.blocks.iter().enumerate() {
            let (Some(first), Some(last)) = (words.of(index).first(), words.of(index).last()) else { continue };
            let n_words = words.of(index).len();
            if n_words >= MIN_WORDS && block.kind == BlockKind::Paragraph {
                let outline = (n_words as u64) << 32 ^ u64::from(first.hash) ^ u64::from(last.hash) << 16;
                self.outlines.push((outline, index as u32));
            }
        }
        self.outlines.sort_unstable();
        for same in self.outlines.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            self.hashes.extend(same.iter().map(|&(_, index)| (hash_of(words.of(index as usize)), index)));
        }
        self.hashes.sort_unstable();
        self.pairs.clear();
        self.copied.clear();
        for pair in self.hashes.windows(2) {
            let [(hash, first), (other, later)] = [pair[0], pair[1]];
            if hash == other && text(page, first) == text(page, later) {
                self.pairs.push((later, first));
            }
        }
        if self.pairs.len() > MAX_REPEATS {
            self.find_copies(page, words);
        } else {
            // What stands there three times is said of each thing in a list.
            let pairs = &self.pairs;
            let again = |&(later, first): &(u32, u32)| pairs.iter().any(|other| other.1 == later || other.0 == first);
            let lone = pairs.iter().copied().filter(|pair| !again(pair));
            // Above the first paragraphs stands a teaser of what is told below.
            let (shapes, captions) = (page.measured::<Shapes>(), page.measured::<Captions>());
            let tells = |&index: &usize| {
                let shape = shapes.of(index);
                shape.words >= MIN_TELLING && shape.is_prose() && !captions.has(index)
            };
            let n_above = (0..page.blocks.len()).find(tells).unwrap_or(0).max(MAX_TEASER);
            let teaser_or_repeat =
                |&(later, first): &(u32, u32)| if (first as usize) < n_above { first } else { later };
            self.equal.extend(lone.map(|pair| teaser_or_repeat(&pair)));
        }
        self.find_pulled(page, words);
    }
}

impl Repeats {
    /// The blocks of which one of two equal ones may go.
    pub(crate) fn equal(&self) -> &[u32] {
        &self.equal
    }

    /// The blocks of later copies of the article.
    pub(crate) fn copied(&self) -> &[u32] {
        &self.copied
    }

    /// The pull quotes whose words stand in a paragraph.
    pub(crate) fn pulled(&self) -> &[u32] {
        &self.pulled
    }

    /// Finds runs of blocks that repeat earlier ones in the same order and are a large part of the document.
    fn find_copies(&mut self, page: &Page<'_>, words: &Words) {
        // What a page shows beside its article goes first; the next round sees what is left.
        if page.kind == Kind::Html {
            return;
        }
        self.pairs.sort_unstable();
        let n_words = |range: Range<u32>| range.map(|index| words.of(index as usize).len()).sum::<usize>();
        let total = n_words(0..page.blocks.len() as u32);
        let mut rest = self.pairs.as_slice();
        while let Some(&(start, _)) = rest.first() {
            // A copy ends where another one begins: what is repeated is not repeated by the same run.
            let goes_on = |pair: &[(u32, u32)]| {
                let (a, b) = (pair[0], pair[1]);
                b.0 - a.0 <= MAX_GAP && b.1 > a.1 && b.1 - a.1 <= MAX_GAP && b.1 < start
            };
            let (run, others) = rest.split_at(1 + rest.windows(2).take_while(|pair| goes_on(pair)).count());
            rest = others;
            if run.len() <= MAX_REPEATS {
                continue;
            }
            let (Some(&(from, of)), Some(&(to, until))) = (run.first(), run.last()) else { continue };
            // The heading over the first of them is repeated too.
            let above = (1..=of.min(MAX_GAP)).take_while(|n| text(page, from - n) == text(page, of - n)).count() as u32;
            let (from, of) = (from - above, of - above);
            self.originals.clear();
            self.originals.extend((of..=until).map(|index| (hash_of(words.of(index as usize)), index)));
            self.originals.sort_unstable();
            let n_before = self.copied.len();
            for index in from..=to {
                let hash = hash_of(words.of(index as usize));
                let first = self.originals.partition_point(|(known, _)| *known < hash);
                // Lines of signs alone have no words to tell them apart.
                let mut same = self.originals[first..].iter().take_while(|(known, _)| *known == hash).take(MOST_ALIKE);
                if same.any(|&(_, known)| text(page, known) == text(page, index)) {
                    self.copied.push(index);
                }
            }
            let copied: usize = self.copied[n_before..].iter().map(|index| words.of(*index as usize).len()).sum();
            let is_copy =
                copied as f32 >= MIN_SAME * n_words(from..to + 1) as f32 && copied as f32 >= MIN_PART * total as f32;
            if !is_copy {
                self.copied.truncate(n_before);
            }
        }
        self.copied.sort_unstable();
        self.copied.dedup();
    }

    /// Finds blocks whose words stand in one paragraph.
    fn find_pulled(&mut self, page: &Page<'_>, words: &Words) {
        self.openers.clear();
        self.pulled.clear();
        // One bit for each hash of an opener, so that most words need no search.
        let bit = |hash: u32| 1u64 << (hash % 64);
        let mut bits = 0;
        for (index, block) in page.blocks.iter().enumerate().skip(MAX_TEASER) {
            if !is_called_pulled(page, block) {
                continue;
            }
            let of_block = words.of(index);
            if (MIN_WORDS..=MAX_PULLED).contains(&of_block.len())
                && matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote)
            {
                self.openers.push((of_block[0].hash, index as u32));
                bits |= bit(of_block[0].hash);
            }
        }
        if self.openers.is_empty() {
            return;
        }
        self.openers.sort_unstable();
        for (index, block) in page.blocks.iter().enumerate() {
            let of_block = words.of(index);
            if of_block.len() < MIN_WORDS + MIN_MORE || block.kind != BlockKind::Paragraph {
                continue;
            }
            for (at, word) in of_block.iter().enumerate().filter(|(_, word)| bits & bit(word.hash) != 0) {
                let from = self.openers.partition_point(|(hash, _)| *hash < word.hash);
                for &(_, short) in self.openers[from..].iter().take_while(|(hash, _)| *hash == word.hash) {
                    let pulled = words.of(short as usize);
                    let same = |(a, b): (&Word, &Word)| a.hash == b.hash;
                    if pulled.len() + MIN_MORE <= of_block.len()
                        && pulled.len() <= of_block.len() - at
                        && pulled.iter().zip(&of_block[at..]).all(same)
                    {
                        self.pulled.push(short);
                    }
                }
            }
        }
        self.pulled.sort_unstable();
        self.pulled.dedup();
        if self.pulled.len() > MAX_REPEATS {
            self.pulled.clear();
        }
    }
}

/// Whether the element of a block, or the one around it, is called a pull quote.
fn is_called_pulled(page: &Page<'_>, block: &Block) -> bool {
    let element = block.element.and_then(|at| page.elements.get(at as usize));
    let around = element.and_then(|element| page.elements.get(element.parent? as usize));
    [element, around].into_iter().flatten().any(|element| {
        ["pullquote", "pull-quote", "pull_quote", "pullQuote", "PullQuote"]
            .iter()
            .any(|name| element.class.contains(name))
    })
}

/// A hash of the words of a block.
fn hash_of(words: &[Word]) -> u64 {
    let mix =
        |hash: u64, word: &Word| (hash ^ u64::from(word.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    words.iter().fold(words.len() as u64, mix)
}

fn text<'t>(page: &Page<'t>, index: u32) -> &'t str {
    page.blocks[index as usize].span.in_text(page.text)
}

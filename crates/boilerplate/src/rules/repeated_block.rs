//! Blocks that stand there twice, and words of a paragraph shown once more beside it.
use cleancopy_core::{Block, BlockKind, Edits, Example, Measure, Page, Rule, Scope, Stage};

use crate::words::{Word, Words};

pub(crate) static RULE: Rule = Rule {
    id: "repeated-block",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes one of two blocks that are equal word for word: the first at the start of a document, else the second. Removes \
            a pull quote of a saved page whose words all stand in one longer paragraph of the text.",
    why: "Extractors take the caption or the deck of a page twice, from the picture and from its large view, and words that a \
          page shows in large type beside the paragraph they were taken from.",
    limits: "Needs eight words, and no more than three such blocks: a refrain, the questions of an interview and a recipe repeat \
             more. Lists and tables stay, and of what repeats a part the first blocks: headline, deck, lead.",
    source: "Form in the evaluation's development half.",
    examples: &[
        Example::changes(
            "The bell hangs in the harbour office of Penlow since May.\n\nIt rang.\n\nThe bell hangs in the harbour office of \
             Penlow since May.",
            "It rang.\n\nThe bell hangs in the harbour office of Penlow since May.",
        ),
        Example::changes(
            "<!doctype html><article><p>The bell of Penlow is back in its office since this morning.</p><p>It was found in a \
             barn near Orrin last week, under hay.</p><p>The barn belongs to nobody.</p><div class=\"pullquote\">Who takes a \
             bell of that size must have a reason</div><p>“Who takes a bell of that size must have a reason, and a cart,” the \
             harbour master said.</p></article>",
            "The bell of Penlow is back in its office since this morning.\n\nIt was found in a barn near Orrin last week, \
             under hay.\n\nThe barn belongs to nobody.\n\n“Who takes a bell of that size must have a reason, and a cart,” the \
             harbour master said.",
        ),
        Example::keeps("It rang.\n\nNobody knew why.\n\nIt rang."),
        Example::keeps(
            "The bell hangs in the harbour office of Penlow since May.\n\nThe bell hangs in the harbour office \
             of Penlow since June.",
        ),
    ],
    run,
};

/// Fewest words of a repeated block.
const MIN_WORDS: usize = 8;

/// Most repeated blocks of a document: more are an interview's questions, a list, a refrain.
const MAX_REPEATS: usize = 3;

/// Blocks at the start of a document in which a teaser may stand.
const MAX_TEASER: usize = 3;

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
    equal: Vec<u32>,
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
            self.hashes.extend(same.iter().map(|&(_, index)| {
                let of_block = words.of(index as usize);
                let mix = |hash: u64, word: &Word| {
                    (hash ^ u64::from(word.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
                };
                (of_block.iter().fold(of_block.len() as u64, mix), index)
            }));
        }
        self.hashes.sort_unstable();
        let text = |index: u32| page.blocks[index as usize].span.in_text(page.text);
        for pair in self.hashes.windows(2) {
            let [(hash, first), (other, later)] = [pair[0], pair[1]];
            if hash == other && text(first) == text(later) {
                // Above the first paragraphs stands a teaser of what is told below.
                self.equal.push(if (first as usize) < MAX_TEASER { first } else { later });
            }
        }
        if self.equal.len() > MAX_REPEATS {
            self.equal.clear();
        }
        self.find_pulled(page, words);
    }
}

impl Repeats {
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

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let found = page.measured::<Repeats>();
    for &index in found.equal.iter().chain(&found.pulled) {
        edits.remove_block(index as usize);
    }
}

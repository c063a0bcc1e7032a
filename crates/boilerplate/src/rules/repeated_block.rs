//! Blocks that stand there twice.
use cleancopy_core::{BlockKind, Edits, Example, Measure, Page, Rule, Scope, Stage};

use crate::words::{Word, Words};

pub(crate) static RULE: Rule = Rule {
    id: "repeated-block",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes one of two blocks that are equal word for word: the first at the start of a document, else the second.",
    why: "Extractors take the caption or the deck of a page twice, from the picture and from its large view.",
    limits: "Needs eight words, and no more than three such blocks: a refrain, the questions of an interview and a recipe repeat \
             more. Lists and tables stay.",
    source: "Form in the evaluation's development half.",
    examples: &[
        Example::changes(
            "The bell hangs in the harbour office of Penlow since May.\n\nIt rang.\n\nThe bell hangs in the harbour office of \
             Penlow since May.",
            "It rang.\n\nThe bell hangs in the harbour office of Penlow since May.",
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

/// Blocks that repeat another one.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    hashes: Vec<(u64, u32)>,
    repeats: Vec<u32>,
}

impl Measure for Repeats {
    fn measure(&mut self, page: &Page<'_>) {
        let words = page.measured::<Words>();
        self.hashes.clear();
        self.repeats.clear();
        for (index, block) in page.blocks.iter().enumerate() {
            let of_block = words.of(index);
            if of_block.len() >= MIN_WORDS && block.kind == BlockKind::Paragraph {
                let mix = |hash: u64, word: &Word| {
                    (hash ^ u64::from(word.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
                };
                self.hashes.push((of_block.iter().fold(of_block.len() as u64, mix), index as u32));
            }
        }
        self.hashes.sort_unstable();
        let text = |index: u32| page.blocks[index as usize].span.in_text(page.text);
        for pair in self.hashes.windows(2) {
            let [(hash, first), (other, later)] = [pair[0], pair[1]];
            if hash == other && text(first) == text(later) {
                // Above the first paragraphs stands a teaser of what is told below.
                self.repeats.push(if (first as usize) < MAX_TEASER { first } else { later });
            }
        }
        if self.repeats.len() > MAX_REPEATS {
            self.repeats.clear();
        }
    }
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for &index in &page.measured::<Repeats>().repeats {
        edits.remove_block(index as usize);
    }
}

//! The captions of a page that end with a credit.

use cleancopy_core::{Measure, Page, Span};

use crate::credit::{self, Credit};
use crate::cues::{Cue, CueSet, Cues};
use crate::shape::{End, Shapes, end_of};
use crate::voices::{Voice, voice};
use crate::words::{Word, Words};

/// Captions with their credits in brackets.
#[derive(Debug, Default)]
pub(crate) struct Captions {
    texts: String,
    of: Vec<Found>,
}

#[derive(Debug)]
struct Found {
    block: u32,
    /// Where the caption stands: the block, or its last sentence.
    span: Span,
    /// How it is kept, in [`Captions::texts`].
    text: Span,
}

/// Most words of a caption with a sure credit, and with the name of an agency alone.
const MAX_WORDS: (u32, u32) = (90, 30);

impl Captions {
    /// The captions: the block, where they stand in the text, and how they are kept.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, Span, &str)> {
        self.of.iter().map(|found| (found.block as usize, found.span, found.text.in_text(&self.texts)))
    }

    /// Whether a block is a caption.
    pub(crate) fn has(&self, block: usize) -> bool {
        self.of.binary_search_by_key(&(block as u32), |found| found.block).is_ok()
    }
}

impl Measure for Captions {
    fn measure(&mut self, page: &Page<'_>) {
        self.texts.clear();
        self.of.clear();
        let (words, cues, shapes) = (page.measured::<Words>(), page.measured::<Cues>(), page.measured::<Shapes>());
        for (index, block) in page.blocks.iter().enumerate() {
            const NEEDS: CueSet = CueSet::of(&[Cue::Credit, Cue::CreditLabel]);
            let shape = shapes.of(index);
            let text = block.span.in_text(page.text);
            let may_be = cues.hits_of(index).iter().any(|hit| NEEDS.has(hit.cue))
                || words.signs_of(index).copyright
                || text.ends_with('*');
            if !may_be && page.marks.is_empty() || shape.words > MAX_WORDS.0 || block.kind.protected() {
                continue;
            }
            let Some(credit) = credit::ending(page, index) else { continue };
            let span = caption_span(page, index, &credit);
            let told = Span::new(span.start, credit.span.start.max(span.start)).in_text(page.text).trim_end();
            if fits(told, shape.words, &credit) && !is_place(page, index, &credit) {
                let start = self.texts.len() as u32;
                let names = credit.names.in_text(page.text).trim();
                for part in [told, " (", names, ")"] {
                    self.texts.push_str(part);
                }
                let text = Span::new(start, self.texts.len() as u32);
                self.of.push(Found { block: index as u32, span, text });
            }
        }
    }
}

/// The block, or its last sentence where the ones before it report what somebody said: then the caption
/// was glued to a paragraph.
fn caption_span(page: &Page<'_>, index: usize, credit: &Credit) -> Span {
    let block = page.blocks[index].span;
    let words = page.measured::<Words>();
    let before = || words.of(index).iter().filter(|word| word.end <= credit.span.start);
    let last = before().rfind(|word| word.has(Word::OPENS)).map_or(block.start, |word| word.start);
    let reports = before()
        .take_while(|word| word.start < last)
        .any(|word| word.has(Word::QUOTED) || voice(word) == Some(Voice::Report));
    if reports { Span::new(last, block.end) } else { block }
}

/// Whether the block is where and for whom a report was written: `PENLOW, May 4 (Reuters)`.
fn is_place(page: &Page<'_>, index: usize, credit: &Credit) -> bool {
    let words = page.measured::<Words>();
    let mut before = words.of(index).iter().filter(|word| word.end <= credit.span.start);
    let labelled = page.measured::<Cues>().of(index).has(Cue::CreditLabel);
    !credit.sure && !labelled && before.all(|word| word.has(Word::UPPER) || word.has(Word::DIGIT))
}

/// Whether `words` with the credit after them are a caption.
fn fits(words: &str, n_words: u32, credit: &Credit) -> bool {
    if words.split_whitespace().nth(1).is_none() || matches!(end_of(words), End::Colon) {
        return false;
    }
    credit.sure || n_words <= MAX_WORDS.1 && end_of(words) == End::None
}

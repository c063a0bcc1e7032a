//! The captions of a page that end with a credit.

use cleancopy_core::{Measure, Page, Span};

use crate::credit::{self, Credit};
use crate::cues::{Cue, CueSet, Cues};
use crate::dates;
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
            if shape.words > MAX_WORDS.0 || block.kind.protected() {
                continue;
            }
            let may_be = cues.hits_of(index).iter().any(|hit| NEEDS.has(hit.cue))
                || words.signs_of(index).copyright
                || text.ends_with('*')
                || shape.end == End::None && (text.contains(" / ") || text.contains(". "))
                || !page.marks.is_empty();
            let credit = may_be.then(|| credit::ending(page, index)).flatten();
            let Some(credit) = credit else {
                if tells_a_picture(page, index) {
                    let start = self.texts.len() as u32;
                    self.texts.push_str(text);
                    let text = Span::new(start, self.texts.len() as u32);
                    self.of.push(Found { block: index as u32, span: block.span, text });
                }
                continue;
            };
            let span = caption_span(page, index, &credit);
            let told = Span::new(span.start, credit.span.start.max(span.start)).in_text(page.text).trim_end();
            let n_told =
                words.of(index).iter().filter(|word| word.start >= span.start && word.end <= credit.span.start).count();
            if n_told > 1 && fits(told, shape.words, &credit) && !is_place(page, index, &credit) {
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

/// Whether a block without a credit tells what a picture shows: it opens like a caption, or it says in the present
/// tense what somebody did on a full date, as captions of agencies do.
fn tells_a_picture(page: &Page<'_>, index: usize) -> bool {
    let (words, shape) = (page.measured::<Words>(), page.measured::<Shapes>().of(index));
    let set = page.measured::<Cues>().of(index);
    if shape.words < MIN_TOLD || shape.words > MAX_UNSIGNED || shape.sentences > 2 || !set.meets(TOLD) {
        return false;
    }
    let reports = words.of(index).iter().any(|word| word.has(Word::QUOTED) || voice(word) == Some(Voice::Report));
    let text = page.blocks[index].span.in_text(page.text);
    !reports && (set.has(Cue::CaptionLead) || dates::find(text).is_some_and(|line| line.published.is_some()))
}

/// Most sentences of a caption with a credit.
const MAX_SENTENCES: usize = 2;

/// Cues of a caption without a credit.
const TOLD: CueSet = CueSet::of(&[Cue::CaptionLead, Cue::CaptionVerb]);

/// Words of a caption without a credit.
const MIN_TOLD: u32 = 4;
const MAX_UNSIGNED: u32 = 50;

/// The block, or its last sentence where the ones before it report what somebody said or are many: then the caption
/// was glued to a paragraph.
fn caption_span(page: &Page<'_>, index: usize, credit: &Credit) -> Span {
    let block = page.blocks[index].span;
    let words = page.measured::<Words>();
    let before = || words.of(index).iter().filter(|word| word.end <= credit.span.start);
    let last = before().rfind(|word| word.has(Word::OPENS)).map_or(block.start, |word| word.start);
    let reports = before()
        .take_while(|word| word.start < last)
        .any(|word| word.has(Word::QUOTED) || voice(word) == Some(Voice::Report));
    let many = !page.measured::<Cues>().of(index).meets(TOLD)
        && before().filter(|word| word.has(Word::OPENS)).count() > MAX_SENTENCES;
    if reports || many { Span::new(last, block.end) } else { block }
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
    end_of(words) != End::Colon && (credit.sure || n_words <= MAX_WORDS.1 && end_of(words) == End::None)
}

//! The captions of a page that end with a credit.

use cleancopy_core::{Measure, Page, Span};

use crate::credit::{self, Credit};
use crate::cues::{Cue, CueSet, Cues};
use crate::shape::{End, Shapes, end_of};

/// Captions with their credits in brackets.
#[derive(Debug, Default)]
pub(crate) struct Captions {
    texts: String,
    of: Vec<(u32, Span)>,
}

/// Most words of a caption with a sure credit, and with the name of an agency alone.
const MAX_WORDS: (u32, u32) = (90, 30);

impl Captions {
    /// The blocks that are captions, each as it is kept.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.of.iter().map(|(index, span)| (*index as usize, span.in_text(&self.texts)))
    }

    /// Whether a block is a caption.
    pub(crate) fn has(&self, block: usize) -> bool {
        self.of.binary_search_by_key(&(block as u32), |(index, _)| *index).is_ok()
    }
}

impl Measure for Captions {
    fn measure(&mut self, page: &Page<'_>) {
        self.texts.clear();
        self.of.clear();
        let (cues, shapes) = (page.measured::<Cues>(), page.measured::<Shapes>());
        for (index, block) in page.blocks.iter().enumerate() {
            const NEEDS: CueSet = CueSet::of(&[Cue::Credit, Cue::CreditLabel]);
            let shape = shapes.of(index);
            let text = block.span.in_text(page.text);
            let may_be =
                cues.hits_of(index).iter().any(|hit| NEEDS.has(hit.cue)) || text.contains('©') || text.ends_with('*');
            if !may_be && page.marks.is_empty() || shape.words > MAX_WORDS.0 || block.kind.protected() {
                continue;
            }
            let Some(credit) = credit::ending(page, index) else { continue };
            let words = Span::new(block.span.start, credit.span.start).in_text(page.text).trim_end();
            if fits(words, shape.words, &credit) {
                let start = self.texts.len() as u32;
                let names = credit.names.in_text(page.text).trim();
                for part in [words, " (", names, ")"] {
                    self.texts.push_str(part);
                }
                self.of.push((index as u32, Span::new(start, self.texts.len() as u32)));
            }
        }
    }
}

/// Whether `words` with the credit after them are a caption.
fn fits(words: &str, n_words: u32, credit: &Credit) -> bool {
    if words.split_whitespace().nth(1).is_none() || matches!(end_of(words), End::Colon) {
        return false;
    }
    credit.sure || n_words <= MAX_WORDS.1 && end_of(words) == End::None
}

//! Captions with a credit.
use std::borrow::Cow;

use cleancopy_core::{Edits, Example, Field, MarkKind, Page, Rule, Scope, Span, Stage};

use crate::cues::{Cue, Cues};
use crate::shape::{End, Shapes, end_of};

pub(crate) static RULE: Rule = Rule {
    id: "caption",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves the words under a picture to `captions` where a credit at the end shows what they are.",
    why: "Without its picture a caption interrupts the article, or opens it with a sentence that is told again below.",
    limits: "A caption without a credit looks like any sentence and stays.",
    source: "Credit forms of agencies and photographers, listed in tables/credit.txt.",
    examples: &[
        Example::changes(
            "The gull on the roof in June (Photo: Pia Lund / Dorrin Today)\n\nThe gull on the roof of the town hall in \
             Dorrin flew away on Wednesday morning.",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning.",
        ),
        Example::keeps("The gull on the roof (seen here in June) flew away (to everybody's relief)"),
        Example::keeps("She took the photograph in June and sold it to Reuters, and to nobody else (she said)."),
    ],
    run,
};

/// A caption and its credit.
#[derive(Debug)]
pub(crate) struct Caption<'a> {
    words: &'a str,
    credit: &'a str,
}

/// Longest caption, bytes.
const MAX_BYTES: usize = 500;

/// Longest credit, bytes.
const MAX_CREDIT: usize = 90;

impl Caption<'_> {
    /// The caption as it is kept: its words, and its credit in brackets.
    fn text(&self) -> Cow<'_, str> {
        match (self.words, self.credit) {
            (words, "") => Cow::Borrowed(words),
            (words, credit) => Cow::Owned(format!("{words} ({credit})")),
        }
    }
}

/// Reads the block as a caption with its credit.
pub(crate) fn read<'a>(page: &Page<'a>, index: usize) -> Option<Caption<'a>> {
    let block = page.blocks[index];
    let text = block.span.in_text(page.text);
    if text.len() > MAX_BYTES || block.kind.protected() {
        return None;
    }
    if let Some(caption) = with_marked_credit(page, index) {
        return Some(caption);
    }
    let open = text.rfind('(').filter(|_| text.ends_with(')'))?;
    let words = text[..open].trim_end();
    let credit = text[open + 1..text.len() - 1].trim();
    let span = Span::new(block.span.start + open as u32, block.span.end);
    let is_credit = credit.len() <= MAX_CREDIT
        && !words.is_empty()
        && page.measured::<Cues>().hits_of(index).iter().any(|hit| hit.cue == Cue::Credit && span.covers(hit.span))
        && (credit.contains(['/', ':']) || credit.split_whitespace().count() <= 3);
    is_credit.then_some(Caption { words, credit })
}

/// A caption whose credit is set in bold at its end: `The gull in June **Pia Lund / Dorrin Today**`.
fn with_marked_credit<'a>(page: &Page<'a>, index: usize) -> Option<Caption<'a>> {
    let block = page.blocks[index].span;
    let first = page.marks.partition_point(|mark| mark.outer.start < block.start);
    let mark = page.marks[first..]
        .iter()
        .take_while(|mark| mark.outer.start < block.end)
        .filter(|mark| mark.kind == MarkKind::Strong && mark.outer.end == block.end)
        .last()?;
    let words = Span::new(block.start, mark.outer.start).in_text(page.text).trim_end();
    let credit = mark.inner.in_text(page.text).trim();
    let shape = *page.measured::<Shapes>().of(index);
    let named = credit.contains('/')
        || page
            .measured::<Cues>()
            .hits_of(index)
            .iter()
            .any(|hit| hit.cue == Cue::Credit && mark.inner.covers(hit.span));
    let fits = named && shape.end == End::None && end_of(words) != End::Colon && words.split_whitespace().count() >= 3;
    (fits && credit.len() <= MAX_CREDIT).then_some(Caption { words, credit })
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for index in 0..page.blocks.len() {
        if let Some(caption) = read(page, index) {
            edits.lift(Field::Caption, &caption.text());
            edits.remove_block(index);
        }
    }
}

//! Captions of saved pages.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Span, Stage};

use crate::credit;
use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-caption",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Moves the words under a picture to `captions`, their credit in brackets. What a picture of the article has in \
             its place for those who cannot see it becomes `image_alts`, unless the caption says the same.",
    why: "Without its picture a caption interrupts the article.",
    limits: "A caption that neither an element nor a name shows stays.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><figure><figcaption>The gull in June</figcaption></figure><p>The \
             gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.</p><p>It had been there since the spring, and nobody in the town could say what it \
             was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the caption of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

/// Longest caption that is kept as one, bytes.
const MAX_BYTES: usize = 1000;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let dom = page.measured::<Dom>();
    let is_caption = |index: usize| dom.fates().get(index) == Some(&Fate::In(Part::Caption));
    let mut caption = String::new();
    for index in (0..page.blocks.len()).filter(|index| is_caption(*index)) {
        edits.remove_block(index);
        credited(page, index, &mut caption);
        // A credit in an element of its own comes after the words that it belongs to.
        let next = index + 1;
        if is_caption(next) && Dom::is_credit(page, next) && !Dom::is_credit(page, index) && !caption.ends_with(')') {
            let names = credit::ending(page, next).map_or(page.blocks[next].span, |credit| credit.names);
            append_names(&mut caption, names.in_text(page.text));
        }
        let is_told =
            index > 0 && is_caption(index - 1) && Dom::is_credit(page, index) && !Dom::is_credit(page, index - 1);
        if caption.len() <= MAX_BYTES && !is_told {
            edits.lift(Field::Caption, &caption);
        }
    }
    for alt in dom.image_alts(page) {
        if !edits.lifted().all(Field::Caption).any(|caption| tells(caption, alt)) {
            edits.lift(Field::ImageAlt, alt);
        }
    }
}

/// Writes the caption at `index` with the credit that it ends with in brackets.
fn credited(page: &Page<'_>, index: usize, caption: &mut String) {
    let block = page.blocks[index].span;
    caption.clear();
    let words = credit::ending(page, index).map(|credit| {
        (Span::new(block.start, credit.span.start.max(block.start)).in_text(page.text).trim_end(), credit)
    });
    match words.filter(|(words, _)| words.contains(' ')) {
        Some((words, credit)) => {
            caption.push_str(words);
            append_names(caption, credit.names.in_text(page.text));
        }
        None => caption.push_str(block.in_text(page.text)),
    }
}

fn append_names(caption: &mut String, names: &str) {
    for part in [" (", names.trim(), ")"] {
        caption.push_str(part);
    }
}

/// Whether a caption says what stands in place of its picture, or begins with it.
fn tells(caption: &str, alt: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (caption, alt) = (letters(caption), letters(alt));
    caption.starts_with(&alt) || alt.starts_with(&caption)
}

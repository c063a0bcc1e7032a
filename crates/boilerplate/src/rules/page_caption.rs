//! Captions of saved pages.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-caption",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Moves the words under a picture to `captions`.",
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
    for (index, fate) in dom.fates().iter().enumerate() {
        if matches!(fate, Fate::In(Part::Caption)) {
            let caption = page.blocks[index].span.in_text(page.text);
            if caption.len() <= MAX_BYTES {
                edits.lift(Field::Caption, caption);
            }
            edits.remove_block(index);
        }
    }
}

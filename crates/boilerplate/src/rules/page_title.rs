//! Repeated titles of saved pages.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate};

pub(crate) static RULE: Rule = Rule {
    id: "page-title",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Moves the headline to `title` where it stands above or in the article.",
    why: "It is no sentence of the article.",
    limits: "Subheadings stay.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><h1>Gull leaves town hall</h1><p>The gull on the roof of the town \
             hall in Dorrin flew away on Wednesday morning, the clerk said.</p><p>It had been there \
             since the spring, and nobody in the town could say what it was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the title of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let dom = page.measured::<Dom>();
    for (index, fate) in dom.fates().iter().enumerate() {
        if matches!(fate, Fate::Title) {
            edits.lift(Field::Title, page.blocks[index].span.in_text(page.text));
            edits.remove_block(index);
        }
    }
}

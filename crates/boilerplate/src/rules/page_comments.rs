//! Comments of readers of saved pages.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-comments",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes the comments of readers.",
    why: "They are not the article, and others wrote them.",
    limits: "Comments that hold nearly all of a page's text stay.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><section id=\"comments\"><p>I saw it too, and it looked at me for \
             a long time, I can tell you.</p></section><p>The gull on the roof of the town hall in \
             Dorrin flew away on Wednesday morning, the clerk said.</p><p>It had been there since the \
             spring, and nobody in the town could say what it was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the comments of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    page.measured::<Dom>().remove(edits, |fate| matches!(fate, Fate::In(Part::Comments)));
}

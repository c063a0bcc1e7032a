//! Asides of saved pages.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-aside",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes side columns, widgets, and words that only screen readers tell.",
    why: "They stand beside the article, not in it.",
    limits: "An aside that holds most of the running text stays.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><aside><p>The weather in Dorrin: rain until Friday, then more \
             rain.</p></aside><p>The gull on the roof of the town hall in Dorrin flew away on \
             Wednesday morning, the clerk said.</p><p>It had been there since the spring, and nobody \
             in the town could say what it was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the aside of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    page.measured::<Dom>().remove(edits, |fate| matches!(fate, Fate::In(Part::Sidebar | Part::Widget | Part::Hidden)));
}

//! Links to other articles of saved pages.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-related",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes boxes, lists and lines that only lead to other articles.",
    why: "They are another article's headlines in the middle of this one.",
    limits: "Links inside a sentence stay, and so do lists that hold more than links, and lists of links to other sites.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><p><a href=/heron>Heron seen on the library roof on \
             Sunday</a></p><p>The gull on the roof of the town hall in Dorrin flew away on Wednesday \
             morning, the clerk said.</p><p>It had been there since the spring, and nobody in the town \
             could say what it was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the related of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    page.measured::<Dom>().remove(edits, |fate| matches!(fate, Fate::In(Part::Related | Part::Teaser) | Fate::Links));
}

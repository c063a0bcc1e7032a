//! Menus and bread crumbs of saved pages.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-navigation",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes menus, bread crumbs and page numbers of a saved page.",
    why: "They lead to other pages and say nothing of this one.",
    limits: "Decided by elements and names, so plain text is never touched.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><p>The gull \
             on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.</p><p>It had been there since the spring, and nobody in the town could say what it \
             was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the navigation of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    page.measured::<Dom>().remove(edits, |fate| matches!(fate, Fate::In(Part::Navigation)));
}

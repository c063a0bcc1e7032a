//! What is outside the article of saved pages.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate};

pub(crate) static RULE: Rule = Rule {
    id: "page-outside-article",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes what is not in the element that holds the article, and short lines before its \
             first and after its last paragraph. A deck among them becomes `subtitle`.",
    why: "A saved page is mostly other things.",
    limits: "A page without running text keeps its lines and is flagged `not-an-article` with a degree, 0.50 to 1.00: a rank, set by \
             hand, by which such pages can be sorted, and no probability; one with several articles \
             `several-articles`, a short one that ends at an ask to log in `login-wall`.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><p>The gull on the roof of the town hall in Dorrin flew away on \
             Wednesday morning, the clerk said.</p><p>It had been there since the spring, and nobody \
             in the town could say what it was waiting for.</p></article><div><p>Elsewhere on this \
             site: boats.</p></div>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "<p>The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.</p><p>It was Friday.</p>",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the outside article of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let dom = page.measured::<Dom>();
    if let Some(flag) = dom.not_an_article(page) {
        edits.flag(flag);
    }
    if dom.is_several() {
        edits.flag("several-articles");
    }
    if dom.is_walled(page) {
        edits.flag("login-wall");
    }
    if let Some(deck) = dom.deck().filter(|_| page.meta.first(Field::Subtitle).is_none()) {
        edits.lift(Field::Subtitle, page.blocks[deck].span.in_text(page.text));
    }
    dom.remove(edits, |fate| matches!(fate, Fate::Outside | Fate::Head | Fate::Tail));
}

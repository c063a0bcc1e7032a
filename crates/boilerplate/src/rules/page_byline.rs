//! Bylines and authors of saved pages.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::dates;
use crate::dom::{Dom, Fate, Part};
use crate::small_print;

pub(crate) static RULE: Rule = Rule {
    id: "page-byline",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes bylines, dates and notes on the author that the page names so. A date by the headline becomes `date` where none is declared.",
    why: "They are metadata, which the page also declares.",
    limits: "A name inside a sentence stays.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><div class=\"byline\">Pia Lund, harbour desk</div><p>The gull on \
             the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.</p><p>It had been there since the spring, and nobody in the town could say what it \
             was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the byline of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let dom = page.measured::<Dom>();
    if page.meta.first(Field::Date).is_none() {
        lift_date(page, &dom, edits);
    }
    dom.remove(edits, |fate| matches!(fate, Fate::In(Part::Byline | Part::Bio)));
}

/// The day of the first line of small print between the headline and the article, or right below it.
fn lift_date(page: &Page<'_>, dom: &Dom, edits: &mut Edits<'_>) {
    let lines = dom.head().filter(|index| dom.fates()[*index] != Fate::Kept);
    let Some(line) = lines.filter_map(|index| small_print::read(page, index)).find_map(|print| print.dates) else {
        return;
    };
    for (field, date) in [(Field::Date, line.published), (Field::Modified, line.updated)] {
        if let Some(date) = date {
            edits.lift(field, dates::iso(date, &mut [0; 10]));
        }
    }
}

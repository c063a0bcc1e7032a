//! Bylines and authors of saved pages.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use jiff::civil::Date;

use super::byline::lift_names;
use crate::dates;
use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-byline",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes bylines, dates and notes on the author that the page names so. A date by the headline becomes `date` where none is declared. Names after a word such as `By` there become `authors` likewise. Days of publication that disagree by more than two days, declared or shown under the headline, are flagged `date-conflict`.",
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
        lift_date(page, dom, edits);
    }
    if page.meta.first(Field::Author).is_none()
        && let Some(names) = dom.author_line(page)
    {
        lift_names(names.in_text(page.text), edits);
    }
    if disagree(page, dom) {
        edits.flag("date-conflict");
    }
    dom.remove(edits, |fate| matches!(fate, Fate::In(Part::Byline | Part::Bio)));
}

/// Most days between two dates that are one day told in two zones.
const MAX_APART: i32 = 2;

/// Whether the page declares days of publication that cannot be one, or shows another one than it declares. A day that
/// it shows may be that of the last change.
fn disagree(page: &Page<'_>, dom: &Dom) -> bool {
    let days = |field| page.meta.all(field).filter_map(|date| date.get(..10)?.parse::<Date>().ok());
    let is_apart = |a: Date, b: Date| (a - b).get_days().abs() > MAX_APART;
    let mut published = days(Field::Date);
    let Some(first) = published.next() else { return false };
    let shows_another = |shown: Date| is_apart(shown, first) && days(Field::Modified).all(|day| is_apart(shown, day));
    published.any(|day| is_apart(day, first)) || dom.shown_day(page).is_some_and(shows_another)
}

/// The day that the small print by the headline tells.
fn lift_date(page: &Page<'_>, dom: &Dom, edits: &mut Edits<'_>) {
    let Some(line) = dom.date_line(page) else { return };
    let day = line.day(page.meta.first(Field::Language));
    for (field, date) in [(Field::Date, day), (Field::Modified, line.updated)] {
        if let Some(date) = date {
            edits.lift(field, dates::iso(date, &mut [0; 10]));
        }
    }
}

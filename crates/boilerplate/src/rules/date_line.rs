//! Date lines.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::dates;
use crate::head::Head;

pub(crate) static RULE: Rule = Rule {
    id: "date-line",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves a line before the first paragraph that is nothing but a date to `date`, as ISO 8601.",
    why: "It says when the article appeared, not what happened.",
    limits: "Only lines made of date words alone. A date without a year, and a year alone, are no date of publication. \
             08/12/2016 can be read in two ways and stays.",
    source: "Date forms of news sites in 40 languages, listed in tables/date.txt.",
    examples: &[
        Example::changes(
            "March 4, 2022\n\nThe post office of Tolland sorted its last letter by hand on Saturday and framed it.",
            "The post office of Tolland sorted its last letter by hand on Saturday and framed it.",
        ),
        Example::keeps("On Monday 15 August 2016, at least 25 sheep crossed the new bridge before it was open."),
        Example::keeps(
            "2022\n\nThe year began with snow, and the post office of Tolland stayed shut until the fourth.",
        ),
        Example::keeps("08/12/2016\n\nThe post office of Tolland sorted its last letter by hand and framed it."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for (index, print) in page.measured::<Head>().small_print() {
        let Some(line) = print.dates else { continue };
        for (field, date) in [(Field::Date, line.published), (Field::Modified, line.updated)] {
            if let Some(date) = date {
                edits.lift(field, dates::iso(date, &mut [0; 10]));
            }
        }
        if line.published.or(line.updated).is_some() {
            edits.remove_block(index);
        }
    }
}

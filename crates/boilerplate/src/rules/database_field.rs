//! Fields of news databases.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Span, Stage};

use super::byline::lift_names;
use crate::dates;
use crate::exports::{Export, Part, Use};

pub(crate) static RULE: Rule = Rule {
    id: "database-field",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes the fields that news databases write around an article, such as `LENGTH: 412 words` and `Publication info: ...`, \
            with the lines above them, and moves headline, authors, date, outlet and section to metadata.",
    why: "Archives hold articles as such databases gave them out. The fields file the article; they are not in it.",
    limits: "Three different fields, one of them written by databases alone, or five two-letter codes. Where one file holds several articles \
             it is flagged `several-articles`, headlines and days stay, and nothing is lifted.",
    source: "Field names of the export formats of LexisNexis, ProQuest, Factiva and NewsBank.",
    examples: &[
        Example::changes(
            "3 of 40 DOCUMENTS\n\nThe Penlow Bell\n\nMay 5, 1998, Tuesday\n\nBell found in barn\n\nBYLINE: Anna Dahl\n\nSECTION: HOME; Pg. \
             4\n\nLENGTH: 31 words\n\nThe bell of the steamer Margit was found in a barn near Orrin last week, under hay, and \
             nobody can say who put it there.\n\nLOAD-DATE: May 6, 1998",
            "The bell of the steamer Margit was found in a barn near Orrin last week, under hay, and nobody can say who put it there.",
        ),
        Example::changes(
            "HD Bell found in barn\nBY Anna Dahl\nWC 31 words\nPD 5 May 1998\nSN Penlow Bell\nLA English\n\nLP\nThe bell of the \
             steamer Margit was found in a barn near Orrin last week, under hay, and nobody can say who put it there.\n\nTD\nIt will \
             hang in the harbour office of Penlow from May, said Anna Dahl, who has looked for the Margit since she was a pupil.\n\nAN \
             Document PENLOW0019980505",
            "The bell of the steamer Margit was found in a barn near Orrin last week, under hay, and nobody can say who put it there.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who has looked for the Margit since she was a pupil.",
        ),
        Example::keeps(
            "Length: 31 metres\n\nThe steamer Margit was found in the bay near Orrin last week, and nobody can say how she came there.",
        ),
        Example::keeps(
            "Title: The Bell\n\nAuthor: Anna Dahl\n\nThe book tells how a bell was found in a barn near Orrin, and it is worth its price.\n\n\
             Pages: 240\n\nPublisher: Orrin Press",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let export = page.measured::<Export>();
    if !export.is_one() {
        return;
    }
    if export.is_several() {
        edits.flag("several-articles");
    }
    for (index, part) in export.parts() {
        if !export.is_several() {
            lift(part, page, edits);
        }
        match part.part_use {
            Use::Body => {
                // A label on a line of its own goes with the break behind it, so that the blank line before it stays.
                let next = page.blocks.get(index + 1).filter(|_| part.value.is_empty());
                let end = next.map_or(part.value.start, |next| next.span.start);
                edits.delete(Span::new(page.blocks[index].span.start, end));
            }
            _ => edits.remove_block(index),
        }
    }
}

fn lift(part: &Part, page: &Page<'_>, edits: &mut Edits<'_>) {
    let value = part.value.in_text(page.text).trim();
    if value.is_empty() {
        return;
    }
    match part.part_use {
        Use::Drop | Use::Body => {}
        Use::Title => edits.lift(Field::Title, value),
        Use::Site => edits.lift(Field::Site, value),
        // `HOME; Pg. 4`: the page is no part of the section.
        Use::Section => edits.lift(Field::Section, value.split(';').next().unwrap_or(value).trim_end()),
        Use::Author => {
            let value = value.strip_prefix("By ").or_else(|| value.strip_prefix("BY ")).unwrap_or(value);
            for name in value.split(';') {
                // `Dahl, Anna`: databases put the family name first.
                match name.split_once(", ").map(|(last, first)| (last.trim(), first.trim())) {
                    Some((last, first)) if !last.contains(' ') && !first.contains([' ', ',']) => {
                        lift_names(&format!("{first} {last}"), edits);
                    }
                    _ => lift_names(name, edits),
                }
            }
        }
        Use::Date => {
            if let Some(day) = dates::find(value).and_then(|line| line.published.or(line.updated)) {
                edits.lift(Field::Date, dates::iso(day, &mut [0; 10]));
            }
        }
    }
}

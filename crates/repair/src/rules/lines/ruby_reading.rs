//! Readings over characters.

use cleancopy_core::{Edits, Example, Kind, MarkKind, Page, Rule, Scope, Stage};

pub(crate) static RULE: Rule = Rule {
    id: "ruby-reading",
    stage: Stage::Lines,
    scope: Scope::Everywhere,
    about: "Removes the readings that a page sets in small type over Chinese characters (`<rt>`).",
    why: "In running text they stand between the characters, and every word is told twice.",
    limits: "A reading in brackets that the author wrote stays.",
    source: "HTML, section 4.5.11, The rt element.",
    examples: &[
        Example::changes(
            "<!doctype html><p>\u{9234}<ruby>\u{9418}<rp>(</rp><rt>\u{3057}\u{3087}\u{3046}</rt><rp>)</rp></ruby>\u{304C}\u{9CF4}\u{308A}\u{307E}\u{3057}\u{305F}\u{3002}</p>",
            "\u{9234}\u{9418}\u{304C}\u{9CF4}\u{308A}\u{307E}\u{3057}\u{305F}\u{3002}",
        ),
        Example::keeps(
            "\u{9234}\u{9418}(\u{3057}\u{3087}\u{3046})\u{304C}\u{9CF4}\u{308A}\u{307E}\u{3057}\u{305F}\u{3002}",
        ),
        Example::keeps("The bell rang (twice)."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    if page.kind != Kind::Html {
        return;
    }
    let mut end = 0;
    for mark in page.marks.iter().filter(|mark| mark.kind == MarkKind::Notation) {
        if mark.outer.start >= end {
            edits.delete(mark.outer);
            end = mark.outer.end;
        }
    }
}

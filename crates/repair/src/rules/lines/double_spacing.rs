//! Blank lines between all lines.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::layout::{Break, Gap, Layout};

pub(crate) static RULE: Rule = Rule {
    id: "double-spacing",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Joins the lines of a paragraph that has a blank line between all its lines.",
    why: "Line ends were doubled on the way through a program, or the text was typed with double spacing.",
    limits: "Where nearly every gap has a blank line, and the lines between them are wrapped. A text whose paragraphs \
        are one line each, with blank lines between, stays as it is.",
    source: "Scores of the layout, fitted on broken texts with known paragraphs; see the table of signals.",
    examples: &[
        Example::changes(
            "The ferry to Halm was late again on Monday, and nobody on the quay was\n\nsurprised, since the \
             bridge had been open for boats since the early hours\n\nof the morning.",
            "The ferry to Halm was late again on Monday, and nobody on the quay was surprised, since the \
             bridge had been open for boats since the early hours of the morning.",
        ),
        Example::keeps("The ferry was late.\n\nNobody was surprised.\n\nThe bridge was open."),
        Example::keeps("Late ferry\n\nNobody was surprised.\n\nOpen bridge\n\nIt had been open since six."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let layout = page.measured::<Layout>();
    if !layout.found.double_spaced {
        return;
    }
    for Break { gap, span, after, double_spaced, .. } in layout.breaks(page.text) {
        match gap {
            _ if !double_spaced || after.furniture => {}
            Gap::Join => edits.replace(span, " "),
            Gap::Tight => edits.delete(span),
            _ => {}
        }
    }
}

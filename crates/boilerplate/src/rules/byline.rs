//! Bylines.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::head::Head;

pub(crate) static RULE: Rule = Rule {
    id: "byline",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves a line before the first paragraph that names the authors to `authors`.",
    why: "It says who wrote the article, not what happened.",
    limits: "Only a word such as `By` and names after it, or a name alone under a headline and over a date. Any other name \
             alone stays: it may be a headline.",
    source: "Byline forms of news sites in 34 languages, listed in tables/byline.txt.",
    examples: &[
        Example::changes(
            "By Lena Ostrow and Piet Vos\n\nThe post office of Tolland sorted its last letter by hand and framed it.",
            "The post office of Tolland sorted its last letter by hand and framed it.",
        ),
        Example::changes(
            "By Harbour Gazette staff\n\nThe post office of Tolland sorted its last letter by hand and framed it.",
            "The post office of Tolland sorted its last letter by hand and framed it.",
        ),
        Example::changes(
            "By Lena Ostrow - 11/19/19 06:56 AM EST\n\nThe post office of Tolland sorted its last letter by hand and framed it.",
            "The post office of Tolland sorted its last letter by hand and framed it.",
        ),
        Example::changes(
            "Tolland frames its last letter\n\nLena Ostrow\n\nMarch 4, 2022\n\nThe post office of Tolland sorted its last \
             letter by hand and framed it.",
            "Tolland frames its last letter\n\nMarch 4, 2022\n\nThe post office of Tolland sorted its last letter by hand \
             and framed it.",
        ),
        Example::keeps("By noon the snow was gone\n\nThe post office of Tolland sorted its last letter by hand."),
        Example::keeps("By Saturday, Lena Ostrow and Piet Vos had sorted the last letter and framed it."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let head = page.measured::<Head>();
    if let Some(name) = head.name {
        lift_names(page.blocks[name].span.in_text(page.text), edits);
        edits.remove_block(name);
    }
    for (index, print) in head.small_print() {
        if print.names.is_empty() {
            continue;
        }
        lift_names(print.names.in_text(page.text), edits);
        edits.remove_block(index);
    }
}

/// Lifts each of the names in a line of authors; one word alone is no name.
pub(super) fn lift_names(names: &str, edits: &mut Edits<'_>) {
    for name in names.split([',', '|', '&', '/', ';', ':']) {
        for name in name.split(" and ").flat_map(|name| name.split(" und ")).flat_map(|name| name.split(" et ")) {
            let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '*' | '_' | '.'));
            if name.split_whitespace().nth(1).is_some() {
                edits.lift(Field::Author, name);
            }
        }
    }
}

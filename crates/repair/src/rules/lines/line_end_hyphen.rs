//! Hyphens that were put in where a line ended.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use crate::layout::{Break, Gap, Joins, Layout};

pub(crate) static RULE: Rule = Rule {
    id: "line-end-hyphen",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Removes the hyphen at the end of a line together with the break, where it only parted a word.",
    why: "A word that typesetting broke is no word to whatever reads the text.",
    limits: "In a text that is not hyphenated, where lines end in a hyphen only because a word has one there, the hyphen \
        stays and the break goes. So it is before capitals and digits, after prefixes, between two whole words, and where \
        the document writes the word with a hyphen elsewhere.",
    source: "Share of lines that end in a hyphen, measured over hyphenated and other texts; the most frequent 30,000 \
        English words of SymSpell's dictionary, drawn from SCOWL and Google's n-grams.",
    examples: &[
        Example::changes(
            "The mayor of Dorrin had waited there with such awkward-\nness that the gull on the roof of the hall left first.",
            "The mayor of Dorrin had waited there with such awkwardness that the gull on the roof of the hall left first.",
        ),
        Example::changes(
            "The coun-\ncil met the trad-\ners of Mill Street on Friday.",
            "The council met the traders of Mill Street on Friday.",
        ),
        Example::keeps("The ten-year-old took the well-known road to the sea."),
        Example::keeps("- ten-\n- twelve-"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let layout = page.measured::<Layout>();
    if layout.found.joins == Joins::None {
        return;
    }
    for Break { gap, span, hyphen, after, .. } in layout.breaks(page.text) {
        if gap == Gap::Hyphen && !after.furniture {
            edits.delete(Span::new(span.start - hyphen, span.end));
        }
    }
}

//! Byte order marks inside the text.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::{after, before, quotes};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "byte-order-mark",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes U+FEFF.",
    why: "It belongs before the first byte of a file. Files that were put together carry it inside.",
    limits: "One that is quoted, in a text about it, stays.",
    source: "The Unicode Standard, section 23.8; use as a zero-width no-break space is deprecated since version 3.2.",
    examples: &[
        Example::changes("\u{FEFF}First part.\n\u{FEFF}Second part.", "First part.\nSecond part."),
        Example::keeps("The mark \"\u{FEFF}\" cannot be seen."),
        Example::keeps("EF BB BF is the mark in UTF-8, U+FEFF its number."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for site in page.measured::<Suspects>().of(Class::ByteOrderMark) {
        if !quotes(before(page.text, site.at as usize), after(page.text, site.end())) {
            edits.delete(site.span());
        }
    }
}

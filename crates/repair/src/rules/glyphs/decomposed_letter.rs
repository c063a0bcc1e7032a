//! Letters written as base and mark.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub(crate) static RULE: Rule = Rule {
    id: "decomposed-letter",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Puts words into Unicode Normalization Form C: letters and their marks become one character where there is one.",
    why: "For tools that compare bytes.",
    limits: "Runs only when asked for: the two spellings mean the same, and Hebrew, Arabic and Indic texts change bytes for no reader's gain.",
    source: "UAX #15.",
    examples: &[
        Example::changes("cafe\u{301} in A\u{30A}lborg", "café in Ålborg"),
        Example::keeps("café in Ålborg"),
        Example::keeps("x\u{302}y has no one character"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    if is_nfc_quick(page.text.chars()) == IsNormalized::Yes {
        return;
    }
    let mut start = 0;
    for word in page.text.split_inclusive(char::is_whitespace) {
        if is_nfc_quick(word.chars()) != IsNormalized::Yes {
            edits.replace(Span::of(start..start + word.len()), &word.nfc().collect::<String>());
        }
        start += word.len();
    }
}

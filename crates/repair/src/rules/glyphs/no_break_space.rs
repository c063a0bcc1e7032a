//! Spaces of special width or hold.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

pub(crate) static RULE: Rule = Rule {
    id: "no-break-space",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Turns no-break, thin and other special spaces into plain ones.",
    why: "For tools that know one space only.",
    limits: "Runs only when asked for: the spaces are good typography, in French and between number and unit. The ideographic space \
             and the zero-width ones are not its business.",
    source: "The Unicode Standard, table 6-2.",
    examples: &[
        Example::changes("120\u{A0}km at 9\u{202F}a.m., thin\u{2009}space", "120 km at 9 a.m., thin space"),
        Example::keeps("東京\u{3000}大阪"),
        Example::keeps("an ordinary space"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let is_space = |char: char| matches!(char, '\u{A0}' | '\u{202F}' | '\u{205F}' | '\u{2000}'..='\u{200A}');
    for (at, space) in page.text.match_indices(is_space) {
        edits.replace(Span::of(at..at + space.len()), " ");
    }
}

//! Zero-width joiners and non-joiners.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::{after, before, is_joining, is_pictograph, quotes};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "joiner",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes U+200C ZERO WIDTH NON-JOINER and U+200D ZERO WIDTH JOINER where they join and part nothing.",
    why: "In scripts whose letters do not join they are invisible litter that splits words.",
    limits: "They stay next to letters of Arabic, Indic, Mongolian and like scripts, where they change the spelling; \
             inside emoji; and after an f, where a German typesetter forbids a ligature. Quoted ones stay.",
    source: "The Unicode Standard, section 23.2; UAX #31, section 2.3; UTS #51, section 2.3.",
    examples: &[
        Example::changes("in\u{200C}vis\u{200D}ible ink", "invisible ink"),
        Example::keeps("کتاب\u{200C}هایم را می\u{200C}خواهم"),
        Example::keeps("ක්\u{200D}රමය"),
        Example::keeps("👩\u{200D}🚒 and 🏳\u{FE0F}\u{200D}🌈 and 👨🏽\u{200D}🍳"),
        Example::keeps("Auf\u{200C}lage und Schiff\u{200C}fahrt"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    for site in page.measured::<Suspects>().of(Class::Joiner) {
        let (left, right) = (before(text, site.at as usize), after(text, site.end()));
        let joins = left.is_some_and(is_joining) || right.is_some_and(is_joining);
        if joins
            || quotes(left, right)
            || in_emoji(text, site.at as usize, right)
            || parts_ligature(text, site.at as usize, right)
        {
            continue;
        }
        edits.delete(site.span());
    }
}

/// Whether a joiner at `at` holds two pictures together.
fn in_emoji(text: &str, at: usize, right: Option<char>) -> bool {
    // A selector and a skin tone may follow the first picture.
    let picture = text[..at].trim_end_matches(|char| matches!(char, '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}'));
    text[at..].starts_with('\u{200D}')
        && (before(picture, picture.len()).is_some_and(is_pictograph) || before(text, at).is_some_and(is_pictograph))
        && right.is_some_and(is_pictograph)
}

/// Whether a non-joiner at `at` keeps an f apart from a letter that it would form a ligature with.
fn parts_ligature(text: &str, at: usize, right: Option<char>) -> bool {
    text[at..].starts_with('\u{200C}')
        && text[..at].ends_with('f')
        && matches!(right, Some('b' | 'f' | 'h' | 'i' | 'j' | 'k' | 'l' | 't'))
}

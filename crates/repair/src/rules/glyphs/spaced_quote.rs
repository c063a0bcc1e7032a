//! Quotes with spaces on the inside.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{line_around, looks_french};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "spaced-quote",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Removes the spaces inside of quotes that have one after the opening and one before the closing mark.",
    why: "Tools that split text into tokens set every mark apart.",
    limits: "Two pairs at least, each in one line and around words. Straight quotes must come in pairs in their line. French texts keep \
             theirs.",
    source: "The tokenisation of the Penn Treebank.",
    examples: &[
        Example::changes(
            "He said \" hello there \" and left. She said “ no ”.",
            "He said \"hello there\" and left. She said “no”.",
        ),
        Example::keeps("a board of 5 \" x 7 \" and one of 3 \" x 4 \""),
        Example::keeps("He said \"hello\" and \"no\" again."),
        Example::keeps("Il dit “ oui ” et elle dit “ non ” dans la rue."),
    ],
    run,
};

/// Fewest pairs that make a habit.
const FEWEST: usize = 2;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measurement::<Suspects>();
    if !suspects.has(Class::SpacedQuote) || spaced_quotes(page.text, suspects) < FEWEST || looks_french(page.text) {
        return;
    }
    each_pair(page.text, suspects, |first, last| {
        edits.delete(Span::of(first..first + 1));
        edits.delete(Span::of(last..last + 1));
    });
}

/// Pairs of quotes with spaces on the inside.
pub(super) fn spaced_quotes(text: &str, suspects: &Suspects) -> usize {
    let mut n = 0;
    each_pair(text, suspects, |_, _| n += 1);
    n
}

/// Gives the two inner spaces of each pair.
fn each_pair(text: &str, suspects: &Suspects, mut give: impl FnMut(usize, usize)) {
    let mut done = 0;
    for site in suspects.of(Class::SpacedQuote) {
        let at = site.at as usize;
        if at < done {
            continue;
        }
        // Both kinds of site are followed by the inner space, the straight one after its quote.
        let (first, close) = if text[at..].starts_with('“') { (site.end(), " ”") } else { (at + 2, " \" ") };
        let line = line_around(text, at);
        let even = close == " ”" || text[line.clone()].matches('"').count().is_multiple_of(2);
        let inside = &text[first + 1..line.end];
        let Some(length) = inside.find(close).filter(|_| even) else { continue };
        let words = &inside[..length];
        let is_words =
            words.starts_with(char::is_alphabetic) && !words.contains(['"', '“', '”']) && !words.ends_with(' ');
        if is_words && words.chars().filter(|char| char.is_alphabetic()).count() > 1 {
            give(first, first + 1 + length);
            done = first + 1 + length + close.len();
        }
    }
}

//! Quotes with spaces on the inside.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{LastLine, looks_french};
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
    let suspects = page.measured::<Suspects>();
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
    let mut line = LastLine::default();
    // The next closing mark of each kind, or the end of the line if it holds no more.
    let mut closes = [0; 2];
    for site in suspects.of(Class::SpacedQuote) {
        let at = site.at as usize;
        if at < done {
            continue;
        }
        // Both kinds of site are followed by the inner space, the straight one after its quote.
        let curly = text[at..].starts_with('“');
        let (first, close) = if curly { (site.end(), " ”") } else { (at + 2, " \" ") };
        let (end, even) = line.around(text, at, |line| line.matches('"').count().is_multiple_of(2));
        if !curly && !even {
            continue;
        }
        let found = &mut closes[usize::from(curly)];
        if *found <= first {
            *found = text[first + 1..end].find(close).map_or(end, |length| first + 1 + length);
        }
        if *found == end {
            continue;
        }
        let words = &text[first + 1..*found];
        let is_words =
            words.starts_with(char::is_alphabetic) && !words.contains(['"', '“', '”']) && !words.ends_with(' ');
        if is_words && words.chars().filter(|char| char.is_alphabetic()).count() > 1 {
            give(first, *found);
            done = *found + close.len();
        }
    }
}

//! Contractions that a tokeniser has split.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::before;
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "split-contraction",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Removes the space inside `did n't`, `city 's` and `they 're` in English texts that have been split into tokens.",
    why: "Corpora come with their tokens apart; put back together they read as they were written.",
    limits: "Three at least, one of them of a kind that only English has: Dutch writes `is 's avonds`.",
    source: "The tokenisation of the Penn Treebank.",
    examples: &[
        Example::changes("the city ’s mayor did n’t know it ’s late", "the city’s mayor didn’t know it’s late"),
        Example::changes("They 're here , we 'll see what it 's like", "They're here , we'll see what it's like"),
        Example::keeps("Het is ’s avonds laat en ’s morgens vroeg, om ’s middags te rusten."),
        Example::keeps("He wrote 'so' and 's' and 't' on the board."),
        Example::keeps("the '60s, the '70s and the '80s"),
    ],
    run,
};

/// Fewest splits that make a habit.
const FEWEST: usize = 3;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::SplitWord) {
        return;
    }
    let text = page.text;
    let splits = || suspects.of(Class::SplitWord).filter_map(|site| split_at(text, site.at as usize));
    if splits().count() < FEWEST || !splits().any(|split| split.english) {
        return;
    }
    splits().for_each(|split| edits.delete(Span::of(split.space..split.space + 1)));
}

struct Split {
    /// The space that goes.
    space: usize,
    /// Whether the ending is one that no other language has.
    english: bool,
}

/// The split whose apostrophe, or the n before it, stands behind the space at `space`.
fn split_at(text: &str, space: usize) -> Option<Split> {
    let word = text[..space].rsplit(|char: char| !char.is_alphabetic()).next()?;
    if !before(text, space)?.is_alphanumeric() {
        return None;
    }
    let rest = &text[space + 1..];
    let negated = rest.starts_with('n');
    let rest = rest.strip_prefix('n').unwrap_or(rest);
    let rest = rest.strip_prefix('\'').or_else(|| rest.strip_prefix('’'))?;
    let ending = rest.split(|char: char| !char.is_alphanumeric()).next()?;
    if rest[ending.len()..].starts_with(['\'', '’']) {
        return None;
    }
    let english = match ending {
        "t" => negated && VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb)),
        "re" | "ve" | "ll" => !negated,
        "s" | "d" | "m" if !negated => return Some(Split { space, english: false }),
        _ => false,
    };
    english.then_some(Split { space, english })
}

/// Verbs that are negated so.
const VERBS: [&str; 19] = [
    "do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "wo", "ca", "could", "would", "should",
    "must", "need", "might", "ai",
];

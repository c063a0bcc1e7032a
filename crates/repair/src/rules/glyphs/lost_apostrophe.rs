//! Apostrophes that became question marks or U+FFFD.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{is_address, token_around};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "lost-apostrophe",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Puts ’ where English contractions have U+FFFD, a run of three, or a question mark.",
    why: "A conversion to a poorer code page lost the apostrophe and wrote what it had for the unknown.",
    limits: "Two contractions of two kinds, or of two words, must agree. Every other U+FFFD stays: it marks a loss, and what was lost \
             cannot be known. The text is flagged `lost-characters`.",
    source: "The endings of English contractions are a closed class: n't, 's, 're, 've, 'll, 'd, 'm.",
    examples: &[
        Example::changes("It\u{FFFD}s late and they don\u{FFFD}t know.", "It’s late and they don’t know."),
        Example::changes(
            "We\u{FFFD}\u{FFFD}\u{FFFD}re here, you didn\u{FFFD}\u{FFFD}\u{FFFD}t ask.",
            "We’re here, you didn’t ask.",
        ),
        Example::changes("He didn?t say it?s over.", "He didn’t say it’s over."),
        Example::keeps("A caf\u{FFFD} in Paris\u{FFFD}s east"),
        Example::keeps("The mark \u{FFFD} (U+FFFD) stands for bad bytes."),
        Example::keeps("Where?s and why?d https://paper.example/a?t=1"),
        Example::keeps("d\u{FFFD}tente and na\u{FFFD}ve, fa\u{FFFD}ade"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if suspects.has(Class::Replacement) {
        edits.flag("lost-characters");
    } else if !suspects.has(Class::Asked) {
        return;
    }
    for class in [Class::Replacement, Class::Asked] {
        let mut first = None;
        let contractions = || suspects.of(class).filter_map(|site| contraction(page.text, site.at as usize));
        for Contraction { word, ending, .. } in contractions() {
            first.get_or_insert((word, ending));
        }
        let agrees =
            contractions().any(|one| first.is_some_and(|(word, ending)| (one.word, one.ending) != (word, ending)));
        if agrees {
            contractions().for_each(|one| edits.replace(one.span, "’"));
        }
    }
}

struct Contraction<'a> {
    word: &'a str,
    ending: &'a str,
    /// What stands for the apostrophe.
    span: Span,
}

fn contraction(text: &str, at: usize) -> Option<Contraction<'_>> {
    let asked = text.as_bytes()[at] == b'?';
    let end = if asked { at + 1 } else { at + '\u{FFFD}'.len_utf8() };
    let end = if text[end..].starts_with("\u{FFFD}\u{FFFD}") { end + 6 } else { end };
    let is_letter = |char: char| char.is_ascii_alphabetic();
    let word = &text[text[..at].trim_end_matches(is_letter).len()..at];
    let rest = &text[end..];
    let ending = &rest[..rest.len() - rest.trim_start_matches(is_letter).len()];
    let edge = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric() && char != '\u{FFFD}');
    if word.is_empty()
        || !edge(rest[ending.len()..].chars().next())
        || !edge(text[..at - word.len()].chars().next_back())
    {
        return None;
    }
    let fits = match ending {
        "t" => word.ends_with('n') && word.len() > 2,
        "re" | "ve" | "ll" | "d" => PRONOUNS.iter().any(|pronoun| word.eq_ignore_ascii_case(pronoun)),
        "m" => word == "I",
        // A real question mark is never followed by a letter.
        "s" => word.len() > 1,
        _ => false,
    };
    let span = Span::of(at..end);
    (fits && !(asked && is_address(token_around(text, at)))).then_some(Contraction { word, ending, span })
}

const PRONOUNS: [&str; 11] = ["I", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what"];

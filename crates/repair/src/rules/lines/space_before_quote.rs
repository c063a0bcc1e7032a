//! A space before a comma or full stop that a closing quote follows.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::rules::glyphs::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "space-before-quote",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Removes the space before a comma or full stop that stands before a closing quote, as in `there ,\" he said`.",
    why: "A link or a note was cut out before the mark. One such place is no habit, but it can mean nothing else.",
    limits: "The word before must end in a lower-case letter, and the quote must end its word. Verse, tables and code stay.",
    source: "Style guides agree for all cased scripts. Texts whose every mark is spaced out are the business of \
             `space-before-punctuation`.",
    examples: &[
        Example::changes("“We waited there ,” he said. \"And left .\"", "“We waited there,” he said. \"And left.\""),
        Example::keeps("“We waited there,” he said."),
        Example::keeps("He asked for \"a , b\" and got . \"Nothing.\""),
        Example::keeps("THE END .\""),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    for site in page.measured::<Suspects>().of(Class::SpacedMark) {
        let word = &text[..site.at as usize];
        let Some(behind) = text[site.end()..].strip_prefix([',', '.']) else { continue };
        let quote = behind.chars().next().filter(|char| matches!(char, '"' | '”' | '’' | '\''));
        let Some(quote) = quote else { continue };
        let ends_word = behind[quote.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        let mut letters = word.chars().rev();
        let after_word =
            letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_alphabetic);
        if ends_word && after_word {
            edits.delete(site.span());
        }
    }
}

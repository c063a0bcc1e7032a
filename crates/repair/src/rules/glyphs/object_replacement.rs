//! Object replacement characters.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{after, before, quotes};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "object-replacement",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes U+FFFC OBJECT REPLACEMENT CHARACTER; one that stands between two words leaves a space.",
    why: "Copying from a page puts it where a picture or a widget was. There is nothing behind it.",
    limits: "A quoted one stays.",
    source: "The Unicode Standard, section 23.8.",
    examples: &[
        Example::changes("See the map \u{FFFC} below.", "See the map below."),
        Example::changes("\u{FFFC}\nThe bridge\u{FFFC}opens.", "\nThe bridge opens."),
        Example::keeps("The code point \"\u{FFFC}\" stands for an object."),
        Example::keeps("U+FFFC is not U+FFFD."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    let mut done = 0;
    for site in page.measured::<Suspects>().of(Class::Object) {
        let start = site.at as usize;
        if start < done {
            continue;
        }
        let end = text.len() - text[site.end()..].trim_start_matches('\u{FFFC}').len();
        let (left, right) = (before(text, start), after(text, end));
        if quotes(left, right) {
            continue;
        }
        let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let spaced = left == Some(' ') && right == Some(' ');
        done = end + usize::from(spaced);
        edits.replace(Span::of(start..done), if is_word(left) && is_word(right) { " " } else { "" });
    }
}

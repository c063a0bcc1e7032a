//! Soft hyphens.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{after, before, quotes};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "soft-hyphen",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes U+00AD SOFT HYPHEN, with the line feed behind it where the word goes on in the next line.",
    why: "Typesetting leaves it inside words. It cannot be seen, and it splits tokens.",
    limits: "Leaves U+002D and U+2010 alone: those were meant to be seen. A quoted one stays.",
    source: "The Unicode Standard, section 23.2, Layout Controls.",
    examples: &[
        Example::changes("Donau\u{AD}dampf\u{AD}schiff", "Donaudampfschiff"),
        Example::changes("inter\u{AD}\nnational", "international"),
        Example::keeps("co-operate, well\u{2010}known"),
        Example::keeps("1914\u{2013}1918"),
        Example::keeps("The soft hyphen (\"\u{AD}\") is written &shy; in HTML."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    for site in page.measured::<Suspects>().of(Class::SoftHyphen) {
        let left = before(text, site.at as usize);
        if quotes(left, after(text, site.end())) {
            continue;
        }
        let rest = &text[site.end()..];
        let word_goes_on = left.is_some_and(char::is_alphabetic)
            && rest.strip_prefix('\n').is_some_and(|next| next.starts_with(char::is_lowercase));
        edits.delete(Span::of(site.at as usize..site.end() + usize::from(word_goes_on)));
    }
}

//! Marks of writing direction.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::{is_right_to_left, line_around};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "direction-mark",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes direction marks, embeddings, overrides and isolates from lines without right-to-left letters.",
    why: "There they do nothing, or turn the order of letters around to deceive; they cannot be seen.",
    limits: "Lines with Hebrew, Arabic or other right-to-left letters keep them, and so do lines without any letter in \
             a text that has such letters.",
    source: "UAX #9, sections 2 and 3.3.",
    examples: &[
        Example::changes("The file \u{202A}is\u{202C} here\u{200E}.\u{200F} Yes.", "The file is here. Yes."),
        Example::changes("\u{2068}Ada\u{2069} spoke.", "Ada spoke."),
        Example::keeps("המחיר הוא \u{200E}$15\u{200E} בלבד"),
        Example::keeps("السعر \u{61C}١٢٣-٤٥٦\u{61C} ريال"),
        Example::keeps("שלום\n\u{200F}12-34\n"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Direction) {
        return;
    }
    let (mut line, mut keeps) = (0..0, false);
    for site in suspects.of(Class::Direction) {
        let at = site.at as usize;
        if at >= line.end {
            line = line_around(page.text, at);
            let words = &page.text[line.clone()];
            keeps = has_right_to_left(words) || (!words.contains(char::is_alphabetic) && has_right_to_left(page.text));
        }
        if !keeps {
            edits.delete(site.span());
        }
    }
}

fn has_right_to_left(text: &str) -> bool {
    // Right-to-left letters begin with one of these; most texts hold none, which is seen at vector speed.
    let begins = |byte: &u8| matches!(byte, 0xD6..=0xE0 | 0xEF | 0xF0);
    text.as_bytes().iter().any(begins) && text.contains(is_right_to_left)
}

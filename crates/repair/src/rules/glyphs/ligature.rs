//! Typographic ligatures.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::{after, before};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "ligature",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Spells the ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ in letters where they are part of a word.",
    why: "They come from the fonts of PDF files. Search and tokens miss the word.",
    limits: "One that stands alone is text about it. Letters such as æ and œ, and the presentation forms of Armenian, Hebrew and \
             Arabic, are no ligatures in this sense.",
    source: "UnicodeData.txt, compatibility mappings of U+FB00 to U+FB06.",
    examples: &[
        Example::changes(
            "The ﬁrst oﬃcer’s eﬀort was the moﬆ diﬃcult.",
            "The first officer’s effort was the most difficult.",
        ),
        Example::keeps("The glyph “ﬁ” (U+FB01) is a presentation form."),
        Example::keeps("Æsop, cœur, ĳsvrij, ǆamija, ﷺ, ﬓ"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    for site in page.measured::<Suspects>().of(Class::Ligature) {
        let in_word = before(text, site.at as usize).is_some_and(char::is_alphabetic)
            || after(text, site.end()).is_some_and(char::is_alphabetic);
        // The last byte numbers the seven.
        let letters = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"][usize::from(text.as_bytes()[site.end() - 1] - 0x80)];
        if in_word {
            edits.replace(site.span(), letters);
        }
    }
}

//! Control characters.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "control-character",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes control characters that mean nothing in text, noncharacters, and the deprecated format and \
            annotation controls U+206A to U+206F and U+FFF9 to U+FFFB.",
    why: "They are left over from devices and broken transfers. Parsers and databases choke on them.",
    limits: "Tab, line feed and form feed stay; so do control pictures (U+2400 to U+2426) and caret notation, which are \
             text about control characters. U+0080 to U+009F belong to other rules.",
    source: "The Unicode Standard, sections 23.1, 23.3, 23.7 and 23.8; UTR #20, table 3.",
    examples: &[
        Example::changes("The\u{0} vote\u{7F} is\u{1F} over\u{7}.", "The vote is over."),
        Example::changes("one\u{FDD0}two\u{FFFF}", "onetwo"),
        Example::keeps("name\tvotes\nAda\t12"),
        Example::keeps("\u{241B} is the picture of ESC, ^[ its name"),
        Example::keeps("Page 1\n\u{C}Page 2"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Control) && !suspects.has(Class::Escape) {
        return;
    }
    for site in suspects.all() {
        let lone_escape = site.class == Class::Escape && page.text.as_bytes()[site.at as usize] == 0x1B;
        if site.class == Class::Control || lone_escape {
            edits.delete(site.span());
        }
    }
}

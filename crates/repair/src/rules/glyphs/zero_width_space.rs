//! Zero-width spaces and word joiners.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::{after, before, is_east_asian, is_unspaced, quotes};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "zero-width-space",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes U+200B ZERO WIDTH SPACE and U+2060 WORD JOINER.",
    why: "Editors and web pages leave them to steer line breaking. They cannot be seen, and they split words.",
    limits: "They stay next to letters of scripts that write no spaces, such as Thai, Khmer or Javanese, where they part \
             words, and between Chinese, Japanese and Korean letters. Quoted ones stay.",
    source: "The Unicode Standard, section 23.2; UAX #14, classes ZW, WJ and SA.",
    examples: &[
        Example::changes("The\u{200B} mayor of Old\u{200B}ham said\u{2060}.", "The mayor of Oldham said."),
        Example::keeps("สวัสดี\u{200B}ครับ ยินดี\u{200B}ที่ได้รู้จัก"),
        Example::keeps("ភាសា\u{200B}ខ្មែរ\u{200B} និង"),
        Example::keeps("東京\u{200B}大阪"),
        Example::keeps("Type \"\u{200B}\" to allow a break."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    let invisible = ['\u{200B}', '\u{2060}'];
    // What stands around the run of invisible characters that was looked at last, and where it ends.
    let (mut run_end, mut left, mut right) = (0, None, None);
    for site in page.measured::<Suspects>().of(Class::ZeroWidth) {
        if site.at as usize >= run_end {
            run_end = text.len() - text[site.end()..].trim_start_matches(invisible).len();
            left = before(text, text[..site.at as usize].trim_end_matches(invisible).len());
            right = after(text, run_end);
        }
        let parts_words = left.is_some_and(is_unspaced) || right.is_some_and(is_unspaced);
        let east_asian = left.is_some_and(is_east_asian) && right.is_some_and(is_east_asian);
        if !parts_words && !east_asian && !quotes(left, right) {
            edits.delete(site.span());
        }
    }
}

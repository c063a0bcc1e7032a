//! Full-width forms of ASCII.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::is_east_asian;

pub(crate) static RULE: Rule = Rule {
    id: "full-width",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Turns full-width letters, digits and marks, and the ideographic space, into ASCII in lines without Chinese, Japanese \
            or Korean letters.",
    why: "For tools that look words up.",
    limits: "Runs only when asked for. Half-width kana are never touched.",
    source: "UnicodeData.txt, compatibility mappings of U+FF01 to U+FF5E.",
    examples: &[
        Example::changes("Ｂｒｅａｋｉｎｇ：　１００％", "Breaking: 100%"),
        Example::keeps("１００％です。"),
        Example::keeps("ﾊﾝｶｸ"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let is_wide = |char: char| matches!(char, '\u{3000}' | '\u{FF01}'..='\u{FF5E}');
    if !page.text.contains(is_wide) {
        return;
    }
    for line in page.lines().spans() {
        let words = line.in_text(page.text);
        if words.contains(is_east_asian) {
            continue;
        }
        for (at, char) in words.char_indices().filter(|&(_, char)| is_wide(char)) {
            let start = line.start as usize + at;
            // The forms stand in the order of ASCII.
            let plain = if char == '\u{3000}' { b' ' } else { (u32::from(char) - 0xFF01) as u8 + b'!' };
            edits.replace(Span::of(start..start + 3), char::from(plain).encode_utf8(&mut [0; 4]));
        }
    }
}

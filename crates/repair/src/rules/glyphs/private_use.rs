//! Bullets and letters of symbol fonts in the private use area.

use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::after;
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "private-use",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Gives bullets, arrows and Greek letters of the fonts Symbol and Wingdings their own characters.",
    why: "Word processors put the glyphs of these fonts at U+F000 plus their byte, where no other font has them.",
    limits: "Bullets only at the start of a line, letters of Symbol only if the text has three or more. All other private characters stay: \
             they may be icons, logos, or a script of their users' own.",
    source: "Adobe Symbol and Microsoft Wingdings to Unicode, at unicode.org/Public/MAPPINGS/VENDORS/ADOBE and unicode.org/L2/L2012/12368-n4384.pdf.",
    examples: &[
        Example::changes("\u{F0B7} bread\n\u{F0A7} wine\n  \u{F0D8}\tsalt", "• bread\n▪ wine\n  ➢\tsalt"),
        Example::changes("press \u{F0E0} next", "press → next"),
        Example::changes("\u{F061}\u{F062}\u{F067} decay", "αβγ decay"),
        Example::keeps("\u{F8E5}\u{F8D7} \u{F8DC}\u{F8D0}"),
        Example::keeps("made by \u{F8FF}, branch \u{E0A0} main"),
        Example::keeps("icon \u{F061} here"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::PrivateUse) {
        return;
    }
    let text = page.text;
    let char = |at: u32| after(text, at as usize).unwrap_or_default();
    let from_symbol = |char: char| matches!(char, '\u{F020}'..='\u{F07E}');
    let n_symbol = suspects.of(Class::PrivateUse).filter(|site| from_symbol(char(site.at))).count();
    for site in suspects.of(Class::PrivateUse) {
        let (char, rest) = (char(site.at), &text[site.end()..]);
        let is_space = |char: char| char.is_whitespace() && char != '\n';
        let before = text[..site.at as usize].trim_end_matches(is_space);
        let opens_line = before.is_empty() || before.ends_with('\n');
        let spaced = rest.starts_with([' ', '\t', '\u{A0}']);
        let with = match (char, opens_line && spaced) {
            ('\u{F0B7}', true) => '•',
            ('\u{F0A7}', true) => '▪',
            ('\u{F0D8}', true) => '➢',
            ('\u{F0FC}', true) => '✓',
            ('\u{F06E}', true) => '■',
            ('\u{F076}', true) => '❖',
            ('\u{F0E0}', _) if spaced => '→',
            _ if n_symbol >= FEWEST_LETTERS && from_symbol(char) => SYMBOL_FONT[(u32::from(char) - 0xF020) as usize],
            _ => continue,
        };
        edits.replace(site.span(), with.encode_utf8(&mut [0; 4]));
    }
}

/// Fewest characters of Symbol that make it the font of the text. One or two may be icons.
const FEWEST_LETTERS: usize = 3;

/// Characters of Symbol from byte 0x20.
static SYMBOL_FONT: LazyLock<Vec<char>> = LazyLock::new(|| {
    let code = |line: &str| char::from_u32(u32::from_str_radix(line.split_once(' ')?.1, 16).ok()?);
    include_str!("symbol_font.txt").lines().filter(|line| !line.starts_with('#')).filter_map(code).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbol_font_has_a_character_for_each_byte() {
        assert_eq!(SYMBOL_FONT.len(), 0x7F - 0x20);
        assert_eq!(SYMBOL_FONT[0x61 - 0x20], 'α');
    }
}

//! Variation selectors and tag characters.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};
use unicode_script::{Script, UnicodeScript};

use super::chars::{before, is_pictograph};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "variation-selector",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes variation selectors that select nothing, and tag characters outside of flags.",
    why: "They cannot be seen, and are used to smuggle text or to mark copies.",
    limits: "One selector stays behind an emoji, a digit of a keycap, a Chinese character, a mathematical sign, or a letter of a script \
             with registered variants. Tags stay behind a black flag, closed by their end.",
    source: "UTS #37; UTS #51, sections 1.4.3 and 1.4.6; StandardizedVariants.txt.",
    examples: &[
        Example::changes("Hi\u{FE01}\u{FE02}\u{E0110} there\u{E0041}", "Hi there"),
        Example::changes("❤\u{FE0F}\u{FE0F} love", "❤\u{FE0F} love"),
        Example::keeps("❤\u{FE0F} 1\u{FE0F}\u{20E3} ☎\u{FE0E}"),
        Example::keeps("葛\u{E0100}城市と葛\u{E0101}飾区"),
        Example::keeps("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Variation) && !suspects.has(Class::Tags) {
        return;
    }
    let text = page.text;
    let mut done = 0;
    for site in suspects.all() {
        let start = site.at as usize;
        let base = before(text, start);
        match site.class {
            Class::Variation if !base.is_some_and(|base| has_variants(base, &text[site.span().range()])) => {
                edits.delete(site.span());
            }
            Class::Tags if start >= done => {
                let is_tag = |char: char| matches!(char, '\u{E0000}'..='\u{E007F}');
                done = text.len() - text[start..].trim_start_matches(is_tag).len();
                let run = &text[start..done];
                if base != Some('\u{1F3F4}') || run.find('\u{E007F}') != Some(run.len() - 4) {
                    edits.delete(Span::of(start..done));
                }
            }
            _ => {}
        }
    }
}

/// Whether `selector` may follow `base`.
fn has_variants(base: char, selector: &str) -> bool {
    if selector >= "\u{E0100}" {
        return base.script() == Script::Han;
    }
    let mathematical = matches!(u32::from(base), 0x2190..=0x23FF | 0x2A00..=0x2AFF | 0x29C0..=0x29FF | 0x30);
    match selector {
        "\u{FE0E}" | "\u{FE0F}" => {
            is_pictograph(base) || base.is_ascii_digit() || matches!(base, '#' | '*') || mathematical
        }
        _ => {
            let with_variants = [Script::Han, Script::Myanmar, Script::Phags_Pa, Script::Manichaean, Script::Mongolian];
            mathematical
                || with_variants.contains(&base.script())
                || matches!(base, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}')
        }
    }
}

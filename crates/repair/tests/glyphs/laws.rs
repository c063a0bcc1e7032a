//! The laws of one glyph rule on one text. The fuzzers hold it to the same ones.

use std::collections::BTreeMap;

use cleancopy_core::{Draft, Rule, Settings, Stage};
use cleancopy_repair::RULES;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// Rules that read letters out of other letters: a name, a number or a sequence goes, its character comes.
const SPELLED_IN_LATIN: [&str; 6] =
    ["quoted-printable", "escaped-character", "break-tag", "entity", "ansi-sequence", "full-width"];

fn glyph_rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| rule.stage == Stage::Glyphs)
}

fn run(rule: &'static Rule, text: &str) -> Draft {
    let mut draft = Draft::default();
    draft.load_text(text, Settings::default());
    draft.pass(&[rule]);
    draft
}

/// Letters by script.
fn letters(text: &str) -> BTreeMap<&'static str, usize> {
    let mut letters = BTreeMap::new();
    for char in text.chars().filter(|char| char.is_alphabetic()) {
        *letters.entry(char.script().full_name()).or_default() += 1;
    }
    letters
}

fn check_letters(rule: &Rule, before: &str, after: &str) {
    if rule.id == "mojibake" {
        // It reads characters beyond ASCII anew, and nothing else.
        let ascii = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count();
        assert_eq!(ascii(before), ascii(after), "mojibake: {before:?} -> {after:?}");
        return;
    }
    if rule.id == "decomposed-letter" {
        assert!(before.nfd().eq(after.nfd()), "decomposed-letter: {before:?} -> {after:?}");
        return;
    }
    let found = letters(after);
    for (script, n) in letters(before) {
        let spelled = script == Script::Latin.full_name() && SPELLED_IN_LATIN.contains(&rule.id);
        let styled = script == Script::Common.full_name() && ["styled-letter", "full-width"].contains(&rule.id);
        if !spelled && !styled {
            let n_found = found.get(script).copied().unwrap_or(0);
            assert!(n_found >= n, "{} lost {script} letters: {before:?} -> {after:?}", rule.id);
        }
    }
}

/// Runs every glyph rule on `text`, each on its own, and panics where a law does not hold.
pub(crate) fn check(text: &str) {
    for rule in glyph_rules() {
        let draft = run(rule, text);
        let once = draft.text();
        assert_eq!(draft.ledger().undo(once).as_deref(), Some(text), "{} cannot be taken back", rule.id);
        assert_eq!(draft.ledger().replay(text).as_deref(), Some(once), "{} cannot be replayed", rule.id);
        assert_eq!(run(rule, once).text(), once, "{} on its own output; first {text:?}", rule.id);
        check_letters(rule, text, once);
    }
}

//! What must hold of every glyph rule on any text: no panic, nothing left for a second run, edits that can be taken
//! back, and no letter lost.

use std::collections::BTreeMap;

use cleancopy_core::{Draft, Rule, Settings, Stage};
use cleancopy_repair::RULES;
use proptest::prelude::*;
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

fn check(text: &str) {
    for rule in glyph_rules() {
        let draft = run(rule, text);
        let once = draft.text();
        assert_eq!(draft.ledger().undo(once).as_deref(), Some(text), "{} cannot be taken back", rule.id);
        assert_eq!(draft.ledger().replay(text).as_deref(), Some(once), "{} cannot be replayed", rule.id);
        assert_eq!(run(rule, once).text(), once, "{} on its own output; first {text:?}", rule.id);
        check_letters(rule, text, once);
    }
}

/// Words of many scripts, and all that breaks them.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "harbour",
        "Council",
        "I",
        "don",
        "t",
        "été",
        "Straße",
        "ÅLAND",
        "Ãrea",
        "Łódź",
        "порт",
        "СССР",
        "Рівне",
        "λιμάνι",
        "مرفأ",
        "می",
        "נמל",
        "बंदरगाह",
        "ක්",
        "ท่าเรือ",
        "港口",
        "ポート",
        "항구",
        "Ⴙავი",
        "𐌲𐌿𐍄",
        "ﬁ",
        "ﬆ",
        "𝐁𝐫𝐞𝐚𝐤",
        "𝑥",
        "Ｂｒ",
        "👩",
        "❤",
        "🏴",
        "col·lega",
        "yes",
        "the",
        "n't",
        "'s",
        "’re",
        "é",
        "α",
        "в",
    ]);
    let breakers = prop::sample::select(vec![
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\u{B}",
        "\u{C}",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\t",
        "\u{1B}[1m",
        "\u{1B}",
        "\u{9B}",
        "\u{0}",
        "\u{7F}",
        "\u{80}",
        "\u{91}",
        "\u{92}",
        "\u{9D}",
        "\u{A0}",
        "\u{AD}",
        "\u{200B}",
        "\u{200C}",
        "\u{200D}",
        "\u{200E}",
        "\u{202E}",
        "\u{2060}",
        "\u{2066}",
        "\u{61C}",
        "\u{FEFF}",
        "\u{FFFC}",
        "\u{FFFD}",
        "\u{FE0F}",
        "\u{E0100}",
        "\u{E0041}",
        "\u{E007F}",
        "\u{F0B7}",
        "\u{F061}",
        "\u{E000}",
        "☒",
        "☐",
        "□",
        "¶",
        "·",
        "§",
        "•",
        ",",
        ".",
        ";",
        "?",
        "!",
        ":",
        "\"",
        "“",
        "”",
        "„",
        "‘",
        "’",
        "`",
        "``",
        "''",
        "´",
        "(",
        ")",
        "«",
        "»",
        "—",
        "…",
        "&amp;",
        "&lt;",
        "&#8217;",
        "&eacute;",
        "&",
        "<br>",
        "<p>",
        "\\u2019",
        "\\n",
        "%u2019",
        "=E2=80=99",
        "=C3=A9",
        "=\n",
        "=3D",
        "=",
        "Ã©",
        "â€™",
        "â€œ",
        "Ã ",
        "Ð¸",
        "Ñ‚",
        "Â",
        "ï»¿",
        "√©",
        "├®",
        "Рё",
        "вЂ™",
        "ðŸ˜€",
        "1",
        "42",
        "%",
        "€",
        "{",
        "|",
    ]);
    prop_oneof![
        words.prop_map(str::to_owned),
        breakers.prop_map(str::to_owned),
        "\\PC{1,3}",
        any::<char>().prop_map(String::from)
    ]
}

proptest! {
    #[test]
    fn no_rule_panics_loses_letters_or_leaves_work(pieces in prop::collection::vec(piece(), 0..40)) {
        check(&pieces.concat());
    }

    #[test]
    fn real_words_in_broken_utf_8_keep_their_letters(words in "[a-zéüßłřșğñçØж我]{1,9}( [a-zéüßłřșğñçØж我]{1,9}){0,6}", page in 0usize..6) {
        let pages = [
            encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1251, encoding_rs::WINDOWS_1250, encoding_rs::MACINTOSH,
            encoding_rs::IBM866, encoding_rs::WINDOWS_1254,
        ];
        let (broken, _) = pages[page].decode_without_bom_handling(words.as_bytes());
        check(&broken);
        check(&words);
    }
}

//! Bytes of windows-1252 and Mac Roman that became control characters.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use super::chars::{after, before};
use super::mojibake::{CODE_PAGES, MACINTOSH, WINDOWS_1252};
use super::suspects::{Class, Site, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "c1-character",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Turns U+0080 to U+009F into the characters of windows-1252, or inside words into letters of Mac Roman where the \
            text shows that it came from there.",
    why: "These controls are never meant in text. They are bytes of a code page that was taken for Latin-1.",
    limits: "The five that windows-1252 does not define stay. U+0085 is a line end where `line-end` finds it to be one.",
    source: "WHATWG Encoding Standard, index windows-1252; Mac Roman at unicode.org/Public/MAPPINGS/VENDORS/APPLE.",
    examples: &[
        Example::changes("\u{95} It\u{92}s \u{93}fine\u{94} \u{96} \u{80}10\u{85}", "• It’s “fine” – €10…"),
        Example::changes("el comit\u{8E} de Yucat\u{87}n conf\u{92}a", "el comité de Yucatán confía"),
        Example::changes("bin\u{92}natanga ye qui\u{92}êa", "bin’natanga ye qui’êa"),
        Example::keeps("Ã\u{91}"),
        Example::keeps("These are meant: \u{81} \u{8D}"),
        Example::keeps("• It’s “fine” – €10…"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    let is_c1 = |site: &&Site| {
        // One that looks like half of a letter is a place of that class too.
        site.class != Class::Mojibake && matches!(after(page.text, site.at as usize), Some('\u{80}'..='\u{9F}'))
    };
    if ![Class::C1, Class::LineEnd, Class::Escape].into_iter().any(|class| suspects.has(class)) {
        return;
    }
    // What `mojibake` left in doubt stays: here it could only get worse.
    let in_doubt = |site: &&Site| {
        let upper = before(page.text, site.at as usize).is_some_and(char::is_uppercase);
        let goes_on = after(page.text, site.end()).is_some_and(|char| !char.is_ascii());
        (upper || goes_on) && suspects.of(Class::Mojibake).any(|pair| pair.at == site.at)
    };
    let sites = || suspects.all().iter().filter(is_c1).filter(|site| !in_doubt(site));
    let from_mac = sites().any(|&site| is_letter_of_mac(page.text, site));
    for &site in sites() {
        // The second byte of a character below U+0100 is its number.
        let byte = page.text.as_bytes()[site.at as usize + 1];
        let code_page = if from_mac && in_word(page.text, site) { MACINTOSH } else { WINDOWS_1252 };
        let char = CODE_PAGES.character(code_page, byte);
        edits.replace(site.span(), char.encode_utf8(&mut [0; 4]));
    }
}

fn in_word(text: &str, site: Site) -> bool {
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
    is_letter(before(text, site.at as usize)) && (is_letter(after(text, site.end())) || is_vowel_at_end(text, site))
}

/// Whether the byte is an accented vowel of Mac Roman behind a lower-case letter and before a space, and in
/// windows-1252 a letter that ends no word so.
fn is_vowel_at_end(text: &str, site: Site) -> bool {
    let byte = text.as_bytes()[site.at as usize + 1];
    let ends = after(text, site.end()).is_none_or(|char| char.is_whitespace() || matches!(char, ',' | '.'));
    byte == 0x8E && ends && before(text, site.at as usize).is_some_and(char::is_lowercase)
}

/// Whether a byte inside a word can be a letter of Mac Roman only: windows-1252 has a sign there that no word holds.
fn is_letter_of_mac(text: &str, site: Site) -> bool {
    let byte = text.as_bytes()[site.at as usize + 1];
    let (left, right) = (&text[..site.at as usize], &text[site.end()..]);
    let lower = |char: Option<char>| char.is_some_and(|char| char.is_ascii_lowercase());
    if !lower(left.chars().next_back()) || !lower(right.chars().next()) {
        return false;
    }
    match byte {
        // á à â ä ã é è ê ë í ì î ï where windows-1252 has daggers, low quotes and the like.
        0x87 | 0x88 | 0x89 | 0x8B | 0x91 | 0x93 | 0x94 | 0x95 => true,
        0x92 => !may_be_apostrophe(left, right),
        _ => false,
    }
}

/// Whether an apostrophe may stand between the two: in an English contraction, an elision before a
/// vowel or behind a nasal, as in many languages of Africa, or behind a name.
fn may_be_apostrophe(left: &str, right: &str) -> bool {
    let rest = right.split(|char: char| !char.is_alphabetic()).next().unwrap_or_default();
    let word = left.rsplit(|char: char| !char.is_alphabetic()).next().unwrap_or_default();
    matches!(rest, "s" | "t" | "re" | "ve" | "ll" | "d" | "m")
        || rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h'])
        || word.ends_with(['m', 'n'])
        || word.starts_with(char::is_uppercase)
}

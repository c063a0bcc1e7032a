//! Characters spelled in the escapes of programs.

use std::ops::Range;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{CodeSpans, LastLine, LastToken, Words, after, any_of, before, is_code, quotes};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "escaped-character",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Turns `\\u2019` and `%u2019` in running text into their characters, and `\\n` between sentences into a line feed.",
    why: "Text taken out of JSON or JavaScript by cutting, not by parsing, keeps its escapes.",
    limits: "`\\u` and `\\n` need two in the text, `%u` a letter beside it. Only letters and marks beyond ASCII come out. Code, \
             addresses, quoted escapes and lines that speak of characters stay.",
    source: "RFC 8259, section 7; ECMA-262, annex B.2.1.1.",
    examples: &[
        Example::changes("It\\u2019s a \\u201cgood\\u201d caf\\u00e9", "It’s a “good” café"),
        Example::changes("It%u2019s late", "It’s late"),
        Example::changes(
            "First line.\\nSecond line.\\n\\nNotes\\n\\nLast line.",
            "First line.\nSecond line.\n\nNotes\n\nLast line.",
        ),
        Example::keeps("return \"\\u2612\" if x else '\\u2610'"),
        Example::keeps("The character \\u2019 is an apostrophe, \\u2018 is not."),
        Example::keeps("C:\\News and D:\\Notes"),
        Example::keeps("'one\\n\\n\\n and two \\n'"),
        Example::keeps("https://paper.example/%u2019s?q=%u2019s"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Backslash) {
        return;
    }
    let text = page.text;
    let (mut n_numbers, mut n_feeds) = (0, 0);
    let mut around = Around::default();
    for site in suspects.of(Class::Backslash) {
        match escape_at(text, site.at as usize, &mut around) {
            Some(Escape::Number(..)) => n_numbers += 1,
            Some(Escape::Feed) => n_feeds += 1,
            Some(Escape::Percent(..) | Escape::OneOfTwo) | None => {}
        }
    }
    let mut done = 0;
    let mut around = Around::default();
    for site in suspects.of(Class::Backslash) {
        let start = site.at as usize;
        if start < done {
            continue;
        }
        let (char, length) = match escape_at(text, start, &mut around) {
            Some(Escape::Number(char, length)) if n_numbers > 1 => (char, length),
            Some(Escape::Percent(char, length)) => (char, length),
            Some(Escape::Feed | Escape::OneOfTwo) if n_feeds > 1 => ('\n', 2),
            _ => continue,
        };
        done = start + length;
        edits.replace(Span::of(start..done), char.encode_utf8(&mut [0; 4]));
    }
}

/// Words of lines that are about escapes.
static ABOUT: Words = Words::new(|| any_of(&["unicode", "escape", "character", "characters", "json", "regex"]));

/// An escape in running text.
enum Escape {
    /// `\uXXXX`, or two of them for one character: the character and the length in bytes.
    Number(char, usize),
    /// `%uXXXX`.
    Percent(char, usize),
    /// `\n` between sentences.
    Feed,
    /// `\n` beside another, such as around a heading.
    OneOfTwo,
}

/// What stands around the escape that was looked at last. They are looked at in order.
#[derive(Default)]
struct Around {
    /// Whether the line is code or speaks of escapes.
    line: LastLine<bool>,
    spans: CodeSpans,
    token: LastToken,
    /// The run of `\n`.
    feeds: Range<usize>,
}

fn escape_at(text: &str, at: usize, around: &mut Around) -> Option<Escape> {
    let rest = &text[at..];
    let is_feed = rest.starts_with("\\n");
    let (char, length) = if is_feed { ('\n', 2) } else { number(rest)? };
    let (left, right) = (before(text, at), after(text, at + length));
    let (_, meant) = around.line.around(text, at, |line| is_code(line) || ABOUT.are_in(line));
    if meant || quotes(left, right) || around.spans.hold(text, at) || around.token.is_address(text, at) {
        return None;
    }
    if is_feed {
        let feeds = &mut around.feeds;
        if !feeds.contains(&at) {
            let end = text.len() - text[at..].trim_start_matches("\\n").len();
            *feeds = text[..at].trim_end_matches("\\n").len()..end;
        }
        let after_sentence = text[..feeds.start].ends_with(['.', '!', '?', '"', '”', ')']);
        let right = after(text, feeds.end);
        let before_sentence = right.is_none_or(|char| char.is_uppercase() || char == '"' || char == '\n');
        let doubled = feeds.len() > length;
        return match (after_sentence && before_sentence, doubled) {
            (true, _) => Some(Escape::Feed),
            (false, true) => Some(Escape::OneOfTwo),
            (false, false) => None,
        };
    }
    let beside_letter = left.is_some_and(char::is_alphabetic) || right.is_some_and(char::is_alphabetic);
    if rest.starts_with('%') {
        beside_letter.then_some(Escape::Percent(char, length))
    } else {
        Some(Escape::Number(char, length))
    }
}

/// The character of `\uXXXX` or `%uXXXX` at the start of `text`, and its length.
fn number(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| -> Option<u16> {
        let digits = text.strip_prefix("\\u").or_else(|| text.strip_prefix("%u"))?.get(..4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(text)?;
    let (char, length) = match char::decode_utf16([first]).next()? {
        Ok(char) => (char, 6),
        Err(_) => (char::decode_utf16([first, unit(&text[6..])?]).next()?.ok()?, 12),
    };
    let is_text = char.is_alphabetic()
        || matches!(char, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{2044}' | '€' | '™' | '\u{1F300}'..='\u{1FAFF}');
    (is_text && !char.is_ascii()).then_some((char, length))
}

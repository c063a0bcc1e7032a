//! Character references of HTML.

use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{CodeSpans, LastLine, LastToken, Words, after, any_of, before, is_code, quotes};
use super::mojibake::{CODE_PAGES, WINDOWS_1252};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "entity",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Turns character references such as `&eacute;`, `&#8217;` and `&amp;amp;` into their characters.",
    why: "Pages are unescaped once too seldom, or escaped once too often.",
    limits: "Only with the semicolon. Texts that still hold tags stay, and so do addresses, code, quoted references, \
             lines that speak of HTML, and escaped tags. Numbers 128 to 159 are read as windows-1252, as browsers do.",
    source: "HTML Standard, sections 13.2.5.73 to 13.2.5.80 and 13.5; names in `entities.txt`.",
    examples: &[
        Example::changes(
            "Smith &amp;amp; Sons said &quot;yes&quot; &#150; it&#8217;s fine",
            "Smith & Sons said \"yes\" – it’s fine",
        ),
        Example::changes("Caf&eacute; &lt; 5&nbsp;km", "Café < 5\u{A0}km"),
        Example::keeps("See https://paper.example/?a=1&lt;=3&copy;=2 now"),
        Example::keeps("In HTML an ampersand is written &amp; or &#38;."),
        Example::keeps("print(\"&amp;\", '&lt;')"),
        Example::keeps("AT&T; R&D; Q&A; &copy without its semicolon"),
        Example::keeps("&lt;b&gt;bold&lt;/b&gt;"),
        Example::keeps("<p>Smith &amp; Sons</p>"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    let text = page.text;
    if !suspects.has(Class::Entity) || suspects.of(Class::Tag).any(|site| is_tag(&text[site.end()..])) {
        return;
    }
    let escaped_tags = text.match_indices("&lt;").any(|(at, sign)| is_tag(&text[at + sign.len()..]));
    let mut done = 0;
    let (mut line, mut spans, mut token) = (LastLine::default(), CodeSpans::default(), LastToken::default());
    for site in suspects.of(Class::Entity) {
        let start = site.at as usize;
        let Some((char, length)) = reference(&text[start..]) else { continue };
        let end = start + length;
        let (_, meant) = line.around(text, start, |line| is_code(line) || ABOUT.are_in(line));
        // One that is quoted or part of an address is there to be seen.
        let shown = meant
            || quotes(before(text, start), after(text, end))
            || spans.hold(text, start)
            || token.is_address(text, start);
        if start < done || shown || (escaped_tags && matches!(char, '<' | '>')) {
            continue;
        }
        // Beside a space it only widens the gap, which is not what it is for.
        let beside_space = before(text, start) == Some(' ') || after(text, end) == Some(' ');
        let char = if char == '\u{A0}' && beside_space { ' ' } else { char };
        edits.replace(Span::of(start..end), char.encode_utf8(&mut [0; 4]));
        done = end;
    }
}

/// Whether what stands behind a `<` makes it a tag.
fn is_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ends = rest[name..].starts_with(['>', '/', ' ', '\n']) || rest[name..].starts_with("&gt;");
    name > 0 && rest.as_bytes()[0].is_ascii_alphabetic() && ends
}

/// Words of lines that are about markup.
static ABOUT: Words =
    Words::new(|| any_of(&["html", "xml", "entity", "entities", "escape", "escaped", "markup", "ampersand"]));

/// The character of a reference at the start of `text`, and the bytes that it takes. What an
/// ampersand was escaped from is unescaped too.
fn reference(text: &str) -> Option<(char, usize)> {
    let (mut char, mut length) = body(&text[1..])?;
    length += 1;
    for _ in 0..MOST_ROUNDS {
        match body(&text[length..]) {
            Some((inner, more)) if char == '&' => {
                char = inner;
                length += more;
            }
            _ => break,
        }
    }
    Some((char, length))
}

/// Times that a reference may have been escaped again.
const MOST_ROUNDS: usize = 2;

/// Longest name in the table, bytes, and more than enough for a number.
const LONGEST: usize = 24;

/// A reference without its ampersand.
fn body(text: &str) -> Option<(char, usize)> {
    let window = &text.as_bytes()[..text.len().min(LONGEST + 1)];
    let end = memchr::memchr(b';', window)?;
    let name = &text[..end];
    let char = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => NAMES.binary_search_by_key(&name, |&(known, _)| known).ok().map(|index| NAMES[index].1)?,
    };
    Some((char, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        0x80..0xA0 => Some(CODE_PAGES.character(WINDOWS_1252, code as u8)),
        0 => None,
        _ => char::from_u32(code),
    }
}

/// Names with their characters, in byte order.
static NAMES: LazyLock<Vec<(&'static str, char)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (name, code) = line.split_once(' ')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    include_str!("entities.txt").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_for_the_search() {
        assert!(NAMES.is_sorted_by_key(|&(name, _)| name));
        assert_eq!(body("eacute;"), Some(('é', 7)));
        assert!(NAMES.iter().all(|(name, _)| name.len() <= LONGEST));
    }
}

//! HTML line breaks that outlived their page.

use cleancopy_core::{Edits, Example, Kind, Page, Rule, Scope, Span, Stage};

use super::chars::{Words, any_of, is_code, line_around};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "break-tag",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Turns `<br>` into a line feed in plain texts that hold no other tag.",
    why: "Feeds and databases strip all markup but the line breaks.",
    limits: "Two at least, each behind a word or mark. Texts with other tags, code, and lines that speak of tags stay.",
    source: "HTML Standard, section 4.5.27.",
    examples: &[
        Example::changes("First line.<br>Second line.<br />Third line.", "First line.\nSecond line.\nThird line."),
        Example::keeps("<p>First line.<br>Second line.<br></p>"),
        Example::keeps("A line ends with the <br> tag.<br>"),
        Example::keeps("x <br> y"),
        Example::keeps("| one<br>two | three<br>four |"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Tag) || page.kind != Kind::Text {
        return;
    }
    let text = page.text;
    let mut n = 0;
    // One line may hold all sites of a text: it is read once.
    let (mut line, mut meant) = (0..0, false);
    for site in suspects.of(Class::Tag) {
        let found = break_at(text, site.at as usize);
        if found.is_some() && site.at as usize >= line.end {
            line = line_around(text, site.at as usize);
            let line = &text[line.clone()];
            meant = is_code(line) || line.contains('|') || ABOUT.are_in(line);
        }
        match found {
            Some(_) if meant || text[..site.at as usize].ends_with(' ') => return,
            Some(_) => n += 1,
            None if text[site.end()..].starts_with(|char: char| char.is_ascii_alphabetic() || char == '/') => return,
            None => {}
        }
    }
    if n < 2 {
        return;
    }
    for site in suspects.of(Class::Tag) {
        let Some(length) = break_at(text, site.at as usize) else { continue };
        let start = site.at as usize;
        let rest = &text[start + length..];
        let end = start + length + usize::from(rest.starts_with(' '));
        let feed = if text[end..].starts_with(['\n', '\r']) { "" } else { "\n" };
        edits.replace(Span::of(start..end), feed);
    }
}

/// Words of lines that are about tags.
static ABOUT: Words = Words::new(|| any_of(&["tag", "tags", "html", "element"]));

/// Bytes of the line break at `at`.
fn break_at(text: &str, at: usize) -> Option<usize> {
    let tag = &text[at..];
    let name = tag.get(..3).filter(|name| name.eq_ignore_ascii_case("<br"))?;
    let inside = tag[name.len()..].trim_start_matches(' ');
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    inside.starts_with('>').then(|| tag.len() - inside.len() + 1)
}

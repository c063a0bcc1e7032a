//! Quotes and apostrophes made of accents.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{after, before, is_code, line_around};
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "typewriter-quote",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Turns ``so'' into “so”, and an acute or grave accent that stands for an apostrophe into ’.",
    why: "TeX and old terminals write quotes so; keyboards put the accent where the apostrophe should be.",
    limits: "Quotes must open and close in one line. The grave accent is taken for an apostrophe in English contractions \
             only: Hawaiian and Uzbek spell letters with it. Code stays.",
    source: "The TeXbook, chapter 2.",
    examples: &[
        Example::changes(
            "He said ``not now'' and didn´t wait; it`s over.",
            "He said “not now” and didn’t wait; it’s over.",
        ),
        Example::changes("She read ``The ``old'' harbour'' aloud", "She read ``The “old” harbour'' aloud"),
        Example::changes("``It`s over,'' she said, ``isn´t it?''", "“It’s over,” she said, “isn’t it?”"),
        Example::keeps("Run `make` and then ```make test```."),
        Example::keeps("Hawai`i, O`zbek, O´ ( ´_` )"),
        Example::keeps("``lo mejor´´ y ''lo peor''"),
        Example::keeps("\\emph{``so''} it goes"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    let mut done = 0;
    // Where the quotation that has been opened closes.
    let mut close = None;
    // One line may hold all sites of a text: it is looked at once.
    let (mut line, mut tex) = (0..0, None);
    for site in page.measured::<Suspects>().of(Class::Accent) {
        let start = site.at as usize;
        if let Some(at) = close.take_if(|at| *at < start) {
            edits.replace(Span::of(at..at + 2), "”");
        }
        if start < done {
            continue;
        }
        if start >= line.end {
            (line, tex) = (line_around(text, start), None);
        }
        let rest = &text[start..line.end];
        let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
        if rest.starts_with("``") {
            done = start + rest.len() - rest.trim_start_matches('`').len();
            let mut is_prose = || !*tex.get_or_insert_with(|| is_tex(&text[line.clone()]));
            if let Some(length) = quotation(rest).filter(|_| opens(before(text, start)) && is_prose()) {
                edits.replace(Span::of(start..start + 2), "“");
                close = Some(start + length - 2);
            }
        } else if is_letter(before(text, start)) && is_letter(after(text, site.end())) {
            let ending = rest[site.len as usize..].split(|char: char| !char.is_alphabetic()).next();
            let contraction = matches!(ending, Some("s" | "t" | "re" | "ve" | "ll" | "d" | "m"));
            if contraction || rest.starts_with('´') {
                edits.replace(site.span(), "’");
            }
        }
    }
    if let Some(at) = close {
        edits.replace(Span::of(at..at + 2), "”");
    }
}

fn opens(left: Option<char>) -> bool {
    left.is_none_or(|char| char.is_whitespace() || matches!(char, '(' | '[' | '—' | '–' | '-'))
}

fn is_tex(line: &str) -> bool {
    line.contains('\\') || is_code(line)
}

/// Bytes of the quotation that two grave accents open, with its closing apostrophes.
fn quotation(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("``").filter(|inside| !inside.starts_with(['`', ' ', '\'']))?;
    // None inside another, mended or not: which of them the apostrophes close is anybody's guess.
    // A grave accent between letters is an apostrophe, which is mended by itself.
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
    let ends = |at: usize| !(is_letter(before(inside, at)) && is_letter(after(inside, at + 1)));
    let mut marks = inside.match_indices(['`', '“']);
    let end = marks.find(|(at, mark)| *mark != "`" || ends(*at)).map_or(inside.len(), |(at, _)| at);
    let close = inside[..end].find("''")?;
    let words = &inside[..close];
    let whole = !words.ends_with(' ') && !inside[close + 2..].starts_with('\'');
    whole.then_some(2 + close + 2)
}

//! Straight quotes among typographic ones.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{CodeSpans, before, is_code};

pub(crate) static RULE: Rule = Rule {
    id: "quote-style",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Turns straight double quotes into the typographic ones that the text uses besides.",
    why: "For corpora in which one article should have one style.",
    limits: "Runs only when asked for. Typographic quotes are never straightened. Straight ones must come in pairs in their line; inches, code \
             and single quotes stay.",
    source: "CLDR, delimiters.",
    examples: &[
        Example::changes("“One,” he said. \"Two,\" she said.", "“One,” he said. “Two,” she said."),
        Example::changes("„Eins“, sagte er. \"Zwei\", sagte sie.", "„Eins“, sagte er. „Zwei“, sagte sie."),
        Example::keeps("\"One\" and \"two\" and 'three'"),
        Example::keeps("“One” is a 5\" board"),
        Example::keeps("“Code” says `print(\"hello\")`"),
    ],
    run,
};

/// Opening and closing marks by how often their opening mark decides.
const STYLES: [(char, char); 4] = [('„', '“'), ('«', '»'), ('“', '”'), ('»', '«')];

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let text = page.text;
    let style = STYLES.into_iter().find(|&(open, close)| opens_words(text, open) && text.contains(close));
    let Some((open, close)) = style.filter(|_| text.contains('"')) else { return };
    for line in page.lines().spans() {
        let words = line.in_text(text);
        if is_code(words) || !words.matches('"').count().is_multiple_of(2) {
            continue;
        }
        let start = line.start as usize;
        let quotes = || words.match_indices('"').map(|(at, _)| start + at);
        let opens = |at: usize| before(text, at).is_none_or(|char| char.is_whitespace() || "([{—–-„“«".contains(char));
        let mut spans = CodeSpans::default();
        let mut spanned = |at: usize| spans.hold(words, at - start);
        let paired = quotes().enumerate().all(|(index, at)| opens(at) == index.is_multiple_of(2) && !spanned(at));
        if !paired {
            continue;
        }
        for (index, at) in quotes().enumerate() {
            let mark = if index.is_multiple_of(2) { open } else { close };
            edits.replace(Span::of(at..at + 1), mark.encode_utf8(&mut [0; 4]));
        }
    }
}

/// Whether `mark` stands before a word, behind a space or at the start of a line.
fn opens_words(text: &str, mark: char) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        before(text, at).is_none_or(char::is_whitespace)
            && text[at + mark.len_utf8()..].starts_with(char::is_alphanumeric)
    })
}

//! Line ends other than the line feed.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{after, before};
use super::suspects::{Class, Site, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "line-end",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Turns CR LF, CR CR LF, CR, NEL, VT and LS into a line feed, and PS into a line feed or, where the text has \
            blank lines or line separators besides, two.",
    why: "All later work is done by lines. Each of these is how some system ends a line; browsers show the last ones \
          as boxes.",
    limits: "A form feed stays: it marks a page, which the rules for page numbers and running heads read; only a \
             missing line feed before it is put in. NEL that stands for the ellipsis of windows-1252 is left to \
             `c1-character`.",
    source: "The Unicode Standard, section 5.8, Newline Guidelines; UAX #14.",
    examples: &[
        Example::changes("one\r\ntwo\r\r\nthree\rfour", "one\ntwo\nthree\nfour"),
        Example::changes(
            "the harbour \u{2028} was closed\u{2029}Ferries wait\u{2028}\u{2028}",
            "the harbour\nwas closed\n\nFerries wait\n\n",
        ),
        Example::changes("first\u{B}second\u{85}third", "first\nsecond\nthird"),
        Example::changes("på\u{85}gatan och\u{85}torget", "på\ngatan och\ntorget"),
        Example::changes("the end\u{C}Page 2", "the end\n\u{C}Page 2"),
        Example::keeps("Page 1\n\u{C}Page 2\n"),
        Example::keeps("He said\u{85} nothing\n"),
        Example::keeps("\u{93}Well\u{85}\u{94}\n"),
        Example::keeps("Ã\u{85}rhus, Ã\u{85}bo"),
        Example::keeps("Use \\r\\n on the wire\n"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::LineEnd) {
        return;
    }
    let text = page.text;
    let bytes = text.contains('\u{85}') && stands_for_byte(text, suspects);
    let paragraph = if text.contains("\n\n") || text.contains('\u{2028}') { "\n\n" } else { "\n" };
    let mut done = 0;
    // The run of CRs around the site: where it ends, and whether a line feed follows.
    let mut run = (0, false);
    for site in suspects.of(Class::LineEnd) {
        match after(text, site.at as usize) {
            Some('\r') => carriage_return(text, site, &mut run, edits),
            Some('\u{C}') => {
                if !matches!(before(text, site.at as usize), None | Some('\n' | '\r' | '\u{C}')) {
                    edits.insert(site.at, "\n");
                }
            }
            Some('\u{85}') if bytes => {}
            Some('\u{2029}') => separator(text, site, paragraph, &mut done, edits),
            _ => separator(text, site, "\n", &mut done, edits),
        }
    }
}

/// CR goes before a line feed, even through other CRs, and is one elsewhere.
fn carriage_return(text: &str, site: Site, run: &mut (usize, bool), edits: &mut Edits<'_>) {
    if site.at as usize >= run.0 {
        let rest = text[site.end()..].trim_start_matches('\r');
        *run = (text.len() - rest.len(), rest.starts_with('\n'));
    }
    if run.1 {
        edits.delete(site.span());
    } else {
        edits.replace(site.span(), "\n");
    }
}

/// Replaces the separator with the spaces that it stood between. Beside a line feed it goes.
fn separator(text: &str, site: Site, feed: &str, done: &mut usize, edits: &mut Edits<'_>) {
    let from = text[*done..site.at as usize].trim_end_matches([' ', '\t']).len() + *done;
    let rest = &text[site.end()..];
    // More than one space is an indent, which stays.
    let lone_space = rest.starts_with(' ') && !rest.starts_with("  ");
    let to = site.end() + usize::from(lone_space);
    let beside_feed = text[..from].ends_with('\n') || text[to..].starts_with(['\n', '\r']);
    edits.replace(Span::of(from..to), if beside_feed { "" } else { feed });
    *done = to;
}

/// Whether NEL is a byte: the ellipsis of windows-1252, where most stand between a word and one space
/// or a closing mark; or half of a letter whose UTF-8 bytes were each taken for a character.
fn stands_for_byte(text: &str, suspects: &Suspects) -> bool {
    let (mut n, mut n_ellipses, mut n_halves) = (0, 0, 0);
    for (at, _) in text.match_indices('\u{85}') {
        let rest = &text[at + 2..];
        let left = before(text, at);
        let after_word = left.is_some_and(|char| char.is_alphanumeric() || matches!(char, '’' | '”' | '"'));
        let lone_space = rest.starts_with(' ') && !rest[1..].starts_with([' ', '\u{85}']) && rest.len() > 1;
        let closed = rest.starts_with(['"', '”', '’', ')', '?', '!', '\n']) || rest.starts_with(is_byte);
        n += 1;
        n_ellipses += usize::from(after_word && (lone_space || closed));
        n_halves += usize::from(left.is_some_and(|char| is_byte(char) || matches!(char, 'Â'..='ß')));
    }
    // Other bytes of windows-1252 in the text leave room for line ends only if there are many.
    let few = suspects.has(Class::C1) && n < MANY;
    few || 2 * (n_ellipses + n_halves) > n
}

/// More such characters than ellipses in most articles.
const MANY: usize = 8;

fn is_byte(char: char) -> bool {
    matches!(char, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

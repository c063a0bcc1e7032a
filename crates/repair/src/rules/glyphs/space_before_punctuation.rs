//! Spaces before marks that follow their word.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{LastLine, looks_french};
use super::spaced_quote::spaced_quotes;
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "space-before-punctuation",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "In texts that space out commas and full stops, removes the space before these and before `;`, `:`, `?` and `!`.",
    why: "Tools that split text into tokens, and links and markup that were cut out, leave it there.",
    limits: "There must be two, one before a comma, or a full stop and a pair of quotes spaced out on the inside. French puts a space \
             before `;`, `:`, `?` and `!`. Code, tables, numbers, initials, dotted names such as `.net`, and spaced \
             ellipses stay. A single slip before a closing quote is left to `space-before-quote`.",
    source: "Style guides agree for all cased scripts; the counts keep single typing slips of the author's.",
    examples: &[
        Example::changes(
            "She came , she saw , she left . Why ? Nobody knew ; nobody asked .",
            "She came, she saw, she left. Why? Nobody knew; nobody asked.",
        ),
        Example::changes(
            "We met there , then left , \"and that ,\" he said.",
            "We met there, then left, \"and that,\" he said.",
        ),
        Example::keeps("Que faire ? Rien ! Il disait : jamais ; plus tard."),
        Example::keeps("Well . . . what now ?"),
        Example::keeps("OLD MILL WAY , OLDHAM , filed on June 3 , 2025"),
        Example::keeps("x = [1 , 2] ; y = f(a , b)\nz = [a , b]"),
        Example::keeps("the .net runtime , once"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::SpacedMark) {
        return;
    }
    let text = page.text;
    let (mut n_commas, mut n_stops) = (0, 0);
    let mut line = LastLine::default();
    for site in suspects.of(Class::SpacedMark) {
        let mark = text.as_bytes().get(site.end()).copied();
        if !matches!(mark, Some(b',' | b'.'))
            || !Spaced::at(text, site.at as usize, &mut line).is_some_and(|one| one.after_word)
        {
            continue;
        }
        n_commas += usize::from(mark == Some(b','));
        n_stops += usize::from(mark == Some(b'.'));
    }
    let habit = (n_commas > 0 && n_commas + n_stops > 1) || (n_stops > 0 && spaced_quotes(text, suspects) > 1);
    if !habit {
        return;
    }
    let all_marks = !looks_french(text);
    for site in suspects.of(Class::SpacedMark) {
        let Some(spaced) = Spaced::at(text, site.at as usize, &mut line) else { continue };
        let is_slip = match spaced.mark {
            b',' | b'.' => true,
            _ => all_marks,
        };
        if is_slip {
            edits.delete(Span::new(site.at, site.at + 1));
        }
    }
}

/// A lone space before a mark that may be in the wrong place.
struct Spaced {
    mark: u8,
    /// After a word of two letters or more that ends in lower case.
    after_word: bool,
}

impl Spaced {
    fn at(text: &str, at: usize, line: &mut LastLine<bool>) -> Option<Self> {
        let mark = *text.as_bytes().get(at + 1)?;
        let rest = &text[at + 2..];
        let mut left = text[..at].chars().rev();
        let last = left.next().filter(|char| char.is_alphanumeric() || ")]\"'”’%".contains(*char))?;
        let next = rest.chars().next();
        let before_quote = matches!(next, Some('"' | '”' | '’' | '\''))
            && rest[next.map_or(0, char::len_utf8)..].chars().next().is_none_or(char::is_whitespace);
        if !before_quote && next.is_some_and(|char| !char.is_whitespace() && !"\"”’'»)".contains(char)) {
            return None;
        }
        // A spaced ellipsis goes on with another dot.
        if mark == b'.' && rest.trim_start_matches(' ').starts_with('.') {
            return None;
        }
        let is_spread = |line: &str| line.contains(['{', '}', '=', '<', '>', '|', '_', '\t']) || line.contains("   ");
        if line.around(text, at, is_spread).1 {
            return None;
        }
        let after_word = last.is_lowercase() && left.next().is_some_and(char::is_alphabetic);
        Some(Self { mark, after_word })
    }
}

//! Whether the two words at a line break stand next to each other elsewhere.
//!
//! Where a line ends in no stop and the next begins with a capital, a headline may end there, or a name may be cut in two.
//! Names come back: if the same two words follow one another in another place, they are one name here as well.

use memchr::memmem;

use super::line::Line;
use super::pair::Class;

/// Bytes of text on each side of the break that are looked through. Most articles are shorter.
const REACH: usize = 16 << 10;

/// Longest pair of words that is looked for, bytes.
const MAX_PAIR: usize = 64;

/// Fewest bytes of the two words. Shorter ones meet by chance.
const MIN_PAIR: usize = 5;

/// Whether it is worth a look: words alone do not tell whether a sentence goes on.
pub(crate) const fn is_asked(class: Class) -> bool {
    matches!(class, Class::Unclear | Class::Open | Class::Other | Class::Caseless | Class::OpenCaseless)
}

/// Whether the last word of `a` and the first of `b` stand next to each other elsewhere around.
pub(crate) fn are_seen(text: &str, a: &Line, b: &Line) -> bool {
    let around = (a.span.start as usize).saturating_sub(REACH)..text.len().min(b.span.end as usize + REACH);
    let (before, after) = (a.span.in_text(text), b.span.in_text(text));
    if a.cjk[1] && b.cjk[0] {
        // Words are not told apart: two characters of one line with one of the other.
        let mut ends = before.char_indices().rev().map(|(at, _)| &before[at..]);
        let mut starts = after.char_indices().map(|(at, c)| &after[..at + c.len_utf8()]);
        let (Some(last), Some(first)) = (ends.next(), starts.next()) else { return false };
        let pairs = [ends.next().map(|last| [last, first]), starts.next().map(|first| [last, first])];
        return pairs.iter().flatten().any(|pair| is_in(text, around.clone(), pair, |_| true));
    }
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let last = &before[before.trim_end_matches(is_letter).len()..];
    let first = &after[..after.len() - after.trim_start_matches(is_letter).len()];
    let is_whole = |found: std::ops::Range<usize>| {
        let edges = [text[..found.start].chars().next_back(), text[found.end..].chars().next()];
        !edges.into_iter().flatten().any(char::is_alphanumeric)
    };
    !last.is_empty()
        && !first.is_empty()
        && last.len() + first.len() >= MIN_PAIR
        && is_in(text, around, &[last, " ", first], is_whole)
}

/// Whether the parts stand in a row somewhere in `around` where they count.
fn is_in(
    text: &str,
    around: std::ops::Range<usize>,
    parts: &[&str],
    counts: impl Fn(std::ops::Range<usize>) -> bool,
) -> bool {
    let mut pair = [0; MAX_PAIR];
    let mut len = 0;
    for part in parts {
        let Some(place) = pair.get_mut(len..len + part.len()) else { return false };
        place.copy_from_slice(part.as_bytes());
        len += part.len();
    }
    memmem::find_iter(&text.as_bytes()[around.clone()], &pair[..len])
        .any(|at| counts(around.start + at..around.start + at + len))
}

#[cfg(test)]
mod tests {
    use super::super::line::{Known, read_lines};
    use super::*;

    /// Whether the last word of the first line and the first of the second stand together elsewhere in `text`.
    fn at_first_break(text: &str) -> bool {
        let mut lines = Vec::new();
        read_lines(text, &mut Known::default(), &mut lines);
        are_seen(text, &lines[0], &lines[1])
    }

    #[test]
    fn a_name_that_comes_back_is_seen() {
        assert!(at_first_break("The ferry leaves Port\n\nOrrin at noon.\n\nPort Orrin has two piers."));
        assert!(at_first_break("港は北見\n\n崎にある。\n\n北見崎の港。"));
    }

    #[test]
    fn parts_of_longer_words_and_the_break_itself_do_not_count() {
        assert!(!at_first_break("The ferry leaves Port\n\nOrrin at noon."));
        assert!(!at_first_break("The ferry leaves Port\n\nOrrin at noon.\n\nThe Newport Orrins won."));
    }
}

//! Page numbers and running heads, which stand between the lines of a printed text.
//!
//! Repetition alone never makes a line furniture: tables and addresses repeat too. It takes a place at
//! a page's edge, which a form feed or a count of pages gives away.

use super::edge::{End, Start};
use super::line::Line;

/// Longest page number with what is around it, bytes.
const MAX_NUMBER: usize = 24;
/// Widest running head, columns.
const MAX_HEAD: u16 = 90;
/// Fewest lines on a page.
const MIN_PAGE: usize = 8;

/// Words before a page number, lower case.
const PAGE_WORDS: [&str; 16] = [
    "page",
    "p.",
    "pg.",
    "seite",
    "s.",
    "página",
    "pág.",
    "pagina",
    "pag.",
    "side",
    "sida",
    "strona",
    "str.",
    "strana",
    "стр.",
    "Страница",
];

/// Fills `furniture` with whether each line is a page number or a running head.
pub(crate) fn find_furniture(text: &str, lines: &[Line], ends_in_feed: bool, furniture: &mut Vec<bool>) {
    furniture.clear();
    furniture.resize(lines.len(), false);
    let has_feeds = ends_in_feed || lines.iter().any(|line| line.page_break);
    find_numbers(text, lines, has_feeds, furniture);
    find_heads(text, lines, has_feeds, furniture);
}

/// A line that may be a page number.
#[derive(Clone, Copy)]
struct Number {
    at: usize,
    value: u32,
    /// Whether it says that it is one: `Page 3`.
    named: bool,
    /// Whether it says of how many: `3 of 8`, `3/8`.
    counted: bool,
    /// Whether it says both in words: `Page 3 of 8`. Nothing else does.
    spelled_out: bool,
}

fn find_numbers(text: &str, lines: &[Line], has_feeds: bool, furniture: &mut [bool]) {
    let mut chain: Option<(Number, usize, usize)> = None;
    let (mut n_counted, mut any_counted) = (0, false);
    for (at, line) in lines.iter().enumerate() {
        let Some(number) = number(text, line, at) else { continue };
        let at_feed = line.page_break
            || lines.get(at + 1).is_some_and(|next| next.page_break)
            || (has_feeds && (at == 0 || at + 1 == lines.len()));
        let at_edge = number.named && (at == 0 || at + 1 == lines.len()) && lines.len() > 2;
        let splits = splits_sentence(lines, at);
        furniture[at] |= at_feed || at_edge || number.spelled_out || (splits && (number.named || number.value == 1));
        n_counted += usize::from(number.named && number.counted);
        any_counted |= furniture[at] && number.named && number.counted;
        // A count of pages: the same distance again, or a sentence that goes on behind the number.
        match chain {
            Some((before, distance, first)) if number.value == before.value + 1 && at - before.at >= MIN_PAGE => {
                let gap = at - before.at;
                let regular = distance == 0 || (gap * 10 <= distance * 17 && distance * 10 <= gap * 17);
                if regular && (distance > 0 || splits || splits_sentence(lines, before.at)) {
                    furniture[before.at] = true;
                    furniture[first] = true;
                    furniture[at] = true;
                }
                chain = regular.then_some((number, gap, first));
            }
            _ => chain = Some((number, 0, at)),
        }
    }
    // One page may end with a paragraph, where nothing splits; the others give it away.
    if any_counted && n_counted > 1 {
        for (at, line) in lines.iter().enumerate() {
            furniture[at] |= number(text, line, at).is_some_and(|number| number.named && number.counted);
        }
    }
}

/// Whether the lines around line `at`, or around it and one line after it, are one sentence.
fn splits_sentence(lines: &[Line], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &lines[before]) else { return false };
    let open = !matches!(before.last, End::Final | End::Colon | End::Abbreviation);
    // Chinese and Japanese have no capitals; there a line without a stop tells.
    let cjk = |line: &Line| line.first == Start::Cjk && before.cjk[1];
    let goes_on =
        |line: Option<&Line>| line.is_some_and(|line| matches!(line.first, Start::Lower | Start::Closing) || cjk(line));
    open && (goes_on(lines.get(at + 1)) || goes_on(lines.get(at + 2)))
}

/// The page number that the line is.
fn number(text: &str, line: &Line, at: usize) -> Option<Number> {
    if line.span.len() > MAX_NUMBER {
        return None;
    }
    let whole = line.span.in_text(text);
    if !whole.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bare = whole.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | ' ' | '[' | ']' | '|' | '·'));
    let (named, rest) = match bare.split_once(' ') {
        Some((word, rest)) if PAGE_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) => (true, rest),
        _ => (false, bare),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let value = rest.get(..digits).filter(|digits| digits.len() <= 4)?.parse().ok()?;
    let behind = rest[digits..].trim_start();
    let total = ["of ", "von ", "de ", "di ", "av ", "z ", "/"].iter().find_map(|word| behind.strip_prefix(word));
    let is_total = total.is_some_and(|total| total.trim().bytes().all(|byte| byte.is_ascii_digit()));
    let spelled_out = named && is_total;
    let number = Number { at, value, named: named || is_total, counted: is_total, spelled_out };
    (behind.is_empty() || is_total).then_some(number)
}

/// A running head stands at the start or end of several pages: beside a form feed or a page number.
fn find_heads(text: &str, lines: &[Line], has_feeds: bool, furniture: &mut [bool]) {
    let n = lines.len();
    let opens_page = |at: usize, furniture: &[bool]| {
        (at == 0 && has_feeds) || lines[at].page_break || (at > 0 && furniture[at - 1] && !lines[at - 1].page_break)
    };
    let closes_page = |at: usize, furniture: &[bool]| {
        (at + 1 == n && has_feeds)
            || lines.get(at + 1).is_some_and(|next| next.page_break)
            || (at + 1 < n && furniture[at + 1])
    };
    if has_feeds || furniture.contains(&true) {
        mark_repeated(text, lines, furniture, opens_page);
        mark_repeated(text, lines, furniture, closes_page);
    }
    // One page break in all: number and head in capitals, on a line each or on one, and the sentence goes on.
    for at in 1..n.saturating_sub(1) {
        let (head, next) = (&lines[at], &lines[at + 1]);
        if !furniture[at] && is_head(head) && next.first == Start::Lower {
            let words = head.span.in_text(text);
            let in_capitals = words.contains(char::is_uppercase) && !words.contains(char::is_lowercase);
            let numbered = || words.starts_with(is_digit) || words.ends_with(is_digit);
            let open =
                || matches!(lines[at - 1].last, End::Lower | End::Function | End::Binding | End::Comma | End::Hyphen);
            furniture[at] = in_capitals && (furniture[at - 1] || (words.contains(' ') && numbered() && open()));
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_head(line: &Line) -> bool {
    line.width <= MAX_HEAD && !matches!(line.first, Start::Lower | Start::Closing)
}

/// Marks lines in a place that holds the same words, but for digits, on another page.
fn mark_repeated(text: &str, lines: &[Line], furniture: &mut [bool], place: impl Fn(usize, &[bool]) -> bool) {
    let mut before: Option<usize> = None;
    for at in 0..lines.len() {
        if furniture[at] || !is_head(&lines[at]) || !place(at, furniture) {
            continue;
        }
        if let Some(other) = before
            && at - other >= MIN_PAGE
            && same_but_digits(lines[at].span.in_text(text), lines[other].span.in_text(text))
        {
            furniture[at] = true;
            furniture[other] = true;
        }
        before = Some(at);
    }
}

fn same_but_digits(a: &str, b: &str) -> bool {
    let kept = |c: &char| !c.is_ascii_digit();
    a.chars().filter(kept).eq(b.chars().filter(kept)) && a.contains(char::is_alphabetic)
}

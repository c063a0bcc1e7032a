//! Reads the small print over an article: authors, outlet, date, in one line.

use cleancopy_core::Span;

use crate::cues::Cue;
use crate::dates::{self, DateLine};
use crate::shape::End;
use crate::view::View;
use crate::words::Word;

/// What a line of small print says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SmallPrint {
    /// The authors, where a word such as `By` stands before them; else empty.
    pub names: Span,
    /// The dates.
    pub dates: Option<DateLine>,
}

/// Most words of such a line.
const MAX_WORDS: usize = 30;

/// Most words of one part between bars: three full names.
const MAX_PART: usize = 12;

/// Most words of the names in a script without cases: two full names.
const MAX_CASELESS: usize = 5;

/// Words that may stand between names, in lower case.
const JOINS: &[&str] = &[
    "and",
    "und",
    "et",
    "y",
    "e",
    "en",
    "och",
    "og",
    "i",
    "и",
    "та",
    "ve",
    "a",
    "és",
    "și",
    "ja",
    "un",
    "ir",
    "in",
    "dan",
    "và",
    "και",
    "for",
    "de",
    "da",
    "van",
    "von",
    "der",
    "den",
    "del",
    "di",
    "du",
    "la",
    "le",
    "bin",
    "al",
    "with",
    "the",
    "of",
    "by",
    "af",
    "av",
    "staff",
    "writer",
    "reporter",
    "correspondent",
    "editor",
    "newsroom",
    "redaktion",
    "redacción",
    "redaktionen",
];

/// Reads a block as small print: parts divided by bars, each of which is a date, names after `By`, or a
/// short label in capitals; at least one is a date or names.
pub(crate) fn read(view: &View<'_>) -> Option<SmallPrint> {
    let (words, end) = (view.words(), view.shape().end);
    if words.is_empty() || words.len() > MAX_WORDS || matches!(end, End::Call | End::Open | End::Colon) {
        return None;
    }
    let by = view.all_hits().iter().find(|hit| hit.cue == Cue::Byline).map(|hit| hit.span);
    if by.is_none() && !words.iter().any(|&word| dates::may_begin(word)) {
        return None;
    }
    let mut found = SmallPrint::default();
    let text = view.page().text;
    let mut rest = view.span();
    while !rest.is_empty() {
        let (mut part, mut after) = cut(text, rest);
        // `5:45 AM 11/19/2019 by Ada Brook`
        if let Some(by) = by.filter(|by| part.start < by.start && by.start < part.end) {
            (part, after) = (Span::new(part.start, by.start), Span::new(by.start, rest.end));
        }
        rest = after;
        read_part(text, part, words, by, &mut found)?;
    }
    (found.dates.is_some() || !found.names.is_empty()).then_some(found)
}

/// What divides the parts of a line.
const BARS: &[&str] = &[" | ", " · ", " • ", " - ", " – ", " — ", "|", "·", "•", "- ", " / ", "\n", "\t"];

/// The first part of a line, and what is left after the bar.
fn cut(text: &str, line: Span) -> (Span, Span) {
    let line_text = line.in_text(text).as_bytes();
    // Most bytes, and most blanks, are no beginning of a bar.
    let begins = |at: usize, byte: u8| match byte {
        b' ' => matches!(line_text.get(at + 1), Some(b'|' | b'-' | b'/' | 0xc2 | 0xe2)),
        b'-' => line_text.get(at + 1) == Some(&b' '),
        b'|' | b'\n' | b'\t' | 0xc2 | 0xe2 => true,
        _ => false,
    };
    let bar_at = |at: usize| BARS.iter().find(|bar| line_text[at..].starts_with(bar.as_bytes()));
    let bar = line_text
        .iter()
        .enumerate()
        .filter(|(at, byte)| begins(*at, **byte))
        .find_map(|(at, _)| Some((at as u32, bar_at(at)?.len() as u32)));
    match bar {
        None => (line, Span::new(line.end, line.end)),
        Some((at, len)) => (Span::new(line.start, line.start + at), Span::new(line.start + at + len, line.end)),
    }
}

fn read_part(text: &str, part: Span, words: &[Word], by: Option<Span>, found: &mut SmallPrint) -> Option<()> {
    // No word goes on over a bar.
    let first = words.partition_point(|word| word.start < part.start);
    let words = &words[first..];
    let words = &words[..words.partition_point(|word| word.end <= part.end)];
    if let Some(line) = dates::read(text, part, words) {
        found.dates.get_or_insert(line);
        return Some(());
    }
    if dates::is_time(text, part, words) {
        return Some(());
    }
    let mut names = words.iter().enumerate();
    let mut start = part.start;
    if let Some(by) = by.filter(|by| by.start == part.start) {
        start = by.end;
    }
    let mut end = part.end;
    let (mut n_words, mut n_names, mut n_caseless) = (0, 0, 0);
    for (at, word) in names.by_ref().filter(|(_, word)| word.start >= start) {
        if dates::may_begin(*word) {
            end = word.start;
            found.dates.get_or_insert(dates::read(text, Span::new(end, part.end), &words[at..])?);
            break;
        }
        n_words += 1;
        match () {
            () if word.has(Word::UPPER) || word.has(Word::GLYPH) => n_names += 1,
            () if word.has(Word::CASELESS) && start > part.start => n_caseless += 1,
            () if JOINS.contains(&&text[word.start as usize..word.end as usize]) => {}
            () => return None,
        }
    }
    if start > part.start {
        found.names = Span::new(start, end);
        // Without cases, any word may be a name.
        let most = if n_caseless > 0 { MAX_CASELESS } else { MAX_PART };
        return (n_names + n_caseless >= 2 && n_words <= most).then_some(());
    }
    (n_words <= MAX_PART / 2).then_some(())
}

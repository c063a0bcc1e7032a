//! The signs before the lines of a quotation.

use std::ops::Range;

/// The signs `> ` of all lines that lie in `quotes`, one range for each line.
///
/// A quotation inside another is a range of its own; quotations are in order of their start.
pub(super) fn markers(text: &str, quotes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut markers = Vec::new();
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut next = 0;
    let mut at = quotes.first().map_or(text.len(), |quote| quote.start);
    while at < text.len() {
        let line_end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
        // One that lies in another ends before it or with it.
        while open.last().is_some_and(|quote| quote.end <= at) {
            open.pop();
        }
        while quotes.get(next).is_some_and(|quote| quote.start < line_end) {
            open.push(quotes[next].clone());
            next += 1;
        }
        // A quotation may begin inside its line, behind the marker of a list.
        let start = open.first().map_or(at, |quote| quote.start).max(at);
        if let Some(marker) = marker(&text[..line_end], start, open.len()) {
            markers.push(marker);
        }
        at = if open.is_empty() { quotes.get(next).map_or(text.len(), |quote| quote.start) } else { line_end };
    }
    markers
}

/// Up to `most` signs from `start` on.
fn marker(text: &str, start: usize, most: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Option<Range<usize>> = None;
    let mut at = start;
    for _ in 0..most {
        let indent = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        at += indent;
        if bytes.get(at) != Some(&b'>') {
            break;
        }
        let first = found.map_or(at, |found| found.start);
        at += 1;
        at += usize::from(bytes.get(at) == Some(&b' '));
        found = Some(first..at);
    }
    found
}

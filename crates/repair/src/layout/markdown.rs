//! Markdown notation in a plain text.
//!
//! Only what nobody writes by accident is taken for notation, and only in a text that holds at least
//! one heading, link, address in angle brackets or bold stretch in its prose: underscores and
//! asterisks alone are older than Markdown.

use cleancopy_core::{Block, BlockKind, Mark, MarkKind, Span};

/// Adds the marks of `text`, in order of `outer.start`.
pub(crate) fn find_marks(text: &str, blocks: &[Block], marks: &mut Vec<Mark>) {
    if !may_hold_marks(text.as_bytes()) {
        return;
    }
    let mut strong_evidence = false;
    for block in blocks {
        if block.kind.protected() {
            continue;
        }
        let n_before = marks.len();
        find_heading(text, block, marks);
        find_inline(text, block.span, marks);
        strong_evidence |=
            block.kind != BlockKind::ListItem && marks[n_before..].iter().any(|mark| mark.kind != MarkKind::Emphasis);
    }
    if !strong_evidence {
        marks.clear();
    }
}

/// A quick look for the two-byte openers of notation that is evidence.
fn may_hold_marks(bytes: &[u8]) -> bool {
    let opens = |at: usize| {
        let next = bytes.get(at + 1);
        match bytes[at] {
            b'#' => matches!(next, Some(b' ' | b'#')),
            b']' => next == Some(&b'('),
            b'<' => matches!(next, Some(b'h' | b'm')),
            _ => next == Some(&b'*'),
        }
    };
    memchr::memchr3_iter(b'#', b']', b'<', bytes).any(opens) || memchr::memchr_iter(b'*', bytes).any(opens)
}

/// `# ` to `###### ` before words.
fn find_heading(text: &str, block: &Block, marks: &mut Vec<Mark>) {
    let bytes = &text.as_bytes()[block.span.range()];
    let level = bytes.iter().take_while(|&&byte| byte == b'#').count();
    if !(1..=6).contains(&level) || bytes.get(level) != Some(&b' ') {
        return;
    }
    let spaces = bytes[level..].iter().take_while(|&&byte| byte == b' ').count();
    let inner = block.span.start + (level + spaces) as u32;
    let outer = Span::new(block.span.start, inner);
    marks.push(Mark { outer, inner: Span::new(inner, inner), kind: MarkKind::Opener });
}

fn find_inline(text: &str, span: Span, marks: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let (mut at, end) = (span.start as usize, span.end as usize);
    while at < end {
        let next = bytes[at..end].iter().position(|&byte| matches!(byte, b'*' | b'_' | b'[' | b'!' | b'<'));
        let Some(found) = next else { return };
        at += found;
        match mark_at(text, at, span) {
            // Words inside a link or a bold stretch may hold notation of their own.
            Some(mark) => {
                at = match mark.kind {
                    MarkKind::Strong | MarkKind::Emphasis | MarkKind::Link => mark.inner.start as usize,
                    _ => mark.outer.end as usize,
                };
                marks.push(mark);
            }
            None => at += 1,
        }
    }
}

fn mark_at(text: &str, at: usize, span: Span) -> Option<Mark> {
    let rest = &text[at..span.end as usize];
    match rest.as_bytes()[0] {
        b'*' if rest.starts_with("**") => emphasis(text, at, span, "**", MarkKind::Strong),
        b'*' => emphasis(text, at, span, "*", MarkKind::Emphasis),
        b'_' if rest.starts_with("__") => emphasis(text, at, span, "__", MarkKind::Strong),
        b'_' => emphasis(text, at, span, "_", MarkKind::Emphasis),
        b'[' => link(rest, at, 0, MarkKind::Link),
        b'!' if rest.starts_with("![") => link(rest, at, 1, MarkKind::Image),
        b'<' => autolink(rest, at),
        _ => None,
    }
}

/// Longest emphasised stretch, bytes: a paragraph.
const MAX_EMPHASIS: usize = 2000;

/// Words between two runs of the same mark, which stand against the words inside and not inside a
/// word outside.
fn emphasis(text: &str, at: usize, span: Span, run: &str, kind: MarkKind) -> Option<Mark> {
    let symbol = run.chars().next()?;
    let before = text[span.start as usize..at].chars().next_back();
    let from = at + run.len();
    let inside = &text[from..span.end as usize];
    let first = inside.chars().next()?;
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if in_word(before) || before == Some(symbol) || first.is_whitespace() || first == symbol {
        return None;
    }
    for (found, _) in inside.match_indices(run) {
        if found > MAX_EMPHASIS {
            return None;
        }
        let last = inside[..found].chars().next_back()?;
        let after = inside[found + run.len()..].chars().next();
        if last == symbol || after == Some(symbol) {
            continue;
        }
        if last.is_whitespace() {
            return None;
        }
        if in_word(after) {
            continue;
        }
        let end = from + found;
        return Some(Mark { outer: Span::of(at..end + run.len()), inner: Span::of(from..end), kind });
    }
    None
}

/// Longest link text and longest address, bytes.
const MAX_LINK: usize = 2000;

/// `[words](target)` or `![words](target)`.
fn link(rest: &str, at: usize, sign: usize, kind: MarkKind) -> Option<Mark> {
    let bytes = rest.as_bytes();
    let mut depth = 0;
    let mut close = None;
    for (index, &byte) in bytes.iter().enumerate().skip(sign).take(MAX_LINK) {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    close = Some(index);
                    break;
                }
            }
            _ => {}
        }
    }
    let close = close?;
    if bytes.get(close + 1) != Some(&b'(') {
        return None;
    }
    let end = close + 2 + target_end(&rest[close + 2..])?;
    let inner = match kind {
        MarkKind::Image => at + end..at + end,
        _ => at + sign + 1..at + close,
    };
    Some(Mark { outer: Span::of(at..at + end), inner: Span::of(inner), kind })
}

/// Length of a link target with its closing bracket: an address without spaces and a title if need be.
fn target_end(rest: &str) -> Option<usize> {
    let mut depth = 1;
    let mut quoted = false;
    let mut spaced = false;
    for (index, byte) in rest.bytes().enumerate().take(MAX_LINK) {
        match byte {
            b'"' if spaced => quoted = !quoted,
            _ if quoted => {}
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            b' ' | b'\n' if spaced => {}
            b' ' | b'\n' => spaced = true,
            // Words in brackets are no target.
            _ if spaced => return None,
            _ => {}
        }
    }
    None
}

/// `<https://...>` or `<mailto:...>`.
fn autolink(rest: &str, at: usize) -> Option<Mark> {
    let close = rest.bytes().take(MAX_LINK).position(|byte| byte == b'>')?;
    let address = &rest[1..close];
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    if !known || address.contains(char::is_whitespace) {
        return None;
    }
    let end = at + close;
    Some(Mark { outer: Span::of(at..end + 1), inner: Span::of(at + 1..end), kind: MarkKind::Autolink })
}

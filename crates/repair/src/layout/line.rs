//! What a line looks like from outside: its ends, its indent, its width.

use std::iter::Peekable;

use cleancopy_core::Span;

use super::code;
use super::edge::{End, Start, closes, end_of, is_cjk, opens_quote, start_of};
use super::width::{indent, widths};

/// One line that is not blank.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "traits that do not depend on one another")]
pub(crate) struct Line {
    /// The line without the white space around it.
    pub(crate) span: Span,
    /// First byte of the line, before its indent.
    pub(crate) start: u32,
    /// Columns of white space before it; a tab goes to the next multiple of eight.
    pub(crate) indent: u16,
    /// Columns from the first to the last character, at most [`MAX_WIDTH`].
    pub(crate) width: u16,
    /// Columns of its first word.
    pub(crate) first_word: u16,
    /// Blank lines before it.
    pub(crate) blanks: u16,
    /// Columns behind the last sentence that ends inside the line; all of it if none does.
    pub(crate) tail: u16,
    /// Sentences that end inside the line, at most 255.
    pub(crate) sentences: u8,
    /// Stops inside the line before a lower-case letter: ends of sentences too in a text without capitals. At most 255.
    pub(crate) low_stops: u8,
    /// Whether white space stood at its end.
    pub(crate) trailing: bool,
    /// Whether a form feed stands before it.
    pub(crate) page_break: bool,
    /// Whether page numbers or running heads stand before it.
    pub(crate) furniture: bool,
    /// Whether it alone looks like program text.
    pub(crate) code: bool,
    /// How it begins.
    pub(crate) first: Start,
    /// How it ends.
    pub(crate) last: End,
    /// Whether its first and its last character are Chinese or Japanese, punctuation included.
    pub(crate) cjk: [bool; 2],
}

/// The lines of the text that was read before. A text is mostly read again after it was changed here and there, and
/// many of its lines are the same.
#[derive(Default)]
pub(crate) struct Known {
    text: String,
    lines: Vec<Line>,
    /// The line after the one that was found last.
    next: usize,
    /// Lines that may still be looked for in vain: in another text all are new.
    patience: usize,
}

/// Lines of the text before that are looked through for one that is the same.
const MAX_SKIPPED: usize = 8;

/// Lines looked for in vain for each that is found.
const PATIENCE: usize = 3;

impl Known {
    /// The line that holds these bytes and nothing else.
    fn find(&mut self, whole: &[u8]) -> Option<Line> {
        self.patience = self.patience.checked_sub(1)?;
        let bytes = self.text.as_bytes();
        let is_it = |line: &Line| line.span.len() == whole.len() && bytes[line.span.range()] == *whole;
        let found = self.lines[self.next..].iter().take(MAX_SKIPPED).position(is_it)?;
        self.next += found + 1;
        self.patience += PATIENCE;
        Some(self.lines[self.next - 1])
    }
}

/// Fills `lines`, which hold what was read before, with the lines of `text` that are not blank. Returns whether a form
/// feed stands behind the last of them.
pub(crate) fn read_lines(text: &str, known: &mut Known, lines: &mut Vec<Line>) -> bool {
    std::mem::swap(&mut known.lines, lines);
    (known.next, known.patience) = (0, PATIENCE);
    lines.clear();
    let bytes = text.as_bytes();
    let mut signs = Signs::of(text);
    let (mut start, mut blanks, mut page_break) = (0, 0u16, false);
    for end in memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len())) {
        let line = if start == end {
            None
        } else if let Some(line) = known.find(&bytes[start..end]) {
            let (span, page_break) = (Span::of(start..end), std::mem::take(&mut page_break));
            Some(Line { span, start: span.start, indent: 0, trailing: false, furniture: false, page_break, ..line })
        } else {
            read_line(text, start, end, &mut page_break, &mut signs)
        };
        if let Some(line) = line {
            lines.push(Line { blanks, ..line });
            blanks = 0;
        } else if end < bytes.len() {
            blanks = blanks.saturating_add(1);
        }
        start = end + 1;
    }
    known.text.clear();
    known.text.push_str(text);
    page_break
}

/// The line `start..end`, or nothing if it is blank. `page_break` is set by a form feed and taken by
/// the line that follows it.
fn read_line(text: &str, start: usize, end: usize, page_break: &mut bool, signs: &mut Signs<'_>) -> Option<Line> {
    let whole = &text[start..end];
    // Most lines have no white space around them.
    let is_ink = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let trimmed = if is_ink(whole.as_bytes().first()) {
        whole
    } else {
        whole.trim_start_matches(|c: char| {
            *page_break |= c == '\u{C}';
            is_space(c)
        })
    };
    let from = end - trimmed.len();
    let content = if is_ink(trimmed.as_bytes().last()) { trimmed } else { trimmed.trim_end_matches(is_space) };
    if content.is_empty() {
        return None;
    }
    let (width, first_word) = widths(content);
    let span = Span::of(from..from + content.len());
    let (sentences, low_stops, tail) = signs.sentences(span);
    let tail = if sentences == 0 { width } else { widths(&text[tail..span.end as usize]).0 };
    let line = Line {
        span,
        start: start as u32,
        indent: indent(&text[start..from]),
        width,
        first_word,
        blanks: 0,
        tail,
        sentences,
        low_stops,
        trailing: content.len() < trimmed.len(),
        page_break: std::mem::take(page_break),
        furniture: false,
        code: signs.code.look_like_code(span),
        first: start_of(content),
        last: end_of(content),
        cjk: [content.chars().next(), content.chars().next_back()].map(|c| c.is_some_and(is_cjk)),
    };
    *page_break = trimmed.as_bytes()[content.len()..].contains(&0xC);
    Some(line)
}

/// White space as lines have it around them; the byte order mark counts, since it is seen by nobody.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// The places of a text where sentences may end or signs of code stand, read along with its lines.
struct Signs<'t> {
    text: &'t str,
    points: Peekable<memchr::Memchr3<'t>>,
    /// First bytes of what may be ideographic full stops; Latin text has no use for them.
    ideographs: Peekable<memchr::Memchr<'t>>,
    code: code::Signs<'t>,
}

impl<'t> Signs<'t> {
    fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self {
            text,
            points: memchr::memchr3_iter(b'.', b'!', b'?', bytes).peekable(),
            ideographs: memchr::memchr_iter(0xE3, bytes).peekable(),
            code: code::Signs::of(text),
        }
    }

    /// Sentences that end inside the line: a stop, closing marks, a space, then no lower-case letter. And such stops before
    /// one, and the byte behind the last such sentence.
    fn sentences(&mut self, line: Span) -> (u8, u8, usize) {
        let (start, end) = (line.start as usize, line.end as usize);
        let (mut n, mut n_low, mut tail) = (0u8, 0u8, start);
        while let Some(at) = self.points.next_if(|&at| at < end) {
            if at < start {
                continue;
            }
            let rest = &self.text[at + 1..end];
            let next = match rest.as_bytes().first() {
                // Points inside numbers and addresses, and at the end of the line.
                None => continue,
                Some(byte) if byte.is_ascii_alphanumeric() => continue,
                Some(b' ') => &rest[1..],
                Some(_) => match rest.trim_start_matches(closes).strip_prefix(' ') {
                    Some(next) => next,
                    None => continue,
                },
            };
            let first = next.chars().find(|&c| !opens_quote(c) && c != '(');
            let begins = first.is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic());
            n = n.saturating_add(u8::from(begins));
            tail = if begins { at + 1 } else { tail };
            n_low = n_low.saturating_add(u8::from(first.is_some_and(char::is_lowercase)));
        }
        while let Some(at) = self.ideographs.next_if(|&at| at < end) {
            let stop = at >= start && self.text[at..end].strip_prefix('。').is_some_and(|rest| !rest.is_empty());
            n = n.saturating_add(u8::from(stop));
            tail = if stop { tail.max(at + '。'.len_utf8()) } else { tail };
        }
        (n, n_low, tail)
    }
}

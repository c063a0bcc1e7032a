//! What a line looks like from outside: its ends, its indent, its width.

use std::iter::Peekable;

use cleancopy_core::Span;
use unicode_script::{Script, UnicodeScript};
use unicode_width::UnicodeWidthChar;

use super::{code, words};

/// Widest line whose width is counted, columns. Anything longer is a paragraph on one line.
pub(crate) const MAX_WIDTH: u16 = 250;

/// How a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Start {
    /// A lower-case letter.
    Lower,
    /// A capital.
    Upper,
    /// A word that is common at the start of a sentence, with a capital.
    Starter,
    /// A speaker's name and a colon.
    Label,
    /// A digit.
    Digit,
    /// An opening quotation mark before anything but a lower-case letter.
    Quote,
    /// An opening quotation mark before a lower-case letter.
    QuoteLower,
    /// An opening bracket.
    Bracket,
    /// A mark that no line begins with: `,` `.` `;` `:` `)` and the like.
    Closing,
    /// Points of ellipsis.
    Ellipsis,
    /// A dash, as before a turn of dialogue.
    Dash,
    /// Chinese or Japanese.
    Cjk,
    /// A letter of a script without capitals.
    Caseless,
    /// Anything else.
    #[default]
    Other,
    /// A lower-case letter of a text without capitals, where it says nothing. No line is read so: see `as_seen`.
    Uncased,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// A full stop, question mark and the like, with or without closing quotes and brackets.
    Final,
    /// A full stop that more likely belongs to an abbreviation or an initial.
    Abbreviation,
    /// A colon.
    Colon,
    /// A comma or semicolon.
    Comma,
    /// A dash.
    Dash,
    /// A hyphen after a letter or digit.
    Hyphen,
    /// An opening bracket or quotation mark.
    Opening,
    /// A closing bracket or quotation mark after no full stop.
    Closing,
    /// A digit.
    Digit,
    /// A lower-case letter.
    Lower,
    /// A word that no sentence ends with, such as an article or a preposition.
    Function,
    /// A word with a capital.
    Name,
    /// Chinese or Japanese.
    Cjk,
    /// A letter of a script without capitals.
    Caseless,
    /// Anything else.
    #[default]
    Other,
}

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
    let (sentences, low_stops) = signs.sentences(span);
    let line = Line {
        span,
        start: start as u32,
        indent: indent(&text[start..from]),
        width,
        first_word,
        blanks: 0,
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

fn indent(space: &str) -> u16 {
    let mut columns = 0u16;
    for c in space.chars() {
        columns = match c {
            '\t' => (columns / 8 + 1) * 8,
            '\u{3000}' => columns.saturating_add(2),
            '\u{C}' => 0,
            '\u{FEFF}' | '\u{200B}' | '\r' => columns,
            _ => columns.saturating_add(1),
        }
        .min(MAX_WIDTH);
    }
    columns
}

/// Columns of the whole line and of its first word.
fn widths(content: &str) -> (u16, u16) {
    let bytes = content.as_bytes();
    let ends_word = |byte: &u8| matches!(byte, b' ' | b'\t');
    // The start of a long line tells that it is too long to be measured.
    let head = &bytes[..bytes.len().min(MAX_WIDTH as usize)];
    let word = head.iter().position(ends_word);
    if head.is_ascii() {
        let width = if head.len() == bytes.len() { head.len() as u16 } else { MAX_WIDTH };
        return (width, word.unwrap_or(head.len()) as u16);
    }
    // A line of Chinese or Japanese breaks between any two characters.
    let first = if let Some(first) = content.chars().next().filter(|&c| is_cjk(c)) {
        first.width().unwrap_or(0) as u16
    } else {
        let rest = &bytes[head.len()..];
        let word = word.or_else(|| memchr::memchr2(b' ', b'\t', rest).map(|at| head.len() + at));
        columns(&content[..word.unwrap_or(bytes.len())])
    };
    (columns(content), first)
}

/// Columns of `text`, at most [`MAX_WIDTH`].
fn columns(text: &str) -> u16 {
    let limit = MAX_WIDTH as usize;
    // The start of a long line tells that it is too long to be measured. A character takes up to four bytes.
    for n_bytes in [2 * limit, 8 * limit] {
        let bytes = &text.as_bytes()[..text.len().min(n_bytes)];
        let (n_chars, plain) = count_chars(bytes);
        let whole = bytes.len() == text.len();
        if n_chars >= 2 * limit || ((whole || n_chars >= limit) && plain) {
            return n_chars.min(limit) as u16;
        }
        if whole {
            break;
        }
    }
    let mut sum = 0;
    for c in text.chars() {
        sum += if c.is_ascii() { 1 } else { c.width().unwrap_or(0) };
        if sum >= limit {
            return MAX_WIDTH;
        }
    }
    sum as u16
}

/// Characters that begin in `bytes`, and whether each takes one column: up to U+02FF, in Cyrillic and among general
/// punctuation they do, nearly always. Compiles to vector code.
fn count_chars(bytes: &[u8]) -> (usize, bool) {
    let (mut n_chars, mut wide) = (0, 0);
    // As many bytes as can be counted in one.
    for chunk in bytes.chunks(usize::from(u8::MAX)) {
        let mut n = 0u8;
        for &byte in chunk {
            n += u8::from(byte & 0xC0 != 0x80);
            let one_column = u8::from(byte < 0xCC) | u8::from(byte & 0xFE == 0xD0) | u8::from(byte == 0xE2);
            wide |= one_column ^ 1;
        }
        n_chars += usize::from(n);
    }
    (n_chars, wide == 0)
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

    /// Sentences that end inside the line: a stop, closing marks, a space, then no lower-case letter. And such stops before one.
    fn sentences(&mut self, line: Span) -> (u8, u8) {
        let (start, end) = (line.start as usize, line.end as usize);
        let (mut n, mut n_low) = (0u8, 0u8);
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
            n_low = n_low.saturating_add(u8::from(first.is_some_and(char::is_lowercase)));
        }
        while let Some(at) = self.ideographs.next_if(|&at| at < end) {
            let stop = at >= start && self.text[at..end].strip_prefix('。').is_some_and(|rest| !rest.is_empty());
            n = n.saturating_add(u8::from(stop));
        }
        (n, n_low)
    }
}

/// Whether a line may be broken before or after `c` without a space: Chinese and Japanese.
pub(crate) fn is_cjk(c: char) -> bool {
    match c {
        '\0'..='\u{2E7F}' => false,
        '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF60}' => true,
        _ => matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo),
    }
}

/// Marks that open a quotation at the start of a line.
pub(crate) fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '»' | '›' | '「' | '『' | '‟' | '`')
}

/// Marks that may stand between a full stop and the end of its sentence.
pub(crate) fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '“'
            | '‘'
            | '»'
            | '«'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '*'
            | '_'
    )
}

/// Marks that end a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '‼' | '⁈' | '⁉' | '．')
}

fn start_of(content: &str) -> Start {
    let mut chars = content.chars();
    let first = chars.next().unwrap_or(' ');
    match first {
        'a'..='z' if is_address(content) => return Start::Other,
        'a'..='z' => return Start::Lower,
        'A'..='Z' => return upper_start(content),
        '0'..='9' => return Start::Digit,
        '(' | '[' | '{' | '¿' | '¡' | '（' | '【' | '［' => return Start::Bracket,
        '…' => return Start::Ellipsis,
        '.' if content.starts_with("..") => return Start::Ellipsis,
        ',' | '.' | ';' | ':' | ')' | ']' | '}' | '!' | '?' | '%' | '、' | '。' | '，' | '」' | '』' | '）' | '！'
        | '？' | '：' | '；' | '،' | '؛' | '؟' => return Start::Closing,
        '’' if chars.clone().next().is_some_and(char::is_alphabetic) => return Start::Lower,
        // Some languages open their quotations with the mark that closes those of others; then a word follows.
        '”' if chars.clone().next().is_some_and(char::is_alphanumeric) => {
            return if chars.next().is_some_and(char::is_lowercase) { Start::QuoteLower } else { Start::Quote };
        }
        '”' | '’' => return Start::Closing,
        '-' | '–' | '—' | '―' | '•' | '*' | '‐' | '−' => return Start::Dash,
        _ => {}
    }
    if opens_quote(first) {
        return match chars.find(|&c| !opens_quote(c)) {
            Some(c) if c.is_lowercase() => Start::QuoteLower,
            Some(c) if c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | ')') => Start::Closing,
            None => Start::Closing,
            _ => Start::Quote,
        };
    }
    if first.is_lowercase() {
        Start::Lower
    } else if first.is_uppercase() {
        upper_start(content)
    } else if is_cjk(first) {
        if is_cjk_label(content) { Start::Label } else { Start::Cjk }
    } else if first.is_alphabetic() {
        Start::Caseless
    } else if first.is_numeric() {
        Start::Digit
    } else {
        Start::Other
    }
}

/// Whether the line begins with an address of the network.
fn is_address(content: &str) -> bool {
    content.starts_with("www.")
        || content.starts_with("http")
        || content.bytes().take_while(|&byte| byte != b' ').any(|byte| byte == b'@')
}

/// What kind of start a capital makes.
fn upper_start(content: &str) -> Start {
    if is_label(content) {
        return Start::Label;
    }
    let n_ascii = content.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = match content.as_bytes().get(n_ascii) {
        Some(128..) => content.find(|c: char| !c.is_alphabetic()).unwrap_or(content.len()),
        _ => n_ascii,
    };
    if words::starts_sentence(&content[..end]) { Start::Starter } else { Start::Upper }
}

/// Longest name of a speaker, bytes.
const MAX_LABEL: usize = 32;

/// Whether the line begins with a name and a colon: one to three words, each with a capital.
fn is_label(content: &str) -> bool {
    let head = &content.as_bytes()[..content.len().min(MAX_LABEL)];
    let Some(colon) = memchr::memchr(b':', head) else { return false };
    if content.as_bytes().get(colon + 1) != Some(&b' ') {
        return false;
    }
    let mut words = content[..colon].split(' ');
    let n_capital = words.by_ref().take(3).take_while(|word| word.starts_with(char::is_uppercase)).count();
    n_capital > 0 && words.next().is_none() && content[..colon].split(' ').count() == n_capital
}

/// Longest label in Chinese or Japanese, characters.
const MAX_CJK_LABEL: usize = 8;

/// Whether the line begins with a few characters and a wide colon, as one of a list does.
fn is_cjk_label(content: &str) -> bool {
    let colon = content.chars().take(MAX_CJK_LABEL + 1).position(|c| c == '：');
    colon.is_some_and(|at| content.chars().take(at).all(char::is_alphanumeric))
}

/// What kind of end a lower-case letter makes.
fn lower_end(content: &str) -> End {
    let start = content.char_indices().rev().find(|(_, c)| !c.is_alphabetic());
    let (before, start) = start.map_or((' ', 0), |(at, c)| (c, at + c.len_utf8()));
    let word = &content[start..];
    if word.starts_with(char::is_uppercase) {
        End::Name
    } else if !before.is_ascii_digit() && !matches!(before, '.' | '@' | '/' | '_') && words::joins_on(word) {
        End::Function
    } else {
        End::Lower
    }
}

fn end_of(content: &str) -> End {
    let mut chars = content.chars();
    let last = chars.next_back().unwrap_or(' ');
    match last {
        ',' | ';' | '、' | '，' | '；' | '،' | '؛' => return End::Comma,
        ':' | '：' => return End::Colon,
        '-' | '‐' | '\u{AD}' | '¬' => {
            return if chars.next_back().is_some_and(char::is_alphanumeric) { End::Hyphen } else { End::Dash };
        }
        '–' | '—' | '―' | '−' => return End::Dash,
        '(' | '[' | '{' | '„' | '‚' | '「' | '（' => return End::Opening,
        _ => {}
    }
    if ends_sentence(last) {
        return if last == '.' && is_abbreviation(content) { End::Abbreviation } else { End::Final };
    }
    if closes(last) {
        let inner = chars.rfind(|&c| !closes(c)).unwrap_or(' ');
        return if ends_sentence(inner) {
            End::Final
        } else if inner.is_whitespace() && matches!(last, '"' | '\'' | '“' | '‘' | '«') {
            End::Opening
        } else {
            End::Closing
        };
    }
    if last.is_lowercase() {
        lower_end(content)
    } else if last.is_uppercase() {
        End::Name
    } else if is_cjk(last) {
        End::Cjk
    } else if last.is_alphabetic() {
        End::Caseless
    } else if last.is_numeric() {
        End::Digit
    } else {
        End::Other
    }
}

/// Whether the full stop at the end of `content` more likely belongs to its last word.
fn is_abbreviation(content: &str) -> bool {
    let stem = &content[..content.len() - 1];
    let bytes = stem.as_bytes();
    let parts = |at: &usize| match bytes[*at] {
        b' ' | b'\t' | b'(' | b'"' => true,
        0x9C => bytes[..=*at].ends_with("“".as_bytes()),
        _ => false,
    };
    let first = bytes.len().saturating_sub(words::MAX_ABBREVIATION + 1);
    let word = match (first..bytes.len()).rev().find(parts) {
        Some(space) => &stem[space + 1..],
        None if first == 0 => stem,
        // Nothing as long is one.
        None => return false,
    };
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only.is_uppercase(),
        _ => words::is_abbreviation(word),
    }
}

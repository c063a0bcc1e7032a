//! Program text between the lines of a document.

use std::iter::Peekable;

use cleancopy_core::Span;
use memchr::{Memchr, Memchr3};

use super::line::Line;
use super::structure::Role;

/// Lines that look like code, out of ten, from which on a stretch is code.
const CODE_SHARE: usize = 3;
/// Lines between two that look like code that are taken for code too.
const CODE_GAP: usize = 6;
/// Most lines of comments and indented text between two stretches of code that are code too.
const CODE_INSIDE: usize = 24;

/// A stretch is code if enough of its lines look like it.
pub(crate) fn find_code(text: &str, lines: &[Line], roles: &mut [Role]) {
    let looks = |at: usize, roles: &[Role]| roles[at] == Role::Prose && lines[at].code;
    let (mut index, mut any) = (0, false);
    while index < lines.len() {
        if !looks(index, roles) {
            index += 1;
            continue;
        }
        // Comments say neither that code is there nor that it ends.
        let (mut last, mut n_code, mut n_other, mut others, mut at) = (index, 1, 0, 0, index + 1);
        while at < lines.len() && others < CODE_GAP {
            if looks(at, roles) {
                n_code += 1;
                n_other += others;
                (last, others) = (at, 0);
            } else if !is_comment(lines[at].span.in_text(text)) {
                others += 1;
            }
            at += 1;
        }
        if n_code >= 3 && n_code * 10 >= (n_code + n_other) * CODE_SHARE {
            let indented = |line: &&Line| line.indent > 0;
            let before = lines[..index].iter().rev().take(CODE_GAP).take_while(indented).count();
            let after = lines[last + 1..].iter().take(CODE_GAP).take_while(indented).count();
            roles[index - before..=last + after].fill(Role::Code);
            last += after;
            any = true;
        }
        index = last + 1;
    }
    if any {
        find_comments(text, lines, roles);
    }
}

/// Comments beside code are code, and so is what stands inside it: comments and indented lines, such as
/// texts in quotes over several lines.
fn find_comments(text: &str, lines: &[Line], roles: &mut [Role]) {
    let mut start = 0;
    while start < lines.len() {
        if roles[start] == Role::Code {
            start += 1;
            continue;
        }
        let end = (start..lines.len()).find(|&at| roles[at] == Role::Code).unwrap_or(lines.len());
        let comment = |at: &usize| is_comment(lines[*at].span.in_text(text));
        // A heading of Markdown begins like a comment, but stands alone.
        let mut after = (start..end).take_while(comment).count();
        if start == 0 || (after == 1 && end - start > 1) {
            after = 0;
        }
        let mut before = (start..end).rev().take_while(comment).count();
        if end == lines.len() || (before == 1 && lines[end].blanks > 0) {
            before = 0;
        }
        let within = start > 0 && end < lines.len();
        let edge = if within { lines[start - 1].indent.min(lines[end].indent) } else { 0 };
        let inside = |at: usize| lines[at].indent > 0 && lines[at].indent >= edge || comment(&at);
        if within && end - start <= CODE_INSIDE && (start..end).all(inside) {
            roles[start..end].fill(Role::Code);
        } else {
            roles[start..start + after].fill(Role::Code);
            roles[end - before..end].fill(Role::Code);
        }
        start = end;
    }
}

/// What lines of comments begin with.
const COMMENTS: [&str; 8] = ["# ", "//", "/*", "* ", "*/", "-- ", "\"\"\"", "'''"];

/// Whether a line beside code is a comment.
fn is_comment(line: &str) -> bool {
    line == "#" || COMMENTS.iter().any(|mark| line.starts_with(mark))
}

/// The bytes of a text that signs of code are known by, read along with its lines.
pub(crate) struct Signs<'t> {
    text: &'t str,
    places: [Peekable<Memchr3<'t>>; 2],
    brackets: Peekable<Memchr<'t>>,
}

impl<'t> Signs<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self {
            text,
            places: [
                memchr::memchr3_iter(b'=', b'(', b'>', bytes).peekable(),
                memchr::memchr3_iter(b':', b'&', b'|', bytes).peekable(),
            ],
            brackets: memchr::memchr_iter(b'[', bytes).peekable(),
        }
    }

    /// Whether a line alone looks like program text.
    pub(crate) fn look_like_code(&mut self, line: Span) -> bool {
        let n_signs = self.count(line);
        let line = line.in_text(self.text);
        let (Some(&first), Some(&last)) = (line.as_bytes().first(), line.as_bytes().last()) else { return false };
        n_signs >= 2
            || (n_signs == 1 && line.len() < 80 && line.contains(['_', '(', '"', '\'']))
            || ends_like_code(line, last)
            || starts_like_code(line, first, last)
    }

    /// Different signs in a line that stand inside lines of code and seldom in prose.
    fn count(&mut self, line: Span) -> u32 {
        let (start, end) = (line.start as usize, line.end as usize);
        let bytes = &self.text.as_bytes()[line.range()];
        let (mut signs, mut first) = (0, usize::MAX);
        let mut look = |at: usize| {
            if let Some(at) = at.checked_sub(start) {
                signs |= signs_at(bytes, at);
                first = first.min(at);
            }
        };
        for places in &mut self.places {
            while let Some(at) = places.next_if(|&at| at < end) {
                look(at);
            }
        }
        while let Some(at) = self.brackets.next_if(|&at| at < end) {
            look(at);
        }
        if first < MAX_CODE { signs.count_ones() } else { 0 }
    }
}

/// Whether a line that ends in `last` ends like program text.
fn ends_like_code(line: &str, last: u8) -> bool {
    let bytes = line.as_bytes();
    match last {
        b';' => line.len() < 120 && line.contains(['(', '=', '}', '.', '>']) && !line.contains(". "),
        b'{' | b'}' | b'\\' => true,
        b'(' | b'[' => line.contains(['=', '_', '.']) || line.len() < 40,
        b':' => {
            ["def ", "class ", "if ", "elif ", "else", "for ", "while ", "try", "except", "with "]
                .iter()
                .any(|word| line.starts_with(word))
                && (line.contains(['(', '_', '=', '.']) || line.len() < 12)
        }
        b')' | b',' | b']' => {
            let follows =
                |byte: u8, rest: &[u8]| memchr::memchr_iter(byte, bytes).any(|at| bytes[at + 1..].starts_with(rest));
            memchr::memchr2(b'=', b'_', bytes).is_some() || follows(b'"', b": ") || follows(b'(', b"'")
        }
        _ => false,
    }
}

/// Whether a line that goes from `first` to `last` starts like program text.
fn starts_like_code(line: &str, first: u8, last: u8) -> bool {
    let opens = |word: &str| line.starts_with(word);
    let keyword = match first {
        b'/' => return opens("//") || opens("/*"),
        b'<' => return last == b'>' && line.contains("</") || opens("<!--"),
        b'#' => return ["#include", "#define", "#if", "#endif", "#[", "#!"].iter().any(|word| opens(word)),
        b'>' => return opens(">>> "),
        b'}' | b'{' => return true,
        b'@' => return line.len() < 40 && !line.contains(' '),
        b'i' => opens("import "),
        b'f' => opens("from ") || opens("fn "),
        b'r' => opens("return "),
        b'p' => opens("pub "),
        b'l' => opens("let "),
        b'c' => opens("const "),
        b's' => opens("static "),
        b'u' => opens("use "),
        _ => false,
    };
    keyword
        && (line.contains(['_', ';', '=', '(', '.']) && !line.contains(". ") && !line.contains(", ") || is_import(line))
}

/// Whether a line is `import name` or `from name import name`.
fn is_import(line: &str) -> bool {
    let mut words = line.split(' ');
    matches!(
        (words.next(), words.next(), words.next(), words.next(), words.next()),
        (Some("import"), Some(_), None, ..) | (Some("from"), Some(_), Some("import"), Some(_), None)
    )
}

/// Longest line of code, bytes, but for what stands at the end of longer ones: one that begins without a sign's
/// byte has none.
const MAX_CODE: usize = 256;

/// The signs that the byte at `at` is part of, a bit each: ` == `, ` != `, ` = `, ` += `, `=>`, `->`, `::`, `":`,
/// ` && `, ` || `, `['`, `](`, `()`, `('` and `("`.
fn signs_at(line: &[u8], at: usize) -> u32 {
    let (before, rest) = (&line[..at], &line[at + 1..]);
    let spaced = before.ends_with(b" ");
    let bit = |sign: u32, found: bool| u32::from(found) << sign;
    match line[at] {
        b'=' => {
            bit(0, spaced && rest.starts_with(b"= "))
                | bit(1, before.ends_with(b" !") && rest.starts_with(b" "))
                | bit(2, spaced && rest.starts_with(b" "))
                | bit(3, before.ends_with(b" +") && rest.starts_with(b" "))
                | bit(4, rest.starts_with(b">"))
        }
        b'>' => bit(5, before.ends_with(b"-")),
        b':' => bit(6, rest.starts_with(b":")) | bit(7, before.ends_with(b"\"")),
        b'&' => bit(8, spaced && rest.starts_with(b"& ")),
        b'|' => bit(9, spaced && rest.starts_with(b"| ")),
        b'[' => bit(10, rest.starts_with(b"'")),
        _ => {
            let inside = rest.first().and_then(|next| b")'\"".iter().position(|byte| byte == next));
            bit(11, before.ends_with(b"]")) | inside.map_or(0, |sign| 1 << (12 + sign))
        }
    }
}

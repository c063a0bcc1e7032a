//! Program text between the lines of a document.

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
    let looks = |at: usize, roles: &[Role]| roles[at] == Role::Prose && looks_like_code(lines[at].span.in_text(text));
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

/// Whether a line alone looks like program text.
fn looks_like_code(line: &str) -> bool {
    let bytes = line.as_bytes();
    let Some(&last) = bytes.last() else { return false };
    let first = bytes[0];
    let ends = match last {
        b';' => line.len() < 120 && line.contains(['(', '=', '}', '.', '>']) && !line.contains(". "),
        b'{' | b'}' | b'\\' => true,
        b'(' | b'[' => line.contains(['=', '_', '.']) || line.len() < 40,
        b':' => {
            ["def ", "class ", "if ", "elif ", "else", "for ", "while ", "try", "except", "with "]
                .iter()
                .any(|word| line.starts_with(word))
                && (line.contains(['(', '_', '=', '.']) || line.len() < 12)
        }
        b')' | b',' | b']' => line.contains(['=', '_']) || line.contains("\": ") || line.contains("('"),
        _ => false,
    };
    let starts = match first {
        b'/' => line.starts_with("//") || line.starts_with("/*"),
        b'<' => last == b'>' && line.contains("</") || line.starts_with("<!--"),
        b'#' => ["#include", "#define", "#if", "#endif", "#[", "#!"].iter().any(|word| line.starts_with(word)),
        b'>' => line.starts_with(">>> "),
        b'}' | b'{' => true,
        b'@' => line.len() < 40 && !line.contains(' '),
        b'i' | b'f' | b'r' | b'p' | b'l' | b'c' | b's' | b'u' => {
            ["import ", "from ", "return ", "fn ", "pub ", "let ", "const ", "static ", "use "]
                .iter()
                .any(|word| line.starts_with(word))
                && line.contains(['_', ';', '=', '(', '.'])
                && !line.contains(". ")
                && !line.contains(", ")
                || is_import(line)
        }
        _ => false,
    };
    // Lines of code are short, and so need not be read to the end.
    let head = &bytes[..bytes.len().min(MAX_CODE)];
    let inside = if may_hold_code(head) { CODE_SIGNS.iter().filter(|sign| line.contains(*sign)).count() } else { 0 };
    ends || starts || inside >= 2 || (inside == 1 && line.len() < 80 && line.contains(['_', '(', '"', '\'']))
}

/// Whether a line is `import name` or `from name import name`.
fn is_import(line: &str) -> bool {
    let mut words = line.split(' ');
    matches!(
        (words.next(), words.next(), words.next(), words.next(), words.next()),
        (Some("import"), Some(_), None, ..) | (Some("from"), Some(_), Some("import"), Some(_), None)
    )
}

/// Longest line of code, bytes, but for what stands at the end of longer ones.
const MAX_CODE: usize = 256;

/// What stands inside lines of code and seldom in prose.
const CODE_SIGNS: [&str; 15] =
    [" == ", " != ", " = ", " += ", "->", "=>", "::", "()", " && ", " || ", "](", "\":", "('", "(\"", "['"];

/// Whether a line holds a byte without which it holds none of [`CODE_SIGNS`].
fn may_hold_code(line: &[u8]) -> bool {
    memchr::memchr3(b'=', b'(', b'>', line).is_some()
        || memchr::memchr3(b':', b'&', b'|', line).is_some()
        || memchr::memchr(b'[', line).is_some()
}

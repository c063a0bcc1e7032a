//! Lines whose breaks are the author's: lists, tables, code.

use super::line::Line;

/// What a line is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Running text, as far as the line alone tells.
    #[default]
    Prose,
    /// The first line of a list item.
    Item,
    /// A row of a table.
    Row,
    /// Program text.
    Code,
}

/// Gives each line its role.
pub(crate) fn find_roles(text: &str, lines: &[Line], roles: &mut Vec<Role>) {
    roles.clear();
    roles.resize(lines.len(), Role::Prose);
    find_code(text, lines, roles);
    find_rows(text, lines, roles);
    find_items(text, lines, roles);
}

/// Lines that look like code, out of ten, from which on a stretch is code.
const CODE_SHARE: usize = 3;
/// Lines between two that look like code that are taken for code too.
const CODE_GAP: usize = 6;

/// A stretch is code if enough of its lines look like it.
fn find_code(text: &str, lines: &[Line], roles: &mut [Role]) {
    let looks = |line: &Line| looks_like_code(line.span.in_text(text));
    let mut index = 0;
    while index < lines.len() {
        if !looks(&lines[index]) {
            index += 1;
            continue;
        }
        let (mut last, mut n_code, mut at) = (index, 1, index + 1);
        while at < lines.len() && at - last <= CODE_GAP {
            if looks(&lines[at]) {
                n_code += 1;
                last = at;
            }
            at += 1;
        }
        if n_code >= 3 && n_code * 10 >= (last - index + 1) * CODE_SHARE {
            let indented = |line: &&Line| line.indent > 0;
            let before = lines[..index].iter().rev().take(CODE_GAP).take_while(indented).count();
            let after = lines[last + 1..].iter().take(CODE_GAP).take_while(indented).count();
            roles[index - before..=last + after].fill(Role::Code);
            last += after;
        }
        index = last + 1;
    }
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
        _ => {
            ["import ", "from ", "return ", "fn ", "pub ", "let ", "const ", "static ", "use "]
                .iter()
                .any(|word| line.starts_with(word))
                && line.contains(['_', ';', '=', '(', '.'])
                && !line.contains(". ")
                && !line.contains(", ")
        }
    };
    let inside =
        [" == ", " != ", " = ", " += ", "->", "=>", "::", "()", " && ", " || ", "](", "\":", "('", "(\"", "['"]
            .iter()
            .filter(|part| line.contains(*part))
            .count();
    ends || starts || inside >= 2 || (inside == 1 && line.len() < 80 && line.contains(['_', '(', '"', '\'']))
}

/// Table rows come in twos or more: pipes, tabs, or columns kept apart by runs of spaces.
fn find_rows(text: &str, lines: &[Line], roles: &mut [Role]) {
    let mut index = 0;
    while index < lines.len() {
        let is_row = |at: usize| roles[at] == Role::Prose && cells(lines[at].span.in_text(text)) >= 2;
        if !is_row(index) {
            index += 1;
            continue;
        }
        let mut end = index + 1;
        while end < lines.len() && lines[end].blanks <= 1 && is_row(end) {
            end += 1;
        }
        if end - index >= 2 {
            roles[index..end].fill(Role::Row);
        }
        index = end;
    }
}

/// Cells of a line if it were a table row, 1 if it is none.
fn cells(line: &str) -> usize {
    let bytes = line.as_bytes();
    if bytes.first() == Some(&b'|') {
        return memchr::memchr_iter(b'|', bytes).count();
    }
    let tabs = memchr::memchr_iter(b'\t', bytes).count();
    if tabs > 0 {
        return tabs + 1;
    }
    // Justified text has wide gaps too, but between most of its words.
    let (mut runs, mut widest, mut gaps, mut run) = (0usize, 0usize, 0usize, 0usize);
    if memchr::memmem::find(bytes, b"  ").is_none() {
        return 1;
    }
    for &byte in bytes {
        if byte == b' ' {
            run += 1;
            continue;
        }
        gaps += usize::from(run > 0);
        runs += usize::from(run > 1);
        widest = widest.max(run);
        run = 0;
    }
    if runs == 0 || (runs * 2 >= gaps && gaps >= 5 && widest <= 4) || widest < 3 && gaps > 8 { 1 } else { runs + 1 }
}

/// List items come in twos or more with the same kind of marker.
fn find_items(text: &str, lines: &[Line], roles: &mut [Role]) {
    let mut previous: Option<(usize, Marker)> = None;
    for index in 0..lines.len() {
        if roles[index] != Role::Prose {
            previous = None;
            continue;
        }
        let Some(marker) = marker(lines[index].span.in_text(text)) else {
            let unbroken = lines[index].blanks == 0;
            previous = previous.filter(|_| unbroken || lines[index].indent > 0);
            continue;
        };
        if let Some((before, kind)) = previous
            && marker.follows(kind)
        {
            roles[before] = Role::Item;
            roles[index] = Role::Item;
        }
        previous = Some((index, marker));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet(char),
    Number(u32),
}

impl Marker {
    fn follows(self, before: Marker) -> bool {
        match (before, self) {
            (Marker::Bullet(a), Marker::Bullet(b)) => a == b,
            (Marker::Number(a), Marker::Number(b)) => b == a + 1,
            _ => false,
        }
    }
}

/// The list marker that `line` begins with.
fn marker(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '‣' | '◦' | '▪' | '■' | '●' | '·') {
        let rest = &line[first.len_utf8()..];
        return (rest.starts_with([' ', '\t']) && rest.trim_start().len() > 1).then_some(Marker::Bullet(first));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = &line[digits..];
    let spaced = rest.starts_with(['.', ')']) && rest[1..].starts_with([' ', '\t']);
    spaced.then(|| Marker::Number(line[..digits].parse().unwrap_or(0)))
}

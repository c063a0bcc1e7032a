//! Lines whose breaks are the author's: lists, tables, code.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::code::find_code;
use super::edge::{End, Start};
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
    /// A later line of a list item, indented like the words of its first.
    Hanging,
    /// The first line of a speaker's turn.
    Label,
    /// A line of verse.
    Verse,
    /// A line of an address, a result list and the like.
    Lines,
    /// A line of marks that parts what stands above it from what stands below: `=====`.
    Rule,
}

/// Gives each line its role.
pub(crate) fn find_roles(text: &str, lines: &[Line], roles: &mut Vec<Role>) {
    roles.clear();
    roles.resize(lines.len(), Role::Prose);
    find_items(text, lines, roles);
    find_code(text, lines, roles);
    find_rows(text, lines, roles);
    find_labels(text, lines, roles);
    find_rules(text, lines, roles);
}

/// Fewest marks of a rule.
const MIN_RULE: usize = 4;

/// Rules are lines of one mark, many times over.
fn find_rules(text: &str, lines: &[Line], roles: &mut [Role]) {
    for (line, role) in lines.iter().zip(roles).filter(|(_, role)| **role == Role::Prose) {
        let bytes = line.span.in_text(text).as_bytes();
        if let [first @ (b'=' | b'-' | b'_' | b'*' | b'~' | b'#'), rest @ ..] = bytes
            && rest.len() + 1 >= MIN_RULE
            && rest.iter().all(|byte| byte == first)
        {
            *role = Role::Rule;
        }
    }
}

/// Table rows come in twos or more: pipes, tabs, or columns kept apart by runs of spaces.
fn find_rows(text: &str, lines: &[Line], roles: &mut [Role]) {
    // One look at the whole text spares nearly all texts the looks at their lines.
    let bytes = text.as_bytes();
    if memchr::memchr2(b'|', b'\t', bytes).is_none() && !has_wide_gap(bytes) {
        return;
    }
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
    find_table_heads(lines, roles);
}

/// Most lines in a row that are the head or a note of a table.
const MAX_TABLE_HEAD: usize = 4;
/// Columns that the head of a table may have, however narrow its rows are.
pub(super) const MAX_HEAD_WIDTH: u16 = 72;

/// In a text that is mostly table, a few lines before, between and behind the rows belong to it.
fn find_table_heads(lines: &[Line], roles: &mut [Role]) {
    let is_row = |role: &Role| *role == Role::Row;
    let rows = || roles.iter().zip(lines).filter(|(role, _)| is_row(role)).map(|(_, line)| line);
    let Some(widest) = rows().map(|line| line.width + line.indent).max() else { return };
    if rows().count() * 2 < lines.len() {
        return;
    }
    for (line, role) in lines.iter().zip(&mut *roles) {
        // A rule of dashes between its parts.
        if *role == Role::Prose && line.last == End::Dash && line.first_word == line.width {
            *role = Role::Lines;
        }
    }
    let is_part = |role: &Role| matches!(role, Role::Row | Role::Lines);
    let mut start = 0;
    while start < lines.len() {
        let end = (start..lines.len()).find(|&at| roles[at] != Role::Prose).unwrap_or(lines.len());
        let beside = (start > 0 && is_part(&roles[start - 1])) || roles.get(end).is_some_and(is_part);
        let narrow = |line: &Line| line.width <= widest.max(MAX_HEAD_WIDTH);
        if beside && (1..=MAX_TABLE_HEAD).contains(&(end - start)) && lines[start..end].iter().all(narrow) {
            roles[start..end].fill(Role::Lines);
        }
        start = end + 1;
    }
}

/// Widest gap between words that spreading a line over its column leaves, columns.
const MAX_JUSTIFIED: usize = 5;

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
    if !has_wide_gap(bytes) {
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
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Spaces do not count: a row of figures is mostly white space.
    let n_inked = bytes.iter().filter(|byte| **byte != b' ').count();
    let justified = runs * 3 >= gaps * 2 && gaps >= 4 && widest <= MAX_JUSTIFIED && digits * 4 < n_inked;
    let sparse = widest < 3 && (runs == gaps || gaps > 8 || digits == 0);
    if runs == 0 || justified || sparse { 1 } else { runs + 1 }
}

/// Whether two spaces stand side by side.
fn has_wide_gap(bytes: &[u8]) -> bool {
    static TWO_SPACES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"  "));
    TWO_SPACES.find(bytes).is_some()
}

/// List items come in twos or more with the same kind of marker. Their later lines hang: they are
/// indented like the words behind the marker.
fn find_items(text: &str, lines: &[Line], roles: &mut [Role]) {
    let mut previous: Option<(usize, Marker)> = None;
    for index in 0..lines.len() {
        let Some((marker, _)) = marker(lines[index].span.in_text(text)) else {
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
    let mut words_at = None;
    for index in 0..lines.len() {
        let line = &lines[index];
        if roles[index] == Role::Item {
            words_at = marker(line.span.in_text(text)).map(|(_, width)| line.indent + width);
        } else if words_at == Some(line.indent) && line.indent > 0 && line.blanks == 0 {
            roles[index] = Role::Hanging;
        } else {
            words_at = None;
        }
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

/// The list marker that `line` begins with, and the columns up to the words behind it.
fn marker(line: &str) -> Option<(Marker, u16)> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '‣' | '◦' | '▪' | '■' | '●' | '·' | '☐' | '☑' | '☒') {
        let rest = &line[first.len_utf8()..];
        // The boxes of a form are one kind of bullet, ticked or not.
        let first = if matches!(first, '☑' | '☒') { '☐' } else { first };
        let spaces = rest.len() - rest.trim_start().len();
        return (spaces > 0 && rest.len() > spaces + 1).then_some((Marker::Bullet(first), 1 + spaces as u16));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    let words = rest.trim_start();
    let width = (line.len() - words.len()) as u16;
    (rest.starts_with([' ', '\t'])).then(|| (Marker::Number(line[..digits].parse().unwrap_or(0)), width))
}

/// Different speakers that are told apart. More are taken for no transcript's.
const MAX_SPEAKERS: usize = 24;

/// Speakers' names with a colon are labels if three lines have one and some name comes twice.
fn find_labels(text: &str, lines: &[Line], roles: &mut [Role]) {
    let is_label = |at: &usize, roles: &[Role]| roles[*at] == Role::Prose && lines[*at].first == Start::Label;
    let mut speakers = [""; MAX_SPEAKERS];
    let (mut n_speakers, mut n_labels, mut repeats) = (0, 0, false);
    for at in (0..lines.len()).filter(|at| is_label(at, roles)) {
        let name = lines[at].span.in_text(text).split([':', '：']).next().unwrap_or("");
        n_labels += 1;
        if speakers[..n_speakers].contains(&name) {
            repeats = true;
        } else if n_speakers < MAX_SPEAKERS {
            speakers[n_speakers] = name;
            n_speakers += 1;
        }
    }
    if n_labels >= 3 && repeats {
        for at in 0..lines.len() {
            if is_label(&at, roles) {
                roles[at] = Role::Label;
            } else if roles[at] == Role::Prose && is_remark(lines[at].span.in_text(text)) {
                // What happened between two turns: "(Laughter.)"
                roles[at] = Role::Label;
            }
        }
    }
}

/// Whether a line is in brackets from its first character to its last.
fn is_remark(line: &str) -> bool {
    [('(', ')'), ('[', ']')].iter().any(|&(open, close)| {
        let inside = line.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|inside| !inside.is_empty() && !inside.contains([open, close]))
    })
}

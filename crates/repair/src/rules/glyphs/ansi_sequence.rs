//! Terminal colour and cursor sequences.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "ansi-sequence",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Removes terminal sequences: ESC or CSI with what belongs to it.",
    why: "Logs and programs write them for a terminal; in a file they are noise around the words.",
    limits: "Sequences that are spelled out, such as `\\e[31m` or `^[[1m`, stay. An ESC that begins no known sequence is \
             left to `control-character`, and so is one before a string of letters beyond ASCII.",
    source: "ECMA-48, sections 5.4 and 5.6; OSC 8 hyperlinks as terminals write them.",
    examples: &[
        Example::changes("\u{1B}[1;31mAlert:\u{1B}[0m flood\n", "Alert: flood\n"),
        Example::changes("\u{1B}[1:\u{1B}[0m It is over.\n", " It is over.\n"),
        Example::changes("\u{1B}]8;;http://a.example\u{7}here\u{1B}]8;;\u{1B}\\ now\n", "here now\n"),
        Example::keeps("Write \\e[31mred\\e[0m or ^[[1m to colour it.\n"),
        Example::keeps("An array a[31m] stays as it is.\n"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let bytes = page.text.as_bytes();
    let mut done = 0;
    for site in page.measured::<Suspects>().of(Class::Escape) {
        let at = site.at as usize;
        if at < done {
            continue;
        }
        let rest = &bytes[site.end()..];
        let length = if bytes[at] == 0x1B { sequence(rest) } else { colour(rest) };
        if let Some(length) = length {
            let Some(start) = start(bytes, done, at) else { continue };
            done = site.end() + length;
            edits.delete(Span::of(start..done));
        }
    }
}

/// Where what goes with the sequence at `at` begins: what an unfinished one left in front, since with what follows it would
/// be a sequence. Nothing if that is a string, which may be somebody's text. All before `done` is gone.
fn start(bytes: &[u8], done: usize, at: usize) -> Option<usize> {
    let mut start = at;
    while let Some(from) = memchr::memrchr2(0x1B, 0x9B, &bytes[done..start]).map(|from| done + from) {
        let opened = &bytes[from + 1..start];
        let is_unfinished = match (bytes[from], opened.first()) {
            (0x1B, None | Some(b'(' | b')')) => opened.len() <= 1,
            (0x1B, Some(b'[')) => opened[1..].iter().all(|byte| (0x20..0x40).contains(byte)),
            (0x1B, Some(b']' | b'P' | b'X' | b'^' | b'_')) if opened.is_ascii() && !opened.contains(&b'\n') => {
                return None;
            }
            (0x9B, _) => {
                from > done && bytes[from - 1] == 0xC2 && opened.iter().all(|byte| (0x20..0x40).contains(byte))
            }
            _ => false,
        };
        if !is_unfinished {
            break;
        }
        start = from - usize::from(bytes[from] == 0x9B);
    }
    Some(start)
}

/// Bytes of a colour after the CSI of one byte. As a byte of windows-1252 that is ›, so no more is taken for
/// a sequence.
fn colour(rest: &[u8]) -> Option<usize> {
    let length = control_sequence(rest)?;
    let numbers = rest[..length - 1].iter().all(|byte| byte.is_ascii_digit() || *byte == b';');
    (numbers && length > 1 && rest[length - 1] == b'm').then_some(length)
}

/// Bytes after ESC that belong to its sequence.
fn sequence(rest: &[u8]) -> Option<usize> {
    match rest.first()? {
        b'[' => control_sequence(&rest[1..]).map(|length| 1 + length),
        b']' | b'P' | b'X' | b'^' | b'_' => string(&rest[1..]).map(|length| 1 + length),
        // Two-byte codes of ISO 2022 belong to the decoder.
        b'(' | b')' if matches!(rest.get(1)?, b'0' | b'A' | b'B') => Some(2),
        // Codes that are a letter are left: the letter may be the next word's.
        b'7' | b'8' | b'=' | b'>' => Some(1),
        _ => None,
    }
}

/// Parameters, intermediates and final byte after CSI.
fn control_sequence(rest: &[u8]) -> Option<usize> {
    let parameters = rest.iter().take_while(|byte| (0x30..0x40).contains(*byte)).count();
    let between = rest[parameters..].iter().take_while(|byte| (0x20..0x30).contains(*byte)).count();
    let last = parameters + between;
    (0x40..0x7F).contains(rest.get(last)?).then_some(last + 1)
}

/// Longest string sequence, bytes. Longer than any hyperlink that fits a request line.
const LONGEST_STRING: usize = 8192;

/// A string up to BEL or ESC backslash. Addresses and settings are ASCII; other letters are somebody's text.
fn string(rest: &[u8]) -> Option<usize> {
    let rest = &rest[..rest.len().min(LONGEST_STRING)];
    let end = memchr::memchr3(0x07, 0x1B, b'\n', rest)?;
    if !rest[..end].is_ascii() {
        return None;
    }
    match rest[end] {
        0x07 => Some(end + 1),
        0x1B if rest.get(end + 1) == Some(&b'\\') => Some(end + 2),
        _ => None,
    }
}

//! The text that must stand in a match, so that one automaton can rule most patterns out.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::fold::fold_onto;

/// Shortest literal that is worth looking for, bytes: shorter ones stand everywhere.
const MIN_BYTES: usize = 3;
/// Most alternatives of one pattern.
const MAX_ALTERNATIVES: usize = 32;

/// Folded texts of which one stands in the folded form of every match of `source`; `None` if there are none that are
/// long enough.
pub(crate) fn required(source: &str) -> Option<Vec<String>> {
    // Whether a pattern heeds case makes no difference to its folded form.
    let parsed = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(source);
    best(&parsed.ok()?)
}

fn best(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) | HirKind::Concat(_) => best_of_concat(hir),
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(best(part)?);
            }
            (all.len() <= MAX_ALTERNATIVES).then_some(all)
        }
        _ => None,
    }
}

/// The best of the texts that stand in a row of parts; adjoining letters, in either case, and spaces are one.
fn best_of_concat(hir: &Hir) -> Option<Vec<String>> {
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let mut candidates: Vec<Vec<String>> = Vec::new();
    let mut run = String::new();
    let close = |run: &mut String| {
        let mut folded = String::new();
        fold_onto(run, &mut folded);
        run.clear();
        vec![folded]
    };
    for part in parts {
        match part.kind() {
            HirKind::Literal(literal) if std::str::from_utf8(&literal.0).is_ok() => {
                run.push_str(&String::from_utf8_lossy(&literal.0));
            }
            HirKind::Class(class) if one_letter(class).is_some() => run.extend(one_letter(class)),
            HirKind::Class(class) if is_space(class) => run.push(' '),
            HirKind::Repetition(repetition)
                if repetition.min > 0 && matches!(repetition.sub.kind(), HirKind::Class(class) if is_space(class)) =>
            {
                run.push(' ');
            }
            // An anchor takes no room.
            HirKind::Look(_) => {}
            kind => {
                candidates.push(close(&mut run));
                if !matches!(kind, HirKind::Class(_)) {
                    candidates.extend(best(part));
                }
            }
        }
    }
    candidates.push(close(&mut run));
    let shortest = |texts: &Vec<String>| texts.iter().map(String::len).min().unwrap_or(0);
    candidates.into_iter().filter(|texts| shortest(texts) >= MIN_BYTES).max_by_key(shortest)
}

/// The folded form that all characters of a small class share.
fn one_letter(class: &Class) -> Option<char> {
    const MAX_CASES: usize = 4;
    let Class::Unicode(class) = class else { return None };
    if class.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum::<usize>() > MAX_CASES {
        return None;
    }
    let mut shared = None;
    let mut folded = String::new();
    for c in class.iter().flat_map(|range| range.start()..=range.end()) {
        folded.clear();
        fold_onto(c.encode_utf8(&mut [0; 4]), &mut folded);
        let mut chars = folded.chars();
        let (Some(letter), None) = (chars.next(), chars.next()) else { return None };
        if letter == '#' || shared.is_some_and(|shared| shared != letter) {
            return None;
        }
        shared = Some(letter);
    }
    shared
}

/// Whether a class holds white space alone.
fn is_space(class: &Class) -> bool {
    let Class::Unicode(class) = class else { return false };
    !class.ranges().is_empty()
        && class.iter().all(|range| range.len() <= 16 && (range.start()..=range.end()).all(char::is_whitespace))
}

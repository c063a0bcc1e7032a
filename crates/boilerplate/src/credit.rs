//! Reads the credit of a picture at the end of a block.

use cleancopy_core::{MarkKind, Page, Span};

use crate::cues::{Cue, Cues, Hit};
use crate::shape::{End, end_of};
use crate::words::{Word, Words};

/// A credit at the end of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Credit {
    /// From its first byte, bracket or label included, to the end of the block.
    pub span: Span,
    /// The names alone.
    pub names: Span,
    /// A label, or a person beside an agency, leaves no doubt. An agency alone may also sign a report.
    pub sure: bool,
}

/// Longest credit, words.
const MAX_WORDS: usize = 14;

/// Longest credit in a script without cases, in which any word may be a name, words.
const MAX_CASELESS: usize = 6;

/// Longest credit, bytes.
const MAX_BYTES: usize = 140;

/// Joins between names, in lower case.
const JOINS: &[&str] = &[
    "via", "for", "and", "und", "et", "és", "și", "ja", "un", "ir", "dan", "và", "και", "of", "de", "da", "di", "von",
    "van", "the", "by", "from", "der", "al", "el", "bin", "courtesy", "via", "за", "для", "и", "y", "la", "le", "ten",
    "pool", "dpa", "du", "x",
];

/// The credit that the block ends with.
pub(crate) fn ending(page: &Page<'_>, index: usize) -> Option<Credit> {
    let block = page.blocks[index];
    let cues = page.measured::<Cues>();
    let words = page.measured::<Words>();
    let (hits, words) = (cues.hits_of(index), words.of(index));
    let text = block.span.in_text(page.text);
    let marked = || in_bold(page, index, hits);
    let signed = || after_sign(page, block.span, text, hits, words);
    let slashed = || after_slash(page, block.span, text, words);
    let alone = || label_alone(block.span, text);
    marked()
        .or_else(|| in_brackets(page, block.span, text, hits, words))
        .or_else(|| after_label(page, block.span, hits, words))
        .or_else(signed)
        .or_else(|| before_agency(page, block.span, hits, words))
        .or_else(slashed)
        .or_else(alone)
        .filter(|credit| credit.span.len() <= MAX_BYTES)
}

fn is_credit(hit: &Hit) -> bool {
    matches!(hit.cue, Cue::Credit | Cue::CreditLabel)
}

/// `The gull in June **Pia Lund / Dorrin Today**`
fn in_bold(page: &Page<'_>, index: usize, hits: &[Hit]) -> Option<Credit> {
    let block = page.blocks[index].span;
    let first = page.marks.partition_point(|mark| mark.outer.start < block.start);
    let mark = page.marks[first..]
        .iter()
        .take_while(|mark| mark.outer.start < block.end)
        .filter(|mark| mark.kind == MarkKind::Strong && mark.outer.end == block.end)
        .last()?;
    let named = mark.inner.in_text(page.text).contains('/')
        || hits.iter().any(|hit| is_credit(hit) && mark.inner.covers(hit.span));
    named.then_some(Credit { span: mark.outer, names: mark.inner, sure: true })
}

/// `(Pia Lund/Reuters)`, `[Photo: Pia Lund]`
fn in_brackets(page: &Page<'_>, block: Span, text: &str, hits: &[Hit], words: &[Word]) -> Option<Credit> {
    let close = text.chars().next_back()?;
    let opening = match close {
        ')' => '(',
        ']' => '[',
        '）' => '（',
        _ => return None,
    };
    let open = text.rfind(opening)?;
    let span = Span::new(block.start + open as u32, block.end);
    let names = Span::new(span.start + opening.len_utf8() as u32, span.end - close.len_utf8() as u32);
    let inside = || words.iter().filter(|word| names.covers(Span::new(word.start, word.end)));
    let of = |cue: Cue| hits.iter().any(|hit| hit.cue == cue && names.covers(hit.span));
    let n = inside().count();
    if n == 0 || n > MAX_WORDS || !(of(Cue::Credit) || of(Cue::CreditLabel)) {
        return None;
    }
    let named = inside().all(|word| is_name(page, hits, word)) && !is_sentence(page, names, inside());
    let inner = names.in_text(page.text);
    // In scripts without spaces each character counts.
    let most = if inside().any(|word| word.has(Word::GLYPH)) { 2 * MAX_CASELESS } else { MAX_CASELESS };
    // Square brackets with an agency alone are the source of a linked story.
    if opening == '[' && !of(Cue::CreditLabel) {
        return None;
    }
    let labelled = labels(page, names, hits, words)
        && (inner.contains([':', '/', '=', '＝']) || n <= most && named && (n > 1 || close == ')'));
    let person = inner.contains('/') && inside().any(|word| !in_agency(hits, word) && word.has(Word::UPPER));
    (labelled || named && of(Cue::Credit)).then_some(Credit { span, names, sure: labelled || person })
}

/// Whether a label stands at either end of `names`, or a colon follows it. `(To Image Successfully)` is none.
fn labels(page: &Page<'_>, names: Span, hits: &[Hit], words: &[Word]) -> bool {
    let inside = || words.iter().filter(|word| names.covers(Span::new(word.start, word.end)));
    let (Some(first), Some(last)) = (inside().next(), inside().next_back()) else { return false };
    hits.iter().filter(|hit| hit.cue == Cue::CreditLabel && names.covers(hit.span)).any(|hit| {
        let after = page.text[hit.span.end as usize..names.end as usize].trim_start();
        hit.span.start == first.start || hit.span.end == last.end || after.starts_with([':', '：', '=', '＝'])
    })
}

/// `Photo: Pia Lund / Dorrin Today`
fn after_label(page: &Page<'_>, block: Span, hits: &[Hit], words: &[Word]) -> Option<Credit> {
    let label = hits.iter().rev().filter(|hit| hit.cue == Cue::CreditLabel).find(|hit| {
        let rest = page.text[hit.span.end as usize..block.end as usize].trim_start();
        rest.starts_with([':', '：', '/', '©', '=', '＝'])
            || rest.starts_with('.') && is_short(hit.span.in_text(page.text))
    })?;
    // A longer label may begin earlier: `Image credit:`.
    let label = hits.iter().find(|hit| hit.cue == Cue::CreditLabel && hit.span.end == label.span.end).unwrap_or(label);
    let after = words.iter().filter(|word| word.start >= label.span.end);
    if after.clone().next().is_none()
        || after.clone().count() > MAX_WORDS
        || !after.clone().all(|word| is_name(page, hits, word))
        || !after.clone().any(|word| !word.has(Word::LOWER) || in_agency(hits, word))
        || is_sentence(page, block, after.clone())
        || page.text[block.start as usize..label.span.start as usize].ends_with('-')
    {
        return None;
    }
    let rest = &page.text[label.span.end as usize..block.end as usize];
    let names = Span::new(
        block.end - rest.trim_start_matches([':', '：', '/', '©', '=', '＝', ' ', '.']).len() as u32,
        block.end,
    );
    Some(Credit { span: opened(page, block, label.span.start), names, sure: true })
}

/// Whether a label is one that is mostly cut short: `fot. Pia Lund`.
fn is_short(label: &str) -> bool {
    ["fot", "zdj", "nuotr"].iter().any(|short| label.eq_ignore_ascii_case(short))
}

/// `© Pia Lund/dpa`
fn after_sign(page: &Page<'_>, block: Span, text: &str, hits: &[Hit], words: &[Word]) -> Option<Credit> {
    let at = block.start + text.rfind('©')? as u32;
    let after = words.iter().filter(|word| word.start > at);
    let fits = after.clone().count() <= MAX_WORDS && after.clone().next().is_some();
    let named = after.clone().all(|word| is_name(page, hits, word) && !word.has(Word::DIGIT))
        && !is_sentence(page, block, after.clone());
    let names = Span::new(at + '©'.len_utf8() as u32, block.end);
    (fits && named).then_some(Credit { span: opened(page, block, at), names, sure: true })
}

/// `... in air pollution. Pia Lund/Dorrin Today/Getty Images`
fn before_agency(page: &Page<'_>, block: Span, hits: &[Hit], words: &[Word]) -> Option<Credit> {
    let last = words.last()?;
    let agency = hits.iter().find(|hit| hit.cue == Cue::Credit && hit.span.end == last.end && !hit.quoted)?;
    if page.text[last.end as usize..block.end as usize].contains(['.', '!', '?', '”', '"']) {
        return None;
    }
    let mut start = agency.span.start;
    let mut joined = false;
    for word in words.iter().rev().skip_while(|word| word.start >= agency.span.start) {
        let gap = &page.text[word.end as usize..start as usize];
        joined |= gap.contains(['/', '|']);
        let name = word.has(Word::UPPER) || JOINS.contains(&&page.text[word.start as usize..word.end as usize]);
        if !name || !gap.chars().all(|c| matches!(c, ' ' | '/' | '|' | ',' | '-' | '\'' | '’')) {
            break;
        }
        joined |= page.text[word.start as usize..word.end as usize].eq_ignore_ascii_case("via");
        start = word.start;
        // Before the bar stands the caption.
        if page.text[block.start as usize..start as usize].trim_end().ends_with('|') {
            break;
        }
    }
    let whole = start == block.start;
    let fits = words.iter().filter(|word| word.start >= start).count() <= MAX_WORDS;
    let alone = whole && agency.span.start == block.start;
    // Where no sentence ends before the names, the names may be part of it.
    let before = page.text[block.start as usize..start as usize].trim_end();
    let apart = whole || before.ends_with(['.', '!', '?', '|', ')', '”', '"', '/', '–', '—', ':']);
    let span = opened(page, block, start);
    (fits && apart && (joined || alone)).then_some(Credit { span, names: Span::new(start, block.end), sure: joined })
}

/// `The gull on the roof in June / Pia Lund`: a full name after a line with words in lower case.
fn after_slash(page: &Page<'_>, block: Span, text: &str, words: &[Word]) -> Option<Credit> {
    let slash = memchr::memrchr(b'/', text.as_bytes())?;
    let at =
        block.start + (text[..slash].ends_with(' ') && text[slash + 1..].starts_with(' ')).then(|| slash - 1)? as u32;
    let (before, after) = words.split_at(words.partition_point(|word| word.start < at));
    let named = (2..=MAX_NAME).contains(&after.len()) && after.iter().all(|word| word.has(Word::UPPER));
    let told = before.iter().filter(|word| word.has(Word::LOWER)).count() >= MIN_TOLD;
    let one = !text[..slash].contains('/') && end_of(text) == End::None;
    let names = Span::new(at + 3, block.end);
    let plain =
        names.in_text(page.text).chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '’' | '\''));
    (named && told && one && plain).then_some(Credit { span: Span::new(at, block.end), names, sure: true })
}

/// Words of a full name, and words in lower case of the caption before it.
const MAX_NAME: usize = 4;
const MIN_TOLD: usize = 3;

/// `The gull on the roof in June. Supplied`
fn label_alone(block: Span, text: &str) -> Option<Credit> {
    let label = ALONE.iter().find(|label| text.ends_with(*label))?;
    let before = text[..text.len() - label.len()].trim_end();
    let apart = before.len() < text.len() - label.len() && before.ends_with(['.', '”', '"', '/', '|']);
    let names = Span::new(block.end - label.len() as u32, block.end);
    apart.then(|| Credit {
        span: Span::new(block.start + before.trim_end_matches(['/', '|', ' ']).len() as u32, block.end),
        names,
        sure: true,
    })
}

/// Words that stand for the name of a photographer after a caption.
const ALONE: &[&str] = &["Supplied", "Handout", "Submitted photo", "Courtesy photo", "Contributed", "File photo"];

/// The span from `start`, with an opening mark before it, to the end of the block.
fn opened(page: &Page<'_>, block: Span, start: u32) -> Span {
    let before = &page.text[block.start as usize..start as usize];
    let trimmed = before.trim_end_matches([' ', '(', '[', '|', '/', '–', '—', '-']);
    Span::new(block.start + trimmed.len() as u32, block.end)
}

/// Whether names in a script without cases are too many, or end like a sentence.
fn is_sentence<'w>(page: &Page<'_>, names: Span, mut words: impl Iterator<Item = &'w Word> + Clone) -> bool {
    let n_words = words.clone().count();
    words.any(|word| word.has(Word::CASELESS))
        && (n_words > MAX_CASELESS || end_of(names.in_text(page.text)) != End::None)
}

fn in_agency(hits: &[Hit], word: &Word) -> bool {
    hits.iter().any(|hit| hit.cue == Cue::Credit && hit.span.start <= word.start && word.end <= hit.span.end)
}

/// Whether a word may stand in a name: it has a capital, joins two, or is of an agency: `imago`.
fn is_name(page: &Page<'_>, hits: &[Hit], word: &Word) -> bool {
    !word.has(Word::LOWER)
        || in_agency(hits, word)
        || JOINS.contains(&&page.text[word.start as usize..word.end as usize])
        || word.has(Word::GLYPH)
}

//! What news databases write around an article when they give it out as a text.
//!
//! The fields are found first, since no other rule knows what stands between them: the line above them is the headline,
//! not residue, whatever it looks like.

use std::sync::LazyLock;

use cleancopy_core::{BlockKind, Measure, Page, Span};

use crate::cues::{Cue, CueSet, Cues};
use crate::dates;
use crate::shape::Shapes;

/// The table: labels and codes.
static TABLE: &str = include_str!("tables/database-field.txt");

/// What becomes of the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// It goes.
    Drop,
    /// It is the headline.
    Title,
    /// It names the authors.
    Author,
    /// It holds the day of publication.
    Date,
    /// It names the outlet.
    Site,
    /// It names the section.
    Section,
    /// It is the article; only the label goes.
    Body,
}

const USES: [(&str, Use); 7] = [
    ("drop", Use::Drop),
    ("title", Use::Title),
    ("author", Use::Author),
    ("date", Use::Date),
    ("site", Use::Site),
    ("section", Use::Section),
    ("body", Use::Body),
];

/// A label with a use, and whether nothing but databases writes it.
struct Label {
    name: &'static str,
    of_value: Use,
    is_sure: bool,
}

struct Labels {
    /// Sorted by name.
    words: Vec<Label>,
    codes: Vec<Label>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let named = |name: &str| USES.iter().find(|(text, _)| *text == name).map(|(_, of_value)| *of_value);
    let (mut words, mut codes) = (Vec::new(), Vec::new());
    let mut section = None;
    for line in TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = named(name);
        } else if let Some(of_value) = section {
            let name = line.trim_end_matches('!');
            words.push(Label { name, of_value, is_sure: name.len() < line.len() });
        } else if let Some((name, of_value)) = line.split_once(' ').and_then(|(name, of)| Some((name, named(of)?))) {
            codes.push(Label { name, of_value, is_sure: false });
        }
    }
    words.sort_unstable_by_key(|label: &Label| label.name);
    codes.sort_unstable_by_key(|label: &Label| label.name);
    Labels { words, codes }
});

/// Longest label and longest code, bytes.
const MAX_LABEL: usize = 32;
const MAX_CODE: usize = 3;

/// Fewest different labels, and fewest different codes, that make an export.
const MIN_LABELS: usize = 3;
const MIN_CODES: usize = 5;

/// Blocks in which the first field stands, and words of each line above it.
const MAX_HEAD: usize = 8;
const MAX_LINE: u32 = 30;

/// A label without a value: the words of a link.
const LINK: &str = "ProQuest document link";

/// A block that is no part of the article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// What becomes of its value.
    pub part_use: Use,
    /// The block without its label.
    pub value: Span,
}

/// What a database wrote around the article.
#[derive(Debug, Default)]
pub(crate) struct Export {
    parts: Vec<(u32, Part)>,
    /// Distinct labels or codes met so far, as places in the table.
    met: Vec<u16>,
    is_one: bool,
    is_several: bool,
}

impl Export {
    /// Whether a database wrote the text.
    pub(crate) fn is_one(&self) -> bool {
        self.is_one
    }

    /// Whether it holds several articles.
    pub(crate) fn is_several(&self) -> bool {
        self.is_several
    }

    /// The blocks that are fields, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (usize, &Part)> {
        self.parts.iter().map(|(index, part)| (*index as usize, part))
    }
}

impl Measure for Export {
    fn measure(&mut self, page: &Page<'_>) {
        (self.is_one, self.is_several) = (false, false);
        if !self.find_labels(page) && !self.find_codes(page) {
            self.parts.clear();
            return;
        }
        self.is_one = true;
        self.is_several = (0..page.blocks.len()).filter(|&index| is_counter(page, index)).count() > 1;
        if self.is_several {
            return;
        }
        self.find_head(page);
        self.parts.sort_unstable_by_key(|(index, _)| *index);
    }
}

impl Export {
    /// Remembers a label or code by its place in the table.
    fn meet(&mut self, at: usize) {
        if !self.met.contains(&(at as u16)) {
            self.met.push(at as u16);
        }
    }

    /// Finds the blocks that open with a label and a colon.
    fn find_labels(&mut self, page: &Page<'_>) -> bool {
        self.parts.clear();
        self.met.clear();
        let mut is_sure = false;
        for (index, block) in page.blocks.iter().enumerate() {
            let text = block.span.in_text(page.text);
            let Some((at, length)) = label(text) else { continue };
            let label = &LABELS.words[at];
            is_sure |= label.is_sure;
            self.meet(at);
            let value = Span::new(block.span.start + length as u32, block.span.end);
            self.parts.push((index as u32, Part { part_use: label.of_value, value }));
        }
        is_sure && self.met.len() >= MIN_LABELS
    }

    /// Finds the blocks that open with a code: `HD`, `WC`. A code that stands alone is that of the block behind it.
    fn find_codes(&mut self, page: &Page<'_>) -> bool {
        self.parts.clear();
        self.met.clear();
        let mut open = None;
        for (index, block) in page.blocks.iter().enumerate() {
            let text = block.span.in_text(page.text);
            // What is longer is no code.
            let mut head = text.bytes().take(MAX_CODE + 1);
            let name = &text[..head.position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(text.len())];
            let mut lower = [0; MAX_CODE];
            let known = Some(name).filter(|name| name.bytes().all(|byte| byte.is_ascii_uppercase()));
            let folded = known.and_then(|name| fold(name, &mut lower));
            let at =
                folded.and_then(|name| LABELS.codes.binary_search_by_key(&name, |label| label.name.as_bytes()).ok());
            let Some(at) = at else {
                // A code over its value; the article itself may have many paragraphs.
                if let Some(part_use) = open.take().filter(|part_use| *part_use != Use::Body) {
                    self.parts.push((index as u32, Part { part_use, value: block.span }));
                }
                continue;
            };
            self.meet(at);
            let part_use = LABELS.codes[at].of_value;
            let rest = text[name.len()..].trim_start();
            open = rest.is_empty().then_some(part_use);
            let value = Span::new(block.span.end - rest.len() as u32, block.span.end);
            let part_use = if rest.is_empty() && part_use != Use::Body { Use::Drop } else { part_use };
            self.parts.push((index as u32, Part { part_use, value }));
        }
        self.met.len() >= MIN_CODES
    }

    /// Finds what stands above the first field: number of the document, outlet, day, and last the headline.
    fn find_head(&mut self, page: &Page<'_>) {
        const LEGAL: CueSet = CueSet::of(&[Cue::Copyright, Cue::Rights]);
        let Some(&(first, _)) = self.parts.first() else { return };
        let (shapes, cues) = (page.measured::<Shapes>(), page.measured::<Cues>());
        let is_line = |index: usize| {
            shapes.of(index).words <= MAX_LINE
                && matches!(page.blocks[index].kind, BlockKind::Paragraph | BlockKind::Heading(_))
        };
        let first = first as usize;
        if first > MAX_HEAD || !(0..first).all(is_line) {
            return;
        }
        let has_title = self.parts.iter().any(|(_, part)| part.part_use == Use::Title);
        let mut needs_title = !has_title;
        for index in (0..first).rev() {
            let value = page.blocks[index].span;
            let part_use = if is_counter(page, index) || cues.of(index).meets(LEGAL) {
                Use::Drop
            } else if dates::find(value.in_text(page.text)).is_some_and(|line| line.published.is_some()) && !needs_title
            {
                Use::Date
            } else if std::mem::take(&mut needs_title) {
                Use::Title
            } else {
                Use::Site
            };
            self.parts.push((index as u32, Part { part_use, value }));
        }
    }
}

/// The label that a block opens with, as its place in the table, and the bytes up to its value.
fn label(text: &str) -> Option<(usize, usize)> {
    if !text.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let head = &text.as_bytes()[..text.len().min(MAX_LABEL + 1)];
    let colon = memchr::memchr(b':', head).or_else(|| (text == LINK).then_some(text.len()))?;
    let mut lower = [0; MAX_LABEL + 1];
    let name = fold(text.get(..colon)?.trim_end(), &mut lower)?;
    let at = LABELS.words.binary_search_by_key(&name, |label| label.name.as_bytes()).ok()?;
    let rest = text.get(colon + 1..).unwrap_or_default().trim_start();
    Some((at, text.len() - rest.len()))
}

/// `name` in lower case, but for letters beyond ASCII; nothing if `buffer` is too short.
fn fold<'b>(name: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let buffer = buffer.get_mut(..name.len())?;
    buffer.copy_from_slice(name.as_bytes());
    buffer.make_ascii_lowercase();
    Some(buffer)
}

/// Whether a block tells the number of a document: `3 of 40 DOCUMENTS`, `Document 3 of 40`.
fn is_counter(page: &Page<'_>, index: usize) -> bool {
    let text = page.blocks[index].span.in_text(page.text);
    if text.len() > MAX_LABEL {
        return false;
    }
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = text.split_ascii_whitespace();
    match [words.next(), words.next(), words.next(), words.next(), words.next()].map(Option::unwrap_or_default) {
        [n, "of" | "von" | "sur", all, "DOCUMENTS" | "DOKUMENTEN", ""]
        | ["Document" | "Dokument", n, "of" | "von" | "sur", all, ""] => is_number(n) && is_number(all),
        _ => false,
    }
}

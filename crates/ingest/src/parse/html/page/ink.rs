//! Words to text: white space, blocks and marks.

use super::Page;
use crate::parse::html::tag::Tag;
use cleancopy_core::{Block, BlockKind, Mark, MarkKind, Span};

/// A block that is being written.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenBlock {
    pub(super) start: usize,
    pub(super) kind: BlockKind,
    pub(super) group: u32,
    pub(super) element: Option<u32>,
    /// Bytes inside links.
    pub(super) link_bytes: u32,
}

/// Marked words that have not ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenMark {
    kind: MarkKind,
    /// Where they begin; `None` before the first of them in a block.
    start: Option<usize>,
}

/// What stands between the last word and the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    pub(super) space: bool,
    /// Whether the space is the end of a line of the source.
    line: bool,
    /// Tags `<br>`.
    pub(super) breaks: u32,
    /// An element that stands apart has just ended.
    ended: Option<Tag>,
    seam: Seam,
}

/// Elements that meet without a space between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Seam {
    #[default]
    None,
    /// Two that may be parts of one word.
    Close,
    /// Two that are never one word, such as two links.
    Apart,
}

impl Gap {
    /// Something without words stands here.
    pub(super) fn seam_if(&mut self, stands_apart: bool) {
        if stands_apart {
            self.seam = Seam::Apart;
        }
    }

    /// An element begins.
    pub(super) fn opens(&mut self, tag: Tag) {
        if let Some(ended) = self.ended.take()
            && tag.stands_apart()
            && self.seam == Seam::None
        {
            self.seam = if tag == ended && tag != Tag::Span { Seam::Apart } else { Seam::Close };
        }
    }

    /// An element ends.
    pub(super) fn closes(&mut self, tag: Tag) {
        if tag.stands_apart() {
            self.ended = Some(tag);
        }
    }

    /// Whether two characters that meet here were meant to have a space between them.
    fn parts(self, before: char, after: char) -> bool {
        match self.seam {
            Seam::None => false,
            Seam::Apart => before.is_alphanumeric() && after.is_alphanumeric(),
            Seam::Close => {
                let ends =
                    before.is_lowercase() || before.is_numeric() || matches!(before, '.' | ',' | ':' | ';' | '!' | '?');
                ends && after.is_uppercase() || before.is_lowercase() && after.is_numeric()
            }
        }
    }
}

/// White space that HTML collapses.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0C')
}

/// Whether lines between two such characters are joined without a space.
///
/// Source: CSS Text 3, section 4.1.3, for East Asian wide characters other than Hangul.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

impl OpenMark {
    /// Moves its beginning with the text around it.
    pub(super) fn shift(&mut self, moved: impl Fn(usize) -> usize) {
        self.start = self.start.map(moved);
    }
}

impl Page<'_> {
    /// Writes what is shown here.
    pub(super) fn ink(&mut self, text: &str) {
        if self.stack.last().is_some_and(|open| open.is_preformatted) && self.row.is_none() {
            return self.ink_preformatted(text);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let words = rest.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
            if words.len() < rest.len() {
                self.gap.space = true;
                self.gap.line |= rest[..rest.len() - words.len()].contains('\n');
            }
            let end = run_end(words.as_bytes());
            if end > 0 {
                self.word(&words[..end]);
            }
            rest = &words[end..];
        }
    }

    /// Writes words with single spaces between them.
    fn word(&mut self, word: &str) {
        let mut word = word;
        if self.row.is_some() {
            self.place_in_row();
        }
        if self.gap.breaks > 1 && self.row.is_none() {
            self.close_block();
        }
        let gap = std::mem::take(&mut self.gap);
        if self.block.is_none() {
            word = word.trim_start();
            if word.is_empty() {
                return;
            }
            self.begin_block();
            self.first_cell_begins();
        } else if self.cell_begins() {
            // The tab stands there.
        } else if gap.breaks > 0 && self.row.is_none() {
            self.text.push('\n');
        } else {
            let (before, after) = (self.text.chars().next_back(), word.chars().next());
            let meets = |meets: fn(Gap, char, char) -> bool| before.zip(after).is_some_and(|(b, a)| meets(gap, b, a));
            let joined = gap.line && meets(|_, before, after| is_wide(before) && is_wide(after));
            if gap.space && !joined || gap.breaks > 0 || meets(Gap::parts) {
                self.text.push(' ');
                if self.open_marks.iter().any(|mark| is_link(mark.kind) && mark.start.is_some()) {
                    self.count_link_bytes(1);
                }
            }
        }
        self.begin_marks();
        self.text.push_str(word);
        self.count_link_bytes(word.len());
    }

    fn ink_preformatted(&mut self, text: &str) {
        let mut text = text;
        if self.block.is_none() {
            // Lines before the first word are not shown; the indent of its line is.
            let n_space = text.len() - text.trim_start().len();
            if n_space == text.len() {
                return;
            }
            let line = text[..n_space].rfind('\n').map_or(0, |at| at + 1);
            self.begin_block();
            if let Some(block) = &mut self.block
                && block.start == self.text.len()
            {
                self.text.push_str(&text[line..n_space]);
                block.start = self.text.len();
            }
            text = &text[n_space..];
        } else {
            for _ in 0..std::mem::take(&mut self.gap).breaks {
                self.text.push('\n');
            }
        }
        self.gap = Gap::default();
        self.begin_marks();
        let before = self.text.len();
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            self.text.push_str(&rest[..at]);
            self.text.push('\n');
            rest = rest[at + 1..].strip_prefix('\n').unwrap_or(&rest[at + 1..]);
        }
        self.text.push_str(rest);
        self.count_link_bytes(self.text.len() - before);
    }

    /// A tag `<br>`.
    pub(super) fn line_break(&mut self) {
        if self.n_hidden > 0 || self.n_svg > 0 || self.block.is_none() {
            return;
        }
        let heading = self.stack.last().is_some_and(|open| matches!(open.kind, BlockKind::Heading(_)));
        if heading {
            self.gap.space = true;
        } else {
            self.gap.breaks += 1;
        }
    }

    fn begin_block(&mut self) {
        let depth = self.stack.len() - 1;
        let row = self.row.as_ref().map(|row| row.depth);
        let element = self.element_at(row.unwrap_or(depth));
        let (kind, group, item) =
            self.stack.last().map_or((BlockKind::Paragraph, 0, None), |open| (open.kind, open.group, open.item));
        let mut kind = if row.is_some() { BlockKind::TableRow } else { kind };
        let mut marker = None;
        if let Some(item) = item.map(|item| &mut self.stack[item]) {
            // A heading in an item stands without a bullet, further paragraphs do too.
            if kind == BlockKind::ListItem && !item.is_used {
                marker = Some(item.number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. ")));
            } else if kind == BlockKind::ListItem {
                kind = BlockKind::Paragraph;
            }
            item.is_used = true;
        }
        if !self.text.is_empty() {
            let hangs = matches!(kind, BlockKind::ListItem | BlockKind::TableRow | BlockKind::Lines);
            self.text.push_str(if hangs && group > 0 && self.last == (kind, group) { "\n" } else { "\n\n" });
        }
        self.block = Some(OpenBlock { start: self.text.len(), kind, group, element, link_bytes: 0 });
        self.text.push_str(&marker.unwrap_or_default());
    }

    /// Ends the block that is being written, if there is one.
    pub(super) fn close_block(&mut self) {
        self.gap = Gap::default();
        if self.block.is_none() {
            return;
        }
        self.text.truncate(self.text.trim_end().len());
        self.cut_marks_behind();
        for at in 0..self.open_marks.len() {
            self.cut_mark(at);
        }
        self.push_block();
    }

    /// Writes down the block that is being written.
    pub(super) fn push_block(&mut self) {
        let Some(OpenBlock { start, kind, group, element, link_bytes }) = self.block.take() else { return };
        self.last = (kind, group);
        self.blocks.push(Block { span: Span::of(start..self.text.len()), kind, element });
        if let Some(element) = element.map(|element| &mut self.elements[element as usize]) {
            let text_bytes = (self.text.len() - start) as u32;
            element.text_bytes += text_bytes;
            element.link_bytes += link_bytes.min(text_bytes);
        }
    }

    pub(super) fn open_mark(&mut self, kind: MarkKind) {
        self.n_links += usize::from(is_link(kind));
        self.open_marks.push(OpenMark { kind, start: None });
    }

    pub(super) fn close_mark(&mut self, at: usize) {
        self.cut_mark(at);
        let mark = self.open_marks.remove(at);
        self.n_links -= usize::from(is_link(mark.kind));
    }

    /// Writes down the mark as far as it goes; it may go on in the next block.
    fn cut_mark(&mut self, at: usize) {
        let OpenMark { kind, start } = &mut self.open_marks[at];
        if let Some(start) = start.take()
            && start < self.text.len()
        {
            let span = Span::of(start..self.text.len());
            self.marks.push(Mark { outer: span, inner: span, kind: *kind });
        }
    }

    /// Takes the marks off the space that was at the end of the block.
    fn cut_marks_behind(&mut self) {
        let end = self.text.len() as u32;
        let first = self.marks.iter().rposition(|mark| mark.outer.end <= end).map_or(0, |at| at + 1);
        let mut behind = self.marks.split_off(first);
        behind.retain_mut(|mark| {
            mark.outer.end = end.max(mark.outer.start);
            mark.inner = mark.outer;
            !mark.outer.is_empty()
        });
        self.marks.append(&mut behind);
    }

    fn begin_marks(&mut self) {
        let at = self.text.len();
        // Those that have not begun were opened last, or all begin with the block.
        for mark in self.open_marks.iter_mut().rev().take_while(|mark| mark.start.is_none()) {
            mark.start = Some(at);
        }
    }

    fn count_link_bytes(&mut self, n: usize) {
        if self.n_links > 0
            && let Some(block) = &mut self.block
        {
            block.link_bytes += n as u32;
        }
    }
}

fn is_link(kind: MarkKind) -> bool {
    matches!(kind, MarkKind::Link | MarkKind::Away)
}

/// Where the words at the start of `bytes` are followed by anything but one space and another word.
fn run_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        if is_space(bytes[at]) && (bytes[at] != b' ' || bytes.get(at + 1).is_none_or(|next| is_space(*next))) {
            break;
        }
        at += 1;
    }
    at
}

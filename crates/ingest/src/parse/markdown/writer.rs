//! Collects the blocks and marks of a Markdown text.

use super::span;
use cleancopy_core::{Block, BlockKind, Mark, MarkKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// A block that is being read.
struct OpenBlock {
    start: usize,
    /// End of the words so far; `start` if there are none.
    end: usize,
    /// Where the words begin.
    words: Option<usize>,
    kind: BlockKind,
}

/// Words between marks whose end has not been read.
struct OpenMark {
    outer: Range<usize>,
    kind: MarkKind,
    /// End of what lies inside.
    inner_end: Option<usize>,
}

pub(super) struct Writer<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    block: Option<OpenBlock>,
    open: Vec<OpenMark>,
    /// Images that are open: nothing inside them is words.
    n_images: usize,
    /// End of the last words.
    last_end: usize,
    /// End of the words before them.
    before_last: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            blocks: Vec::new(),
            marks: Vec::new(),
            block: None,
            open: Vec::new(),
            n_images: 0,
            last_end: 0,
            before_last: 0,
        }
    }

    /// Begins a block. An item that has no words yet goes on in it.
    pub(super) fn begin(&mut self, start: usize, kind: BlockKind) {
        match &mut self.block {
            Some(block) if block.kind == BlockKind::ListItem && block.words.is_none() => {
                if let BlockKind::Heading(_) = kind {
                    block.kind = kind;
                }
            }
            _ => {
                self.flush();
                self.block = Some(OpenBlock { start, end: start, words: None, kind });
            }
        }
    }

    pub(super) fn begin_item(&mut self, start: usize) {
        self.flush();
        self.block = Some(OpenBlock { start, end: start, words: None, kind: BlockKind::ListItem });
    }

    /// Begins a block whose first paragraph it holds, such as a footnote with its label.
    pub(super) fn begin_container(&mut self, start: usize) {
        self.begin_item(start);
        if let Some(block) = &mut self.block {
            block.kind = BlockKind::Lines;
        }
    }

    /// Takes a block as it is.
    pub(super) fn block(&mut self, range: Range<usize>, kind: BlockKind) {
        self.flush();
        self.blocks.push(Block { span: span(range), kind, element: None });
    }

    /// Takes a paragraph without the white space around it.
    pub(super) fn paragraph(&mut self, range: Range<usize>) {
        self.push(range, BlockKind::Paragraph);
    }

    /// Takes words into the open block, or a new one of `kind`.
    pub(super) fn content(&mut self, range: Range<usize>, kind: BlockKind) {
        if range.is_empty() {
            return;
        }
        if let Some(mark) = self.open.last_mut() {
            mark.inner_end = Some(range.end);
        }
        self.before_last = std::mem::replace(&mut self.last_end, range.end);
        self.extend(&range, kind);
    }

    /// Takes a picture into the open block; it is no words of the marks around it.
    pub(super) fn picture(&mut self, range: &Range<usize>, kind: BlockKind) {
        self.extend(range, kind);
    }

    fn extend(&mut self, range: &Range<usize>, kind: BlockKind) {
        let block = self.block.get_or_insert(OpenBlock { start: range.start, end: range.start, words: None, kind });
        block.words.get_or_insert(range.start);
        block.end = block.end.max(range.end);
    }

    /// Whether the byte at `at`, just before the last words, belongs to no words before them.
    pub(super) fn is_new(&self, at: usize) -> bool {
        self.before_last <= at
    }

    /// Ends the open block where its words end.
    pub(super) fn flush(&mut self) {
        let Some(OpenBlock { start, end, .. }) = self.block else { return };
        let kind = self.block.take().map_or(BlockKind::Paragraph, |block| block.kind);
        self.push(start..end, kind);
    }

    /// Ends a row with all of its bars.
    pub(super) fn end_row(&mut self, range: &Range<usize>) {
        self.block = None;
        self.push(range.clone(), BlockKind::TableRow);
    }

    /// Ends a heading: what stands before its words and after them is notation.
    pub(super) fn end_heading(&mut self, range: &Range<usize>) {
        let Some(block) = self.block.take() else { return };
        let Some(words) = block.words else {
            return self.notation(range.clone(), MarkKind::Opener);
        };
        if range.start < words {
            self.notation(range.start..words, MarkKind::Opener);
        }
        let behind = self.text[block.end..range.end.max(block.end)].trim_end();
        if !behind.is_empty() {
            self.notation(block.end..block.end + behind.len(), MarkKind::Opener);
        }
        self.push(block.start..block.end, block.kind);
    }

    fn push(&mut self, range: Range<usize>, kind: BlockKind) {
        let text = &self.text[range.clone()];
        let start = range.end - text.trim_start().len();
        let end = range.start + text.trim_end().len();
        if start < end {
            self.blocks.push(Block { span: span(start..end), kind, element: None });
        }
    }

    /// Takes notation without words.
    pub(super) fn notation(&mut self, range: Range<usize>, kind: MarkKind) {
        let end = range.start + self.text[range.clone()].trim_end_matches([' ', '\t', '\n', '\r']).len();
        let end = if kind == MarkKind::Opener { range.end } else { end };
        let inner = range.start..range.start;
        self.mark(range.start..end, inner, kind);
    }

    pub(super) fn mark(&mut self, outer: Range<usize>, inner: Range<usize>, kind: MarkKind) {
        if self.n_images == 0 && !outer.is_empty() {
            self.marks.push(Mark { outer: span(outer), inner: span(inner), kind });
        }
    }

    /// Begins marked words.
    pub(super) fn open(&mut self, outer: Range<usize>, kind: MarkKind) {
        self.open.push(OpenMark { outer, kind, inner_end: None });
        self.n_images += usize::from(kind == MarkKind::Image);
    }

    /// Ends the words that were begun last.
    pub(super) fn close(&mut self) {
        let Some(OpenMark { outer, kind, inner_end }) = self.open.pop() else { return };
        let has_words = kind != MarkKind::Image && (kind != MarkKind::Link || inner_end.is_some());
        if let Some(around) = self.open.last_mut()
            && has_words
        {
            around.inner_end = Some(outer.end);
        }
        // The marks around the words belong to the block like the words.
        if let Some(block) = &mut self.block {
            block.words = Some(block.words.map_or(outer.start, |words| words.min(outer.start)));
            block.end = block.end.max(outer.end);
        }
        let around = self.text[outer.clone()].as_bytes();
        let n_same = |byte: u8| around.iter().take_while(|other| **other == byte).count();
        let inner = match kind {
            MarkKind::Strong => outer.start + 2..outer.end - 2,
            MarkKind::Emphasis if around[0] == b'~' => {
                outer.start + n_same(b'~').min(2)..outer.end - n_same(b'~').min(2)
            }
            MarkKind::Emphasis => outer.start + 1..outer.end - 1,
            MarkKind::Autolink => outer.start + 1..outer.end - 1,
            MarkKind::Link => outer.start + 1..inner_end.unwrap_or(outer.start + 1).max(outer.start + 1),
            _ => outer.start..outer.start,
        };
        self.n_images -= usize::from(kind == MarkKind::Image);
        self.last_end = outer.end;
        self.mark(outer, inner, kind);
    }

    /// The blocks that hold words, and the marks in order of their start.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Mark>) {
        self.flush();
        self.marks.sort_by_key(|mark| (mark.outer.start, std::cmp::Reverse(mark.outer.end)));
        self.take_empty_lines();
        self.drop_covered();
        let words = Words::new(self.text, &self.marks);
        self.blocks.retain(|block| words.any_in(block.span.range()));
        self.blocks.sort_by_key(|block| block.span.start);
        (self.blocks, self.marks)
    }

    /// Drops the marks that are part of the notation of others, so that each byte of notation is in one mark.
    fn drop_covered(&mut self) {
        let mut covered: BTreeMap<usize, usize> = BTreeMap::new();
        self.marks.retain(|mark| {
            let before = covered.range(..=mark.outer.start as usize).next_back();
            let is_covered = before.is_some_and(|(_, end)| *end > mark.outer.start as usize);
            if !is_covered && mark.kind != MarkKind::Code {
                covered.extend(notation_of(mark).map(|part| (part.start, part.end)));
            }
            !is_covered
        });
    }

    /// Notation that has its lines to itself takes their ends with it.
    fn take_empty_lines(&mut self) {
        // Where the line so far is nothing but white space and notation.
        let mut bare_until = 0;
        for mark in &mut self.marks {
            let range = mark.outer.range();
            let line_start = memchr::memrchr(b'\n', &self.text.as_bytes()[..range.start]).map_or(0, |at| at + 1);
            let from = line_start.max(bare_until.min(range.start));
            let is_bare = bare_until >= line_start || from == line_start;
            if !is_bare || !self.text[from..range.start].trim().is_empty() || !mark.inner.is_empty() {
                continue;
            }
            bare_until = range.end;
            let rest = &self.text[range.end..];
            let words = rest.trim_start_matches([' ', '\t', '\r', '\n']);
            let space = &rest[..rest.len() - words.len()];
            if let Some(at) = space.rfind('\n') {
                bare_until = range.end + at + 1;
                mark.outer = span(range.start..range.end + at + 1);
            } else if words.is_empty() {
                bare_until = self.text.len();
                mark.outer = span(range.start..self.text.len());
            }
        }
    }
}

/// Where the notation of a mark stands.
fn notation_of(mark: &Mark) -> impl Iterator<Item = Range<usize>> {
    let (outer, inner) = (mark.outer.range(), mark.inner.range());
    [outer.start..inner.start, inner.end..outer.end].into_iter().filter(|part| !part.is_empty())
}

/// What is left of a text without its notation.
struct Words<'a> {
    text: &'a str,
    /// Notation in order, without overlaps.
    notation: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, marks: &[Mark]) -> Self {
        let mut notation: Vec<Range<usize>> = Vec::new();
        let mut parts: Vec<Range<usize>> =
            marks.iter().filter(|mark| mark.kind != MarkKind::Code).flat_map(notation_of).collect();
        parts.sort_unstable_by_key(|part| (part.start, part.end));
        for part in parts {
            match notation.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ => notation.push(part),
            }
        }
        Self { text, notation }
    }

    /// Whether anything but notation and white space stands in `range`.
    fn any_in(&self, range: Range<usize>) -> bool {
        let mut at = range.start;
        let first = self.notation.partition_point(|part| part.end <= range.start);
        for part in &self.notation[first..] {
            if part.start >= range.end {
                break;
            }
            if at < part.start && !self.text[at..part.start].trim().is_empty() {
                return true;
            }
            at = at.max(part.end);
        }
        at < range.end && !self.text[at..range.end].trim().is_empty()
    }
}

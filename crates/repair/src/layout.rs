//! Finds the structure of a text: its lines, what stands between them, its blocks and marks.

mod gap;
mod line;
mod markdown;
mod structure;

use cleancopy_core::{Block, BlockKind, Kind, Mark, MarkKind, Measure, Page, Span};

pub(crate) use gap::Gap;
pub(crate) use line::Line;
use line::{End, Start};
use structure::Role;

/// The structure of a text, measured once and read by all rules of the lines stage.
#[derive(Default)]
pub(crate) struct Layout {
    /// The lines that are not blank.
    pub(crate) lines: Vec<Line>,
    /// What is to stand after each line but the last.
    pub(crate) gaps: Vec<Gap>,
    roles: Vec<Role>,
    /// For parsed documents, the block of each line.
    block_of: Vec<Option<u32>>,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    /// Notation around the marked words, in order.
    pub(crate) notation: Vec<Span>,
}

/// Writes the blocks and marks of `page`.
///
/// For plain text they are found in the text; for Markdown and HTML the parser's are taken over.
pub fn lay_out(page: &Page<'_>, blocks: &mut Vec<Block>, marks: &mut Vec<Mark>) {
    let layout = page.measured::<Layout>();
    blocks.extend_from_slice(&layout.blocks);
    marks.extend_from_slice(&layout.marks);
}

impl Measure for Layout {
    fn measure(&mut self, page: &Page<'_>) {
        line::read_lines(page.text, &mut self.lines);
        structure::find_roles(page.text, &self.lines, &mut self.roles);
        self.place_in_blocks(page);
        self.gaps.clear();
        for index in 1..self.lines.len() {
            let gap = self.decide(page, index);
            self.gaps.push(gap);
        }
        self.write_blocks(page);
        self.marks.clear();
        if page.kind == Kind::Text {
            markdown::find_marks(page.text, &self.blocks, &mut self.marks);
            self.name_headings(page.text);
        } else {
            self.marks.extend_from_slice(page.marks);
        }
        self.cut_notation();
    }
}

/// Whether a line is nothing but a postal or web address of the network.
fn is_address(line: &str) -> bool {
    !line.contains(' ') && (line.contains('@') || line.starts_with("www.") || line.starts_with("http"))
}

impl Layout {
    /// The gaps in order: the decision, the span between the lines, the line after.
    pub(crate) fn breaks(&self) -> impl Iterator<Item = (Gap, Span, &Line)> {
        let pairs = self.lines.iter().zip(self.lines.iter().skip(1));
        self.gaps.iter().zip(pairs).map(|(&gap, (a, b))| (gap, Span::new(a.span.end, b.span.start), b))
    }

    /// Where the text begins, given its first line: code keeps its indent.
    pub(crate) fn text_start(&self, first: &Line) -> u32 {
        if self.roles.first() == Some(&Role::Code) { first.start } else { first.span.start }
    }

    /// For parsed documents, finds the block that each line lies in.
    fn place_in_blocks(&mut self, page: &Page<'_>) {
        self.block_of.clear();
        if page.kind == Kind::Text {
            return;
        }
        let mut at = 0;
        for line in &self.lines {
            while page.blocks.get(at).is_some_and(|block| block.span.end <= line.span.start) {
                at += 1;
            }
            let inside = page.blocks.get(at).is_some_and(|block| block.span.start < line.span.end);
            self.block_of.push(inside.then_some(at as u32));
        }
    }

    /// Decides the gap before line `index`.
    fn decide(&self, page: &Page<'_>, index: usize) -> Gap {
        if page.kind != Kind::Text {
            return self.decide_parsed(page, index);
        }
        let (before, after) = (self.roles[index - 1], self.roles[index]);
        match (before, after) {
            (Role::Code, Role::Code) => Gap::Keep,
            (Role::Row, Role::Row) => Gap::Line,
            (Role::Code | Role::Row, _) | (_, Role::Code | Role::Row) => Gap::Paragraph,
            (_, Role::Item) if self.in_list(index - 1) => Gap::Line,
            (_, Role::Item) => Gap::Paragraph,
            (Role::Item | Role::Prose, Role::Prose) => self.decide_prose(page.text, index),
        }
    }

    /// Decides a gap of a parsed document: blocks stay apart, lines inside a block are measured.
    fn decide_parsed(&self, page: &Page<'_>, index: usize) -> Gap {
        let block = |index: usize| self.block_of[index].map(|at| page.blocks[at as usize]);
        let (Some(before), Some(after)) = (block(index - 1), block(index)) else { return Gap::Paragraph };
        if self.block_of[index - 1] != self.block_of[index] {
            let rows = |kind| matches!(kind, BlockKind::ListItem | BlockKind::TableRow | BlockKind::Lines);
            return if before.kind == after.kind && rows(after.kind) && self.lines[index].blanks == 0 {
                Gap::Line
            } else {
                Gap::Paragraph
            };
        }
        match after.kind {
            BlockKind::Code => Gap::Keep,
            BlockKind::Verse | BlockKind::Lines => Gap::Line,
            _ if page.kind == Kind::Markdown => self.joined(page.text, index),
            _ => self.decide_prose(page.text, index),
        }
    }

    /// Whether line `index` belongs to a list item, be it its first line or a later one.
    fn in_list(&self, index: usize) -> bool {
        let joined = (0..index).rev().take_while(|&at| self.gaps[at].joins()).count();
        self.roles[index - joined] == Role::Item
    }

    fn decide_prose(&self, text: &str, index: usize) -> Gap {
        let (a, b) = (&self.lines[index - 1], &self.lines[index]);
        let runs_on = match b.first {
            Start::Lower => {
                !matches!(a.last, End::Final | End::Colon) && b.blanks <= 3 && !is_address(b.span.in_text(text))
            }
            Start::Closing => !matches!(a.last, End::Final | End::Colon) && b.blanks == 0,
            _ => false,
        };
        let hangs = self.in_list(index - 1) && b.blanks == 0 && b.indent > 0 && b.first == Start::Lower;
        if runs_on || hangs { self.joined(text, index) } else { Gap::Paragraph }
    }

    /// How the lines around a gap are glued.
    fn joined(&self, _text: &str, index: usize) -> Gap {
        let (a, b) = (&self.lines[index - 1], &self.lines[index]);
        match (a.last, b.first) {
            (End::Cjk, Start::Cjk) | (_, Start::Closing) | (End::Opening | End::Hyphen, _) => Gap::Tight,
            _ => Gap::Join,
        }
    }

    /// Writes one block for each run of joined lines.
    fn write_blocks(&mut self, page: &Page<'_>) {
        self.blocks.clear();
        if page.kind != Kind::Text {
            self.blocks.extend_from_slice(page.blocks);
            return;
        }
        let mut first = 0;
        for index in 0..self.lines.len() {
            let last = self.gaps.get(index).is_none_or(|gap| match gap {
                Gap::Join | Gap::Tight | Gap::Hyphen | Gap::Keep => false,
                Gap::Line | Gap::Paragraph => true,
            });
            if last {
                let span = Span::new(self.lines[first].span.start, self.lines[index].span.end);
                let kind = match self.roles[first] {
                    Role::Prose => BlockKind::Paragraph,
                    Role::Item => BlockKind::ListItem,
                    Role::Row => BlockKind::TableRow,
                    Role::Code => BlockKind::Code,
                };
                self.blocks.push(Block { span, kind, element: None });
                first = index + 1;
            }
        }
    }

    /// Collects what stands around the marked words. Marks nest, so it is sorted afterwards.
    fn cut_notation(&mut self) {
        self.notation.clear();
        for Mark { outer, inner, .. } in self.marks.iter().filter(|mark| mark.kind != MarkKind::Code) {
            let around = [Span::new(outer.start, inner.start), Span::new(inner.end, outer.end)];
            self.notation.extend(around.into_iter().filter(|span| !span.is_empty()));
        }
        self.notation.sort_unstable();
    }

    /// Gives the blocks that a heading mark opens their kind.
    fn name_headings(&mut self, text: &str) {
        let mut at = 0;
        for mark in self.marks.iter().filter(|mark| mark.kind == MarkKind::Opener) {
            while self.blocks.get(at).is_some_and(|block| block.span.end <= mark.outer.start) {
                at += 1;
            }
            if let Some(block) = self.blocks.get_mut(at)
                && block.span.start == mark.outer.start
            {
                block.kind = BlockKind::Heading(mark.outer.in_text(text).matches('#').count() as u8);
            }
        }
    }
}

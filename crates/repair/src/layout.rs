//! Finds the structure of a text: its lines, what stands between them, its blocks and marks.

mod code;
mod decide;
mod edge;
mod explain;
mod furniture;
mod gap;
mod hyphen;
mod line;
mod markdown;
mod measure;
mod pair;
mod run;
mod sealed;
mod second_look;
mod signals;
mod stretch;
mod structure;
mod together;
mod verse;
mod weights;
mod width;
mod words;

use cleancopy_core::{Block, BlockKind, Kind, Mark, MarkKind, Measure, Page, Span};

use decide::{Gaps, Known};
pub use explain::{GapReport, explain_gaps};
pub(crate) use gap::{Gap, separator};
use hyphen::Hyphens;
pub(crate) use line::Line;
use signals::Cells;
use structure::Role;

/// The structure of a text, measured once and read by all rules of the lines stage.
#[derive(Default)]
pub(crate) struct Layout {
    /// The lines that are not blank and no page furniture.
    pub(crate) lines: Vec<Line>,
    /// Notation around the marked words, in order.
    pub(crate) notation: Vec<Span>,
    gaps: Gaps,
    hyphens: Hyphens,
    /// Whether page numbers or running heads stand behind the last line.
    ends_in_furniture: bool,
    /// What the gaps hold at all, so that rules need not look.
    pub(crate) found: Found,
    roles: Vec<Role>,
    furniture: Vec<bool>,
    line_breaks: Vec<measure::Break>,
    /// For parsed documents, the block of each line, and what blocks say about each gap.
    block_of: Vec<Option<u32>>,
    forced: Vec<Option<Gap>>,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
}

/// What the gaps of a text hold.
#[derive(Clone, Copy, Default)]
pub(crate) struct Found {
    /// Page furniture.
    pub(crate) furniture: bool,
    /// Lines that run on.
    pub(crate) joins: Joins,
    /// Blank lines between nearly all lines, even inside sentences.
    pub(crate) double_spaced: bool,
}

/// Which lines of a text run on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Joins {
    /// None does.
    #[default]
    None,
    /// Some do, but none over blank lines.
    Unbroken,
    /// Some do over blank lines.
    OverBlanks,
}

/// A gap as rules read it.
#[derive(Clone, Copy)]
pub(crate) struct Break<'a> {
    /// The decision.
    pub(crate) gap: Gap,
    /// From the end of the line before to the start of the line after; to its indent, if it keeps that.
    pub(crate) span: Span,
    /// Bytes of the hyphen that ends the line before and goes with the gap.
    pub(crate) hyphen: u32,
    /// The line after.
    pub(crate) after: &'a Line,
    /// Whether the blank lines in it stand between nearly all lines around.
    pub(crate) double_spaced: bool,
}

/// The lines of a text that are not blank, as they look from outside.
#[derive(Default)]
struct ReadLines {
    lines: Vec<Line>,
    /// Whether a form feed stands behind the last of them.
    ends_in_feed: bool,
    /// What was read before.
    before: line::Known,
}

impl Measure for ReadLines {
    fn measure(&mut self, page: &Page<'_>) {
        self.ends_in_feed = line::read_lines(page.text, &mut self.before, &mut self.lines);
    }
}

/// Reads the lines of `page`, with which [`lay_out`] begins.
pub fn read_lines(page: &Page<'_>) {
    page.measured::<ReadLines>();
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
        self.measure_watched(page, |_, _| {});
    }
}

/// Fewest blank lines from which on a text can be double spaced.
const DOUBLED: usize = 2;

impl Layout {
    /// Measures `page`. `watch` sees the signals of each gap that is scored.
    fn measure_watched(&mut self, page: &Page<'_>, watch: impl FnMut(usize, &Cells)) {
        let read = page.measured::<ReadLines>();
        self.lines.clear();
        self.lines.extend_from_slice(&read.lines);
        self.set_furniture_aside(page, read.ends_in_feed);
        self.roles.clear();
        self.roles.resize(self.lines.len(), Role::Prose);
        self.forced.clear();
        if page.kind == Kind::Text {
            structure::find_roles(page.text, &self.lines, &mut self.roles);
            measure::measure(page.text, &mut self.lines, &mut self.line_breaks);
        } else {
            self.place_in_blocks(page);
        }
        let known = Known { text: page.text, lines: &self.lines, forced: &self.forced };
        self.gaps.decide(&known, &mut self.roles, watch);
        self.hyphens.decide(page.text, &self.lines, &mut self.gaps.decided);
        self.sum_up();
        self.write_blocks(page);
        self.write_marks(page);
    }

    fn sum_up(&mut self) {
        let mut found = Found::default();
        let (mut n_blank, mut n_joined, mut n_joins) = (0, 0, 0);
        for (gap, line) in self.gaps.decided.iter().zip(self.lines.iter().skip(1)) {
            found.furniture |= line.furniture;
            n_joins += usize::from(gap.joins());
            n_blank += usize::from(line.blanks > 0);
            n_joined += usize::from(line.blanks > 0 && gap.joins());
        }
        // Joins are the rule, not the exception, where a text is double spaced.
        let double_spaced = n_blank >= DOUBLED && n_joined * 2 > n_blank;
        let joins = match (n_joins, n_joined) {
            (0, _) => Joins::None,
            (_, 0) => Joins::Unbroken,
            _ => Joins::OverBlanks,
        };
        self.found = Found { joins, double_spaced, ..found };
    }

    /// The gaps in order.
    pub(crate) fn breaks<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Break<'a>> {
        (0..self.gaps.decided.len()).map(move |at| {
            let (gap, usual) = (self.gaps.decided[at], self.gaps.usual_blanks[at]);
            let (before, after) = (&self.lines[at], &self.lines[at + 1]);
            // Nested items, stanzas, rows and code keep their indent.
            let keeps_indent = gap == Gap::Line
                || (!gap.joins() && matches!(self.roles[at + 1], Role::Code | Role::Verse | Role::Row));
            let end = if keeps_indent { after.start } else { after.span.start };
            let last = || before.span.in_text(text).chars().next_back().map_or(0, char::len_utf8);
            Break {
                gap,
                span: Span::new(before.span.end, end),
                hyphen: if gap == Gap::Hyphen { last() as u32 } else { 0 },
                after,
                double_spaced: self.found.double_spaced && after.blanks > 0 && after.blanks <= usual,
            }
        })
    }

    /// The bytes before the first line and behind the last, page furniture included. Code, verse and rows keep
    /// their indent. `None` if there is no line.
    pub(crate) fn edges(&self, text: &str) -> Option<(Span, Span)> {
        let (first, last) = (self.lines.first()?, self.lines.last()?);
        let start = match self.roles.first() {
            Some(Role::Code | Role::Verse | Role::Row) => first.start,
            _ => first.span.start,
        };
        Some((Span::new(0, start), Span::new(last.span.end, text.len() as u32)))
    }

    /// Whether page furniture stands before the first line, and behind the last.
    pub(crate) fn furniture_at_edges(&self) -> (bool, bool) {
        (self.lines.first().is_some_and(|line| line.furniture), self.ends_in_furniture)
    }

    /// Takes page numbers and running heads out of the lines.
    fn set_furniture_aside(&mut self, page: &Page<'_>, ends_in_feed: bool) {
        self.ends_in_furniture = false;
        if page.kind != Kind::Text {
            return;
        }
        furniture::find_furniture(page.text, &self.lines, ends_in_feed, &mut self.furniture);
        if !self.furniture.contains(&true) || !self.furniture.contains(&false) {
            return;
        }
        let (mut at, mut pending) = (0, false);
        let furniture = &self.furniture;
        self.lines.retain_mut(|line| {
            let is_furniture = furniture[at];
            at += 1;
            line.furniture = pending;
            pending = is_furniture;
            !is_furniture
        });
        self.ends_in_furniture = pending;
    }

    /// For parsed documents, finds the block of each line and what blocks say about the gaps.
    fn place_in_blocks(&mut self, page: &Page<'_>) {
        self.block_of.clear();
        let mut at = 0;
        for line in &self.lines {
            while page.blocks.get(at).is_some_and(|block| block.span.end <= line.span.start) {
                at += 1;
            }
            let inside = page.blocks.get(at).is_some_and(|block| block.span.start < line.span.end);
            self.block_of.push(inside.then_some(at as u32));
        }
        for index in 1..self.lines.len() {
            let gap = self.decide_parsed(page, index);
            self.forced.push(gap);
        }
    }

    /// Decides a gap of a parsed document: blocks stay apart, lines inside a block are measured.
    fn decide_parsed(&self, page: &Page<'_>, index: usize) -> Option<Gap> {
        let block = |index: usize| self.block_of[index].map(|at| page.blocks[at as usize]);
        let (Some(before), Some(after)) = (block(index - 1), block(index)) else { return Some(Gap::Paragraph) };
        if self.block_of[index - 1] != self.block_of[index] {
            let rows = |kind| matches!(kind, BlockKind::ListItem | BlockKind::TableRow | BlockKind::Lines);
            let same = before.kind == after.kind && rows(after.kind) && self.lines[index].blanks == 0;
            return Some(if same { Gap::Line } else { Gap::Paragraph });
        }
        match after.kind {
            BlockKind::Code => Some(Gap::Keep),
            BlockKind::Verse | BlockKind::Lines => Some(Gap::Line),
            _ if page.kind == Kind::Markdown => {
                Some(decide::glue(page.text, &self.lines[index - 1], &self.lines[index]))
            }
            _ => None,
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
            let ends = self.gaps.decided.get(index).is_none_or(|gap| matches!(gap, Gap::Line | Gap::Paragraph));
            if ends {
                let span = Span::new(self.lines[first].span.start, self.lines[index].span.end);
                let kind = match self.roles[first] {
                    Role::Prose | Role::Rule | Role::Hanging | Role::Label => BlockKind::Paragraph,
                    Role::Item => BlockKind::ListItem,
                    Role::Row => BlockKind::TableRow,
                    Role::Code => BlockKind::Code,
                    Role::Verse => BlockKind::Verse,
                    Role::Lines => BlockKind::Lines,
                };
                self.blocks.push(Block { span, kind, element: None });
                first = index + 1;
            }
        }
    }

    fn write_marks(&mut self, page: &Page<'_>) {
        self.marks.clear();
        if page.kind == Kind::Text {
            markdown::find_marks(page.text, &self.blocks, &mut self.marks);
            self.name_headings(page.text);
        } else {
            self.marks.extend_from_slice(page.marks);
        }
        // Marks nest, so what stands around their words is not in order.
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

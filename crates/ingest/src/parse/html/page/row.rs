//! Rows of tables: the cells on one line, with tabs between them, unless the table only arranges the page.

use super::Page;
use super::ink::OpenBlock;
use crate::parse::html::tag::Tag;
use cleancopy_core::{BlockKind, Span};

/// The row that is being written.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Depth of its element.
    pub(super) depth: usize,
    /// Cells that have begun.
    n_cells: usize,
    /// Cells that have begun since the last word.
    n_new: usize,
    /// Whether the open cell has words, and then the end of a paragraph.
    has_words: bool,
    is_broken: bool,
    /// The cells with words but the first: where the tabs before it begin, where it begins, the link bytes before it.
    cells: Vec<(usize, usize, u32)>,
    /// Marks before the row.
    n_marks: usize,
}

impl Page<'_> {
    /// Ends or begins what the start of a block does.
    pub(super) fn break_before(&mut self, tag: Tag) {
        match tag {
            Tag::Tr => {
                self.close_block();
                self.row = Some(Row { depth: self.stack.len(), n_marks: self.marks.len(), ..Row::default() });
            }
            Tag::Td | Tag::Th if self.row.is_some() => return self.begin_cell(),
            // These are never inside the cell of a table of data.
            Tag::Article
            | Tag::Blockquote
            | Tag::Dl
            | Tag::Figure
            | Tag::Ol
            | Tag::Pre
            | Tag::Section
            | Tag::Table
            | Tag::Ul => self.spread_row(),
            _ if tag.heading_level().is_some() => self.spread_row(),
            _ => {}
        }
        self.boundary();
    }

    /// Ends what the end of a block does.
    pub(super) fn break_after(&mut self, tag: Tag) {
        match tag {
            Tag::Tr if self.row.is_some() => self.end_row(),
            Tag::Td | Tag::Th if self.row.is_some() => {}
            _ => self.boundary(),
        }
    }

    /// The end of a paragraph, unless it is only that of the words of a cell.
    pub(super) fn boundary(&mut self) {
        if self.n_hidden > 0 {
            return;
        }
        match &mut self.row {
            Some(row) => {
                row.is_broken |= row.has_words && row.n_new == 0;
                self.gap.space = true;
            }
            None => self.close_block(),
        }
    }

    fn begin_cell(&mut self) {
        if let Some(row) = &mut self.row {
            row.n_cells += 1;
            row.n_new += 1;
            row.has_words = false;
            row.is_broken = false;
        }
    }

    /// Before a word: finds out that the cell has a second paragraph.
    pub(super) fn place_in_row(&mut self) {
        let breaks = self.gap.breaks;
        let Some(row) = &mut self.row else { return };
        if row.has_words && row.n_new == 0 && (row.is_broken || breaks > 1) {
            self.spread_row();
            self.close_block();
        } else {
            row.has_words = true;
        }
    }

    pub(super) fn first_cell_begins(&mut self) {
        if let Some(row) = &mut self.row {
            row.n_new = 0;
        }
    }

    /// Writes the tabs before the first word of a cell that is not the first.
    pub(super) fn cell_begins(&mut self) -> bool {
        let Some(row) = &mut self.row else { return false };
        let n_new = std::mem::take(&mut row.n_new);
        let Some(block) = self.block.filter(|_| n_new > 0) else { return false };
        let tabs = self.text.len();
        self.text.extend(std::iter::repeat_n('\t', n_new));
        row.cells.push((tabs, self.text.len(), block.link_bytes));
        true
    }

    /// A row of one cell is a row only below others.
    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        if let Some(block) = &mut self.block
            && row.n_cells < 2
            && self.last != (BlockKind::TableRow, block.group)
        {
            block.kind = BlockKind::Paragraph;
        }
        self.close_block();
    }

    /// Gives up the row as a line: its cells become paragraphs, and so does what is still to come.
    pub(super) fn spread_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        let Some(block) = self.block.take() else { return };
        let behind = self.text.split_off(block.start);
        let base = block.start;
        // Where a byte of the row comes to stand once tabs are blank lines.
        let mut shift = 0;
        let shifts: Vec<(usize, isize)> = row
            .cells
            .iter()
            .map(|&(tabs, start, _)| {
                shift += 2 - (start - tabs) as isize;
                (start, shift)
            })
            .collect();
        let moved = |at: usize| {
            let n_before = shifts.partition_point(|(start, _)| *start <= at);
            at.saturating_add_signed(n_before.checked_sub(1).map_or(0, |last| shifts[last].1))
        };
        for mark in &mut self.marks[row.n_marks..] {
            let span = Span::of(moved(mark.outer.start as usize)..moved(mark.outer.end as usize));
            (mark.outer, mark.inner) = (span, span);
        }
        for mark in &mut self.open_marks {
            mark.shift(moved);
        }
        let total_links = block.link_bytes;
        let mut from = (base, 0);
        let ends = row.cells.iter().copied().chain([(base + behind.len(), 0, total_links)]);
        for (end, next, links) in ends {
            let start = self.text.len();
            self.text.push_str(&behind[from.0 - base..end - base]);
            let link_bytes = links - from.1;
            let kind = BlockKind::Paragraph;
            self.block = Some(OpenBlock { start, kind, group: block.group, element: block.element, link_bytes });
            if next > 0 {
                self.push_block();
                self.text.push_str("\n\n");
            }
            from = (next, links);
        }
    }
}

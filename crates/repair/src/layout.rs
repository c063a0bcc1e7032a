//! Finds the blocks of a text.

use cleancopy_core::{Block, BlockKind, Kind, Mark, Page, Span};

/// Writes the blocks and marks of `page`.
///
/// For plain text they are found in the text; for Markdown and HTML the parser's are taken over.
pub fn lay_out(page: &Page<'_>, blocks: &mut Vec<Block>, marks: &mut Vec<Mark>) {
    if page.kind != Kind::Text {
        blocks.extend_from_slice(page.blocks);
        marks.extend_from_slice(page.marks);
        return;
    }
    for line in page.lines().spans() {
        let text = line.in_text(page.text);
        let start = line.start + (text.len() - text.trim_start().len()) as u32;
        let end = start + text.trim().len() as u32;
        if start < end {
            blocks.push(Block { span: Span::new(start, end), kind: BlockKind::Paragraph, element: None });
        }
    }
}

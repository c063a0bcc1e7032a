//! The line table: where the lines of a text are.

use crate::{Measure, Page, Span};

/// Spans of the lines of a text, without their line feeds.
///
/// A lone CR does not end a line; the glyph rule `line-end` runs first. A text that ends in a line
/// feed has no empty last line.
#[derive(Debug, Default)]
pub struct Lines {
    spans: Vec<Span>,
}

impl Lines {
    /// All lines in order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

impl Measure for Lines {
    fn measure(&mut self, page: &Page<'_>) {
        self.spans.clear();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', page.text.as_bytes()) {
            self.spans.push(Span::of(start..end));
            start = end + 1;
        }
        if start < page.text.len() {
            self.spans.push(Span::of(start..page.text.len()));
        }
    }
}

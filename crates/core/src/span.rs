//! Byte ranges of a text.

use std::ops::Range;

/// A half-open range of bytes, `start..end`, of some text under 4 GiB.
///
/// Both ends lie on character boundaries of the text that the span was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// First byte after the span.
    pub end: u32,
}

impl Span {
    /// The span `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span of a `usize` range, as the scanning libraries give them.
    pub fn of(range: Range<usize>) -> Self {
        Self { start: range.start as u32, end: range.end as u32 }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `at` is one of the span's bytes.
    pub const fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether all of `other` lies in the span.
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte, or one is an empty span strictly inside the other.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a `usize` range.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes of `text` that the span covers.
    ///
    /// # Panics
    /// If the span was made for another text and does not fit this one.
    pub fn in_text(self, text: &str) -> &str {
        &text[self.range()]
    }
}

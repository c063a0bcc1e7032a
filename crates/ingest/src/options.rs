//! What a user can say about the input.

use crate::Encoding;

/// How the input is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InputFormat {
    /// By each file's extension, else by its content.
    #[default]
    Auto,
    /// Every file as plain text.
    Text,
    /// Every file as Markdown.
    Markdown,
    /// Every file as HTML.
    Html,
    /// Every file as JSONL.
    Jsonl,
    /// Every file as CSV.
    Csv,
    /// Every file as WARC.
    Warc,
}

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one document a file.
    Text,
    /// Markdown, one document a file.
    Markdown,
    /// HTML, one document a file.
    Html,
    /// One JSON object a line.
    Jsonl,
    /// Comma, semicolon or tab separated values with a header line.
    Csv,
    /// Pages as a crawler stored them, one record after another.
    Warc,
}

impl InputFormat {
    /// Each format with the name it has on a command line.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("auto", Self::Auto),
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("jsonl", Self::Jsonl),
        ("csv", Self::Csv),
        ("warc", Self::Warc),
    ];

    /// The format that every file is read as, if one was asked for.
    pub const fn asked(self) -> Option<Format> {
        match self {
            Self::Auto => None,
            Self::Text => Some(Format::Text),
            Self::Markdown => Some(Format::Markdown),
            Self::Html => Some(Format::Html),
            Self::Jsonl => Some(Format::Jsonl),
            Self::Csv => Some(Format::Csv),
            Self::Warc => Some(Format::Warc),
        }
    }
}

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How the input is to be read.
    pub format: InputFormat,
    /// The JSONL key or CSV column that holds the text.
    pub text_field: String,
    /// The JSONL key or CSV column that holds the document's id.
    pub id_field: String,
    /// Size above which a file or record is not read, bytes after decompression.
    pub max_doc_bytes: u64,
    /// How many times its size compressed data may unfold to before it is taken for a bomb; not asked before
    /// [`Options::unfolded_freely`] bytes.
    pub max_ratio: u64,
    /// The encoding to use whatever the bytes say.
    pub encoding: Option<Encoding>,
    /// Whether [`Reader::between`](crate::Reader::between) is to hold what stands between records.
    pub keep_between: bool,
}

impl Options {
    /// 16 MiB: the largest JSON object that `DuckDB` takes without being told.
    pub const MAX_DOC_BYTES: u64 = 16 << 20;

    /// Text comes down to a third or a tenth, dumps of near copies to a hundredth; gzip ends at a thousandth.
    pub const MAX_RATIO: u64 = 250;

    /// How many bytes compressed data may unfold to whatever the ratio: those of 16 of the largest documents.
    pub const fn unfolded_freely(&self) -> u64 {
        self.max_doc_bytes.saturating_mul(16)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: InputFormat::Auto,
            text_field: "text".to_owned(),
            id_field: "id".to_owned(),
            max_doc_bytes: Self::MAX_DOC_BYTES,
            max_ratio: Self::MAX_RATIO,
            encoding: None,
            keep_between: false,
        }
    }
}

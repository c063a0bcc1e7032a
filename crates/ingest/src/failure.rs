//! Documents that could not be read.

use crate::Source;
use std::fmt;

/// A document that could not be read, for the quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which document.
    pub source: Source,
    /// What was wrong with it.
    pub cause: Cause,
    /// The record as it stood in its file; `None` for whole files and for what is over the size limit.
    pub bytes: Option<Vec<u8>>,
}

impl Failure {
    /// What there is to look at: the record, or its beginning if it is over the size limit.
    pub fn shown(&self) -> Option<&[u8]> {
        match &self.cause {
            Cause::TooLarge { head, .. } if !head.is_empty() => Some(head),
            _ => self.bytes.as_deref(),
        }
    }
}

/// Why a document could not be read. `Display` says what to do where there is something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The operating system refused.
    Unreadable(String),
    /// Compressed data, an archive or a record in one is cut off or corrupt; what stands before has been read.
    Damaged(String),
    /// Over the size limit.
    TooLarge {
        /// The limit, bytes.
        limit: u64,
        /// How a record begins; empty for whole files.
        head: Vec<u8>,
    },
    /// Compressed data that unfolds to far more than text does.
    Bomb {
        /// The limit, as a multiple of the compressed size.
        max_ratio: u64,
    },
    /// A member that only opens with a password.
    Encrypted,
    /// A member that is compressed in a way that is not read.
    OtherCompression(String),
    /// An archive inside an archive.
    Nested(&'static str),
    /// A ZIP archive that comes through a pipe or is compressed once more, over the size limit.
    ZipStream {
        /// The limit, bytes.
        limit: u64,
    },
    /// Not text at all, and no format was asked for.
    Binary(&'static str),
    /// A line of JSONL that is not JSON.
    NotJson(String),
    /// A line of JSONL that is JSON but no object.
    NotAnObject,
    /// A record without the text field, or a CSV file without its column.
    NoText {
        /// The field asked for.
        field: String,
        /// The fields there are.
        has: Vec<String>,
    },
    /// A text field that holds something else.
    NotText {
        /// The field asked for.
        field: String,
        /// What it holds, such as `a number`.
        holds: &'static str,
    },
    /// A CSV row with more or fewer cells than the header.
    Ragged {
        /// Columns in the header.
        columns: usize,
        /// Cells in the row.
        cells: usize,
    },
    /// A CSV row whose last quotation mark is never closed.
    UnclosedQuote,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.cause)
    }
}

impl std::error::Error for Failure {}

impl Cause {
    /// Whether it was too long to be kept in memory.
    pub fn is_size(&self) -> bool {
        matches!(self, Self::TooLarge { .. })
    }

    /// A short name without the particulars of one document, for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Damaged(_) => "damaged or cut off",
            Self::TooLarge { .. } => "too large",
            Self::Bomb { .. } => "decompression bomb",
            Self::Encrypted => "encrypted",
            Self::OtherCompression(_) => "compression that is not read",
            Self::Nested(_) => "archive inside an archive",
            Self::ZipStream { .. } => "ZIP archive through a pipe",
            Self::Binary(_) => "not text",
            Self::NotJson(_) => "not JSON",
            Self::NotAnObject => "not a JSON object",
            Self::NoText { .. } => "no text field",
            Self::NotText { .. } => "text field is no text",
            Self::Ragged { .. } => "ragged row",
            Self::UnclosedQuote => "unclosed quotation mark",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Self::Damaged(error) => write!(f, "damaged or cut off; what stands before has been read: {error}"),
            Self::TooLarge { limit, head } => {
                write!(f, "over the limit of {limit} bytes; --max-doc-bytes raises it")?;
                if head.is_empty() { Ok(()) } else { write!(f, "; kept are the first {} bytes", head.len()) }
            }
            Self::Bomb { max_ratio } => {
                write!(
                    f,
                    "unfolds to more than {max_ratio} times its size, as no text does; --max-ratio raises the limit"
                )
            }
            Self::Encrypted => f.write_str("encrypted; unpack the archive with its password and name the folder"),
            Self::OtherCompression(method) => {
                write!(f, "compressed by {method}, which is not read; unpack the archive and name the folder")
            }
            Self::Nested(what) => write!(f, "{what} inside an archive; unpack the outer one and name the folder"),
            Self::ZipStream { limit } => write!(
                f,
                "a ZIP archive through a pipe or inside compressed data, over the limit of {limit} bytes: \
                its list of contents stands at its end; save it to a file and name that"
            ),
            Self::Binary(what) => write!(f, "{what}, not text; --input-format text reads it all the same"),
            Self::NotJson(error) => write!(f, "not JSON: {error}"),
            Self::NotAnObject => f.write_str("JSON, but not an object with fields"),
            Self::NoText { field, has } => {
                write!(f, "no field `{field}`; name the one that holds the text with --text-field, of: ")?;
                for (index, name) in has.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{name}")?;
                }
                Ok(())
            }
            Self::NotText { field, holds } => write!(f, "the field `{field}` holds {holds}, not text"),
            Self::Ragged { columns, cells } => write!(f, "{cells} cells, but the header has {columns}"),
            Self::UnclosedQuote => f.write_str("a quotation mark is never closed"),
        }
    }
}

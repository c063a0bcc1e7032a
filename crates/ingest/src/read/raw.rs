//! What a reader gives: the bytes of a document, and what is known of the file they came from.

use super::warc::WebRecord;
use crate::Source;
use crate::decode::{Encoding, Found};
use cleancopy_core::Kind;
use std::sync::Arc;

/// The bytes of one document and what is needed to [`load`](crate::load) it.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Its address.
    pub source: Source,
    /// The whole file, or the record without its line end, decompressed.
    pub bytes: Vec<u8>,
    /// What the bytes are.
    pub form: Form,
    pub(crate) charset: Charset,
}

/// What the bytes of a [`Raw`] are.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Form {
    /// A file that is one document.
    File(Kind),
    /// A line of JSONL.
    Line,
    /// A row of CSV.
    Row(Arc<Header>),
    /// A page out of a web archive.
    Page(Arc<WebRecord>),
}

/// The columns of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The names, each different from the others.
    pub(crate) names: Vec<String>,
    /// Which of them holds the text.
    pub(crate) text: usize,
    /// Which of them holds the id.
    pub(crate) id: Option<usize>,
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// Whether these are the columns that cleancopy writes.
    pub(crate) own: bool,
}

/// What is known of the encoding of a file of records.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Charset {
    /// The encoding that the records had, if they have been put into UTF-8.
    pub(crate) transcoded: Option<(Encoding, Found)>,
    /// Whether it began with a byte order mark of UTF-8.
    pub(crate) bom: bool,
    /// Whether it began with the byte order mark of `transcoded`.
    pub(crate) marked: bool,
    /// The encoding that the beginning of the file speaks for.
    pub(crate) likely: Option<Encoding>,
}

impl Raw {
    /// The name of the encoding that the file was put into UTF-8 from before it was cut into records.
    pub fn transcoded(&self) -> Option<&'static str> {
        self.charset.transcoded.map(|(encoding, _)| encoding.name())
    }

    /// Size in bytes, for cutting batches.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no byte.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// A file of records begins or ends, in an archive or by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It begins.
    Begin(Source, Stored),
    /// It ends.
    End {
        /// What stood behind the last record.
        between: Vec<u8>,
        /// How often something was met that neither a record nor what stood between records holds: units of UTF-16
        /// and UTF-32 that mean nothing, blank lines without end.
        n_lost: u64,
    },
}

/// How a file is stored, as far as its documents do not show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// Whether it is compressed.
    pub compressed: bool,
    /// The encoding that the whole file was put into UTF-8 from, so that its records are UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether it began with the byte order mark of that encoding.
    pub mark: bool,
}

//! The ledger on disk: what was changed, and what it takes to put it back.
//!
//! JSONL, one object a line, each of which says in `line` what it is, in the order of the input:
//!
//! - `head`, the first: version, and how the inputs were read;
//! - `file`, before the records of a JSONL or CSV file;
//! - `document`, for each document read, whatever became of it;
//! - `edit`, for each change to the document above, in the order of its text;
//! - `end`, behind the last record of a file;
//! - `foot`, the last: the sums.

use serde::{Deserialize, Serialize};

use crate::bytes::Bytes;
use crate::patch::Patch;
use crate::{Summary, json};

/// What the lines of a ledger look like. Goes up when an older program could not read them.
pub const LEDGER_VERSION: u32 = 1;

/// One line of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "lowercase")]
pub enum LedgerLine {
    /// The first line.
    Head(LedgerHead),
    /// A file of records begins.
    File(LedgerFile),
    /// A document.
    Document(LedgerDocument),
    /// A change to the document above.
    Edit(LedgerEdit),
    /// A file of records ends.
    End(LedgerEnd),
    /// The last line.
    Foot(LedgerFoot),
}

/// What the run was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerHead {
    /// [`LEDGER_VERSION`].
    pub version: u32,
    /// Version of the program.
    pub program: String,
    /// Hash of all that decides the output; two runs with the same have the same bytes.
    pub fingerprint: String,
    /// Format that the inputs were read as.
    pub input_format: String,
    /// Field of the text.
    pub text_field: String,
    /// Field of the id.
    pub id_field: String,
    /// Encoding that was asked for.
    pub encoding: Option<String>,
    /// Longest document, bytes.
    pub max_doc_bytes: u64,
    /// How many times its size compressed data may unfold to.
    pub max_ratio: u64,
}

/// A JSONL or CSV file, of which each record is a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerFile {
    /// Its path.
    pub path: Bytes,
    /// Its name inside the archive at `path`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Whether it was compressed; what is restored is the content.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compressed: bool,
    /// The encoding of the whole file if it was put into UTF-8 before it was cut into records.
    pub encoding: Option<String>,
    /// Whether it had the byte order mark of that encoding.
    pub mark: bool,
}

/// A document and how its bytes are had back from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerDocument {
    /// The id of its row.
    pub id: String,
    /// Its address, as in its row.
    pub source: String,
    /// Path of its file.
    pub path: Bytes,
    /// Its name inside the archive at `path`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Its number in its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Whether its file was compressed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compressed: bool,
    /// `written`, `dropped` or `quarantined`.
    pub fate: String,
    /// The rule that dropped it, or why it was quarantined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The encoding that it was in.
    pub encoding: String,
    /// Bytes of its text, on which the spans of the edits stand.
    pub bytes_in: u64,
    /// Those of them that were kept.
    pub bytes_kept: u64,
    /// Bytes of the cleaned text.
    pub bytes_out: u64,
    /// How many edits follow.
    pub n_edits: u64,
    /// Bytes of the file or record.
    pub size: u64,
    /// Their SHA-256; empty where they are not known.
    pub sha256: String,
    /// What stood between the last record and this one: line ends, blank lines, a header, a byte order mark.
    #[serde(default, skip_serializing_if = "Bytes::is_empty")]
    pub between: Bytes,
    /// How the text is spelled in bytes, to which `patches` are applied.
    pub spelling: String,
    /// What the spelling does not give: the other fields of a record, bytes that meant nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// For HTML, the path of the element of each block, with its span in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<(u32, u32, String)>,
}

/// One change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEdit {
    /// The id of the document.
    pub id: String,
    /// The address of the document.
    pub source: String,
    /// The rule that did it.
    pub rule: String,
    /// Where what was removed began, bytes of the decoded text.
    pub start: usize,
    /// Where it ended; `start` if something was only inserted.
    pub end: usize,
    /// What was removed.
    pub removed: String,
    /// What was inserted.
    pub inserted: String,
    /// The encoding of the document, if it was not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// The end of a file of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEnd {
    /// What stood behind the last record.
    pub between: Bytes,
    /// Units of UTF-16 or UTF-32 that meant nothing, which cannot be put back.
    pub broken: u64,
}

/// The sums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of `Summary`")]
pub struct LedgerFoot {
    pub read: u64,
    pub written: u64,
    pub dropped: u64,
    pub quarantined: u64,
    pub bytes_in: u64,
    pub bytes_kept: u64,
    pub bytes_removed: u64,
    pub bytes_inserted: u64,
    pub bytes_out: u64,
}

impl From<&Summary> for LedgerFoot {
    fn from(summary: &Summary) -> Self {
        Self {
            read: summary.n_read,
            written: summary.n_written,
            dropped: summary.n_dropped(),
            quarantined: summary.n_quarantined(),
            bytes_in: summary.bytes_in,
            bytes_kept: summary.bytes_kept,
            bytes_removed: summary.bytes_removed(),
            bytes_inserted: summary.bytes_inserted(),
            bytes_out: summary.bytes_out,
        }
    }
}

/// Appends one line; like a row of JSONL it is one line for every reader.
///
/// # Errors
/// None that these types can give.
pub fn write_ledger_line(line: &LedgerLine, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let text = serde_json::to_string(line)?;
    json::object_pieces(&text, |piece| out.extend_from_slice(piece.as_bytes()));
    out.push(b'\n');
    Ok(())
}

/// The source that `output` was made of, or `None` if the edits were not made for it.
pub fn undo(edits: &[LedgerEdit], output: &str) -> Option<String> {
    let mut source = String::with_capacity(output.len());
    let mut rest = output;
    for edit in edits {
        let (kept, behind) = rest.split_at_checked(edit.start.checked_sub(source.len())?)?;
        source.push_str(kept);
        source.push_str(&edit.removed);
        rest = behind.strip_prefix(edit.inserted.as_str())?;
        if source.len() != edit.end {
            return None;
        }
    }
    source.push_str(rest);
    Some(source)
}

/// The output that the edits make of `source`, or `None` if they were not made for it.
pub fn replay(edits: &[LedgerEdit], source: &str) -> Option<String> {
    let mut output = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        output.push_str(source.get(at..edit.start)?);
        output.push_str(&edit.inserted);
        if source.get(edit.start..edit.end)? != edit.removed {
            return None;
        }
        at = edit.end;
    }
    output.push_str(source.get(at..)?);
    Some(output)
}

//! Documents to files: the last room of cleancopy.
//!
//! A cleaned document arrives as a [`Record`], all of it borrowed. Workers turn records into rows of JSONL or CSV
//! ([`write_row`]), pack a batch of rows as one gzip member or zstd frame ([`compress_frame`]), and hand the bytes to
//! the one writer, which appends them to a [`Sink`] in input order. Documents that could not be cleaned go to a
//! [`Quarantine`]; everything is counted in a [`Summary`], whose numbers must add up.
//!
//! The columns are declared once, in [`COLUMNS`], their values in [`Record::cells`]. A further format pairs the
//! two as [`write_row`] does. A row that was written can be read again as a [`StoredRecord`] and gives the same bytes
//! when written once more.
//!
//! ```
//! use cleancopy_output::{Compression, Format, Record, compress_frame, write_header, write_row};
//!
//! let record = Record {
//!     id: "cc-1",
//!     source: "harbour.txt",
//!     text: "The ferry sank.\n\nNobody was hurt.",
//!     authors: &["Ada Quill", "Ben Marsh"],
//!     bytes_in: 40,
//!     bytes_out: 33,
//!     ..Record::default()
//! };
//! let mut rows = Vec::new();
//! write_header(Format::Csv, &mut rows);
//! write_row(Format::Csv, &record, &mut rows);
//! let text = str::from_utf8(&rows).unwrap();
//! assert!(text.contains(r#","Ada Quill; Ben Marsh","#));
//!
//! let mut frame = Vec::new();
//! compress_frame(Compression::Zstd, &rows, &mut frame)?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod bytes;
mod csv;
mod error;
mod format;
mod frame;
mod ids;
mod json;
mod ledger;
mod list;
mod patch;
mod quarantine;
mod record;
pub mod report;
mod row;
mod sink;
mod stored;
mod summary;

pub use bytes::{Bytes, sha256};
pub use cleancopy_core::COLUMNS;
pub use csv::unguard;
pub use error::{Error, ErrorKind};
pub use format::{Compression, Format, for_path, is_stdout};
pub use frame::compress_frame;
pub use ids::safe_id;
pub use ledger::{
    LEDGER_VERSION, LedgerDocument, LedgerEdit, LedgerEnd, LedgerFile, LedgerFoot, LedgerHead, LedgerLine, replay,
    undo, write_ledger_line,
};
pub use list::{Separator, split_list};
pub use patch::{Patch, difference, patched};
pub use quarantine::{Quarantine, Quarantined, quarantine_path, write_quarantined};
pub use record::{Cell, Record, is_own};
pub use row::{write_header, write_row};
pub use sink::{Sink, SinkOptions, partial_path, unfinished, write_small};
pub use stored::StoredRecord;
pub use summary::{RuleTally, Summary};

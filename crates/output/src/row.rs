//! One record as one row of the chosen format.

use crate::csv::{self, Dialect};
use crate::format::Format;
use crate::json;
use crate::record::Record;

/// Appends what stands before the first row: the header of a CSV file, nothing for JSONL.
///
/// It goes into the first batch, ahead of its rows, so that a compressed file begins with a frame like any other.
pub fn write_header(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Jsonl => {}
        Format::Csv => csv::write_header(Dialect::Plain, out),
        Format::CsvExcel => csv::write_header(Dialect::Excel, out),
    }
}

/// Appends one record, its line end included, and returns how many of its cells are too long for Excel.
///
/// That count is always 0 except for [`Format::CsvExcel`], where a cell of more than 32,767 characters runs over into
/// the next cells when opened. Nothing is cut.
///
/// No value is altered, carriage returns included, so that the ledger can be undone on what was written. The formats
/// differ only in how a value is spelled:
///
/// | | JSONL | CSV | CSV for Excel |
/// | --- | --- | --- | --- |
/// | missing | `null` | `""` | `""` |
/// | authors, tags | `["A","B"]` | `"A; B"` | the same |
/// | captions, `image_alts` | `["A","B"]` | one a line | the same |
/// | fields | the object itself | its text | the same |
/// | row ends | LF | LF | CRLF |
/// | besides | NEL, U+2028, U+2029 escaped | | `'` before `=` `+` `-` `@` tab CR LF |
///
/// Of `fields`, space around the object goes, a bare CR or LF (which in JSON is space) becomes a space, and NEL, U+2028
/// and U+2029 become escapes, so that a row of JSONL is one line for every reader. Otherwise its bytes are kept.
///
/// ```
/// use cleancopy_output::{Format, Record, write_row};
///
/// let record = Record { id: "cc-1", text: "The ferry \"Marta\" sank.", ..Record::default() };
/// let mut rows = Vec::new();
/// write_row(Format::Jsonl, &record, &mut rows);
/// assert!(rows.starts_with(br#"{"id":"cc-1","source":"","text":"The ferry \"Marta\" sank.","title":null,"#));
/// ```
pub fn write_row(format: Format, record: &Record<'_>, out: &mut Vec<u8>) -> u32 {
    match format {
        Format::Jsonl => {
            json::write_row(record, out);
            0
        }
        Format::Csv => csv::write_row(Dialect::Plain, record, out),
        Format::CsvExcel => csv::write_row(Dialect::Excel, record, out),
    }
}

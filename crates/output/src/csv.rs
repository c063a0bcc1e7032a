//! CSV after RFC 4180, every field quoted, and the variant that spreadsheet programs can open safely.

use crate::json;
use crate::list::join_list;
use cleancopy_core::COLUMNS;

use crate::record::{Cell, Record};

/// Most characters that a cell of Excel holds, in UTF-16 code units.
///
/// # Source
/// Microsoft, "Excel specifications and limits": total number of characters that a cell can contain.
const EXCEL_CELL_UNITS: usize = 32_767;

/// The two ways in which CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Plain,
    Excel,
}

impl Dialect {
    fn record_end(self) -> &'static [u8] {
        match self {
            Dialect::Plain => b"\n",
            Dialect::Excel => b"\r\n",
        }
    }
}

pub(crate) fn write_header(dialect: Dialect, out: &mut Vec<u8>) {
    if dialect == Dialect::Excel {
        out.extend_from_slice("\u{FEFF}".as_bytes());
    }
    for (index, column) in COLUMNS.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(column.as_bytes());
        out.push(b'"');
    }
    out.extend_from_slice(dialect.record_end());
}

/// Appends one record; returns how many of its cells are too long for Excel, counted only in that dialect.
pub(crate) fn write_row(dialect: Dialect, record: &Record<'_>, out: &mut Vec<u8>) -> u32 {
    let mut n_long_cells = 0;
    for (index, cell) in record.cells().into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.push(b'"');
        let start = out.len();
        write_cell(cell, out);
        if dialect == Dialect::Excel {
            guard(start, out);
            n_long_cells += u32::from(is_long(&out[start..]));
        }
        out.push(b'"');
    }
    out.extend_from_slice(dialect.record_end());
    n_long_cells
}

fn write_cell(cell: Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Missing => {}
        Cell::Text(text) => write_quoted(text, out),
        Cell::Number(number) => json::write_number(number, out),
        Cell::List(items, separator) => join_list(items, separator, |piece| write_quoted(piece, out)),
        Cell::Object(object) => json::object_pieces(object, |piece| write_quoted(piece, out)),
    }
}

/// Puts an apostrophe before the cell that begins at `start` if a spreadsheet program would run it as a formula.
///
/// A cell that already looks guarded gets one more, so that [`unguard`] always finds the value again.
fn guard(start: usize, out: &mut Vec<u8>) {
    if is_formula(&out[start..]) {
        out.insert(start, b'\'');
    }
}

/// Whether the cell, without any apostrophes before it, begins as a formula does.
///
/// # Source
/// OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab, carriage return and line feed.
fn is_formula(cell: &[u8]) -> bool {
    let first = cell.iter().find(|&&byte| byte != b'\'');
    first.is_some_and(|byte| b"=+-@\t\r\n".contains(byte))
}

/// The value of a cell written for spreadsheet programs: takes off the apostrophe that stands guard before a formula.
///
/// ```
/// use cleancopy_output::unguard;
///
/// assert_eq!(unguard("'=1+1"), "=1+1");
/// assert_eq!(unguard("'Tis the season"), "'Tis the season");
/// ```
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(value) if is_formula(value.as_bytes()) => value,
        _ => cell,
    }
}

fn write_quoted(value: &str, out: &mut Vec<u8>) {
    let bytes = value.as_bytes();
    let mut from = 0;
    for at in memchr::memchr_iter(b'"', bytes) {
        out.extend_from_slice(&bytes[from..=at]);
        from = at;
    }
    out.extend_from_slice(&bytes[from..]);
}

/// Whether a cell, as written with its quotes doubled, exceeds what Excel holds.
fn is_long(written: &[u8]) -> bool {
    if written.len() <= EXCEL_CELL_UNITS {
        return false;
    }
    // A code unit for each character, a second one for each of four bytes; a doubled quote is one character.
    let n_units: usize = written.iter().map(|&byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum();
    let n_quotes = memchr::memchr_iter(b'"', written).count();
    n_units - n_quotes / 2 > EXCEL_CELL_UNITS
}

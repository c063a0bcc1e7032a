//! CSV: cuts a file into rows, and rows into cells.

use super::between::Between;
use super::input::Input;
use super::lines::KEPT_BYTES;
use super::{Charset, Form, Header, Raw};
use crate::decode::{Hint, decode};
use crate::{Cause, Encoding, Failure, Options, Source};
use cleancopy_core::COLUMNS;
use std::io::BufRead;
use std::sync::Arc;

/// Where the splitter stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Before the first byte of a cell: a quotation mark here quotes it.
    #[default]
    CellStart,
    /// In a cell that is not quoted, or behind the mark that closed it.
    Bare,
    /// Inside quotation marks.
    Quoted,
    /// Behind a quotation mark inside quotation marks: the end, or the first half of a doubled one.
    Closing,
}

/// After so many quotation marks that are never closed a cell ends with its line, since to read what follows each of
/// them again would take time without end.
const MOST_UNCLOSED: usize = 16;

pub(super) struct Rows {
    input: Input,
    charset: Charset,
    limit: u64,
    header: Arc<Header>,
    /// What ends a row: a line feed, or the carriage return of old Macintosh files.
    end: u8,
    number: u64,
    done: bool,
    /// Quotation marks that were never closed and made it read lines again.
    n_unclosed: usize,
    /// What stood between the record before and the next, if it is asked for.
    pub(super) between: Between,
}

/// What came of looking for the next row.
enum Row {
    /// Its bytes, without the line end.
    Whole(Vec<u8>),
    /// It was over the limit and has been passed over; its beginning.
    TooLarge(Vec<u8>),
    /// The file ends inside quotation marks; the first line of what was left, the rest has been put back.
    Unclosed(Vec<u8>),
    /// The file cannot be read further.
    Error(Cause, Vec<u8>),
    /// No more.
    None,
}

impl Rows {
    /// Reads the header. The cause is for the whole file: without a column of text, no row has any.
    pub(super) fn new(mut input: Input, charset: Charset, options: &Options, between: Between) -> Result<Self, Cause> {
        let head = input.peek(crate::sniff::HEAD_BYTES);
        let end = match memchr::memchr2(b'\n', b'\r', head) {
            Some(at) if head[at] == b'\r' && head.get(at + 1) != Some(&b'\n') && !head.contains(&b'\n') => b'\r',
            _ => b'\n',
        };
        let header = Header { names: Vec::new(), text: 0, id: None, delimiter: b',', own: false };
        let limit = options.max_doc_bytes;
        let mut rows = Self {
            input,
            charset,
            limit,
            header: Arc::new(header),
            end,
            number: 0,
            done: false,
            n_unclosed: 0,
            between,
        };
        let mut delimiter = None;
        let line = loop {
            rows.between.begin();
            let row = rows.row();
            if let Row::Whole(line) = &row {
                rows.between.blank(line);
            }
            match row {
                Row::Whole(line) => match excel_separator(&line) {
                    Some(separator) => {
                        delimiter = Some(separator);
                        rows.header = Arc::new(Header { delimiter: separator, ..(*rows.header).clone() });
                    }
                    None if is_blank(&line) => {}
                    None => break line,
                },
                Row::TooLarge(head) => return Err(Cause::TooLarge { limit, head }),
                Row::Unclosed(_) => return Err(Cause::UnclosedQuote),
                Row::Error(cause, _) => return Err(cause),
                // A file without a line holds no document, like a JSONL file without one.
                Row::None => {
                    rows.done = true;
                    return Ok(rows);
                }
            }
        };
        rows.header = Arc::new(header_of(line, delimiter, charset, options)?);
        Ok(rows)
    }

    pub(super) fn next(&mut self, source: &Source) -> Option<Result<Raw, Failure>> {
        while !self.done {
            self.between.begin();
            let row = self.row();
            self.number += 1;
            let fail = |cause, bytes| Some(Err(Failure { source: source.record(self.number), cause, bytes }));
            match row {
                Row::None => self.done = true,
                Row::Whole(bytes) if is_blank(&bytes) => {
                    self.between.blank(&bytes);
                    self.number -= 1;
                }
                Row::Whole(bytes) => {
                    let form = Form::Row(self.header.clone());
                    return Some(Ok(Raw { source: source.record(self.number), bytes, form, charset: self.charset }));
                }
                Row::TooLarge(head) => return fail(Cause::TooLarge { limit: self.limit, head }, None),
                Row::Unclosed(line) => return fail(Cause::UnclosedQuote, Some(line)),
                Row::Error(cause, begun) => {
                    self.done = true;
                    return fail(cause, (!begun.is_empty()).then_some(begun));
                }
            }
        }
        None
    }

    fn row(&mut self) -> Row {
        let mut row = Vec::new();
        let mut place = Place::default();
        let mut too_large = false;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) => {
                    let cause = self.input.cause(&error);
                    return Row::Error(cause, if too_large { Vec::new() } else { row });
                }
            };
            if available.is_empty() {
                return match place {
                    _ if too_large => Row::TooLarge(row),
                    Place::Quoted => self.unclosed(row),
                    Place::CellStart if row.is_empty() => Row::None,
                    _ => Row::Whole(row),
                };
            }
            let one_line = self.n_unclosed >= MOST_UNCLOSED;
            let ended = pass(available, &mut place, self.header.delimiter, self.end, one_line);
            let part = &available[..ended.unwrap_or(available.len())];
            if !too_large {
                row.extend_from_slice(part);
                too_large = row.len() as u64 > self.limit;
            }
            let n = part.len() + usize::from(ended.is_some());
            self.input.consume(n);
            if too_large && row.len() > KEPT_BYTES {
                if place == Place::Quoted && ended.is_none() && self.rows_follow(&row) {
                    return self.unclosed(row);
                }
                row = row[..KEPT_BYTES].to_vec();
            }
            if ended.is_some() {
                let return_too = self.end == b'\n' && row.last() == Some(&b'\r');
                if return_too {
                    row.pop();
                }
                self.between.ended(if return_too { b"\r\n" } else { self.end_bytes() });
                return match place {
                    _ if too_large => Row::TooLarge(row),
                    Place::Quoted => Row::Unclosed(row),
                    _ => Row::Whole(row),
                };
            }
        }
    }

    fn end_bytes(&self) -> &'static [u8] {
        if self.end == b'\r' { b"\r" } else { b"\n" }
    }

    /// Gives up the first line of `row` and puts the others back, so that one open quotation mark does not swallow
    /// the rest of the file.
    fn unclosed(&mut self, mut row: Vec<u8>) -> Row {
        if let Some(at) = memchr::memchr(self.end, &row) {
            self.n_unclosed += 1;
            self.input.put_back(&row[at + 1..]);
            row.truncate(at);
            self.between.ended(self.end_bytes());
        }
        Row::Unclosed(row)
    }

    /// Whether what is taken for a cell of many lines looks like rows: then its quotation mark was never closed.
    fn rows_follow(&self, row: &[u8]) -> bool {
        let n_columns = self.header.names.len();
        let lines = row.split(|&byte| byte == self.end).skip(1).filter(|line| !is_blank(line)).take(100);
        let is_row = |line: &[u8]| cells(&String::from_utf8_lossy(line), self.header.delimiter).len() == n_columns;
        let (n_lines, n_rows) = lines.fold((0, 0), |(lines, rows), line| (lines + 1, rows + u32::from(is_row(line))));
        n_columns > 1 && n_lines >= 3 && n_rows * 10 >= n_lines * 9
    }
}

/// Passes over `bytes` up to the end of the row; gives the place of the byte that ends it. With `one_line` that is the
/// end of the line, also inside quotation marks.
fn pass(bytes: &[u8], place: &mut Place, delimiter: u8, end: u8, one_line: bool) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        match *place {
            Place::CellStart if bytes[at] == b'"' => {
                *place = Place::Quoted;
                at += 1;
            }
            Place::CellStart => *place = Place::Bare,
            Place::Bare => {
                at += memchr::memchr2(delimiter, end, &bytes[at..])?;
                *place = Place::CellStart;
                if bytes[at] == end {
                    return Some(at);
                }
                at += 1;
            }
            Place::Quoted if one_line => {
                at += memchr::memchr2(b'"', end, &bytes[at..])?;
                if bytes[at] == end {
                    return Some(at);
                }
                at += 1;
                *place = Place::Closing;
            }
            Place::Quoted => {
                at += memchr::memchr(b'"', &bytes[at..])? + 1;
                *place = Place::Closing;
            }
            Place::Closing if bytes[at] == b'"' => {
                *place = Place::Quoted;
                at += 1;
            }
            Place::Closing => *place = Place::Bare,
        }
    }
    None
}

/// The cells of one row, without quotation marks.
pub(crate) fn cells(row: &str, delimiter: u8) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = row;
    loop {
        let mut cell = String::new();
        if let Some(quoted) = rest.strip_prefix('"') {
            rest = quoted;
            while let Some(at) = memchr::memchr(b'"', rest.as_bytes()) {
                cell.push_str(&rest[..at]);
                rest = &rest[at + 1..];
                match rest.strip_prefix('"') {
                    Some(behind) => {
                        cell.push('"');
                        rest = behind;
                    }
                    None => break,
                }
            }
        }
        let end = memchr::memchr(delimiter, rest.as_bytes()).unwrap_or(rest.len());
        cell.push_str(&rest[..end]);
        cells.push(cell);
        match rest.get(end + 1..) {
            Some(behind) => rest = behind,
            None => return cells,
        }
    }
}

fn is_blank(row: &[u8]) -> bool {
    row.iter().all(|byte| matches!(byte, b' ' | b'\r' | b'\n'))
}

/// The separator that Excel was told in a first line `sep=;`.
fn excel_separator(line: &[u8]) -> Option<u8> {
    match line {
        [s, e, p, b'=', separator] if separator.is_ascii() && [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            Some(*separator)
        }
        _ => None,
    }
}

/// Understands the header line. Where nobody says what separates its cells, that is what makes a cell of the text
/// field, else what occurs most.
fn header_of(line: Vec<u8>, delimiter: Option<u8>, charset: Charset, options: &Options) -> Result<Header, Cause> {
    let declared = charset.likely.map(Encoding::name);
    let line = decode(line, &Hint { declared, forced: options.encoding, markup: false }).text;
    let names =
        |delimiter: u8| -> Vec<String> { cells(&line, delimiter).iter().map(|name| name.trim().to_owned()).collect() };
    let (names, delimiter) = if let Some(delimiter) = delimiter {
        (names(delimiter), delimiter)
    } else {
        let choices = [b',', b';', b'\t'].map(|delimiter| (names(delimiter), delimiter));
        let rank = |(names, _): &(Vec<String>, u8)| (names.contains(&options.text_field), names.len());
        // The last of the best, from the back: a comma before a semicolon before a tab.
        match choices.into_iter().rev().max_by_key(rank).expect("three choices have a best") {
            // Nothing separates cells where there is but one.
            (names, _) if names.len() == 1 => (names, b'\n'),
            best => best,
        }
    };
    let own = names.iter().map(String::as_str).eq(COLUMNS) && options.text_field == "text" && options.id_field == "id";
    let Some(text) = names.iter().position(|name| *name == options.text_field) else {
        return Err(Cause::NoText { field: options.text_field.clone(), has: names });
    };
    let id = names.iter().position(|name| *name == options.id_field).filter(|id| *id != text);
    Ok(Header { names: told_apart(names), text, id, delimiter, own })
}

/// The names with a number behind those that were there before: `tag`, `tag_2`.
fn told_apart(names: Vec<String>) -> Vec<String> {
    let mut apart: Vec<String> = Vec::with_capacity(names.len());
    let mut seen: std::collections::HashSet<String> = std::collections::HashSet::new();
    for name in names {
        let mut unique = name.clone();
        let mut number = 2;
        while !seen.insert(unique.clone()) {
            unique = format!("{name}_{number}");
            number += 1;
        }
        apart.push(unique);
    }
    apart
}

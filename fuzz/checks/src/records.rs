//! Files of records, whole and in small portions.

use std::io::{Cursor, Read};

use cleancopy::ingest::{Failure, Format, Loaded, Options, load, read_from};

/// Lines of JSON.
pub fn jsonl(input: &[u8]) {
    check(input, Format::Jsonl);
}

/// Comma, semicolon or tab separated values.
pub fn csv(input: &[u8]) {
    check(input, Format::Csv);
}

/// Reads the bytes behind the first, which says how many bytes the stream gives at a time: the records do not depend
/// on it. Each record is loaded or fails with its cause, and they are numbered in order.
fn check(input: &[u8], format: Format) {
    let Some((&portion, bytes)) = input.split_first() else { return };
    let whole = records(Cursor::new(bytes.to_vec()), format);
    let portions = Portions { bytes: Cursor::new(bytes.to_vec()), at_most: usize::from(portion % 16) + 1 };
    assert_eq!(records(portions, format), whole, "portions of {portion}");
    let numbers = whole.iter().filter_map(|item| match item {
        Ok(loaded) => loaded.source.record,
        Err(failure) => failure.source.record,
    });
    assert!(numbers.is_sorted_by(|a, b| a < b), "records are numbered in order");
    for loaded in whole.iter().flatten() {
        assert!(loaded.fields.as_ref().is_none_or(|fields| !fields.contains('\n')), "fields stand on one line");
    }
}

fn records(stream: impl Read + Send + 'static, format: Format) -> Vec<Result<Loaded, Failure>> {
    let options = Options { max_doc_bytes: 4096, ..Options::default() };
    read_from("fuzz", stream, Some(format), &options).map(|item| item.and_then(|raw| load(raw, &options))).collect()
}

/// A stream that gives a few bytes at a time, as a pipe may.
pub(crate) struct Portions {
    pub(crate) bytes: Cursor<Vec<u8>>,
    pub(crate) at_most: usize,
}

impl Read for Portions {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(self.at_most);
        self.bytes.read(&mut buffer[..length])
    }
}

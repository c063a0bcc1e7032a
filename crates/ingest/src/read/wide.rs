//! Files of records in UTF-16 and UTF-32, put into UTF-8 as they are read.

use super::Charset;
use super::input::Input;
use crate::decode::{Encoding, Found, encoding_for};
use crate::sniff::wide_order;
use encoding_rs::{CoderResult, Decoder};
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much is looked at for NUL bytes, bytes.
const PATTERN_BYTES: usize = 1024;

/// How many units meant nothing and became U+FFFD, or at least one for each stretch that was looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Broken(Arc<AtomicU64>);

impl Broken {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
}

/// The stream in UTF-8 if it was in UTF-16 or UTF-32, and without the mark that says so.
pub(super) fn into_utf8(mut input: Input, forced: Option<Encoding>, broken: &Broken) -> (Input, Charset) {
    let head = input.peek(PATTERN_BYTES);
    if head.starts_with(b"\xEF\xBB\xBF") {
        input.consume(3);
        return (input, Charset { bom: true, ..Charset::default() });
    }
    let wide = wide_order(head);
    let (name, found) = match (forced, wide) {
        (Some(forced), _) => (forced.name(), Found::Forced),
        (None, Some(wide)) => (wide.name, if wide.marked { Found::Bom } else { Found::Pattern }),
        (None, None) => return (input, Charset::default()),
    };
    let unit = match name {
        "UTF-16LE" => Unit::Two(encoding_rs::UTF_16LE.new_decoder_with_bom_removal()),
        "UTF-16BE" => Unit::Two(encoding_rs::UTF_16BE.new_decoder_with_bom_removal()),
        "UTF-32LE" => Unit::Four(u32::from_le_bytes),
        "UTF-32BE" => Unit::Four(u32::from_be_bytes),
        _ => return (input, Charset::default()),
    };
    let compressed = input.is_compressed();
    let marked = input.peek(4).starts_with(crate::mark_of(name));
    let transcoded = encoding_for(name).map(|encoding| (encoding, found));
    let charset = Charset { transcoded, marked, ..Charset::default() };
    let utf8 = Utf8 { input, unit, broken: broken.clone(), out: Vec::new(), at: 0, begun: false, done: false };
    (Input::over(Box::new(utf8), compressed), charset)
}

enum Unit {
    Two(Decoder),
    Four(fn([u8; 4]) -> u32),
}

/// A stream of UTF-16 or UTF-32 as UTF-8; what means nothing becomes U+FFFD.
struct Utf8 {
    input: Input,
    unit: Unit,
    broken: Broken,
    out: Vec<u8>,
    at: usize,
    begun: bool,
    done: bool,
}

impl Utf8 {
    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.at = 0;
        match &mut self.unit {
            Unit::Two(decoder) => {
                let available = self.input.fill_buf()?;
                let last = available.is_empty();
                self.out.resize(available.len() * 2 + 64, 0);
                let (result, n_read, n_written, had_errors) = decoder.decode_to_utf8(available, &mut self.out, last);
                self.out.truncate(n_written);
                self.broken.add(u64::from(had_errors));
                self.input.consume(n_read);
                self.done = last && result == CoderResult::InputEmpty;
            }
            Unit::Four(value) => {
                self.input.fill_buf()?;
                let units = self.input.peek(4096);
                let n_read = units.len();
                for unit in units.chunks(4) {
                    let unit = unit.try_into().ok().map(&*value).and_then(char::from_u32);
                    self.broken.add(u64::from(unit.is_none()));
                    if self.begun || unit != Some('\u{FEFF}') {
                        let mut buffer = [0; 4];
                        let unit = unit.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut buffer);
                        self.out.extend_from_slice(unit.as_bytes());
                    }
                    self.begun = true;
                }
                self.input.consume(n_read);
                self.done = n_read == 0;
            }
        }
        Ok(())
    }
}

impl Read for Utf8 {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.done {
            self.refill()?;
        }
        let n = out.len().min(self.out.len() - self.at);
        out[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

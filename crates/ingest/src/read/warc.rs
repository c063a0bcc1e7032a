//! WARC: what a crawler stored, one record after another (ISO 28500).
//!
//! The framing is read here, since a bad record must cost no other: after one, reading goes on where the next begins.

use super::input::{Input, Whole};
use super::members::Omitted;
use super::{Charset, Form, Raw};
use crate::walk::Reason;
use crate::{Cause, Failure, Options, Source};
use cleancopy_core::Kind;
use std::io::{BufRead, Read};
use std::sync::Arc;

mod http;

use http::Response;

/// Longest header of a record, or of the response in it, bytes.
const HEADER_BYTES: usize = 64 << 10;

/// What a web archive says of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebRecord {
    /// Its address.
    pub(crate) url: Option<String>,
    /// When it was visited.
    pub(crate) date: Option<String>,
    /// The name of the record.
    pub(crate) id: Option<String>,
    /// The encoding that the server declared.
    pub(crate) charset: Option<String>,
    /// What it is.
    pub(crate) kind: Kind,
}

pub(super) struct Warc {
    input: Input,
    source: Source,
    options: Options,
    pub(super) left_out: Omitted,
    /// Records begun so far.
    number: u64,
    /// How far the pages may unfold together.
    whole: Whole,
    done: bool,
}

/// What is done with a record.
enum Judged {
    LeftOut(Reason),
    /// A page, behind so many bytes of HTTP.
    Page {
        kind: Kind,
        response: Response,
    },
}

impl Warc {
    pub(super) fn new(input: Input, source: Source, options: &Options, whole: Whole) -> Self {
        let left_out = Omitted::new(source.clone());
        Self { input, source, options: options.clone(), left_out, number: 0, whole, done: false }
    }

    pub(super) fn next(&mut self) -> Option<Result<Raw, Failure>> {
        while !self.done {
            self.pass_blank();
            if self.input.peek(1).is_empty() {
                if let Err(error) = self.input.error() {
                    self.number += 1;
                    let failure = self.failure(self.input.cause(&error), None);
                    self.search();
                    return Some(Err(failure));
                }
                self.done = true;
                break;
            }
            self.number += 1;
            match self.record() {
                Ok(Some(raw)) => return Some(Ok(raw)),
                Ok(None) => {}
                Err((cause, bytes)) => {
                    let failure = self.failure(cause, bytes);
                    if !self.done {
                        self.search();
                    }
                    return Some(Err(failure));
                }
            }
        }
        None
    }

    fn failure(&self, cause: Cause, bytes: Option<Vec<u8>>) -> Failure {
        Failure { source: self.source.record(self.number), cause, bytes }
    }

    fn pass_blank(&mut self) {
        while let [first, ..] = *self.input.peek(1) {
            if !first.is_ascii_whitespace() {
                break;
            }
            self.input.consume(1);
        }
    }

    /// The next record if it is a page.
    fn record(&mut self) -> Result<Option<Raw>, (Cause, Option<Vec<u8>>)> {
        let damaged = |why: &str| (Cause::Damaged(why.to_owned()), None);
        let head = self.input.peek(HEADER_BYTES);
        if !starts_record(head) {
            self.input.consume(1);
            return Err(damaged("no record begins here; reading goes on with the next"));
        }
        // A header that runs into the next record has lost its end.
        let Some(n_header) = header_end(head).filter(|end| next_record(&head[1..*end]).is_none()) else {
            self.input.consume(1);
            return Err(damaged("a record whose header does not end; reading goes on with the next"));
        };
        let header = fields(&head[..n_header]);
        self.input.consume(n_header);
        let value = |name: &str| header.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let Some(length) = value("content-length").and_then(|length| length.parse::<u64>().ok()) else {
            return Err(damaged("a record that does not say how long it is; reading goes on with the next"));
        };
        let block = self.input.peek(HEADER_BYTES.min(usize::try_from(length).unwrap_or(usize::MAX)));
        let kind = value("warc-type").unwrap_or_default();
        let (kind, response) = match judge(&kind, &value("content-type").unwrap_or_default(), block) {
            Judged::Page { kind, response } => (kind, response),
            Judged::LeftOut(reason) => {
                self.left_out.count(reason);
                self.skip(length)?;
                return Ok(None);
            }
        };
        let limit = self.options.max_doc_bytes;
        if length > limit.saturating_add(response.n_header as u64) {
            let head = block[..block.len().min(super::lines::KEPT_BYTES)].to_vec();
            self.skip(length)?;
            return self.too_large(head);
        }
        let mut block = Vec::new();
        if let Err(error) = self.input.by_ref().take(length).read_to_end(&mut block) {
            return Err((self.input.cause(&error), Some(block)));
        }
        if block.len() as u64 != length {
            return Err((Cause::Damaged("the file ends inside the record".to_owned()), Some(block)));
        }
        if !self.ends_here() {
            // It may have swallowed those that follow.
            if let Some(at) = next_record(&block) {
                self.input.put_back(&block[at..]);
                block.truncate(at);
            }
            return Err((Cause::Damaged("the record is not as long as it says".to_owned()), Some(block)));
        }
        let payload = match response.payload(&block[response.n_header.min(block.len())..], &self.options) {
            Ok(payload) => payload,
            Err(Cause::TooLarge { .. }) => {
                if let Err(bomb) = self.whole.give(self.options.max_doc_bytes) {
                    self.done = true;
                    return Err((bomb.cause(), None));
                }
                block.truncate(super::lines::KEPT_BYTES);
                return self.too_large(block);
            }
            Err(cause) => return Err((cause, Some(block))),
        };
        // Pages that are no longer than what was sent have not been unfolded.
        let n_unfolded = if payload.len() > block.len() { payload.len() as u64 } else { 0 };
        if let Err(bomb) = self.whole.give(n_unfolded) {
            self.done = true;
            return Err((bomb.cause(), None));
        }
        let url = value("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let (date, id) = (value("warc-date"), value("warc-record-id"));
        let record = WebRecord { url, date, id, charset: response.charset, kind };
        let form = Form::Page(Arc::new(record));
        let source = self.source.record(self.number);
        Ok(Some(Raw { source, bytes: payload, form, charset: Charset::default() }))
    }

    /// A record over the limit has been passed: nothing is to be searched for.
    fn too_large(&self, head: Vec<u8>) -> Result<Option<Raw>, (Cause, Option<Vec<u8>>)> {
        Err((Cause::TooLarge { limit: self.options.max_doc_bytes, head }, None))
    }

    fn skip(&mut self, mut n: u64) -> Result<(), (Cause, Option<Vec<u8>>)> {
        while n > 0 {
            let available = match self.input.fill_buf() {
                Ok(available) => available.len(),
                Err(error) => return Err((self.input.cause(&error), None)),
            };
            if available == 0 {
                return Err((Cause::Damaged("the file ends inside the record".to_owned()), None));
            }
            let n_now = available.min(usize::try_from(n).unwrap_or(usize::MAX));
            self.input.consume(n_now);
            n -= n_now as u64;
        }
        Ok(())
    }

    /// Whether what ends a record comes next: two line ends, or at least the next record or the end.
    fn ends_here(&mut self) -> bool {
        let behind = self.input.peek(64);
        let record = behind.trim_ascii_start();
        behind.starts_with(b"\r\n\r\n") || record.is_empty() || starts_record(record)
    }

    /// Goes on behind a fault: to where a record begins.
    fn search(&mut self) {
        let mut n_errors = 0;
        loop {
            let stretch = self.input.peek(HEADER_BYTES);
            if stretch.is_empty() {
                // In a file with a gzip member for each record the next member may be whole.
                n_errors += 1;
                if self.input.error().is_ok() || n_errors > 1 {
                    self.done = true;
                    return;
                }
                continue;
            }
            if let Some(at) = next_record(stretch) {
                self.input.consume(at);
                return;
            }
            // The mark may begin with the last bytes of the stretch.
            let n_passed = stretch.len().saturating_sub(MARK_BYTES).max(1);
            self.input.consume(n_passed);
        }
    }
}

/// Length of `WARC/1.0` and a line end.
const MARK_BYTES: usize = 9;

/// Whether a record begins here: `WARC/`, a version, a line end.
fn starts_record(bytes: &[u8]) -> bool {
    matches!(bytes, [b'W', b'A', b'R', b'C', b'/', major, b'.', minor, b'\r' | b'\n', ..]
        if major.is_ascii_digit() && minor.is_ascii_digit())
}

/// Where the next record begins.
fn next_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").find(|&at| starts_record(&bytes[at..]))
}

/// The length of a header with the blank line that ends it.
fn header_end(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// The fields of a header, their names in lower case. Lines that are no fields are passed over.
fn fields(header: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(header);
    let fields = text.lines().filter_map(|line| line.split_once(':'));
    fields.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned())).collect()
}

/// What is done with a record of this type and content type that begins like `block`.
fn judge(kind: &str, content_type: &str, block: &[u8]) -> Judged {
    let plain = |kind| Judged::Page { kind, response: Response::none(content_type) };
    match kind.to_ascii_lowercase().as_str() {
        "response" if block.starts_with(b"HTTP/") => {
            let n_header = header_end(block).unwrap_or(block.len());
            let response = Response::of(&block[..n_header]);
            if !response.is_success {
                Judged::LeftOut(Reason::NoSuccess)
            } else if http::is_html(&response.content_type, &block[n_header..]) {
                Judged::Page { kind: Kind::Html, response }
            } else {
                Judged::LeftOut(Reason::NotHtml)
            }
        }
        "response" | "resource" if http::is_html(content_type, block) => plain(Kind::Html),
        "response" | "resource" => Judged::LeftOut(Reason::NotHtml),
        // What was made of a page: its text.
        "conversion" if http::media_type(content_type) == "text/plain" => plain(Kind::Text),
        _ => Judged::LeftOut(Reason::NoPage),
    }
}

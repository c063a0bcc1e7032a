//! Cuts files into the bytes of single documents: cheap, in order, on one thread.

mod between;
mod gunzip;
mod input;
mod lines;
mod members;
mod open;
mod raw;
mod rows;
pub(crate) mod tar;
mod warc;
mod wide;
pub(crate) mod zip;

use crate::decode::{Encoding, Found, Hint, decode};
use crate::walk::LeftOut;
use crate::{Cause, Failure, Format, Options, Source, sniff};
use between::Between;
use cleancopy_core::Kind;
use input::{Input, Limit, Whole};
use lines::Lines;
use members::Members;
pub(crate) use open::head_of;
pub use open::{read, read_from};
pub(crate) use raw::{Charset, Header};
pub use raw::{Form, Mark, Raw, Stored};
use rows::Rows;
pub(crate) use rows::cells;
use std::io::Read;
use warc::Warc;
pub(crate) use warc::WebRecord;

/// The documents of one file, in order. Ends after the first damage that cannot be got over.
pub struct Reader {
    source: Source,
    options: Options,
    taken: input::Taken,
    /// The archive in which it lies.
    within: Option<Whole>,
    stored: Stored,
    broken: wide::Broken,
    marks: Vec<Mark>,
    state: State,
}

enum State {
    /// Not begun: a path to open, or a stream.
    File(Format, Input),
    Lines(Lines),
    Rows(Box<Rows>),
    Warc(Box<Warc>),
    Members(Box<Members>),
    Failed(Failure),
    Done,
}

impl Reader {
    fn of(source: Source, options: &Options, state: State) -> Self {
        Self {
            source,
            options: options.clone(),
            taken: input::Taken::default(),
            within: None,
            stored: Stored::default(),
            broken: wide::Broken::default(),
            marks: Vec::new(),
            state,
        }
    }

    /// What was left out inside an archive since this was asked last.
    pub fn left_out(&mut self) -> Vec<LeftOut> {
        match &mut self.state {
            State::Members(members) => members.left_out(),
            State::Warc(warc) => warc.left_out.take(),
            State::File(..) | State::Lines(_) | State::Rows(_) | State::Failed(_) | State::Done => Vec::new(),
        }
    }

    /// Bytes taken from the file so far, as stored: for a progress bar.
    pub fn bytes_taken(&self) -> u64 {
        self.taken.get()
    }

    /// How the file is stored that the last document came from.
    pub fn stored(&self) -> Stored {
        match &self.state {
            State::Members(members) => members.stored(),
            _ => self.stored,
        }
    }

    /// The files of records that began and ended since this was asked last, up to the last document; empty unless
    /// [`Options::keep_between`] is set.
    pub fn marks(&mut self) -> Vec<Mark> {
        match &mut self.state {
            State::Members(members) => std::mem::take(&mut members.marks),
            _ => std::mem::take(&mut self.marks),
        }
    }

    /// What stood between the record before and the one just given: line ends, blank lines, a header, a byte order
    /// mark. Empty unless [`Options::keep_between`] is set.
    pub fn between(&mut self) -> Vec<u8> {
        match &mut self.state {
            State::Lines(lines) => lines.between.take(),
            State::Rows(rows) => rows.between.take(),
            State::Members(members) => members.between(),
            State::File(..) | State::Warc(_) | State::Failed(_) | State::Done => Vec::new(),
        }
    }

    /// Takes note that a file of records begins.
    fn begun(&mut self) {
        if self.options.keep_between {
            self.marks.push(Mark::Begin(self.source.clone(), self.stored));
        }
    }

    /// Takes note that a file of records ends.
    fn end(&mut self) {
        let lost = match &mut self.state {
            State::Lines(lines) => lines.between.lost,
            State::Rows(rows) => rows.between.lost,
            _ => return,
        };
        let mark = Mark::End { between: self.between(), n_lost: self.broken.get() + lost };
        if self.options.keep_between {
            self.marks.push(mark);
        }
        self.state = State::Done;
    }

    /// Begins to read records: in UTF-8, and with what is known of their encoding.
    fn records(&mut self, input: Input) -> (Input, Charset, Between) {
        let forced = self.options.encoding;
        let (mut input, charset) = wide::into_utf8(input, forced, &self.broken);
        let charset = with_likely(charset, &mut input, forced);
        self.stored.encoding = charset.transcoded.map(|(encoding, _)| encoding.name());
        self.stored.mark = charset.marked;
        let limit = if self.options.keep_between { self.options.max_doc_bytes.max(4096) as usize } else { 0 };
        let mark = if charset.bom { crate::mark_of("UTF-8") } else { &[] };
        (input, charset, Between::new(limit, mark))
    }

    /// The whole that packed records of this file are part of.
    fn whole_of_records(&self) -> Whole {
        let limit = Limit::of(&self.options);
        self.within.clone().unwrap_or_else(|| Whole::new(self.taken.clone(), limit))
    }

    /// Reads on from a file that has not been begun.
    fn start(&mut self, format: Format, input: Input) -> Option<Result<Raw, Failure>> {
        match format {
            Format::Text => Some(self.whole(input, Kind::Text)),
            Format::Markdown => Some(self.whole(input, Kind::Markdown)),
            Format::Html => Some(self.whole(input, Kind::Html)),
            Format::Warc => {
                self.state = State::Warc(Box::new(Warc::new(
                    input,
                    self.source.clone(),
                    &self.options,
                    self.whole_of_records(),
                )));
                self.next()
            }
            Format::Jsonl => {
                let (input, charset, between) = self.records(input);
                self.begun();
                self.state = State::Lines(Lines::new(input, charset, self.options.max_doc_bytes, between));
                self.next()
            }
            Format::Csv => {
                let (input, charset, between) = self.records(input);
                match Rows::new(input, charset, &self.options, between) {
                    Ok(rows) => {
                        self.begun();
                        self.state = State::Rows(Box::new(rows));
                    }
                    Err(cause) => return Some(Err(self.failure(cause))),
                }
                self.next()
            }
        }
    }

    /// The whole file as one document. If it is damaged, what stands before the damage is the document, and the
    /// damage comes behind it.
    fn whole(&mut self, mut input: Input, kind: Kind) -> Result<Raw, Failure> {
        let limit = self.options.max_doc_bytes;
        let mut bytes = Vec::new();
        match input.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > limit => {
                return Err(self.failure(Cause::TooLarge { limit, head: Vec::new() }));
            }
            Ok(_) => {}
            Err(error) => {
                let failure = self.failure(input.cause(&error));
                if bytes.is_empty() || !matches!(failure.cause, Cause::Damaged(_)) {
                    return Err(failure);
                }
                self.state = State::Failed(failure);
            }
        }
        Ok(Raw { source: self.source.clone(), bytes, form: Form::File(kind), charset: Charset::default() })
    }

    fn failure(&self, cause: Cause) -> Failure {
        Failure { source: self.source.clone(), cause, bytes: None }
    }
}

impl Iterator for Reader {
    type Item = Result<Raw, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.state {
            State::Done => None,
            State::Lines(_) | State::Rows(_) => {
                let next = match &mut self.state {
                    State::Lines(lines) => lines.next(&self.source),
                    State::Rows(rows) => rows.next(&self.source),
                    _ => None,
                };
                if next.is_none() {
                    self.end();
                }
                next
            }
            State::Warc(warc) => warc.next(),
            State::Members(members) => members.next(),
            State::File(..) | State::Failed(_) => match std::mem::replace(&mut self.state, State::Done) {
                State::File(format, input) => self.start(format, input),
                State::Failed(failure) => Some(Err(failure)),
                State::Lines(_) | State::Rows(_) | State::Warc(_) | State::Members(_) | State::Done => None,
            },
        }
    }
}

/// Adds what the beginning of the file speaks for, where it is not UTF-8.
fn with_likely(mut charset: Charset, input: &mut Input, forced: Option<Encoding>) -> Charset {
    let head = input.peek(sniff::HEAD_BYTES);
    let is_utf8 = match str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if !is_utf8 && charset.transcoded.is_none() && forced.is_none() {
        let decoded = decode(head.to_vec(), &Hint::default());
        if decoded.found == Found::Guessed {
            charset.likely = crate::encoding_for(&decoded.encoding);
        }
    }
    charset
}

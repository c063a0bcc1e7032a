//! Cuts files into the bytes of single documents: cheap, in order, on one thread.

mod between;
mod gunzip;
mod input;
mod lines;
mod members;
mod rows;
pub(crate) mod tar;
mod warc;
mod wide;
pub(crate) mod zip;

use crate::decode::{Encoding, Found, Hint, decode};
use crate::sniff::{self, Archive, Look};
use crate::walk::{File, LeftOut};
use crate::{Cause, Failure, Format, InputFormat, Options, Source};
use between::Between;
use cleancopy_core::Kind;
use input::{Input, Limit, Whole};
use lines::Lines;
use members::{Container, Members};
use rows::Rows;
pub(crate) use rows::cells;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tar::Tar;
use warc::Warc;
pub(crate) use warc::WebRecord;
use zip::{Storage, Zip};

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

/// Opens a file and gives its documents. A file that cannot be opened is a failure among them.
pub fn read(file: &File, options: &Options) -> Reader {
    if file.path == Path::new("-") {
        return begin(&file.path, Ok(Box::new(io::stdin())), file.format, options);
    }
    let stream = std::fs::File::open(&file.path).map(|file| Box::new(file) as Box<dyn Read + Send>);
    begin(&file.path, stream, file.format, options)
}

/// Gives the documents of a stream, which is known as `path`. Its format is `format`, or found from the name and
/// the first bytes.
pub fn read_from(
    path: impl Into<PathBuf>,
    stream: impl Read + Send + 'static,
    format: Option<Format>,
    options: &Options,
) -> Reader {
    begin(&path.into(), Ok(Box::new(stream)), format, options)
}

fn begin(path: &Path, stream: io::Result<Box<dyn Read + Send>>, format: Option<Format>, options: &Options) -> Reader {
    let source = Source::file(path);
    let taken = input::Taken::default();
    let mut compressed = false;
    let opened = stream.map_err(|error| Cause::Unreadable(error.to_string())).and_then(|stream| {
        let mut input = Input::open(stream, taken.clone(), Limit::of(options));
        compressed = input.is_compressed();
        match sniff::archive(input.peek(sniff::HEAD_BYTES)) {
            Some(Look::Archive(archive)) => open(archive, input, &source, &taken, options),
            _ => match records(path, &mut input, options).or(format).or(options.format.asked()) {
                Some(format) => match sniff::disguised(input.peek(sniff::HEAD_BYTES)) {
                    Some(what) if options.format.asked().is_none() => Err(Cause::Binary(what)),
                    _ => Ok(State::File(format, input)),
                },
                None => sniff_format(path, input.peek(sniff::HEAD_BYTES)).map(|format| State::File(format, input)),
            },
        }
    });
    let failed = |cause| State::Failed(Failure { source: source.clone(), cause, bytes: None });
    let state = opened.unwrap_or_else(failed);
    let mut reader = Reader::of(source, options, state);
    reader.stored.compressed = compressed;
    reader.taken = taken;
    reader
}

/// Begins to read an archive.
fn open(
    archive: Archive,
    mut input: Input,
    source: &Source,
    taken: &input::Taken,
    options: &Options,
) -> Result<State, Cause> {
    let limit = Limit::of(options);
    let (container, whole) = match archive {
        Archive::Tar => (Container::Tar(Tar::new(input)), Whole::new(taken.clone(), limit)),
        Archive::Zip => {
            let whole = std::fs::File::open(&*source.path).ok().filter(|file| {
                !input.is_compressed()
                    && source.path.as_os_str() != "-"
                    && file.metadata().is_ok_and(|file| file.is_file())
            });
            let storage: Box<dyn Storage> = if let Some(file) = whole {
                Box::new(file)
            } else {
                // Its list of contents stands at its end, which a stream has to be read to.
                let longest = options.max_doc_bytes;
                let mut bytes = Vec::new();
                let read = input.by_ref().take(longest.saturating_add(1)).read_to_end(&mut bytes);
                read.map_err(|error| input.cause(&error))?;
                if bytes.len() as u64 > longest {
                    return Err(Cause::ZipStream { limit: longest });
                }
                Box::new(Cursor::new(bytes))
            };
            let zip = Zip::new(storage, taken.clone(), limit)?;
            // Places that are read more than once do not make it larger.
            let stored = input::Taken::default();
            stored.add(zip.n_bytes());
            (Container::Zip(Box::new(zip)), Whole::new(stored, limit))
        }
    };
    Ok(State::Members(Box::new(Members::new(container, source.clone(), options.clone(), whole))))
}

/// The format of a file of records whose texts were said to be HTML or Markdown.
fn records(path: &Path, input: &mut Input, options: &Options) -> Option<Format> {
    let is_markup = matches!(options.format, InputFormat::Html | InputFormat::Markdown);
    let is_records = |format: &Format| matches!(format, Format::Jsonl | Format::Csv);
    if !is_markup {
        return None;
    }
    match sniff::by_name(path) {
        sniff::Name::Format(format) => Some(format).filter(is_records),
        sniff::Name::Other | sniff::Name::Archive => None,
        sniff::Name::Unknown => match sniff::by_content(input.peek(sniff::HEAD_BYTES)) {
            Look::Readable(format) => Some(format).filter(is_records),
            _ => None,
        },
    }
}

fn sniff_format(path: &Path, head: &[u8]) -> Result<Format, Cause> {
    if let sniff::Name::Format(format) = sniff::by_name(path) {
        return Ok(format);
    }
    match sniff::by_content(head) {
        Look::Readable(format) => Ok(format),
        Look::Json => Err(Cause::Binary("JSON that is not one object a line")),
        Look::Binary(what) => Err(Cause::Binary(what)),
        Look::Archive(_) => Err(Cause::Binary("an archive")),
    }
}

/// The first bytes of a file, decompressed.
pub(crate) fn head_of(path: &Path) -> io::Result<Vec<u8>> {
    let stream = std::fs::File::open(path)?;
    let mut input = Input::open(Box::new(stream), input::Taken::default(), Limit::of(&Options::default()));
    let head = input.peek(sniff::HEAD_BYTES).to_vec();
    input.error().map(|()| head)
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

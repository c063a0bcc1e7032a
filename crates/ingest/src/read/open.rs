//! Opening a file: what it is, by its name and its first bytes.

use super::input::{self, Input, Limit, Whole};
use super::members::{Container, Members};
use super::tar::Tar;
use super::zip::{Storage, Zip};
use super::{Reader, State};
use crate::sniff::{self, Archive, Look};
use crate::walk::File;
use crate::{Cause, Failure, Format, InputFormat, Options, Source};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

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

/// Begins to read a stream, or says why it cannot be read.
fn begin(path: &Path, stream: io::Result<Box<dyn Read + Send>>, format: Option<Format>, options: &Options) -> Reader {
    let source = Source::file(path);
    let taken = input::Taken::default();
    let mut compressed = false;
    let opened = stream.map_err(|error| Cause::Unreadable(error.to_string())).and_then(|stream| {
        let mut input = Input::open(stream, taken.clone(), Limit::of(options));
        compressed = input.is_compressed();
        match sniff::archive(input.peek(sniff::HEAD_BYTES)) {
            Some(Look::Archive(archive)) => open_archive(archive, input, &source, &taken, options),
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
fn open_archive(
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

//! Raw documents to documents: decoding, JSON, parsing. Runs in any thread.

mod line;
mod mend;
pub(crate) mod mhtml;
mod page;
mod row;

use crate::decode::{Encoding, Found, Hint, decode};
use crate::read::{Charset, Form, Raw};
use crate::{Cause, Failure, InputFormat, Options, OwnRow, Source, parse};
use cleancopy_core::{Document, Evidence, Field, Kind};

/// A document that is ready to be cleaned, and what travels along with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its address.
    pub source: Source,
    /// The id that its record has.
    pub id: Option<String>,
    /// The document.
    pub document: Document,
    /// The usual name of the encoding it was in.
    pub encoding: String,
    /// How the encoding was found.
    pub found: Found,
    /// Sequences that meant nothing and became U+FFFD, in the whole file or record.
    pub replaced: u32,
    /// Size before anything was done: of the file, decompressed; of a record, its text in UTF-8. Bytes.
    pub bytes_in: u64,
    /// The other fields of the record as a JSON object on one line.
    ///
    /// For JSONL each is there byte for byte, in its order; for CSV all are strings, in the order of the columns.
    pub fields: Option<String>,
    /// The whole row, if cleancopy wrote it.
    pub own: Option<OwnRow>,
}

/// Makes a document of its bytes.
///
/// # Errors
/// [`Failure`] if a record is not what its format asks for; it has the record's bytes.
pub fn load(raw: Raw, options: &Options) -> Result<Loaded, Failure> {
    match raw.form {
        Form::File(kind) => file(raw, kind, options),
        Form::Page(ref record) => {
            let record = record.clone();
            Ok(page::load(raw, &record, options))
        }
        Form::Line => line::load(raw, options),
        Form::Row(ref header) => {
            let header = header.clone();
            row::load(raw, &header, options)
        }
    }
}

fn file(raw: Raw, kind: Kind, options: &Options) -> Result<Loaded, Failure> {
    let saved = if kind == Kind::Html && mhtml::is_mhtml(&raw.bytes) { mhtml::page(&raw.bytes) } else { None };
    let bytes_in = raw.bytes.len() as u64;
    let (bytes, charset, url) = match saved {
        Some(saved) => (saved.html, saved.charset, saved.url),
        None => (raw.bytes, None, None),
    };
    let hint = Hint { declared: charset.as_deref(), forced: options.encoding, markup: kind == Kind::Html };
    let loaded = whole(raw.source, bytes, kind, &hint, url.as_deref().map(|url| (url, "content-location")));
    if options.format == InputFormat::Auto && loaded.found == Found::Guessed && is_noise(&loaded.document.text) {
        return Err(Failure { source: loaded.source, cause: Cause::Binary("binary data"), bytes: None });
    }
    Ok(Loaded { bytes_in, ..loaded })
}

/// The document that a file, or a page of an archive, is as a whole. What the page says of its address stands before
/// `url`, which comes with the name of its source.
fn whole(source: Source, bytes: Vec<u8>, kind: Kind, hint: &Hint<'_>, url: Option<(&str, &'static str)>) -> Loaded {
    let bytes_in = bytes.len() as u64;
    let decoded = decode(bytes, hint);
    let mut document = parse(decoded.text, kind);
    if let Some((url, from)) = url {
        document.meta.add(Field::Url, url, Evidence::Declared(from));
    }
    Loaded {
        source,
        id: None,
        document,
        encoding: decoded.encoding,
        found: decoded.found,
        replaced: decoded.replaced,
        bytes_in,
        fields: None,
        own: None,
    }
}

/// Control characters that text does not have, one of so many characters, make a guess at its encoding worthless.
/// Random bytes have one of nine; damaged texts of the test sets stay under one of a hundred.
const NOISE: usize = 20;

/// Whether what a guessed encoding made of a file is no text in any encoding.
fn is_noise(text: &str) -> bool {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\x1A' | '\x1B');
    let n_controls = text.chars().filter(|c| is_control(*c)).count();
    n_controls > 0 && n_controls * NOISE > text.chars().count()
}

/// The text of a record and how it was got.
struct RecordText {
    text: String,
    encoding: String,
    found: Found,
    replaced: u32,
}

/// Decodes a record in the light of its file.
fn decode_record(bytes: Vec<u8>, charset: Charset, forced: Option<Encoding>) -> RecordText {
    if let Some((encoding, found)) = charset.transcoded {
        // It was put into UTF-8 while it was read, each broken unit as U+FFFD.
        let decoded = decode(bytes, &Hint { forced: crate::encoding_for("UTF-8"), ..Hint::default() });
        let replaced = decoded.text.matches(char::REPLACEMENT_CHARACTER).count() as u32;
        return RecordText { text: decoded.text, encoding: encoding.name().to_owned(), found, replaced };
    }
    let hint = Hint { declared: charset.likely.map(Encoding::name), forced, markup: false };
    let decoded = decode(bytes, &hint);
    let found =
        if charset.likely.is_some() && decoded.found == Found::Declared { Found::Guessed } else { decoded.found };
    RecordText { text: decoded.text, encoding: decoded.encoding, found, replaced: decoded.replaced }
}

/// The document of a record's text, with the metadata that an own row had. The text is what was asked for; that of
/// an own row is clean.
fn document(text: String, own: Option<&OwnRow>, options: &Options) -> Document {
    let mut document = match options.format {
        InputFormat::Html if own.is_none() => parse(text, Kind::Html),
        InputFormat::Markdown if own.is_none() => parse(text, Kind::Markdown),
        _ => Document::text(text),
    };
    if let Some(own) = own {
        own.add_to(&mut document.meta);
    }
    document
}

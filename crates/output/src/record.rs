//! One row of output: the values of its columns.

use cleancopy_core::COLUMNS;

use crate::list::Separator;

/// One cleaned document on its way to a file.
///
/// Everything is borrowed; writing a row copies each byte once. A value that is missing and a value that is empty are
/// written alike (`null` in JSONL, an empty cell in CSV), and empty items of a list are left out, so that both formats
/// can be read back without loss.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Record<'a> {
    /// Identifier, unique within the output; see [`safe_id`](crate::safe_id).
    pub id: &'a str,
    /// Where the document came from: path, archive member, record number.
    pub source: &'a str,
    /// The cleaned text.
    pub text: &'a str,
    /// Headline.
    pub title: Option<&'a str>,
    /// Standfirst, deck or kicker under the headline.
    pub subtitle: Option<&'a str>,
    /// Date of publication.
    pub date: Option<&'a str>,
    /// Date of the last change.
    pub modified: Option<&'a str>,
    /// Authors, one item each.
    pub authors: &'a [&'a str],
    /// Address of the article.
    pub url: Option<&'a str>,
    /// Name of the outlet.
    pub site: Option<&'a str>,
    /// Language tag.
    pub language: Option<&'a str>,
    /// Section of the site.
    pub section: Option<&'a str>,
    /// Keywords, one item each.
    pub tags: &'a [&'a str],
    /// Picture captions, one item each.
    pub captions: &'a [&'a str],
    /// What stands in place of pictures for those who cannot see them, one item each.
    pub image_alts: &'a [&'a str],
    /// Encoding from which the source was decoded.
    pub encoding: &'a str,
    /// How the encoding was found, in one word.
    pub encoding_found: &'a str,
    /// Sequences of the source that could not be decoded and became U+FFFD.
    pub replaced: u64,
    /// Length of the source text, bytes.
    pub bytes_in: u64,
    /// Length of `text`, bytes.
    pub bytes_out: u64,
    /// Remarks, such as `all-boilerplate`.
    pub flags: &'a [&'a str],
    /// The input's other fields: the text of one JSON object, which the caller has parsed or made. It is copied byte
    /// for byte, except that characters at which some reader would end the line are replaced by what means the same
    /// (see [`write_row`](crate::write_row)).
    pub fields: Option<&'a str>,
}

/// The value of one column, by the shape in which it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// No value: `null`, or an empty cell.
    Missing,
    /// A string, perhaps empty.
    Text(&'a str),
    /// A count.
    Number(u64),
    /// Several strings: a JSON array, or one cell with the items joined by this separator.
    List(&'a [&'a str], Separator),
    /// The text of a JSON object.
    Object(&'a str),
}

impl<'a> Record<'a> {
    /// The values in the order of [`COLUMNS`].
    pub fn cells(&self) -> [Cell<'a>; COLUMNS.len()] {
        [
            Cell::Text(self.id),
            Cell::Text(self.source),
            Cell::Text(self.text),
            optional(self.title),
            optional(self.subtitle),
            optional(self.date),
            optional(self.modified),
            Cell::List(self.authors, Separator::Semicolon),
            optional(self.url),
            optional(self.site),
            optional(self.language),
            optional(self.section),
            Cell::List(self.tags, Separator::Semicolon),
            Cell::List(self.captions, Separator::Line),
            Cell::List(self.image_alts, Separator::Line),
            Cell::Text(self.encoding),
            Cell::Text(self.encoding_found),
            Cell::Number(self.replaced),
            Cell::Number(self.bytes_in),
            Cell::Number(self.bytes_out),
            Cell::List(self.flags, Separator::Semicolon),
            match self.fields {
                Some(object) if !object.trim_ascii().is_empty() => Cell::Object(object),
                _ => Cell::Missing,
            },
        ]
    }
}

fn optional(value: Option<&str>) -> Cell<'_> {
    match value {
        Some(value) if !value.is_empty() => Cell::Text(value),
        _ => Cell::Missing,
    }
}

/// Whether the keys of a JSON object, or the header of a CSV file, are exactly [`COLUMNS`]: our own output, fed back.
///
/// ```
/// use cleancopy_output::{COLUMNS, is_own};
///
/// assert!(is_own(COLUMNS));
/// assert!(!is_own(["id", "text"]));
/// ```
pub fn is_own<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> bool {
    let mut keys = keys.into_iter();
    COLUMNS.iter().all(|column| keys.next().is_some_and(|key| key.as_ref() == *column)) && keys.next().is_none()
}

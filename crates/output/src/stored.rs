//! Rows read back: our own output as input, or beside its ledger.

use std::borrow::Cow;

use cleancopy_core::COLUMNS;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::csv::unguard;
use crate::format::Format;
use crate::list::{Separator, split_list};
use crate::record::Record;

/// A [`Record`] that owns what it holds, as read from a row that this crate wrote.
///
/// Writing it again in the same format gives the same bytes.
///
/// ```
/// use cleancopy_output::{Format, Record, StoredRecord, write_row};
///
/// let mut row = Vec::new();
/// write_row(Format::Jsonl, &Record { id: "cc-1", text: "It rained.", ..Record::default() }, &mut row);
///
/// let stored = StoredRecord::from_json(str::from_utf8(&row)?)?;
/// assert_eq!(stored.text, "It rained.");
/// let mut again = Vec::new();
/// stored.with_record(|record| write_row(Format::Jsonl, record, &mut again));
/// assert_eq!(again, row);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `Record`")]
pub struct StoredRecord {
    pub id: String,
    pub source: String,
    pub text: String,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub date: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub url: Option<String>,
    pub site: Option<String>,
    pub language: Option<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    pub captions: Vec<String>,
    pub image_alts: Vec<String>,
    pub encoding: String,
    pub encoding_found: String,
    pub replaced: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    pub flags: Vec<String>,
    #[serde(deserialize_with = "object")]
    pub fields: Option<String>,
}

impl StoredRecord {
    /// Reads one row of JSONL.
    ///
    /// # Errors
    /// If it is not a JSON object, or its keys or the types of their values are not ours.
    pub fn from_json(row: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(row)
    }

    /// Reads a row from the values of its columns, each the text of a JSON value, in the order of [`COLUMNS`].
    ///
    /// # Errors
    /// If a value is not JSON or not of the type that its column has.
    pub fn from_values(values: &[&str; COLUMNS.len()]) -> Result<Self, serde_json::Error> {
        fn value<'v, T: Deserialize<'v>>(json: &'v str) -> Result<T, serde_json::Error> {
            serde_json::from_str(json)
        }
        let [id, source, text, title, subtitle, date, modified, authors, url, site, language, ..] = *values;
        let [.., section, tags, captions, image_alts, encoding, _, _, _, _, _, _] = *values;
        let [.., encoding_found, replaced, bytes_in, bytes_out, flags, fields] = *values;
        Ok(Self {
            id: value(id)?,
            source: value(source)?,
            text: value(text)?,
            title: value(title)?,
            subtitle: value(subtitle)?,
            date: value(date)?,
            modified: value(modified)?,
            authors: value(authors)?,
            url: value(url)?,
            site: value(site)?,
            language: value(language)?,
            section: value(section)?,
            tags: value(tags)?,
            captions: value(captions)?,
            image_alts: value(image_alts)?,
            encoding: value(encoding)?,
            encoding_found: value(encoding_found)?,
            replaced: value(replaced)?,
            bytes_in: value(bytes_in)?,
            bytes_out: value(bytes_out)?,
            flags: value(flags)?,
            fields: object(&mut serde_json::Deserializer::from_str(fields))?,
        })
    }

    /// Reads one row of CSV from its cells, already unquoted; `format` says whether formulas were disarmed.
    ///
    /// `None` if this is not a row of ours: a count that is none, `fields` that are not JSON.
    pub fn from_cells(format: Format, cells: &[&str; COLUMNS.len()]) -> Option<Self> {
        let plain = cells.map(|cell| if format == Format::CsvExcel { unguard(cell) } else { cell });
        let [id, source, text, title, subtitle, date, modified, authors, url, site, language, ..] = plain;
        let [.., section, tags, captions, image_alts, encoding, _, _, _, _, _, _] = plain;
        let [.., encoding_found, replaced, bytes_in, bytes_out, flags, fields] = plain;
        let optional = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        let list = |cell, separator| split_list(cell, separator).into_iter().map(Cow::into_owned).collect();
        let fields = match fields {
            "" => None,
            object => serde_json::from_str(object).ok().map(|IgnoredAny| Some(object.to_owned()))?,
        };
        Some(Self {
            id: id.to_owned(),
            source: source.to_owned(),
            text: text.to_owned(),
            title: optional(title),
            subtitle: optional(subtitle),
            date: optional(date),
            modified: optional(modified),
            authors: list(authors, Separator::Semicolon),
            url: optional(url),
            site: optional(site),
            language: optional(language),
            section: optional(section),
            tags: list(tags, Separator::Semicolon),
            captions: list(captions, Separator::Line),
            image_alts: list(image_alts, Separator::Line),
            encoding: encoding.to_owned(),
            encoding_found: encoding_found.to_owned(),
            replaced: replaced.parse().ok()?,
            bytes_in: bytes_in.parse().ok()?,
            bytes_out: bytes_out.parse().ok()?,
            flags: list(flags, Separator::Semicolon),
            fields,
        })
    }

    /// Lends it to `f` as a [`Record`], to be written.
    pub fn with_record<R>(&self, f: impl FnOnce(&Record<'_>) -> R) -> R {
        let [authors, tags, captions, image_alts, flags] =
            [&self.authors, &self.tags, &self.captions, &self.image_alts, &self.flags].map(|list| borrowed(list));
        f(&Record {
            id: &self.id,
            source: &self.source,
            text: &self.text,
            title: self.title.as_deref(),
            subtitle: self.subtitle.as_deref(),
            date: self.date.as_deref(),
            modified: self.modified.as_deref(),
            authors: &authors,
            url: self.url.as_deref(),
            site: self.site.as_deref(),
            language: self.language.as_deref(),
            section: self.section.as_deref(),
            tags: &tags,
            captions: &captions,
            image_alts: &image_alts,
            encoding: &self.encoding,
            encoding_found: &self.encoding_found,
            replaced: self.replaced,
            bytes_in: self.bytes_in,
            bytes_out: self.bytes_out,
            flags: &flags,
            fields: self.fields.as_deref(),
        })
    }
}

fn borrowed(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// The text of a JSON value as it stands, or nothing for `null`.
fn object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let object = Option::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(object.map(|object| Box::<str>::from(object).into_string()))
}

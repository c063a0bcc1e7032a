//! One page out of a web archive.

use super::Loaded;
use super::row::json_string;
use crate::decode::{Hint, decode};
use crate::read::{Raw, WebRecord};
use crate::{Options, parse};
use cleancopy_core::{Evidence, Field};

pub(super) fn load(raw: Raw, record: &WebRecord, options: &Options) -> Loaded {
    let bytes_in = raw.bytes.len() as u64;
    let hint = Hint { declared: record.charset.as_deref(), forced: options.encoding, markup: true };
    let decoded = decode(raw.bytes, &hint);
    let mut document = parse(decoded.text, record.kind);
    if let Some(url) = &record.url {
        // What the page says of itself stands first.
        document.meta.add(Field::Url, url, Evidence::Declared("warc"));
    }
    // The day of the visit is no date of publication, so it travels along as a field.
    let fields = [("warc_date", &record.date), ("warc_record_id", &record.id), ("warc_url", &record.url)];
    let fields: Vec<String> = fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("\"{name}\":{}", json_string(value.as_deref()?))))
        .collect();
    Loaded {
        source: raw.source,
        id: None,
        document,
        encoding: decoded.encoding,
        found: decoded.found,
        replaced: decoded.replaced,
        bytes_in,
        fields: (!fields.is_empty()).then(|| format!("{{{}}}", fields.join(","))),
        own: None,
    }
}

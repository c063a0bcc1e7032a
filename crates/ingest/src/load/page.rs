//! One page out of a web archive.

use super::row::json_string;
use super::{Loaded, whole};
use crate::Options;
use crate::decode::Hint;
use crate::read::{Raw, WebRecord};

pub(super) fn load(raw: Raw, record: &WebRecord, options: &Options) -> Loaded {
    let hint = Hint { declared: record.charset.as_deref(), forced: options.encoding, markup: true };
    let url = record.url.as_deref().map(|url| (url, "warc"));
    let loaded = whole(raw.source, raw.bytes, record.kind, &hint, url);
    // The day of the visit is no date of publication, so it travels along as a field.
    let fields = [("warc_date", &record.date), ("warc_record_id", &record.id), ("warc_url", &record.url)];
    let fields: Vec<String> = fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("\"{name}\":{}", json_string(value.as_deref()?))))
        .collect();
    Loaded { fields: (!fields.is_empty()).then(|| format!("{{{}}}", fields.join(","))), ..loaded }
}

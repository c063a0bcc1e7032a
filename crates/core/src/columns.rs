//! The columns of a record, declared once for all who read or write rows.

/// The columns of a record, in the order in which every format writes them.
///
/// Output pairs them with the values of a record, ingest recognises rows of our own by them.
pub const COLUMNS: [&str; 22] = [
    "id",
    "source",
    "text",
    "title",
    "subtitle",
    "date",
    "modified",
    "authors",
    "url",
    "site",
    "language",
    "section",
    "tags",
    "captions",
    "image_alts",
    "encoding",
    "encoding_found",
    "replaced",
    "bytes_in",
    "bytes_out",
    "flags",
    "fields",
];

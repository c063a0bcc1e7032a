//! Rows that cleancopy wrote itself.

use cleancopy_core::{COLUMNS, Evidence, Field, Meta};
use serde::Deserialize;
use std::borrow::Cow;

/// A row of cleancopy's own output as it stands, so that one whose text needs no change can be written back the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnRow {
    /// The line, a JSON object.
    Json(String),
    /// The cells of [`COLUMNS`], without their quotation marks.
    Cells {
        /// As many as there are columns.
        cells: Vec<String>,
        /// Whether the file was written for Excel, with a byte order mark and an apostrophe before formulas.
        excel: bool,
    },
}

/// Where metadata of an own row comes from.
const FOUND: Evidence = Evidence::Declared("record");

/// What an own row knows of its document.
#[derive(Default, Deserialize)]
struct Known<'a> {
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    subtitle: Option<Cow<'a, str>>,
    date: Option<Cow<'a, str>>,
    modified: Option<Cow<'a, str>>,
    #[serde(default)]
    authors: Vec<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    site: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    section: Option<Cow<'a, str>>,
    #[serde(default)]
    tags: Vec<Cow<'a, str>>,
    #[serde(default)]
    captions: Vec<Cow<'a, str>>,
    #[serde(default)]
    image_alts: Vec<Cow<'a, str>>,
}

impl OwnRow {
    /// Adds what the row says about its document.
    pub(crate) fn add_to(&self, meta: &mut Meta) {
        let known = match self {
            Self::Json(line) => serde_json::from_str(line).unwrap_or_default(),
            Self::Cells { cells, excel } => known(cells, *excel),
        };
        let single = [
            (Field::Title, known.title),
            (Field::Subtitle, known.subtitle),
            (Field::Date, known.date),
            (Field::Modified, known.modified),
            (Field::Url, known.url),
            (Field::Site, known.site),
            (Field::Language, known.language),
            (Field::Section, known.section),
        ];
        for (field, value) in single {
            meta.add(field, value.as_deref().unwrap_or_default(), FOUND);
        }
        let lists = [
            (Field::Author, &known.authors),
            (Field::Tag, &known.tags),
            (Field::Caption, &known.captions),
            (Field::ImageAlt, &known.image_alts),
        ];
        for (field, values) in lists {
            for value in values {
                meta.add(field, value, FOUND);
            }
        }
    }
}

fn known(cells: &[String], excel: bool) -> Known<'_> {
    let cell = |column: &str| {
        let cell = COLUMNS.iter().position(|name| *name == column).and_then(|at| cells.get(at));
        let cell = cell.map(String::as_str).unwrap_or_default();
        if excel { unguarded(cell) } else { cell }
    };
    let single = |column| Some(Cow::Borrowed(cell(column)));
    Known {
        title: single("title"),
        subtitle: single("subtitle"),
        date: single("date"),
        modified: single("modified"),
        authors: items(cell("authors"), ';'),
        url: single("url"),
        site: single("site"),
        language: single("language"),
        section: single("section"),
        tags: items(cell("tags"), ';'),
        captions: items(cell("captions"), '\n'),
        image_alts: items(cell("image_alts"), '\n'),
    }
}

/// The items of a list in a cell; inside them the mark and a backslash have a backslash before them.
fn items(cell: &str, mark: char) -> Vec<Cow<'_, str>> {
    let mut items = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(char) = chars.next() {
        match (char, items.last_mut()) {
            (char, _) if char == mark => items.push(String::new()),
            ('\\', Some(item)) => item.push(match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(escaped) => escaped,
                None => '\\',
            }),
            (char, Some(item)) => item.push(char),
            (_, None) => {}
        }
    }
    items.into_iter().map(Cow::Owned).collect()
}

/// A cell without the apostrophe that keeps Excel from taking it for a formula.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'\'', b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n', ..] => &cell[1..],
        _ => cell,
    }
}

/// Whether a file opens with the header of an own CSV file.
pub(crate) fn is_header(start: &[u8]) -> bool {
    let line = start.split(|&byte| byte == b'\n' || byte == b'\r').next().unwrap_or_default();
    let mut names = line.split(|&byte| byte == b',').map(|cell| {
        let cell = cell.trim_ascii();
        cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell)
    });
    COLUMNS.iter().all(|column| names.next() == Some(column.as_bytes())) && names.next().is_none()
}

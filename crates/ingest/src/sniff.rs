//! What a file is: by its name, else by its first bytes.

use crate::Format;
use crate::load::mhtml::is_mhtml;
use crate::own;
use crate::read::{tar, zip};
use serde::de::IgnoredAny;
use std::path::Path;

/// What the first bytes of a file look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Something that can be read.
    Readable(Format),
    /// Something that holds files.
    Archive(Archive),
    /// JSON that is not one object a line.
    Json,
    /// Not text; says what it is.
    Binary(&'static str),
}

/// A file that holds files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Archive {
    Zip,
    Tar,
}

/// What the name of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// A format.
    Format(Format),
    /// Something that holds files.
    Archive,
    /// Not an article: pictures, styles, programs.
    Other,
    /// Nothing.
    Unknown,
}

/// How much of a file is looked at, bytes: enough for the first line of nearly every JSONL file.
pub(crate) const HEAD_BYTES: usize = 64 << 10;

/// Extensions of files that hold no articles. Those that are missing here are told by their content.
static OTHER: &[&str] = &[
    "7z", "avi", "bin", "bmp", "bz2", "c", "class", "conf", "cpp", "css", "db", "dll", "doc", "docx", "dylib", "eot",
    "epub", "exe", "flac", "gif", "h", "heic", "ico", "ini", "ipynb", "jar", "java", "jpeg", "jpg", "js", "lock",
    "m4a", "map", "mjs", "mkv", "mov", "mp3", "mp4", "o", "odt", "ogg", "otf", "parquet", "pdf", "php", "png", "ppt",
    "pptx", "py", "rar", "rs", "rss", "rtf", "sh", "so", "sql", "sqlite", "svg", "tif", "tiff", "toml", "ts", "ttf",
    "wasm", "wav", "webm", "webp", "wmv", "woff", "woff2", "xls", "xlsx", "xml", "xz", "yaml", "yml",
];

/// What the extension says, after `.gz` or `.zst` is taken off.
pub(crate) fn by_name(path: &Path) -> Name {
    let mut path = path;
    let mut extension = lower_extension(path);
    if matches!(extension.as_str(), "gz" | "gzip" | "zst" | "zstd") {
        path = path.file_stem().map_or(path, Path::new);
        extension = lower_extension(path);
    }
    match extension.as_str() {
        "txt" | "text" => Name::Format(Format::Text),
        "md" | "markdown" => Name::Format(Format::Markdown),
        "html" | "htm" | "xhtml" | "xht" | "mhtml" | "mht" => Name::Format(Format::Html),
        "jsonl" | "ndjson" => Name::Format(Format::Jsonl),
        "warc" | "wet" => Name::Format(Format::Warc),
        "zip" | "tar" | "tgz" | "tzst" => Name::Archive,
        "csv" | "tsv" => Name::Format(Format::Csv),
        other if OTHER.binary_search(&other).is_ok() => Name::Other,
        _ => Name::Unknown,
    }
}

fn lower_extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// What the first [`HEAD_BYTES`] of a file, decompressed, look like.
pub(crate) fn by_content(head: &[u8]) -> Look {
    if let Some(archive) = archive(head) {
        return archive;
    }
    if head.starts_with(b"WARC/0.") || head.starts_with(b"WARC/1.") {
        return Look::Readable(Format::Warc);
    }
    if let Some(what) = magic(head) {
        return Look::Binary(what);
    }
    let wide = wide_order(head);
    let narrow: Vec<u8>;
    let head = match wide {
        // The questions below are about ASCII: the other half of each unit does not matter to them.
        Some(wide) => {
            narrow = wide.ascii(head);
            &narrow
        }
        None if head.contains(&0) => return Look::Binary("binary data"),
        None => head,
    };
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if is_markup(start) || is_mhtml(start) {
        return Look::Readable(Format::Html);
    }
    match start.first() {
        Some(b'{' | b'[') => json(start),
        _ if own::is_header(start) => Look::Readable(Format::Csv),
        _ => Look::Readable(Format::Text),
    }
}

/// Whether it is an archive, which is opened whatever its name and the format asked for, or one thing in the dress of
/// an archive, which is not.
pub(crate) fn archive(head: &[u8]) -> Option<Look> {
    if zip::is_zip(head) {
        return Some(zip::one_thing(head).map_or(Look::Archive(Archive::Zip), Look::Binary));
    }
    tar::is_header(head).then_some(Look::Archive(Archive::Tar))
}

/// What a file is that has the name of a text and is none. A signature of letters alone may open a text: it counts
/// only with binary data behind it.
pub(crate) fn disguised(head: &[u8]) -> Option<&'static str> {
    let is_sure = head.starts_with(b"%PDF-") || head.starts_with(b"{\\rtf") || !head.is_ascii() && head.contains(&0);
    magic(head).filter(|_| is_sure)
}

/// Signatures of what people keep beside articles.
fn magic(head: &[u8]) -> Option<&'static str> {
    static MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"\xD0\xCF\x11\xE0", "an old office file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a picture, sound or film"),
        (b"ID3", "a sound file"),
        (b"OggS", "a sound file"),
        (b"BZh", "bzip2 data"),
        (b"\xFD7zXZ\0", "xz data"),
        (b"7z\xBC\xAF", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3", "a database"),
        (b"PAR1", "a Parquet file"),
        (b"{\\rtf", "an RTF file"),
    ];
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what)
}

/// Width and byte order of UTF-16 and UTF-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wide {
    /// Name of the encoding.
    pub(crate) name: &'static str,
    /// Whether a byte order mark says so.
    pub(crate) marked: bool,
    unit: usize,
    low: usize,
}

impl Wide {
    const fn new(name: &'static str, unit: usize, low: usize, marked: bool) -> Self {
        Self { name, marked, unit, low }
    }

    /// The ASCII characters of `head`, the others as `?`.
    fn ascii(self, head: &[u8]) -> Vec<u8> {
        let unit = |unit: &[u8]| {
            let rest = unit.iter().enumerate().all(|(at, &byte)| at == self.low || byte == 0);
            if rest && unit[self.low].is_ascii() { unit[self.low] } else { b'?' }
        };
        head.chunks_exact(self.unit).skip(usize::from(self.marked)).map(unit).collect()
    }
}

/// Whether `head` is UTF-16 or UTF-32, by its mark or by where its NUL bytes stand.
pub(crate) fn wide_order(head: &[u8]) -> Option<Wide> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] => return Some(Wide::new("UTF-32LE", 4, 0, true)),
        [0, 0, 0xFE, 0xFF, ..] => return Some(Wide::new("UTF-32BE", 4, 3, true)),
        [0xFF, 0xFE, ..] => return Some(Wide::new("UTF-16LE", 2, 0, true)),
        [0xFE, 0xFF, ..] => return Some(Wide::new("UTF-16BE", 2, 1, true)),
        _ => {}
    }
    let units = head.chunks_exact(2);
    let n_units = units.len();
    if units.clone().any(|unit| unit == [0, 0]) {
        return None;
    }
    let n_shown = |low: usize| units.clone().filter(|unit| unit[1 - low] == 0 && is_shown(unit[low])).count();
    // In any script every tenth unit is a space, digit, stop or line feed, so that its high byte is NUL. The other
    // way round are only a few characters such as the ideographic space, U+3000.
    match (n_shown(0), n_shown(1)) {
        (little, big) if little * 10 > n_units && big * 4 < little => Some(Wide::new("UTF-16LE", 2, 0, false)),
        (little, big) if big * 10 > n_units && little * 4 < big => Some(Wide::new("UTF-16BE", 2, 1, false)),
        _ => None,
    }
}

/// Whether a byte is a character of a text in ASCII or Latin-1.
fn is_shown(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xA0..)
}

/// Whether `start` opens like HTML.
///
/// Source: WHATWG MIME Sniffing, section 7.1; `<meta`, `<link` and `<article` added for saved fragments.
fn is_markup(start: &[u8]) -> bool {
    static TAGS: &[&[u8]] = &[
        b"!doctype html",
        b"html",
        b"head",
        b"script",
        b"iframe",
        b"h1",
        b"div",
        b"font",
        b"table",
        b"a",
        b"style",
        b"title",
        b"b",
        b"body",
        b"br",
        b"p",
        b"meta",
        b"link",
        b"article",
    ];
    let Some(rest) = start.strip_prefix(b"<") else { return false };
    if rest.starts_with(b"!--") {
        return true;
    }
    if rest.starts_with(b"?xml") {
        let lower = rest[..rest.len().min(1024)].to_ascii_lowercase();
        return memchr::memmem::find(&lower, b"<html").is_some();
    }
    TAGS.iter().any(|tag| {
        rest.len() > tag.len() && rest[..tag.len()].eq_ignore_ascii_case(tag) && {
            matches!(rest[tag.len()], b' ' | b'>' | b'\t' | b'\n' | b'\r' | b'\x0C')
        }
    })
}

/// Whether text that opens like JSON is one object a line.
fn json(start: &[u8]) -> Look {
    let (line, whole) = match memchr::memchr(b'\n', start) {
        Some(end) => (start[..end].trim_ascii_end(), true),
        None => (start.trim_ascii_end(), start.len() < HEAD_BYTES),
    };
    if whole && serde_json::from_slice::<IgnoredAny>(line).is_ok() {
        return Look::Readable(if line[0] == b'{' { Format::Jsonl } else { Format::Text });
    }
    // A first line longer than the head, or one with something that JSON does not allow.
    let member = line[1..].trim_ascii_start();
    let closed = !whole || line.ends_with(b"}");
    match (line[0], member.first()) {
        (b'{', Some(b'"')) if closed => Look::Readable(Format::Jsonl),
        (b'{' | b'[', None | Some(b'{' | b'"')) if looks_like_json(start) => Look::Json,
        _ => Look::Readable(Format::Text),
    }
}

/// Whether the next thing inside is a key: `{ "` or `[ { "`.
fn looks_like_json(start: &[u8]) -> bool {
    start.iter().find(|byte| !matches!(byte, b'{' | b'[') && !byte.is_ascii_whitespace()) == Some(&b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_extensions_is_sorted() {
        assert!(OTHER.is_sorted());
    }

    #[test]
    fn the_first_bytes_tell_the_format() {
        let look = |head: &[u8]| by_content(head);
        assert_eq!(look(b""), Look::Readable(Format::Text));
        assert_eq!(look(b"It rained.\n"), Look::Readable(Format::Text));
        assert_eq!(look(b"\xEF\xBB\xBF \n<!DOCTYPE HTML>"), Look::Readable(Format::Html));
        assert_eq!(look(b"<p>It rained."), Look::Readable(Format::Html));
        assert_eq!(look(b"<press release>"), Look::Readable(Format::Text));
        assert_eq!(look(b"<?xml version='1.0'?><html>"), Look::Readable(Format::Html));
        assert_eq!(look(b"{\"text\": \"a\"}\n"), Look::Readable(Format::Jsonl));
        assert_eq!(look(b"{\"text\": \"\\ud800\", \"n\": NaN}\n"), Look::Readable(Format::Jsonl));
        assert_eq!(look(b"{\n  \"text\": 1}\n"), Look::Json);
        assert_eq!(look(b"[{\"text\": 1},\n{}]"), Look::Json);
        assert_eq!(look(b"[Editor's note] It rained."), Look::Readable(Format::Text));
        assert_eq!(look(b"a\0b\0"), Look::Readable(Format::Text));
        assert_eq!(look(b"<\0p\0>\0"), Look::Readable(Format::Html));
        assert_eq!(look(b"a\0\0\0b\0\0\0"), Look::Binary("binary data"));
        assert_eq!(look(b"\xFF\xFE{\0\"\0a\0\"\0:\x001\0}\0"), Look::Readable(Format::Jsonl));
    }
}

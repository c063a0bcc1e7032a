//! Which format and which compression a file name asks for.

use std::path::Path;

use crate::error::{Error, ErrorKind};

/// How a record becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// RFC 4180 with every field quoted and line feeds between records.
    Csv,
    /// CSV for spreadsheet programs: byte order mark, CRLF between records, cells that would run as formulas disarmed.
    CsvExcel,
}

/// How a batch of rows is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compression {
    /// As it is.
    None,
    /// One gzip member a batch (RFC 1952 allows members in a row).
    Gzip,
    /// One zstd frame a batch (RFC 8878 allows frames in a row).
    Zstd,
}

/// Whether this name means standard output: `-`, or `/dev/stdout`.
pub fn is_stdout(path: &Path) -> bool {
    path == Path::new("-") || path == Path::new("/dev/stdout")
}

/// Reads format and compression off a file name, in any letter case.
///
/// `-` is JSONL, uncompressed. [`Format::CsvExcel`] has no extension of its own; a caller who wants it exchanges
/// [`Format::Csv`] for it.
///
/// ```
/// use cleancopy_output::{Compression, Format, for_path};
///
/// assert_eq!(for_path("corpus.jsonl.zst")?, (Format::Jsonl, Compression::Zstd));
/// assert_eq!(for_path("corpus.csv")?, (Format::Csv, Compression::None));
/// assert!(for_path("corpus.xlsx").is_err());
/// # Ok::<(), cleancopy_output::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Extension`] for any other extension, or none.
pub fn for_path(path: impl AsRef<Path>) -> Result<(Format, Compression), Error> {
    let path = path.as_ref();
    if is_stdout(path) {
        return Ok((Format::Jsonl, Compression::None));
    }
    let outer = extension(path);
    let (compression, inner) = match outer.as_str() {
        "gz" => (Compression::Gzip, path.file_stem().map(Path::new).map(extension).unwrap_or_default()),
        "zst" => (Compression::Zstd, path.file_stem().map(Path::new).map(extension).unwrap_or_default()),
        _ => (Compression::None, outer),
    };
    match inner.as_str() {
        "jsonl" | "ndjson" => Ok((Format::Jsonl, compression)),
        "csv" => Ok((Format::Csv, compression)),
        _ => Err(Error::new(ErrorKind::Extension, path)),
    }
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase()
}

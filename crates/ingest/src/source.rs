//! The address of a document.

use std::ffi::OsStr;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a document comes from; the same in every run over the same input.
///
/// Shown as `news/day.jsonl.gz#812`, in an archive as `dump.zip!news/day.jsonl#812`. Bytes of a path that are not UTF-8 are shown as `\xE9`, a line feed as `\n`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The file as it was named or found, `-` for standard input.
    pub path: Arc<PathBuf>,
    /// The member, in an archive.
    pub member: Option<Arc<str>>,
    /// The line of a JSONL file, the row of a CSV file (without its header) or the record of a WARC file, from 1.
    pub record: Option<u64>,
}

impl Source {
    /// A whole file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { path: Arc::new(path.into()), member: None, record: None }
    }

    /// A member of this archive.
    pub(crate) fn member(&self, name: &str) -> Self {
        Self { member: Some(name.into()), ..self.clone() }
    }

    /// The file or member without the number of the record.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { record: None, ..self.clone() }
    }

    /// One record of this file or member.
    #[must_use]
    pub fn record(&self, number: u64) -> Self {
        Self { record: Some(number), ..self.clone() }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_path(f, self.path.as_os_str())?;
        if let Some(member) = &self.member {
            write!(f, "!{member}")?;
        }
        match self.record {
            Some(record) => write!(f, "#{record}"),
            None => Ok(()),
        }
    }
}

/// Writes `path` on one line, so that different paths look different.
pub(crate) fn write_path(f: &mut fmt::Formatter<'_>, path: &OsStr) -> fmt::Result {
    write_bytes(f, path.as_encoded_bytes())
}

/// As [`write_path`], for names that are bytes.
pub(crate) fn write_bytes(f: &mut impl fmt::Write, name: &[u8]) -> fmt::Result {
    // Most names are plain.
    if let Some(name) =
        std::str::from_utf8(name).ok().filter(|name| name.bytes().all(|byte| (b' '..=b'~').contains(&byte)))
    {
        return f.write_str(name);
    }
    for chunk in name.utf8_chunks() {
        for part in chunk.valid().split_inclusive(char::is_control) {
            match part.chars().next_back().filter(|c| c.is_control()) {
                Some(control) => write!(f, "{}{}", part.trim_end_matches(control), control.escape_default())?,
                None => f.write_str(part)?,
            }
        }
        for byte in chunk.invalid() {
            write!(f, "\\x{byte:02X}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn an_address_is_one_line() {
        let source = Source::file("a/b\n\n\u{1B}[31m caf\u{E9}.txt").record(7);
        assert_eq!(source.to_string(), "a/b\\n\\n\\u{1b}[31m caf\u{E9}.txt#7");
    }
}

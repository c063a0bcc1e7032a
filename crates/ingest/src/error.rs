//! Requests that cannot be carried out.

use crate::source::write_path;
use std::ffi::OsStr;
use std::fmt;
use std::path::PathBuf;

/// An input that was asked for and cannot be had; nothing was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// No file or folder of that name.
    Missing(PathBuf),
    /// A pattern that no file matches.
    NoMatch(PathBuf),
    /// A pattern that cannot be understood.
    BadPattern {
        /// The pattern.
        pattern: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The operating system will not say what it is.
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What it said.
        why: String,
    },
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{}: no such file or folder", Shown(path.as_os_str())),
            Self::NoMatch(pattern) => write!(f, "{}: no file matches", Shown(pattern.as_os_str())),
            Self::BadPattern { pattern, why } => write!(f, "{}: {why}", Shown(pattern.as_os_str())),
            Self::Unreadable { path, why } => write!(f, "{}: {why}", Shown(path.as_os_str())),
        }
    }
}

struct Shown<'a>(&'a OsStr);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_path(f, self.0)
    }
}

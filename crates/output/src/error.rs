//! What can go wrong while writing.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file that could not be written, with its name and the cause.
///
/// `Display` gives one line that names the file: `writing out.jsonl: No space left on device (os error 28)`.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    cause: Option<io::Error>,
}

/// The ways in which writing fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The name ends in none of the extensions that this crate writes.
    Extension,
    /// A file of that name is there already, and nobody allowed to overwrite it.
    Exists,
    /// The name belongs to a folder.
    Folder,
    /// The folder that should hold the file is missing.
    NoFolder,
    /// Another run is writing the same file.
    Busy,
    /// The unfinished file does not hold what the checkpoint says it holds.
    NotResumable,
    /// Whoever was reading our output went away. A program should treat this as success.
    ClosedPipe,
    /// The system refused: full disk, no permission and the like.
    Io,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path) -> Self {
        Self { kind, path: path.to_owned(), cause: None }
    }

    pub(crate) fn io(path: &Path, cause: io::Error) -> Self {
        let kind = if cause.kind() == io::ErrorKind::BrokenPipe { ErrorKind::ClosedPipe } else { ErrorKind::Io };
        Self { kind, path: path.to_owned(), cause: Some(cause) }
    }

    /// What sort of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file that it is about, as the user named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the reader of our output went away, which a program should treat as success.
    pub fn is_closed_pipe(&self) -> bool {
        self.kind == ErrorKind::ClosedPipe
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "writing {}: ", self.path.display())?;
        match (self.kind, &self.cause) {
            (ErrorKind::Extension, _) => {
                f.write_str("the name must end in .jsonl, .ndjson or .csv, with .gz or .zst after it if wanted")
            }
            (ErrorKind::Exists, _) => f.write_str("it exists already; use --force to overwrite it"),
            (ErrorKind::Folder, _) => f.write_str("it is a folder; name a file in it"),
            (ErrorKind::NoFolder, _) => f.write_str("the folder does not exist; create it first"),
            (ErrorKind::Busy, _) => f.write_str("another run is writing it; wait for it or choose another name"),
            (ErrorKind::NotResumable, _) => {
                f.write_str("the unfinished file is missing or shorter than its checkpoint says; start again")
            }
            (ErrorKind::ClosedPipe, _) => f.write_str("the reader closed the pipe"),
            (ErrorKind::Io, Some(cause)) => cause.fmt(f),
            (ErrorKind::Io, None) => f.write_str("the system refused"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_ref().map(|cause| cause as &(dyn StdError + 'static))
    }
}

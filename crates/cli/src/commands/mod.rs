//! One module a command.

mod breaks;
pub(crate) mod clean;
pub(crate) mod explain;
pub(crate) mod learn;
mod reasons;
pub(crate) mod report;
pub(crate) mod restore;
pub(crate) mod rules;
pub(crate) mod shell;
pub(crate) mod try_out;
pub(crate) mod verify;

use std::io::Write as _;
use std::path::Path;
use std::{fmt, io};

use cleancopy::output::report::Report;

/// How a command ended.
pub(crate) enum Done {
    All,
    SomeFailed,
    /// Stopped by Ctrl-C.
    Interrupted,
}

/// Why a command could not run. Reads after `cleancopy: `.
pub(crate) struct Error(String);

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(crate) fn encoding(name: &str) -> Self {
        Self(format!(
            "no encoding is called `{name}`; use a name such as utf-8, windows-1252, koi8-r, shift_jis, ibm866"
        ))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Error {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// A reader that went away early has what it wanted.
fn unless_closed(written: io::Result<()>) -> Result<(), Error> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::new(format!("writing standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Prints a text to standard output.
pub(crate) fn print(text: &str) -> Result<Done, Error> {
    unless_closed(anstream::stdout().write_all(text.as_bytes()))?;
    Ok(Done::All)
}

fn write_report(path: &Path, report: &Report<'_>) -> Result<(), Error> {
    std::fs::write(path, report.html()).map_err(|error| Error::new(format!("writing {}: {error}", path.display())))
}

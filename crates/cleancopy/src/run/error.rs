//! Why a run cannot be made or finished.

use std::fmt;
use std::path::PathBuf;

/// Why a run could not be made or finished.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// An input could not be found.
    Ingest(cleancopy_ingest::Error),
    /// The output could not be written.
    Output(cleancopy_output::Error),
    /// A file is both input and output.
    OutputIsInput(PathBuf),
    /// The ledger cannot be of that name.
    NoLedger(PathBuf),
    /// An interrupted run into the same output has done part of the work.
    Interrupted {
        /// The output.
        output: PathBuf,
        /// Documents done.
        n_documents: u64,
    },
    /// There is an interrupted run, but this one cannot go on with it.
    NotResumable {
        /// The output.
        output: PathBuf,
        /// Why.
        why: String,
    },
    /// Counted blocks could not be put in a temporary file.
    Spill(std::io::Error),
    /// The thread pool could not be made.
    Threads(rayon::ThreadPoolBuildError),
    /// The sums do not agree: a defect of this program. Holds what was found.
    Unbalanced(String),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ingest(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
            Self::OutputIsInput(path) => {
                write!(f, "{}: is among the inputs; write to another file", path.display())
            }
            Self::NoLedger(path) => {
                write!(
                    f,
                    "{}: a ledger is a file of its own and ends in .jsonl, .jsonl.gz or .jsonl.zst",
                    path.display()
                )
            }
            Self::Interrupted { output, n_documents } => write!(
                f,
                "{}: an interrupted run has done {n_documents} documents; --resume goes on with it, --force begins anew",
                output.display()
            ),
            Self::NotResumable { output, why } => {
                write!(f, "{}: cannot resume: {why}; begin anew without --resume and with --force", output.display())
            }
            Self::Spill(error) => write!(f, "counting blocks in a temporary file: {error}"),
            Self::Threads(error) => write!(f, "starting threads: {error}"),
            Self::Unbalanced(what) => write!(f, "the accounts do not balance, please report this: {what}"),
        }
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Ingest(error) => Some(error),
            Self::Output(error) => Some(error),
            Self::Threads(error) => Some(error),
            Self::Spill(error) => Some(error),
            Self::OutputIsInput(_)
            | Self::NoLedger(_)
            | Self::Interrupted { .. }
            | Self::NotResumable { .. }
            | Self::Unbalanced(_) => None,
        }
    }
}

impl From<cleancopy_ingest::Error> for RunError {
    fn from(error: cleancopy_ingest::Error) -> Self {
        Self::Ingest(error)
    }
}

impl From<cleancopy_output::Error> for RunError {
    fn from(error: cleancopy_output::Error) -> Self {
        Self::Output(error)
    }
}

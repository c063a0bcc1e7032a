//! How far a run has come, kept beside its output so that another can go on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use cleancopy_ingest::{Failure, File};
use cleancopy_output::{RuleTally, Summary, sha256, write_small};
use serde::{Deserialize, Serialize};

use crate::RunOptions;
use crate::batch::Position;

/// What a progress file looks like. One with another number is refused.
const VERSION: u32 = 1;

/// What decides the bytes of an output, each part as a hash so that a refusal can say which changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    program: String,
    rules: String,
    settings: String,
    inputs: String,
}

impl Fingerprint {
    pub(crate) fn of(options: &RunOptions, files: &[File], failures: &[Failure]) -> Self {
        let mut rules = String::new();
        for rule in options.rules.iter() {
            for part in [rule.id, rule.stage.name(), rule.about, rule.limits] {
                rules.push_str(part);
                rules.push('\n');
            }
        }
        rules.push_str(&custom(options));
        let output = options.output.as_deref().map(Path::to_owned);
        let settings = format!(
            "{:?}\n{:?}\n{}\n{:?}\n{:?}\n{:?}",
            options.settings, options.ingest, options.excel, output, options.ledger, options.quarantine,
        );
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            rules: sha256(rules.as_bytes()),
            settings: sha256(settings.as_bytes()),
            inputs: sha256(&inputs(files, failures)),
        }
    }

    /// Hash of what decides the bytes of a row: program, rules and settings.
    pub(crate) fn of_cleaning(options: &RunOptions) -> String {
        let rules: Vec<&str> = options.rules.iter().map(|rule| rule.id).collect();
        let settings = format!("{:?}\n{:?}\n{}", options.settings, options.ingest, options.excel);
        let custom = custom(options);
        sha256(format!("{}\n{rules:?}\n{custom}{settings}", env!("CARGO_PKG_VERSION")).as_bytes())
    }

    /// What is not as it was, or nothing.
    fn difference(&self, now: &Self) -> Option<&'static str> {
        if self.program != now.program {
            Some("it was begun by another version of cleancopy")
        } else if self.rules != now.rules {
            Some("the rules are others than those it was begun with")
        } else if self.settings != now.settings {
            Some("the settings are others than those it was begun with")
        } else if self.inputs != now.inputs {
            Some("the inputs have changed: files came or went, or have another size or time")
        } else {
            None
        }
    }
}

/// What users' rules say, and how they tell a site; empty without any.
fn custom(options: &RunOptions) -> String {
    let Some(set) = options.rules.custom() else { return String::new() };
    let mut text = format!("{:?}\n", options.site_from);
    for rule in set.rules() {
        text.push_str(rule.written());
        text.push('\n');
    }
    text
}

/// The inputs with their sizes and times of change.
fn inputs(files: &[File], failures: &[Failure]) -> Vec<u8> {
    let mut inputs = Vec::new();
    for file in files {
        inputs.extend_from_slice(file.path.as_os_str().as_encoded_bytes());
        let changed = fs::metadata(&file.path).and_then(|found| found.modified()).ok();
        let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |time| time.as_nanos());
        inputs.extend_from_slice(format!("\0{}\0{changed}\0{:?}\n", file.bytes, file.format).as_bytes());
    }
    for failure in failures {
        inputs.extend_from_slice(format!("{failure}\n").as_bytes());
    }
    inputs
}

/// A moment at which everything up to `position` is on the disk.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    version: u32,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) position: Position,
    /// Bytes of the output up to there.
    pub(crate) n_output: u64,
    /// Bytes of the ledger.
    pub(crate) n_ledger: u64,
    /// Bytes of the quarantine.
    pub(crate) n_quarantine: u64,
    /// Whether all is written and only names are to be given.
    pub(crate) complete: bool,
    #[serde(with = "Sums")]
    pub(crate) summary: Summary,
}

/// The fields of [`Summary`], whose own JSON is for people and holds sums besides.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Summary")]
struct Sums {
    n_read: u64,
    n_written: u64,
    dropped: std::collections::BTreeMap<String, u64>,
    quarantined: std::collections::BTreeMap<String, u64>,
    bytes_in: u64,
    bytes_kept: u64,
    bytes_out: u64,
    rules: std::collections::BTreeMap<String, RuleTally>,
    notes: std::collections::BTreeMap<String, u64>,
    bytes_read: u64,
    seconds: f64,
}

/// Where the progress of the run that writes `output` is kept.
pub(crate) fn progress_path(output: &Path) -> PathBuf {
    let output = fs::canonicalize(output).unwrap_or_else(|_| output.to_owned());
    let mut name = output.into_os_string();
    name.push(".progress");
    name.into()
}

/// Documents that an interrupted run into `output` has done and a run with [`RunOptions::resume`] would not do again.
pub fn resumable(output: &Path) -> Option<u64> {
    Checkpoint::read(output).ok().flatten().map(|checkpoint| checkpoint.summary.n_read)
}

impl Checkpoint {
    pub(crate) fn new(fingerprint: Fingerprint) -> Self {
        Self { version: VERSION, fingerprint, ..Self::default() }
    }

    /// What an interrupted run left; nothing if there is none, and an error in words if it cannot be used.
    pub(crate) fn read(output: &Path) -> Result<Option<Self>, String> {
        let path = progress_path(output);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(checkpoint) if checkpoint.version == VERSION => Ok(Some(checkpoint)),
            _ => Err(format!("{} is not from this version of cleancopy", path.display())),
        }
    }

    /// Why this run cannot go on from here, if it cannot.
    pub(crate) fn refusal(&self, now: &Fingerprint) -> Option<&'static str> {
        self.fingerprint.difference(now)
    }

    /// Puts it beside `output`, in place of the one before.
    pub(crate) fn write(&self, output: &Path) -> Result<(), cleancopy_output::Error> {
        let json = serde_json::to_vec(self).unwrap_or_default();
        write_small(&progress_path(output), &json)
    }

    /// The run is done.
    pub(crate) fn remove(output: &Path) {
        // One that stays behind is found and named by the next run.
        let _ = fs::remove_file(progress_path(output));
    }
}

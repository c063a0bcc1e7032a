//! The parallel driver: many files in, one output file out, in input order.
//!
//! The calling thread reads and cuts batches, a rayon pool cleans and serialises one batch a task, a
//! writer thread takes the batches in the order in which they were cut. Bytes in flight are bounded by
//! a window, so memory does not grow with the corpus.

mod error;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::time::{Duration, Instant};

use cleancopy_core::Settings;
use cleancopy_ingest::{Failure, File, InputFormat, LeftOut, Raw, Walk};
use cleancopy_output::report::Survey;
use cleancopy_output::{
    Compression, Format, LEDGER_VERSION, LedgerHead, Summary, for_path, is_stdout, quarantine_path, unfinished,
};

use crate::batch::{Batch, Inputs};
use crate::checkpoint::{Checkpoint, Fingerprint};
use crate::ids::Ids;
use crate::window::Window;
use crate::worker::{Finished, Workers};
use crate::writer::{Slot, Writer, give_names};
use crate::{Rules, SiteFrom};
pub use error::RunError;

/// Input bytes in flight for each thread. A window of threads times the largest document keeps all
/// threads busy however sizes are spread.
const WINDOW_BYTES_PER_THREAD: usize = 16 << 20;

/// What to run. Plain data.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Files, folders, globs, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// Output file, its format and compression read off its name; `-` is standard output. `None` writes nothing, not
    /// even a quarantine: the run only counts.
    pub output: Option<PathBuf>,
    /// Documents that [`Outcome::survey`] holds to look at; no survey is made if 0.
    pub n_samples: usize,
    /// How inputs are read.
    pub ingest: cleancopy_ingest::Options,
    /// Which rules run.
    pub rules: Rules,
    /// How users' rules for one site tell where a document comes from.
    pub site_from: SiteFrom,
    /// Settings that rules read.
    pub settings: Settings,
    /// CSV for spreadsheet programs.
    pub excel: bool,
    /// Whether an output that is there already may be replaced.
    pub force: bool,
    /// Folder of the quarantine file; beside the output if not named.
    pub quarantine: Option<PathBuf>,
    /// Where the ledger goes: a name ending in `.jsonl`, with `.gz` or `.zst` after it if wanted.
    pub ledger: Option<PathBuf>,
    /// Whether to go on with an interrupted run into the same output.
    pub resume: bool,
    /// Least time between two checkpoints.
    pub checkpoint_every: Duration,
    /// Worker threads; all cores if 0.
    pub threads: usize,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            output: Some(PathBuf::from("-")),
            n_samples: 0,
            ingest: cleancopy_ingest::Options::default(),
            rules: Rules::default(),
            site_from: SiteFrom::default(),
            settings: Settings::default(),
            excel: false,
            force: false,
            quarantine: None,
            ledger: None,
            resume: false,
            checkpoint_every: Duration::from_secs(1),
            threads: 0,
        }
    }
}

/// Counters that another thread may watch while a run goes on.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of all inputs on disk, where known before the run.
    pub bytes_total: AtomicU64,
    /// Bytes of the inputs taken so far, as stored on disk.
    pub bytes_taken: AtomicU64,
    /// Input bytes read so far, decompressed.
    pub bytes_read: AtomicU64,
    /// Documents finished so far.
    pub documents: AtomicU64,
    /// Documents quarantined so far.
    pub quarantined: AtomicU64,
    /// Bytes of text cleaned so far.
    pub bytes_cleaned: AtomicU64,
    /// Bytes of it that were kept.
    pub bytes_kept: AtomicU64,
    /// Set it to have the run stop where it can go on later.
    pub stop: AtomicBool,
}

/// What a finished run did.
#[derive(Debug)]
pub struct Outcome {
    /// The accounting.
    pub summary: Summary,
    /// Inputs that were not read, with why.
    pub left_out: Vec<LeftOut>,
    /// The quarantine file, if one was written.
    pub quarantine: Option<PathBuf>,
    /// Whether the reader of our output went away before the end.
    pub closed_pipe: bool,
    /// Whether it was asked to stop before the end; a run with [`RunOptions::resume`] goes on.
    pub interrupted: bool,
    /// What a user should know about how the run began.
    pub notes: Vec<String>,
    /// Counts and samples for a report, if they were asked for.
    pub survey: Option<Survey>,
}

/// Cleans all inputs into one output.
///
/// The output appears under its name only when it is complete. One bad document is a row in the
/// quarantine, never the end of the run.
///
/// # Errors
/// [`RunError::Ingest`] for an input that does not exist, [`RunError::Output`] if the output cannot be
/// written. A closed pipe is no error: see [`Outcome::closed_pipe`].
pub fn run(options: &RunOptions, progress: &Progress) -> Result<Outcome, RunError> {
    let started = Instant::now();
    let (format, compression) = output_format(options)?;
    let options = &completed(options);
    let Walk { files, mut left_out, failures } = cleancopy_ingest::walk(&options.inputs, &options.ingest)?;
    let (files, failures) = (&files[..], &failures[..]);
    let mut notes = Vec::new();
    let mut checkpoint = Checkpoint::default();
    let mut resuming = false;
    if let Some(output) = &options.output {
        refuse_own_input(files, output, options.ledger.as_deref())?;
        (checkpoint, resuming) = begin(options, output, files, failures, &mut notes)?;
    }
    let quarantine_file =
        options.output.as_deref().and_then(|output| quarantine_path(output, options.quarantine.as_deref()));
    if resuming && checkpoint.complete {
        give_names(options, compression, quarantine_file.as_deref(), &checkpoint)?;
        return Ok(Outcome {
            quarantine: quarantine_file.filter(|_| checkpoint.n_quarantine > 0),
            summary: checkpoint.summary,
            left_out,
            closed_pipe: false,
            interrupted: false,
            notes,
            survey: None,
        });
    }
    let mut writer = Writer::open(options, compression, quarantine_file, resuming, checkpoint)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().map_err(RunError::Threads)?;

    progress.bytes_total.store(files.iter().map(|file| file.bytes).sum(), Ordering::Relaxed);
    let from = writer.checkpoint.position;
    let done = &writer.checkpoint.summary;
    progress.documents.store(done.n_read, Ordering::Relaxed);
    progress.quarantined.store(done.n_quarantined(), Ordering::Relaxed);
    let mut n_given = done.n_read;
    let ids = Ids::of(files);
    let ledger = options.ledger.as_deref().map(for_path).transpose()?.map(|(_, compression)| compression);
    let workers = Workers::new(options, format, compression, ledger, &ids);
    let window = Window::new(WINDOW_BYTES_PER_THREAD * pool.current_num_threads());
    let failed = AtomicBool::new(false);
    let stopped = || failed.load(Ordering::Relaxed) || progress.stop.load(Ordering::Relaxed);
    let (slots, ordered) = mpsc::channel::<Slot>();

    let written = std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let begun = if resuming { Ok(()) } else { writer.head(format, compression, ledger_head(options)) };
            let done = begun.and_then(|()| writer.write_all(ordered, &window, progress));
            if done.is_err() {
                failed.store(true, Ordering::Relaxed);
            }
            window.open_wide();
            (writer, done)
        });
        let mut read_all = true;
        pool.in_place_scope_fifo(|tasks| {
            let send = |batch: Batch| {
                window.take(batch.n_bytes);
                let (done, slot) = mpsc::sync_channel(1);
                // The writer is gone only after an error that it reports itself, or when the run is to stop.
                let _ = slots.send((slot, batch.n_bytes, batch.end));
                let (workers, stopped) = (&workers, &stopped);
                tasks.spawn_fifo(move |_| {
                    if !stopped() {
                        finish(workers, batch, &done);
                    }
                });
            };
            let inputs = Inputs { failures, files, options: &options.ingest, taken: &progress.bytes_taken };
            let seen = |read: &Result<Raw, Failure>, is_new| {
                n_given += u64::from(is_new);
                if let Ok(raw) = read {
                    progress.bytes_read.fetch_add(raw.len() as u64, Ordering::Relaxed);
                }
                !stopped()
            };
            read_all = inputs.feed(from, send, seen, &mut left_out);
        });
        drop(slots);
        let (writer, done) = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (writer, done, read_all)
    });
    let (mut writer, done, read_all) = written;
    let outcome = |writer: &mut Writer, closed_pipe, interrupted| Outcome {
        summary: Summary { seconds: started.elapsed().as_secs_f64(), ..writer.checkpoint.summary.clone() },
        left_out,
        quarantine: writer.quarantine_path(),
        closed_pipe,
        interrupted,
        notes,
        survey: writer.survey.take(),
    };
    match done {
        Err(RunError::Output(error)) if error.is_closed_pipe() => return Ok(outcome(&mut writer, true, false)),
        Err(RunError::Unbalanced(what)) => {
            writer.discard();
            return Err(RunError::Unbalanced(what));
        }
        Err(error) => return Err(error),
        Ok(()) if writer.interrupted || !read_all => {
            writer.save()?;
            return Ok(outcome(&mut writer, false, true));
        }
        Ok(()) => {}
    }
    let summary = &writer.checkpoint.summary;
    if !summary.balanced() || summary.n_read != n_given {
        let what = format!("{n_given} documents came from the inputs\n{summary}");
        writer.discard();
        return Err(RunError::Unbalanced(what));
    }
    let outcome = outcome(&mut writer, false, false);
    writer.finish()?;
    Ok(outcome)
}

/// The options with what follows from others.
fn completed(options: &RunOptions) -> RunOptions {
    let mut options = options.clone();
    options.ingest.keep_between = options.ledger.is_some();
    options
}

/// Finds out where to begin: whether another run was interrupted, and whether this one goes on from there.
fn begin(
    options: &RunOptions,
    output: &Path,
    files: &[File],
    failures: &[Failure],
    notes: &mut Vec<String>,
) -> Result<(Checkpoint, bool), RunError> {
    let fingerprint = Fingerprint::of(options, files, failures);
    let left = unfinished(output)?;
    let refused = |why: String| Err(RunError::NotResumable { output: output.to_owned(), why });
    if options.resume && is_stdout(output) {
        return refused("what went to standard output is gone".to_owned());
    }
    if options.resume && options.inputs.iter().any(|input| input == Path::new("-")) {
        return refused("standard input cannot be read a second time".to_owned());
    }
    let found = match Checkpoint::read(output) {
        Ok(found) => found,
        Err(why) if options.resume => return refused(why),
        Err(_) => None,
    };
    match found {
        Some(checkpoint) if options.resume => {
            if let Some(why) = checkpoint.refusal(&fingerprint) {
                return refused(why.to_owned());
            }
            notes.push(format!("went on after {} documents that were done", checkpoint.summary.n_read));
            Ok((checkpoint, true))
        }
        Some(checkpoint) if checkpoint.summary.n_read > 0 && !options.force => {
            Err(RunError::Interrupted { output: output.to_owned(), n_documents: checkpoint.summary.n_read })
        }
        None if options.resume => {
            notes.push("there was no interrupted run to go on with; began from the start".to_owned());
            Ok((Checkpoint::new(fingerprint), false))
        }
        found => {
            if left.is_some() || found.is_some() {
                notes.push("replaced the unfinished files of an interrupted run".to_owned());
            }
            Ok((Checkpoint::new(fingerprint), false))
        }
    }
}

fn ledger_head(options: &RunOptions) -> LedgerHead {
    let ingest = &options.ingest;
    let format =
        InputFormat::NAMES.iter().find(|(_, format)| *format == ingest.format).map_or("auto", |(name, _)| name);
    LedgerHead {
        version: LEDGER_VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint: Fingerprint::of_cleaning(options),
        input_format: format.to_owned(),
        text_field: ingest.text_field.clone(),
        id_field: ingest.id_field.clone(),
        encoding: ingest.encoding.map(|encoding| encoding.name().to_owned()),
        max_doc_bytes: ingest.max_doc_bytes,
        max_ratio: ingest.max_ratio,
    }
}

fn output_format(options: &RunOptions) -> Result<(Format, Compression), cleancopy_output::Error> {
    let Some(output) = &options.output else { return Ok((Format::Jsonl, Compression::None)) };
    let (format, compression) = for_path(output)?;
    Ok(if options.excel && format == Format::Csv { (Format::CsvExcel, compression) } else { (format, compression) })
}

/// A file that is both input and output would be read while it is replaced, and two outputs of one name lost.
fn refuse_own_input(files: &[File], output: &Path, ledger: Option<&Path>) -> Result<(), RunError> {
    if let Some(ledger) = ledger {
        let beside = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if is_stdout(ledger) || for_path(ledger)?.0 != Format::Jsonl || beside(ledger) == beside(output) {
            return Err(RunError::NoLedger(ledger.to_owned()));
        }
    }
    for own in [Some(output), ledger].into_iter().flatten() {
        let Ok(own) = own.canonicalize() else { continue };
        let same = |file: &&File| own.is_file() && file.path.canonicalize().is_ok_and(|path| path == own);
        if let Some(file) = files.iter().find(same) {
            return Err(RunError::OutputIsInput(file.path.clone()));
        }
    }
    Ok(())
}

/// Cleans a batch and hands it over. A rayon task.
fn finish(workers: &Workers<'_>, batch: Batch, done: &SyncSender<Finished>) {
    let finished = workers.clean(batch);
    // The writer is gone only after an error that it reports itself, or when the run is to stop.
    let _ = done.send(finished);
}

//! The parallel driver: many files in, one output file out, in input order.
//!
//! The calling thread reads and cuts batches, a rayon pool cleans and serialises one batch a task, a
//! writer thread takes the batches in the order in which they were cut. Bytes in flight are bounded by
//! a window, so memory does not grow with the corpus.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::time::Instant;

use cleancopy_core::Settings;
use cleancopy_ingest::{Failure, File, LeftOut, Raw};
use cleancopy_output::report::Survey;
use cleancopy_output::{
    Compression, Format, Quarantine, Sink, SinkOptions, Summary, compress_frame, for_path, quarantine_path,
    write_header,
};

use crate::Rules;
use crate::ids::Ids;
use crate::window::Window;
use crate::worker::{Finished, Workers};

/// Input bytes in one batch: one task, one compressed frame.
const BATCH_BYTES: usize = 1 << 20;
/// Documents in one batch, so that a million empty files do not make one.
const BATCH_DOCUMENTS: usize = 1024;
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
    /// Settings that rules read.
    pub settings: Settings,
    /// CSV for spreadsheet programs.
    pub excel: bool,
    /// Whether an output that is there already may be replaced.
    pub force: bool,
    /// Folder of the quarantine file; beside the output if not named.
    pub quarantine: Option<PathBuf>,
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
            settings: Settings::default(),
            excel: false,
            force: false,
            quarantine: None,
            threads: 0,
        }
    }
}

/// Counters that another thread may watch while a run goes on.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of all inputs on disk, where known before the run.
    pub bytes_total: AtomicU64,
    /// Input bytes read so far.
    pub bytes_read: AtomicU64,
    /// Documents finished so far.
    pub documents: AtomicU64,
    /// Documents quarantined so far.
    pub quarantined: AtomicU64,
    /// Bytes of text cleaned so far.
    pub bytes_cleaned: AtomicU64,
    /// Bytes of it that were kept.
    pub bytes_kept: AtomicU64,
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
    /// Counts and samples for a report, if they were asked for.
    pub survey: Option<Survey>,
}

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
            Self::OutputIsInput(_) | Self::Unbalanced(_) => None,
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

/// Documents or failures of one task, in input order.
pub(crate) struct Batch {
    pub(crate) items: Vec<Result<Raw, Failure>>,
    /// Bytes taken from the window.
    n_bytes: usize,
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
    let walk = cleancopy_ingest::walk(&options.inputs, &options.ingest)?;
    let sink = match &options.output {
        Some(output) => {
            refuse_own_input(&walk.files, output)?;
            Some(Sink::create(output, SinkOptions { compression, overwrite: options.force })?)
        }
        None => None,
    };
    let quarantine_file =
        options.output.as_deref().and_then(|output| quarantine_path(output, options.quarantine.as_deref()));
    let quarantine = Quarantine::new(quarantine_file, options.force)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().map_err(RunError::Threads)?;

    progress.bytes_total.store(walk.files.iter().map(|file| file.bytes).sum(), Ordering::Relaxed);
    let ids = Ids::of(&walk.files);
    let workers = Workers::new(options, format, compression, &ids);
    let window = Window::new(WINDOW_BYTES_PER_THREAD * pool.current_num_threads());
    let stop = AtomicBool::new(false);
    let mut left_out = walk.left_out;
    let (slots, ordered) = mpsc::channel::<(Receiver<Finished>, usize)>();

    let written = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let survey = (options.n_samples > 0).then(|| Survey::new(options.n_samples));
            let mut writer = Writer { sink, quarantine, summary: Summary::default(), survey };
            let done = writer.header(format, compression).and_then(|()| writer.write_all(ordered, &window, progress));
            if done.is_err() {
                stop.store(true, Ordering::Relaxed);
                window.open_wide();
            }
            done.map(|()| writer)
        });
        pool.in_place_scope_fifo(|tasks| {
            let mut cutter = Cutter { batch: Vec::new(), n_bytes: 0 };
            let send = |batch: Batch| {
                window.take(batch.n_bytes);
                let (done, slot) = mpsc::sync_channel(1);
                let n_bytes = batch.n_bytes;
                // The writer is gone only after an error that it reports itself.
                let _ = slots.send((slot, n_bytes));
                let workers = &workers;
                tasks.spawn_fifo(move |_| finish(workers, batch, &done));
            };
            for failure in walk.failures {
                cutter.push(Err(failure)).into_iter().for_each(&send);
            }
            for file in &walk.files {
                let mut reader = cleancopy_ingest::read(file, &options.ingest);
                for item in reader.by_ref() {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    if let Ok(raw) = &item {
                        progress.bytes_read.fetch_add(raw.len() as u64, Ordering::Relaxed);
                    }
                    cutter.push(item).into_iter().for_each(&send);
                }
                left_out.append(&mut reader.left_out());
            }
            cutter.rest().into_iter().for_each(&send);
        });
        drop(slots);
        writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    let closed_pipe = matches!(&written, Err(RunError::Output(error)) if error.is_closed_pipe());
    if closed_pipe {
        let summary = Summary::default();
        return Ok(Outcome { summary, left_out, quarantine: None, closed_pipe, survey: None });
    }
    let Writer { sink, quarantine, mut summary, survey } = written?;
    let quarantine_file = quarantine.path().filter(|_| quarantine.n_rows() > 0).map(Path::to_owned);
    // An output never appears without its quarantine.
    quarantine.finish()?;
    if let Some(sink) = sink {
        sink.finish()?;
    }
    summary.seconds = started.elapsed().as_secs_f64();
    if !summary.balanced() {
        return Err(RunError::Unbalanced(summary.to_string()));
    }
    Ok(Outcome { summary, left_out, quarantine: quarantine_file, closed_pipe, survey })
}

fn output_format(options: &RunOptions) -> Result<(Format, Compression), cleancopy_output::Error> {
    let Some(output) = &options.output else { return Ok((Format::Jsonl, Compression::None)) };
    let (format, compression) = for_path(output)?;
    Ok(if options.excel && format == Format::Csv { (Format::CsvExcel, compression) } else { (format, compression) })
}

/// A file that is both input and output would be read while it is replaced.
fn refuse_own_input(files: &[File], output: &Path) -> Result<(), RunError> {
    let Ok(output) = output.canonicalize() else { return Ok(()) };
    let same = |file: &&File| output.is_file() && file.path.canonicalize().is_ok_and(|path| path == output);
    match files.iter().find(same) {
        Some(file) => Err(RunError::OutputIsInput(file.path.clone())),
        None => Ok(()),
    }
}

/// Cleans a batch and hands it over. A rayon task.
fn finish(workers: &Workers<'_>, batch: Batch, done: &SyncSender<Finished>) {
    let finished = workers.clean(batch);
    // The writer is gone only after an error that it reports itself.
    let _ = done.send(finished);
}

/// Cuts batches by size and count.
struct Cutter {
    batch: Vec<Result<Raw, Failure>>,
    n_bytes: usize,
}

impl Cutter {
    fn push(&mut self, item: Result<Raw, Failure>) -> Option<Batch> {
        self.n_bytes += item.as_ref().map_or(0, Raw::len);
        self.batch.push(item);
        (self.n_bytes >= BATCH_BYTES || self.batch.len() >= BATCH_DOCUMENTS).then(|| self.rest()).flatten()
    }

    fn rest(&mut self) -> Option<Batch> {
        let items = std::mem::take(&mut self.batch);
        let n_bytes = std::mem::take(&mut self.n_bytes);
        (!items.is_empty()).then_some(Batch { items, n_bytes })
    }
}

/// Takes finished batches in the order in which they were cut.
struct Writer {
    sink: Option<Sink>,
    quarantine: Quarantine,
    summary: Summary,
    survey: Option<Survey>,
}

impl Writer {
    fn header(&mut self, format: Format, compression: Compression) -> Result<(), RunError> {
        let mut rows = Vec::new();
        write_header(format, &mut rows);
        let mut frame = Vec::new();
        if !rows.is_empty() {
            if let Err(error) = compress_frame(compression, &rows, &mut frame) {
                return Err(RunError::Unbalanced(format!("compressing: {error}")));
            }
            self.append(&frame)?;
        }
        Ok(())
    }

    fn write_all(
        &mut self,
        ordered: Receiver<(Receiver<Finished>, usize)>,
        window: &Window,
        progress: &Progress,
    ) -> Result<(), RunError> {
        for (slot, n_bytes) in ordered {
            // A task always sends, since panics inside a document are caught there.
            let Ok(finished) = slot.recv() else { return Err(RunError::Unbalanced("a batch was lost".to_owned())) };
            self.append(&finished.frame)?;
            self.quarantine.append(&finished.quarantine, finished.n_quarantined)?;
            progress.documents.fetch_add(finished.n_documents, Ordering::Relaxed);
            progress.quarantined.fetch_add(finished.n_quarantined, Ordering::Relaxed);
            progress.bytes_cleaned.fetch_add(finished.summary.bytes_in, Ordering::Relaxed);
            progress.bytes_kept.fetch_add(finished.summary.bytes_kept, Ordering::Relaxed);
            self.summary.merge(&finished.summary);
            if let (Some(survey), Some(more)) = (&mut self.survey, finished.survey) {
                survey.merge(more);
            }
            window.give_back(n_bytes);
        }
        Ok(())
    }

    fn append(&mut self, frame: &[u8]) -> Result<(), RunError> {
        match &mut self.sink {
            Some(sink) => Ok(sink.append(frame)?),
            None => Ok(()),
        }
    }
}

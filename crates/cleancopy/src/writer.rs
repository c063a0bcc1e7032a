//! Takes finished batches in the order in which they were cut, and says now and then how far it has come.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use cleancopy_output::report::Survey;
use cleancopy_output::{
    Compression, Format, LedgerFoot, LedgerHead, LedgerLine, Quarantine, Sink, SinkOptions, compress_frame, unfinished,
    write_header,
};

use crate::batch::Position;
use crate::checkpoint::Checkpoint;
use crate::entry;
use crate::run::{Progress, RunError, RunOptions};
use crate::window::Window;
use crate::worker::Finished;

/// A batch on its way: where its result comes, the bytes that it holds of the window, and where it ends.
pub(crate) type Slot = (Receiver<Finished>, usize, Position);

/// The files of a run.
pub(crate) struct Writer {
    sink: Option<Sink>,
    ledger: Option<(Sink, Compression)>,
    quarantine: Quarantine,
    pub(crate) survey: Option<Survey>,
    /// Where the checkpoint lies, if the run can be resumed.
    kept_beside: Option<PathBuf>,
    pub(crate) checkpoint: Checkpoint,
    every: Duration,
    last: Instant,
    /// Whether the run was asked to stop before all was written.
    pub(crate) interrupted: bool,
}

impl Writer {
    /// Opens the files, anew or where `checkpoint` says that they end.
    pub(crate) fn open(
        options: &RunOptions,
        compression: Compression,
        quarantine: Option<PathBuf>,
        resuming: bool,
        checkpoint: Checkpoint,
    ) -> Result<Self, RunError> {
        let overwrite = options.force;
        let open = |path: &Path, compression, n_bytes| {
            let how = SinkOptions { compression, overwrite };
            if resuming { Sink::resume(path, how, n_bytes) } else { Sink::create(path, how) }
        };
        let mut sink =
            options.output.as_deref().map(|path| open(path, compression, checkpoint.n_output)).transpose()?;
        let mut ledger = None;
        if let Some(path) = &options.ledger {
            let compression = cleancopy_output::for_path(path)?.1;
            ledger = Some((open(path, compression, checkpoint.n_ledger)?, compression));
        }
        let n_quarantined = checkpoint.summary.n_quarantined();
        let mut quarantine = if resuming {
            Quarantine::resume(quarantine, overwrite, n_quarantined, checkpoint.n_quarantine)?
        } else {
            Quarantine::new(quarantine, overwrite)?
        };
        // Standard input cannot be read again, and a pipe not be cut.
        let again =
            options.inputs.iter().all(|input| input != Path::new("-")) && sink.as_ref().is_some_and(Sink::is_resumable);
        if again {
            sink.iter_mut().for_each(Sink::keep_unfinished);
            if let Some((ledger, _)) = &mut ledger {
                ledger.keep_unfinished();
            }
            quarantine.keep_unfinished();
        }
        Ok(Self {
            sink,
            ledger,
            quarantine,
            survey: (options.n_samples > 0).then(|| Survey::new(options.n_samples)),
            kept_beside: options.output.clone().filter(|_| again),
            checkpoint,
            every: options.checkpoint_every,
            last: Instant::now(),
            interrupted: false,
        })
    }

    /// Writes what stands before the first row, and the first checkpoint.
    pub(crate) fn head(&mut self, format: Format, compression: Compression, head: LedgerHead) -> Result<(), RunError> {
        let mut rows = Vec::new();
        write_header(format, &mut rows);
        self.append(&framed(compression, &rows)?)?;
        self.ledger_line(&LedgerLine::Head(head))?;
        self.save()
    }

    pub(crate) fn write_all(
        &mut self,
        ordered: Receiver<Slot>,
        window: &Window,
        progress: &Progress,
    ) -> Result<(), RunError> {
        for (slot, n_bytes, end) in ordered {
            let Ok(finished) = slot.recv() else {
                self.interrupted = progress.stop.load(Ordering::Relaxed);
                // Otherwise a task always sends, since panics inside a document are caught there.
                return if self.interrupted {
                    Ok(())
                } else {
                    Err(RunError::Unbalanced("a batch was lost".to_owned()))
                };
            };
            if let Some(what) = finished.unbalanced {
                return Err(RunError::Unbalanced(what));
            }
            self.append(&finished.frame)?;
            if let Some((ledger, _)) = &mut self.ledger {
                ledger.append(&finished.ledger)?;
            }
            self.quarantine.append(&finished.quarantine, finished.n_quarantined)?;
            progress.documents.fetch_add(finished.n_documents, Ordering::Relaxed);
            progress.quarantined.fetch_add(finished.n_quarantined, Ordering::Relaxed);
            progress.bytes_cleaned.fetch_add(finished.summary.bytes_in, Ordering::Relaxed);
            progress.bytes_kept.fetch_add(finished.summary.bytes_kept, Ordering::Relaxed);
            self.checkpoint.summary.merge(&finished.summary);
            self.checkpoint.position = end;
            if let (Some(survey), Some(more)) = (&mut self.survey, finished.survey) {
                survey.merge(more);
            }
            window.give_back(n_bytes);
            if self.last.elapsed() >= self.every {
                self.save()?;
            }
        }
        Ok(())
    }

    /// Puts everything on the disk and says so beside the output.
    pub(crate) fn save(&mut self) -> Result<(), RunError> {
        let Some(output) = &self.kept_beside else { return Ok(()) };
        self.checkpoint.n_output = self.sink.as_ref().map_or(0, Sink::n_bytes);
        self.checkpoint.n_ledger = self.ledger.as_ref().map_or(0, |(sink, _)| sink.n_bytes());
        self.checkpoint.n_quarantine = self.quarantine.n_bytes();
        for sink in self.sink.iter().chain(self.ledger.iter().map(|(sink, _)| sink)) {
            sink.sync()?;
        }
        self.quarantine.sync()?;
        self.checkpoint.write(output)?;
        self.last = Instant::now();
        Ok(())
    }

    /// Makes all unfinished files go when the run ends here: they hold what no resumed run could mend.
    pub(crate) fn discard(&mut self) {
        self.sink.iter_mut().for_each(Sink::discard_unfinished);
        if let Some((ledger, _)) = &mut self.ledger {
            ledger.discard_unfinished();
        }
        self.quarantine.discard_unfinished();
        self.kept_beside.iter().for_each(|output| Checkpoint::remove(output));
    }

    /// Gives all files their names, the output last: it never appears without its quarantine and its ledger.
    pub(crate) fn finish(mut self) -> Result<(), RunError> {
        if !self.checkpoint.complete {
            let foot = LedgerFoot::from(&self.checkpoint.summary);
            self.ledger_line(&LedgerLine::Foot(foot))?;
            self.checkpoint.complete = true;
            self.save()?;
        }
        self.quarantine.finish()?;
        if let Some((ledger, _)) = self.ledger {
            ledger.finish()?;
        }
        if let Some(sink) = self.sink {
            sink.finish()?;
        }
        self.kept_beside.iter().for_each(|output| Checkpoint::remove(output));
        Ok(())
    }

    /// The quarantine file, if it has a row.
    pub(crate) fn quarantine_path(&self) -> Option<PathBuf> {
        self.quarantine.path().filter(|_| self.quarantine.n_rows() > 0).map(Path::to_owned)
    }

    fn ledger_line(&mut self, line: &LedgerLine) -> Result<(), RunError> {
        let Some((sink, compression)) = &mut self.ledger else { return Ok(()) };
        let mut bytes = Vec::new();
        entry::write(line, &mut bytes).map_err(RunError::Unbalanced)?;
        Ok(sink.append(&framed(*compression, &bytes)?)?)
    }

    fn append(&mut self, frame: &[u8]) -> Result<(), RunError> {
        match &mut self.sink {
            Some(sink) if !frame.is_empty() => Ok(sink.append(frame)?),
            _ => Ok(()),
        }
    }
}

/// Gives their names to the files of a run that wrote all of them and was killed before the last was renamed.
pub(crate) fn give_names(
    options: &RunOptions,
    compression: Compression,
    quarantine: Option<&Path>,
    checkpoint: &Checkpoint,
) -> Result<(), RunError> {
    let quarantine = quarantine.filter(|_| checkpoint.n_quarantine > 0).map(|path| (path, checkpoint.n_quarantine));
    let ledger = options.ledger.as_deref().map(|path| (path, checkpoint.n_ledger));
    let output = options.output.as_deref().map(|path| (path, checkpoint.n_output));
    for (path, n_bytes) in [quarantine, ledger, output].into_iter().flatten() {
        // What has no unfinished file any more has its name already.
        if unfinished(path)?.is_some() {
            Sink::resume(path, SinkOptions { compression, overwrite: options.force }, n_bytes)?.finish()?;
        }
    }
    options.output.iter().for_each(|output| Checkpoint::remove(output));
    Ok(())
}

fn framed(compression: Compression, rows: &[u8]) -> Result<Vec<u8>, RunError> {
    let mut frame = Vec::new();
    match compress_frame(compression, rows, &mut frame) {
        Ok(()) => Ok(frame),
        Err(error) => Err(RunError::Unbalanced(format!("compressing: {error}"))),
    }
}

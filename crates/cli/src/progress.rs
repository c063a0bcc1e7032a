//! The bar on standard error.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use cleancopy::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// How often the bar is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// Runs `work` under a bar if standard error is a terminal.
pub(crate) fn watched<T>(progress: &Progress, quiet: bool, work: impl FnOnce() -> T) -> T {
    if quiet || !std::io::stderr().is_terminal() {
        return work();
    }
    let style = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} eta {eta}  {msg}";
    let bar = ProgressBar::new(0)
        .with_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                bar.set_length(progress.bytes_total.load(Ordering::Relaxed));
                bar.set_position(progress.bytes_read.load(Ordering::Relaxed));
                let (documents, bad) =
                    (progress.documents.load(Ordering::Relaxed), progress.quarantined.load(Ordering::Relaxed));
                bar.set_message(format!("{documents} documents, {bad} quarantined"));
                thread::park_timeout(TICK);
            }
            bar.finish_and_clear();
        });
        let watcher_done = Finish(&done);
        let outcome = work();
        drop(watcher_done);
        outcome
    })
}

/// Ends the watcher also when the work panics.
struct Finish<'a>(&'a AtomicBool);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

//! Where a run is, on standard error: a bar on a terminal, or a plain line now and then.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cleancopy::Progress;
use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};

use crate::args::ProgressArg;

/// How often the bar is drawn anew.
const TICK: Duration = Duration::from_millis(100);
/// How often a plain line is printed.
const PLAIN_TICK: Duration = Duration::from_secs(10);

/// Runs `work` and shows on the way how far it is.
pub(crate) fn watched<T>(progress: &Progress, how: ProgressArg, work: impl FnOnce() -> T) -> T {
    match how {
        ProgressArg::Plain => beside(|done| print_lines(progress, done), work),
        ProgressArg::Auto if std::io::stderr().is_terminal() => beside(|done| draw_bar(progress, done), work),
        ProgressArg::Auto | ProgressArg::Never => work(),
    }
}

fn draw_bar(progress: &Progress, done: &AtomicBool) {
    let style = "{bar:24} {percent} % eta {eta}  {msg}";
    let bar = ProgressBar::new(0)
        .with_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let started = Instant::now();
    while !done.load(Ordering::Relaxed) {
        // What is done is told by stored bytes: how far compressed inputs will unfold is not known before.
        bar.set_length(now(&progress.bytes_total));
        bar.set_position(now(&progress.bytes_taken));
        bar.set_message(counts(progress, started));
        thread::park_timeout(TICK);
    }
    bar.finish_and_clear();
}

fn print_lines(progress: &Progress, done: &AtomicBool) {
    let started = Instant::now();
    let mut n_printed = 0;
    while !done.load(Ordering::Relaxed) {
        thread::park_timeout(TICK);
        if started.elapsed() < PLAIN_TICK * (n_printed + 1) {
            continue;
        }
        n_printed += 1;
        let (taken, total) = (now(&progress.bytes_taken), now(&progress.bytes_total));
        let counts = counts(progress, started);
        // The size of standard input is not known.
        if total == 0 {
            anstream::eprintln!("{counts}");
            continue;
        }
        let share = (taken.min(total) * 100) / total;
        match eta(taken, total, started.elapsed()) {
            Some(eta) => anstream::eprintln!("{share} %, eta {}; {counts}", HumanDuration(eta)),
            None => anstream::eprintln!("{share} %; {counts}"),
        }
    }
}

/// The time until all is read, if it goes on as it went; `None` if nothing has been read.
fn eta(taken: u64, total: u64, elapsed: Duration) -> Option<Duration> {
    let rest = total.saturating_sub(taken) as f64;
    (taken > 0).then(|| Duration::from_secs_f64((elapsed.as_secs_f64() * rest / taken as f64).min(1e9)))
}

fn counts(progress: &Progress, started: Instant) -> String {
    let (cleaned, kept) = (now(&progress.bytes_cleaned), now(&progress.bytes_kept));
    let removed = if cleaned == 0 { 0.0 } else { 100.0 - 100.0 * kept as f64 / cleaned as f64 };
    let (documents, bad) = (now(&progress.documents), now(&progress.quarantined));
    let read = now(&progress.bytes_read);
    let rate = (read as f64 / started.elapsed().as_secs_f64().max(1e-3)) as u64;
    let (read, rate) = (HumanBytes(read), HumanBytes(rate));
    format!("{documents} documents, {read}, {rate}/s, {removed:.1} % removed, {bad} quarantined")
}

fn now(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

/// Runs `work` with `watch` on a thread beside it, which is told when the work is done.
fn beside<T>(watch: impl FnOnce(&AtomicBool) + Send, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&done));
        let _finish = Finish { done: &done, watcher: watcher.thread().clone() };
        work()
    })
}

/// Ends the watcher also when the work panics.
struct Finish<'a> {
    done: &'a AtomicBool,
    watcher: thread::Thread,
}

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        self.watcher.unpark();
    }
}

//! `cleancopy clean`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use cleancopy::custom::RuleFile;
use cleancopy::learn::LearnOptions;
use cleancopy::output::Summary;
use cleancopy::output::report::Report;
use cleancopy::{Outcome, Progress, RunError, RunOptions, resumable, run};

use super::{Done, Error};
use crate::args::{CleanArgs, ProgressArg};
use crate::progress;

/// Documents that a report shows.
pub(super) const N_SAMPLES: usize = 60;
/// How many inputs that were left out are named before the rest is only counted.
const N_NAMED: usize = 5;

pub(crate) fn clean(args: &CleanArgs) -> Result<Done, Error> {
    // What was cleaned before a run was interrupted is in its output and ledger only.
    let report_later = args.report.is_some() && args.resume && resumable(&args.output).is_some();
    if report_later && args.ledger.is_none() {
        let message = "--report shows a whole run, and what an interrupted one has done is known from its ledger only; \
            leave --report out to go on with a run that has none";
        return Err(Error::new(message));
    }
    let mut options = RunOptions {
        inputs: args.inputs.clone(),
        output: Some(args.output.clone()),
        n_samples: if args.report.is_some() && !report_later { N_SAMPLES } else { 0 },
        ingest: args.reading.options()?,
        rules: args.cleaning.rules()?,
        site_from: args.cleaning.site_from.clone(),
        settings: args.cleaning.settings(),
        excel: args.csv_excel,
        force: args.force,
        quarantine: args.quarantine.clone(),
        ledger: args.ledger.clone(),
        resume: args.resume,
        checkpoint_every: Duration::from_secs(args.checkpoint),
        threads: args.threads,
    };
    if args.learn {
        learn(args, &mut options)?;
    }
    let progress = Arc::new(Progress::default());
    stop_on_ctrl_c(args, &progress)?;
    let outcome = progress::watched(&progress, if args.quiet { ProgressArg::Never } else { args.progress }, || {
        run(&options, &progress)
    })
    .map_err(|error| explained(&error, args))?;
    if outcome.closed_pipe {
        return Ok(Done::All);
    }
    if outcome.interrupted {
        let n = outcome.summary.n_read;
        let again = "the same command with --resume goes on from there";
        anstream::eprintln!("cleancopy: stopped after {n} documents, which are kept; {again}");
        return Ok(Done::Interrupted);
    }
    if let Some(path) = &args.report {
        let recorded = match &args.ledger {
            Some(ledger) if report_later => Some(cleancopy::survey(&args.output, ledger, N_SAMPLES)?.1),
            _ => None,
        };
        if let Some(survey) = recorded.as_ref().or(outcome.survey.as_ref()) {
            let (title, summary) = (args.output.to_string_lossy(), &outcome.summary);
            let rules: Vec<_> = options.rules.iter().collect();
            super::write_report(path, &Report { title: &title, summary, survey, rules: &rules })?;
        }
    }
    if let Some(path) = &args.summary_json {
        write_summary(path, &outcome.summary)?;
    }
    if !args.quiet {
        report(&outcome, &args.output, args.ledger.as_deref());
    }
    Ok(if outcome.summary.n_quarantined() > 0 { Done::SomeFailed } else { Done::All })
}

/// Lets Ctrl-C and a request to terminate stop the run where it can go on later; a second one stops it at once.
///
/// A run that cannot be resumed is left to die of the signal.
fn stop_on_ctrl_c(args: &CleanArgs, progress: &Arc<Progress>) -> Result<(), Error> {
    let stream = Path::new("-");
    if args.output == stream || args.inputs.iter().any(|input| input == stream) {
        return Ok(());
    }
    let progress = Arc::clone(progress);
    let stop = move || {
        if progress.stop.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(crate::INTERRUPTED));
        }
    };
    ctrlc::set_handler(stop).map_err(|error| Error::new(format!("taking Ctrl-C: {error}")))
}

/// What went wrong, and how to go on if there is something to go on with.
fn explained(error: &RunError, args: &CleanArgs) -> Error {
    match (error, resumable(&args.output)) {
        (RunError::Output(_), Some(n)) if n > 0 && !args.force => Error::new(format!(
            "{error}; {n} documents are kept, and the same command with --resume goes on from there"
        )),
        _ => Error::new(error.to_string()),
    }
}

/// Adds what is learned from the inputs to the rules of the run.
fn learn(args: &CleanArgs, options: &mut RunOptions) -> Result<(), Error> {
    let learning = LearnOptions {
        inputs: options.inputs.clone(),
        ingest: options.ingest.clone(),
        threads: options.threads,
        ..super::learn::options(&args.learning, options.site_from.clone())
    };
    for input in &args.inputs {
        let once = |path: &Path| std::fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
        if input == Path::new("-") || once(input) {
            return Err(Error::new(format!(
                "{}: --learn reads its inputs twice, and this can be read only once; put it in a file",
                input.display()
            )));
        }
    }
    let progress = Progress::default();
    let shown = if args.quiet { ProgressArg::Never } else { args.progress };
    let learned = progress::watched(&progress, shown, || cleancopy::learn::learn(&learning, &progress))?;
    if !args.quiet {
        super::learn::tell(&learned);
    }
    let mut rules = options.rules.custom().map_or(Vec::new(), |set| set.rules().to_vec());
    // The rules may hold what was learned from the same inputs before.
    let found = RuleFile::parse(Path::new("what was learned"), &learned.toml)?.rules;
    let is_known = |id: &str| rules.iter().any(|known| known.rule.id == id);
    let found: Vec<_> = found.into_iter().filter(|rule| !is_known(rule.rule.id)).collect();
    rules.extend(found);
    options.rules.add_custom(rules);
    Ok(())
}

fn write_summary(path: &Path, summary: &Summary) -> Result<(), Error> {
    let write = || -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        serde_json::to_writer_pretty(&mut file, summary)?;
        file.write_all(b"\n")?;
        file.flush()
    };
    write().map_err(|error| Error::new(format!("writing {}: {error}", path.display())))
}

fn report(outcome: &Outcome, output: &Path, ledger: Option<&Path>) {
    anstream::eprintln!("{}", outcome.summary);
    for note in &outcome.notes {
        anstream::eprintln!("note: {note}");
    }
    for left_out in outcome.left_out.iter().take(N_NAMED) {
        anstream::eprintln!("left out: {left_out}");
    }
    if outcome.left_out.len() > N_NAMED {
        anstream::eprintln!("left out: and {} more", outcome.left_out.len() - N_NAMED);
    }
    if let Some(quarantine) = &outcome.quarantine {
        anstream::eprintln!("quarantine: {}", quarantine.display());
    } else if outcome.summary.n_quarantined() > 0 {
        anstream::eprintln!("quarantine: not kept; name a folder with --quarantine to keep it");
    }
    if output != Path::new("-") {
        anstream::eprintln!("written: {}", output.display());
    }
    if let Some(ledger) = ledger {
        anstream::eprintln!("ledger: {}", ledger.display());
    }
}

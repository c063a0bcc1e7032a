//! `cleancopy clean`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use cleancopy::output::Summary;
use cleancopy::output::report::Report;
use cleancopy::{Outcome, Progress, RunOptions, run};

use super::{Done, Error};
use crate::args::{CleanArgs, ProgressArg};
use crate::progress;

/// Documents that a report shows.
const N_SAMPLES: usize = 60;
/// How many inputs that were left out are named before the rest is only counted.
const N_NAMED: usize = 5;

pub(crate) fn clean(args: &CleanArgs) -> Result<Done, Error> {
    let options = RunOptions {
        inputs: args.inputs.clone(),
        output: Some(args.output.clone()),
        n_samples: if args.report.is_some() { N_SAMPLES } else { 0 },
        ingest: args.reading.options()?,
        rules: args.cleaning.rules()?,
        settings: args.cleaning.settings(),
        excel: args.csv_excel,
        force: args.force,
        quarantine: args.quarantine.clone(),
        threads: args.threads,
    };
    let progress = Progress::default();
    let outcome = progress::watched(&progress, if args.quiet { ProgressArg::Never } else { args.progress }, || {
        run(&options, &progress)
    })?;
    if outcome.closed_pipe {
        return Ok(Done::All);
    }
    if let (Some(path), Some(survey)) = (&args.report, &outcome.survey) {
        let (title, summary) = (args.output.to_string_lossy(), &outcome.summary);
        let rules: Vec<_> = options.rules.iter().collect();
        super::write_report(path, &Report { title: &title, summary, survey, rules: &rules })?;
    }
    if let Some(path) = &args.summary_json {
        write_summary(path, &outcome.summary)?;
    }
    if !args.quiet {
        report(&outcome, &args.output);
    }
    Ok(if outcome.summary.n_quarantined() > 0 { Done::SomeFailed } else { Done::All })
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

fn report(outcome: &Outcome, output: &Path) {
    anstream::eprintln!("{}", outcome.summary);
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
}

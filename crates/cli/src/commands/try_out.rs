//! `cleancopy try`: what cleaning would do to some of the documents, without writing anything.

use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use cleancopy::output::report::{Report, Sampled, Stretch};
use cleancopy::{Progress, RunOptions, run};

use super::explain::{HEAD, INSERTED, LABEL, REMOVED, visible};
use super::{Done, Error, unless_closed};
use crate::args::{ProgressArg, TryArgs};
use crate::progress;

pub(crate) fn try_out(args: &TryArgs) -> Result<Done, Error> {
    let options = RunOptions {
        inputs: args.inputs.clone(),
        output: None,
        n_samples: args.number.max(1),
        ingest: args.reading.options()?,
        rules: args.cleaning.rules()?,
        site_from: args.cleaning.site_from.clone(),
        settings: args.cleaning.settings(),
        threads: args.threads,
        ..RunOptions::default()
    };
    let progress = Progress::default();
    let outcome = progress::watched(&progress, ProgressArg::Auto, || run(&options, &progress))?;
    let Some(survey) = &outcome.survey else { return Ok(Done::All) };
    if let Some(path) = &args.report {
        let title = args.inputs.iter().map(|input| input.to_string_lossy()).collect::<Vec<_>>().join(", ");
        let rules: Vec<_> = options.rules.iter().collect();
        super::write_report(path, &Report { title: &title, summary: &outcome.summary, survey, rules: &rules })?;
        anstream::eprintln!("{}\nwritten: {}", outcome.summary, path.display());
    } else {
        show(&survey.sampled(), &outcome.summary.to_string())?;
    }
    Ok(if outcome.summary.n_quarantined() > 0 { Done::SomeFailed } else { Done::All })
}

/// Prints the documents, through a pager if a person reads.
fn show(sampled: &[&Sampled], summary: &str) -> Result<(), Error> {
    let mut written = Vec::new();
    for (index, sampled) in sampled.iter().enumerate() {
        write_document(&mut written, index + 1, sampled)?;
    }
    writeln!(written, "{HEAD}All documents{HEAD:#}\n{summary}")?;
    match pager() {
        Some(mut pager) => {
            let piped = pager.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(&written));
            pager.wait()?;
            unless_closed(piped)
        }
        None => unless_closed(anstream::stdout().write_all(&written)),
    }
}

/// The pager that `PAGER` names, or `less`, if standard output is a terminal and it can be started.
fn pager() -> Option<Child> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let named = std::env::var("PAGER").unwrap_or_default();
    let mut words = named.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("less"));
    // `less`: colours as they are, leave at once what fits one screen.
    command.args(words).env("LESS", "-RFX").stdin(Stdio::piped()).spawn().ok()
}

fn write_document(out: &mut impl Write, number: usize, sampled: &Sampled) -> io::Result<()> {
    let share = sampled.removed_per_mille();
    writeln!(
        out,
        "{HEAD}{number}. {}{HEAD:#} {LABEL}{} characters, {}.{} % removed: {}{LABEL:#}\n",
        sampled.source,
        sampled.n_chars,
        share / 10,
        share % 10,
        sampled.rules().join(", ")
    )?;
    for stretch in &sampled.stretches {
        match stretch {
            Stretch::Kept(text) => out.write_all(text.as_bytes())?,
            Stretch::Elided(n) => write!(out, "{LABEL}[... {n} characters ...]{LABEL:#}")?,
            Stretch::Removed { text, rule } => {
                write!(out, "{REMOVED}[-{}-]{REMOVED:#}{LABEL}<{rule}>{LABEL:#}", visible(text))?;
                end_line(out, text)?;
            }
            Stretch::Inserted { text, rule } => {
                write!(out, "{INSERTED}{{+{}+}}{INSERTED:#}{LABEL}<{rule}>{LABEL:#}", visible(text))?;
                end_line(out, text)?;
            }
        }
    }
    writeln!(out, "\n\n{LABEL}{}{LABEL:#}\n", "-".repeat(72))
}

/// A line ended in an edit ends on the screen too.
fn end_line(out: &mut impl Write, text: &str) -> io::Result<()> {
    if text.contains('\n') { writeln!(out) } else { Ok(()) }
}

//! The program `cleancopy`: messy news-article text in, clean JSONL or CSV out.

mod args;
mod commands;
mod progress;

use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;

/// Done, but something was quarantined.
const SOME_FAILED: u8 = 1;
/// Could not run.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // A help text that nobody reads to its end is no error.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { 0 });
        }
    };
    let done = match args.command {
        Command::Clean(args) => commands::clean::clean(&args),
        Command::Explain(args) => commands::explain::explain(&args),
        Command::Rules(args) => commands::rules::rules(&args),
    };
    match done {
        Ok(commands::Done::All) => ExitCode::SUCCESS,
        Ok(commands::Done::SomeFailed) => ExitCode::from(SOME_FAILED),
        Err(error) => {
            anstream::eprintln!("cleancopy: {error}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

//! The program `cleancopy`: messy news-article text in, clean JSONL or CSV out.

mod args;
mod commands;
mod config;
mod progress;

use std::process::ExitCode;

use args::{Args, Command, Refusal, Request};
use commands::{Done, Error};

/// Done, but something was quarantined.
const SOME_FAILED: u8 = 1;
/// Could not run.
const COULD_NOT_RUN: u8 = 2;
/// What shells give a program that Ctrl-C stopped.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(Request::Run(args)) => args,
        Ok(Request::Print(text)) => return ended(commands::print(&text)),
        Err(Refusal::Config(error)) => return ended(Err(error)),
        Err(Refusal::Usage(error)) => {
            // A help text that nobody reads to its end is no error.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { 0 });
        }
    };
    ended(match args.command {
        Command::Clean(args) => commands::clean::clean(&args),
        Command::Try(args) => commands::try_out::try_out(&args),
        Command::Explain(args) => commands::explain::explain(&args),
        Command::Learn(args) => commands::learn::learn_rules(&args),
        Command::Verify(args) => commands::verify::verify(&args),
        Command::Restore(args) => commands::restore::restore(&args),
        Command::Report(args) => commands::report::report(&args),
        Command::Rules(args) => commands::rules::rules(&args),
        Command::Completions(args) => commands::shell::completions(&args),
        Command::Man(args) => commands::shell::man(&args),
    })
}

fn ended(done: Result<Done, Error>) -> ExitCode {
    match done {
        Ok(Done::All) => ExitCode::SUCCESS,
        Ok(Done::Interrupted) => ExitCode::from(INTERRUPTED),
        Ok(Done::SomeFailed) => ExitCode::from(SOME_FAILED),
        Err(error) => {
            anstream::eprintln!("cleancopy: {error}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

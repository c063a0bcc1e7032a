//! Repository chores: `check`, `docs`, `bench`, `tidy`. Every other word goes to the program unchanged.

#![allow(clippy::print_stderr, reason = "this is a program")]

mod tidy;

use std::process::{Command, ExitCode};

const PROGRAM: [&str; 6] = ["run", "--quiet", "--release", "--package", "cleancopy-cli", "--"];
const REFERENCE: &str = "crates/RULES.md";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["check"] => check(),
        ["docs"] => docs(false),
        ["docs", "--check"] => docs(true),
        ["tidy"] => tidy::tidy(),
        ["bench", ref names @ ..] => bench(names),
        ["clean"] => return samples(),
        _ => return program(&words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The main job on the samples: what a newcomer runs first.
fn samples() -> ExitCode {
    if let Err(error) = std::fs::create_dir_all("out") {
        eprintln!("xtask: out: {error}");
        return ExitCode::from(2);
    }
    program(&["clean", "data/samples", "-o", "out/samples.jsonl", "--force"])
}

/// All that a change must pass.
fn check() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    cargo(&["test", "--workspace", "--quiet"])?;
    docs(true)?;
    tidy::tidy()
}

/// Writes the rule reference, or says that it is out of date.
fn docs(only_check: bool) -> Result<(), String> {
    let output = Command::new(env!("CARGO")).args(PROGRAM).args(["rules", "--markdown"]).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    if !only_check {
        return std::fs::write(REFERENCE, &output.stdout).map_err(|error| format!("{REFERENCE}: {error}"));
    }
    match std::fs::read(REFERENCE) {
        Ok(known) if known == output.stdout => Ok(()),
        _ => Err(format!("{REFERENCE} is out of date; run `cargo xtask docs`")),
    }
}

/// Runs the named benchmarks, or all: `crates/*/benches/NAME.rs`.
fn bench(names: &[&str]) -> Result<(), String> {
    let all = ["bench", "--workspace", "--benches"];
    if names.is_empty() {
        return cargo(&all);
    }
    names.iter().try_for_each(|name| cargo(&[&all[..2], &["--bench", name]].concat()))
}

fn cargo(words: &[&str]) -> Result<(), String> {
    eprintln!("cargo {}", words.join(" "));
    match Command::new(env!("CARGO")).args(words).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`cargo {}` failed", words.join(" "))),
        Err(error) => Err(error.to_string()),
    }
}

fn program(words: &[&str]) -> ExitCode {
    match Command::new(env!("CARGO")).args(PROGRAM).args(words).status() {
        Ok(status) => status.code().map_or(ExitCode::FAILURE, |code| ExitCode::from(code as u8)),
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        }
    }
}

//! Cost of a whole run with all rules, beside the same run without any: one thread, JSONL in, JSONL out.
//!
//! `cargo xtask bench run`. Two inputs in a temporary folder: the texts of `data/samples` again and again, and
//! invented news. `CLEANCOPY_BENCH_MB` sets their size; runs are taken in turn, and the best of each counts.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

mod news;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use cleancopy::{Progress, Rules, RunOptions, run};

/// Megabytes of one input, if the environment names none.
const MEGABYTES: usize = 50;

/// Runs of each kind.
const N_RUNS: usize = 3;

fn main() {
    let named = std::env::var("CLEANCOPY_BENCH_MB").ok().and_then(|value| value.parse().ok());
    let n_bytes = named.unwrap_or(MEGABYTES) * 1_000_000;
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    println!("{:<10}{:>10}{:>16}{:>14}{:>12}{:>8}", "text", "MB", "no rules, s", "all rules, s", "MB/s", "ratio");
    for (name, texts) in [("samples", news::samples()), ("news", news::articles(8 << 20))] {
        let input = folder.path().join(format!("{name}.jsonl"));
        let written = write(&input, &texts, n_bytes).expect("the temporary folder takes the input");
        let output = folder.path().join("out.jsonl");
        let (mut plain, mut full) = (f64::MAX, f64::MAX);
        for _ in 0..N_RUNS {
            plain = plain.min(seconds(&input, &output, &Rules::none()));
            full = full.min(seconds(&input, &output, &Rules::default()));
        }
        let mb = written as f64 / 1e6;
        println!("{name:<10}{mb:>10.0}{plain:>16.2}{full:>14.2}{:>12.1}{:>8.2}", mb / full, full / plain);
    }
}

/// Writes `texts` again and again until `n_bytes` are reached.
fn write(path: &Path, texts: &[String], n_bytes: usize) -> std::io::Result<usize> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0;
    for (number, text) in texts.iter().cycle().enumerate() {
        let line = serde_json::json!({ "id": format!("n{number}"), "text": text }).to_string();
        file.write_all(line.as_bytes())?;
        file.write_all(b"\n")?;
        written += line.len() + 1;
        if written >= n_bytes {
            break;
        }
    }
    file.flush()?;
    Ok(written)
}

/// CPU seconds of one run.
fn seconds(input: &Path, output: &Path, rules: &Rules) -> f64 {
    let options = RunOptions {
        inputs: vec![input.to_owned()],
        output: Some(PathBuf::from(output)),
        rules: rules.clone(),
        force: true,
        threads: 1,
        ..RunOptions::default()
    };
    let start = news::program_seconds();
    let outcome = run(&options, &Progress::default()).expect("the run ends well");
    assert_eq!(outcome.summary.n_quarantined(), 0, "no document is refused");
    news::program_seconds() - start
}

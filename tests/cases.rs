//! Whole documents: each folder of `tests/cases`, and each sample with gold text, comes out as expected.
//!
//! `UPDATE_CASES=1 cargo test --test cases` writes what the program makes of them as the new
//! expectation; read the diff before keeping it. Gold text in `data/gold` is never written.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use cleancopy::Cleaner;
use cleancopy::core::Field;
use cleancopy::ingest::{Options, load, read, walk};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Expected {
    title: Option<String>,
    subtitle: Option<String>,
    date: Option<String>,
    url: Option<String>,
    #[serde(default)]
    captions: Vec<String>,
    paragraphs: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the program makes of a file.
fn cleaned(file: &Path) -> Expected {
    let options = Options::default();
    let files = walk(&[file.to_owned()], &options).unwrap().files;
    let raw = read(&files[0], &options).next().unwrap().unwrap();
    let loaded = load(raw, &options).unwrap();
    let mut cleaner = Cleaner::new();
    let cleaned = cleaner.clean_document(&loaded.document);
    let first = |field| cleaned.meta.first(field).map(str::to_owned);
    Expected {
        title: first(Field::Title),
        subtitle: first(Field::Subtitle),
        date: first(Field::Date),
        url: first(Field::Url),
        captions: cleaned.meta.all(Field::Caption).map(str::to_owned).collect(),
        paragraphs: cleaned.text.split("\n\n").map(str::to_owned).collect(),
    }
}

fn read_json(file: &Path) -> Expected {
    let text = fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Compares, printing every difference before failing.
fn compare(pairs: Vec<(PathBuf, PathBuf)>, may_update: bool) {
    assert!(!pairs.is_empty());
    let mut wrong = Vec::new();
    for (input, expected_file) in pairs {
        let got = cleaned(&input);
        if may_update && std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&expected_file, serde_json::to_string_pretty(&got).unwrap() + "\n").unwrap();
            continue;
        }
        let expected = read_json(&expected_file);
        if got != expected {
            println!("{}\n     got {got:#?}\nexpected {expected:#?}", input.display());
            wrong.push(input);
        }
    }
    assert!(wrong.is_empty(), "not as expected: {wrong:#?}");
}

#[test]
fn cases_come_out_as_expected() {
    let folders = entries(&root().join("tests/cases")).into_iter().filter(|path| path.is_dir());
    let pairs = folders.map(|folder| {
        let is_input = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == "input");
        let input = entries(&folder).into_iter().find(is_input);
        (input.unwrap_or_else(|| panic!("{}: no input", folder.display())), folder.join("expected.json"))
    });
    compare(pairs.collect(), true);
}

#[test]
fn samples_come_out_as_their_gold_text() {
    let samples = entries(&root().join("data/samples"));
    let gold = entries(&root().join("data/gold")).into_iter().filter(|path| path.is_file());
    let pairs = gold.map(|gold| {
        let stem = gold.file_stem().unwrap().to_owned();
        let named = |sample: &&PathBuf| sample.file_stem().is_some_and(|other| other == stem);
        let sample = samples.iter().find(named).unwrap_or_else(|| panic!("{}: no sample", gold.display()));
        (sample.clone(), gold)
    });
    compare(pairs.collect(), false);
}

//! `explain`: real process, real files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples").join(name)
}

/// Exit code, standard output and standard error of `explain FILE ARGUMENTS`.
fn explain(file: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    let done = program.arg("explain").arg(file).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn each_edit_is_marked_and_each_rule_explained() {
    let (code, out, _) = explain(&sample("glacier-lake.txt"), &[]);
    assert_eq!(code, 0);
    assert!(out.contains("drinking a [-☒-]<stray-symbol>bath"), "{out}");
    assert!(out.contains("siphon of[-⏎⏎-]{+ +}<blank-in-sentence>three"), "{out}");
    let legend = out.lines().find(|line| line.starts_with("source-url ")).unwrap();
    assert!(legend.contains("removal") && legend.contains("Original url"), "{legend}");
    assert!(out.contains(" bytes in = "), "{out}");
}

#[test]
fn one_rule_can_be_looked_at_alone() {
    let (_, out, _) = explain(&sample("glacier-lake.txt"), &["--rule", "stray-symbol", "--context", "0"]);
    let body = out.split_once("[...").unwrap().1;
    assert!(body.contains("<stray-symbol>") && !body.contains("<markdown-mark>"), "{out}");
    assert!(!out.contains("About 340 people"), "lines far from an edit are left out: {out}");
    let (code, _, err) = explain(&sample("glacier-lake.txt"), &["--rule", "stray"]);
    assert!(code == 2 && err.contains("no rule is called `stray`"), "{err}");
}

#[test]
fn one_record_can_be_looked_at_by_number_or_id() {
    let file = sample("wire-week.jsonl");
    let (_, by_number, _) = explain(&file, &["--record", "2"]);
    let (_, by_id, _) = explain(&file, &["--id", "kw-0002"]);
    assert!(by_number.contains("wire-week.jsonl#2 ") && by_number == by_id, "{by_number}{by_id}");
    for arguments in [["--record", "99"], ["--id", "kw-none"]] {
        let (code, out, err) = explain(&file, &arguments);
        assert!(code == 2 && out.is_empty() && err.contains(arguments[1]), "{err}");
    }
}

#[test]
fn each_line_break_has_its_reasons() {
    let (code, out, _) = explain(&sample("glacier-lake.txt"), &["--breaks"]);
    assert_eq!(code, 0);
    // The text changes in the first round, and the second finds nothing more to do.
    for round in ["Line breaks, round 1", "Line breaks, round 2"] {
        let breaks = out.split(round).nth(1).unwrap();
        assert!(breaks.contains("kept") && breaks.contains(" | "), "{breaks}");
    }
    let (_, out, _) = explain(&sample("glacier-lake.txt"), &[]);
    assert!(!out.contains("Line breaks"));
}

#[test]
fn what_speaks_for_a_headline_is_among_the_reasons_of_its_break() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("headline.txt");
    std::fs::write(&file, "Ferry to Penlow sails again after a long winter\n\nThe ferry between Orrin and Penlow sails again after a winter in dock,\nand takes cars as well as bicycles.\n").unwrap();
    let (_, out, _) = explain(&file, &["--breaks"]);
    assert!(out.contains("lone-first-line +1.5"), "{out}");
}

#[test]
fn each_block_that_the_model_removes_has_its_reasons() {
    let text = "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
        It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
        The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.\n\n\
        Share this article\n\nSign up for our newsletter\n\nThank you!\n\nYou will soon hear from us.\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reasons.txt");
    std::fs::write(&file, text).unwrap();
    let (code, out, _) = explain(&file, &[]);
    assert_eq!(code, 0);
    let reasons = out.split("Judged by the block model").nth(1).unwrap();
    let line = reasons.lines().find(|line| line.trim_start().starts_with("tail-residue: ")).unwrap();
    assert!(line.contains(", ") && line.ends_with(" % sure"), "{reasons}");
    let (_, out, _) = explain(&sample("glacier-lake.txt"), &["--rule", "source-url"]);
    assert!(!out.contains("Judged by the block model"), "{out}");
}

//! What another thread sees of a run.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use cleancopy::{Progress, RunOptions, run};

#[test]
fn compressed_inputs_are_all_taken_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..50 {
        let text = format!("Ferry {n} was late again on Tuesday, the harbour office said.\n\nNobody was surprised.\n");
        fs::write(folder.path().join(format!("{n:02}.txt")), text).unwrap();
    }
    let (packed, out) = (folder.path().join("packed.jsonl.zst"), folder.path().join("out.jsonl"));
    let now = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    for (input, output) in [(folder.path().to_owned(), &packed), (packed.clone(), &out)] {
        let progress = Progress::default();
        let options = RunOptions { inputs: vec![input], output: Some(output.clone()), ..RunOptions::default() };
        run(&options, &progress).unwrap();
        assert!(now(&progress.bytes_total) > 0);
        assert_eq!(now(&progress.bytes_taken), now(&progress.bytes_total));
    }
}

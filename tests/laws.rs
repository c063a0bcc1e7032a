//! The laws: replay, undo, balance, a second cleaning changes nothing.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use cleancopy::core::{Document, Fate, Paragraphs, Settings};
use cleancopy::ingest::{Options, load, read, walk};
use cleancopy::{Cleaned, Cleaner, Rules};
use proptest::prelude::*;

fn samples() -> Vec<Document> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples");
    let options = Options::default();
    let files = walk(&[folder], &options).unwrap().files;
    let documents: Vec<_> = files
        .iter()
        .flat_map(|file| read(file, &options))
        .filter_map(|item| item.and_then(|raw| load(raw, &options)).ok())
        .map(|loaded| loaded.document)
        .collect();
    assert!(documents.len() > 40);
    documents
}

/// Replay, undo, and that every byte of source and output is accounted for once.
fn check_ledger(source: &str, cleaned: &Cleaned<'_>) {
    assert_eq!(cleaned.ledger.replay(source).as_deref(), Some(cleaned.text));
    assert_eq!(cleaned.ledger.undo(cleaned.text).as_deref(), Some(source));
    let (mut from_source, mut from_output) = (String::new(), String::new());
    for fate in cleaned.ledger.fates(source.len()) {
        match fate {
            Fate::Kept(span) => {
                from_source.push_str(span.in_text(source));
                from_output.push_str(span.in_text(source));
            }
            Fate::Removed(span, _) => from_source.push_str(span.in_text(source)),
            Fate::Inserted(text, _) => from_output.push_str(text),
        }
    }
    assert_eq!(from_source, source);
    assert_eq!(from_output, cleaned.text);
}

fn cleaners() -> [Cleaner; 2] {
    let newline = Settings { paragraphs: Paragraphs::Newline, ..Settings::default() };
    [Cleaner::new(), Cleaner::with_rules(Rules::default(), newline)]
}

fn check_text(text: &str) {
    for mut cleaner in cleaners() {
        let cleaned = cleaner.clean(text);
        check_ledger(text, &cleaned);
        let first = cleaned.text.to_owned();
        let again = cleaner.clean(&first);
        assert_eq!(again.text, first, "a second cleaning changes nothing");
        assert!(again.ledger.is_empty());
    }
}

#[test]
fn samples_obey_the_laws() {
    for document in samples() {
        for mut cleaner in cleaners() {
            let cleaned = cleaner.clean_document(&document);
            check_ledger(&document.text, &cleaned);
            let first = cleaned.text.to_owned();
            assert_eq!(cleaner.clean(&first).text, first, "a second cleaning changes nothing");
        }
        check_text(&document.text);
    }
}

/// Lines such as damaged news text has, and worse.
fn damaged_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,80}",
        "\\PC{0,30}",
        "[A-Z][a-z]{1,8}( [a-z]{1,9}){3,14}[.,\\-]?",
        Just(String::new()),
        Just("  ".to_owned()),
        Just("© Copyright 2024 Northern Echo Post. All rights reserved.".to_owned()),
        Just("August 15, 2016".to_owned()),
        Just("# A heading".to_owned()),
        Just("- an item".to_owned()),
        Just("| a | b |".to_owned()),
        Just("> quoted".to_owned()),
        Just("```".to_owned()),
        Just("**bold** and [words](#)".to_owned()),
        Just("Please support us. Dear readers,".to_owned()),
        Just("Read more: The Harbour Vote".to_owned()),
        Just("â€œIt wasnâ€™tâ€\u{9d} co\u{AD}oper-".to_owned()),
        Just("one ☒two ☒three ☒four".to_owned()),
        Just("\u{FEFF}\u{200B}\u{C}\u{2028}\r".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn arbitrary_text_obeys_the_laws(text in "\\PC{0,200}") {
        check_text(&text);
    }

    #[test]
    fn damaged_text_obeys_the_laws(lines in prop::collection::vec(damaged_line(), 0..14), end in "[\n\r]{1,2}") {
        check_text(&lines.join(&end));
    }

    #[test]
    fn any_bytes_can_be_cleaned(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check_text(&String::from_utf8_lossy(&bytes));
    }
}

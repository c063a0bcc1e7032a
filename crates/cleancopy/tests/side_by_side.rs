//! Documents that are cleaned side by side are cleaned as each alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::fs;
use std::path::Path;

use cleancopy::core::{Edits, Example, Page, Rule, Scope, Stage};
use cleancopy::{Cleaner, Outcome, Progress, Rules, RunOptions, run};

/// Fails on a text that asks for it.
static FAILS: Rule = Rule {
    id: "fails",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Fails.",
    why: "To see what becomes of the documents beside it.",
    limits: "Does nothing else.",
    source: "This test.",
    examples: &[Example::keeps("It rang."), Example::keeps("It rang twice.")],
    run: fail,
};

fn fail(page: &Page<'_>, _: &mut Edits<'_>) {
    assert!(!page.text.contains("the rule fails here"), "as it was asked to");
}

/// Short and long texts, some too long to be cleaned beside others, of the kinds that change in several rounds.
fn texts() -> Vec<String> {
    let paragraph =
        "The bell of Orvane rang\nagain on Tuesday, for the first time since the\nwinter, said its warden.\n";
    let kinds = [
        "\n",
        "\nRead more: Bells of the valley\n\n",
        "\n\n\n",
        "\nCopyright 2022 Orvane Post. All rights reserved.\n",
    ];
    let text = |n: usize| {
        let times = if n % 13 == 7 { 400 } else { 1 + n % 5 };
        let mut text = format!("Bell {n} rings again\n\n");
        (0..times).for_each(|_| text.extend([paragraph, kinds[n % kinds.len()]]));
        text
    };
    (0..60).map(text).collect()
}

/// Cleans `texts` from one file and gives the texts of its rows.
fn cleaned(folder: &Path, texts: &[String], rules: Rules) -> (Vec<String>, Outcome) {
    let (input, output) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
    let lines: Vec<String> = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
    fs::write(&input, lines.join("\n")).unwrap();
    let options =
        RunOptions { inputs: vec![input], output: Some(output.clone()), force: true, rules, ..RunOptions::default() };
    let outcome = run(&options, &Progress::default()).unwrap();
    let rows = fs::read_to_string(output).unwrap();
    let text = |row: &str| serde_json::from_str::<serde_json::Value>(row).unwrap()["text"].as_str().unwrap().to_owned();
    (rows.lines().map(text).collect(), outcome)
}

#[test]
fn documents_are_cleaned_as_each_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut cleaner = Cleaner::new();
    let alone: Vec<String> = texts().iter().map(|text| cleaner.clean(text).text.to_owned()).collect();
    assert_eq!(cleaned(folder.path(), &texts(), Rules::default()).0, alone);
}

#[test]
fn a_document_on_which_a_rule_fails_goes_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut rules = Rules::default();
    rules.add(&FAILS);
    let (whole, _) = cleaned(folder.path(), &texts(), rules.clone());
    let mut texts = texts();
    texts.insert(5, "Here it goes on until the rule fails here, and no further.".to_owned());
    let (rest, outcome) = cleaned(folder.path(), &texts, rules);
    assert_eq!(rest, whole);
    assert_eq!(outcome.summary.n_quarantined(), 1);
    let quarantine = fs::read_to_string(outcome.quarantine.unwrap()).unwrap();
    assert!(quarantine.contains("rule at work: fails"), "{quarantine}");
}

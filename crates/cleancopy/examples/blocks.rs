//! What the block model sees and does, for the program that fits its weights.
//!
//! `blocks describe FOLDER`: one JSON line for each `.txt` file and round: the text of each block, whether the
//! model decides on it (0), a named rule claims it (1) or it is spared (2), the numbers of its signals and the places of
//! its words. The first line names the signals.
//!
//! `blocks asks`: for each JSON line on standard input with `id` and `text`, one with what the chain over asks for money sees of
//! each block: its text, whether phrases alone make it part of an appeal, the numbers of its signals, the places of its
//! words. The first line names the signals.
//!
//! `blocks score WEIGHTS FOLDER`: one JSON line for each file: whether a named rule claims each block, and the
//! probabilities of residue at the head, inside and at the tail, from which the bars are chosen.
//!
//! `blocks clean WEIGHTS FOLDER`: cleans the files with those weights, as `cleancopy clean` would, and writes
//! their ids and texts. So a fit is scored on texts that it did not see.

use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};

use cleancopy::core::{Draft, Profile, Settings, Stage};
use cleancopy::{Cleaner, Rules};
use cleancopy_boilerplate::{
    ask_signal_names, describe_asks, describe_blocks, explain_blocks, signal_names, try_weights,
};

/// Rounds that are described: what a document is, and what named rules left of it.
const ROUNDS: usize = 2;

/// The rules that read the model.
const READERS: &[&str] = &["head-residue", "inline-residue", "tail-residue"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["describe", folder] => describe(Path::new(folder), &mut out)?,
        ["asks"] => asks(&mut out)?,
        ["score", weights, folder] => score(weights, Path::new(folder), &mut out)?,
        ["clean", weights, folder] | ["clean", weights, folder, "balanced"] => clean(weights, Profile::Balanced, Path::new(folder), &mut out)?,
        ["clean", weights, folder, "precision"] => clean(weights, Profile::Precision, Path::new(folder), &mut out)?,
        ["clean", weights, folder, "recall"] => clean(weights, Profile::Recall, Path::new(folder), &mut out)?,
        _ => return Err("usage: blocks describe FOLDER | blocks asks | blocks score WEIGHTS FOLDER | blocks clean WEIGHTS FOLDER [precision|balanced|recall]".into()),
    }
    out.flush()?;
    Ok(())
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Mends the glyphs and lines of a text.
fn mend(draft: &mut Draft, rules: &Rules) {
    for &rule in rules.of(Stage::Glyphs) {
        draft.pass(&[rule]);
    }
    draft.lay_out(cleancopy_repair::lay_out);
    draft.pass(rules.of(Stage::Lines));
}

fn describe(folder: &Path, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rules::select(None, &READERS.iter().map(|&id| id.to_owned()).collect::<Vec<_>>(), &[])?;
    writeln!(out, "{}", serde_json::to_string(&signal_names())?)?;
    let mut draft = Draft::default();
    for file in files(folder)? {
        let bytes = std::fs::read(&file)?;
        draft.load_text(&String::from_utf8_lossy(&bytes), Settings::default());
        for round in 0..ROUNDS {
            mend(&mut draft, &rules);
            let page = draft.page();
            let mut blocks = Vec::new();
            describe_blocks(&page, &mut |span, standing, signals, words| {
                blocks.push(serde_json::json!([span.in_text(page.text), standing as u8, signals, words]));
            });
            writeln!(out, "{}", serde_json::json!({"id": stem(&file), "round": round, "blocks": blocks}))?;
            if !draft.pass(rules.of(Stage::Blocks)) {
                break;
            }
            draft.forget_structure();
        }
    }
    Ok(())
}

fn asks(out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rules::default();
    writeln!(out, "{}", serde_json::to_string(&ask_signal_names())?)?;
    let mut draft = Draft::default();
    for line in std::io::stdin().lock().lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        draft.load_text(record["text"].as_str().unwrap_or_default(), Settings::default());
        mend(&mut draft, &rules);
        let page = draft.page();
        let mut blocks = Vec::new();
        describe_asks(&page, |span, known, signals, words| {
            blocks.push(serde_json::json!([span.in_text(page.text), known, signals, words]));
        });
        writeln!(out, "{}", serde_json::json!({"id": record["id"], "blocks": blocks}))?;
    }
    Ok(())
}

fn score(weights: &str, folder: &Path, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    try_weights(std::fs::read_to_string(weights)?);
    let rules = Rules::default();
    let mut draft = Draft::default();
    for file in files(folder)? {
        let bytes = std::fs::read(&file)?;
        draft.load_text(&String::from_utf8_lossy(&bytes), Settings::default());
        mend(&mut draft, &rules);
        let reports = explain_blocks(&draft.page());
        let blocks: Vec<_> = reports.iter().map(|report| (report.claimed, report.residue)).collect();
        writeln!(out, "{}", serde_json::json!({"id": stem(&file), "blocks": blocks}))?;
    }
    Ok(())
}

fn clean(
    weights: &str,
    profile: Profile,
    folder: &Path,
    out: &mut impl Write,
) -> Result<(), Box<dyn std::error::Error>> {
    try_weights(std::fs::read_to_string(weights)?);
    let mut cleaner = Cleaner::with_rules(Rules::default(), Settings { profile, ..Settings::default() });
    for file in files(folder)? {
        let bytes = std::fs::read(&file)?;
        let text = cleaner.clean(&String::from_utf8_lossy(&bytes)).text;
        writeln!(out, "{}", serde_json::json!({"id": stem(&file), "text": text}))?;
    }
    Ok(())
}

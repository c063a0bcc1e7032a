//! Speed of the blocks stage on one core, in CPU time, beside a loop that only validates and copies.
//!
//! `cargo xtask bench blocks`. The stage runs over a warm draft, on clean articles whose blocks are known; once on
//! invented news, once on the texts of `data/samples`, which are short and full of residue.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

mod news;

use std::hint::black_box;

use cleancopy_core::{Block, Draft, Mark, Rule, Settings, Stage};

/// Bytes of one text; more than fits a second-level cache.
const TEXT_BYTES: usize = 4 << 20;

/// Shortest round of measuring.
const ROUND_SECONDS: f64 = 0.15;

/// Rounds, of which the fastest counts: a busy machine counts less.
const N_ROUNDS: usize = 5;

fn main() {
    let rules: Vec<&'static Rule> = cleancopy::Rules::default().of(Stage::Blocks).to_vec();
    println!("{:<16}{:>12}{:>12}{:>18}{:>10}", "text", "bytes each", "blocks MB/s", "copy+check MB/s", "ratio");
    for (name, texts) in [("news", news::articles(TEXT_BYTES)), ("samples", news::samples())] {
        let n_bytes: usize = texts.iter().map(String::len).sum();
        let stage = stage(&texts, &rules);
        let copy = copy(&texts);
        let each = n_bytes / texts.len();
        println!("{name:<16}{each:>12}{stage:>12.0}{copy:>18.0}{:>10.1}", copy / stage);
        if std::env::args().any(|arg| arg == "--each") {
            for &rule in &rules {
                println!("  {:<22}{:>8.2} ns a byte alone", rule.id, 1000.0 / self::stage(&texts, &[rule]));
            }
        }
    }
}

/// A text whose lines are mended, with its blocks.
struct Mended {
    text: String,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
}

/// MB a second of the stage, the copy of text and blocks into the draft included.
fn stage(texts: &[String], rules: &[&'static Rule]) -> f64 {
    let mut draft = Draft::default();
    let mended: Vec<Mended> = texts.iter().map(|text| mend(&mut draft, text)).collect();
    let n_bytes: usize = mended.iter().map(|mended| mended.text.len()).sum();
    rate(n_bytes, || {
        for Mended { text, blocks, marks } in &mended {
            draft.load_text(text, Settings::default());
            draft.lay_out(|_, into_blocks, into_marks| {
                into_blocks.extend_from_slice(blocks);
                into_marks.extend_from_slice(marks);
            });
            black_box(draft.pass(rules));
        }
    })
}

fn mend(draft: &mut Draft, text: &str) -> Mended {
    let all = cleancopy::Rules::default();
    draft.load_text(text, Settings::default());
    for rule in all.of(Stage::Glyphs) {
        draft.pass(&[rule]);
    }
    draft.lay_out(cleancopy_repair::lay_out);
    draft.pass(all.of(Stage::Lines));
    Mended { text: draft.text().to_owned(), blocks: draft.blocks().to_vec(), marks: draft.page().marks.to_vec() }
}

/// MB a second of a loop that validates and copies.
fn copy(texts: &[String]) -> f64 {
    let mut copy = Vec::new();
    rate(texts.iter().map(String::len).sum(), || {
        for text in texts {
            assert!(std::str::from_utf8(black_box(text.as_bytes())).is_ok(), "texts are UTF-8");
            copy.clear();
            copy.extend_from_slice(text.as_bytes());
            black_box(copy.len());
        }
    })
}

/// MB of CPU time a second of the best of some rounds. The system brings the CPU time up to date some hundred
/// times a second, so a round is long.
fn rate(n_bytes: usize, mut work: impl FnMut()) -> f64 {
    let mut round = |n: usize| {
        let start = news::thread_seconds();
        (0..n).for_each(|_| work());
        news::thread_seconds() - start
    };
    let mut n = 1;
    while round(n) < ROUND_SECONDS {
        n *= 2;
    }
    let best = (0..N_ROUNDS).map(|_| round(n)).fold(f64::MAX, f64::min);
    (n * n_bytes) as f64 / best / 1e6
}

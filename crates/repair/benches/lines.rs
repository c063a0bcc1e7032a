//! Speed of the lines stage on one core, in CPU time, beside a loop that only validates and copies.
//!
//! `cargo bench -p cleancopy-repair --bench lines`. The stage is `lay_out` and all rules of the stage over
//! a draft with warm buffers. The texts are made here: English articles of about 4 KiB, one paragraph a line
//! or wrapped at 72 columns. Words after `--` choose the texts whose names hold one of them.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cleancopy_core::{Draft, Rule, Settings, Stage};
use cleancopy_repair::{RULES, lay_out};

/// Bytes of one article.
const ARTICLE_BYTES: usize = 4096;
/// Articles of one text; together more than fits a first-level cache.
const N_ARTICLES: usize = 256;
/// Columns of a wrapped text.
const WIDTH: usize = 72;
/// Shortest round of measuring.
const ROUND: Duration = Duration::from_millis(150);
/// Rounds, of which the fastest counts.
const N_ROUNDS: usize = 5;

fn main() {
    let rules: Vec<&'static Rule> = RULES.iter().copied().filter(|rule| rule.stage == Stage::Lines).collect();
    println!("{:<24}{:>12}{:>16}{:>10}{:>12}", "text", "lines MB/s", "copy+check MB/s", "ratio", "goal MB/s");
    let one_line = articles(|paragraph| format!("{paragraph}\n\n"));
    let tight = articles(|paragraph| format!("{paragraph}\n"));
    let wrapped = articles(|paragraph| format!("{}\n", wrap(paragraph)));
    let flush = articles(wrap);
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    for (name, articles, goal) in [
        ("one line, blank lines", &one_line, 600),
        ("one line, none", &tight, 600),
        ("wrapped, blank lines", &wrapped, 150),
        ("wrapped, none", &flush, 150),
    ] {
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let lines = rate(articles, &rules);
        let copy = copy_rate(articles);
        println!("{name:<24}{lines:>12.0}{copy:>16.0}{:>10.3}{goal:>12}", lines / copy);
    }
}

/// MB of CPU time a second that the stage takes, with warm buffers.
fn rate(articles: &[String], rules: &[&'static Rule]) -> f64 {
    let mut draft = Draft::default();
    measure(articles, |article| {
        draft.load_text(article, Settings::default());
        draft.lay_out(lay_out);
        draft.pass(rules);
        black_box(draft.text().len());
    })
}

/// MB a second of a loop that validates and copies.
fn copy_rate(articles: &[String]) -> f64 {
    let mut copy = Vec::new();
    measure(articles, |article| {
        assert!(std::str::from_utf8(black_box(article.as_bytes())).is_ok());
        copy.clear();
        copy.extend_from_slice(article.as_bytes());
        black_box(copy.len());
    })
}

/// Best of several rounds, so that a busy machine counts less. The system brings the CPU time up to date
/// some hundred times a second, so a round is long.
fn measure(articles: &[String], mut work: impl FnMut(&str)) -> f64 {
    let n_bytes: usize = articles.iter().map(String::len).sum();
    let mut round = |n: usize| {
        let start = cpu_seconds();
        (0..n).for_each(|_| articles.iter().for_each(|article| work(article)));
        cpu_seconds() - start
    };
    let mut n = 1;
    while round(n) < ROUND.as_secs_f64() {
        n *= 2;
    }
    let best = (0..N_ROUNDS).map(|_| round(n)).fold(f64::MAX, f64::min);
    (n * n_bytes) as f64 / best / 1e6
}

/// CPU time of this thread where the system tells, else the clock.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match stat.split(' ').next().and_then(|first| first.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => Instant::now().elapsed().as_secs_f64(),
    }
}

/// Sentences of invented news.
const SENTENCES: [&str; 12] = [
    "The council of Lower Wick voted on Tuesday to keep the ferry, after a debate of four hours in which nobody gave way.",
    "“We have no bridge, and we will have none before the year is out,” said Ada Fenn, who has run the landing for twenty years.",
    "Fares rise from 2.40 to 2.60 in March; children under six and dogs still travel free, as they have since 1931.",
    "The owner of the old mill, Tom Brandreth, told the Wick Courier that he would sell if the price was right.",
    "Two of the seven members stayed away.",
    "It was not clear why, and the clerk would not say.",
    "A second vote is due on 14 September.",
    "Until then the boat leaves at the hour, every hour, as long as there is water.",
    "Nobody at the meeting could remember when the harbour wall was last painted, but somebody offered that it was before the flood.",
    "Rain is expected.",
    "The fair goes on regardless, with the brass band under the roof of the fish market and the well-known choir of Halm.",
    "Dr. Ferris of the county hospital asked for a boat that runs at night, since the road round the lake takes an hour.",
];

/// Articles of paragraphs of two to five sentences, laid out by `layout`.
fn articles(layout: impl Fn(&str) -> String) -> Vec<String> {
    let mut at = 0usize;
    let mut article = || {
        let mut text = String::new();
        while text.len() < ARTICLE_BYTES {
            at += 1;
            // A step that is prime to the number of sentences mixes them.
            let sentences: Vec<&str> = (0..2 + at % 4).map(|n| SENTENCES[(at * 5 + n * 7) % SENTENCES.len()]).collect();
            text.push_str(&layout(&sentences.join(" ")));
        }
        text
    };
    (0..N_ARTICLES).map(|_| article()).collect()
}

/// The paragraph in lines of at most [`WIDTH`] characters, each ended.
fn wrap(paragraph: &str) -> String {
    let (mut text, mut width) = (String::new(), 0);
    for word in paragraph.split(' ') {
        let n_chars = word.chars().count();
        if width > 0 && width + 1 + n_chars > WIDTH {
            text.push('\n');
            width = 0;
        }
        if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += n_chars;
    }
    text + "\n"
}

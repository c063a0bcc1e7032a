//! Time against size, stage by stage: documents double up to 16 MiB, and the time must no more than double.
//!
//! `cargo xtask bench linear`. Prints nanoseconds of CPU time a byte at each size. The slope is that of the
//! logarithms of time and size over the last two doublings, 1 where time grows with size; a row over the limit is
//! marked. `CLEANCOPY_BENCH_KIB` sets the largest size, words on the command line choose the texts.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

mod news;

use std::hint::black_box;

use cleancopy::core::{Document, Kind};
use cleancopy::ingest::parse;
use cleancopy::{Cleaner, Rules};

/// Smallest and largest size, KiB.
const SIZES_KIB: (usize, usize) = (256, 16 << 10);

/// Slope over which a row is marked: a table that no longer fits a cache costs about 0.1.
const MAX_SLOPE: f64 = 1.25;

/// Seconds after which a row is not taken further.
const GIVE_UP: f64 = 10.0;

/// Seconds that a measurement takes at least.
const MIN_SECONDS: f64 = 0.1;

/// Makes a text of a number of bytes.
type Make = fn(usize) -> String;

const TEXTS: &[(&str, Kind, Make)] = &[
    ("news", Kind::Text, news::long),
    ("news-wrapped", Kind::Text, wrapped),
    ("news-markdown", Kind::Markdown, markdown),
    ("news-html", Kind::Html, html),
    ("one-line", Kind::Text, |n| news::long(n).replace('\n', " ")),
    ("blank-lines", Kind::Text, |n| "\n".repeat(n)),
    ("brackets", Kind::Text, |n| "[".repeat(n)),
    ("ampersands", Kind::Text, |n| "&".repeat(n)),
    ("stars", Kind::Text, |n| "*".repeat(n)),
    ("quotes", Kind::Text, |n| "“".repeat(n / 3)),
    ("spaces", Kind::Text, |n| " ".repeat(n)),
    ("mojibake", Kind::Text, |n| "â€™Ã©".repeat(n / 12)),
    ("one-letter-lines", Kind::Text, |n| "a\n".repeat(n / 2)),
    ("number-lines", Kind::Text, |n| "17\n".repeat(n / 3)),
    ("page-breaks", Kind::Text, |n| "A line of text\n\u{c}".repeat(n / 16)),
    ("cue-word", Kind::Text, |n| "share ".repeat(n / 6)),
    ("cue-blocks", Kind::Text, |n| "Support us today.\n\n".repeat(n / 19)),
    ("cue-gaps", Kind::Text, |n| "we need you to help us keep your news ".repeat(n / 38)),
    ("credits", Kind::Text, |n| "(Reuters) ".repeat(n / 10)),
    ("list", Kind::Text, |n| "- an item of the list\n".repeat(n / 22)),
    ("hyphens", Kind::Text, |n| "com-\nmittee of the ci-\nty\n".repeat(n / 25)),
    ("tags", Kind::Html, |n| "<div>".repeat(n / 5)),
    ("links", Kind::Html, |n| "<p><a href=x>Read more</a></p>".repeat(n / 30)),
    ("links-markdown", Kind::Markdown, |n| "[a](b)\n\n".repeat(n / 8)),
    ("brackets-markdown", Kind::Markdown, |n| "[".repeat(n)),
    ("stars-markdown", Kind::Markdown, |n| "*a ".repeat(n / 3)),
];

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let largest = std::env::var("CLEANCOPY_BENCH_KIB").ok().and_then(|value| value.parse().ok());
    let sizes: Vec<usize> =
        (0..16).map(|step| SIZES_KIB.0 << step).filter(|&kib| kib <= largest.unwrap_or(SIZES_KIB.1)).collect();
    print!("{:<28}", "ns a byte at KiB");
    for kib in &sizes {
        print!("{kib:>8}");
    }
    println!("{:>8}", "slope");
    for &(name, kind, make) in TEXTS.iter().filter(|text| asked.is_empty() || asked.iter().any(|word| word == text.0)) {
        row(
            &format!("{name} parse"),
            &sizes,
            &mut |text| {
                seconds(|| {
                    black_box(parse(text.to_owned(), kind).blocks.len());
                })
            },
            make,
        );
        for stage in ["glyphs", "lines", "blocks"] {
            let rules = Rules::select(Some(&[stage.to_owned()]), &[], &[]).expect("it is a stage");
            let mut cleaner = Cleaner::with_rules(rules, cleancopy::core::Settings::default());
            row(
                &format!("{name} {stage}"),
                &sizes,
                &mut |text| clean(&mut cleaner, &parse(text.to_owned(), kind)),
                make,
            );
        }
        let mut cleaner = Cleaner::new();
        row(&format!("{name} all"), &sizes, &mut |text| clean(&mut cleaner, &parse(text.to_owned(), kind)), make);
    }
}

fn clean(cleaner: &mut Cleaner, document: &Document) -> f64 {
    seconds(|| {
        let cleaned = cleaner.clean_document(document);
        black_box(cleaned.ledger.fates(document.text.len()).len());
    })
}

/// Measures one row. A row that grows too slow is cut short.
fn row(name: &str, sizes: &[usize], work: &mut dyn FnMut(&str) -> f64, make: Make) {
    print!("{name:<28}");
    let mut times: Vec<(f64, f64)> = Vec::new();
    for kib in sizes {
        let text = make(kib << 10);
        // The first time grows the buffers.
        let first = work(&text);
        // The clock moves in steps of some milliseconds, so a short time is the mean of many.
        let n_times = (MIN_SECONDS / first.max(1e-3)).ceil() as usize;
        let time = if first > 1.0 { first } else { (0..n_times).map(|_| work(&text)).sum::<f64>() / n_times as f64 };
        print!("{:>8.1}", time * 1e9 / text.len() as f64);
        times.push((text.len() as f64, time.max(1e-9)));
        if time > GIVE_UP {
            break;
        }
    }
    for _ in times.len()..sizes.len() {
        print!("{:>8}", "-");
    }
    let (from, to) = (times[times.len().saturating_sub(3)], times[times.len() - 1]);
    let slope = (to.1 / from.1).ln() / (to.0 / from.0).ln();
    println!(
        "{slope:>8.2}{}",
        if slope > MAX_SLOPE || times.len() < sizes.len() { "  <-- grows too fast" } else { "" }
    );
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = news::thread_seconds();
    work();
    news::thread_seconds() - start
}

/// News with its lines broken at 72 characters.
fn wrapped(n_bytes: usize) -> String {
    let mut text = String::new();
    for paragraph in news::long(n_bytes).split("\n\n") {
        let mut column = 0;
        for word in paragraph.split(' ') {
            if column + word.len() > 72 {
                text.push('\n');
                column = 0;
            } else if column > 0 {
                text.push(' ');
            }
            text.push_str(word);
            column += word.len() + 1;
        }
        text.push_str("\n\n");
    }
    text
}

/// News with headings, emphasis and links.
fn markdown(n_bytes: usize) -> String {
    let mut text = String::new();
    for (number, paragraph) in news::long(n_bytes).split("\n\n").enumerate() {
        if number % 5 == 0 {
            text.push_str("## A heading of the part\n\n");
        }
        text.push_str(&paragraph.replace("the ", "the *old* "));
        text.push_str(" [More of this](https://dorrin.example/more)\n\n");
    }
    text
}

/// News as a page with a menu, pictures and a footer.
fn html(n_bytes: usize) -> String {
    let mut text = String::from("<html><body><nav><ul><li><a href=/>Home</a></ul></nav><article>");
    for paragraph in news::long(n_bytes).split("\n\n") {
        text.push_str("<div class=par><p>");
        text.push_str(paragraph);
        text.push_str("</p></div>\n");
    }
    text.push_str("</article><footer><p>All rights reserved.</p></footer></body></html>");
    text
}

//! How often the day of publication is found on saved pages whose JSON-LD is hidden.
//!
//! `cargo run --release -p cleancopy --example page_dates -- FOLDER [-v] [-s]` reads each page of the folder twice: as it
//! is, for the day that its JSON-LD declares, and without JSON-LD, for the day that the rest of it tells; with `-s`
//! also without all else that only machines read, for the day that it shows. A page
//! without a day in JSON-LD is not counted. Right is the same day, or the one next to it where the zones of the two
//! differ; with `-v` the others are listed.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

use std::path::Path;
use std::process::ExitCode;

use cleancopy::Cleaner;
use cleancopy::core::{Document, Evidence, Field, Kind};
use cleancopy::ingest::parse;

/// Days before the Unix epoch and after of an ISO date.
fn days(date: &str) -> Option<i64> {
    let mut parts = date.get(..10)?.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Source: H. Hinnant, chrono-compatible low-level date algorithms, `days_from_civil`.
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The page without its scripts of JSON-LD.
fn without_json_ld(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let (mut kept, mut from) = (String::with_capacity(page.len()), 0);
    while let Some(start) = lower[from..].find("<script").map(|at| from + at) {
        let Some(tag_end) = lower[start..].find('>').map(|at| start + at) else { break };
        let end = lower[tag_end..].find("</script>").map_or(page.len(), |at| tag_end + at + "</script>".len());
        let is_ld = lower[start..tag_end].contains("application/ld+json");
        kept.push_str(&page[from..if is_ld { start } else { end }]);
        from = end;
    }
    kept + &page[from..]
}

/// The page without scripts, `<meta>`, `<link>` and the machine's form of `<time>`.
fn shown_only(page: &str) -> String {
    let mut kept = without_json_ld(&page.replace("<script", "<script type=application/ld+json"));
    for tag in ["<meta", "<link"] {
        let mut parts = kept.split(tag);
        let first = parts.next().unwrap_or_default().to_owned();
        kept = parts.fold(first, |kept, part| kept + part.split_once('>').map_or("", |(_, rest)| rest));
    }
    kept.replace("datetime=", "data-hidden=").replace("dateTime=", "data-hidden=")
}

fn declared_day(document: &Document) -> Option<&str> {
    let mut found = document.meta.iter().filter(|(field, _, _)| *field == Field::Date);
    found.find(|(_, _, evidence)| *evidence == Evidence::Declared("json-ld")).map(|(_, day, _)| day)
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let (is_verbose, hides_all) = (has("-v"), has("-s"));
    let Some(folder) = words.iter().find(|word| !word.starts_with('-')) else {
        eprintln!("usage: page_dates FOLDER [-v] [-s]");
        return ExitCode::from(2);
    };
    let mut paths: Vec<_> = match std::fs::read_dir(Path::new(folder)) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => {
            eprintln!("{folder}: {error}");
            return ExitCode::from(2);
        }
    };
    paths.sort();
    let mut cleaner = Cleaner::new();
    let (mut n_right, mut n_wrong, mut n_missing) = (0u32, 0u32, 0u32);
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let page = String::from_utf8_lossy(&bytes);
        let document = parse(page.to_string(), Kind::Html);
        let Some(declared) = declared_day(&document) else { continue };
        let hidden = if hides_all { shown_only(&page) } else { without_json_ld(&page) };
        let hidden = parse(hidden, Kind::Html);
        let cleaned = cleaner.clean_document(&hidden);
        let found = cleaned.meta.first(Field::Date);
        let apart = found.and_then(days).zip(days(declared)).map(|(found, declared)| found.abs_diff(declared));
        match apart {
            None => n_missing += 1,
            Some(0 | 1) => n_right += 1,
            Some(_) => n_wrong += 1,
        }
        if is_verbose && !matches!(apart, Some(0 | 1)) {
            println!("{}: declared {declared}, found {}", path.display(), found.unwrap_or("nothing"));
        }
    }
    let share = |n: u32| 100.0 * f64::from(n) / f64::from((n_right + n_wrong + n_missing).max(1));
    println!(
        "pages {}  right {n_right} ({:.1} %)  wrong {n_wrong} ({:.2} %)  missing {n_missing}",
        n_right + n_wrong + n_missing,
        share(n_right),
        share(n_wrong)
    );
    ExitCode::SUCCESS
}

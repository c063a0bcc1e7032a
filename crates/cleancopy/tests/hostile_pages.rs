//! Pages made to cost much: memory and the size of what comes out grow with the length of the page, and no faster.
//!
//! Bounds are on bytes asked of the allocator, which are the same on every machine, not on time.

use std::alloc::System;

use cleancopy::Cleaner;
use cleancopy::core::Kind;
use cleancopy::ingest::parse;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Most bytes that may be asked for, all in all, for each byte of a page, reading and cleaning it.
const PER_BYTE: usize = 100;

/// Most bytes that may be asked for whatever the page: tables of rules, buffers.
const FIXED: usize = 4 << 20;

/// Most bytes that come out for each byte of a page: text, and the elements with their paths.
const OUT_PER_BYTE: usize = 8;

fn story() -> String {
    "<p>The gull on the roof of the town hall left on Friday morning, the clerk said, and nobody knew why.</p>"
        .repeat(5)
}

#[test]
fn work_grows_with_the_length_of_a_page() {
    let deep = |tag: &str, n: usize| format!("<{tag}>").repeat(n) + &story();
    let mega = "x ".repeat(1 << 19);
    let times = "<time datetime=2024-05-04>4 May</time>".repeat(20_000);
    let columns = format!("<table><tr><td colspan=9000000000000000 rowspan=9e15>a<td>b<tr><td>c</table>{}", story());
    let tags =
        ["p", "li", "ul", "table", "tr", "td", "b", "a href=x", "div", "h1", "select", "template", "svg", "math"];
    let unclosed: Vec<String> = tags.iter().cycle().take(40_000).map(|tag| format!("<{tag}>x")).collect();
    let keys: Vec<String> =
        (0..20_000).map(|at| format!("\"datePublished\":\"2024-05-{:02}\",", at % 28 + 1)).collect();
    let pages = [
        ("100,000 deep", deep("div", 100_000)),
        ("100,000 deep with names", deep("div class=article-body-related id=share", 100_000)),
        ("100,000 quotations deep", deep("blockquote", 100_000)),
        ("100,000 lists deep", deep("ul><li", 50_000)),
        ("a class of a megabyte", format!("<div class='{mega}'>{}</div>", story())),
        ("a style of a megabyte", format!("<div style='{}'>{}</div>", "display:none;".repeat(80_000), story())),
        ("an address of a megabyte", format!("<a href='{mega}'>link</a>{}", story())),
        ("a title of a megabyte", format!("<title>{mega}</title><h1>{mega}</h1>{}", story())),
        ("columns without end", columns),
        ("nothing closed", unclosed.concat()),
        ("20,000 times", format!("<h1>The gull of Dorrin</h1>{times}{}", story())),
        ("20,000 headlines", "<h1>The gull of Dorrin</h1>".repeat(20_000)),
        ("a script of dates", format!("<script>{{{}}}</script>{}", keys.concat(), story())),
        ("a script 100,000 deep", format!("<script>{}{}</script>", "[".repeat(100_000), "]".repeat(100_000))),
        ("a list of links", "<li><a href=x>The gull of Dorrin left</a></li>".repeat(10_000)),
        (
            "a broken MIME file",
            format!("From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n{mega}"),
        ),
    ];
    let mut cleaner = Cleaner::new();
    cleaner.clean_document(&parse(story(), Kind::Html));
    for (name, page) in pages {
        let bytes = page.len();
        let region = Region::new(ALLOCATOR);
        let document = parse(page, Kind::Html);
        let paths: usize = document.elements.iter().map(|element| element.path.len() + element.class.len()).sum();
        let out = document.text.len() + paths;
        assert!(out <= OUT_PER_BYTE * bytes + (1 << 16), "{name}: {out} bytes of text and paths for {bytes}");
        let cleaned = cleaner.clean_document(&document);
        assert_eq!(cleaned.ledger.replay(&document.text).as_deref(), Some(cleaned.text), "{name}");
        let asked = region.change();
        let asked = asked.bytes_allocated + usize::try_from(asked.bytes_reallocated).unwrap_or(0);
        assert!(asked <= PER_BYTE * bytes + FIXED, "{name}: {asked} bytes asked for {bytes}");
    }
}

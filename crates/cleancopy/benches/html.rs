//! Pages a second on one core: scraper's parse alone, reading a page, and reading and cleaning it.
//!
//! `cargo xtask bench html`. The pages are made here, always the same: words without sense in markup of the size and
//! mess of news sites, about 230 KB each, two thirds of it scripts, styles and drawings. The goal is that reading and
//! cleaning together take at most 1.6 times as long as the parse. The three are measured in turn, so that what else
//! the machine does falls on all of them; the fastest round of each counts.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cleancopy::Cleaner;
use cleancopy::core::Kind;
use cleancopy::ingest::parse;

/// Pages of one round.
const N_PAGES: usize = 24;

/// Rounds, of which the fastest counts.
const N_ROUNDS: usize = 9;

/// What the full work may take beside the parse.
const GOAL: f64 = 1.6;

fn main() {
    let pages: Vec<String> = (0..N_PAGES).map(|seed| Maker { state: seed as u64 + 1 }.page()).collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let mut cleaner = Cleaner::new();
    let mut fastest = [Duration::MAX; 3];
    let mut kept = 0;
    for _ in 0..N_ROUNDS {
        let works: [&mut dyn FnMut(&str); 3] = [
            &mut |page| {
                black_box(scraper::Html::parse_document(page).tree.values().count());
            },
            &mut |page| {
                black_box(parse(page.to_owned(), Kind::Html).text.len());
            },
            &mut |page| {
                kept += cleaner.clean_document(&parse(page.to_owned(), Kind::Html)).text.len();
            },
        ];
        for (work, fastest) in works.into_iter().zip(&mut fastest) {
            let start = Instant::now();
            for page in &pages {
                work(page);
            }
            *fastest = (*fastest).min(start.elapsed());
        }
    }
    println!(
        "{} pages, {} KB each, {} KB of article each",
        N_PAGES,
        bytes / N_PAGES / 1000,
        kept / N_ROUNDS / N_PAGES / 1000
    );
    let parse_alone = fastest[0].as_secs_f64();
    println!("{:<28}{:>10}{:>9}{:>18}", "", "pages/s", "MB/s", "times the parse");
    for (name, time) in ["scraper, parse alone", "cleancopy, reading", "cleancopy, all"].iter().zip(fastest) {
        let seconds = time.as_secs_f64();
        let ratio = seconds / parse_alone;
        println!("{name:<28}{:>10.0}{:>9.1}{ratio:>18.2}", N_PAGES as f64 / seconds, bytes as f64 / seconds / 1e6);
    }
    println!("goal: all at most {GOAL} times the parse");
}

/// Makes pages of numbers that only look random.
struct Maker {
    state: u64,
}

const SYLLABLES: &[&str] = &[
    "ba", "ren", "ti", "mo", "sal", "du", "ker", "li", "on", "va", "ges", "ta", "ir", "po", "mel", "su", "an", "ro",
    "che", "ny",
];

const NAMES: &[&str] = &[
    "col-md-8",
    "article__inner",
    "teaser",
    "nav-item",
    "js-lazy",
    "grid",
    "is-active",
    "widget",
    "u-mt-3",
    "related",
    "share-bar",
    "story-body",
    "container",
    "promo--wide",
    "ad-slot",
    "footer-links",
    "css-1x2y3z",
    "sc-bdVaJa",
];

impl Maker {
    fn next(&mut self, below: usize) -> usize {
        // Source: D. Knuth, MMIX.
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % below
    }

    fn words(&mut self, n: usize) -> String {
        let mut text = String::new();
        for at in 0..n {
            let mut word = String::new();
            for _ in 0..=self.next(4) {
                word.push_str(SYLLABLES[self.next(SYLLABLES.len())]);
            }
            if at == 0 || self.next(12) == 0 {
                word[..1].make_ascii_uppercase();
            }
            let _ = write!(text, "{}{word}", if at == 0 { "" } else { " " });
        }
        text
    }

    fn sentence(&mut self) -> String {
        let n = 8 + self.next(18);
        let mut text = self.words(n);
        if self.next(4) == 0 {
            text.push_str(", &ldquo;");
            let n = 4 + self.next(8);
            text.push_str(&self.words(n));
            text.push_str("&rdquo;");
        }
        text + ". "
    }

    fn class(&mut self) -> String {
        let n = 1 + self.next(4);
        (0..n).map(|_| NAMES[self.next(NAMES.len())]).collect::<Vec<_>>().join(" ")
    }

    fn link(&mut self) -> String {
        let (class, n) = (self.class(), 2 + self.next(8));
        let (path, id, words) = (self.words(3).replace(' ', "-"), self.next(9_999_999), self.words(n));
        format!(
            "<a class=\"{class}\" href=\"https://dorrin.example/news/{path}-{id}?utm_source=a&amp;utm_medium=b\" \
             data-track='{{\"pos\":{id},\"zone\":\"rail\"}}' target=_blank rel=\"noopener\">{words}</a>"
        )
    }

    fn teaser(&mut self, out: &mut String) {
        let (class, link, src) = (self.class(), self.link(), self.next(9_999_999));
        let words = self.sentence();
        let _ = write!(
            out,
            "<div class=\"{class}\">\n  <figure><img loading=lazy src=\"/img/{src}.jpg\" srcset=\"/img/{src}-320.jpg 320w, \
             /img/{src}-640.jpg 640w\" alt=\"\"><svg viewBox=\"0 0 24 24\"><path d=\"M12 {src}c0-1 1-2 2-2h4z\"/></svg></figure>\
             \n  <h3>{link}</h3><p>{words}</p>\n</div>\n"
        );
    }

    fn script(&mut self, out: &mut String, bytes: usize) {
        out.push_str("<script>(function(){var cfg={");
        let end = out.len() + bytes;
        while out.len() < end {
            let (name, value, number) = (self.words(1), self.words(3), self.next(99_999));
            let _ = write!(
                out,
                "\"{name}_{number}\":{{\"v\":\"{value}\",\"n\":{number},f:function(a,b){{return a<b&&b>{number}}}}},"
            );
        }
        out.push_str("};window.__cfg=cfg})();</script>\n");
    }

    fn page(&mut self) -> String {
        let n = 6 + self.next(6);
        let title = self.words(n);
        let mut out = format!(
            "<!DOCTYPE html><html lang=\"en\" class=\"no-js\"><head><meta charset=utf-8><title>{title} | Dorrin</title>\
             <meta property=\"og:title\" content=\"{title}\"><meta property=\"article:published_time\" \
             content=\"2024-05-04T07:30:00Z\"><link rel=canonical href=\"https://dorrin.example/a\">\
             <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{title}\",\"author\":\
             {{\"name\":\"Pia Lund\"}},\"datePublished\":\"2024-05-04T07:30:00Z\"}}</script><style>"
        );
        let style_end = out.len() + 30_000;
        while out.len() < style_end {
            let (class, n) = (self.class(), self.next(99));
            let _ = write!(
                out,
                ".{}{{margin:0 {n}px;color:#{n:06x}}}\n@media(min-width:{n}px){{p>a{{top:0}}}}",
                class.replace(' ', ".")
            );
        }
        out.push_str("</style>");
        (0..4).for_each(|_| self.script(&mut out, 14_000));
        out.push_str(
            "</head><body class=\"story-template single\">\n<!-- header --><header class=site-header><nav><ul>",
        );
        for _ in 0..120 {
            let (class, link) = (self.class(), self.link());
            let _ = writeln!(out, "<li class=\"{class}\">{link}");
        }
        out.push_str(
            "</ul></nav></header>\n<main id=main><div class=container><div class=row><article class=\"story\">",
        );
        let _ = write!(
            out,
            "<h1>{title}</h1><div class=byline>By <a href=/p>Pia Lund</a> <time datetime=2024-05-04>May 4, 2024</time></div>"
        );
        out.push_str(
            "<div class=\"share-bar\"><button>Share</button><a href=#>Tweet</a></div><div class=\"story-body\">",
        );
        let n_paragraphs = 14 + self.next(30);
        for at in 0..n_paragraphs {
            let n = 2 + self.next(4);
            let text: String = (0..n).map(|_| self.sentence()).collect();
            let link = self.link();
            let _ = match self.next(9) {
                0 => writeln!(out, "<p class=\"css-1x2y3z\">{text}<em>{link}</em>, <strong>said</strong> so.</p>"),
                1 => write!(out, "<h2>{}</h2><p>{text}\n<p>{text}", &text[..text.len().min(30)].replace('&', "")),
                2 => write!(out, "<blockquote><p>{text}</p></blockquote>"),
                3 => write!(out, "<ul><li>{text}<li>{text}</ul>"),
                4 => write!(out, "<aside class=\"promo related\"><h4>Read more</h4>{link}<br>{link}</aside>"),
                5 => write!(out, "<figure><img src=/a.jpg><figcaption>{text}</figcaption></figure>"),
                6 => write!(out, "<div class=\"ad-slot\"><span>Advertisement</span></div><div><p>{text}</p></div>"),
                _ => writeln!(out, "<p>{text}</p>"),
            };
            if at % 8 == 7 {
                self.script(&mut out, 2_500);
            }
        }
        out.push_str("</div></article><aside class=\"col-md-4 sidebar\">");
        (0..45).for_each(|_| self.teaser(&mut out));
        out.push_str("</aside></div><section class=\"related\"><h2>More stories</h2>");
        (0..30).for_each(|_| self.teaser(&mut out));
        out.push_str("</section><div class=comments>");
        for _ in 0..20 {
            let text = self.sentence();
            let _ = write!(out, "<div class=comment><b>Reader</b> <span>2 hours ago</span><p>{text}</p></div>");
        }
        out.push_str("</div></div></main><footer class=site-footer><ul>");
        for _ in 0..60 {
            let link = self.link();
            let _ = write!(out, "<li>{link}</li>");
        }
        out.push_str("</ul><p>&copy; 2024 Dorrin Today. All rights reserved.</p></footer>");
        (0..4).for_each(|_| self.script(&mut out, 12_000));
        out + "</body></html>"
    }
}

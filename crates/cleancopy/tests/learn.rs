//! Learning on planted templates: invented sites whose boilerplate is known.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cleancopy::Progress;
use cleancopy::custom::{RuleFile, fold};
use cleancopy::learn::{Include, LearnOptions, learn};
use cleancopy::trial;

const N_SITES: usize = 20;
const N_ARTICLES: usize = 30;

/// A linear congruential generator: the same articles in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 20] = [
            "ba", "ne", "lor", "tis", "mu", "ket", "ra", "vo", "shan", "del", "pi", "gur", "wen", "ol", "fa", "rim",
            "su", "tor", "hel", "yam",
        ];
        (0..2 + self.roll(2)).map(|_| SYLLABLES[self.roll(SYLLABLES.len())]).collect()
    }

    fn words(&mut self, n: usize) -> String {
        let text = (0..n).map(|_| self.word()).collect::<Vec<_>>().join(" ");
        text[..1].to_uppercase() + &text[1..]
    }

    fn paragraph(&mut self) -> String {
        let sentences = (0..2 + self.roll(3)).map(|_| {
            let n = 8 + self.roll(10);
            format!("{}.", self.words(n))
        });
        sentences.collect::<Vec<_>>().join(" ")
    }
}

/// Writes the corpus. Returns its planted lines, folded, with their sites.
fn plant(folder: &Path) -> BTreeSet<(String, String)> {
    let mut dice = Dice(8);
    let mut planted = BTreeSet::new();
    for site in 0..N_SITES {
        let name = format!("site-{site:02}");
        let head = [dice.words(5), format!("{} 17", dice.words(4))];
        let inside = dice.words(6);
        let tail = [dice.words(9), format!("{}.", dice.words(14)), dice.words(2), format!("© {} 2025", dice.words(2))];
        // What is no boilerplate though it stands on many pages.
        let quotation = format!("“{},” said {}.", dice.words(9), dice.words(2));
        let notice = format!("{} is on the list of foreign agents, {}.", dice.words(2), dice.words(5));
        for text in head.iter().chain([&inside]).chain(&tail) {
            let mut folded = String::new();
            fold(text, &mut folded);
            planted.insert((name.clone(), folded));
        }
        fs::create_dir_all(folder.join(&name)).unwrap();
        for article in 0..N_ARTICLES {
            let mut blocks = vec![dice.words(6), head[0].clone(), head[1].replace("17", &dice.roll(1000).to_string())];
            let n = 5 + dice.roll(5);
            for number in 0..n {
                blocks.push(dice.paragraph());
                if number == 2 && article % 2 == 0 {
                    blocks.push(inside.clone());
                }
                if number == 3 && article % 5 == 0 {
                    blocks.push(quotation.clone());
                }
            }
            if article % 4 == 0 {
                blocks.push(notice.clone());
            }
            // A line may be missing now and then, and one stands on few pages only.
            blocks.extend(tail.iter().filter(|_| dice.roll(10) > 0).cloned());
            if article < 2 {
                blocks.push(tail[0].to_uppercase() + " of the day");
            }
            let text = blocks.join("\n\n") + "\n";
            fs::write(folder.join(&name).join(format!("{article:02}.txt")), &text).unwrap();
            // The same story crawled thrice, with another line on top.
            for copy in 0..if article == 7 { 3 } else { 0 } {
                let text = format!("{}\n\n{text}", dice.words(7));
                fs::write(folder.join(&name).join(format!("{article:02}-{copy}.txt")), text).unwrap();
            }
        }
    }
    planted
}

fn options(inputs: Vec<PathBuf>, threads: usize) -> LearnOptions {
    LearnOptions { inputs, threads, ..LearnOptions::default() }
}

#[test]
fn planted_lines_are_learned_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let planted = plant(folder.path());
    let progress = Progress::default();
    let learned = learn(&options(vec![folder.path().to_owned()], 2), &progress).unwrap();
    assert_eq!((learned.n_sites, learned.n_twins, learned.failures.len()), (N_SITES, 3 * N_SITES as u64, 0));
    let value = |line: &str, key: &str| line.strip_prefix(key).map(|rest| rest.trim_matches('"').to_owned());
    let words = learned.toml.lines().filter_map(|line| value(line, "words = "));
    let sites = learned.toml.lines().filter_map(|line| value(line, "site = "));
    let found: BTreeSet<(String, String)> = sites
        .zip(words)
        .map(|(site, words)| {
            let mut folded = String::new();
            fold(&words, &mut folded);
            (site, folded)
        })
        .collect();
    let right = found.intersection(&planted).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / planted.len() as f64);
    let wrong: Vec<_> = found.difference(&planted).take(5).collect();
    let missed: Vec<_> = planted.difference(&found).take(5).collect();
    assert!(precision >= 0.995, "precision {precision}: {wrong:#?}");
    assert!(recall >= 0.95, "recall {recall}: {missed:#?}");

    // What it wrote is a file of rules whose examples hold.
    let rules = RuleFile::parse(Path::new("site.toml"), &learned.toml).unwrap().rules;
    assert_eq!(rules.len(), learned.n_rules);
    for rule in rules.iter().take(40) {
        assert_eq!(trial::failures(rule), Vec::<String>::new(), "{}", rule.rule.id);
    }

    // The same bytes for any number of threads, any order of inputs, and with most of the count on disk.
    let mut sites: Vec<PathBuf> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    sites.sort();
    for (threads, memory_bytes) in [(1, 1 << 14), (8, LearnOptions::MEMORY_BYTES)] {
        let mut shuffled: Vec<PathBuf> =
            sites.iter().flat_map(|site| fs::read_dir(site).unwrap()).map(|entry| entry.unwrap().path()).collect();
        shuffled.sort_by_key(|path| path.to_string_lossy().bytes().rev().map(|byte| byte ^ 5).collect::<Vec<_>>());
        let again = learn(&LearnOptions { memory_bytes, ..options(shuffled, threads) }, &progress).unwrap();
        assert!(again.toml == learned.toml, "{threads} threads");
    }

    let include = Include { legal: true, quotes: true };
    let more = learn(&LearnOptions { include, ..options(vec![folder.path().to_owned()], 2) }, &progress).unwrap();
    assert!(more.n_rules > learned.n_rules);
}

/// Learns from texts of one site. Gives words and place of each rule.
fn learned(texts: &[String]) -> Vec<(String, Option<String>)> {
    let folder = tempfile::tempdir().unwrap();
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{number:02}.txt")), text).unwrap();
    }
    let toml = learn(&options(vec![folder.path().to_owned()], 2), &Progress::default()).unwrap().toml;
    let value = |line: &str, key: &str| line.strip_prefix(key).map(|rest| rest.trim_matches('"').to_owned());
    let mut rules: Vec<(String, Option<String>)> = Vec::new();
    for line in toml.lines() {
        rules.extend(value(line, "words = ").map(|words| (words, None)));
        if let (Some(rule), Some(place)) = (rules.last_mut(), value(line, "place = ")) {
            rule.1 = Some(place);
        }
    }
    rules
}

/// An article, with `tail` below it.
fn article(dice: &mut Dice, head: &str, tail: &[&str]) -> String {
    let body: Vec<String> = (0..8).map(|_| dice.paragraph()).collect();
    [&[head], body.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), tail].concat().join("\n\n") + "\n"
}

#[test]
fn two_pages_of_a_small_site_teach_what_looks_like_residue() {
    const APPEAL: &str = "Get the latest news from our newsroom in your inbox: sign up for the newsletter.";
    const PARAGRAPH: &str = "The harbour of Penlow was built in 1904, and half of it was lost in the storm of 1931.";
    let mut dice = Dice(21);
    let mut site = |n_pages: usize| -> Vec<String> {
        let mut page = |number: usize| {
            // What a paragraph speaks of, others of its story tell too.
            let told = format!("In 1931 a storm took half of what Penlow had built at its harbour, {}.", dice.words(8));
            let tail: &[&str] = if number < 2 { &[&told, PARAGRAPH, APPEAL] } else { &[] };
            article(&mut dice, "By Anna Dahl and others", tail)
        };
        (0..n_pages).map(&mut page).collect()
    };
    let words =
        |rules: Vec<(String, Option<String>)>| -> Vec<String> { rules.into_iter().map(|rule| rule.0).collect() };
    let found = words(learned(&site(6)));
    assert!(found.iter().any(|words| words == APPEAL), "{found:?}");
    assert!(!found.iter().any(|words| words == PARAGRAPH), "{found:?}");
    let found = words(learned(&site(30)));
    assert!(!found.iter().any(|words| words == APPEAL), "{found:?}");
}

#[test]
fn a_headline_that_other_pages_list_stays_on_its_own() {
    const HEADLINE: &str = "Bell of Penlow Rings Twice on a Sunday, and Nobody Knows Why";
    let mut dice = Dice(22);
    let mut texts = vec![article(&mut dice, HEADLINE, &[])];
    for number in 0..5 {
        let mut blocks: Vec<String> = (0..9).map(|_| dice.paragraph()).collect();
        blocks.insert(if number < 2 { 5 } else { 9 }, HEADLINE.to_owned());
        texts.push(blocks.join("\n\n") + "\n");
    }
    let found = learned(&texts);
    assert_eq!(found, [(HEADLINE.to_owned(), Some("below".to_owned()))]);
}

#[test]
fn what_editors_say_about_an_article_is_not_learned() {
    const NOTE: &str = "Editor's note: This column speaks for its author alone.";
    let mut dice = Dice(23);
    let texts: Vec<String> =
        (0..6).map(|_| article(&mut dice, "Opinion", &[NOTE, "Share this page with others"])).collect();
    let found = learned(&texts);
    assert!(found.iter().any(|rule| rule.0.starts_with("Share")), "{found:?}");
    assert!(!found.iter().any(|rule| rule.0 == NOTE), "{found:?}");
}

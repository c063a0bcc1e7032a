//! Users' own rules: what they match, what they do, and what is said of a file that is wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use cleancopy::core::{Document, Field, Kind, Settings};
use cleancopy::custom::{CustomRule, RuleFile};
use cleancopy::{Cleaner, Rules, trial};

fn rules(toml: &str) -> Vec<CustomRule> {
    RuleFile::parse(Path::new("mine.toml"), toml).unwrap().rules
}

fn complaint(toml: &str) -> String {
    RuleFile::parse(Path::new("mine.toml"), toml).unwrap_err().to_string()
}

fn cleaner(toml: &str) -> Cleaner {
    Cleaner::with_rules(Rules::select_with(None, &[], &[], rules(toml)).unwrap(), Settings::default())
}

const STORY: &str = "The bell of Penlow rang twice on Sunday, which nobody had asked it to do.\n\n\
    Kestrel Readers' Circle, evening 12\n\nThe verger says that a cat is to blame, and the cat was seen near the rope.\n\n\
    Brought to you by the Kestrel circle and its 3 friends";

#[test]
fn words_are_the_whole_block_whatever_its_case_spaces_and_numbers() {
    let mut cleaner = cleaner("[[rule]]\nid = \"circle\"\nwords = \"KESTREL  READERS’ circle, evening 4\"");
    let cleaned = cleaner.clean(STORY);
    assert!(!cleaned.text.contains("evening 12"), "{}", cleaned.text);
    assert!(cleaned.text.contains("Brought to you"));
    assert_eq!(cleaned.ledger.undo(cleaned.text).as_deref(), Some(STORY));
    let once = cleaned.text.to_owned();
    assert_eq!(cleaner.clean(&once).text, once);
}

#[test]
fn globs_and_regular_expressions_take_blocks_or_stretches() {
    let glob = "[[rule]]\nid = \"brought\"\nglob = \"brought to you by * friends\"\nplace = \"tail\"";
    assert!(!cleaner(glob).clean(STORY).text.contains("Brought"));
    let part = "[[rule]]\nid = \"cat\"\nregex = ', and the cat was seen [^.]*'\nunit = \"span\"";
    assert!(cleaner(part).clean(STORY).text.contains("a cat is to blame."));
    let head = "[[rule]]\nid = \"brought\"\nregex = '^Brought'\nplace = \"after\"\nmarker = \"no such words\"";
    assert!(cleaner(head).clean(STORY).text.contains("Brought"));
    let below = "[[rule]]\nid = \"brought\"\nregex = '^(The bell|Brought)'\nplace = \"below\"";
    let cleaned = cleaner(below).clean(STORY).text.to_owned();
    assert!(cleaned.contains("The bell") && !cleaned.contains("Brought"), "{cleaned}");
}

#[test]
fn a_run_goes_to_the_block_that_ends_it_or_not_at_all() {
    let run = |until: &str| {
        format!("[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers*\"\nunit = \"run\"\nuntil = \"{until}\"")
    };
    let cleaned = cleaner(&run("Brought to you *")).clean(STORY).text.to_owned();
    assert_eq!(cleaned, "The bell of Penlow rang twice on Sunday, which nobody had asked it to do.");
    assert!(cleaner(&run("Never written")).clean(STORY).text.contains("Kestrel Readers"));
}

#[test]
fn what_is_lifted_becomes_metadata() {
    let mut cleaner = cleaner("[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers*\"\naction = \"section\"");
    let cleaned = cleaner.clean(STORY);
    assert_eq!(cleaned.meta.first(Field::Section), Some("Kestrel Readers' Circle, evening 12"));
    assert!(!cleaned.text.contains("Readers' Circle"));
}

#[test]
fn a_rule_that_keeps_protects_text_from_all_others() {
    let notice = "The bell of Penlow rang twice.\n\n© Lowfield Post 2025. All rights reserved.";
    assert!(!Cleaner::new().clean(notice).text.contains("Lowfield"));
    let keep = "[[rule]]\nid = \"my-rights\"\nglob = \"© Lowfield*\"\naction = \"keep\"\n\
        [[rule]]\nid = \"all-rights\"\nregex = 'All rights reserved\\.'\nunit = \"span\"";
    assert_eq!(cleaner(keep).clean(notice).text, notice);
}

#[test]
fn a_selector_picks_elements_and_keeps_hold_when_the_elements_are_gone() {
    let page = "<!doctype html><html><body><article><h1>Bell rings</h1><p>The bell of Penlow rang twice on Sunday, \
        which nobody had asked it to do, and it rang again.</p><div class='bells box'><p>The verger sells small bells \
        of brass at the door, in three sizes, on Sundays.</p></div><p>The verger says that a cat is to blame, and the \
        cat was seen near the rope on Monday.</p><p class=rights>© Lowfield Post 2025. All rights reserved.</p>\
        </article></body></html>";
    let document = cleancopy_ingest::parse(page.to_owned(), Kind::Html);
    let without = Cleaner::new().clean_document(&document).text.to_owned();
    assert!(without.contains("three sizes") && !without.contains("Lowfield"), "{without}");
    let toml = "[[rule]]\nid = \"promo\"\ncss = \"article > div.bells p\"\n\
        [[rule]]\nid = \"my-rights\"\ncss = \"p.rights\"\naction = \"keep\"";
    let with = cleaner(toml).clean_document(&document).text.to_owned();
    assert!(!with.contains("three sizes") && with.contains("Lowfield"), "{with}");
}

#[test]
fn a_rule_of_one_site_or_language_needs_to_know_it() {
    let toml = "[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers*\"\nsite = \"*.example\"";
    let document = Document::text(STORY);
    let mut cleaner = cleaner(toml);
    assert!(cleaner.clean_document(&document).text.contains("evening 12"));
    assert!(cleaner.clean_document_of(&document, Some("other.test")).text.contains("evening 12"));
    assert!(!cleaner.clean_document_of(&document, Some("kestrel.example")).text.contains("evening 12"));
    let german = self::cleaner("[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers*\"\nlanguage = \"de\"")
        .clean(STORY)
        .text
        .to_owned();
    assert!(german.contains("evening 12"));
}

#[test]
fn only_and_without_know_the_ids() {
    let toml = "[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers*\"";
    let names = ["circle".to_owned()];
    let only = Rules::select_with(Some(&names), &[], &[], rules(toml)).unwrap();
    assert_eq!(only.iter().map(|rule| rule.id).collect::<Vec<_>>(), ["circle"]);
    assert!(Rules::select_with(None, &names, &[], rules(toml)).unwrap().custom().is_none());
    let unknown = ["circl".to_owned()];
    let error = Rules::select_with(None, &unknown, &[], rules(toml)).unwrap_err().to_string();
    assert!(error.contains("`circle`"), "{error}");
}

#[test]
fn a_wrong_file_is_told_by_line_key_and_what_is_allowed() {
    let cases = [
        (
            "[[rule]]\nid = \"a\"\nword = \"x\"",
            "mine.toml, line 3: no key of a rule is called `word`; the nearest is `words`",
        ),
        (
            "[[rule]]\nid = \"a\"\nwords = \"x\"\nplace = \"tial\"",
            "one of anywhere, head, tail, below, after; the nearest is `tail`",
        ),
        ("[[rule]]\nid = \"a\"\nregex = '('", "line 3: `regex` is no regular expression"),
        ("[[rule]]\nid = \"a\"\nregex = 'x*'", "line 3: `regex` matches the empty text"),
        ("[[rule]]\nid = \"a\"\nglob = \"*\"", "line 3: `glob` matches every block"),
        ("[[rule]]\nid = \"a\"\nwords = 3", "line 3: `words` must be a text in quotation marks, not a TOML integer"),
        ("[[rule]]\nid = \"a\"", "line 1: a rule needs a pattern"),
        ("[[rule]]\nid = \"A b\"\nwords = \"x\"", "line 2: `id` `A b` must be words of a-z and 0-9"),
        ("[[rule]]\nid = \"a\"\ncss = \"p >\"", "line 3: `css` is no CSS selector"),
        ("[[rules]]\nid = \"a\"", "line 1: `rules` is no key of a file of rules; it holds tables [[rule]]"),
        ("[[rule]]\nid = \"a\"\nwords = \"x\"\nmax-blocks = 3", "line 4: `max-blocks` is for `unit = \"run\"`"),
        (
            "[[rule]]\nid = \"a\"\nwords = \"x\"\n[[rule]]\nid = \"a\"\nwords = \"y\"",
            "line 5: `id` `a` stands in line 1 too",
        ),
        ("[[rule]\n", "line 1: "),
    ];
    for (toml, message) in cases {
        let said = complaint(toml);
        assert!(said.contains(message), "{toml}\n{said}");
    }
}

#[test]
fn examples_of_a_rule_run_and_are_counted() {
    let good = "[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers*\"\nremoves = \"Kestrel Readers meet\"\n\
        keeps = [\"The Kestrel Readers meet\", \"Readers of Kestrel\"]";
    assert_eq!(trial::failures(&rules(good)[0]), Vec::<String>::new());
    let bad =
        "[[rule]]\nid = \"circle\"\nglob = \"*Kestrel*\"\nremoves = \"Readers meet\"\nkeeps = \"The Kestrel meets\"";
    let wrong = trial::failures(&rules(bad)[0]);
    assert_eq!(wrong.len(), 3, "{wrong:#?}");
}

#[test]
fn a_rule_that_takes_articles_gets_a_warning() {
    let greedy = "[[rule]]\nid = \"the\"\nregex = 'the'";
    assert!(!trial::warnings(&rules(greedy)[0]).is_empty());
    let modest = "[[rule]]\nid = \"circle\"\nglob = \"Kestrel Readers' Circle*\"";
    assert_eq!(trial::warnings(&rules(modest)[0]), Vec::<String>::new());
}

#[test]
fn residue_beside_what_a_rule_removes_goes_with_it() {
    const TEXT: &str = "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time \
        since, in the hands of a diver.\n\n\
        It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the \
        Margit since she was a pupil.\n\n\
        The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the \
        lifeboat of the next village.\n\n\
        Kestrel corner\n\nKestrel circle\n\nOur newsroom\n\nKestrel readers\n\nKestrel shop";
    assert_eq!(Cleaner::new().clean(TEXT).text, TEXT);
    let mut cleaner = cleaner("[[rule]]\nid = \"kestrel\"\nglob = \"Kestrel *\"\nplace = \"tail\"");
    let cleaned = cleaner.clean(TEXT).text.to_owned();
    assert!(cleaned.ends_with("next village."), "{cleaned}");
    assert_eq!(cleaner.clean(&cleaned).text, cleaned);
}

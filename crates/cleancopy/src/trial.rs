//! Users' rules on trial: their examples, and texts on which a careless rule does harm.

use cleancopy_core::{Draft, Kind, Settings, Span, Stage};
use cleancopy_custom::{CustomRule, Findings, RuleSet};

use crate::{Rules, rules::all};

/// Fewest examples of a rule at work.
const MIN_ACTS: usize = 1;
/// Fewest examples of a rule at rest.
const MIN_RESTS: usize = 2;
/// Words from which a block is likely to be a paragraph of an article.
const LONG_WORDS: usize = 60;
/// Share of a document's bytes above which a rule takes too much of it.
const MAX_SHARE: f32 = 0.2;

/// A user's rule alone, with what it takes to try it on texts.
pub struct Trial {
    set: RuleSet,
    draft: Draft,
    findings: Findings,
    repairs: Rules,
}

/// What a rule does to one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The stretches that it acts on.
    pub texts: Vec<String>,
    /// Bytes of the repaired text.
    pub n_bytes: usize,
}

impl Trial {
    /// A rule on trial.
    pub fn of(rule: &CustomRule) -> Self {
        Self {
            set: RuleSet::new(vec![rule.clone()]),
            draft: Draft::default(),
            findings: Findings::default(),
            repairs: Rules::chosen(|rule| rule.stage != Stage::Blocks),
        }
    }

    /// What the rule acts on in a text, whatever its site and language; a text that begins with `<` is a page.
    pub fn on(&mut self, text: &str) -> Taken {
        let kind = if text.trim_start().starts_with('<') { Kind::Html } else { Kind::Text };
        self.on_document(&cleancopy_ingest::parse(text.to_owned(), kind))
    }

    /// What the rule acts on in a document, whatever its site and language.
    pub fn on_document(&mut self, document: &cleancopy_core::Document) -> Taken {
        self.draft.load(document, Settings::default());
        self.repairs.mend_glyphs(&mut self.draft);
        self.draft.lay_out(cleancopy_repair::lay_out);
        self.draft.pass(self.repairs.of(Stage::Lines));
        self.set.find_all(&mut self.draft, &mut self.findings);
        let text = self.draft.text();
        let spans: Vec<Span> = self.findings.iter().map(|(_, span)| span).collect();
        Taken { texts: spans.iter().map(|span| span.in_text(text).to_owned()).collect(), n_bytes: text.len() }
    }
}

/// Runs the examples of a rule. Returns what is wrong, one sentence each.
pub fn failures(rule: &CustomRule) -> Vec<String> {
    let mut trial = Trial::of(rule);
    let mut wrong = Vec::new();
    let (acts, rests) = if rule.keeps_text() { ("keeps", "removes") } else { ("removes", "keeps") };
    let mut n_acts = 0;
    for text in rule.acts_on() {
        n_acts += 1;
        if trial.on(text).texts.is_empty() {
            wrong.push(format!("{acts}: it does nothing to {}", quoted(text)));
        }
    }
    let mut n_rests = 0;
    for text in rule.passes_by() {
        n_rests += 1;
        if let Some(taken) = trial.on(text).texts.first() {
            wrong.push(format!("{rests}: it acts on {} of {}", quoted(taken), quoted(text)));
        }
    }
    let (min_acts, min_rests) = if rule.keeps_text() { (MIN_RESTS, MIN_ACTS) } else { (MIN_ACTS, MIN_RESTS) };
    if n_acts < min_acts {
        wrong.push(format!("{acts}: it needs {min_acts} of these examples at least and has {n_acts}"));
    }
    if n_rests < min_rests {
        wrong.push(format!("{rests}: it needs {min_rests} of these examples at least and has {n_rests}"));
    }
    wrong
}

/// Warns of a rule that acts on texts which the project's own rules are shown to keep, or that is slow.
pub fn warnings(rule: &CustomRule) -> Vec<String> {
    let mut found = Vec::new();
    if rule.keeps_text() {
        return found;
    }
    let mut trial = Trial::of(rule);
    for known in all() {
        for example in known.examples.iter().filter(|example| example.is_kept()) {
            for taken in trial.on(example.before).texts {
                found.push(format!("it acts on text of an article: {}", quoted(&taken)));
            }
        }
    }
    found.sort();
    found.dedup();
    if rule.looks_everywhere() {
        found.push("no text of three letters or more stands in every match, so each block is tried: slow".to_owned());
    }
    found
}

/// What is worth a warning in what a rule did to one document.
pub fn doubts(taken: &Taken) -> Vec<String> {
    let mut found = Vec::new();
    let n_bytes: usize = taken.texts.iter().map(String::len).sum();
    if n_bytes as f32 > MAX_SHARE * taken.n_bytes as f32 {
        let share = 100 * n_bytes / taken.n_bytes.max(1);
        found.push(format!("it acts on {share} % of the document"));
    }
    for text in &taken.texts {
        let n_words = text.split_whitespace().count();
        if n_words >= LONG_WORDS {
            found.push(format!("it acts on a paragraph of {n_words} words: {}", quoted(text)));
        }
    }
    found
}

/// The beginning of a text on one line.
fn quoted(text: &str) -> String {
    const N_CHARS: usize = 70;
    let start: String = text.chars().take(N_CHARS).collect();
    let more = if start.len() < text.len() { " ..." } else { "" };
    format!("\"{}{more}\"", start.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'"))
}

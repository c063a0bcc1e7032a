//! Many rules as one: an automaton over all their literal parts, and what it takes to be sure.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use cleancopy_core::{Draft, Field, Kind, Page, Rule, Span, Taken};

use crate::elements::Elements;
use crate::file::{CustomRule, Unit};
use crate::findings::{Action, Extent, Findings, Hit};
use crate::fold::{fold, fold_onto};
use crate::literal;
use crate::pattern::Pattern;
use crate::place::{Place, place_of};

/// Literal parts up to which the automaton is a table that costs one look-up a byte; beyond, a smaller and
/// slower one.
const MAX_TABLE_LITERALS: usize = 20_000;

/// Rules that run together.
///
/// A thousand rules cost about what one costs: the text is walked once, and a rule is looked at only where
/// one of its literal parts, or the whole of a block, is found.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<CustomRule>,
    /// Rules by the folded words of a whole block.
    whole: HashMap<String, Vec<u32>>,
    /// Length in bytes of the longest of those.
    longest: usize,
    automaton: Option<AhoCorasick>,
    /// For each literal of the automaton, the rules that have it.
    of_literal: Vec<Vec<u32>>,
    /// Rules without a literal part.
    everywhere: Vec<u32>,
    /// Rules with a selector and nothing else.
    by_element: Vec<u32>,
}

impl RuleSet {
    /// Compiles rules, in the order in which they are to run.
    pub fn new(rules: Vec<CustomRule>) -> Self {
        let mut set = Self {
            rules,
            whole: HashMap::new(),
            longest: 0,
            automaton: None,
            of_literal: Vec::new(),
            everywhere: Vec::new(),
            by_element: Vec::new(),
        };
        let mut literals: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (index, rule) in set.rules.iter().enumerate() {
            let index = index as u32;
            match &rule.pattern {
                Pattern::Whole(words) => {
                    set.longest = set.longest.max(words.len());
                    set.whole.entry(words.clone()).or_default().push(index);
                }
                Pattern::Search(regex) => match literal::required(regex.as_str()) {
                    Some(texts) => texts.into_iter().for_each(|text| literals.entry(text).or_default().push(index)),
                    None => set.everywhere.push(index),
                },
                Pattern::Any => set.by_element.push(index),
            }
        }
        let kind = if literals.len() <= MAX_TABLE_LITERALS { Some(AhoCorasickKind::DFA) } else { None };
        if !literals.is_empty() {
            let texts: Vec<&String> = literals.keys().collect();
            set.automaton = AhoCorasick::builder().kind(kind).build(texts).ok();
        }
        set.of_literal = literals.into_values().collect();
        if set.automaton.is_none() {
            // Too many literals for any automaton: slower, and the same answer.
            set.everywhere.extend(set.of_literal.drain(..).flatten());
            set.everywhere.sort_unstable();
            set.everywhere.dedup();
        }
        set
    }

    /// The rules in the order in which they run.
    pub fn rules(&self) -> &[CustomRule] {
        &self.rules
    }

    /// Whether a rule is for some site only.
    pub fn asks_for_site(&self) -> bool {
        self.rules.iter().any(|rule| rule.site.is_some())
    }

    /// Finds where the rules apply on the draft's present text, and lists those that do among the project's own `rules`:
    /// what a rule keeps is kept from all, and what a line says about the article is lifted before it is removed.
    ///
    /// `site` is what is known about where the document comes from. `first` says that the document is new.
    pub fn find(
        &self,
        draft: &mut Draft,
        site: Option<&str>,
        first: bool,
        rules: &[&'static Rule],
        active: &mut Vec<&'static Rule>,
    ) {
        draft.measure_with::<Findings>(|page, findings| {
            findings.hits.clear();
            if first {
                findings.remembered.clear();
            }
            self.collect(page, site, findings);
            active.clear();
            if !findings.is_empty() {
                findings.rules(false, active);
                active.extend_from_slice(rules);
                findings.rules(true, active);
            }
        });
        draft.measure_with::<Taken>(|page, taken| page.measured::<Findings>().taken(&mut taken.blocks));
    }

    /// Like [`find`](Self::find), whatever the site and language: for the examples of the rules.
    pub fn find_all(&self, draft: &mut Draft, findings: &mut Findings) {
        let page = draft.page();
        findings.hits.clear();
        findings.remembered.clear();
        self.gather(&page, findings);
        self.confirm(&page, findings, |_| true);
    }

    fn collect(&self, page: &Page<'_>, site: Option<&str>, findings: &mut Findings) {
        self.gather(page, findings);
        let site = site.map(str::to_lowercase);
        let language = page.meta.first(Field::Language).map(str::to_lowercase);
        let applies = |rule: &CustomRule| {
            let of_site = match (&rule.site, &site) {
                (Some(glob), Some(site)) => glob.is_match(site),
                (Some(_), None) => false,
                (None, _) => true,
            };
            of_site && rule.language.as_ref().is_none_or(|wanted| is_language(language.as_deref(), wanted))
        };
        self.confirm(page, findings, applies);
        recall(page, findings);
    }

    /// Fills the candidates: rules with blocks on which they may apply.
    fn gather(&self, page: &Page<'_>, findings: &mut Findings) {
        let Findings { folded, firsts, candidates, .. } = findings;
        candidates.clear();
        let blocks = page.blocks;
        if !self.whole.is_empty() || self.automaton.is_some() {
            folded.clear();
            firsts.clear();
            for block in blocks {
                firsts.push(folded.len());
                fold_onto(block.span.in_text(page.text).trim(), folded);
                // Folded blocks hold no line feed, so nothing is found across two of them.
                folded.push('\n');
            }
            firsts.push(folded.len());
        }
        if !self.whole.is_empty() {
            for (index, ends) in firsts.windows(2).enumerate() {
                let words = &folded[ends[0]..ends[1] - 1];
                if words.len() <= self.longest {
                    let rules = self.whole.get(words).into_iter().flatten();
                    candidates.extend(rules.map(|rule| (*rule, index as u32)));
                }
            }
        }
        if let Some(automaton) = &self.automaton {
            let mut block = 0;
            for found in automaton.find_overlapping_iter(folded.as_str()) {
                while firsts[block + 1] < found.end() {
                    block += 1;
                }
                let rules = &self.of_literal[found.pattern().as_usize()];
                candidates.extend(rules.iter().map(|rule| (*rule, block as u32)));
            }
        }
        for &rule in &self.everywhere {
            candidates.extend((0..blocks.len()).map(|block| (rule, block as u32)));
        }
        if page.kind == Kind::Html {
            for &rule in &self.by_element {
                candidates.extend((0..blocks.len()).map(|block| (rule, block as u32)));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
    }

    /// Turns candidates into hits.
    fn confirm(&self, page: &Page<'_>, findings: &mut Findings, applies: impl Fn(&CustomRule) -> bool) {
        let candidates = std::mem::take(&mut findings.candidates);
        let mut elements = None;
        for of_rule in candidates.chunk_by(|a, b| a.0 == b.0) {
            let rule = &self.rules[of_rule[0].0 as usize];
            if !applies(rule) || (rule.css.is_some() && page.kind != Kind::Html) {
                continue;
            }
            let inside = rule
                .css
                .as_ref()
                .map(|selector| elements.get_or_insert_with(|| Elements::of(page)).inside(selector, page));
            let mut taken_to = 0;
            for &(_, block) in of_rule {
                let element = page.blocks[block as usize].element;
                let selected = inside.as_ref().is_none_or(|inside| {
                    element.is_some_and(|element| inside.get(element as usize).copied().unwrap_or(false))
                });
                if selected && block >= taken_to && stands(rule, block as usize, page) {
                    taken_to = take(rule, block, page, &mut findings.hits);
                }
            }
            if rule.css.is_some() && rule.action == Action::Keep {
                remember(rule, page, findings);
            }
        }
        findings.candidates = candidates;
    }
}

/// Whether the block is where the rule wants it.
fn stands(rule: &CustomRule, block: usize, page: &Page<'_>) -> bool {
    match rule.place {
        Place::Anywhere => true,
        Place::Head => place_of(block, page.blocks, page.text.len()).0,
        Place::Tail => place_of(block, page.blocks, page.text.len()).1,
        Place::Below => !place_of(block, page.blocks, page.text.len()).0,
        Place::After => {
            let mut folded = String::new();
            rule.marker.as_ref().is_some_and(|marker| {
                page.blocks[..block].iter().any(|block| {
                    fold(block.span.in_text(page.text), &mut folded);
                    folded.contains(marker.as_str())
                })
            })
        }
    }
}

/// Adds the hits of a rule at a block. Returns the first block that they do not cover.
fn take(rule: &CustomRule, block: u32, page: &Page<'_>, hits: &mut Vec<Hit>) -> u32 {
    let span = page.blocks[block as usize].span;
    let text = span.in_text(page.text);
    let mut hit = |extent, span: Span| hits.push(Hit { rule: rule.rule, action: rule.action, extent, span });
    match (&rule.unit, &rule.pattern) {
        (Unit::Span, Pattern::Search(regex)) => {
            for found in regex.find_iter(text).filter(|found| !found.is_empty()) {
                let found = Span::new(span.start + found.start() as u32, span.start + found.end() as u32);
                hit(Extent::Span(found), found);
            }
            block + 1
        }
        (_, Pattern::Search(regex)) if !regex.is_match(text) => block,
        (Unit::Block | Unit::Span, _) => {
            hit(Extent::Block(block), span);
            block + 1
        }
        (Unit::Run { until, max_blocks }, _) => {
            let first = block as usize;
            let end = page.blocks.len().min(first + *max_blocks as usize);
            let last = match until {
                Some(Pattern::Search(until)) => {
                    (first..end).find(|block| until.is_match(page.blocks[*block].span.in_text(page.text)))
                }
                // To the end of the document, if that is near enough.
                _ => (end == page.blocks.len()).then(|| end - 1),
            };
            let Some(last) = last else { return block };
            for index in first..=last {
                hit(Extent::Block(index as u32), page.blocks[index].span);
            }
            last as u32 + 1
        }
    }
}

/// Whether a document in `language`, such as `en-GB`, is in the `wanted` one, such as `en`. Unknown is no.
fn is_language(language: Option<&str>, wanted: &str) -> bool {
    language.is_some_and(|language| {
        language.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    })
}

/// Notes which texts a rule with a selector keeps.
fn remember(rule: &CustomRule, page: &Page<'_>, findings: &mut Findings) {
    let Findings { hits, remembered, .. } = findings;
    for hit in hits.iter().filter(|hit| std::ptr::eq(hit.rule, rule.rule)) {
        let mut text = String::new();
        fold(hit.span.in_text(page.text), &mut text);
        remembered.push((text, rule.rule));
    }
}

/// Keeps what a rule with a selector has kept before, now that the elements are gone.
fn recall(page: &Page<'_>, findings: &mut Findings) {
    if page.kind == Kind::Html || findings.remembered.is_empty() {
        return;
    }
    let Findings { hits, remembered, folded, .. } = findings;
    for (index, block) in page.blocks.iter().enumerate() {
        fold(block.span.in_text(page.text), folded);
        if let Some((_, rule)) = remembered.iter().find(|(text, _)| text == folded) {
            hits.push(Hit { rule, action: Action::Keep, extent: Extent::Block(index as u32), span: block.span });
        }
    }
}

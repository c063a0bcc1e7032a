//! What a report counts, in bounded memory and independent of order.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::bounded::Bounded;
use super::sample::{Piece, Sampled, Samples, per_mille};

/// Sites counted exactly; beyond, a sample of them chosen by hash.
const MOST_SITES: usize = 20_000;
/// Tail blocks counted exactly; beyond, a sample of them chosen by hash.
const MOST_TAILS: usize = 50_000;
/// Blocks at the end of a text that are looked at as tails.
const TAIL_BLOCKS: usize = 3;
/// Longest tail block, bytes: what recurs is short.
const TAIL_BYTES: usize = 300;
/// Fewest documents, each with a story of its own, that end in a tail that is listed.
pub(crate) const FEWEST_TAILS: usize = 3;
/// Sources named for each tail.
const TAIL_SOURCES: usize = 3;
/// Documents in quarantine that are named.
const MOST_QUARANTINED: usize = 100;

/// Upper ends of the classes of the histogram, thousandths of the text removed. The first is nothing at all.
pub(crate) const CLASSES: [u64; 11] = [0, 10, 20, 50, 100, 200, 300, 400, 500, 750, 1000];

/// A cleaned document as the survey sees it.
#[derive(Debug, Clone, Copy)]
pub struct Surveyed<'a> {
    /// Its id.
    pub id: &'a str,
    /// Where it came from.
    pub source: &'a str,
    /// Its site: the host of its address, or the name of the outlet; empty if unknown.
    pub site: &'a str,
    /// The text before and after, piece by piece.
    pub pieces: &'a [Piece<'a>],
    /// The cleaned text.
    pub output: &'a str,
}

/// What one rule did, in characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleShare {
    /// Documents in which it changed something.
    pub n_documents: u64,
    /// Characters it took out.
    pub n_removed: u64,
    /// Characters it put in.
    pub n_inserted: u64,
}

/// What was removed from the documents of one site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SiteShare {
    /// Its documents.
    pub n_documents: u64,
    /// Their characters before cleaning.
    pub n_chars: u64,
    /// Those of them that were removed.
    pub n_removed: u64,
}

/// A block that ends several cleaned texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tail {
    /// Documents that end in it, or nearly.
    pub n_documents: u64,
    /// Some of them.
    pub sources: BTreeSet<String>,
    /// Some of the stories that they tell, [`FEWEST_TAILS`] at most.
    pub(crate) stories: BTreeSet<u64>,
}

impl Tail {
    /// Whether enough different stories end in it: the last words of one story that many have copied are no tail.
    pub(crate) fn recurs(&self) -> bool {
        self.stories.len() >= FEWEST_TAILS
    }

    fn trim(&mut self) {
        while self.sources.len() > TAIL_SOURCES {
            self.sources.pop_last();
        }
        while self.stories.len() > FEWEST_TAILS {
            self.stories.pop_last();
        }
    }
}

/// Counts and samples of a run, for its report.
#[derive(Debug, Clone)]
pub struct Survey {
    pub(crate) n_documents: u64,
    pub(crate) n_changed: u64,
    pub(crate) n_chars: u64,
    pub(crate) n_removed: u64,
    pub(crate) n_inserted: u64,
    pub(crate) classes: [u64; CLASSES.len()],
    pub(crate) rules: BTreeMap<String, RuleShare>,
    pub(crate) sites: Bounded<SiteShare, MOST_SITES>,
    pub(crate) tails: Bounded<Tail, MOST_TAILS>,
    pub(crate) quarantined: BTreeSet<(String, String)>,
    pub(crate) samples: Samples,
}

impl Survey {
    /// A survey that keeps `n_samples` documents to look at.
    pub fn new(n_samples: usize) -> Self {
        Self {
            n_documents: 0,
            n_changed: 0,
            n_chars: 0,
            n_removed: 0,
            n_inserted: 0,
            classes: [0; CLASSES.len()],
            rules: BTreeMap::new(),
            sites: Bounded::default(),
            tails: Bounded::default(),
            quarantined: BTreeSet::new(),
            samples: Samples::new(n_samples),
        }
    }

    /// Counts one document.
    pub fn add(&mut self, seen: &Surveyed<'_>) {
        let (mut n_chars, mut n_removed) = (0, 0);
        let mut by_rule: BTreeMap<&str, RuleShare> = BTreeMap::new();
        for piece in seen.pieces {
            match *piece {
                Piece::Kept(text) => n_chars += chars(text),
                Piece::Removed { text, rule } => {
                    n_chars += chars(text);
                    n_removed += chars(text);
                    by_rule.entry(rule).or_default().n_removed += chars(text);
                }
                Piece::Inserted { text, rule } => by_rule.entry(rule).or_default().n_inserted += chars(text),
            }
        }
        self.n_documents += 1;
        self.n_changed += u64::from(!by_rule.is_empty());
        self.n_chars += n_chars;
        self.n_removed += n_removed;
        let share = per_mille(n_removed, n_chars);
        // Less than a thousandth is not nothing.
        let share = if n_removed > 0 { share.max(1) } else { 0 };
        self.classes[CLASSES.partition_point(|end| *end < share).min(CLASSES.len() - 1)] += 1;
        for (rule, share) in by_rule {
            self.n_inserted += share.n_inserted;
            if !self.rules.contains_key(rule) {
                self.rules.insert(rule.to_owned(), RuleShare::default());
            }
            if let Some(sum) = self.rules.get_mut(rule) {
                sum.n_documents += 1;
                sum.n_removed += share.n_removed;
                sum.n_inserted += share.n_inserted;
            }
        }
        if let Some(site) = self.sites.entry(seen.site) {
            *site = site.plus(SiteShare { n_documents: 1, n_chars, n_removed });
        }
        let story = story(seen);
        self.count_tails(seen, story);
        self.samples.offer(seen, story, n_chars, n_removed);
    }

    /// Names a document that went to the quarantine.
    pub fn add_quarantined(&mut self, source: &str, cause: &str) {
        self.quarantined.insert((source.to_owned(), cause.to_owned()));
        if self.quarantined.len() > MOST_QUARANTINED {
            self.quarantined.pop_last();
        }
    }

    /// Brings in what another worker counted.
    pub fn merge(&mut self, other: Self) {
        self.n_documents += other.n_documents;
        self.n_changed += other.n_changed;
        self.n_chars += other.n_chars;
        self.n_removed += other.n_removed;
        self.n_inserted += other.n_inserted;
        for (mine, theirs) in self.classes.iter_mut().zip(other.classes) {
            *mine += theirs;
        }
        for (rule, share) in other.rules {
            let sum = self.rules.entry(rule).or_default();
            sum.n_documents += share.n_documents;
            sum.n_removed += share.n_removed;
            sum.n_inserted += share.n_inserted;
        }
        self.sites.merge(other.sites, |mine, theirs| *mine = mine.plus(theirs));
        self.tails.merge(other.tails, |mine, theirs| {
            mine.n_documents += theirs.n_documents;
            mine.sources.extend(theirs.sources);
            mine.stories.extend(theirs.stories);
            mine.trim();
        });
        self.quarantined.extend(other.quarantined);
        while self.quarantined.len() > MOST_QUARANTINED {
            self.quarantined.pop_last();
        }
        self.samples.merge(other.samples);
    }

    /// The documents to look at: first those of which the largest share was removed, then others by hash.
    pub fn sampled(&self) -> Vec<&Sampled> {
        self.samples.all()
    }

    /// Counts the last blocks of a cleaned text, once each.
    fn count_tails(&mut self, seen: &Surveyed<'_>, story: u64) {
        let separator = separator(seen.output);
        let mut blocks = seen.output.trim_end().rsplit(separator).take(TAIL_BLOCKS + 1).collect::<Vec<_>>();
        // The last one found may be the text's first block, which is no tail.
        if blocks.len() <= TAIL_BLOCKS {
            blocks.pop();
        }
        blocks.truncate(TAIL_BLOCKS);
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks.into_iter().map(str::trim).filter(|block| !block.is_empty() && block.len() <= TAIL_BYTES) {
            let Some(tail) = self.tails.entry(block) else { continue };
            tail.n_documents += 1;
            if tail.sources.len() < TAIL_SOURCES || tail.sources.last().is_some_and(|last| seen.source < last.as_str())
            {
                tail.sources.insert(seen.source.to_owned());
            }
            tail.stories.insert(story);
            tail.trim();
        }
    }
}

impl SiteShare {
    fn plus(self, other: Self) -> Self {
        Self {
            n_documents: self.n_documents + other.n_documents,
            n_chars: self.n_chars + other.n_chars,
            n_removed: self.n_removed + other.n_removed,
        }
    }
}

/// What stands between the paragraphs of a cleaned text.
fn separator(output: &str) -> &'static str {
    if output.contains("\n\n") { "\n\n" } else { "\n" }
}

/// Tells stories apart, by the longest paragraph before the tail: copies of one share it, whatever stands around them.
/// A text of a few paragraphs counts as a whole.
fn story(seen: &Surveyed<'_>) -> u64 {
    let blocks = || seen.output.split(separator(seen.output));
    let n_before = blocks().count().saturating_sub(TAIL_BLOCKS);
    let told = match blocks().take(n_before).max_by_key(|block| block.len()) {
        Some(longest) if n_before > 1 => longest,
        _ if seen.output.is_empty() => seen.source,
        _ => seen.output,
    };
    xxh3_64(told.as_bytes())
}

fn chars(text: &str) -> u64 {
    text.chars().count() as u64
}

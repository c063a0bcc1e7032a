//! Which recurring blocks are boilerplate.

use std::cmp::Reverse;

use aho_corasick::AhoCorasick;
use cleancopy_custom::Place;

use super::tally::Recurring;

/// What is learned that is left out by default, since it may be part of the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Notices that a law asks for, or that speak of one, and what editors say about the article.
    pub legal: bool,
    /// Quotations.
    pub quotes: bool,
}

/// Fewest pages of a site that have the block.
const MIN_PAGES: u32 = 3;
/// Pages that are enough if the site has more and they are that share, for a block at an edge that the block model takes
/// for residue.
const FEW_PAGES: u32 = 2;
/// How likely it takes that block for residue, on average.
const MIN_DOUBT_FEW: f32 = 0.3;
/// The same for one of up to [`LABEL_WORDS`], which may be a standing subheading.
const MIN_DOUBT_LABEL: f32 = 0.9;
/// Fewest of a hundred pages that have it.
const MIN_PERCENT: u32 = 10;
/// Share of its documents in which a block stands at the head or tail, so that the edge is its place.
const MIN_EDGE: f32 = 0.8;
/// The same for one of the two.
const MIN_ONE_EDGE: f32 = 0.9;
/// Fewest of a hundred pages for a block that stands between paragraphs.
const MIN_PERCENT_INSIDE: u32 = 20;
/// The same for one of up to three words, which may be a standing subheading.
const MIN_PERCENT_LABEL: u32 = 40;
/// Most words of such a label.
const LABEL_WORDS: usize = 3;
/// Fewest words of a quotation; shorter ones are titles.
const QUOTE_WORDS: usize = 4;

/// Phrases of notices that are part of the article, in folded form.
const LEGAL: &str = include_str!("legal.txt");

/// A block that is boilerplate. Sorts the most certain first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Boilerplate {
    pub(crate) recurring: Recurring,
    pub(crate) place: Place,
}

impl Boilerplate {
    fn order(&self) -> (Reverse<u64>, Reverse<u32>, &str, &str) {
        let recurring = &self.recurring;
        let share = u64::from(recurring.n_pages) * 1_000_000 / u64::from(recurring.n_site_pages.max(1));
        (Reverse(share), Reverse(recurring.n_pages), &recurring.site, &recurring.folded)
    }
}

impl PartialOrd for Boilerplate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Boilerplate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Judges recurring blocks.
pub(crate) struct Judge {
    include: Include,
    legal: Option<AhoCorasick>,
}

impl Judge {
    pub(crate) fn new(include: Include) -> Self {
        let words = LEGAL.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self { include, legal: AhoCorasick::new(words).ok() }
    }

    /// The block as boilerplate, if it is that.
    pub(crate) fn judge(&self, recurring: Recurring) -> Option<Boilerplate> {
        let n_words = recurring.folded.split(' ').count();
        let at_least = |percent: u32| recurring.n_pages * 100 >= recurring.n_site_pages * percent;
        let share = |n: u32| n as f32 / recurring.n_documents.max(1) as f32;
        let doubt = recurring.doubts as f32 / 255.0 / recurring.n_documents.max(1) as f32;
        let is_legal = || self.legal.as_ref().is_some_and(|words| words.is_match(&recurring.folded));
        let is_quote = || recurring.folded.starts_with('"') && n_words >= QUOTE_WORDS;
        let at_edge = share(recurring.n_edges) >= MIN_EDGE;
        // The headline of a page, which lists on other pages show.
        let is_told = recurring.n_head_pages == 1 && recurring.n_heads < recurring.n_documents;
        if !at_least(MIN_PERCENT) {
            return None;
        }
        if recurring.n_pages < MIN_PAGES {
            let is_few = recurring.n_pages >= FEW_PAGES && recurring.n_site_pages >= MIN_PAGES;
            let min_doubt = if n_words <= LABEL_WORDS { MIN_DOUBT_LABEL } else { MIN_DOUBT_FEW };
            if !is_few || doubt < min_doubt || !at_edge {
                return None;
            }
        }
        if !at_edge {
            let min_percent = if n_words <= LABEL_WORDS { MIN_PERCENT_LABEL } else { MIN_PERCENT_INSIDE };
            if share(recurring.n_headings) > 0.5 || !at_least(min_percent) {
                return None;
            }
        }
        if (!self.include.quotes && is_quote()) || (!self.include.legal && is_legal()) {
            return None;
        }
        let place = if share(recurring.n_tails) >= MIN_ONE_EDGE {
            Place::Tail
        } else if share(recurring.n_heads) >= MIN_ONE_EDGE {
            Place::Head
        } else if is_told {
            Place::Below
        } else {
            Place::Anywhere
        };
        Some(Boilerplate { recurring, place })
    }
}

//! What sort of page it is, where it is not a page with one whole article.

use cleancopy_core::{BlockKind, Field, Page};

use super::{Dom, Fate, Part};
use crate::cues::{Cue, CueSet, Cues};
use crate::shape::Shapes;

/// How little a page is like one with an article, in twentieths from a half on. A rank and no probability: too few pages
/// without an article have been told by hand to fit one.
const DEGREES: [&str; 11] = [
    "not-an-article 0.50",
    "not-an-article 0.55",
    "not-an-article 0.60",
    "not-an-article 0.65",
    "not-an-article 0.70",
    "not-an-article 0.75",
    "not-an-article 0.80",
    "not-an-article 0.85",
    "not-an-article 0.90",
    "not-an-article 0.95",
    "not-an-article 1.00",
];

/// Running text from which on a page has an article, bytes.
pub(super) const MIN_ARTICLE: u32 = 250;

/// Fewest bytes of running text of one of two articles, and of one of three or more.
const MIN_PART: u32 = 150;
const MIN_TEASED: u32 = 60;

/// Part of a page's running text that several articles have together.
const MIN_SHARE: f32 = 0.6;

/// Most running text of an article that ends at a wall, bytes.
const MAX_BEFORE_WALL: u32 = 1500;

/// Most blocks between the end of an article and the wall.
const MAX_TO_WALL: usize = 6;

/// Fewest words of a button of a wall.
const MIN_WALL: u32 = 3;

impl Dom {
    /// The remark that the page has no article, with how sure that is: the less running text it has, the more of it is
    /// links, and without a day of publication.
    pub(crate) fn not_an_article(&self, page: &Page<'_>) -> Option<&'static str> {
        if self.fates.is_empty() || self.is_article {
            return None;
        }
        let live = self.nodes[self.container].live.min(MIN_ARTICLE) as f32 / MIN_ARTICLE as f32;
        let links = page.elements.first().map_or(0.0, cleancopy_core::Element::link_density);
        let undated = if page.meta.first(Field::Date).is_none() { 1.0 } else { 0.0 };
        let degree = 0.2 * (1.0 - live) + 0.2 * links + 0.1 * undated;
        Some(DEGREES[((degree * 20.0).round() as usize).min(DEGREES.len() - 1)])
    }

    /// Whether the running text of a page is in several articles, or their beginnings, under headlines that lead to
    /// them.
    pub(super) fn find_several(&self, page: &Page<'_>) -> bool {
        let is_part =
            |at: usize| self.nodes[at].junk.is_none() && self.is_post(page, at) && self.nodes[at].prose >= MIN_TEASED;
        let mut linked = vec![false; page.elements.len()];
        for (index, block) in page.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Heading(1..=3)) && self.leaves[index].links > 0.9 {
                let mut at = block.element;
                while let Some(element) = at.filter(|at| !linked[*at as usize]) {
                    linked[element as usize] = true;
                    at = page.elements[element as usize].parent;
                }
            }
        }
        let (mut n_parts, mut n_whole, mut prose) = (0, 0, 0);
        let mut inside = vec![false; page.elements.len()];
        for (at, element) in page.elements.iter().enumerate() {
            let around = element.parent.is_some_and(|parent| inside[parent as usize]);
            inside[at] = around || is_part(at) && linked[at];
            if inside[at] && !around {
                n_parts += 1;
                n_whole += usize::from(self.nodes[at].prose >= MIN_PART);
                prose += self.nodes[at].prose;
            }
        }
        let total = self.nodes.first().map_or(0, |root| root.prose);
        (n_whole >= 2 || n_parts >= 3) && prose as f32 >= MIN_SHARE * total as f32
    }

    /// Whether an element is one for a whole article.
    pub(super) fn is_post(&self, page: &Page<'_>, element: usize) -> bool {
        page.elements[element].tag == "article" || self.nodes[element].parts.is_post()
    }

    /// Whether a short article ends at an ask to log in or to subscribe. A button that says no more than `Subscribe` may
    /// be that of a newsletter, and some ask to log in for a comment.
    pub(crate) fn is_walled(&self, page: &Page<'_>) -> bool {
        const OTHER: CueSet = CueSet::of(&[
            Cue::Newsletter,
            Cue::NewsletterLabel,
            Cue::Comment,
            Cue::CommentLabel,
            Cue::AppealAsk,
            Cue::AppealPress,
        ]);
        let live = self.nodes.get(self.container).map_or(0, |node| node.live);
        if self.fates.is_empty() || live > MAX_BEFORE_WALL {
            return false;
        }
        let (cues, shapes) = (page.measured::<Cues>(), page.measured::<Shapes>());
        let is_wall = |index: usize| {
            let (set, words) = (cues.of(index), shapes.of(index).words);
            let element = page.blocks[index].element.map_or(0, |at| at as usize);
            let is_apart = matches!(self.nodes[element].junk, Some(Part::Comments | Part::Footer | Part::Navigation));
            let asks = set.has(Cue::Paywall) || set.has(Cue::PaywallLabel) && words >= MIN_WALL;
            asks && !set.meets(OTHER) && !is_apart
        };
        let last = self.fates.iter().rposition(|fate| *fate == Fate::Kept).unwrap_or(0);
        (last..self.fates.len().min(last + 1 + MAX_TO_WALL)).any(is_wall)
    }
}

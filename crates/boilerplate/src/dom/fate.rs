//! What is to become of each block of a page.

use std::ops::Range;

use cleancopy_core::{Block, BlockKind, Field, Page};

use super::{Dom, Leaf, Part};
use crate::cues::{Cue, CueSet, Cues};
use crate::shape::{Shape, Shapes};
use crate::small_print;
use crate::view::Views;

/// What is to become of a block, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays.
    #[default]
    Kept,
    /// It is in a part of the page that is no part of an article.
    In(Part),
    /// It is outside the element that holds the article.
    Outside,
    /// It is before the first paragraph.
    Head,
    /// It is after the last one.
    Tail,
    /// It is nothing but links to other pages.
    Links,
    /// It tells the title again.
    Title,
}

/// Phrases of lines that are no part of an article.
const ASIDES: CueSet = CueSet::of(&[
    Cue::ReadMore,
    Cue::RelatedHeading,
    Cue::Newsletter,
    Cue::NewsletterLabel,
    Cue::ShareAsk,
    Cue::PaywallLabel,
    Cue::CookieLabel,
    Cue::CommentLabel,
    Cue::Ad,
    Cue::AdLabel,
    Cue::Player,
    Cue::App,
    Cue::Tags,
    Cue::Copyright,
    Cue::Rights,
    Cue::Navigation,
]);

/// Most blocks between the title and the first paragraph.
const MAX_LEAD: usize = 30;

/// Most blocks between them where a table of contents is.
const MAX_FAR: usize = 100;

/// Blocks over the headline in which its date may stand.
const ABOVE_TITLE: usize = 3;

/// Part of the text in an article below which its running text is the lesser one.
const MAX_LIVE: f32 = 0.7;

/// Fewest bytes of a line that is a title because a declared one begins with it.
const MIN_TITLE: usize = 20;

/// Fewest bytes of a lead.
const MIN_LEAD: u32 = 100;

/// Fewest words of a deck.
const MIN_DECK: u32 = 6;

/// Most words of a line that a phrase alone condemns.
const MAX_ASIDE: u32 = 30;

impl Dom {
    /// Gives each block its fate.
    pub(super) fn decide(&mut self, page: &Page<'_>, shapes: &Shapes) {
        let cues = page.measured::<Cues>();
        self.mark_container(page);
        for (index, block) in page.blocks.iter().enumerate() {
            let element = block.element.map_or(0, |at| at as usize);
            let fate = if !self.is_inside(element) {
                Fate::Outside
            } else if let Some(part) = self.nodes[element].junk.filter(|part| may_be(*part, block, shapes.of(index))) {
                Fate::In(part)
            } else if block.kind == BlockKind::Caption {
                Fate::In(Part::Caption)
            } else if Self::is_title(page, index) {
                Fate::Title
            } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Lines)
                && is_aside(shapes.of(index), cues.of(index), self.leaves[index].links)
                || self.is_links(page, index, shapes.of(index))
            {
                Fate::Links
            } else {
                Fate::Kept
            };
            self.fates.push(fate);
        }
        let is_true =
            |index: &usize| self.fates[*index] == Fate::Kept && is_sentence(shapes.of(*index), self.leaves[*index]);
        let first = (0..page.blocks.len()).find(|index| is_true(index) && !self.is_called_deck(page, *index));
        let last = (0..page.blocks.len()).rfind(is_true);
        let (Some(first), Some(last)) = (first, last) else {
            self.give_up(page);
            return;
        };
        self.is_article = self.nodes[self.container].live >= super::sort::MIN_ARTICLE;
        let is_bare = !self.is_article && self.is_called_article(page);
        if is_bare {
            self.keep_links(page, shapes);
        }
        let around = |index: usize| {
            let element = &page.elements[page.blocks[index].element.map_or(0, |at| at as usize)];
            (element.parent, matches!(element.tag.as_str(), "p" | "h2" | "h3" | "h4" | "h5" | "h6"))
        };
        let views = Views::of(page);
        let title = (first.saturating_sub(MAX_LEAD)..first).rfind(|index| Self::is_headline(page, *index)).unwrap_or(0);
        for index in 0..first {
            let is_sibling = around(index).1
                && around(index).0 == around(first).0
                && index >= title
                && self.leaves[index].links < 0.3;
            // A deck that is a sentence is told by many as the first of the article.
            if self.fates[index] == Fate::Kept && is_sentence(shapes.of(index), self.leaves[index]) {
                continue;
            }
            if (is_sibling || is_bare)
                && page.blocks[index].kind != BlockKind::Heading(1)
                && small_print::read(&views.view(index)).is_none()
            {
                continue;
            }
            // Of several articles each keeps its headline.
            if self.is_several && around(index).0.is_some_and(|outer| self.is_post(page, outer as usize)) {
                continue;
            }
            if page.blocks[index].kind == BlockKind::Heading(1) && self.fates[index] == Fate::Kept {
                self.fates[index] = Fate::Title;
            }
            if self.fates[index] == Fate::Kept
                && !belongs_before(page, index, shapes.of(index), self.leaves[index].links)
            {
                self.fates[index] = Fate::Head;
            }
        }
        self.keep_lead(page, first);
        self.find_deck(&views, first);
        self.keep_part_headers(page, first..last);
        let tail = if is_bare { last..last } else { last + 1..page.blocks.len() };
        for index in tail {
            // A short sentence beside the last paragraph may be its author's last word.
            let in_body = self.nodes[self.container].parts.has(Part::Body) || around(index) == (around(last).0, true);
            if self.fates[index] == Fate::Kept
                && !belongs_after(page, index, shapes.of(index), self.leaves[index].links, in_body)
            {
                self.fates[index] = Fate::Tail;
            }
        }
        self.drop_bare_headings(page);
    }

    /// Whether the container is called an article, or is in one, and running text is the lesser part of it.
    fn is_called_article(&self, page: &Page<'_>) -> bool {
        let node = &self.nodes[self.container];
        let mut around =
            std::iter::successors(Some(self.container), |at| page.elements[*at].parent.map(|at| at as usize));
        (node.live as f32) < MAX_LIVE * node.text as f32
            && (node.parts.has(Part::Body) || around.any(|at| self.is_post(page, at)))
    }

    /// Keeps the links in an article where they are more than its running text.
    fn keep_links(&mut self, page: &Page<'_>, shapes: &Shapes) {
        let cues = page.measured::<Cues>();
        let is_link = |index: &usize| {
            self.fates[*index] == Fate::Links
                && !is_aside(shapes.of(*index), cues.of(*index), self.leaves[*index].links)
        };
        let links: Vec<usize> = (0..page.blocks.len()).filter(is_link).collect();
        let n_bytes: usize = links.iter().map(|index| page.blocks[*index].span.len()).sum();
        if n_bytes as u32 > self.nodes[self.container].live {
            for index in links {
                self.fates[index] = Fate::Kept;
            }
        }
    }

    /// Drops headings under which nothing is left.
    fn drop_bare_headings(&mut self, page: &Page<'_>) {
        let (mut next, mut removed) = (None, false);
        for index in (0..page.blocks.len()).rev() {
            if self.fates[index] != Fate::Kept {
                removed = true;
                continue;
            }
            let level = match page.blocks[index].kind {
                BlockKind::Heading(level) => Some(level),
                _ => None,
            };
            if let (Some(level), Some(below), true) = (level, next, removed)
                && below <= level
            {
                self.fates[index] = Fate::Links;
                continue;
            }
            (next, removed) = (level, false);
        }
    }

    /// Keeps running text between the title and the article's first paragraph: the deck and the lead.
    fn keep_lead(&mut self, page: &Page<'_>, first: usize) {
        let from = first.saturating_sub(MAX_FAR);
        let Some(title) = (from..first).rfind(|index| Self::is_headline(page, *index)) else { return };
        self.head = title.saturating_sub(ABOVE_TITLE)..first.min(title + 1 + MAX_LEAD);
        if title + MAX_LEAD < first {
            return;
        }
        for index in title + 1..first {
            let element = page.blocks[index].element.map_or(0, |at| at as usize);
            let may_be = match self.fates[index] {
                Fate::Outside => matches!(self.nodes[element].junk, None | Some(Part::Header | Part::Teaser)),
                Fate::In(part) => matches!(part, Part::Header | Part::Teaser),
                _ => false,
            };
            let leaf = &self.leaves[index];
            if may_be && leaf.prose >= MIN_LEAD && leaf.links < 0.2 {
                self.fates[index] = Fate::Kept;
            }
        }
    }

    /// Keeps the headings and leads in headers between paragraphs: those of parts of the article.
    fn keep_part_headers(&mut self, page: &Page<'_>, range: Range<usize>) {
        for index in range {
            let leaf = self.leaves[index];
            let is_said = matches!(page.blocks[index].kind, BlockKind::Heading(2..)) || leaf.prose >= MIN_LEAD;
            if self.fates[index] == Fate::In(Part::Header) && is_said && leaf.links < 0.2 {
                self.fates[index] = Fate::Kept;
            }
        }
    }

    /// Whether a block is called the deck.
    fn is_called_deck(&self, page: &Page<'_>, index: usize) -> bool {
        let element = page.blocks[index].element.map_or(0, |at| at as usize);
        let around = page.elements[element].parent.map_or(element, |at| at as usize);
        self.nodes[element].parts.has(Part::Deck) || self.nodes[around].parts.has(Part::Deck)
    }

    /// Finds the deck among what was removed between the headline and the article.
    fn find_deck(&mut self, views: &Views<'_>, first: usize) {
        let page = views.page;
        let is_deck = |index: &usize| {
            let block = page.blocks[*index];
            matches!(self.fates[*index], Fate::Head | Fate::Outside | Fate::In(Part::Header))
                && (self.is_called_deck(page, *index) || matches!(block.kind, BlockKind::Heading(2..)))
                && views.view(*index).n_words() >= MIN_DECK
                && self.leaves[*index].links < 0.2
                && small_print::read(&views.view(*index)).is_none()
        };
        let title = self.head.clone().find(|index| Self::is_headline(page, *index));
        self.deck = title.and_then(|title| (title + 1..first).find(is_deck));
    }

    /// Without any running text everything stays that is not called junk.
    fn give_up(&mut self, page: &Page<'_>) {
        for (index, block) in page.blocks.iter().enumerate() {
            let element = block.element.map_or(0, |at| at as usize);
            self.fates[index] = self.nodes[element].junk.map_or(Fate::Kept, Fate::In);
        }
    }

    /// Whether an element is the container or in it.
    pub(super) fn is_inside(&self, element: usize) -> bool {
        self.inside[element]
    }

    fn mark_container(&mut self, page: &Page<'_>) {
        self.inside.clear();
        let twins = super::container::twins(page.elements, &self.nodes, self.container);
        for (index, element) in page.elements.iter().enumerate() {
            let is_holder = index == self.container || twins.contains(&index);
            let within = is_holder || element.parent.is_some_and(|parent| self.inside[parent as usize]);
            self.inside.push(within);
        }
    }

    /// Whether a block is the headline, by its element or its words.
    pub(super) fn is_headline(page: &Page<'_>, index: usize) -> bool {
        page.blocks[index].kind == BlockKind::Heading(1) || Self::is_title(page, index)
    }

    fn is_title(page: &Page<'_>, index: usize) -> bool {
        let block = page.blocks[index];
        let text = block.span.in_text(page.text);
        match block.kind {
            BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Lines => {
                page.meta.all(Field::Title).any(|title| same_words(title, text) || begins_with(title, text))
            }
            _ => false,
        }
    }

    /// Whether a block is nothing but links.
    fn is_links(&self, page: &Page<'_>, index: usize, shape: &Shape) -> bool {
        let Leaf { links, leads_away, .. } = self.leaves[index];
        match page.blocks[index].kind {
            BlockKind::Paragraph => links > 0.75 && shape.words < 40,
            // A list of links to other sites is one of sources, a changelog, addresses.
            BlockKind::ListItem => links > 0.85 && shape.words > 3 && !leads_away,
            _ => false,
        }
    }
}

/// Whether a block may be what the part is for: captions are lines, not tables or quotations.
fn may_be(part: Part, block: &Block, shape: &Shape) -> bool {
    part != Part::Caption
        || (matches!(block.kind, BlockKind::Paragraph | BlockKind::Lines | BlockKind::Caption)
            && shape.words <= MAX_CAPTION)
}

/// Most words of a caption.
const MAX_CAPTION: u32 = 120;

/// Whether two lines have the same letters and digits.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    a.len().abs_diff(b.len()) < 12 && letters(a) == letters(b)
}

/// Whether a declared title begins with the words of a line; sites add their name.
fn begins_with(title: &str, line: &str) -> bool {
    line.len() >= MIN_TITLE && title.starts_with(line)
}

fn is_aside(shape: &Shape, cues: CueSet, links: f32) -> bool {
    shape.words <= MAX_ASIDE && cues.meets(ASIDES) && (!shape.ends_sentence() || links > 0.2 || shape.words <= 6)
}

/// Whether a block is a sentence at least.
fn is_sentence(shape: &Shape, leaf: Leaf) -> bool {
    (leaf.links < 0.5 && (leaf.prose > 0 || shape.words >= 5 && shape.ends_sentence()))
        || (leaf.links < 0.7 && shape.words >= 10 && shape.ends_sentence())
}

/// Whether a block without running text may open an article.
fn belongs_before(page: &Page<'_>, index: usize, shape: &Shape, links: f32) -> bool {
    match page.blocks[index].kind {
        BlockKind::Quote | BlockKind::Code | BlockKind::Verse => true,
        BlockKind::ListItem | BlockKind::TableRow => links < 0.3 && shape.words >= 3,
        _ => false,
    }
}

/// Whether a block without running text may end an article.
fn belongs_after(page: &Page<'_>, index: usize, shape: &Shape, links: f32, in_body: bool) -> bool {
    match page.blocks[index].kind {
        BlockKind::ListItem | BlockKind::TableRow | BlockKind::Code | BlockKind::Verse | BlockKind::Quote => {
            links < 0.3
        }
        BlockKind::Paragraph => {
            let most = if in_body { 1 } else { 4 };
            links < 0.2
                && shape.words >= most
                && (shape.ends_sentence() || in_body && shape.end == crate::shape::End::Colon)
        }
        _ => false,
    }
}

//! What the structure of a page says about each of its blocks.
//!
//! One pass over the elements adds up running text and reads names (`names`), a walk from the root down finds the
//! element that holds the article (`container`), and each block gets a [`Fate`] (`fate`), which the rules `page-*`
//! carry out. All of it takes time in proportion to the number of elements, blocks and marks.

mod container;
mod fate;
mod names;
mod pictures;
mod posts;
mod print;
mod sort;

use std::ops::Range;

use cleancopy_core::{Block, BlockKind, Edits, Kind, MarkKind, Measure, Page};

use crate::shape::{Shape, Shapes};
pub(crate) use fate::{Fate, same_words};
pub(crate) use names::Part;
use names::{Names, Parts};
use posts::Posts;

/// What is known of an element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    /// What its names say.
    pub parts: Parts,
    /// What it is in, if that is no part of an article.
    pub junk: Option<Part>,
    /// Whether it is in a list.
    pub is_listed: bool,
    /// Running text before it, bytes.
    pub before: u32,
    /// Running text of the largest element below it that is called the body of an article, bytes.
    pub body: u32,
    /// Running text below it, bytes.
    pub prose: u32,
    /// Running text below it that is in no junk, bytes.
    pub live: u32,
    /// All text below it that is in no junk, bytes.
    pub text: u32,
}

/// What is known of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Leaf {
    /// Bytes of it that are running text.
    pub prose: u32,
    /// Share of it that is links, 0 to 1.
    pub links: f32,
    /// Whether most of its links lead to other sites.
    pub leads_away: bool,
}

/// The structure of a page; empty for what is not HTML.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    leaves: Vec<Leaf>,
    fates: Vec<Fate>,
    names: Names,
    posts: Posts,
    container: usize,
    /// Whether an element is the container or in it.
    inside: Vec<bool>,
    deck: Option<usize>,
    is_article: bool,
    is_several: bool,
    /// The blocks around the headline, before the article begins.
    head: Range<usize>,
}

/// Bytes of a paragraph beyond which it counts no further.
const MAX_PROSE: u32 = 4000;

/// Share of a page's running text above which names alone make no junk of an element.
const MAX_JUNK: f32 = 0.3;

/// Share of a page's running text in parts of one sort above which the names of that sort say nothing.
const MAX_NAMED: f32 = 0.45;

/// The same for side columns, which are named so for nothing else.
const MAX_SIDE: f32 = 0.6;

/// Share of link text from which a part named for links to other articles is believed to be one.
const LINKED: f32 = 0.1;

/// Most running text of a part that is named for a picture or its caption, bytes.
const MAX_CAPTIONS: u32 = 600;

/// Fewest bytes of running text of an article that is called one.
const MIN_BODY: u32 = 80;

/// Fewest bytes of running text before a list of readers' posts.
const MIN_STORY: u32 = 150;

/// The part of the running text under a linked heading that counts: one of so many bytes.
const TEASER: u32 = 4;

/// The part of a paragraph in a list that counts: one of so many bytes.
const LISTED: u32 = 2;

impl Dom {
    /// What is to become of each block; empty for what is not HTML.
    pub(crate) fn fates(&self) -> &[Fate] {
        &self.fates
    }

    /// Removes the blocks whose fate `is_mine`.
    pub(crate) fn remove(&self, edits: &mut Edits<'_>, is_mine: impl Fn(Fate) -> bool) {
        for (index, fate) in self.fates.iter().enumerate() {
            if is_mine(*fate) {
                edits.remove_block(index);
            }
        }
    }

    /// Whether the page holds several articles under headlines that lead to them.
    pub(crate) fn is_several(&self) -> bool {
        self.is_several
    }

    /// The block that is the deck: a lesser heading, or a line called one, between the headline and the article.
    pub(crate) fn deck(&self) -> Option<usize> {
        self.deck
    }
}

impl Measure for Dom {
    fn measure(&mut self, page: &Page<'_>) {
        self.nodes.clear();
        self.leaves.clear();
        self.fates.clear();
        (self.is_article, self.is_several) = (false, false);
        self.deck = None;
        self.head = 0..0;
        if page.kind != Kind::Html || page.elements.is_empty() || page.blocks.is_empty() {
            return;
        }
        let shapes = page.measured::<Shapes>();
        measure_leaves(page, shapes, &mut self.leaves);
        for element in page.elements {
            let parts = self.names.of(element);
            self.nodes.push(Node { parts, ..Node::default() });
        }
        for (index, element) in page.elements.iter().enumerate() {
            let around = element.parent.is_some_and(|parent| self.nodes[parent as usize].is_listed);
            self.nodes[index].is_listed = around || matches!(element.tag.as_str(), "ul" | "ol" | "li");
        }
        for (block, leaf) in page.blocks.iter().zip(&mut self.leaves) {
            let node = &mut self.nodes[block.element.map_or(0, |at| at as usize)];
            if node.is_listed && matches!(block.kind, BlockKind::Paragraph) {
                leaf.prose /= LISTED;
            }
            node.prose += leaf.prose;
        }
        let (mut before, mut known) = (0, 0);
        for (block, leaf) in page.blocks.iter().zip(&self.leaves) {
            // Elements are recorded with their first block.
            let last = block.element.map_or(0, |at| at as usize);
            while known <= last {
                self.nodes[known].before = before;
                known += 1;
            }
            before += leaf.prose;
        }
        sum_up(page, &mut self.nodes, |node| &mut node.prose);
        for (index, element) in page.elements.iter().enumerate() {
            if self.nodes[index].parts.has(Part::Body) && !matches!(element.tag.as_str(), "html" | "body") {
                self.nodes[index].body = self.nodes[index].prose;
            }
        }
        for (index, element) in page.elements.iter().enumerate().rev() {
            if let Some(parent) = element.parent {
                let below = self.nodes[index].body;
                let parent = &mut self.nodes[parent as usize].body;
                *parent = below.max(*parent);
            }
        }
        self.posts.find(page, shapes, &self.nodes);
        self.find_junk(page);
        self.is_several = self.find_several(page);
        for (block, leaf) in page.blocks.iter().zip(&self.leaves) {
            let node = &mut self.nodes[block.element.map_or(0, |at| at as usize)];
            if node.junk.is_none() {
                node.live += leaf.prose;
                node.text += (block.span.len() as u32).min(MAX_PROSE);
            }
        }
        sum_up(page, &mut self.nodes, |node| &mut node.live);
        sum_up(page, &mut self.nodes, |node| &mut node.text);
        self.container = container::choose(page.elements, &self.nodes);
        self.decide(page, shapes);
    }
}

impl Dom {
    /// Finds what is in navigation, footers, related boxes and the like.
    fn find_junk(&mut self, page: &Page<'_>) {
        let total = self.nodes[0].prose;
        // What names alone say is believed of a part only if little of the page is in such parts altogether.
        let mut named = [0u32; Part::COUNT];
        let mut ignored = Parts::default();
        self.place_junk(page, ignored);
        for (index, element) in page.elements.iter().enumerate() {
            let around = element.parent.and_then(|parent| self.nodes[parent as usize].junk);
            let node = &self.nodes[index];
            if let (None, Some(part)) = (around, node.junk) {
                named[part as usize] += node.prose;
            } else if around.is_none() && node.parts.has(Part::Widget) && node.prose as f32 > MAX_NAMED * total as f32 {
                // Builders of pages call all that they place a widget, the article too.
                ignored.0 |= 1 << Part::Widget as u32;
            }
        }
        for (part, prose) in named.iter().enumerate() {
            let most = if part == Part::Sidebar as usize { MAX_SIDE } else { MAX_NAMED };
            if *prose as f32 > most * total as f32 {
                ignored.0 |= 1 << part;
            }
        }
        if ignored != Parts::default() {
            self.place_junk(page, ignored);
        }
    }

    fn place_junk(&mut self, page: &Page<'_>, ignored: Parts) {
        let total = self.nodes[0].prose;
        for (index, element) in page.elements.iter().enumerate() {
            let around = element.parent.and_then(|parent| self.nodes[parent as usize].junk);
            let node = self.nodes[index];
            let share = node.prose as f32 / total.max(1) as f32;
            let tag = match element.tag.as_str() {
                "nav" => Some((Part::Navigation, 0.8)),
                "footer" => Some((Part::Footer, 0.8)),
                "header" => Some((Part::Header, 0.3)),
                "aside" => Some((Part::Sidebar, 0.6)),
                "figcaption" | "figure" => Some((Part::Caption, 0.9)),
                "button" | "form" | "fieldset" | "label" | "dialog" => Some((Part::Share, 0.2)),
                _ => None,
            };
            // A short article is less than what stands beside it, but it is called one.
            let is_beside = self.nodes[0].body >= MIN_BODY && node.body == 0;
            let by_tag =
                tag.filter(|(part, most)| share <= *most || is_beside && *part == Part::Sidebar).map(|(part, _)| part);
            // A thread of a forum is such a list as well, with nothing before it.
            let is_posts = node.before >= MIN_STORY && self.posts.is_list(index, &node);
            let by_posts = is_posts.then_some(Part::Comments);
            let by_name = || {
                if matches!(element.tag.as_str(), "html" | "body" | "main" | "article" | "tr" | "td")
                    || node.parts.is_post()
                {
                    return None;
                }
                node.parts.iter().find(|part| {
                    if *part == Part::Caption && node.prose > MAX_CAPTIONS && element.link_density() < LINKED {
                        return false;
                    }
                    let most = match part {
                        Part::Body | Part::Title | Part::Deck | Part::Post => return false,
                        Part::Teaser if node.before < MIN_BODY * 3 => return false,
                        Part::Comments | Part::Footer => 0.8,
                        Part::Sidebar => 0.6,
                        Part::Related if element.link_density() > LINKED => 0.7,
                        Part::Navigation | Part::Related | Part::Widget => 0.4,
                        _ => MAX_JUNK,
                    };
                    share <= most && (!ignored.has(*part) || matches!(part, Part::Comments | Part::Footer))
                })
            };
            self.nodes[index].junk = around.or(by_posts).or(by_tag).or_else(by_name);
        }
    }
}

/// Adds the count of each element to those that hold it.
fn sum_up(page: &Page<'_>, nodes: &mut [Node], count: impl Fn(&mut Node) -> &mut u32) {
    // A parent comes before its children.
    for (index, element) in page.elements.iter().enumerate().rev() {
        if let Some(parent) = element.parent {
            let own = *count(&mut nodes[index]);
            *count(&mut nodes[parent as usize]) += own;
        }
    }
}

fn measure_leaves(page: &Page<'_>, shapes: &Shapes, leaves: &mut Vec<Leaf>) {
    let is_link = |kind| matches!(kind, MarkKind::Link | MarkKind::Away);
    let mut marks = page.marks.iter().filter(|mark| is_link(mark.kind)).peekable();
    let mut after_link = false;
    for (index, block) in page.blocks.iter().enumerate() {
        let (mut linked, mut away) = (0, 0);
        while let Some(mark) = marks.next_if(|mark| mark.outer.start < block.span.end) {
            linked += mark.outer.len();
            away += if mark.kind == MarkKind::Away { mark.outer.len() } else { 0 };
        }
        let links = (linked as f32 / block.span.len().max(1) as f32).min(1.0);
        let mut prose = prose(block, shapes.of(index), links);
        if after_link {
            prose /= TEASER;
        }
        after_link = links > 0.9 && (matches!(block.kind, BlockKind::Heading(_)) || shapes.of(index).words > 3);
        leaves.push(Leaf { prose, links, leads_away: away * 2 > linked });
    }
}

/// Bytes of a block that are running text.
fn prose(block: &Block, shape: &Shape, links: f32) -> u32 {
    let is_prose = links < 0.5 && (shape.words >= 8 && shape.ends_sentence() || shape.words >= 20);
    let bytes = (block.span.len() as u32).min(MAX_PROSE);
    match block.kind {
        BlockKind::TableRow if links < 0.3 && shape.words >= 4 => bytes / 3,
        BlockKind::ListItem if links < 0.3 && shape.words >= 5 => bytes / 3,
        _ if !is_prose => 0,
        BlockKind::Heading(_) | BlockKind::Caption => 0,
        BlockKind::ListItem | BlockKind::Lines | BlockKind::Code | BlockKind::TableRow => bytes / 2,
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::Verse => bytes,
    }
}

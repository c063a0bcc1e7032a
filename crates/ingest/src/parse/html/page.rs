//! The open elements of a page and the blocks that they hold.

mod begin;
mod drawing;
mod elements;
mod ink;
mod looks;
mod picture;
mod row;
mod site;
mod table;

use super::reference::{Place, decoded};
use super::tag::Tag;
use cleancopy_core::{Block, BlockKind, Document, Element, Mark, Picture};
use elements::Sibling;
use ink::{Gap, OpenBlock, OpenMark};
use looks::{Looks, MOST_NAMES};
use picture::Waiting;
use row::Row;

/// How many elements may be open; deeper ones are read as if their tags were not there.
///
/// Source: what browsers allow (Blink, `HTMLConstructionSite`).
pub(super) const DEEPEST: usize = 512;

/// An element that has begun.
#[expect(clippy::struct_excessive_bools, reason = "each is a property that an element has or not")]
struct Open<'a> {
    tag: Tag,
    name: &'a str,
    class: &'a str,
    id: &'a str,
    names: [&'a str; MOST_NAMES],
    /// Index among the document's elements, once a block has been found in it.
    element: Option<u32>,
    /// Whether it stands on lines of its own.
    is_block: bool,
    /// Whether what it holds is not shown.
    is_hidden: bool,
    /// Whether every space in it is shown.
    is_preformatted: bool,
    /// Kind of the blocks in it.
    kind: BlockKind,
    /// Depth of the list item that it is in.
    item: Option<usize>,
    /// The list or table that it is in, counted from 1; 0 for none. Lists in a list are one.
    group: u32,
    /// Where the counts of its children begin.
    siblings: usize,
    /// Which child of that name it is, from 1.
    nth: u32,
    /// Whether it is one of the open marks.
    is_mark: bool,
    /// The number of the next item of a list, or of this item; `None` where items have bullets.
    number: Option<i64>,
    /// Whether the marker of an item is written.
    is_used: bool,
}

/// A page while it is read.
pub(super) struct Page<'a> {
    text: String,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    elements: Vec<Element>,
    pictures: Vec<Picture>,
    /// Pictures in elements that have not ended, the outermost first.
    waiting: Vec<Waiting>,
    stack: Vec<Open<'a>>,
    /// Open elements of each tag.
    n_open: [u32; Tag::COUNT],
    /// Elements of each tag that were too deep to be opened.
    n_deep: [u32; Tag::COUNT],
    siblings: Vec<Sibling>,
    n_hidden: usize,
    n_groups: u32,
    /// Drawings that are open, one in another, and places in them that hold HTML.
    n_svg: usize,
    n_svg_html: usize,
    /// Links that are open in them.
    n_svg_links: usize,
    closing_slash: bool,
    block: Option<OpenBlock>,
    gap: Gap,
    open_marks: Vec<OpenMark>,
    n_links: usize,
    /// The host that the page says it is from; empty if it does not.
    site: String,
    /// Kind and group of the last block.
    last: (BlockKind, u32),
    row: Option<Row>,
}

impl<'a> Page<'a> {
    pub(super) fn new(closing_slash: bool) -> Self {
        let mut page = Self {
            text: String::new(),
            blocks: Vec::new(),
            marks: Vec::new(),
            elements: Vec::new(),
            pictures: Vec::new(),
            waiting: Vec::new(),
            stack: Vec::new(),
            n_open: [0; Tag::COUNT],
            n_deep: [0; Tag::COUNT],
            siblings: Vec::new(),
            n_hidden: 0,
            n_groups: 0,
            n_svg: 0,
            n_svg_html: 0,
            n_svg_links: 0,
            closing_slash,
            block: None,
            gap: Gap::default(),
            open_marks: Vec::new(),
            n_links: 0,
            site: String::new(),
            last: (BlockKind::Paragraph, 0),
            row: None,
        };
        // They are there whether the page has their tags or not.
        page.push(Tag::Html, "html", Looks::default());
        page.push(Tag::Body, "body", Looks::default());
        page
    }

    /// Takes note of the address that the page says it is from.
    pub(super) fn set_address(&mut self, url: &str) {
        if self.site.is_empty() {
            site::host(url).unwrap_or_default().clone_into(&mut self.site);
        }
    }

    /// The text written so far.
    pub(super) fn shown(&self) -> &str {
        &self.text
    }

    /// The class of the innermost open element.
    pub(super) fn class(&self) -> &'a str {
        self.stack.last().map_or("", |open| open.class)
    }

    /// Whether in a drawing or formula.
    pub(super) fn is_foreign(&self) -> bool {
        self.n_svg > 0 && self.n_svg_html == 0 || self.n_open[Tag::Math as usize] > 0
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.n_hidden > 0 || self.n_svg > 0 {
            return;
        }
        // Browsers drop NUL; all other control characters are the page's.
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return self.ink(&decoded(&text.replace('\0', ""), Place::Text));
        }
        self.ink(&decoded(text, Place::Text));
    }

    /// The content of an element in which tags are text.
    pub(super) fn raw(&mut self, tag: Tag, text: &'a str) {
        if tag == Tag::Noscript {
            return self.pictures_without_script(text);
        }
        // Of all these only the oldest are shown; `Other` is the CDATA of a formula.
        if self.n_hidden == 0 && self.n_svg == 0 && matches!(tag, Tag::Xmp | Tag::Plaintext | Tag::Other) {
            self.ink(text);
        }
    }

    pub(super) fn end(&mut self, tag: Tag, name: &str) {
        if self.n_svg > 0 && self.end_in_drawing(tag, name) {
            return;
        }
        match tag {
            Tag::Html | Tag::Body | Tag::Head => return,
            Tag::Br => return self.line_break(),
            _ => {}
        }
        if self.n_deep[tag as usize] > 0 {
            self.n_deep[tag as usize] -= 1;
            if tag.is_block() {
                self.boundary();
            }
            return;
        }
        let is_heading = tag.heading_level().is_some();
        let is_same = |open: &Open<'_>| match tag {
            Tag::Other => open.tag == tag && open.name.eq_ignore_ascii_case(name),
            _ if is_heading => open.tag.heading_level().is_some(),
            _ => open.tag == tag,
        };
        let is_wall = |open: &Open<'_>| match tag {
            Tag::Table => open.tag == Tag::Template,
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption => {
                matches!(open.tag, Tag::Table | Tag::Template)
            }
            _ => open.tag.is_wall(),
        };
        let found = if is_heading || self.n_open[tag as usize] > 0 { self.find(is_same, is_wall) } else { None };
        match found {
            Some(at) if tag.ends_blocks() || !self.stack[at + 1..].iter().any(|open| open.is_block) => self.pop_to(at),
            Some(at) if tag.is_formatting() => self.end_overlapping(at),
            Some(_) => {}
            None if tag.is_block() => self.boundary(),
            None => {}
        }
        self.gap.closes(tag);
    }

    /// The document, without its metadata.
    pub(super) fn finish(mut self) -> Document {
        self.pop_to(0);
        self.close_block();
        self.add_up_elements();
        self.marks.sort_by_key(|mark| (mark.outer.start, std::cmp::Reverse(mark.outer.end)));
        let Self { text, blocks, marks, elements, pictures, .. } = self;
        Document { text, blocks, marks, elements, pictures, ..Document::default() }
    }

    /// The nearest open element that `is_same`, if nothing that `is_wall` lies above it.
    fn find(&self, is_same: impl Fn(&Open<'_>) -> bool, is_wall: impl Fn(&Open<'_>) -> bool) -> Option<usize> {
        for (at, open) in self.stack.iter().enumerate().rev() {
            if is_same(open) {
                return Some(at);
            }
            if is_wall(open) {
                return None;
            }
        }
        None
    }

    fn close_paragraph(&mut self) {
        if self.n_open[Tag::P as usize] == 0 {
            return;
        }
        let is_wall = |open: &Open<'_>| open.tag.is_wall() || matches!(open.tag, Tag::Button | Tag::Object);
        if let Some(at) = self.find(|open| open.tag == Tag::P, is_wall) {
            self.pop_to(at);
        }
    }

    fn close_nearest(&mut self, is_same: impl Fn(&Open<'_>) -> bool, is_wall: impl Fn(&Open<'_>) -> bool) {
        if let Some(at) = self.find(is_same, is_wall) {
            self.pop_to(at);
        }
    }

    /// Ends all elements from this depth on.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(open) = self.stack.pop() else { return };
            self.n_open[open.tag as usize] -= 1;
            self.siblings.truncate(open.siblings);
            self.n_hidden -= usize::from(open.is_hidden);
            self.settle_pictures(self.stack.len(), open.element);
            if open.is_mark {
                self.close_mark(self.open_marks.len() - 1);
            }
            if open.is_block && !open.is_hidden && self.n_hidden == 0 {
                self.break_after(open.tag);
            }
        }
    }

    /// Ends an inline element that has blocks in it which go on.
    fn end_overlapping(&mut self, at: usize) {
        if self.stack[at].is_mark {
            let index = self.stack[..at].iter().filter(|open| open.is_mark).count();
            self.close_mark(index);
        }
        let open = &mut self.stack[at];
        self.n_open[open.tag as usize] -= 1;
        self.n_hidden -= usize::from(open.is_hidden);
        self.n_open[Tag::Other as usize] += 1;
        (open.tag, open.name, open.is_hidden, open.is_mark) = (Tag::Other, "", false, false);
    }
}

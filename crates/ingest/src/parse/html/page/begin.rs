//! Elements that begin: what they end by beginning, and what they are.

use super::site;
use super::{DEEPEST, Looks, Open, Page};
use crate::parse::html::tag::Tag;
use crate::parse::html::token::Start;
use cleancopy_core::{BlockKind, MarkKind};

impl<'a> Page<'a> {
    /// An element begins.
    pub(in crate::parse::html) fn start(&mut self, start: &Start<'a>) {
        let tag = start.tag;
        if self.n_svg > 0 && self.start_in_drawing(start) {
            return;
        }
        if self.n_open[Tag::Math as usize] > 0 {
            if tag.ends_drawing() {
                self.end(Tag::Math, "math");
            } else if start.closes {
                return;
            }
        }
        match tag {
            Tag::Html => return self.dress(0, start),
            Tag::Body => return self.dress(1, start),
            Tag::Head => return,
            Tag::Br => return self.line_break(),
            Tag::Svg => {
                self.n_svg += usize::from(!start.closes);
                return self.gap.seam_if(true);
            }
            _ => {}
        }
        let looks = Looks::of(start);
        if tag.closes_paragraph() {
            self.close_paragraph();
        }
        if tag.is_void() {
            if tag == Tag::Input && self.n_open[Tag::Select as usize] > 0 {
                self.end(Tag::Select, "select");
            }
            if tag == Tag::Hr && !looks.is_hidden {
                self.boundary();
            }
            if tag == Tag::Img && !looks.is_hidden {
                self.picture(start);
            }
            return self.gap.seam_if(tag.stands_apart());
        }
        if !self.make_room(tag) {
            return;
        }
        if tag.is_raw() && tag != Tag::Xmp && tag != Tag::Plaintext {
            return;
        }
        if self.closing_slash && start.closes {
            if tag.is_block() && !looks.is_hidden {
                self.boundary();
            }
            return;
        }
        if tag == Tag::Other && start.name.eq_ignore_ascii_case("amp-img") && !looks.is_hidden {
            self.picture(start);
        }
        self.gap.opens(tag);
        self.push(tag, start.name, looks);
    }

    /// Gives the root or the body its attributes.
    fn dress(&mut self, depth: usize, start: &Start<'a>) {
        let looks = Looks::of(start);
        if let Some(open) = self.stack.get_mut(depth)
            && open.element.is_none()
        {
            open.class = if open.class.is_empty() { looks.class } else { open.class };
            open.id = if open.id.is_empty() { looks.id } else { open.id };
            open.names = if open.names[0].is_empty() { looks.names } else { open.names };
        }
    }

    /// Ends what the start of `tag` ends without saying so; gives whether `tag` may begin here.
    fn make_room(&mut self, tag: Tag) -> bool {
        match tag {
            Tag::Li => self.close_nearest(|open| open.tag == Tag::Li, |open| open.tag.walls_items()),
            Tag::Dd | Tag::Dt => {
                self.close_nearest(|open| matches!(open.tag, Tag::Dd | Tag::Dt), |open| open.tag.walls_items());
            }
            Tag::A if self.n_open[tag as usize] > 0 => self.end(tag, "a"),
            Tag::Button if self.n_open[tag as usize] > 0 => self.end(tag, "button"),
            Tag::Select if self.n_open[tag as usize] > 0 => {
                self.end(tag, "select");
                return false;
            }
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption | Tag::Table => {
                return self.make_room_in_table(tag);
            }
            _ if tag.heading_level().is_some() => {
                self.close_nearest(|open| open.tag.heading_level().is_some(), |_| true);
            }
            _ => {}
        }
        true
    }

    /// Opens an element, unless it is too deep.
    pub(super) fn push(&mut self, tag: Tag, name: &'a str, looks: Looks<'a>) {
        let is_block = tag.is_block() || looks.is_block;
        let is_shown = tag == Tag::Template && looks.is_open;
        let is_hidden = (tag.is_hidden() && !is_shown) || looks.is_hidden || (tag == Tag::Dialog && !looks.is_open);
        // Brackets for programs that cannot set readings over characters.
        let is_hidden = is_hidden || tag == Tag::Other && name.eq_ignore_ascii_case("rp");
        let depth = self.stack.len();
        if depth >= DEEPEST {
            self.n_deep[tag as usize] += 1;
            if is_block {
                self.boundary();
            }
            return;
        }
        if is_block && !is_hidden && self.n_hidden == 0 {
            self.break_before(tag);
        }
        let nth = if is_block { self.count_sibling(tag) } else { 1 };
        let around = self.stack.last();
        let mut open = Open {
            tag,
            name,
            class: looks.class,
            id: looks.id,
            names: looks.names,
            element: None,
            is_block,
            is_hidden,
            is_preformatted: around.is_some_and(|around| around.is_preformatted) || tag.is_preformatted(),
            kind: around.map_or(BlockKind::Paragraph, |around| around.kind),
            item: around.and_then(|around| around.item),
            group: around.map_or(0, |around| around.group),
            siblings: self.siblings.len(),
            nth,
            is_mark: false,
            number: None,
            is_used: false,
        };
        match tag {
            Tag::Li => {
                (open.kind, open.item) = (BlockKind::ListItem, Some(depth));
                open.number = self.number_item(looks.value);
            }
            Tag::Ol => open.number = Some(looks.start.unwrap_or(1)),
            Tag::Blockquote => open.kind = BlockKind::Quote,
            Tag::Figcaption => open.kind = BlockKind::Caption,
            Tag::Address | Tag::Dd | Tag::Dt => open.kind = BlockKind::Lines,
            Tag::Td | Tag::Th | Tag::Caption => (open.kind, open.item) = (BlockKind::Paragraph, None),
            _ if tag.is_preformatted() => open.kind = BlockKind::Code,
            _ => {
                if let Some(level) = tag.heading_level() {
                    open.kind = BlockKind::Heading(level);
                }
            }
        }
        let begins_group = match tag {
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl => open.item.is_none() || open.group == 0,
            Tag::Table => true,
            _ => false,
        };
        if begins_group {
            self.n_groups += 1;
            open.group = self.n_groups;
        }
        let mark = match tag {
            Tag::B | Tag::Strong => Some(MarkKind::Strong),
            Tag::I | Tag::Em => Some(MarkKind::Emphasis),
            Tag::A if looks.is_link && site::leads_away(&self.site, looks.href) => Some(MarkKind::Away),
            Tag::A if looks.is_link => Some(MarkKind::Link),
            Tag::Code | Tag::Tt | Tag::Kbd | Tag::Samp => Some(MarkKind::Code),
            Tag::Other if name.eq_ignore_ascii_case("rt") => Some(MarkKind::Notation),
            _ => None,
        };
        if let Some(kind) = mark {
            open.is_mark = true;
            self.open_mark(kind);
        }
        self.n_open[tag as usize] += 1;
        self.n_hidden += usize::from(is_hidden);
        self.stack.push(open);
    }

    /// The number of an item that begins here, if its list has numbers.
    fn number_item(&mut self, value: Option<i64>) -> Option<i64> {
        let list =
            self.stack.iter_mut().rev().find(|open| matches!(open.tag, Tag::Ol | Tag::Ul | Tag::Menu | Tag::Dir))?;
        let number = value.or(list.number).filter(|_| list.tag == Tag::Ol)?;
        list.number = Some(number.saturating_add(1));
        Some(number)
    }
}

//! The elements that blocks refer to.

use super::Page;
use crate::parse::html::reference::{Place, decoded};
use crate::parse::html::tag::Tag;
use cleancopy_core::Element;

/// How many children of one name an open element has had.
pub(super) struct Sibling {
    tag: Tag,
    count: u32,
}

/// Length from which on a path leaves out its beginning, bytes.
const LONG_PATH: usize = 240;

impl Page<'_> {
    /// Counts a child of the innermost element; gives which of its name it is, from 1.
    pub(super) fn count_sibling(&mut self, tag: Tag) -> u32 {
        let from = self.stack.last().map_or(0, |around| around.siblings);
        if let Some(sibling) = self.siblings[from..].iter_mut().find(|sibling| sibling.tag == tag) {
            sibling.count += 1;
            return sibling.count;
        }
        self.siblings.push(Sibling { tag, count: 1 });
        1
    }

    /// The innermost element at or below `depth` that stands on lines of its own, recorded with all that it lies in.
    pub(super) fn element_at(&mut self, depth: usize) -> Option<u32> {
        let depth = self.stack[..=depth].iter().rposition(|open| open.is_block)?;
        let first = self.stack[..=depth].iter().rposition(|open| open.element.is_some()).map_or(0, |at| at + 1);
        for at in first..=depth {
            if self.stack[at].is_block {
                self.record(at);
            }
        }
        self.stack[depth].element
    }

    fn record(&mut self, at: usize) {
        let parent = self.stack[..at].iter().rev().find_map(|open| open.element);
        let open = &mut self.stack[at];
        let tag = match open.tag {
            Tag::Other => open.name.to_ascii_lowercase(),
            tag => tag.name().to_owned(),
        };
        let mut path = match parent.map(|parent| self.elements[parent as usize].path.as_str()) {
            None => String::new(),
            Some(long) if long.len() > LONG_PATH => "...>".to_owned(),
            Some(path) => format!("{path}>"),
        };
        path.push_str(&tag);
        if open.nth > 1 {
            path = format!("{path}[{}]", open.nth);
        }
        let class = decoded(open.class, Place::Attribute).into_owned();
        let id = decoded(open.id, Place::Attribute).into_owned();
        let mut names = String::new();
        for name in open.names.iter().filter(|name| !name.is_empty()) {
            if !names.is_empty() {
                names.push(' ');
            }
            names.push_str(&decoded(name, Place::Attribute));
        }
        open.element = Some(self.elements.len() as u32);
        self.elements.push(Element { tag, path, class, id, names, parent, ..Element::default() });
    }

    /// Adds the text of each element to those that hold it.
    pub(super) fn add_up_elements(&mut self) {
        // A parent is recorded before its children.
        for at in (0..self.elements.len()).rev() {
            let Element { parent, text_bytes, link_bytes, .. } = self.elements[at];
            if let Some(parent) = parent {
                self.elements[parent as usize].text_bytes += text_bytes;
                self.elements[parent as usize].link_bytes += link_bytes;
            }
        }
    }
}

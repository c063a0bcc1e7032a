//! Where the parts of a table may begin.

use super::{Looks, Open, Page};
use crate::parse::html::tag::Tag;

impl Page<'_> {
    /// Ends what a part of a table ends by beginning; gives whether it may begin here.
    pub(super) fn make_room_in_table(&mut self, tag: Tag) -> bool {
        if tag == Tag::Table {
            return true;
        }
        let holds = |open: &Open<'_>| match tag {
            Tag::Td | Tag::Th => matches!(open.tag, Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Table),
            Tag::Tr => matches!(open.tag, Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Table),
            _ => open.tag == Tag::Table,
        };
        let Some(at) = self.find(holds, |open| open.tag == Tag::Template) else {
            // A cell without a table is nothing but its words.
            self.boundary();
            return false;
        };
        self.pop_to(at + 1);
        if matches!(tag, Tag::Td | Tag::Th) && self.stack[at].tag != Tag::Tr {
            self.push(Tag::Tr, "tr", Looks::default());
        }
        true
    }
}

//! Drawings: nothing in them is shown as text, but HTML may end them.

use super::{Open, Page};
use crate::parse::html::tag::Tag;
use crate::parse::html::token::Start;

impl Page<'_> {
    /// Takes note of a start tag in a drawing; gives whether it stays in it.
    pub(super) fn start_in_drawing(&mut self, start: &Start<'_>) -> bool {
        if start.tag.ends_drawing() && self.n_svg_html == 0 {
            // HTML in a drawing that was never closed.
            self.end_drawing();
            return false;
        }
        if !start.closes {
            self.n_svg += usize::from(start.tag == Tag::Svg);
            self.n_svg_html += usize::from(is_html_in_svg(start.name));
            self.n_svg_links += usize::from(start.tag == Tag::A);
        }
        true
    }

    /// Takes note of an end tag in a drawing; gives whether it was one of it.
    pub(super) fn end_in_drawing(&mut self, tag: Tag, name: &str) -> bool {
        if matches!(tag, Tag::P | Tag::Br) && self.n_svg_html == 0 {
            self.end_drawing();
            return false;
        }
        let is_same = |open: &Open<'_>| match tag {
            Tag::Other => open.tag == tag && open.name.eq_ignore_ascii_case(name),
            _ if tag.heading_level().is_some() => open.tag.heading_level().is_some(),
            _ => open.tag == tag,
        };
        if tag == Tag::Svg {
            self.n_svg -= 1;
        } else if is_html_in_svg(name) {
            self.n_svg_html = self.n_svg_html.saturating_sub(1);
        } else if tag == Tag::A && self.n_svg_links > 0 {
            self.n_svg_links -= 1;
        } else if !tag.is_raw() && self.n_svg_html == 0 && self.stack.iter().any(is_same) {
            // The end of what the drawing is in is the end of the drawing.
            self.end_drawing();
            return false;
        }
        if self.n_svg == 0 {
            self.end_drawing();
        }
        true
    }

    fn end_drawing(&mut self) {
        (self.n_svg, self.n_svg_html, self.n_svg_links) = (0, 0, 0);
    }
}

/// Places in a drawing that hold HTML.
fn is_html_in_svg(name: &str) -> bool {
    ["foreignobject", "desc", "title"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

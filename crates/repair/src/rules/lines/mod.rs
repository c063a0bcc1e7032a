//! Rules of the lines stage. Each takes its share of what the layout decided.

pub(super) mod blank_in_sentence;
pub(super) mod broken_line;
pub(super) mod double_spacing;
pub(super) mod line_end_hyphen;
pub(super) mod markdown_mark;
pub(super) mod page_furniture;
pub(super) mod paragraph_separator;
pub(super) mod ruby_reading;
pub(super) mod space_before_quote;

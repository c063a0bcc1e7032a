//! Rules of the lines stage. Each takes its share of what the layout decided.

pub(super) mod blank_in_sentence;
pub(super) mod broken_line;
pub(super) mod markdown_mark;
pub(super) mod paragraph_separator;
pub(super) mod space_before_quote;

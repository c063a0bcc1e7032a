//! Rules that mend stray glyphs, in the order of work: see [`super::RULES`].
//!
//! All of them start from [`suspects::Suspects`], one scan of the text that says which suspicious
//! characters occur and where; a rule whose class is absent returns at once.

pub(super) mod ansi_sequence;
pub(super) mod byte_order_mark;
mod chars;
pub(super) mod control_character;
pub(super) mod direction_mark;
pub(super) mod joiner;
pub(super) mod line_end;
pub(super) mod mojibake;
pub(super) mod object_replacement;
pub(super) mod soft_hyphen;
pub(super) mod space_before_punctuation;
pub(super) mod stray_symbol;
mod suspects;
pub(super) mod zero_width_space;

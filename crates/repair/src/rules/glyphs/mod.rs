//! Rules that mend stray glyphs, in the order of work: see [`super::RULES`].
//!
//! All of them start from [`suspects::Suspects`], one scan of the text that says which suspicious
//! characters occur and where; a rule whose class is absent returns at once, or is not run at all: see [`super::NEEDS`].

pub(super) mod ansi_sequence;
pub(super) mod break_tag;
pub(super) mod byte_order_mark;
pub(super) mod c1_character;
mod chars;
pub(super) mod control_character;
pub(super) mod decomposed_letter;
pub(super) mod direction_mark;
pub(super) mod entity;
pub(super) mod escaped_character;
pub(super) mod full_width;
pub(super) mod joiner;
pub(super) mod ligature;
pub(super) mod line_end;
pub(super) mod lost_apostrophe;
pub(super) mod mojibake;
pub(super) mod no_break_space;
pub(super) mod object_replacement;
pub(super) mod private_use;
pub(super) mod quote_style;
pub(super) mod quoted_printable;
pub(super) mod soft_hyphen;
pub(super) mod space_before_punctuation;
pub(super) mod spaced_quote;
pub(super) mod split_contraction;
pub(super) mod stray_symbol;
pub(super) mod styled_letter;
pub(super) mod suspects;
pub(super) mod typewriter_quote;
pub(super) mod variation_selector;
pub(super) mod zero_width_space;

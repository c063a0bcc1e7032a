//! The list of rules that mend.

mod glyphs;
mod lines;

use cleancopy_core::Rule;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[
    // Glyphs, each on the text that the one before it left. Characters that others are spelled with come
    // first: terminal sequences hold controls, and broken UTF-8 holds soft hyphens.
    &glyphs::ansi_sequence::RULE,
    &glyphs::line_end::RULE,
    &glyphs::control_character::RULE,
    &glyphs::mojibake::RULE,
    &glyphs::byte_order_mark::RULE,
    &glyphs::stray_symbol::RULE,
    &glyphs::object_replacement::RULE,
    &glyphs::zero_width_space::RULE,
    &glyphs::joiner::RULE,
    &glyphs::direction_mark::RULE,
    &glyphs::soft_hyphen::RULE,
    &glyphs::space_before_punctuation::RULE,
    &lines::markdown_mark::RULE,
    &lines::broken_line::RULE,
    &lines::blank_in_sentence::RULE,
    &lines::paragraph_separator::RULE,
];

/// Ids of the rules that run only when asked for.
pub static OPTIONAL: &[&str] = &[];

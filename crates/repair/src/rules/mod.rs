//! The list of rules that mend.

mod glyphs;
mod lines;

use cleancopy_core::Rule;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[
    // Glyphs, each on the text that the one before it left. Characters that others are spelled with come
    // first: escapes may hold anything, terminal sequences hold controls, broken UTF-8 holds soft hyphens.
    &glyphs::quoted_printable::RULE,
    &glyphs::escaped_character::RULE,
    &glyphs::break_tag::RULE,
    &glyphs::entity::RULE,
    &glyphs::ansi_sequence::RULE,
    &glyphs::line_end::RULE,
    &glyphs::control_character::RULE,
    &glyphs::mojibake::RULE,
    &glyphs::c1_character::RULE,
    &glyphs::byte_order_mark::RULE,
    &glyphs::lost_apostrophe::RULE,
    &glyphs::stray_symbol::RULE,
    &glyphs::object_replacement::RULE,
    &glyphs::private_use::RULE,
    &glyphs::zero_width_space::RULE,
    &glyphs::joiner::RULE,
    &glyphs::direction_mark::RULE,
    &glyphs::soft_hyphen::RULE,
    &glyphs::variation_selector::RULE,
    &glyphs::ligature::RULE,
    &glyphs::styled_letter::RULE,
    &glyphs::typewriter_quote::RULE,
    &glyphs::split_contraction::RULE,
    &glyphs::space_before_punctuation::RULE,
    &glyphs::spaced_quote::RULE,
    &glyphs::no_break_space::RULE,
    &glyphs::full_width::RULE,
    &glyphs::quote_style::RULE,
    &glyphs::decomposed_letter::RULE,
    &lines::ruby_reading::RULE,
    &lines::markdown_mark::RULE,
    &lines::page_furniture::RULE,
    &lines::line_end_hyphen::RULE,
    &lines::broken_line::RULE,
    &lines::double_spacing::RULE,
    &lines::blank_in_sentence::RULE,
    &lines::space_before_quote::RULE,
    &lines::paragraph_separator::RULE,
];

/// Ids of the rules that run only when asked for.
pub static OPTIONAL: &[&str] = &["no-break-space", "full-width", "quote-style", "decomposed-letter"];

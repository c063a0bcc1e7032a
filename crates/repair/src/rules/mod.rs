//! The list of rules that mend.

mod glyphs;
mod lines;

use cleancopy_core::{Page, Rule};

use glyphs::suspects::Class::{
    self, Accent, Asked, Backslash, ByteOrderMark, C1, Control, Direction, Entity, Equals, Escape, Joiner, Ligature,
    LineEnd, Mojibake, Object, PrivateUse, Replacement, SoftHyphen, SpacedMark, SpacedQuote, SplitWord, Styled, Symbol,
    Tag, Tags, Variation, ZeroWidth,
};
use glyphs::suspects::Suspects;

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

/// Classes of suspicious places without one of which a rule finds nothing. Rules that are not listed look for themselves.
static NEEDS: &[(&Rule, &[Class])] = &[
    (&glyphs::quoted_printable::RULE, &[Equals]),
    (&glyphs::escaped_character::RULE, &[Backslash]),
    (&glyphs::break_tag::RULE, &[Tag]),
    (&glyphs::entity::RULE, &[Entity]),
    (&glyphs::ansi_sequence::RULE, &[Escape]),
    (&glyphs::line_end::RULE, &[LineEnd]),
    (&glyphs::control_character::RULE, &[Control, Escape]),
    (&glyphs::mojibake::RULE, &[Mojibake]),
    (&glyphs::c1_character::RULE, &[C1, LineEnd, Escape]),
    (&glyphs::byte_order_mark::RULE, &[ByteOrderMark]),
    (&glyphs::lost_apostrophe::RULE, &[Replacement, Asked]),
    (&glyphs::stray_symbol::RULE, &[Symbol, Object, PrivateUse]),
    (&glyphs::object_replacement::RULE, &[Object]),
    (&glyphs::private_use::RULE, &[PrivateUse]),
    (&glyphs::zero_width_space::RULE, &[ZeroWidth]),
    (&glyphs::joiner::RULE, &[Joiner]),
    (&glyphs::direction_mark::RULE, &[Direction]),
    (&glyphs::soft_hyphen::RULE, &[SoftHyphen]),
    (&glyphs::variation_selector::RULE, &[Variation, Tags]),
    (&glyphs::ligature::RULE, &[Ligature]),
    (&glyphs::styled_letter::RULE, &[Styled]),
    (&glyphs::typewriter_quote::RULE, &[Accent]),
    (&glyphs::split_contraction::RULE, &[SplitWord]),
    (&glyphs::space_before_punctuation::RULE, &[SpacedMark]),
    (&glyphs::spaced_quote::RULE, &[SpacedQuote]),
];

/// What a text must hold for a rule to find anything in it.
#[derive(Clone, Copy, Debug)]
pub struct Needs(Option<u32>);

impl Needs {
    /// What `rule` needs.
    pub fn of(rule: &Rule) -> Self {
        let needs = NEEDS.iter().find(|(known, _)| std::ptr::eq(*known, rule));
        Self(needs.map(|(_, classes)| classes.iter().fold(0, |needs, class| needs | class.bit())))
    }

    /// Whether the page holds it.
    pub fn are_met(self, page: &Page<'_>) -> bool {
        self.0.is_none_or(|needs| page.measured::<Suspects>().classes() & needs != 0)
    }
}

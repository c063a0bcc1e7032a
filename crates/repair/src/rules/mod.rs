//! The list of rules that mend.

mod lines;

use cleancopy_core::Rule;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[
    &lines::markdown_mark::RULE,
    &lines::broken_line::RULE,
    &lines::blank_in_sentence::RULE,
    &lines::paragraph_separator::RULE,
];

/// Ids of the rules that run only when asked for.
pub static OPTIONAL: &[&str] = &[];

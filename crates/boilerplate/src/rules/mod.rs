//! The list of rules that remove.

use cleancopy_core::Rule;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[];

//! The list of rules that mend.

use cleancopy_core::Rule;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[];

/// Ids of the rules that run only when asked for.
pub static OPTIONAL: &[&str] = &[];

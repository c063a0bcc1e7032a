//! The list of rules that remove.

use cleancopy_core::Rule;

mod appeal;
pub(crate) mod byline;
pub(crate) mod caption;
mod copyright_line;
mod date_line;
mod headline;
mod source_url;
mod subtitle;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[
    &headline::RULE,
    &subtitle::RULE,
    &date_line::RULE,
    &byline::RULE,
    &caption::RULE,
    &source_url::RULE,
    &copyright_line::RULE,
    &appeal::RULE,
];

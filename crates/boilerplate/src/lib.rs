//! Rules that remove: what is not the article.
//!
//! [`RULES`] is in the order of work.

mod rules;

pub use rules::RULES;

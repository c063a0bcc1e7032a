//! Turns messy news-article text into clean copy, with every removed byte accounted for.
//!
//! [`clean`] is the shortest way in; a [`Cleaner`] gives text, metadata and ledger and is reused from
//! document to document.

mod cleaner;
pub mod rules;

pub use cleancopy_core as core;
pub use cleaner::{Cleaned, Cleaner};
pub use rules::Rules;

/// Cleans one plain text with the default rules.
///
/// ```
/// assert_eq!(cleancopy::clean("A fine day."), "A fine day.");
/// ```
pub fn clean(text: &str) -> String {
    Cleaner::new().clean(text).text.to_owned()
}

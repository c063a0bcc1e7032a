//! Turns messy news-article text into clean copy, with every removed byte accounted for.
//!
//! [`clean`] is the shortest way in; a [`Cleaner`] gives text, metadata and ledger and is reused from
//! document to document.

mod batch;
mod checkpoint;
mod cleaner;
mod counted;
mod entry;
mod ids;
mod language;
pub mod learn;
mod recorded;
mod reported;
mod restore;
pub mod rules;
mod run;
mod site;
mod team;
pub mod trial;
mod verify;
mod window;
mod worker;
mod writer;

pub use checkpoint::resumable;
pub use cleancopy_core as core;
pub use cleancopy_custom as custom;
pub use cleancopy_ingest as ingest;
pub use cleancopy_output as output;
pub use cleaner::{BlockReport, Cleaned, Cleaner, GapReport};
pub use ids::Ids;
pub use recorded::RecordError;
pub use reported::survey;
pub use restore::{Restored, restore};
pub use rules::Rules;
pub use run::{Outcome, Progress, RunError, RunOptions, run};
pub use site::{SiteFrom, UnknownSiteFrom};
pub use verify::{Verified, verify};

/// Cleans one plain text with the default rules.
///
/// ```
/// assert_eq!(cleancopy::clean("A fine day."), "A fine day.");
/// ```
pub fn clean(text: &str) -> String {
    Cleaner::new().clean(text).text.to_owned()
}

/// The examples of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

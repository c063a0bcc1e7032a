//! The report: one self-contained page that says what a run did, for people who do not read ledgers.
//!
//! Workers count into a [`Survey`], surveys are merged, and [`Report::html`] writes the page. It loads nothing from
//! anywhere: style and script stand in the page, and its own policy forbids all else.

mod bounded;
mod page;
mod sample;
mod survey;

use cleancopy_core::Rule;

pub use sample::{Piece, Sampled, Stretch};
pub use survey::{RuleShare, SiteShare, Survey, Surveyed, Tail};

use crate::Summary;

/// All that goes into the page.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What the page is called, such as the name of the output.
    pub title: &'a str,
    /// The accounting.
    pub summary: &'a Summary,
    /// Counts and samples.
    pub survey: &'a Survey,
    /// The rules of the run, whose texts and examples the page shows.
    pub rules: &'a [&'static Rule],
}

impl Report<'_> {
    /// The page.
    ///
    /// ```
    /// use cleancopy_output::{Summary, report::{Piece, Report, Survey, Surveyed}};
    ///
    /// let mut survey = Survey::new(30);
    /// let pieces = [Piece::Kept("It rained."), Piece::Removed { text: "Share", rule: "share-bar" }];
    /// survey.add(&Surveyed { id: "a", source: "a.txt", site: "", pieces: &pieces, output: "It rained." });
    /// let report = Report { title: "news.jsonl", summary: &Summary::default(), survey: &survey, rules: &[] };
    /// assert!(report.html().contains("It rained."));
    /// ```
    pub fn html(&self) -> String {
        page::page(self).into_string()
    }
}

//! Rules that remove: what is not the article.
//!
//! [`RULES`] is in the order of work. All of them judge the same blocks of one repaired text, through
//! shared measurements: `words` (the text split once), `shape` (the form of each block), `cues` (phrases
//! that people write in such lines), `head` (which of the first blocks is what).

mod appeals;
mod asks;
mod captions;
mod cells;
mod credit;
mod cues;
mod dates;
mod dom;
mod exports;
mod head;
mod looks;
mod model;
mod repeats;
mod rules;
mod shape;
mod slots;
mod small_print;
mod told;
mod verdicts;
mod view;
mod voices;
mod word_map;
mod words;
mod zones;

pub use asks::{ask_signal_names, describe_asks};
use cleancopy_core::{Kind, Page};
pub use model::{BlockReport, Standing, describe_blocks, explain_blocks, residue_chances, signal_names, try_weights};
pub use rules::{Claimants, Needs, OPTIONAL, RULES};

/// Makes the measurements of `page` that nearly all rules for what is no HTML page read.
pub fn read_blocks(page: &Page<'_>) {
    if page.kind != Kind::Html {
        view::Views::of(page);
    }
}

/// Judges the blocks of `page`.
pub fn judge_blocks(page: &Page<'_>) {
    page.measured::<verdicts::Verdicts>();
}

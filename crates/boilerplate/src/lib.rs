//! Rules that remove: what is not the article.
//!
//! [`RULES`] is in the order of work. All of them judge the same blocks of one repaired text, through
//! shared measurements: `words` (the text split once), `shape` (the form of each block), `cues` (phrases
//! that people write in such lines), `head` (which of the first blocks is what).

mod cues;
mod dates;
mod head;
mod rules;
mod shape;
mod words;

pub use rules::RULES;

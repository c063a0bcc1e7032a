//! Rules that mend: stray glyphs, then broken lines.
//!
//! [`RULES`] is in the order of work. [`lay_out`] finds the blocks of a text between the two stages.

mod layout;
mod rules;

pub use layout::{GapReport, explain_gaps, lay_out, read_lines};
pub use rules::{Needs, OPTIONAL, RULES};

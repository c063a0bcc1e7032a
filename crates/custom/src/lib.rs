//! Users' own rules: written in TOML, loaded while the program runs, obeyed like any other.
//!
//! [`RuleFile`] reads a file of rules and says what is wrong with it. [`RuleSet`] makes one automaton of
//! all literal parts of many rules and finds where they apply; each rule that applies then writes its
//! edits as a plain [`Rule`](cleancopy_core::Rule) of the stage Blocks, with the same ledger.

mod elements;
mod file;
mod findings;
mod fold;
mod keys;
mod literal;
mod pattern;
mod place;
mod set;

pub use file::{CustomRule, FileError, RuleFile};
pub use findings::Findings;
pub use fold::fold;
pub use place::{Place, place_of};
pub use set::RuleSet;

//! What the fuzzers check, in a library of its own so that `tests/replay.rs` can check the same without nightly Rust.
//!
//! Each target takes any bytes and panics where something does not hold that must hold of all input. The first byte
//! of some inputs chooses what is done with the others; a seed is then a letter and a text.

#![allow(clippy::missing_panics_doc, reason = "panicking is what these functions are for")]

mod archives;
mod decoding;
#[path = "../../../crates/repair/tests/glyphs/laws.rs"]
mod glyph_laws;
mod ledger;
mod parsing;
mod records;
mod whole;

pub use archives::archives;
pub use decoding::decode_glyphs;
pub use ledger::ledger;
pub use parsing::{parse_html, parse_markdown, parse_text};
pub use records::{csv, jsonl};
pub use whole::clean;

/// A target and its name, which is also the folder of its seeds.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 9] = [
    ("archives", archives),
    ("clean", clean),
    ("csv", csv),
    ("decode_glyphs", decode_glyphs),
    ("jsonl", jsonl),
    ("ledger", ledger),
    ("parse_html", parse_html),
    ("parse_markdown", parse_markdown),
    ("parse_text", parse_text),
];

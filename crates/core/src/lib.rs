//! The vocabulary of cleancopy: documents, rules, edits and the ledger.
//!
//! A [`Rule`] sees a [`Page`] and writes [`Edits`]; a [`Draft`] applies them and keeps a [`Ledger`]
//! from which the source can be had back. This crate opens no file, starts no thread, prints nothing.

mod columns;
mod document;
mod draft;
mod edit;
mod ledger;
mod lines;
mod meta;
mod page;
mod rule;
mod span;

pub use columns::COLUMNS;
pub use document::{Block, BlockKind, Document, Element, Kind, Mark, MarkKind, Picture};
pub use draft::Draft;
pub use edit::{Edit, Edits};
pub use ledger::{Fate, FateBuffers, Ledger};
pub use lines::Lines;
pub use meta::{Evidence, Field, Meta};
pub use page::{Measure, Page, Paragraphs, Profile, Settings, Taken};
pub use rule::{Example, Rule, Scope, Stage};
pub use span::Span;

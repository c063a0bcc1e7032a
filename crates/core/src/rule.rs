//! A rule: its text, its examples and its code in one value.

use crate::{Edits, Page};

/// When a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Stray glyphs; each rule sees what the one before it left.
    Glyphs,
    /// Broken lines; all rules see the same text and the same layout.
    Lines,
    /// What is not the article; all rules see the same text and the same blocks.
    Blocks,
}

impl Stage {
    /// All stages in their order of work.
    pub const ALL: [Stage; 3] = [Stage::Glyphs, Stage::Lines, Stage::Blocks];

    /// The name that `--only` and `--without` take.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Glyphs => "glyphs",
            Self::Lines => "lines",
            Self::Blocks => "blocks",
        }
    }
}

/// Where a rule may edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Edits inside code, verse and tables are refused.
    Prose,
    /// Edits are taken wherever they are.
    Everywhere,
}

/// A small text that shows what a rule does. Examples run as tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text before.
    pub before: &'static str,
    /// The text after; equal to `before` if the rule must leave it alone.
    pub after: &'static str,
}

impl Example {
    /// The rule turns `before` into `after`.
    pub const fn changes(before: &'static str, after: &'static str) -> Self {
        Self { before, after }
    }

    /// The rule leaves `text` as it is: a text that a careless version would harm.
    pub const fn keeps(text: &'static str) -> Self {
        Self { before: text, after: text }
    }

    /// Whether the rule leaves the text alone.
    pub fn is_kept(&self) -> bool {
        self.before == self.after
    }
}

/// A rule. A plain value: no trait object, no macro, no registry.
///
/// The id names the residue found and is never reused or renamed. `examples` holds at least one
/// change and two texts that must be kept.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case name of the residue, such as `soft-hyphen`.
    pub id: &'static str,
    /// When it runs.
    pub stage: Stage,
    /// Where it may edit.
    pub scope: Scope,
    /// What it does, in one or two sentences.
    pub about: &'static str,
    /// Why the residue is there and why it should go.
    pub why: &'static str,
    /// What it leaves alone on purpose.
    pub limits: &'static str,
    /// Where its conditions and numbers come from.
    pub source: &'static str,
    /// What it changes and what it keeps.
    pub examples: &'static [Example],
    /// Writes the rule's edits for one page.
    pub run: fn(&Page<'_>, &mut Edits<'_>),
}

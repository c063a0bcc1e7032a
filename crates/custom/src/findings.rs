//! Where users' rules apply on a page, and the edits that they make there.

use cleancopy_core::{Edits, Field, Measure, Page, Rule, Span};

/// What a rule does where it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// The text goes.
    Remove,
    /// No other rule of the stage Blocks touches it.
    Keep,
    /// The text goes and becomes a value of the field.
    Lift(Field),
}

/// How much of the text an action takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The block of this index.
    Block(u32),
    /// A stretch inside a block.
    Span(Span),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) rule: &'static Rule,
    pub(crate) action: Action,
    pub(crate) extent: Extent,
    pub(crate) span: Span,
}

/// Where users' rules apply on the present text.
///
/// Filled by [`RuleSet::find`](crate::RuleSet::find); empty on a text that no set was asked about.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order of the rules, then of the text.
    pub(crate) hits: Vec<Hit>,
    /// Blocks that rules with selectors keep, in folded form: the page's structure is gone in later rounds.
    pub(crate) remembered: Vec<(String, &'static Rule)>,
    pub(crate) folded: String,
    /// First byte of each block in `folded`; one more at the end.
    pub(crate) firsts: Vec<usize>,
    pub(crate) candidates: Vec<(u32, u32)>,
}

impl Findings {
    /// The rules that apply, in their order: those that keep text, then those that lift some, and with `removals`
    /// those that only remove.
    pub fn rules(&self, removals: bool, active: &mut Vec<&'static Rule>) {
        let order = |action| match action {
            Action::Keep => 0,
            Action::Lift(_) => 1,
            Action::Remove => 2,
        };
        for turn in if removals { 2..3 } else { 0..2 } {
            for hit in self.hits.iter().filter(|hit| order(hit.action) == turn) {
                if active.last().is_none_or(|last| !std::ptr::eq(*last, hit.rule)) {
                    active.push(hit.rule);
                }
            }
        }
    }

    /// The blocks that are removed as a whole, in order.
    pub(crate) fn taken(&self, blocks: &mut Vec<u32>) {
        blocks.clear();
        for hit in self.hits.iter().filter(|hit| hit.action == Action::Remove) {
            if let Extent::Block(index) = hit.extent {
                blocks.push(index);
            }
        }
        blocks.sort_unstable();
    }

    /// How often rules apply.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    /// Whether no rule applies.
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Where the rules apply: each with its bytes of the text.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Rule, Span)> {
        self.hits.iter().map(|hit| (hit.rule, hit.span))
    }
}

impl Measure for Findings {
    fn measure(&mut self, _: &Page<'_>) {
        self.hits.clear();
    }
}

/// Writes the edits of the running rule: the `run` of every user's rule.
pub(crate) fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let findings = page.measured::<Findings>();
    let running = edits.rule();
    for hit in findings.hits.iter().filter(|hit| std::ptr::eq(hit.rule, running)) {
        match hit.action {
            Action::Keep => {
                edits.keep(hit.span);
                continue;
            }
            Action::Lift(field) => edits.lift(field, hit.span.in_text(page.text)),
            Action::Remove => {}
        }
        match hit.extent {
            Extent::Block(index) => edits.remove_block(index as usize),
            Extent::Span(span) => edits.delete(span),
        }
    }
}

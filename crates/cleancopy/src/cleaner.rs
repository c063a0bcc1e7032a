//! The cleaner: one document in, clean text and its ledger out. No files, no threads.

pub use cleancopy_boilerplate::BlockReport;
use cleancopy_core::{Block, Document, Draft, Kind, Ledger, Meta, Page, Rule, Settings, Stage};
pub use cleancopy_repair::GapReport;

use crate::Rules;

/// Rounds after which a document that still changes is given back unchanged. In the evaluation sets
/// a document settles in one or two.
const MAX_ROUNDS: usize = 6;

/// Cleans documents, one after another, reusing its buffers.
///
/// ```
/// let mut cleaner = cleancopy::Cleaner::new();
/// let cleaned = cleaner.clean("It was late\u{AD}.");
/// assert_eq!(cleaned.text, "It was late.");
/// assert_eq!(cleaned.ledger.undo(cleaned.text).as_deref(), Some("It was late\u{AD}."));
/// ```
#[derive(Default)]
pub struct Cleaner {
    draft: Draft,
    settings: Settings,
    rules: Rules,
    /// Blocks of the present text as the blocks stage last saw them without removing anything; it need
    /// not see the same blocks of the same text again.
    judged: Vec<Block>,
    /// Where the present document comes from, for users' rules of one site.
    site: String,
    /// The rules of the blocks stage that run, when users' rules are among them.
    active: Vec<&'static Rule>,
}

/// A cleaned document, borrowed from its [`Cleaner`].
#[derive(Clone, Copy)]
pub struct Cleaned<'a> {
    /// The clean text.
    pub text: &'a str,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// What is known about it.
    pub meta: &'a Meta,
    /// Every change that was made.
    pub ledger: &'a Ledger,
    /// Remarks: `all-boilerplate`, `unsettled`.
    pub flags: &'a [&'static str],
}

impl Cleaner {
    /// A cleaner with the default rules and settings.
    pub fn new() -> Self {
        Self::with_rules(Rules::default(), Settings::default())
    }

    /// A cleaner with chosen rules and settings.
    pub fn with_rules(rules: Rules, settings: Settings) -> Self {
        Self { settings, rules, ..Self::default() }
    }

    /// Adds a rule of your own, after the others of its stage.
    #[must_use]
    pub fn with(mut self, rule: &'static Rule) -> Self {
        self.rules.add(rule);
        self
    }

    /// Cleans a plain text.
    pub fn clean(&mut self, text: &str) -> Cleaned<'_> {
        self.draft.load_text(text, self.settings);
        self.site.clear();
        self.work()
    }

    /// Cleans a parsed document.
    pub fn clean_document(&mut self, document: &Document) -> Cleaned<'_> {
        self.clean_document_of(document, None)
    }

    /// Cleans a parsed document of a site, so that users' rules for that site apply.
    pub fn clean_document_of(&mut self, document: &Document, site: Option<&str>) -> Cleaned<'_> {
        self.draft.load(document, self.settings);
        site.unwrap_or_default().clone_into(&mut self.site);
        self.work()
    }

    /// The text that the lines stage first sees, and why it keeps or joins each pair of lines.
    pub fn explain_breaks(&mut self, document: &Document) -> (&str, Vec<GapReport>) {
        self.draft.load(document, self.settings);
        self.rules.mend_glyphs(&mut self.draft);
        let reports = cleancopy_repair::explain_gaps(&self.draft.page());
        (self.draft.text(), reports)
    }

    /// The blocks that the block model removes from a document, in the order of the rounds of cleaning, and why.
    pub fn explain_blocks(&mut self, document: &Document, site: Option<&str>) -> Vec<BlockReport> {
        self.draft.load(document, self.settings);
        site.unwrap_or_default().clone_into(&mut self.site);
        self.judged.clear();
        let readers: Vec<&str> = self.rules.of(Stage::Blocks).iter().map(|rule| rule.id).collect();
        let mut reports = Vec::new();
        for round in 0..MAX_ROUNDS {
            // What the rules of the stage Blocks will see in this round.
            self.rules.mend_glyphs(&mut self.draft);
            self.draft.lay_out(cleancopy_repair::lay_out);
            self.draft.pass(self.rules.of(Stage::Lines));
            self.find_custom(round == 0);
            let removed = cleancopy_boilerplate::explain_blocks(&self.draft.page());
            reports.extend(removed.into_iter().filter(|report| report.rule.is_some_and(|id| readers.contains(&id))));
            if !self.round(round == 0) {
                break;
            }
            self.draft.forget_structure();
        }
        reports
    }

    /// The last document as its cleaning left it.
    pub(crate) fn page(&self) -> Page<'_> {
        self.draft.page()
    }

    /// The rule at work, for the message when one panics.
    pub fn running(&self) -> Option<&'static Rule> {
        self.draft.running()
    }

    /// Repeats the stages until nothing changes, so that a second cleaning changes nothing.
    ///
    /// The first round uses the structure that the parser found, the others see plain text, as a second
    /// cleaning would. A parsed document that does not settle is cleaned as the plain text it holds; a text that does not
    /// settle is given back as it came, which is stable too.
    fn work(&mut self) -> Cleaned<'_> {
        let n_meta = self.draft.meta().len();
        let is_parsed = self.draft.page().kind != Kind::Text;
        let mut settled = self.settle();
        if !settled && is_parsed {
            // The text alone may settle, and a second cleaning would find that.
            self.draft.revert(n_meta);
            self.draft.flag("unsettled");
            settled = self.settle();
        }
        if !settled {
            self.draft.revert(n_meta);
            self.draft.flag("unsettled");
        }
        Cleaned {
            text: self.draft.text(),
            blocks: self.draft.blocks(),
            meta: self.draft.meta(),
            ledger: self.draft.ledger(),
            flags: self.draft.flags(),
        }
    }

    /// Runs the stages until a round changes nothing. Returns whether one did.
    fn settle(&mut self) -> bool {
        self.judged.clear();
        let mut first = true;
        if self.draft.page().kind != Kind::Text {
            self.round(first);
            first = false;
            self.draft.forget_structure();
            self.judged.clear();
        }
        (0..MAX_ROUNDS).any(|_| {
            let changed = self.round(std::mem::take(&mut first));
            if changed {
                self.draft.forget_structure();
            }
            !changed
        })
    }

    /// Runs all stages once. Returns whether the text changed. `first` says that the document is new.
    fn round(&mut self, first: bool) -> bool {
        let mut changed = self.rules.mend_glyphs(&mut self.draft);
        let (lines, blocks) = (self.rules.of(Stage::Lines), self.rules.of(Stage::Blocks));
        let custom = self.rules.custom();
        if lines.is_empty() && blocks.is_empty() && custom.is_none() {
            return changed;
        }
        self.draft.lay_out(cleancopy_repair::lay_out);
        changed |= self.draft.pass(lines);
        if (blocks.is_empty() && custom.is_none()) || (!changed && self.judged == self.draft.blocks()) {
            return changed;
        }
        self.find_custom(first);
        let blocks = self.rules.of(Stage::Blocks);
        let removed = if self.active.is_empty() { self.draft.pass(blocks) } else { self.draft.pass(&self.active) };
        self.judged.clear();
        // Marks are gone in the next round, so a verdict that could rest on them does not carry over.
        if !removed && self.draft.page().marks.is_empty() {
            self.judged.extend_from_slice(self.draft.blocks());
        }
        changed | removed
    }

    /// Finds where users' rules apply and lists those that do among the rules of the blocks stage, if any does.
    fn find_custom(&mut self, first: bool) {
        self.active.clear();
        if let Some(custom) = self.rules.custom() {
            let site = Some(self.site.as_str()).filter(|site| !site.is_empty());
            custom.find(&mut self.draft, site, first, self.rules.of(Stage::Blocks), &mut self.active);
        }
    }
}

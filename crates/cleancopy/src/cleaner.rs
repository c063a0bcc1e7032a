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
    course: Course,
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
        self.load(document, site);
        self.work()
    }

    /// Why the lines stage keeps or joins each pair of lines of a document: `see` gets the text that it sees in each round of
    /// cleaning, and its decisions.
    pub fn explain_breaks(&mut self, document: &Document, site: Option<&str>, mut see: impl FnMut(&str, &[GapReport])) {
        self.load(document, site);
        self.judged.clear();
        for round in 0..MAX_ROUNDS {
            self.rules.mend_glyphs(&mut self.draft);
            let page = self.draft.page();
            see(page.text, &cleancopy_repair::explain_gaps(&page));
            if !self.round(round == 0) {
                break;
            }
            self.draft.forget_structure();
        }
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

    /// Takes up a document that [`clean_together`] is to clean.
    pub(crate) fn load(&mut self, document: &Document, site: Option<&str>) {
        self.draft.load(document, self.settings);
        site.unwrap_or_default().clone_into(&mut self.site);
    }

    /// The document as its cleaning left it.
    pub(crate) fn cleaned(&self) -> Cleaned<'_> {
        Cleaned {
            text: self.draft.text(),
            blocks: self.draft.blocks(),
            meta: self.draft.meta(),
            ledger: self.draft.ledger(),
            flags: self.draft.flags(),
        }
    }

    fn work(&mut self) -> Cleaned<'_> {
        clean_together(std::slice::from_mut(self));
        self.cleaned()
    }

    /// Runs all stages once. Returns whether the text changed. `first` says that the document is new.
    fn round(&mut self, first: bool) -> bool {
        self.course.first = first;
        STEPS[..STEPS.len() - 1].iter().for_each(|step| step(self));
        self.course.changed
    }

    /// Finds where users' rules apply and lists those that do among the rules of the blocks stage, if any does.
    fn find_custom(&mut self, first: bool) {
        self.active.clear();
        if let Some(custom) = self.rules.custom() {
            let site = Some(self.site.as_str()).filter(|site| !site.is_empty());
            custom.find(&mut self.draft, site, first, self.rules.of(Stage::Blocks), &mut self.active);
        }
    }

    fn begin(&mut self) {
        let n_meta = self.draft.meta().len();
        let is_parsed = self.draft.page().kind != Kind::Text;
        self.judged.clear();
        self.course =
            Course { n_meta, is_parsed, has_structure: is_parsed, first: true, n_left: MAX_ROUNDS, changed: false };
    }

    fn mend_glyphs(&mut self) {
        self.course.changed = self.rules.mend_glyphs(&mut self.draft);
    }

    /// Whether rules of the later stages run.
    fn has_stages(&self) -> bool {
        let is_idle = |stage| self.rules.of(stage).is_empty();
        !is_idle(Stage::Lines) || !is_idle(Stage::Blocks) || self.rules.custom().is_some()
    }

    fn read_lines(&mut self) {
        if self.has_stages() {
            cleancopy_repair::read_lines(&self.draft.page());
        }
    }

    fn lay_out(&mut self) {
        if self.has_stages() {
            self.draft.lay_out(cleancopy_repair::lay_out);
        }
    }

    fn mend_lines(&mut self) {
        if self.has_stages() {
            self.course.changed |= self.draft.pass(self.rules.of(Stage::Lines));
        }
    }

    /// Whether the blocks stage has seen the present text and removed nothing.
    fn is_judged(&self) -> bool {
        !self.course.changed && self.judged == self.draft.blocks()
    }

    fn read_blocks(&mut self) {
        if !self.rules.of(Stage::Blocks).is_empty() && !self.is_judged() {
            cleancopy_boilerplate::read_blocks(&self.draft.page());
        }
    }

    fn judge_blocks(&mut self) {
        // Users' rules may take blocks before they are judged.
        if self.rules.custom().is_none() && self.rules.judge() && !self.is_judged() {
            cleancopy_boilerplate::judge_blocks(&self.draft.page());
        }
    }

    fn remove_blocks(&mut self) {
        let is_idle = self.rules.of(Stage::Blocks).is_empty() && self.rules.custom().is_none();
        if is_idle || self.is_judged() {
            return;
        }
        self.find_custom(self.course.first);
        let removed = if self.active.is_empty() {
            self.rules.remove_blocks(&mut self.draft)
        } else {
            self.draft.pass(&self.active)
        };
        self.judged.clear();
        // Marks are gone in the next round, so a verdict that could rest on them does not carry over.
        if !removed && self.draft.page().marks.is_empty() {
            self.judged.extend_from_slice(self.draft.blocks());
        }
        self.course.changed |= removed;
    }

    fn end_round(&mut self) {
        let course = &mut self.course;
        course.first = false;
        if std::mem::take(&mut course.has_structure) {
            self.draft.forget_structure();
            self.judged.clear();
            return;
        }
        if !course.changed {
            course.n_left = 0;
            return;
        }
        course.n_left -= 1;
        if course.n_left > 0 {
            self.draft.forget_structure();
            return;
        }
        self.draft.revert(course.n_meta);
        self.draft.flag("unsettled");
        if std::mem::take(&mut course.is_parsed) {
            // The text alone may settle, and a second cleaning would find that.
            self.judged.clear();
            (self.course.first, self.course.n_left) = (true, MAX_ROUNDS);
        }
    }
}

/// Where a document stands on its way through the rounds.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for at another step")]
struct Course {
    /// What was known about it before.
    n_meta: usize,
    /// Whether it may still be cleaned anew as plain text.
    is_parsed: bool,
    /// Whether the present round uses the structure that a parser found.
    has_structure: bool,
    /// Whether it is new.
    first: bool,
    /// Rounds that may follow; none when it is done.
    n_left: usize,
    /// Whether the present round has changed it.
    changed: bool,
}

/// The steps of a round.
const STEPS: [fn(&mut Cleaner); 8] = [
    Cleaner::mend_glyphs,
    Cleaner::read_lines,
    Cleaner::lay_out,
    Cleaner::mend_lines,
    Cleaner::read_blocks,
    Cleaner::judge_blocks,
    Cleaner::remove_blocks,
    Cleaner::end_round,
];

/// Cleans the documents that `cleaners` hold: repeats the stages until nothing changes, so that a second cleaning changes
/// nothing.
///
/// The first round uses the structure that the parser found, the others see plain text, as a second
/// cleaning would. A parsed document that does not settle is cleaned as the plain text it holds; a text that does not
/// settle is given back as it came, which is stable too.
///
/// Each step is taken for all documents before the next, while its code and tables are at hand: together they are more than the
/// nearest cache of a processor holds.
pub(crate) fn clean_together(cleaners: &mut [Cleaner]) {
    cleaners.iter_mut().for_each(Cleaner::begin);
    while cleaners.iter().any(|cleaner| cleaner.course.n_left > 0) {
        for step in STEPS {
            cleaners.iter_mut().filter(|cleaner| cleaner.course.n_left > 0).for_each(step);
        }
    }
}

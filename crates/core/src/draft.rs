//! A draft: one document being worked on, with buffers that outlive it.

use crate::edit::PassBuffers;
use crate::page::Measures;
use crate::{
    Block, Document, Edit, Edits, Element, Kind, Ledger, Mark, Measure, Meta, Page, Picture, Rule, Settings, Span,
};

/// A document while rules work on it.
///
/// All buffers are kept from document to document: a warm draft allocates nothing.
#[derive(Default)]
pub struct Draft {
    text: String,
    spare: String,
    kind: Kind,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    elements: Vec<Element>,
    pictures: Vec<Picture>,
    meta: Meta,
    flags: Vec<&'static str>,
    settings: Settings,
    ledger: Ledger,
    measures: Measures,
    buffers: PassBuffers,
    shifts: Vec<Shift>,
    /// What the last edits inserted, or where they deleted.
    changed: Vec<Span>,
    spare_blocks: Vec<Block>,
    spare_marks: Vec<Mark>,
    running: Option<&'static Rule>,
}

/// The page of a draft, which borrows only what a page shows.
macro_rules! page_of {
    ($draft:expr) => {
        Page {
            text: &$draft.text,
            kind: $draft.kind,
            blocks: &$draft.blocks,
            marks: &$draft.marks,
            elements: &$draft.elements,
            pictures: &$draft.pictures,
            meta: &$draft.meta,
            settings: $draft.settings,
            measures: &$draft.measures,
        }
    };
}

/// Where an edit's span lay before and after the pass.
#[derive(Clone, Copy)]
struct Shift {
    old: Span,
    new: Span,
}

impl Draft {
    /// Takes up a document, forgetting the one before.
    pub fn load(&mut self, document: &Document, settings: Settings) {
        self.load_text(&document.text, settings);
        self.kind = document.kind;
        self.blocks.extend_from_slice(&document.blocks);
        self.marks.extend_from_slice(&document.marks);
        self.elements.extend_from_slice(&document.elements);
        self.pictures.extend_from_slice(&document.pictures);
        self.meta.copy_from(&document.meta);
    }

    /// Takes up a plain text, forgetting the document before.
    pub fn load_text(&mut self, text: &str, settings: Settings) {
        self.text.clear();
        self.text.push_str(text);
        self.settings = settings;
        self.meta.truncate(0);
        self.flags.clear();
        self.ledger.clear();
        self.running = None;
        self.elements.clear();
        self.pictures.clear();
        self.clear_structure();
        self.measures.expire();
    }

    /// Goes on with the present text as plain text, as a second cleaning would find it.
    pub fn forget_structure(&mut self) {
        self.clear_structure();
        self.measures.check(&self.text, &[]);
    }

    fn clear_structure(&mut self) {
        self.kind = Kind::Text;
        self.blocks.clear();
        self.marks.clear();
    }

    /// Goes back to the source: all edits are undone and forgotten, with what they lifted.
    ///
    /// Structure is forgotten too.
    pub fn revert(&mut self, n_meta: usize) {
        if let Some(source) = self.ledger.undo(&self.text) {
            self.text = source;
        }
        self.ledger.clear();
        self.meta.truncate(n_meta);
        self.clear_structure();
        self.measures.expire();
    }

    /// The page that rules see now.
    pub fn page(&self) -> Page<'_> {
        page_of!(self)
    }

    /// Makes the measurement `T` of the present text by `fill`, which may know more than the page does.
    ///
    /// Rules read it like any other; once the text has changed it is measured in its own way again.
    pub fn measure_with<T: Measure>(&mut self, fill: impl FnOnce(&Page<'_>, &mut T)) {
        self.measures.forget::<T>();
        let page = self.page();
        self.measures.get_or_fill(|value| fill(&page, value));
    }

    /// Replaces blocks and marks by what `lay_out` writes for the present page.
    ///
    /// The buffers come cleared; measurements of the text stay valid.
    pub fn lay_out(&mut self, lay_out: impl FnOnce(&Page<'_>, &mut Vec<Block>, &mut Vec<Mark>)) {
        let mut blocks = std::mem::take(&mut self.spare_blocks);
        let mut marks = std::mem::take(&mut self.spare_marks);
        blocks.clear();
        marks.clear();
        lay_out(&self.page(), &mut blocks, &mut marks);
        std::mem::swap(&mut self.blocks, &mut blocks);
        std::mem::swap(&mut self.marks, &mut marks);
        self.spare_blocks = blocks;
        self.spare_marks = marks;
    }

    /// Runs `rules` over the present text and applies their edits as one layer.
    ///
    /// All of them see the same text; where edits overlap, the earlier rule wins. Returns whether
    /// anything changed. A pass that would remove every block removes none and flags the document
    /// `all-boilerplate`.
    pub fn pass(&mut self, rules: &[&'static Rule]) -> bool {
        self.pass_if(rules, |_, _| true)
    }

    /// Makes a [`pass`](Self::pass) of those of `rules` that `has_work`, asked with their index, does not say cannot find
    /// anything.
    pub fn pass_if(&mut self, rules: &[&'static Rule], has_work: impl Fn(&Page<'_>, usize) -> bool) -> bool {
        self.buffers.clear(self.blocks.len());
        let page = page_of!(self);
        for (index, rule) in rules.iter().enumerate() {
            self.running = Some(rule);
            if has_work(&page, index) {
                Edits::collect(rule, &page, self.ledger.arena_mut(), &mut self.buffers);
            }
        }
        self.running = None;
        self.close_pass()
    }

    /// Makes a pass of each of `rules`, so that each sees what the one before it left. Those that `has_work`, asked with
    /// their index, says cannot find anything are not run. Returns whether anything changed.
    pub fn pass_each(&mut self, rules: &[&'static Rule], has_work: impl Fn(&Page<'_>, usize) -> bool) -> bool {
        let (mut changed, mut next) = (false, 0);
        self.buffers.clear(self.blocks.len());
        while next < rules.len() {
            // Most rules find nothing in most texts: up to the first that does, all see the same page.
            let page = page_of!(self);
            let acts = |&index: &usize| {
                if !has_work(&page, index) {
                    return false;
                }
                self.running = Some(rules[index]);
                Edits::collect(rules[index], &page, self.ledger.arena_mut(), &mut self.buffers);
                !self.buffers.is_untouched()
            };
            let Some(index) = (next..rules.len()).find(acts) else { break };
            changed |= self.close_pass();
            self.buffers.clear(self.blocks.len());
            next = index + 1;
        }
        self.running = None;
        changed
    }

    /// Does what the rules of a pass wrote down. Returns whether the text changed.
    fn close_pass(&mut self) -> bool {
        if self.buffers.any_removed {
            if self.buffers.removed_blocks.iter().all(Option::is_some) {
                self.flag("all-boilerplate");
                return false;
            }
            self.buffers.delete_removed_blocks(&self.blocks, self.text.len() as u32);
        }
        for index in 0..self.buffers.flags.len() {
            self.flag(self.buffers.flags[index]);
        }
        for (field, value, evidence) in self.buffers.lifted.iter() {
            self.meta.add(field, value, evidence);
        }
        if self.buffers.merged.is_empty() {
            return false;
        }
        self.apply();
        true
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks as they stand.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What is known about the document.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Remarks on the document, such as `all-boilerplate`.
    pub fn flags(&self) -> &[&'static str] {
        &self.flags
    }

    /// Adds a remark on the document.
    pub fn flag(&mut self, flag: &'static str) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }

    /// All edits so far.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The rule at work, for the message when one panics.
    pub fn running(&self) -> Option<&'static Rule> {
        self.running
    }

    fn apply(&mut self) {
        let edits = &self.buffers.merged;
        self.ledger.commit(edits, &self.text, &mut self.spare);
        std::mem::swap(&mut self.text, &mut self.spare);
        self.shifts.clear();
        self.changed.clear();
        let mut offset = 0i64;
        for &Edit { span: old, inserted, .. } in edits {
            let start = (i64::from(old.start) + offset) as u32;
            let new = Span::new(start, start + inserted.len() as u32);
            offset += new.len() as i64 - old.len() as i64;
            self.shifts.push(Shift { old, new });
            self.changed.push(new);
        }
        self.measures.check(&self.text, &self.changed);
        let shifts = &self.shifts;
        for block in &mut self.blocks {
            block.span = moved(block.span, shifts);
        }
        self.blocks.retain(|block| !block.span.is_empty());
        for mark in &mut self.marks {
            mark.inner = moved(mark.inner, shifts);
            mark.outer = moved(mark.outer, shifts);
        }
        self.marks.retain(|mark| !mark.outer.is_empty());
    }
}

/// A span after the edits: what was inserted at its edges stays outside, what replaced its own
/// first or last bytes is inside.
fn moved(span: Span, shifts: &[Shift]) -> Span {
    let before =
        |shift: &Shift| shift.old.start < span.start || (shift.old.is_empty() && shift.old.start == span.start);
    let start = match shifts[..shifts.partition_point(before)].last() {
        None => span.start,
        Some(Shift { old, new }) => new.end + span.start.saturating_sub(old.end),
    };
    let end = match shifts[..shifts.partition_point(|shift| shift.old.start < span.end)].last() {
        None => span.end,
        Some(Shift { old, new }) if old.end > span.end => new.start,
        Some(Shift { old, new }) => new.end + (span.end - old.end),
    };
    Span::new(start, end.max(start))
}

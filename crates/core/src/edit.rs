//! Edits: what a rule writes down instead of changing the text itself.

use crate::{Block, Evidence, Field, Meta, Page, Rule, Scope, Span};

/// One change: `span` of the text the rule saw, and what stands there instead.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub span: Span,
    /// What went, as a span of the ledger's arena.
    pub(crate) removed: Span,
    /// What came, as a span of the ledger's arena.
    pub(crate) inserted: Span,
    /// The rule that did it.
    pub rule: &'static Rule,
}

/// Buffers of one pass, reused from pass to pass.
#[derive(Default)]
pub(crate) struct PassBuffers {
    /// Edits of the rules that have run, in order, without overlaps.
    pub(crate) merged: Vec<Edit>,
    own: Vec<Edit>,
    spare: Vec<Edit>,
    /// For each block, the rule that removed it.
    pub(crate) removed_blocks: Vec<Option<&'static Rule>>,
    /// Whether a rule removed any.
    pub(crate) any_removed: bool,
    /// Stretches that rules of this pass protect.
    kept: Vec<Span>,
    /// Values lifted out of the text in this pass.
    pub(crate) lifted: Meta,
    /// Remarks on the document made in this pass.
    pub(crate) flags: Vec<&'static str>,
}

impl PassBuffers {
    pub(crate) fn clear(&mut self, n_blocks: usize) {
        self.merged.clear();
        self.own.clear();
        self.removed_blocks.clear();
        self.removed_blocks.resize(n_blocks, None);
        self.any_removed = false;
        self.kept.clear();
        self.lifted.truncate(0);
        self.flags.clear();
    }

    /// Whether no rule of this pass wrote anything down.
    pub(crate) fn is_untouched(&self) -> bool {
        self.merged.is_empty()
            && !self.any_removed
            && self.kept.is_empty()
            && self.flags.is_empty()
            && self.lifted.is_empty()
    }

    /// Merges the finished rule's edits into those of the rules before it, which win overlaps.
    fn merge_own(&mut self) {
        if self.own.is_empty() {
            return;
        }
        if !self.own.is_sorted_by_key(|edit| edit.span) {
            self.own.sort_by_key(|edit| edit.span);
        }
        self.spare.clear();
        let mut earlier = self.merged.iter().peekable();
        for edit in &self.own {
            while let Some(&&before) = earlier.peek() {
                if before.span.end <= edit.span.start && before.span != edit.span {
                    self.spare.push(before);
                    earlier.next();
                } else {
                    break;
                }
            }
            let clear_of = |other: &Edit| !other.span.overlaps(edit.span) && other.span != edit.span;
            if earlier.peek().is_none_or(|next| clear_of(next)) && self.spare.last().is_none_or(clear_of) {
                self.spare.push(*edit);
            }
        }
        self.spare.extend(earlier);
        std::mem::swap(&mut self.merged, &mut self.spare);
        self.own.clear();
    }

    /// Turns removed blocks into edits that take the block and one separator with it.
    ///
    /// A removed block goes with the gap before it, or with the gap after it as long as nothing
    /// kept stands before, so that kept blocks stay separated as they were.
    pub(crate) fn delete_removed_blocks(&mut self, blocks: &[Block], text_end: u32) {
        // The edits of the rules are merged anew, after those of the blocks, which win.
        std::mem::swap(&mut self.own, &mut self.merged);
        self.merged.clear();
        let mut kept_before = false;
        for (index, rule) in self.removed_blocks.iter().enumerate() {
            let Some(rule) = rule else {
                kept_before = true;
                continue;
            };
            let start = match index {
                0 => 0,
                _ if kept_before => blocks[index - 1].span.end,
                _ => blocks[index].span.start,
            };
            let end = match blocks.get(index + 1) {
                None => text_end,
                Some(_) if kept_before => blocks[index].span.end,
                Some(next) => next.span.start,
            };
            let nothing = Span::default();
            self.merged.push(Edit { span: Span::new(start, end), removed: nothing, inserted: nothing, rule });
        }
        self.merge_own();
    }
}

/// Where a rule writes its edits. Forward, in bytes of the page's text, without overlaps.
///
/// An edit that overlaps one of an earlier rule of the same pass is dropped, and so is one of a
/// [`Scope::Prose`] rule inside a protected block.
pub struct Edits<'a> {
    rule: &'static Rule,
    blocks: &'a [Block],
    /// First block that does not end before the last edit.
    block_cursor: usize,
    text: &'a str,
    arena: &'a mut String,
    buffers: &'a mut PassBuffers,
}

impl<'a> Edits<'a> {
    /// Runs `rule` over `page` and merges its edits into `buffers`.
    pub(crate) fn collect(rule: &'static Rule, page: &Page<'a>, arena: &'a mut String, buffers: &'a mut PassBuffers) {
        let mut edits = Edits { rule, blocks: page.blocks, block_cursor: 0, text: page.text, arena, buffers };
        (rule.run)(page, &mut edits);
        edits.buffers.merge_own();
    }

    /// The rule that is writing.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Protects `span` from the rules after this one in the pass: they can neither edit a byte of it nor
    /// remove a block that shares one with it.
    pub fn keep(&mut self, span: Span) {
        self.buffers.kept.push(span);
    }

    /// Removes the bytes of `span`.
    pub fn delete(&mut self, span: Span) {
        self.replace(span, "");
    }

    /// Puts `with` in the place of `span`.
    pub fn replace(&mut self, span: Span, with: &str) {
        // Most often it stands there already.
        if span.in_text(self.text) == with || self.refused(span) {
            return;
        }
        debug_assert!(
            self.buffers.own.last().is_none_or(|last| last.span.end <= span.start),
            "edits of {} go forward and do not overlap",
            self.rule.id
        );
        let start = self.arena.len() as u32;
        self.arena.push_str(with);
        let inserted = Span::new(start, self.arena.len() as u32);
        self.buffers.own.push(Edit { span, removed: Span::default(), inserted, rule: self.rule });
    }

    /// Inserts `text` before the byte `at`.
    pub fn insert(&mut self, at: u32, text: &str) {
        self.replace(Span::new(at, at), text);
    }

    /// Removes a whole block with one of the separators beside it.
    ///
    /// A block that an earlier rule removed stays that rule's.
    pub fn remove_block(&mut self, index: usize) {
        let block = self.blocks[index];
        if (self.rule.scope == Scope::Prose && block.kind.protected()) || self.is_kept(block.span) {
            return;
        }
        self.buffers.removed_blocks[index].get_or_insert(self.rule);
        self.buffers.any_removed = true;
    }

    /// Whether a rule of this pass has removed the block.
    pub fn is_removed(&self, index: usize) -> bool {
        self.buffers.removed_blocks[index].is_some()
    }

    /// Records a metadata value that stands in the text. Removing it from the text is a separate edit.
    pub fn lift(&mut self, field: Field, value: &str) {
        self.buffers.lifted.add(field, value, Evidence::Rule(self.rule.id));
    }

    /// Values lifted by the rules of this pass so far.
    pub fn lifted(&self) -> &Meta {
        &self.buffers.lifted
    }

    /// Remarks on the document, such as `not-an-article`.
    pub fn flag(&mut self, flag: &'static str) {
        if !self.buffers.flags.contains(&flag) {
            self.buffers.flags.push(flag);
        }
    }

    fn is_kept(&self, span: Span) -> bool {
        self.buffers.kept.iter().any(|kept| kept.overlaps(span))
    }

    /// Whether the rule may not touch `span` because it lies in a protected block or is kept.
    fn refused(&mut self, span: Span) -> bool {
        if self.is_kept(span) {
            return true;
        }
        if self.rule.scope == Scope::Everywhere {
            return false;
        }
        while self.blocks.get(self.block_cursor).is_some_and(|block| block.span.end <= span.start) {
            self.block_cursor += 1;
        }
        self.blocks[self.block_cursor..]
            .iter()
            .take_while(|block| block.span.start < span.end.max(span.start + 1))
            .any(|block| block.kind.protected() && block.span.overlaps(span))
    }
}

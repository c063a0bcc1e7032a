//! The ledger: every change, in order, so that each can be shown, counted and taken back.

use std::ops::Range;

use crate::{Edit, Rule, Span};

/// All edits of one cleaning.
///
/// A layer holds the edits of one pass, in coordinates of the text that the pass saw, sorted and
/// without overlaps; each edit names its rule. Replaying the layers on the source gives the output,
/// undoing them on the output gives the source.
///
/// When a later rule deletes what an earlier one inserted, the earlier rule keeps the blame for the
/// source bytes that it replaced.
#[derive(Debug, Default)]
pub struct Ledger {
    layers: Vec<Range<usize>>,
    edits: Vec<Edit>,
    /// Removed and inserted texts.
    arena: String,
}

/// What became of a stretch of bytes.
#[derive(Clone, Copy, Debug)]
pub enum Fate<'a> {
    /// Source bytes that stand in the output.
    Kept(Span),
    /// Source bytes that a rule removed.
    Removed(Span, &'static Rule),
    /// Output bytes that a rule inserted.
    Inserted(&'a str, &'static Rule),
}

/// What [`Ledger::fates_in`] works in.
#[derive(Default)]
pub struct FateBuffers {
    pieces: Vec<Piece>,
    spare: Vec<Piece>,
}

#[derive(Clone, Copy)]
enum Piece {
    Kept(Span),
    Removed(Span, &'static Rule),
    Inserted(Span, &'static Rule),
}

impl Ledger {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Number of edits over all layers.
    pub fn len(&self) -> usize {
        self.edits.len()
    }

    /// The layers in order of work.
    pub fn layers(&self) -> impl DoubleEndedIterator<Item = &[Edit]> {
        self.layers.iter().map(|range| &self.edits[range.clone()])
    }

    /// What an edit removed.
    pub fn removed(&self, edit: &Edit) -> &str {
        edit.removed.in_text(&self.arena)
    }

    /// What an edit inserted.
    pub fn inserted(&self, edit: &Edit) -> &str {
        edit.inserted.in_text(&self.arena)
    }

    /// The output that the ledger makes of `source`, or `None` if it was not made for it.
    pub fn replay(&self, source: &str) -> Option<String> {
        let mut text = source.to_owned();
        for layer in self.layers() {
            text = rewrite(&text, layer.iter().map(|edit| (edit.span, self.removed(edit), self.inserted(edit))))?;
        }
        Some(text)
    }

    /// The source that `output` was made of, or `None` if the ledger was not made for it.
    pub fn undo(&self, output: &str) -> Option<String> {
        let mut text = output.to_owned();
        for layer in self.layers().rev() {
            let mut shift = 0i64;
            let backwards = layer.iter().map(|edit| {
                let start = (i64::from(edit.span.start) + shift) as u32;
                shift += edit.inserted.len() as i64 - edit.span.len() as i64;
                let span = Span::new(start, start + edit.inserted.len() as u32);
                (span, self.inserted(edit), self.removed(edit))
            });
            text = rewrite(&text, backwards)?;
        }
        Some(text)
    }

    /// What became of every source byte and where every output byte comes from, in text order.
    ///
    /// The kept and removed spans, in order, are the source; the kept spans and inserted texts, in
    /// order, are the output. Costs time in proportion to edits times layers: the plain run never asks.
    pub fn fates(&self, source_bytes: usize) -> Vec<Fate<'_>> {
        let mut buffers = FateBuffers::default();
        self.fates_in(&mut buffers, source_bytes).collect()
    }

    /// Like [`fates`](Self::fates), in buffers that can be used again.
    pub fn fates_in<'l, 'b>(
        &'l self,
        buffers: &'b mut FateBuffers,
        source_bytes: usize,
    ) -> impl Iterator<Item = Fate<'l>> + use<'l, 'b> {
        let FateBuffers { pieces, spare } = buffers;
        pieces.clear();
        pieces.push(Piece::Kept(Span::new(0, source_bytes as u32)));
        for layer in self.layers() {
            apply_to_pieces(pieces, layer, spare);
            std::mem::swap(pieces, spare);
        }
        let fate = |piece: &Piece| match *piece {
            Piece::Kept(span) => Fate::Kept(span),
            Piece::Removed(span, rule) => Fate::Removed(span, rule),
            Piece::Inserted(span, rule) => Fate::Inserted(span.in_text(&self.arena), rule),
        };
        pieces.iter().map(fate)
    }

    pub(crate) fn clear(&mut self) {
        self.layers.clear();
        self.edits.clear();
        self.arena.clear();
    }

    pub(crate) fn arena_mut(&mut self) -> &mut String {
        &mut self.arena
    }

    /// Adds a layer and writes the text that it makes of `text` into `out`.
    pub(crate) fn commit(&mut self, edits: &[Edit], text: &str, out: &mut String) {
        let first = self.edits.len();
        out.clear();
        let mut from = 0;
        for edit in edits {
            let removed = self.arena.len() as u32;
            self.arena.push_str(edit.span.in_text(text));
            let removed = Span::new(removed, self.arena.len() as u32);
            self.edits.push(Edit { removed, ..*edit });
            out.push_str(&text[from..edit.span.start as usize]);
            out.push_str(edit.inserted.in_text(&self.arena));
            from = edit.span.end as usize;
        }
        out.push_str(&text[from..]);
        self.layers.push(first..self.edits.len());
    }
}

/// Replaces spans of `text`, checking that what stands there is what should.
fn rewrite<'a>(text: &str, changes: impl Iterator<Item = (Span, &'a str, &'a str)>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, old, new) in changes {
        if text.get(span.range())? != old {
            return None;
        }
        out.push_str(text.get(from..span.start as usize)?);
        out.push_str(new);
        from = span.end as usize;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

/// Writes into `out` what one layer makes of the pieces that the layers before it left.
fn apply_to_pieces(pieces: &[Piece], layer: &[Edit], out: &mut Vec<Piece>) {
    out.clear();
    let mut layer = layer.iter().peekable();
    // Position in the text that the layer saw.
    let mut at = 0;
    for &piece in pieces {
        let (Piece::Kept(mut rest) | Piece::Inserted(mut rest, _)) = piece else {
            out.push(piece);
            continue;
        };
        while let Some(edit) = layer.peek() {
            let left = rest.len() as u32;
            if edit.span.start >= at + left && !(edit.span.is_empty() && edit.span.start == at && left == 0) {
                break;
            }
            // Up to the edit, the piece stays what it was.
            if edit.span.start > at {
                let n = edit.span.start - at;
                push_part(out, piece, Span::new(rest.start, rest.start + n));
                rest.start += n;
                at += n;
            }
            // What it replaces in this piece goes.
            let n = edit.span.end.saturating_sub(at).min(rest.len() as u32);
            if n > 0 {
                if let Piece::Kept(_) = piece {
                    out.push(Piece::Removed(Span::new(rest.start, rest.start + n), edit.rule));
                }
                rest.start += n;
                at += n;
            }
            if edit.span.end > at {
                break;
            }
            if !edit.inserted.is_empty() {
                out.push(Piece::Inserted(edit.inserted, edit.rule));
            }
            layer.next();
        }
        if !rest.is_empty() {
            push_part(out, piece, rest);
            at += rest.len() as u32;
        }
    }
    for edit in layer {
        if !edit.inserted.is_empty() {
            out.push(Piece::Inserted(edit.inserted, edit.rule));
        }
    }
}

fn push_part(out: &mut Vec<Piece>, piece: Piece, part: Span) {
    out.push(match piece {
        Piece::Kept(_) => Piece::Kept(part),
        Piece::Removed(_, rule) => Piece::Removed(part, rule),
        Piece::Inserted(_, rule) => Piece::Inserted(part, rule),
    });
}

//! The ledger balances, whatever the rules write.

use cleancopy_core::{Block, BlockKind, Document, Draft, Edits, Fate, Kind, Page, Rule, Scope, Settings, Span, Stage};
use proptest::prelude::*;

const fn rule(id: &'static str, stage: Stage, run: fn(&Page<'_>, &mut Edits<'_>)) -> Rule {
    Rule { id, stage, scope: Scope::Everywhere, about: "", why: "", limits: "", source: "", examples: &[], run }
}

static DELETE_A: Rule = rule("delete-a", Stage::Glyphs, |page, edits| {
    page.text.match_indices('a').for_each(|(at, _)| edits.delete(Span::of(at..at + 1)));
});
static DOUBLE_B: Rule = rule("double-b", Stage::Glyphs, |page, edits| {
    page.text.match_indices('b').for_each(|(at, _)| edits.replace(Span::of(at..at + 1), "bé"));
});
static BEFORE_C: Rule = rule("before-c", Stage::Glyphs, |page, edits| {
    page.text.match_indices('c').for_each(|(at, _)| edits.insert(at as u32, "a"));
});
static SWALLOW: Rule = rule("swallow", Stage::Glyphs, |page, edits| {
    page.text.match_indices("ab").for_each(|(at, _)| edits.replace(Span::of(at..at + 2), ""));
});
static DROP_SHORT: Rule = rule("drop-short", Stage::Blocks, |page, edits| {
    for (index, block) in page.blocks.iter().enumerate() {
        if block.span.len() < 3 {
            edits.remove_block(index);
        }
    }
});

/// Blocks between blank lines.
fn lay_out(page: &Page<'_>, blocks: &mut Vec<Block>) {
    let mut at = 0;
    for part in page.text.split("\n\n") {
        let span = Span::of(at..at + part.len());
        at += part.len() + 2;
        if !part.trim().is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph, element: None });
        }
    }
}

fn check_laws(draft: &Draft, source: &str) {
    let ledger = draft.ledger();
    assert_eq!(ledger.replay(source).as_deref(), Some(draft.text()));
    assert_eq!(ledger.undo(draft.text()).as_deref(), Some(source));
    let (mut from_source, mut from_output) = (String::new(), String::new());
    for fate in ledger.fates(source.len()) {
        match fate {
            Fate::Kept(span) => {
                from_source.push_str(span.in_text(source));
                from_output.push_str(span.in_text(source));
            }
            Fate::Removed(span, _) => from_source.push_str(span.in_text(source)),
            Fate::Inserted(text, _) => from_output.push_str(text),
        }
    }
    assert_eq!(from_source, source);
    assert_eq!(from_output, draft.text());
}

proptest! {
    #[test]
    fn fates_replay_and_undo_agree(source in "[abcé \n]{0,40}", order in prop::collection::vec(0..5usize, 0..8)) {
        let mut draft = Draft::default();
        draft.load_text(&source, Settings::default());
        for index in order {
            match index {
                4 => {
                    draft.lay_out(|page, blocks, _| lay_out(page, blocks));
                    draft.pass(&[&DROP_SHORT, &DELETE_A]);
                }
                3 => { draft.pass(&[&SWALLOW, &DELETE_A, &DOUBLE_B, &BEFORE_C]); }
                _ => { draft.pass(&[[&DELETE_A, &DOUBLE_B, &BEFORE_C][index]]); }
            }
        }
        check_laws(&draft, &source);
    }
}

fn cleaned(text: &str, rules: &[&'static Rule]) -> String {
    let mut draft = Draft::default();
    draft.load_text(text, Settings::default());
    draft.lay_out(|page, blocks, _| lay_out(page, blocks));
    draft.pass(rules);
    check_laws(&draft, text);
    draft.text().to_owned()
}

#[test]
fn a_removed_block_takes_one_separator_with_it() {
    assert_eq!(cleaned("x\n\nfirst\n\nlast", &[&DROP_SHORT]), "first\n\nlast");
    assert_eq!(cleaned("first\n\nx\n\nlast", &[&DROP_SHORT]), "first\n\nlast");
    assert_eq!(cleaned("first\n\nlast\n\nx", &[&DROP_SHORT]), "first\n\nlast");
    assert_eq!(cleaned("x\n\ny\n\nfirst\n\nx\n\ny\n\nlast\n\nx\n\ny", &[&DROP_SHORT]), "first\n\nlast");
}

#[test]
fn a_document_is_never_emptied_by_removing_blocks() {
    assert_eq!(cleaned("x\n\ny", &[&DROP_SHORT]), "x\n\ny");
}

#[test]
fn the_earlier_rule_wins_an_overlap() {
    let mut draft = Draft::default();
    draft.load_text("ab a", Settings::default());
    draft.pass(&[&SWALLOW, &DELETE_A]);
    assert_eq!(draft.text(), " ");
    let ids: Vec<_> = draft.ledger().layers().flatten().map(|edit| edit.rule.id).collect();
    assert_eq!(ids, ["swallow", "delete-a"]);
}

#[test]
fn blocks_and_marks_are_carried_through_edits() {
    let text = "aab cab\n\nnext one";
    let document = Document {
        text: text.to_owned(),
        kind: Kind::Html,
        blocks: vec![
            Block { span: Span::new(0, 7), ..Block::default() },
            Block { span: Span::new(9, 17), ..Block::default() },
        ],
        ..Document::default()
    };
    let mut draft = Draft::default();
    draft.load(&document, Settings::default());
    draft.pass(&[&DELETE_A]);
    let blocks: Vec<_> = draft.blocks().iter().map(|block| block.span.in_text(draft.text())).collect();
    assert_eq!(blocks, ["b cb", "next one"]);
}

#[test]
fn prose_rules_are_refused_inside_protected_blocks() {
    static PROSE: Rule = Rule { scope: Scope::Prose, ..rule("prose", Stage::Glyphs, DELETE_A.run) };
    let document = Document {
        text: "ab\n\nab".to_owned(),
        kind: Kind::Html,
        blocks: vec![
            Block { span: Span::new(0, 2), kind: BlockKind::Code, element: None },
            Block { span: Span::new(4, 6), kind: BlockKind::Paragraph, element: None },
        ],
        ..Document::default()
    };
    let mut draft = Draft::default();
    draft.load(&document, Settings::default());
    draft.pass(&[&PROSE]);
    assert_eq!(draft.text(), "ab\n\nb");
}

//! What must hold of every rule in the lists: its id, its texts, its examples.

use std::collections::BTreeSet;

use cleancopy::core::{Document, Draft, Kind, Rule, Scope, Settings, Stage};
use cleancopy::rules::{all, is_optional};

/// The document of an example: a page if it begins as one, else a plain text.
fn document(text: &str) -> Document {
    let kind = if text.starts_with("<!doctype html>") { Kind::Html } else { Kind::Text };
    cleancopy_ingest::parse(text.to_owned(), kind)
}

/// Runs one rule alone over an example.
fn run_alone(rule: &'static Rule, text: &str) -> Draft {
    let mut draft = Draft::default();
    draft.load(&document(text), Settings::default());
    if rule.stage != Stage::Glyphs {
        draft.lay_out(cleancopy_repair::lay_out);
    }
    draft.pass(&[rule]);
    draft
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[test]
fn ids_are_unique_and_kebab_case() {
    let mut ids = BTreeSet::new();
    for rule in all() {
        assert!(is_kebab(rule.id), "{}", rule.id);
        assert!(ids.insert(rule.id), "{} is used twice", rule.id);
        assert!(Stage::ALL.iter().all(|stage| stage.name() != rule.id), "{} is a stage", rule.id);
    }
    for id in cleancopy_repair::OPTIONAL {
        assert!(ids.contains(id), "{id} is optional but no rule");
    }
}

#[test]
fn the_list_is_in_order_of_stages() {
    assert!(all().is_sorted_by_key(|rule| rule.stage));
}

#[test]
fn every_rule_says_what_why_limits_and_source() {
    for rule in all() {
        for (name, text) in [("about", rule.about), ("why", rule.why), ("limits", rule.limits), ("source", rule.source)]
        {
            assert!(text.ends_with('.'), "{}: {name} is a sentence: {text:?}", rule.id);
        }
    }
}

#[test]
fn every_rule_has_a_change_and_two_kept_texts() {
    for rule in all() {
        let kept = rule.examples.iter().filter(|example| example.is_kept()).count();
        assert!(kept >= 2, "{} needs two texts to keep, has {kept}", rule.id);
        assert!(kept < rule.examples.len(), "{} needs a text that it changes", rule.id);
    }
}

#[test]
fn every_example_gives_its_text() {
    for rule in all() {
        for example in rule.examples {
            let draft = run_alone(rule, example.before);
            assert_eq!(draft.text(), example.after, "{} on {:?}", rule.id, example.before);
        }
    }
}

#[test]
fn every_example_can_be_replayed_and_undone() {
    for rule in all() {
        for example in rule.examples {
            let draft = run_alone(rule, example.before);
            let source = document(example.before).text;
            assert_eq!(draft.ledger().replay(&source).as_deref(), Some(draft.text()), "{}", rule.id);
            assert_eq!(draft.ledger().undo(draft.text()).as_deref(), Some(source.as_str()), "{}", rule.id);
        }
    }
}

#[test]
fn a_second_run_of_a_rule_changes_nothing() {
    for rule in all().filter(|rule| !is_optional(rule)) {
        for example in rule.examples {
            let again = run_alone(rule, example.after);
            assert_eq!(again.text(), example.after, "{} on its own output", rule.id);
        }
    }
}

#[test]
fn prose_rules_leave_protected_blocks_alone() {
    use cleancopy::core::{Block, BlockKind, Span};
    for rule in all().filter(|rule| rule.scope == Scope::Prose && rule.stage == Stage::Glyphs) {
        for example in rule.examples.iter().filter(|example| !example.before.is_empty()) {
            let span = Span::of(0..example.before.len());
            let document = Document {
                text: example.before.to_owned(),
                kind: Kind::Html,
                blocks: vec![Block { span, kind: BlockKind::Code, element: None }],
                ..Document::default()
            };
            let mut draft = Draft::default();
            draft.load(&document, Settings::default());
            draft.pass(&[rule]);
            assert_eq!(draft.text(), example.before, "{} edits code", rule.id);
        }
    }
}

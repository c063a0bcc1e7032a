//! Text to blocks, format by format.

use cleancopy::Cleaner;
use cleancopy::core::{Document, Kind, Span};
use cleancopy::ingest::parse;

/// Plain text: the file is the text, and the lines stage finds the blocks.
pub fn parse_text(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let document = parse(text.clone(), Kind::Text);
    assert_eq!(document.text, text);
    check(&document);
}

/// Markdown: the file is the text.
pub fn parse_markdown(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let document = parse(text.clone(), Kind::Markdown);
    assert_eq!(document.text, text);
    check(&document);
}

/// HTML: the text is what would be shown.
pub fn parse_html(input: &[u8]) {
    check(&parse(String::from_utf8_lossy(input).into_owned(), Kind::Html));
}

/// Whether blocks, marks and elements are as rules may rely on, and whether cleaning makes of them what its ledger says.
fn check(document: &Document) {
    let Document { text, blocks, marks, elements, .. } = document;
    let mut end = 0;
    for block in blocks {
        check_span(text, block.span);
        assert!(block.span.start >= end, "blocks are in order and apart");
        end = block.span.end;
        assert!(block.element.is_none_or(|element| (element as usize) < elements.len()), "a block's element is there");
    }
    let mut start = 0;
    for mark in marks {
        check_span(text, mark.outer);
        check_span(text, mark.inner);
        assert!(mark.outer.start >= start, "marks are in order");
        assert!(mark.outer.start <= mark.inner.start && mark.inner.end <= mark.outer.end, "a mark holds its words");
        start = mark.outer.start;
    }
    for (index, element) in elements.iter().enumerate() {
        assert!(element.parent.is_none_or(|parent| (parent as usize) < index), "parents stand before their children");
        assert!(element.link_bytes <= element.text_bytes, "what is inside links is inside");
    }
    let mut cleaner = Cleaner::new();
    let cleaned = cleaner.clean_document(document);
    assert_eq!(cleaned.ledger.replay(text).as_deref(), Some(cleaned.text), "replay");
    assert_eq!(cleaned.ledger.undo(cleaned.text).as_deref(), Some(text.as_str()), "undo");
    let once = cleaned.text.to_owned();
    assert_eq!(cleaner.clean(&once).text, once, "a second cleaning changes nothing");
}

fn check_span(text: &str, span: Span) {
    assert!(span.start <= span.end);
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "a span cuts no character");
}

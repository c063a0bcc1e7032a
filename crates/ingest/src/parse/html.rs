//! HTML: what a reader sees of a page, in blocks, with the elements that hold them.
//!
//! No tree is built: tags are taken as they come, with a stack of open elements that is never deeper than
//! [`page::DEEPEST`]. Where a browser mends the tree (text in tables, overlapping bold and italic) the words come out
//! in the order of the source.

mod day;
mod flight;
mod head;
mod ld;
mod listing;
mod page;
mod reference;
mod state;
mod tag;
mod title;
mod token;
mod walk;

use cleancopy_core::{Document, Kind};
use head::Head;
use page::Page;
use state::Scripts;
use std::ops::Range;
use tag::Tag;
use token::{Token, Tokens};

/// Reads a page.
pub(super) fn parse(source: &str) -> Document {
    match listing::source_of(source) {
        Some(shown) => page(&shown),
        None => page(source),
    }
}

/// Reads a page, and the article that it holds for its scripts.
fn page(source: &str) -> Document {
    let mut scripts = Scripts::default();
    let mut document = read(source, &mut scripts);
    scripts.complete(&mut document, |fragment| read(fragment, &mut Scripts::default()));
    document
}

/// What a page shows, and its scripts.
fn read<'a>(source: &'a str, scripts: &mut Scripts<'a>) -> Document {
    let mut tokens = Tokens::new(source);
    tokens.closing_slash = source.trim_start_matches('\u{FEFF}').trim_start().starts_with("<?xml");
    let mut page = Page::new(tokens.closing_slash);
    let mut head = Head::default();
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => page.text(text),
            Token::Raw(Tag::Title, text) => head.title(text),
            Token::Raw(Tag::Script, text) => {
                head.script(text);
                scripts.add(text);
            }
            Token::Raw(tag, text) => {
                if tag == Tag::Noscript {
                    scripts.add_noscript(text);
                }
                page.raw(tag, text);
            }
            Token::Start(start) => {
                head.start(&start, page.shown(), page.class());
                if let Some(url) = head.address().filter(|_| matches!(start.tag, Tag::Meta | Tag::Link)) {
                    page.set_address(url);
                }
                page.start(&start);
            }
            Token::End(tag, name) => page.end(tag, name),
            Token::Comment(text) => head.comment(text),
        }
        tokens.foreign = page.is_foreign();
    }
    let document = page.finish();
    let meta = head.into_meta(&document.text);
    Document { kind: Kind::Html, meta, ..document }
}

/// Tags in a text that is not HTML throughout, one after another, with what is not shown between them.
pub(super) struct Run {
    /// Where they stand.
    pub(super) range: Range<usize>,
    /// Whether one of them ends a line or a paragraph.
    pub(super) breaks: bool,
}

/// The runs of tags in `source`, in order.
pub(super) fn runs(source: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut tokens = Tokens::new(source);
    let mut start = 0;
    while let Some(token) = tokens.next() {
        let range = start..tokens.passed();
        start = range.end;
        let breaks = match token {
            Token::Text(_) | Token::Raw(Tag::Xmp | Tag::Plaintext, _) => continue,
            Token::Raw(..) | Token::Comment(_) => false,
            Token::Start(start) => start.tag.is_block() || start.tag == Tag::Br,
            Token::End(tag, _) => tag.is_block() || tag == Tag::Br,
        };
        match runs.last_mut() {
            Some(run) if run.range.end == range.start => {
                run.range.end = range.end;
                run.breaks |= breaks;
            }
            _ => runs.push(Run { range, breaks }),
        }
    }
    runs
}

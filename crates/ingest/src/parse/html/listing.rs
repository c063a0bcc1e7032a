//! Listings of a page's source that a browser made, saved as pages: `view-source:`.

use super::reference::{Place, decoded};
use super::tag::Tag;
use super::token::{Token, Tokens};

/// How much of a page is looked at for the marks of a listing, bytes.
const HEAD_BYTES: usize = 8192;

/// The source that a listing shows, if the page is one.
pub(super) fn source_of(page: &str) -> Option<String> {
    let head = &page.as_bytes()[..page.len().min(HEAD_BYTES)];
    let has = |mark: &str| memchr::memmem::find(head, mark.as_bytes()).is_some();
    // Chromium writes a table of lines, Firefox one `pre`.
    if !(has("\"line-number\"") && has("\"line-content\"") || has("id=\"viewsource\"")) {
        return None;
    }
    let mut source = String::with_capacity(page.len());
    let tokens = Tokens::new(page);
    let mut is_body = false;
    for token in tokens {
        match token {
            Token::Start(start) => is_body |= matches!(start.tag, Tag::Body | Tag::Tbody | Tag::Pre),
            Token::Text(text) if is_body => source.push_str(&decoded(text, Place::Text)),
            Token::End(Tag::Tr, _) => source.push('\n'),
            _ => {}
        }
    }
    (source.len() < page.len() && source.contains('<')).then_some(source)
}

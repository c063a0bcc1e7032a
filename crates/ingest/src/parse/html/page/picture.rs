//! Pictures that have words in their place.

use super::Page;
use crate::parse::html::tag::Tag;
use crate::parse::html::token::{Start, Token, Tokens};
use cleancopy_core::Picture;

/// Most pictures that are kept.
const MOST: usize = 256;

/// Longest words in place of a picture, bytes; longer ones are no description.
const MAX_BYTES: usize = 1000;

/// A picture whose element is not known yet, since elements are recorded with their first block.
#[derive(Debug)]
pub(super) struct Waiting {
    picture: usize,
    depth: usize,
}

impl<'a> Page<'a> {
    /// Takes note of a picture.
    pub(super) fn picture(&mut self, start: &Start<'a>) {
        if self.n_hidden > 0 || self.pictures.len() >= MOST {
            return;
        }
        let Some(alt) = start.value("alt") else { return };
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        if alt.is_empty() || alt.len() > MAX_BYTES {
            return;
        }
        self.waiting.push(Waiting { picture: self.pictures.len(), depth: self.stack.len().saturating_sub(1) });
        self.pictures.push(Picture { alt, element: None, at: self.text.len() as u32 });
    }

    /// Takes note of the pictures in `<noscript>`: copies of those that a script would fetch, or the only ones.
    pub(super) fn pictures_without_script(&mut self, text: &'a str) {
        for token in Tokens::new(text) {
            match token {
                Token::Start(start) if start.tag == Tag::Img => self.picture(&start),
                _ => {}
            }
        }
    }

    /// Gives the pictures in an element that ends at `depth` that element, or leaves them to the one around it.
    pub(super) fn settle_pictures(&mut self, depth: usize, element: Option<u32>) {
        let first = self.waiting.partition_point(|waiting| waiting.depth < depth);
        match element {
            Some(_) => {
                for waiting in self.waiting.drain(first..) {
                    self.pictures[waiting.picture].element = element;
                }
            }
            None => {
                for waiting in &mut self.waiting[first..] {
                    waiting.depth = depth.saturating_sub(1);
                }
            }
        }
    }
}

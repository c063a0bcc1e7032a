//! HTML as tags, text and comments.
//!
//! The states of the WHATWG tokenizer (HTML, section 13.2.5), each byte looked at a bounded number of times.
//! Tokens are slices of the page; references in them are not replaced.

use super::reference::{Place, decoded};
use super::tag::Tag;
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words; references may be replaced.
    Text(&'a str),
    /// What stands in a script, style or the like, as it is.
    Raw(Tag, &'a str),
    /// A start tag.
    Start(Start<'a>),
    /// An end tag.
    End(Tag, &'a str),
    /// A comment, declaration or processing instruction.
    Comment(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start<'a> {
    pub(super) tag: Tag,
    /// The name as it is written.
    pub(super) name: &'a str,
    attributes: &'a str,
    /// Whether it ends in `/>`.
    pub(super) closes: bool,
}

pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The element whose raw text comes next.
    raw: Option<Tag>,
    /// Whether the page is XML or in a drawing, so that `/>` closes and raw text is not special.
    pub(super) closing_slash: bool,
    /// Whether in a drawing or formula, where `CDATA` is text.
    pub(super) foreign: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, raw: None, closing_slash: false, foreign: false }
    }

    /// How many bytes have been passed.
    pub(super) fn passed(&self) -> usize {
        self.at
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The text from here to `end`, and on to `next`.
    fn slice(&mut self, end: usize, next: usize) -> &'a str {
        let slice = &self.text[self.at..end];
        self.at = next;
        slice
    }

    /// A comment from here to `end`.
    fn comment(&mut self, end: Option<usize>, mark: usize) -> Token<'a> {
        let end = end.unwrap_or(self.text.len());
        Token::Comment(self.slice(end, (end + mark).min(self.text.len())))
    }

    fn ahead(&self, needle: &[u8]) -> Option<usize> {
        memmem::find(&self.bytes()[self.at..], needle).map(|found| self.at + found)
    }

    /// What `<` opens, if it opens anything.
    fn markup(&mut self) -> Option<Token<'a>> {
        let bytes = self.bytes();
        match bytes.get(self.at + 1)? {
            b'!' => Some(self.declaration()),
            b'?' => {
                self.at += 1;
                let end = memchr(b'>', &bytes[self.at..]).map(|found| self.at + found);
                Some(self.comment(end, 1))
            }
            b'/' => match bytes.get(self.at + 2)? {
                byte if byte.is_ascii_alphabetic() => Some(self.tag(self.at + 2, true)),
                b'>' => {
                    self.at += 2;
                    Some(self.comment(Some(self.at), 1))
                }
                _ => {
                    self.at += 2;
                    let end = memchr(b'>', &bytes[self.at..]).map(|found| self.at + found);
                    Some(self.comment(end, 1))
                }
            },
            byte if byte.is_ascii_alphabetic() => Some(self.tag(self.at + 1, false)),
            _ => None,
        }
    }

    fn declaration(&mut self) -> Token<'a> {
        let rest = &self.bytes()[self.at..];
        if rest.starts_with(b"<!--") {
            self.at += 4;
            let rest = &self.bytes()[self.at..];
            if rest.starts_with(b">") || rest.starts_with(b"->") {
                let mark = 1 + usize::from(rest[0] == b'-');
                return self.comment(Some(self.at), mark);
            }
            // It ends at the first `-->` or `--!>`.
            let end = memchr::memchr_iter(b'>', rest).find_map(|found| match rest[..found] {
                [.., b'-', b'-'] => Some((found - 2, 3)),
                [.., b'-', b'-', b'!'] => Some((found - 3, 4)),
                _ => None,
            });
            return match end {
                Some((found, mark)) => self.comment(Some(self.at + found), mark),
                None => self.comment(None, 0),
            };
        }
        if self.foreign && rest.starts_with(b"<![CDATA[") {
            self.at += 9;
            let end = self.ahead(b"]]>").unwrap_or(self.text.len());
            return Token::Raw(Tag::Other, self.slice(end, (end + 3).min(self.text.len())));
        }
        self.at += 2;
        let end = memchr(b'>', &self.bytes()[self.at..]).map(|found| self.at + found);
        self.comment(end, 1)
    }

    /// A tag whose name begins at `start`. One that the page ends in is dropped, like a browser does.
    fn tag(&mut self, start: usize, is_end: bool) -> Token<'a> {
        let bytes = self.bytes();
        let is_name = |byte: &u8| !matches!(byte, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'/' | b'>');
        let name_end = start + bytes[start..].iter().take_while(|byte| is_name(byte)).count();
        let mut attributes = Attributes { text: self.text, at: name_end, end: None, closes: false };
        attributes.by_ref().for_each(drop);
        let Some(end) = attributes.end else { return self.comment(None, 0) };
        let name = &self.text[start..name_end];
        let tag = Tag::named(name);
        self.at = end + 1;
        if is_end {
            return Token::End(tag, name);
        }
        let closes = attributes.closes;
        if tag.is_raw() && !(self.foreign || closes && self.closing_slash) {
            self.raw = Some(tag);
        }
        Token::Start(Start { tag, name, attributes: &self.text[name_end..=end], closes })
    }

    /// The text of an element in which tags are text, up to its end tag.
    fn raw_text(&mut self, tag: Tag) -> &'a str {
        let rest = &self.bytes()[self.at..];
        let end = match tag {
            Tag::Plaintext => None,
            Tag::Script => script_end(rest),
            _ => memchr::memchr_iter(b'<', rest).find(|&found| is_end_tag(&rest[found..], tag)),
        };
        let end = end.map_or(self.text.len(), |found| self.at + found);
        self.slice(end, end)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(tag) = self.raw.take() {
            let text = self.raw_text(tag);
            return if text.is_empty() { self.next_token() } else { Some(Token::Raw(tag, text)) };
        }
        self.next_token()
    }
}

impl<'a> Tokens<'a> {
    fn next_token(&mut self) -> Option<Token<'a>> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut from = self.at;
        loop {
            let Some(found) = memchr(b'<', &self.bytes()[from..]) else {
                return Some(Token::Text(self.slice(self.text.len(), self.text.len())));
            };
            from += found;
            if from > self.at {
                let next = self.bytes().get(from + 1);
                if next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/')) {
                    return Some(Token::Text(self.slice(from, from)));
                }
            } else if let Some(token) = self.markup() {
                return Some(token);
            }
            from += 1;
        }
    }
}

impl<'a> Start<'a> {
    /// The attributes in order, names and values as they are written.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes { text: self.attributes, at: 0, end: None, closes: false }
    }

    /// The value of an attribute, references replaced.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, value) = self.attributes().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        Some(decoded(value, Place::Attribute))
    }
}

/// The attributes of a tag.
pub(super) struct Attributes<'a> {
    text: &'a str,
    at: usize,
    /// Where the `>` stands, once it has been reached.
    end: Option<usize>,
    /// Whether a slash stands before it.
    closes: bool,
}

impl Attributes<'_> {
    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !is_skipped(*byte)).unwrap_or(rest.len());
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        self.skip(|byte| is_space(byte) || byte == b'/');
        let start = self.at;
        if *bytes.get(start)? == b'>' {
            self.end = Some(start);
            self.closes = start > 0 && bytes[start - 1] == b'/';
            return None;
        }
        // A sign of equality in the first place belongs to the name.
        self.at += 1;
        self.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = &self.text[start..self.at];
        self.skip(is_space);
        if bytes.get(self.at) != Some(&b'=') {
            return Some((name, ""));
        }
        self.at += 1;
        self.skip(is_space);
        let start = self.at;
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(start) {
            let Some(found) = memchr(*quote, &bytes[start + 1..]) else {
                self.at = bytes.len();
                return None;
            };
            self.at = start + 1 + found + 1;
            return Some((name, &self.text[start + 1..self.at - 1]));
        }
        self.skip(|byte| !is_space(byte) && byte != b'>');
        Some((name, &self.text[start..self.at]))
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

/// Whether `rest` begins with the end tag of `tag`.
fn is_end_tag(rest: &[u8], tag: Tag) -> bool {
    let name = tag.name().as_bytes();
    let Some(rest) = rest.strip_prefix(b"</") else { return false };
    rest.len() >= name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name)
        && rest.get(name.len()).is_none_or(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
}

/// Where a script ends: at its end tag, but not inside `<!-- <script> ... </script> -->`.
fn script_end(bytes: &[u8]) -> Option<usize> {
    let is_start_tag = |rest: &[u8]| {
        rest.len() > 7
            && rest[..7].eq_ignore_ascii_case(b"<script")
            && (is_space(rest[7]) || matches!(rest[7], b'/' | b'>'))
    };
    let (mut escaped, mut twice) = (false, false);
    let mut at = 0;
    while let Some(found) = memchr2(b'<', b'-', &bytes[at..]) {
        at += found;
        let rest = &bytes[at..];
        if rest[0] == b'-' {
            if escaped && rest.starts_with(b"-->") {
                (escaped, twice) = (false, false);
            }
        } else if !escaped && rest.starts_with(b"<!--") {
            escaped = true;
            // The two dashes may be those of `-->`.
            at += 1;
        } else if twice && is_end_tag(rest, Tag::Script) {
            twice = false;
        } else if is_end_tag(rest, Tag::Script) {
            return Some(at);
        } else if escaped && is_start_tag(rest) {
            twice = true;
        }
        at += 1;
    }
    None
}

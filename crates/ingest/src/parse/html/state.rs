//! Articles that a page holds for its scripts and does not show: JSON-LD `articleBody`, `__NEXT_DATA__` and kin.
//!
//! Read only where the page shows nearly nothing, so that an ordinary page does not pay for it.

use super::flight;
use super::reference::{Place, decoded};
use super::walk::Walk;
use cleancopy_core::{Block, BlockKind, Document, Element, Picture, Span};
use serde_json::Value;

/// Fewest bytes of a text that is taken for an article.
const MIN_BODY: usize = 250;

/// Fewest bytes of a block that counts as shown text.
const MIN_PROSE: usize = 80;

/// Part of the article's length that shown text may have for the article to be missing: one of so many.
const SHOWN_PART: usize = 3;

/// Longest script that is read, bytes.
const MAX_SCRIPT: usize = 8 << 20;

/// Most scripts that are looked at.
const MAX_SCRIPTS: usize = 32;

/// Most pieces of a stream.
const MAX_PIECES: usize = 2000;

/// Names under which the text of an article is kept, in lower case without underscores, best first.
static KEYS: &[&str] =
    &["articlebody", "bodyhtml", "contenthtml", "body", "content", "fulltext", "rendered", "html", "text", "value"];

/// Scripts that may hold an article, in order.
#[derive(Default)]
pub(super) struct Scripts<'a> {
    wholes: Vec<&'a str>,
    /// Pieces of a stream, in order.
    pieces: Vec<&'a str>,
    /// What a page shows where no script runs.
    noscripts: Vec<&'a str>,
}

impl<'a> Scripts<'a> {
    /// Takes note of a script.
    pub(super) fn add(&mut self, script: &'a str) {
        if flight::is_piece(script) {
            let n_bytes: usize = self.pieces.iter().map(|piece| piece.len()).sum();
            if self.pieces.len() < MAX_PIECES && n_bytes + script.len() <= MAX_SCRIPT {
                self.pieces.push(script);
            }
            return;
        }
        if script.len() >= MIN_BODY && script.len() <= MAX_SCRIPT && self.wholes.len() < MAX_SCRIPTS {
            self.wholes.push(script);
        }
    }

    /// Takes note of what a page shows where no script runs.
    pub(super) fn add_noscript(&mut self, text: &'a str) {
        if text.len() >= MIN_BODY && text.len() <= MAX_SCRIPT && self.noscripts.len() < MAX_SCRIPTS {
            self.noscripts.push(text);
        }
    }

    fn is_empty(&self) -> bool {
        self.wholes.is_empty() && self.pieces.is_empty() && self.noscripts.is_empty()
    }

    /// The texts in the stream that may be an article.
    fn streamed(&self) -> Vec<Body> {
        let (values, texts) = flight::rows(&self.pieces);
        let mut found: Vec<Body> = values.iter().flat_map(bodies).collect();
        let drawn = values.iter().map(flight::paragraphs);
        let whole = texts.into_iter().chain(drawn).filter(|text| is_prose(text));
        found.extend(whole.map(|text| Body { key: "text", rank: KEYS.len(), text }));
        found
    }

    /// The texts for readers without scripts that may be an article.
    fn without_script(&self) -> impl Iterator<Item = Body> {
        let texts = self.noscripts.iter().filter(|text| is_prose(text));
        texts.map(|text| Body { key: "noscript", rank: KEYS.len(), text: (*text).to_owned() })
    }

    /// Adds the article to a document that does not show it.
    pub(super) fn complete(&self, document: &mut Document, parse: fn(&str) -> Document) {
        let shown: usize = document.blocks.iter().map(|block| block.span.len()).filter(|len| *len >= MIN_PROSE).sum();
        if self.is_empty() || shown >= MOST_SHOWN {
            return;
        }
        let mut best: Option<Body> = None;
        for script in &self.wholes {
            let Some(value) = json(script) else { continue };
            for body in bodies(&value) {
                if best.as_ref().is_none_or(|best| body.beats(best)) {
                    best = Some(body);
                }
            }
        }
        for body in self.streamed().into_iter().chain(self.without_script()) {
            if best.as_ref().is_none_or(|best| body.beats(best)) {
                best = Some(body);
            }
        }
        let Some(body) = best else { return };
        let inner = if body.text.contains("</") || body.text.contains("<br") || body.text.contains("<p") {
            parse(&body.text)
        } else {
            plain(&decoded(&body.text, Place::Text))
        };
        if inner.text.len() >= MIN_BODY && shown < inner.text.len() / SHOWN_PART {
            append(document, inner, body.key);
        }
    }
}

/// Shown text from which on a page is not looked at, bytes.
const MOST_SHOWN: usize = 600;

/// A text that may be the article.
struct Body {
    key: &'static str,
    rank: usize,
    text: String,
}

impl Body {
    /// JSON-LD names its article; of all others the longest is.
    fn beats(&self, other: &Self) -> bool {
        (other.rank > 0 && self.rank == 0)
            || (self.rank == 0) == (other.rank == 0) && self.text.len() > other.text.len()
    }
}

/// The value of a script that is JSON, or gives JSON to a name: `window.__STATE__ = {...};`.
fn json(script: &str) -> Option<Value> {
    let start = script.find(['{', '['])?;
    let before = script[..start].trim();
    if !before.is_empty() && !before.ends_with('=') && !before.ends_with("<!--") {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(&script[start..]).into_iter::<Value>();
    values.next()?.ok()
}

/// The texts in a value that may be an article.
fn bodies(value: &Value) -> Vec<Body> {
    let mut found = Vec::new();
    let mut walk = Walk::from(value);
    while let Some(value) = walk.next() {
        match value {
            Value::Array(items) => {
                if let Some(text) = paragraphs(items) {
                    found.push(Body { key: "content", rank: KEYS.len(), text });
                }
                walk.add_all(items.iter());
            }
            Value::Object(object) => {
                for (key, value) in object {
                    let Value::String(text) = value else {
                        walk.add(value);
                        continue;
                    };
                    let key: String = key.chars().filter(|c| *c != '_').collect::<String>().to_ascii_lowercase();
                    let rank = KEYS.iter().position(|known| *known == key);
                    if let Some(rank) = rank.filter(|_| is_prose(text)) {
                        found.push(Body { key: KEYS[rank], rank, text: text.clone() });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The text of a list of paragraphs: objects with a text each.
fn paragraphs(items: &[Value]) -> Option<String> {
    let text = |item: &Value| {
        let object = item.as_object()?;
        ["text", "content", "html", "value", "innerHTML", "body"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str().map(str::to_owned))
    };
    let texts: Vec<String> = items.iter().filter_map(text).collect();
    let whole = texts.join("\n");
    (texts.len() >= 3 && texts.len() * 2 >= items.len() && is_prose(&whole)).then_some(whole)
}

/// Whether a text is long enough for an article and is words, not code or addresses.
fn is_prose(text: &str) -> bool {
    if text.len() < MIN_BODY {
        return false;
    }
    let n_ends = text.matches(['.', '!', '?', '\u{3002}']).count();
    let n_spaces = text.bytes().filter(|byte| *byte == b' ').count();
    let n_braces = text.bytes().filter(|byte| matches!(byte, b'{' | b'}')).count();
    let is_wide = text.chars().take(200).any(|c| matches!(c, '\u{3040}'..='\u{9FFF}'));
    n_ends >= 2 && (is_wide || n_spaces * 20 > text.len()) && n_braces * 100 < text.len()
}

/// Lines as paragraphs.
fn plain(text: &str) -> Document {
    let mut document = Document::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        let start = document.text.len();
        document.text.push_str(line);
        let span = Span::of(start..document.text.len());
        document.blocks.push(Block { span, kind: BlockKind::Paragraph, element: None });
    }
    document
}

/// Adds the blocks of `inner` after those of `document`, in an element that says where they come from.
fn append(document: &mut Document, inner: Document, key: &str) {
    if !document.text.is_empty() {
        document.text.push_str("\n\n");
    }
    let shift = document.text.len() as u32;
    let moved = |span: Span| Span::new(span.start + shift, span.end + shift);
    if document.elements.is_empty() {
        document.elements.push(Element { tag: "html".to_owned(), path: "html".to_owned(), ..Element::default() });
    }
    let text_bytes = inner.blocks.iter().map(|block| block.span.len() as u32).sum();
    let holder = document.elements.len() as u32;
    document.elements.push(Element {
        tag: "script".to_owned(),
        path: format!("html>script>{key}"),
        names: "articleBody".to_owned(),
        parent: Some(0),
        text_bytes,
        ..Element::default()
    });
    document.elements[0].text_bytes += text_bytes;
    let at = |element: u32| element + holder + 1;
    document.elements.extend(inner.elements.into_iter().map(|element| Element {
        parent: Some(element.parent.map_or(holder, at)),
        path: format!("html>script>{key}>{}", element.path),
        ..element
    }));
    document.blocks.extend(inner.blocks.into_iter().map(|block| Block {
        span: moved(block.span),
        element: Some(block.element.map_or(holder, at)),
        ..block
    }));
    document.marks.extend(inner.marks.into_iter().map(|mark| cleancopy_core::Mark {
        outer: moved(mark.outer),
        inner: moved(mark.inner),
        ..mark
    }));
    document.pictures.extend(inner.pictures.into_iter().map(|picture| Picture {
        element: Some(picture.element.map_or(holder, at)),
        at: picture.at + shift,
        ..picture
    }));
    document.text.push_str(&inner.text);
}

//! Markdown: the text is the file, blocks and marks say what is words and what notation.

mod depth;
mod front;
mod quotes;
mod writer;

use super::html::{self, Run};
use cleancopy_core::{BlockKind, Document, Kind, MarkKind, Meta, Span};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use writer::Writer;

/// Reads Markdown as `CommonMark` with tables, footnotes and struck-out words, and front matter before it.
///
/// A text that no person nested as deep as it is nested is read as plain text.
pub(super) fn parse(text: String) -> Document {
    if depth::is_too_deep(&text) {
        return Document::text(text);
    }
    let mut meta = Meta::default();
    let body = front::read(&text, &mut meta).unwrap_or(0);
    let mut writer = Writer::new(&text);
    if body > 0 {
        writer.notation(0..body, MarkKind::Definition);
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(&text[body..], options);
    for (_, definition) in parser.reference_definitions().iter() {
        writer.notation(definition.span.start + body..definition.span.end + body, MarkKind::Definition);
    }
    let mut walk = Walk { writer, text: &text, quotes: Vec::new(), n_quotes: 0, head_end: 0, code: None };
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range.start + body..range.end + body);
    }
    let Walk { mut writer, quotes, .. } = walk;
    for marker in quotes::markers(&text, &quotes) {
        writer.notation(marker, MarkKind::Opener);
    }
    let (blocks, marks) = writer.finish();
    Document { kind: Kind::Markdown, blocks, marks, meta, ..Document::text(text) }
}

/// Turns the parser's events into blocks and marks.
struct Walk<'a> {
    writer: Writer<'a>,
    text: &'a str,
    /// All block quotes, in order of their start.
    quotes: Vec<Range<usize>>,
    /// Block quotes that are open.
    n_quotes: usize,
    /// Where the head of the open table ends.
    head_end: usize,
    /// The words of the open code block so far.
    code: Option<Range<usize>>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(_) if self.code.is_some() => self.extend_code(&range),
            Event::Text(_) => self.words(range),
            Event::Code(_) => {
                self.writer.content(range.clone(), self.kind());
                let n_ticks = self.text[range.clone()].bytes().take_while(|byte| *byte == b'`').count();
                let inner = range.start + n_ticks..range.end.saturating_sub(n_ticks).max(range.start + n_ticks);
                self.writer.mark(range, inner, MarkKind::Code);
            }
            Event::InlineHtml(_) => {
                self.writer.content(range.clone(), self.kind());
                let is_break = self.text[range.start..].get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
                if !is_break || !self.parts_words(&range) {
                    self.writer.notation(range, MarkKind::Notation);
                }
            }
            Event::HardBreak if self.text.as_bytes()[range.start] == b'\\' => {
                self.writer.notation(range.start..range.start + 1, MarkKind::Notation);
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.writer.content(range, self.kind());
            }
            Event::Rule => {
                self.writer.flush();
                self.writer.notation(range, MarkKind::Opener);
            }
            Event::Html(_) | Event::SoftBreak | Event::HardBreak => {}
        }
    }

    /// Words of a line. A backslash before them is the notation of an escape.
    fn words(&mut self, range: Range<usize>) {
        let start = range.start;
        self.writer.content(range, self.kind());
        if start > 0 && self.text.as_bytes()[start - 1] == b'\\' && self.writer.is_new(start - 1) {
            let escaped = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
            self.writer.mark(start - 1..escaped, start..escaped, MarkKind::Notation);
        }
    }

    /// Whether a tag stands between words, which would run together without it.
    fn parts_words(&self, range: &Range<usize>) -> bool {
        let before = self.text[..range.start].chars().next_back().is_none_or(char::is_whitespace);
        let after = self.text[range.end..].chars().next().is_none_or(char::is_whitespace);
        !before && !after
    }

    /// A stretch of HTML: the tags are notation, the words between them paragraphs.
    fn html(&mut self, range: Range<usize>) {
        self.writer.flush();
        let mut words = range.start;
        for Run { range: run, breaks } in html::runs(&self.text[range.clone()]) {
            let run = run.start + range.start..run.end + range.start;
            if breaks && self.parts_words(&run) {
                continue;
            }
            if breaks {
                self.writer.paragraph(words..run.start);
                words = run.end;
            }
            self.writer.notation(run, MarkKind::Notation);
        }
        self.writer.paragraph(words..range.end);
    }

    fn extend_code(&mut self, range: &Range<usize>) {
        let code = self.code.get_or_insert(range.clone());
        *code = if code.start == code.end { range.clone() } else { code.start..range.end };
    }

    fn kind(&self) -> BlockKind {
        if self.n_quotes > 0 { BlockKind::Quote } else { BlockKind::Paragraph }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.writer.begin(range.start, self.kind()),
            Tag::Heading { level, .. } => self.writer.begin(range.start, BlockKind::Heading(*level as u8)),
            Tag::BlockQuote(_) => {
                self.writer.flush();
                self.quotes.push(range);
                self.n_quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.writer.flush();
                self.code = Some(range.start..range.start);
            }
            Tag::Item => self.writer.begin_item(range.start),
            Tag::FootnoteDefinition(_) => self.writer.begin_container(range.start),
            Tag::Table(_) => self.writer.flush(),
            Tag::TableHead | Tag::TableRow => self.writer.begin(range.start, BlockKind::TableRow),
            Tag::Emphasis | Tag::Strikethrough => self.writer.open(range, MarkKind::Emphasis),
            Tag::Strong => self.writer.open(range, MarkKind::Strong),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.writer.content(range.clone(), self.kind());
                self.writer.open(range, MarkKind::Autolink);
            }
            Tag::Link { .. } => self.writer.open(range, MarkKind::Link),
            Tag::Image { .. } => {
                self.writer.picture(&range, self.kind());
                self.writer.open(range, MarkKind::Image);
            }
            Tag::HtmlBlock => self.html(range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::FootnoteDefinition => self.writer.flush(),
            TagEnd::Heading(_) => self.writer.end_heading(range),
            TagEnd::BlockQuote(_) => {
                self.writer.flush();
                self.n_quotes -= 1;
            }
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::TableHead => {
                self.head_end = range.end;
                self.writer.end_row(range);
                // The line of dashes below the head has no event.
                let line = self.text[range.end..].trim_start_matches([' ', '\t', '\r', '\n', '>']);
                let start = self.text.len() - line.len();
                let end = start + line.find('\n').unwrap_or(line.len());
                let dashes = self.text[start..end].trim_end();
                if dashes.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t')) {
                    self.writer.notation(start..start + dashes.len(), MarkKind::Opener);
                }
            }
            TagEnd::TableRow => self.writer.end_row(range),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {
                self.writer.close();
            }
            _ => {}
        }
    }

    /// A code block is its words; the fences around them are notation.
    fn end_code(&mut self, range: &Range<usize>) {
        let Some(code) = self.code.take() else { return };
        let words = self.text[code.clone()].trim_end();
        if words.is_empty() {
            self.writer.notation(range.clone(), MarkKind::Opener);
            return;
        }
        // The first line keeps its indent, the block begins behind it.
        let first = code.start + words.len() - words.trim_start().len();
        let line = self.text[code.start..first].rfind('\n').map_or(code.start, |at| code.start + at + 1);
        let code = line..code.start + words.len();
        self.writer.block(first..code.end, BlockKind::Code);
        let is_fenced = |part: &str| part.trim_start().starts_with(['`', '~']);
        if is_fenced(&self.text[range.start..code.start]) {
            self.writer.notation(range.start..code.start, MarkKind::Opener);
        }
        if is_fenced(&self.text[code.end..range.end]) {
            self.writer.notation(code.end..range.end, MarkKind::Opener);
        }
    }
}

/// Span of a byte range of a text under 4 GiB.
fn span(range: Range<usize>) -> Span {
    Span::of(range)
}

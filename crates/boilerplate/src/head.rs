//! Which of the lines before the first paragraph is headline, deck, section, date, byline or caption.
//!
//! The takers (`headline`, `subtitle`, `date-line`, `byline`) agree on one reading of the head, so that
//! none takes what another needs as its anchor. Everything is taken or nothing: if after taking, yet
//! another line that looks like a headline would stand first, a second cleaning would take it for
//! one, so the lines stay.

use cleancopy_core::{BlockKind, Kind, Measure, Page};

use crate::captions::Captions;
use crate::exports::Export;
use crate::shape::{End, Shape, Shapes};
use crate::small_print::{self, SmallPrint};
use crate::view::Views;
use crate::words::{Word, Words};

/// The head of a document.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The block that is the headline.
    pub title: Option<usize>,
    /// The blocks that are decks, the first directly or further under the headline.
    pub decks: Vec<usize>,
    /// The blocks that are labels: the section over a headline, or the kind of article.
    pub labels: Vec<usize>,
    /// The block that is nothing but the author's name, over a date.
    pub name: Option<usize>,
    small_print: Vec<(u32, SmallPrint)>,
    looks: Vec<Look>,
    lines: Vec<usize>,
}

/// What a block before the first paragraph looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Small print; with a date or names that stand between headline and text only.
    Print {
        anchors: bool,
    },
    Caption,
    Line,
    /// One or two sentences: a deck, or the first paragraph.
    Sentence,
}

/// Most blocks that a head may have; dumps with longer ones have menus before the headline.
const MAX_BLOCKS: usize = 16;

/// Words of a headline where no heading mark shows it: at least three; a longer line is a deck, or the
/// first line of a broken paragraph, unless most of its words have capitals.
const TITLE_WORDS: (u32, u32, u32) = (3, 16, 24);

/// Most words of a heading that is the headline.
const MAX_HEADING: u32 = 30;

/// Words of a deck that ends like a sentence; first paragraphs of one sentence are mostly longer.
const DECK_WORDS: std::ops::RangeInclusive<u32> = 5..=16;

/// Articles and pronouns that open a sentence but hardly ever a deck in headline style.
const OPENERS: &[&str] = &[
    "the", "a", "an", "it", "he", "she", "they", "we", "i", "you", "this", "that", "there", "these", "in", "on", "at",
    "if", "but", "and", "for", "der", "die", "das", "ein", "eine", "es", "er", "sie", "im", "am", "le", "la", "les",
    "l", "un", "une", "il", "elle", "ce", "el", "los", "las", "una", "en", "o", "os", "um", "uma", "lo", "gli", "i",
    "de", "het", "een", "den", "det", "en", "ett", "et", "with", "after", "when", "while", "as", "by", "from",
];

/// Words that no headline ends with: the line was broken behind them.
const CLOSERS: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "at", "and", "or", "but", "to", "for", "with", "by", "from", "that", "is",
    "are", "was", "were", "has", "have", "had", "his", "her", "its", "their", "who", "which", "der", "die", "das",
    "und", "oder", "von", "mit", "zu", "in", "im", "den", "dem", "des", "ein", "eine", "le", "la", "les", "de", "du",
    "des", "et", "à", "un", "une", "el", "los", "y", "en", "con", "que", "il", "di", "e", "o", "da", "do", "het",
    "een", "van", "i", "w", "z", "на", "и", "в",
];

/// Words of a label: `Politics`, `Letters to the editor`.
const MAX_LABEL: u32 = 4;

/// Most words of a deck with a full stop, behind which a byline or a date may stand. It stays: outlets count it as text.
const MAX_CROSSED: u32 = 45;

/// Most words of a deck without a full stop. Longer ones many outlets count as text, so that all stays as it is.
const MAX_PLAIN_DECK: u32 = 12;

/// Most lines that are read as headline, decks and labels.
const MAX_LINES: usize = 5;

/// One word in so many of a deck may be a number: more are results.
const MAX_DIGITS: u32 = 4;

/// Blocks after a date in which no other date may follow: else the text is a timeline.
const TIMELINE: usize = 12;

impl Head {
    /// The lines of small print, each with what it says.
    pub(crate) fn small_print(&self) -> impl Iterator<Item = (usize, SmallPrint)> {
        self.small_print.iter().map(|&(index, print)| (index as usize, print))
    }

    /// Looks at the blocks before the first paragraph.
    fn look(&mut self, page: &Page<'_>, views: &Views<'_>) {
        let captions = page.measured::<Captions>();
        for (index, block) in page.blocks.iter().enumerate().take(MAX_BLOCKS) {
            if block.kind.protected() || block.kind == BlockKind::ListItem {
                break;
            }
            let shape = views.shapes.of(index);
            let look = if let Some(print) = small_print::read(&views.view(index)) {
                self.small_print.push((index as u32, print));
                let dated = print.dates.is_some_and(|line| line.published.or(line.updated).is_some());
                Look::Print { anchors: dated || !print.names.is_empty() }
            } else if captions.has(index) {
                Look::Caption
            } else if is_line(shape) || is_heading(page, index) && shape.words <= MAX_HEADING {
                Look::Line
            } else if shape.words <= MAX_CROSSED && shape.sentences <= 2 {
                Look::Sentence
            } else {
                break;
            };
            self.looks.push(look);
        }
    }

    /// The last small print that stands between headline and text: lines before it, and at most one deck
    /// that ends like a sentence.
    fn anchor(&self, page: &Page<'_>, views: &Views<'_>) -> Option<usize> {
        let (mut anchor, mut sentences) = (None, 0);
        let mut has_line = false;
        for (index, look) in self.looks.iter().enumerate() {
            match look {
                Look::Sentence if sentences == 1 || !has_line => break,
                Look::Sentence => sentences += 1,
                Look::Line => has_line = true,
                Look::Print { anchors: true } if has_line => anchor = Some((index, sentences)),
                Look::Print { .. } | Look::Caption => {}
            }
        }
        let (anchor, sentences) = anchor?;
        let mut later = (anchor + 1..page.blocks.len())
            .take(TIMELINE)
            .skip_while(|&index| self.looks.get(index).is_some_and(|look| matches!(look, Look::Print { .. })));
        let timeline = sentences > 0
            && later.any(|index| small_print::read(&views.view(index)).is_some_and(|print| print.dates.is_some()));
        (!timeline).then_some(anchor)
    }

    /// Reads `self.lines`, which stand before the text that begins at `body`, as headline, decks and labels.
    /// A byline or date may stand between them and the text: then nothing else stands there.
    fn read(&mut self, page: &Page<'_>, body: usize, anchored: bool) -> Option<()> {
        let words = |index: usize| page.measured::<Shapes>().of(index).words;
        let heading = self.lines.iter().copied().find(|&line| is_heading(page, line));
        let fits = |&line: &usize| is_title(page, line, body) && (self.lines.len() == 1 || words(line) > MAX_LABEL);
        let title = heading.or_else(|| self.lines.iter().copied().find(fits))?;
        for &line in self.lines.iter().filter(|&&line| line != title) {
            let shape = page.measured::<Shapes>().of(line);
            let first = page.measured::<Words>().of(line).first();
            let cased = first.is_some_and(|word| !word.has(Word::GLYPH) && !word.has(Word::CASELESS));
            let deck = line > title
                && shape.words >= *DECK_WORDS.start()
                && shape.digits * MAX_DIGITS <= shape.words
                && (cased || anchored);
            let shown = || anchored || is_retold(page, line, body) && !is_heading(page, line);
            match () {
                // Too long to be read as a headline next time: many outlets count such a deck as text.
                () if deck && shape.words > TITLE_WORDS.1 && !is_title(page, line, body) => {}
                () if deck && shape.words <= MAX_PLAIN_DECK && shown() => self.decks.push(line),
                () if words(line) <= MAX_LABEL && (anchored || line < title && self.labels.is_empty()) => {
                    self.labels.push(line);
                }
                () if repeats(page, line, title) => self.decks.push(line),
                () => {
                    self.decks.clear();
                    self.labels.clear();
                    return None;
                }
            }
        }
        self.title = Some(title);
        Some(())
    }

    /// Takes the name of an author over a date out of `self.lines`.
    fn take_name(&mut self, page: &Page<'_>, views: &Views<'_>) {
        let over = |&&line: &&usize| {
            let dated = self
                .small_print()
                .any(|(index, print)| index == line + 1 && print.dates.is_some() && print.names.is_empty());
            let of_line = views.words.of(line);
            let named = (2..=4).contains(&of_line.len())
                && of_line.iter().all(|word| word.has(Word::UPPER) && !word.has(Word::CAPS));
            dated
                && named
                && !is_heading(page, line)
                && !page.blocks[line].span.in_text(page.text).contains([':', '|', ','])
        };
        if self.lines.len() > 1 {
            self.name = self.lines.iter().skip(1).find(over).copied();
            self.lines.retain(|&line| Some(line) != self.name);
        }
    }
}

impl Measure for Head {
    fn measure(&mut self, page: &Page<'_>) {
        self.small_print.clear();
        self.looks.clear();
        self.decks.clear();
        self.labels.clear();
        (self.title, self.name) = (None, None);
        if page.kind == Kind::Html || page.measured::<Export>().is_one() {
            return; // The rules `page-*` read the head of a page, `database-field` that of an export.
        }
        let views = Views::of(page);
        let shapes = views.shapes;
        self.look(page, &views);
        let anchor = self.anchor(page, &views);
        let from = anchor.map_or(0, |anchor| anchor + 1);
        let is_body = |look: &Look| *look == Look::Sentence;
        let body = self.looks[from..].iter().position(is_body).map_or(self.looks.len(), |at| from + at);
        self.small_print.retain(|&(index, _)| (index as usize) < body);
        let has_prose = shapes.all().iter().skip(body).take(4).any(Shape::is_prose);
        if !has_prose || is_line(shapes.of(body)) || page.blocks[body].kind.protected() {
            self.small_print.retain(|&(index, print)| index == 0 && print.dates.is_some());
            return;
        }
        let lines = |looks: &[Look], range: std::ops::Range<usize>, lines: &mut Vec<usize>| {
            lines.clear();
            lines.extend(
                range.take_while(|&index| looks[index] != Look::Sentence).filter(|&index| looks[index] == Look::Line),
            );
        };
        // What stands below the anchor would be read as a head of its own next time.
        lines(&self.looks, from..body, &mut self.lines);
        let mut more = Vec::new();
        if anchor.is_some() && (1..=MAX_LINES).contains(&self.lines.len()) && self.read(page, body, false).is_some() {
            more.clone_from(&self.lines);
            self.decks.clear();
            self.labels.clear();
            self.title = None;
        }
        lines(&self.looks, 0..anchor.unwrap_or(body), &mut self.lines);
        if anchor.is_some() {
            self.take_name(page, &views);
        }
        if !(1..=MAX_LINES).contains(&self.lines.len()) || self.read(page, body, anchor.is_some()).is_none() {
            self.name = None;
            return;
        }
        self.decks.extend(more);
        if let Some(title) = self.title
            && anchor.is_none()
            && self.lines.len() == 1
            && body == title + 1
            && is_deck(page, title, body)
        {
            self.decks.push(body);
        }
    }
}

fn is_heading(page: &Page<'_>, index: usize) -> bool {
    matches!(page.blocks[index].kind, BlockKind::Heading(_))
}

/// A line without the end mark of a sentence, short enough for a headline.
fn is_line(shape: &Shape) -> bool {
    (1..=MAX_HEADING).contains(&shape.words) && matches!(shape.end, End::None | End::Call)
}

/// Whether the line at `title` is the headline of the text that begins at `body`: it has the length of
/// one and shares a word with the first paragraphs.
fn is_title(page: &Page<'_>, title: usize, body: usize) -> bool {
    if is_heading(page, title) {
        return true;
    }
    let (shapes, words) = (page.measured::<Shapes>(), page.measured::<Words>());
    let (shape, of_title) = (shapes.of(title), words.of(title));
    let (min, max, max_capital) = TITLE_WORDS;
    let capital = shape.uppers * 5 >= shape.words * 3;
    let long_enough = shape.words >= min && shape.words <= if capital { max_capital } else { max };
    let (Some(last), Some(next)) = (of_title.last(), words.of(body).first()) else { return false };
    let broken = is_one_of(page, *last, CLOSERS) || next.has(Word::LOWER) || of_title[0].has(Word::LOWER);
    let text = page.blocks[title].span.in_text(page.text);
    let one = shape.sentences <= 2 && text.find(". ").is_none_or(|at| at < MAX_KICKER);
    let linked = text.starts_with('[') || text.contains("][");
    let shouts = shape.end == End::Call && text.ends_with('!');
    if !long_enough || broken || linked || !one || shouts {
        return false;
    }
    let lead = words.from(body);
    let lead = &lead[..lead.len().min(MAX_LEAD)];
    let least = if of_title[0].has(Word::GLYPH) { MIN_GLYPHS } else { 1 };
    of_title.iter().filter(|word| is_told(page, word, lead)).take(least).count() == least
}

/// Bytes of the longest kicker before a headline: `Niemcy. ...`.
const MAX_KICKER: usize = 24;

/// Words of the lead in which the headline is told again.
const MAX_LEAD: usize = 150;

/// Characters that headline and lead must share in scripts without spaces.
const MIN_GLYPHS: usize = 4;

/// Bytes that two forms of one word share, and bytes from which a word is taken to carry content.
const STEM: usize = 5;
const MIN_STEM: usize = 4;

/// Whether a word that carries content, or another form of it, stands in the lead.
fn is_told(page: &Page<'_>, word: &Word, lead: &[Word]) -> bool {
    let text = |word: &Word| &page.text.as_bytes()[word.start as usize..word.end as usize];
    if word.has(Word::GLYPH) || word.has(Word::DIGIT) {
        return lead.iter().any(|known| known.hash == word.hash);
    }
    // A letter of a script without cases has two or three bytes, and many words begin with the same article.
    let letter = if word.has(Word::CASELESS) { 2 } else { 1 };
    let stem = &text(word)[..text(word).len().min(letter * STEM)];
    let same = |known: &Word| text(known).get(..stem.len()).is_some_and(|other| other.eq_ignore_ascii_case(stem));
    stem.len() >= letter * MIN_STEM && lead.iter().any(|known| known.hash == word.hash || same(known))
}

/// Whether the sentence at `deck` is the deck of the headline at `title`: one sentence in headline style,
/// after which the article opens by telling the same again.
fn is_deck(page: &Page<'_>, title: usize, deck: usize) -> bool {
    let (shapes, words) = (page.measured::<Shapes>(), page.measured::<Words>());
    let (shape, of_deck) = (shapes.of(deck), words.of(deck));
    let (Some(lead), Some(first)) = (shapes.all().get(deck + 1), of_deck.first()) else { return false };
    let styled = shape.sentences == 1
        && shape.ends_sentence()
        && DECK_WORDS.contains(&shape.words)
        && first.has(Word::UPPER)
        && !of_deck.iter().any(|word| word.has(Word::QUOTED))
        && !is_one_of(page, *first, OPENERS);
    if !styled || !lead.is_prose() || lead.words <= shape.words {
        return false;
    }
    // A first paragraph tells what the headline says, a deck something else.
    let of_title = || words.of(title).iter().filter(|word| word.end - word.start >= MIN_STEM as u32);
    let n_told = of_title().filter(|word| is_told(page, word, of_deck)).count();
    if n_told >= MIN_RETOLD && n_told * 3 >= of_title().count() {
        return false;
    }
    let lead = words.of(deck + 1);
    let told = words.of(title).iter().chain(of_deck).filter(|word| is_told(page, word, lead));
    told.take(MIN_RETOLD).count() == MIN_RETOLD
}

/// Whether a word of the line at `line` stands in the text that begins at `body` too.
fn is_retold(page: &Page<'_>, line: usize, body: usize) -> bool {
    retold(page, line, body).next().is_some()
}

/// The words of the line at `line` that stand in the text that begins at `body` too.
pub(crate) fn retold<'p>(page: &'p Page<'p>, line: usize, body: usize) -> impl Iterator<Item = &'p Word> {
    let words = page.measured::<Words>();
    let lead = words.from(body);
    let lead = &lead[..lead.len().min(MAX_LEAD)];
    words.of(line).iter().filter(move |word| is_told(page, word, lead))
}

/// Whether most words of a line stand in the headline too.
fn repeats(page: &Page<'_>, line: usize, title: usize) -> bool {
    let words = page.measured::<Words>();
    let same = words.of(line).iter().filter(|word| words.of(title).iter().any(|known| known.hash == word.hash));
    same.count() * 3 >= words.of(line).len() * 2
}

/// Words of headline and deck that the lead must tell again.
const MIN_RETOLD: usize = 2;

fn is_one_of(page: &Page<'_>, word: Word, list: &[&str]) -> bool {
    let text = &page.text[word.start as usize..word.end as usize];
    list.iter().any(|known| known.eq_ignore_ascii_case(text))
}

//! Which of the lines before the first paragraph is headline, deck, date, byline or caption.
//!
//! The takers (`headline`, `subtitle`, `date-line`, `byline`) agree on one reading of the head, so that
//! none takes what another needs as its anchor. Everything is taken or nothing: if after taking, yet
//! another line that looks like a headline would stand first, a second cleaning would take it for
//! one, so the lines stay.

use cleancopy_core::{BlockKind, Kind, Measure, Page, Profile};

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
    /// The block that is the deck.
    pub deck: Option<usize>,
    small_print: Vec<(u32, SmallPrint)>,
}

/// Most blocks that a head may have; dumps with longer ones have menus before the headline.
const MAX_BLOCKS: usize = 10;

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

impl Head {
    /// The lines of small print, each with what it says.
    pub(crate) fn small_print(&self) -> impl Iterator<Item = (usize, SmallPrint)> {
        self.small_print.iter().map(|&(index, print)| (index as usize, print))
    }
}

impl Measure for Head {
    fn measure(&mut self, page: &Page<'_>) {
        self.small_print.clear();
        (self.title, self.deck) = (None, None);
        if page.kind == Kind::Html || page.measured::<Export>().is_one() {
            return; // The rules `page-*` read the head of a page, `database-field` that of an export.
        }
        let views = Views::of(page);
        let (shapes, words) = (&views.shapes, &views.words);
        let captions = page.measured::<Captions>();
        let (mut first, mut second) = (None, None);
        let mut body = 0;
        for (index, block) in page.blocks.iter().enumerate() {
            body = index;
            if index == MAX_BLOCKS || block.kind.protected() || block.kind == BlockKind::ListItem {
                break;
            }
            if let Some(print) = small_print::read(&views.view(index)) {
                self.small_print.push((index as u32, print));
            } else if captions.has(index) {
            } else if is_line(shapes.of(index)) || is_heading(page, index) && shapes.of(index).words <= MAX_HEADING {
                match (first, second) {
                    (None, _) => first = Some(index),
                    (Some(_), None) => second = Some(index),
                    _ => break,
                }
            } else {
                break;
            }
        }
        let has_prose = shapes.all().iter().skip(body).take(4).any(Shape::is_prose);
        if !has_prose || is_line(shapes.of(body)) || page.blocks[body].kind.protected() {
            self.small_print.retain(|&(index, print)| index == 0 && print.dates.is_some());
            return;
        }
        let Some(title) = first.filter(|&title| is_title(page, title, body)) else { return };
        match second {
            None => {
                self.title = first;
                self.deck = Some(body).filter(|&deck| deck == title + 1 && is_deck(page, title, deck));
            }
            // A section label over the headline, a subheading under it, or a deck: only marks tell.
            Some(deck) if deck == title + 1 && words.of(deck).len() >= *DECK_WORDS.start() as usize => {
                if is_heading(page, title) && !is_heading(page, deck) || page.settings.profile == Profile::Recall {
                    (self.title, self.deck) = (first, second);
                }
            }
            Some(_) => {}
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
    let lead = words.of(deck + 1);
    let told = words.of(title).iter().chain(of_deck).filter(|word| is_told(page, word, lead));
    told.take(MIN_RETOLD).count() == MIN_RETOLD
}

/// Words of headline and deck that the lead must tell again.
const MIN_RETOLD: usize = 2;

fn is_one_of(page: &Page<'_>, word: Word, list: &[&str]) -> bool {
    let text = &page.text[word.start as usize..word.end as usize];
    list.iter().any(|known| known.eq_ignore_ascii_case(text))
}

//! Which of the lines before the first paragraph is headline, deck, date, byline or caption.
//!
//! The takers (`headline`, `subtitle`, `date-line`, `byline`) agree on one reading of the head, so that
//! none takes what another needs as its anchor. Everything is taken or nothing: if after taking, yet
//! another line that looks like a headline would stand first, a second cleaning would take it for
//! one, so the lines stay.

use cleancopy_core::{BlockKind, Measure, Page};

use crate::dates;
use crate::rules::{byline, caption};
use crate::shape::{End, Shape, Shapes};
use crate::words::{Word, Words};

/// What a line of the head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The headline.
    Title,
    /// The deck under it.
    Deck,
    /// Nothing but a date.
    Date,
    /// Names of the authors.
    Byline,
    /// Words of a picture.
    Caption,
}

/// The head of a document.
#[derive(Debug, Default)]
pub(crate) struct Head {
    roles: Vec<(u32, Role)>,
}

/// Most blocks that a head may have; dumps with longer ones have menus before the headline.
const MAX_BLOCKS: usize = 10;

/// Fewest words of a headline, where no heading mark shows it.
const MIN_TITLE: u32 = 3;

/// Most words of a headline. The longest of the evaluation's declared titles has 28.
const MAX_TITLE: u32 = 30;

/// Words of a deck that ends like a sentence.
const DECK_WORDS: std::ops::RangeInclusive<u32> = 5..=28;

/// Articles and pronouns that open a sentence but hardly ever a deck in headline style.
const OPENERS: &[&str] = &[
    "the", "a", "an", "it", "he", "she", "they", "we", "i", "you", "this", "that", "there", "these", "in", "on", "at",
    "but", "and", "for", "der", "die", "das", "ein", "eine", "es", "er", "sie", "im", "am", "le", "la", "les", "l",
    "un", "une", "il", "elle", "ce", "el", "los", "las", "una", "en", "o", "os", "um", "uma", "lo", "gli", "i", "de",
    "het", "een", "den", "det", "en", "ett", "et",
];

impl Head {
    /// The blocks with one role.
    pub(crate) fn all(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().filter(move |(_, of)| *of == role).map(|(index, _)| *index as usize)
    }
}

impl Measure for Head {
    fn measure(&mut self, page: &Page<'_>) {
        let shapes = page.measured::<Shapes>();
        let words = page.measured::<Words>();
        self.roles.clear();
        let (mut first_line, mut second_line) = (None, None);
        let mut body = 0;
        for (index, block) in page.blocks.iter().enumerate() {
            body = index;
            if index == MAX_BLOCKS || block.kind.protected() || block.kind == BlockKind::ListItem {
                break;
            }
            let shape = shapes.of(index);
            let heading = matches!(block.kind, BlockKind::Heading(_));
            if let Some(role) = small_print(page, index, shape) {
                self.roles.push((index as u32, role));
            } else if is_line(shape) || (heading && shape.words <= MAX_TITLE) {
                match (first_line, second_line) {
                    (None, _) => first_line = Some(index),
                    (Some(_), None) => second_line = Some(index),
                    _ => break,
                }
            } else {
                break;
            }
        }
        let Some(title) = first_line else { return };
        let heading = matches!(page.blocks[title].kind, BlockKind::Heading(_));
        let long_enough = heading || shapes.of(title).words >= MIN_TITLE;
        let body_shape = shapes.of(body);
        if !long_enough || is_line(body_shape) || body == title || Some(body) == second_line {
            return;
        }
        let has_prose = shapes.all()[body..].iter().take(4).any(Shape::is_prose);
        if !has_prose || page.blocks[body].kind.protected() {
            return;
        }
        if let Some(deck) = second_line {
            // A section label over the headline, or a subheading under it, is neither.
            if deck != title + 1 || shapes.of(deck).words < *DECK_WORDS.start() || !long_enough {
                return;
            }
            self.roles.push((deck as u32, Role::Deck));
        } else if body == title + 1 && is_deck(page, &words, title, body, &shapes) {
            self.roles.push((body as u32, Role::Deck));
        }
        self.roles.push((title as u32, Role::Title));
        self.roles.sort_by_key(|(index, _)| *index);
    }
}

/// A line that says date, byline or caption by its form.
fn small_print(page: &Page<'_>, index: usize, shape: &Shape) -> Option<Role> {
    let text = page.blocks[index].span.in_text(page.text);
    if shape.digits > 0 && dates::read(text).is_some_and(|date| date.published.or(date.updated).is_some()) {
        return Some(Role::Date);
    }
    if byline::names(page, index).is_some() {
        return Some(Role::Byline);
    }
    caption::read(page, index).map(|_| Role::Caption)
}

/// A line without the end mark of a sentence, short enough for a headline.
fn is_line(shape: &Shape) -> bool {
    (1..=MAX_TITLE).contains(&shape.words) && matches!(shape.end, End::None | End::Call) && shape.sentences <= 3
}

/// Whether the sentence at `deck` is the deck of the headline at `title`: one sentence in headline style,
/// after which the article opens by telling the same again.
fn is_deck(page: &Page<'_>, words: &Words, title: usize, deck: usize, shapes: &Shapes) -> bool {
    let (shape, Some(lead)) = (shapes.of(deck), shapes.all().get(deck + 1)) else { return false };
    let of_deck = words.of(deck);
    let Some(first) = of_deck.first() else { return false };
    let first_text = page.text[first.start as usize..first.end as usize].to_lowercase();
    let styled = shape.sentences == 1
        && shape.ends_sentence()
        && DECK_WORDS.contains(&shape.words)
        && first.has(Word::UPPER)
        && !first.has(Word::QUOTED)
        && !OPENERS.contains(&first_text.as_str())
        && !of_deck.iter().any(|word| word.has(Word::QUOTED));
    if !styled || !lead.is_prose() || lead.words <= shape.words {
        return false;
    }
    let told = |word: &&Word| {
        word.end - word.start >= MIN_CONTENT
            && (words.of(title).iter().chain(of_deck)).any(|known| known.hash == word.hash)
    };
    words.of(deck + 1).iter().take(MAX_TITLE as usize).filter(told).count() >= MIN_RETOLD
}

/// Bytes from which a word is taken to carry content.
const MIN_CONTENT: u32 = 4;

/// Words of headline and deck that the lead must tell again.
const MIN_RETOLD: usize = 2;

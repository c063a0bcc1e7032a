//! The day of publication and the authors where a page only shows them.

use cleancopy_core::{BlockKind, Field, Page, Span};
use jiff::civil::Date;

use super::{Dom, Fate, Part};
use crate::dates::{self, DateLine, Label};
use crate::small_print;
use crate::view::Views;

/// Most words of a line that holds a date among other words.
const MAX_LINE: u32 = 14;

/// Most blocks over the first paragraph in which a date may stand where no headline is known.
const MAX_ABOVE: usize = 24;

/// Most blocks under the first paragraph in which a date may stand that is the whole line.
const MAX_UNDER: usize = 4;

/// Most blocks under the last paragraph in which a date may stand that is called one of publication.
const MAX_BELOW: usize = 30;

impl Dom {
    /// The names in the small print around the headline.
    pub(crate) fn author_line(&self, page: &Page<'_>) -> Option<Span> {
        let views = Views::of(page);
        let lines = self.head.clone().filter(|index| self.fates[*index] != Fate::Kept);
        let mut names = lines.filter_map(|index| small_print::read(&views.view(index))).map(|print| print.names);
        names.find(|names| !names.is_empty())
    }

    /// The dates in the small print around the headline, or in a line by the article that says `published`.
    pub(crate) fn date_line(&self, page: &Page<'_>) -> Option<DateLine> {
        // Each of several articles has a day of its own.
        if self.is_several {
            return None;
        }
        let (first, last) = self.ends()?;
        let views = Views::of(page);
        let language = page.meta.first(Field::Language);
        let has_day = |line: &DateLine| line.day(language).is_some();
        let title = self.head.clone().find(|index| Self::is_headline(page, *index));
        // Above the headline, and where there is none, an item of a list with other words leads to another article.
        let is_item = |index: usize| {
            let is_under = title.is_some_and(|title| self.head.contains(&index) && index > title);
            page.blocks[index].kind == BlockKind::ListItem && !is_under && !is_date(&views, index)
        };
        let is_other = |index: &usize| self.is_other(*index) && !is_item(*index);
        let of = |index: usize| dates_of(&views, index);
        let head = self.head.clone().chain(first.saturating_sub(MAX_ABOVE)..first);
        let by_headline = head.filter(is_other).filter_map(of);
        let around = first.saturating_sub(MAX_ABOVE)..self.fates.len().min(last + 1 + MAX_BELOW);
        let named = || around.filter(is_other).filter_map(of).find(|line| line.is_named && has_day(line));
        // Under a lead the date stands in the article; there it is one only if it is the whole line.
        let under = if self.head.is_empty() { first..first } else { first..last.min(first + MAX_UNDER) };
        let is_line = |index: &usize| page.blocks[*index].kind != BlockKind::ListItem && is_date(&views, *index);
        let under_lead = || under.filter(|index| is_line(index) || is_other(index)).filter_map(of).find(has_day);
        // The day of the last change alone says nothing of the first.
        let changed = by_headline.clone().find(|line| line.updated.is_some());
        by_headline.clone().find(has_day).or_else(under_lead).or_else(named).or(changed)
    }

    /// The day of publication that the page shows under its headline in a line of its own, if it can be read in one way.
    pub(crate) fn shown_day(&self, page: &Page<'_>) -> Option<Date> {
        let (first, last) = self.ends().filter(|_| !self.is_several)?;
        let title = self.head.clone().find(|index| Self::is_headline(page, *index))?;
        let views = Views::of(page);
        let under = title + 1..last.min(first + MAX_UNDER);
        let mut lines = under.filter(|index| self.is_other(*index) || self.fates[*index] == Fate::Kept);
        let index = lines.find(|index| is_date(&views, *index))?;
        dates_of(&views, index)?.published
    }

    /// The first and the last block that stay.
    fn ends(&self) -> Option<(usize, usize)> {
        let kept = |index: &usize| self.fates[*index] == Fate::Kept;
        Some(((0..self.fates.len()).find(kept)?, (0..self.fates.len()).rfind(kept)?))
    }

    /// Whether a block is no part of the article, nor of another one.
    fn is_other(&self, index: usize) -> bool {
        match self.fates[index] {
            Fate::Kept => false,
            Fate::In(part) => {
                !matches!(part, Part::Related | Part::Comments | Part::Navigation | Part::Teaser | Part::Sidebar)
            }
            _ => true,
        }
    }
}

/// Whether a block is nothing but a date.
fn is_date(views: &Views<'_>, index: usize) -> bool {
    let view = views.view(index);
    dates::read(views.page.text, view.span(), view.words()).is_some()
}

/// The dates in a block that may hold other words too.
fn dates_of(views: &Views<'_>, index: usize) -> Option<DateLine> {
    let (page, view) = (views.page, views.view(index));
    let print = small_print::read(&view).and_then(|print| print.dates);
    // `6. November` looks like the end of a sentence and the beginning of another.
    let is_line = view.n_words() <= MAX_LINE && (view.shape().sentences <= 1 || !view.shape().ends_sentence());
    let found = print
        .filter(|line| line.day(page.meta.first(Field::Language)).is_some())
        .or_else(|| is_line.then(|| dates::find(view.text()))?)?;
    // A label may be a block of its own: `Updated:` in one cell, the day in the next.
    let label = index.checked_sub(1).and_then(|above| dates::label(views.view(above).words()));
    Some(match label {
        Some(Label::Published) => DateLine { is_named: true, ..found },
        Some(Label::Updated) => found.of_change(),
        None if is_called_change(page, index) => found.of_change(),
        None => found,
    })
}

/// How many elements around a date may say what it is.
const MAX_AROUND: usize = 4;

/// Words in the names of elements that hold the day of the last change.
const CHANGED: &[&str] = &["updated", "modified", "changed", "lastmodified", "lastupdated"];

/// Words beside them where the day is that of publication too.
const PUBLISHED: &[&str] = &["published", "publish"];

/// Whether the names around a block say that it tells the day of the last change.
fn is_called_change(page: &Page<'_>, index: usize) -> bool {
    let element = |at: u32| page.elements.get(at as usize);
    let around = std::iter::successors(page.blocks[index].element.and_then(element), |inner| {
        inner.parent.and_then(element).filter(|outer| outer.text_bytes == inner.text_bytes)
    });
    around.take(MAX_AROUND).any(|element| {
        let names = [&element.class, &element.id, &element.names];
        let has = |known: &[&str]| names.iter().any(|name| known.iter().any(|word| has_word(name, word)));
        has(CHANGED) && !has(PUBLISHED)
    })
}

/// Whether a name holds a word as a piece of its own: `date-updated`, `lastUpdated`, not `tagupdated`.
fn has_word(name: &str, word: &str) -> bool {
    let bytes = name.as_bytes();
    let begins = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric() || bytes[at].is_ascii_uppercase();
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_lowercase());
    let lower = name.to_ascii_lowercase();
    lower.match_indices(word).any(|(at, _)| begins(at) && ends(at + word.len()))
}

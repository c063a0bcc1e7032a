//! The day of publication and the authors where a page only shows them.

use cleancopy_core::{Field, Page, Span};

use super::{Dom, Fate, Part};
use crate::dates::{self, DateLine};
use crate::small_print;
use crate::view::Views;

/// Most words of a line that holds a date among other words.
const MAX_LINE: u32 = 14;

/// Most blocks over the first paragraph in which a date may stand where no headline is known.
const MAX_ABOVE: usize = 24;

/// Most blocks under the last paragraph in which a date may stand that is called one of publication.
const MAX_BELOW: usize = 16;

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
        let kept = |index: &usize| self.fates[*index] == Fate::Kept;
        let (first, last) = ((0..self.fates.len()).find(kept)?, (0..self.fates.len()).rfind(kept)?);
        let views = Views::of(page);
        let language = page.meta.first(Field::Language);
        let of = |index: usize| {
            let view = views.view(index);
            let print = small_print::read(&view).and_then(|print| print.dates);
            let is_line = view.n_words() <= MAX_LINE && view.shape().sentences <= 1;
            let found = print
                .filter(|line| line.day(language).is_some())
                .or_else(|| is_line.then(|| dates::find(view.text()))?)?;
            Some(if is_called_change(page, index) { found.of_change() } else { found })
        };
        let has_day = |line: &DateLine| line.day(language).is_some();
        let is_other = |index: &usize| {
            let part = match self.fates[*index] {
                Fate::Kept => true,
                Fate::In(part) => {
                    matches!(part, Part::Related | Part::Comments | Part::Navigation | Part::Teaser | Part::Sidebar)
                }
                _ => false,
            };
            !part
        };
        let head = self.head.clone().chain(first.saturating_sub(MAX_ABOVE)..first);
        let by_headline = head.filter(is_other).filter_map(of).find(has_day);
        by_headline.or_else(|| {
            let around = first.saturating_sub(MAX_ABOVE)..self.fates.len().min(last + 1 + MAX_BELOW);
            around.filter(is_other).filter_map(of).find(|line| line.is_named && has_day(line))
        })
    }
}

/// How many elements around a date may say what it is.
const MAX_AROUND: usize = 4;

/// Words in the names of elements that hold the day of the last change.
const CHANGED: &[&str] = &["updated", "modified", "changed"];

/// Whether the names around a block say that it tells the day of the last change.
fn is_called_change(page: &Page<'_>, index: usize) -> bool {
    let element = |at: u32| page.elements.get(at as usize);
    let around = std::iter::successors(page.blocks[index].element.and_then(element), |inner| {
        inner.parent.and_then(element).filter(|outer| outer.text_bytes == inner.text_bytes)
    });
    around.take(MAX_AROUND).any(|element| {
        [&element.class, &element.id, &element.names].iter().any(|name| {
            let lower = name.to_ascii_lowercase();
            CHANGED.iter().any(|word| lower.contains(word))
        })
    })
}

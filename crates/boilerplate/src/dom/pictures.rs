//! The words that stand in place of the article's pictures.

use cleancopy_core::{BlockKind, Field, Page};

use super::fate::same_words;
use super::{Dom, Fate, Part};
use crate::credit;

/// Fewest characters of words without spaces between them.
const MIN_GLYPHS: usize = 4;

/// Ends of the names of files, which some systems write in place of words.
const FILES: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"];

impl Dom {
    /// The words in place of the pictures in the article and by its headline, but for those that only name a file,
    /// the site or the headline.
    pub(crate) fn image_alts<'p>(&self, page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
        let kept = |index: &usize| self.fates[*index] == Fate::Kept;
        let first = (0..self.fates.len()).find(kept).filter(|_| self.is_article);
        let last = (0..self.fates.len()).rfind(kept);
        let span = |block: Option<usize>| block.and_then(|at| page.blocks.get(at)).map(|block| block.span);
        let start = span(self.head.clone().next().filter(|_| !self.head.is_empty()).or(first)).map(|span| span.start);
        let end = span(last).map(|span| span.end);
        let first_byte = span(first).map_or(0, |span| span.start);
        let range = start.zip(end);
        let title = self.head.clone().find(|index| Self::is_headline(page, *index)).or(first);
        let headline = span(title).map_or(0, |span| span.start);
        page.pictures
            .iter()
            .filter(move |picture| {
                let Some((start, end)) = range else { return false };
                let element = picture.element.map_or(0, |at| at as usize);
                let junk = self.nodes[element].junk;
                let (is_before, is_behind) = (picture.at < start, picture.at > end);
                let is_lead = picture.at <= first_byte;
                match junk {
                    _ if is_before || is_behind && junk != Some(Part::Caption) => false,
                    None | Some(Part::Caption) => self.is_inside(element) || is_lead,
                    // In the head of the site stand its marks, in that of an article its picture.
                    Some(Part::Header) => is_lead && picture.at >= headline,
                    _ => false,
                }
            })
            .map(|picture| picture.alt.as_str())
            .filter(move |alt| says_something(page, alt))
    }

    /// Whether a block that is a caption names only those who made the picture: a credit, or a block called one under
    /// a caption of the same figure.
    pub(crate) fn is_credit(page: &Page<'_>, index: usize) -> bool {
        let block = page.blocks[index];
        let is_called = block.element.and_then(|at| page.elements.get(at as usize)).is_some_and(|element| {
            let name = element.class.to_ascii_lowercase();
            name.contains("credit") && !name.contains("caption")
        });
        is_called || credit::ending(page, index).is_some_and(|credit| credit.span.start == block.span.start)
    }
}

fn says_something(page: &Page<'_>, alt: &str) -> bool {
    let lower = alt.to_ascii_lowercase();
    let n_wide = alt.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')).count();
    let told = [Field::Title, Field::Site].iter().flat_map(|field| page.meta.all(*field));
    (alt.contains(' ') || n_wide >= MIN_GLYPHS)
        && !FILES.iter().any(|end| lower.ends_with(end))
        && !told.chain(headings(page)).any(|told| same_words(told, alt))
}

fn headings<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    let headings = page.blocks.iter().filter(|block| block.kind == BlockKind::Heading(1));
    headings.map(|block| block.span.in_text(page.text))
}

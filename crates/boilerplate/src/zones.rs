//! Where the article's own text begins and ends, by form and cues alone.

use cleancopy_core::{Measure, Page};

use crate::cues::{Cue, CueSet, Cues};
use crate::shape::Shapes;

/// Where a block stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Before the first paragraph.
    Head,
    /// Between the first and the last paragraph, or one of them.
    #[default]
    Body,
    /// After the last paragraph.
    Tail,
}

/// First and last paragraph of a page.
#[derive(Debug, Default)]
pub(crate) struct Zones {
    /// Indexes of the first and last block that are running text, if there is one.
    pub body: Option<(usize, usize)>,
}

/// Words from which a block counts as a paragraph of the article.
const MIN_BODY: u32 = 20;

/// Kinds that running text of the article does not show.
pub(crate) const PROMO: CueSet = CueSet::of(&[
    Cue::AppealAsk,
    Cue::Newsletter,
    Cue::Paywall,
    Cue::Cookie,
    Cue::Comment,
    Cue::ShareAsk,
    Cue::App,
    Cue::Bio,
    Cue::Affiliate,
    Cue::Rights,
]);

impl Zones {
    /// Where a block stands. Without any paragraph, all is body.
    pub(crate) fn of(&self, block: usize) -> Zone {
        match self.body {
            Some((first, _)) if block < first => Zone::Head,
            Some((_, last)) if block > last => Zone::Tail,
            _ => Zone::Body,
        }
    }
}

impl Measure for Zones {
    fn measure(&mut self, page: &Page<'_>) {
        let (shapes, cues) = (page.measured::<Shapes>(), page.measured::<Cues>());
        let is_body = |&index: &usize| {
            let shape = shapes.of(index);
            shape.words >= MIN_BODY && shape.is_prose() && !cues.of(index).meets(PROMO)
        };
        let first = (0..page.blocks.len()).find(is_body);
        let last = (0..page.blocks.len()).rfind(is_body);
        self.body = first.zip(last);
    }
}

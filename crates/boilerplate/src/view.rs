//! What a judge sees of one block: its text, form, cues and place.

use cleancopy_core::{BlockKind, Page, Profile, Span};

use crate::cues::{Cue, CueSet, Cues, Hit};
use crate::shape::{End, Shape, Shapes};
use crate::verdicts::Grade;
use crate::voices::{self, Voice};
use crate::words::{Signs, Word, Words};
use crate::zones::{Zone, Zones};

/// Most words of an ask that one phrase makes one wherever it stands.
const MAX_PLAIN: u32 = 40;

/// The shared measurements of a page.
pub(crate) struct Views<'p> {
    /// The page.
    pub page: &'p Page<'p>,
    /// Its words.
    pub words: &'p Words,
    /// The form of its blocks.
    pub shapes: &'p Shapes,
    /// The cues of its blocks.
    pub cues: &'p Cues,
    /// First and last paragraph.
    pub zones: &'p Zones,
}

impl<'p> Views<'p> {
    /// The measurements of `page`.
    pub(crate) fn of(page: &'p Page<'p>) -> Self {
        Self { page, words: page.measured(), shapes: page.measured(), cues: page.measured(), zones: page.measured() }
    }

    /// One block.
    pub(crate) fn view(&self, index: usize) -> View<'_> {
        View { views: self, index }
    }

    /// All blocks in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = View<'_>> {
        (0..self.page.blocks.len()).map(|index| self.view(index))
    }
}

/// One block as judges see it.
#[derive(Clone, Copy)]
pub(crate) struct View<'v> {
    views: &'v Views<'v>,
    /// Its index.
    pub index: usize,
}

impl<'v> View<'v> {
    /// All blocks of its page.
    pub(crate) fn views(&self) -> &'v Views<'v> {
        self.views
    }

    /// The page.
    pub(crate) fn page(&self) -> &'v Page<'v> {
        self.views.page
    }

    /// Where it stands in the text.
    pub(crate) fn span(&self) -> Span {
        self.views.page.blocks[self.index].span
    }

    /// Its text.
    pub(crate) fn text(&self) -> &'v str {
        self.span().in_text(self.views.page.text)
    }

    /// What it is.
    pub(crate) fn kind(&self) -> BlockKind {
        self.views.page.blocks[self.index].kind
    }

    /// Its form.
    pub(crate) fn shape(&self) -> &'v Shape {
        self.views.shapes.of(self.index)
    }

    /// Number of words.
    pub(crate) fn n_words(&self) -> u32 {
        self.shape().words
    }

    /// Its words.
    pub(crate) fn words(&self) -> &'v [Word] {
        self.views.words.of(self.index)
    }

    /// The kinds of cues outside quotation marks.
    pub(crate) fn set(&self) -> CueSet {
        self.views.cues.of(self.index)
    }

    /// Its cues, in order.
    pub(crate) fn all_hits(&self) -> &'v [Hit] {
        self.views.cues.hits_of(self.index)
    }

    /// Its cues outside quotation marks, in order.
    pub(crate) fn hits(&self) -> impl Iterator<Item = &'v Hit> {
        self.all_hits().iter().filter(|hit| !hit.quoted)
    }

    /// The words of all blocks before it.
    pub(crate) fn words_before(&self) -> &'v [Word] {
        self.views.words.before(self.index)
    }

    /// What stands between its words.
    pub(crate) fn signs(&self) -> Signs {
        self.views.words.signs_of(self.index)
    }

    /// Where it stands in the document.
    pub(crate) fn zone(&self) -> Zone {
        self.views.zones.of(self.index)
    }

    /// The first paragraph of the document.
    pub(crate) fn first_paragraph(&self) -> Option<usize> {
        self.views.zones.body.map(|(first, _)| first)
    }

    /// Whether it stands outside the article's own text.
    pub(crate) fn is_outside(&self) -> bool {
        self.zone() != Zone::Body
    }

    /// Whether a phrase of one of `cues` begins with its first word.
    pub(crate) fn leads(&self, cues: CueSet) -> bool {
        let Some(first) = self.words().first().filter(|_| self.set().meets(cues)) else { return false };
        self.hits().take_while(|hit| hit.span.start == first.start).any(|hit| cues.has(hit.cue))
    }

    /// Whether a phrase of `cue` opens one of its sentences.
    pub(crate) fn opens(&self, cue: Cue) -> bool {
        self.set().has(cue) && self.hits().any(|hit| hit.cue == cue && hit.opens)
    }

    /// Number of places where phrases of `cue` begin.
    pub(crate) fn count(&self, cue: Cue) -> usize {
        if !self.set().has(cue) {
            return 0;
        }
        let mut last = u32::MAX;
        let mut count = 0;
        for hit in self.hits().filter(|hit| hit.cue == cue) {
            count += usize::from(hit.span.start != last);
            last = hit.span.start;
        }
        count
    }

    /// Whether it has no end mark of a sentence: a label, a headline, a button.
    pub(crate) fn is_line(&self) -> bool {
        matches!(self.shape().end, End::None | End::Colon)
    }

    /// Whether it speaks to its reader, or of its own side, outside quotation marks.
    pub(crate) fn addresses(&self) -> bool {
        self.speaks(Voice::Reader) || self.speaks(Voice::Own)
    }

    /// Whether a word outside quotation marks has the voice.
    pub(crate) fn speaks(&self, voice: Voice) -> bool {
        self.words().iter().any(|word| !word.has(Word::QUOTED) && voices::voice(word) == Some(voice))
    }

    /// Whether it reports what somebody said.
    pub(crate) fn reports(&self) -> bool {
        self.words().iter().any(|word| voices::voice(word) == Some(Voice::Report))
    }

    /// Whether a phrase of `cue` makes the block an ask or notice: it opens a sentence, or the block speaks
    /// to its reader, and nobody is reported as saying it. A longer block must begin with such a phrase or
    /// hold two: advice to readers has one in passing.
    pub(crate) fn asks(&self, cue: Cue, max_words: u32) -> bool {
        let n_words = self.n_words();
        self.set().has(cue)
            && n_words <= max_words
            && (n_words <= MAX_PLAIN || self.count(cue) > 1 || self.leads(CueSet::of(&[cue])))
            && (self.opens(cue) || self.addresses())
            && !self.reports()
    }

    /// The grade of a whole line that is a label: one word between two paragraphs may be a subheading.
    pub(crate) fn label_grade(&self) -> Grade {
        if self.is_outside() || self.n_words() > 1 { Grade::Certain } else { Grade::Likely }
    }

    /// The block at a distance from it.
    pub(crate) fn near(&self, offset: isize) -> Option<View<'v>> {
        let index = self.index.checked_add_signed(offset)?;
        (index < self.views.page.blocks.len()).then_some(View { views: self.views, index })
    }

    /// Whether the run is asked to remove more at more harm.
    pub(crate) fn is_eager(&self) -> bool {
        self.views.page.settings.profile == Profile::Recall
    }
}

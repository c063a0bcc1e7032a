//! Finds an outlet's appeals for money or membership, each as one run of blocks.

use cleancopy_core::{Measure, Page};

use crate::cues::{Cue, CueSet};
use crate::shape::End;
use crate::view::{View, Views};
use crate::voices::Voice;
use crate::words::Word;

/// Signs of an appeal.
const SIGNS: CueSet = CueSet::of(&[
    Cue::AppealHead,
    Cue::AppealSalute,
    Cue::AppealAsk,
    Cue::AppealNeed,
    Cue::AppealReason,
    Cue::AppealPress,
    Cue::AppealAmount,
    Cue::AppealThanks,
    Cue::AppealButton,
]);

/// Signs that a run continues over.
const SUPPORT: CueSet =
    CueSet::of(&[Cue::AppealNeed, Cue::AppealReason, Cue::AppealPress, Cue::AppealAmount, Cue::AppealThanks]);

/// Beginnings from which an appeal is grown over blocks that show no sign.
const HEADS: CueSet = CueSet::of(&[Cue::AppealHead, Cue::AppealSalute]);

/// Most blocks between a beginning and the first ask below it.
const MAX_RISE: usize = 5;

/// Most words of a beginning.
const MAX_HEAD: u32 = 14;

/// Most words of a line that states the need or gives thanks and no more.
const MAX_LINE: u32 = 12;

/// Most words of a button.
const MAX_BUTTON: u32 = 5;

/// Signs of different kinds that a run must show.
const MIN_KINDS: u32 = 3;

/// Most words of an appeal.
const MAX_WORDS: u32 = 700;

/// The appeals of a page.
#[derive(Debug, Default)]
pub(crate) struct Appeals {
    /// First and last block of each.
    pub runs: Vec<(usize, usize)>,
}

impl Measure for Appeals {
    fn measure(&mut self, page: &Page<'_>) {
        self.runs.clear();
        let views = Views::of(page);
        let mut from = 0;
        while let Some(ask) = (from..page.blocks.len()).find(|&index| asks(&views.view(index))) {
            let first = rise(&views, ask, from);
            match fall(&views, ask).filter(|&last| is_appeal(&views, first, last)) {
                Some(last) => {
                    self.runs.push((first, last));
                    from = last + 1;
                }
                None => from = ask + 1,
            }
        }
    }
}

/// Whether the block asks in the outlet's own voice.
fn asks(view: &View<'_>) -> bool {
    view.set().has(Cue::AppealAsk) && !view.reports()
}

/// Whether the block speaks to the reader. Languages that leave the pronoun out do so by their phrases.
fn speaks(view: &View<'_>) -> bool {
    view.words().first().is_some_and(|word| word.has(Word::GLYPH)) || view.addresses()
}

fn is_head(view: &View<'_>) -> bool {
    view.n_words() <= MAX_HEAD && view.set().meets(HEADS)
}

/// `We need your help.`
fn is_need(view: &View<'_>) -> bool {
    view.n_words() <= MAX_LINE && view.set().has(Cue::AppealNeed) && speaks(view)
}

/// Whether a block beside an ask belongs to it.
fn supports(view: &View<'_>) -> bool {
    let set = view.set();
    let line =
        view.n_words() <= MAX_LINE && set.meets(CueSet::of(&[Cue::AppealThanks, Cue::AppealAmount, Cue::AppealButton]));
    asks(view) || line || is_head(view) || is_need(view) || set.meets(SUPPORT) && speaks(view) && !view.reports()
}

/// The first block of the appeal whose ask stands at `ask`; nothing before `from` belongs to it.
fn rise(views: &Views<'_>, ask: usize, from: usize) -> usize {
    let lowest = from.max(ask.saturating_sub(MAX_RISE));
    let mut first = ask;
    let above = |index: usize| index > from && (index - 1) >= from;
    let nearest = |is: fn(&View<'_>) -> bool| (lowest..=ask).rev().find(|&index| is(&views.view(index)));
    if let Some(head) = nearest(is_head).or_else(|| nearest(is_need)) {
        first = head;
    }
    while above(first) && supports(&views.view(first - 1)) && views.view(first - 1).n_words() <= MAX_PARAGRAPH {
        first -= 1;
    }
    first
}

/// Most words of a paragraph that is taken for part of an appeal by a sign alone.
const MAX_PARAGRAPH: u32 = 90;

/// The last block of the appeal whose ask stands at `ask`, unless it would be too long for one.
fn fall(views: &Views<'_>, ask: usize) -> Option<usize> {
    let n = views.page.blocks.len();
    let mut last = ask;
    let mut n_words = views.view(ask).n_words();
    while last + 1 < n {
        // A text of nothing but asks is not read to its end from each of them.
        if n_words > MAX_WORDS {
            return None;
        }
        let below = views.view(last + 1);
        let button = below.n_words() <= MAX_BUTTON && below.set().has(Cue::AppealButton);
        // `With thanks,` and the name below it.
        let signed = views.view(last).shape().end == End::Open && below.n_words() <= MAX_BUTTON;
        if button || signed || supports(&below) {
            last += 1;
            n_words += below.n_words();
        } else if last + 2 < n && (speaks(&below) || below.set().meets(SUPPORT)) && is_strong(&views.view(last + 2)) {
            last += 2;
            n_words += below.n_words() + views.view(last).n_words();
        } else {
            break;
        }
    }
    // Short lines below the last sign are its buttons if the document ends with them.
    let is_short = |index: usize| views.view(index).n_words() <= MAX_BUTTON;
    Some(if n - last <= MAX_RISE && (last + 1..n).all(is_short) { n - 1 } else { last })
}

/// Whether a block shows by itself that the appeal goes on.
fn is_strong(view: &View<'_>) -> bool {
    asks(view) || view.n_words() <= MAX_LINE && view.set().meets(CueSet::of(&[Cue::AppealThanks, Cue::AppealButton]))
}

fn is_appeal(views: &Views<'_>, first: usize, last: usize) -> bool {
    let run = || (first..=last).map(|index| views.view(index));
    let kinds = run().fold(0, |kinds, view| kinds | view.set().0) & SIGNS.0;
    let own =
        run().any(|view| view.speaks(Voice::Own) || view.words().first().is_some_and(|word| word.has(Word::GLYPH)));
    let n_words: u32 = run().map(|view| view.n_words()).sum();
    // What follows a colon is quoted.
    let quoted = first > 0 && views.view(first - 1).shape().end == End::Colon;
    let n_asks: usize = run().map(|view| view.count(Cue::AppealAsk)).sum();
    // Imperatives that need no `us`: `Become a member! ... Donate now.`
    let own = own || n_asks > 1 && CueSet(kinds).has(Cue::AppealPress);
    CueSet(kinds).len() + u32::from(n_asks > 1) >= MIN_KINDS && own && n_words <= MAX_WORDS && !quoted
}

//! Finds an outlet's appeals for money or membership, each as one run of blocks.

use cleancopy_core::{Measure, Page};

use crate::asks::Asks;
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
    /// The same of those that phrases alone show.
    pub by_phrases: Vec<(usize, usize)>,
    asks: Asks,
}

impl Measure for Appeals {
    fn measure(&mut self, page: &Page<'_>) {
        let Self { runs, by_phrases, asks: by_words } = self;
        runs.clear();
        by_words.take_up();
        let views = Views::of(page);
        let mut from = 0;
        let mut quiet = None;
        while let Some(ask) = (from..page.blocks.len()).find(|&index| asks(&views.view(index))) {
            let quiet = *quiet.get_or_insert_with(|| is_quiet(&views));
            let first = rise(&views, by_words, ask, from, quiet);
            match fall(&views, by_words, ask, quiet).filter(|&last| is_appeal(&views, first, last)) {
                Some(last) => {
                    runs.push((first, last));
                    from = last + 1;
                }
                None => from = ask + 1,
            }
        }
        by_phrases.clone_from(runs);
        by_words.find(&views, runs);
    }
}

/// Whether the article itself does without `we`: then a paragraph beside an ask that says it belongs to the appeal.
fn is_quiet(views: &Views<'_>) -> bool {
    let prose = || views.iter().filter(|view| view.n_words() >= MIN_PROSE);
    let n_own = prose().filter(|view| view.speaks(Voice::Own)).count();
    prose().count() >= MIN_QUIET + n_own && n_own <= MAX_RISE
}

/// Words from which a block counts in the question who speaks in a text.
const MIN_PROSE: u32 = 12;

/// Blocks by which those that do not say `we` must outnumber those that do.
const MIN_QUIET: usize = 2;

/// Whether the block says `we` where nobody is quoted.
fn speaks_for_outlet(view: &View<'_>) -> bool {
    view.n_words() <= MAX_PARAGRAPH && view.speaks(Voice::Own) && !view.reports()
}

/// A line over a paragraph, such as the head of an appeal, whatever it says.
fn is_heading(view: &View<'_>) -> bool {
    (2..=MAX_HEAD).contains(&view.n_words())
        && matches!(view.shape().end, End::None | End::Colon | End::Call | End::Ellipsis)
        && !view.words().iter().any(|word| word.has(Word::QUOTED))
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
    // A salutation may be joined with what it opens.
    view.n_words() <= MAX_HEAD && view.set().meets(HEADS)
        || view.n_words() <= MAX_PARAGRAPH && view.leads(CueSet::of(&[Cue::AppealSalute])) && !view.reports()
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
///
/// In a `quiet` article, paragraphs that say `we` belong to it, and so does a line over them.
fn rise(views: &Views<'_>, by_words: &mut Asks, ask: usize, from: usize, quiet: bool) -> usize {
    let lowest = from.max(ask.saturating_sub(MAX_RISE));
    let mut first = ask;
    let above = |index: usize| index > from && (index - 1) >= from;
    let nearest = |is: fn(&View<'_>) -> bool| (lowest..=ask).rev().find(|&index| is(&views.view(index)));
    if let Some(head) = nearest(is_head).or_else(|| nearest(is_need)) {
        first = head;
    }
    let mut belongs = |view: View<'_>| {
        supports(&view) && view.n_words() <= MAX_PARAGRAPH
            || quiet && speaks_for_outlet(&view) && by_words.may_be_own(views, view.index)
    };
    while above(first) && belongs(views.view(first - 1)) {
        first -= 1;
    }
    // The first line of a text is its headline.
    if first > from.max(1) && !is_heading(&views.view(first)) && is_heading(&views.view(first - 1)) {
        first -= 1;
    }
    first
}

/// Most words of a paragraph that is taken for part of an appeal by a sign alone.
const MAX_PARAGRAPH: u32 = 90;

/// The last block of the appeal whose ask stands at `ask`, unless it would be too long for one.
fn fall(views: &Views<'_>, by_words: &mut Asks, ask: usize, quiet: bool) -> Option<usize> {
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
        if button
            || signed
            || supports(&below)
            || quiet && speaks_for_outlet(&below) && by_words.may_be_own(views, last + 1)
        {
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

//! Asks for money or membership told by the words in them, whatever their wording.
//!
//! No list holds all phrases by which outlets ask. But an ask has a voice that news does not have, `we` and `you` where
//! nobody is quoted, and it speaks of the same few things, giving, the outlet's work, sums, and buttons to press, in the same
//! tones ([`signs`]). A chain over the blocks of a text weighs these, with their form, place and neighbours ([`observe`]); its
//! weights are fitted by `train/asks.py` on asks and news written for it ([`weights`]).

mod chain;
mod notes;
mod observe;
mod openings;
mod signs;
mod weights;

use cleancopy_core::{Page, Span};

use crate::appeals::Appeals;
use crate::cues::{Cue, CueSet};
use crate::shape::{End, Shape};
use crate::view::{View, Views};
use notes::{MAX_READ_WHOLE, Note, Notes, opens_speech, read};
use observe::{Observer, n_things};
use signs::{
    BANK, BUTTON, GIVE, GIVE_PLAINLY, Language, MONEY, OWN, PLEA, PRESS, PRESS_PLAINLY, READER, THINGS_AND_VOICES,
};
use weights::weights;

/// Phrases of appeals.
const PHRASES: CueSet = CueSet::of(&[
    Cue::AppealHead,
    Cue::AppealSalute,
    Cue::AppealAsk,
    Cue::AppealNeed,
    Cue::AppealReason,
    Cue::AppealAmount,
    Cue::AppealThanks,
    Cue::AppealButton,
]);

/// Those that other texts hardly hold.
const PLAIN: CueSet = CueSet::of(&[Cue::AppealHead, Cue::AppealAsk, Cue::AppealNeed, Cue::AppealButton]);

/// Those that ask for something, and those that say what for or how.
const ASKING: CueSet =
    CueSet::of(&[Cue::AppealAsk, Cue::AppealNeed, Cue::AppealReason, Cue::AppealAmount, Cue::AppealButton]);
const REASONS: CueSet = CueSet::of(&[Cue::AppealNeed, Cue::AppealReason, Cue::AppealAmount]);
/// Those that stand on labels.
const LABELS: CueSet = CueSet::of(&[Cue::AppealHead, Cue::AppealButton]);

/// What other residue asks for.
const OTHER: CueSet = CueSet::of(&[
    Cue::Newsletter,
    Cue::NewsletterLabel,
    Cue::ShareAsk,
    Cue::Cookie,
    Cue::CookieLabel,
    Cue::Comment,
    Cue::CommentLabel,
    Cue::App,
    Cue::Ad,
    Cue::AdLabel,
]);

/// Who speaks.
const VOICES: u32 = OWN | READER;

/// What asks ask for.
const ASKS: u32 = GIVE | MONEY | BANK | BUTTON | PLEA;
/// What only asks speak of.
const PLAIN_SIGNS: u32 = GIVE_PLAINLY | PRESS_PLAINLY | BANK | PLEA;

/// Most words of an ask, of one that does not say plainly what it is, and of one that names neither reader nor press besides.
const MAX_WORDS: u32 = 700;
const MAX_UNSAID: u32 = 200;
const MAX_UNNAMED: u32 = 60;
/// Most words of one of its paragraphs.
const MAX_PARAGRAPH: u32 = 300;
/// What the words of a long block weigh at least if it may belong to an ask: reviews and columns speak of much else as asks do.
const AGAINST: f32 = -1.0;
/// Things that a block must speak of to be noticed, unless its words weigh so much; the least that it must weigh without those around
/// it, a long one more, and its words alone where nobody seems to speak. Of the asks that the chain finds, one in fifty is lost so; of
/// pages without an ask, three in four need no further look.
const MIN_SEED: usize = 2;
const PLAIN_WORDS: f32 = 3.0;
const FIRST_SIGHT: f32 = 2.0;
const FIRST_SIGHT_OF_LONG: f32 = 4.0;
const FIRST_WORDS: f32 = 1.0;
/// Words of a label, and from which chance on it belongs to an ask: at worst a label of the article is lost.
const MAX_LABEL: u32 = 8;
const LOW_OF_LABEL: f32 = 0.4;
/// Things that a block must speak of to be sure in any text, and from which chance on it is.
const MIN_FULL: usize = 6;
const SURE_IF_FULL: f32 = 0.3;
/// From which chance on a sentence in which nobody speaks opens or closes an ask, and from which a short one does: `Thank you.`
const SURE_IF_SILENT: f32 = 0.97;
const SURE_IF_SHORT: f32 = 0.7;
/// Most words of a short sentence.
const MAX_SHORT: u32 = 12;

/// Most words of an ask of one short sentence, and fewest things and kinds of phrases in it.
const MAX_BRIEF: u32 = 16;
const MIN_BRIEF: u32 = 4;
/// Most words of a button, and from which chance on what it says counts: lists of the article hold words of asks too.
const MAX_BUTTON: u32 = 5;
const SURE_IF_BUTTON: f32 = 0.9;

/// Words from which a block counts as text, and from which one that is a sentence does, by half: papers of many languages make a
/// paragraph of every sentence, and some languages a sentence of few words.
const MIN_PROSE: u32 = 12;
const MIN_SENTENCE: u32 = 6;
/// Fewest halves outside of an ask.
const MIN_HALVES: u32 = 6;

/// Finds asks; keeps what it reads of a page.
#[derive(Debug, Default)]
pub(crate) struct Asks {
    notes: Notes,
    observer: Observer,
    /// By block, what its words weigh, minus infinity if it cannot belong to an ask, and then how likely it does.
    chances: Vec<f32>,
    forward: Vec<f32>,
    known: Vec<(usize, usize)>,
}

impl Asks {
    /// Takes up a page.
    pub(crate) fn take_up(&mut self) {
        self.notes.take_up();
    }

    /// Whether the outlet speaks of itself in a block, as far as the language of the page can be told.
    pub(crate) fn may_be_own(&mut self, views: &Views<'_>, at: usize) -> bool {
        let note = self.notes.of(&views.view(at));
        self.notes.language().is_none() || !note.is_own() || note.signs & OWN != 0
    }

    /// Adds to `runs`, in order, the asks outside of those that are there, and to those what belongs to them.
    pub(crate) fn find(&mut self, views: &Views<'_>, runs: &mut Vec<(usize, usize)>) {
        let n_halves: u32 = views.iter().map(|view| halves(&view)).sum();
        if n_halves < MIN_HALVES {
            return;
        }
        self.chances.clear();
        self.chances.extend(views.iter().map(|view| {
            let words = weights().words(read(&view));
            if is_long(&view) && words < AGAINST { f32::NEG_INFINITY } else { words }
        }));
        if runs.is_empty() && !views.iter().any(|view| self.is_seed(&view)) {
            return;
        }
        self.judge(views, runs);
        let low = weights().bars(views.page.settings.profile).low;
        let mut known = std::mem::take(&mut self.known);
        known.clear();
        known.append(runs);
        let is_known = |at: usize| known.iter().any(|&(first, last)| (first..=last).contains(&at));
        // The first line of a text is its headline, if it says nothing else.
        let opening = views.view(0);
        let mut at = usize::from(!opening.shape().is_prose() && !opening.set().meets(PHRASES));
        let n = views.page.blocks.len();
        let mut unused = known.iter().copied().peekable();
        while at < n {
            let belongs = |asks: &Self, at: usize| {
                let view = views.view(at);
                let low = if is_label(&view) { low.min(LOW_OF_LABEL) } else { low };
                is_known(at) || asks.chances[at] >= low && view.n_words() <= MAX_PARAGRAPH
            };
            if !belongs(self, at) {
                at += 1;
                continue;
            }
            let first = at;
            while at < n && belongs(self, at) {
                at += 1;
            }
            if let Some(run) = self.cut(views, (first, at - 1), is_known) {
                while unused.next_if(|&(known, _)| known <= run.1).is_some() {}
                runs.push(run);
            } else {
                while let Some(run) = unused.next_if(|&(known, _)| known < at) {
                    runs.push(run);
                }
            }
        }
        runs.extend(unused);
        runs.sort_unstable();
        self.known = known;
    }

    /// The ask in a run of blocks that may belong to one: all, or what surely does where that would be too much.
    fn cut(
        &mut self,
        views: &Views<'_>,
        (first, last): (usize, usize),
        is_known: impl Fn(usize) -> bool + Copy,
    ) -> Option<(usize, usize)> {
        let bars = weights().bars(views.page.settings.profile);
        for bar in [0.0, bars.high] {
            let mut over = (first..=last).filter(|&at| is_known(at) || self.chances[at] >= bar);
            let first = over.next()?;
            let last = over.next_back().unwrap_or(first);
            let (first, last) = self.trimmed(views, (first, last), is_known);
            let has_known = (first..=last).any(is_known);
            let is_ask = |at: usize| self.chances[at] >= bars.high && !is_other(&views.view(at));
            let is_sure = has_known || (first..=last).any(is_ask);
            if is_sure && (has_known || self.holds(views, (first, last))) && fits(views, (first, last)) {
                return Some((first, last));
            }
        }
        None
    }

    /// Works out how likely each block belongs to an ask, from what its words weigh.
    fn judge(&mut self, views: &Views<'_>, known: &[(usize, usize)]) {
        for view in views.iter() {
            self.notes.of(&view);
        }
        let weights = weights();
        let mut chances = std::mem::take(&mut self.chances);
        let mut observer = std::mem::take(&mut self.observer);
        observer.each(views, &self.notes, known, &mut |block, cell| chances[block] += weights.cell(cell));
        chain::solve(&mut chances, weights.steps, &mut self.forward);
        for (at, chance) in chances.iter_mut().enumerate().filter(|(_, chance)| **chance >= SURE_IF_FULL) {
            if is_full(self.notes.made(at).signs) {
                *chance = 1.0;
            }
        }
        (self.observer, self.chances) = (observer, chances);
    }

    /// Whether an ask may be found from a block, at first sight: by what it says alone.
    fn is_seed(&mut self, view: &View<'_>) -> bool {
        if view.n_words() > MAX_PARAGRAPH {
            return false;
        }
        let phrase = view.set().meets(PHRASES);
        let words = self.chances[view.index];
        let is_long = is_long(view);
        if is_long && words < 0.0 || !phrase && !view.is_outside() && !self.may_speak(view, words) {
            return false;
        }
        let note = self.notes.of(view);
        let may_ask = phrase || note.signs & PLEA != 0 || n_things(note.signs) >= MIN_SEED || words >= PLAIN_WORDS;
        may_ask && weights().alone(view, note, words) >= if is_long { FIRST_SIGHT_OF_LONG } else { FIRST_SIGHT }
    }

    /// Whether somebody may speak in a block, or its words, which weigh so much, are those of asks.
    fn may_speak(&mut self, view: &View<'_>, words: f32) -> bool {
        let says_it = |language: Language| !language.names_speakers() || words >= FIRST_WORDS;
        view.addresses() || self.notes.language_of(view).is_some_and(says_it)
    }

    /// The run without the sentences at its edges in which nobody speaks, or somebody is quoted, or that say nothing plainly in a
    /// text that speaks as asks do.
    fn trimmed(
        &mut self,
        views: &Views<'_>,
        (mut first, mut last): (usize, usize),
        is_known: impl Fn(usize) -> bool,
    ) -> (usize, usize) {
        let mut is_silent = |at: usize| {
            let view = views.view(at);
            let is_short = view.n_words() <= MAX_SHORT;
            if self.chances[at] >= if is_short { SURE_IF_SHORT } else { SURE_IF_SILENT } {
                return false;
            }
            let note = self.notes.of(&view);
            let end = view.shape().end;
            let unsaid = note.signs & (VOICES | PLEA) == 0 && !view.set().meets(PHRASES);
            let silent = end == End::Stop && (unsaid || opens_speech(view.text()));
            let is_sentence = view.n_words() > MAX_BUTTON && matches!(end, End::Stop | End::Call | End::Ellipsis);
            let lost = is_sentence && !is_plain(note, &view) && self.observer.is_loud(at);
            !is_known(at) && (silent || lost)
        };
        while first <= last && is_silent(first) {
            first += 1;
        }
        while last > first && is_silent(last) {
            last -= 1;
        }
        (first, last)
    }

    /// Whether somebody speaks in the blocks, and more than an unsure label, and asks for something. If they are long, or the text
    /// speaks to its readers or for itself as asks do, they must say plainly what they are; one short sentence alone must say more
    /// than `support us`.
    fn holds(&mut self, views: &Views<'_>, (first, last): (usize, usize)) -> bool {
        let (mut speaks, mut is_said, mut n_words) = (false, false, 0);
        let (mut signs, mut phrases) = (0, 0);
        let (mut n_asking, mut asking) = (0, Shape::default());
        for view in (first..=last).map(|at| views.view(at)) {
            let note = self.notes.of(&view);
            let may_speak = view.n_words() > MAX_BUTTON || self.chances[view.index] >= SURE_IF_BUTTON;
            speaks |= may_speak && (note.signs & (VOICES | PLEA) != 0 || view.set().meets(PHRASES));
            is_said |= is_plain(note, &view);
            n_words += view.n_words();
            signs |= note.signs & (THINGS_AND_VOICES | PLEA);
            phrases |= view.set().0 & PHRASES.0;
            if note.signs & ASKS != 0 || view.set().meets(ASKING) {
                n_asking += 1;
                asking = *view.shape();
            }
        }
        let phrases = CueSet(phrases);
        let says_enough = match n_asking {
            0 => false,
            1 if asking.words <= MAX_BRIEF && asking.sentences == 1 => {
                // `Support us, the banner read.` opens as buttons do.
                let is_label = asking.end != End::Stop && (signs & BUTTON != 0 || phrases.meets(LABELS));
                let asks_plainly = signs & (OWN | PLEA) != 0 || phrases.0 != 0;
                let says_more = is_label
                    || signs & (MONEY | BANK) != 0
                    || signs & PRESS != 0 && asks_plainly
                    || phrases.meets(REASONS);
                says_more && signs.count_ones() + phrases.len() >= MIN_BRIEF
            }
            _ => true,
        };
        let max_unsaid = if signs & (READER | PRESS) != 0 { MAX_UNSAID } else { MAX_UNNAMED };
        speaks && says_enough && (is_said || n_words <= max_unsaid && self.observer.is_quiet_beside((first, last)))
    }
}

/// How much a block counts as text, in halves.
fn halves(view: &View<'_>) -> u32 {
    match view.n_words() {
        MIN_PROSE.. => 2,
        MIN_SENTENCE.. if view.shape().end == End::Stop => 1,
        _ => 0,
    }
}

/// Whether only the end of a block is read.
fn is_long(view: &View<'_>) -> bool {
    view.n_words() > MAX_READ_WHOLE
}

/// Whether a block is a button or label, as stand below asks.
fn is_label(view: &View<'_>) -> bool {
    view.n_words() <= MAX_LABEL && !matches!(view.shape().end, End::Stop | End::Call | End::Ellipsis)
}

/// Whether the blocks are short enough for an ask, and fewer than those of the text around.
fn fits(views: &Views<'_>, (first, last): (usize, usize)) -> bool {
    let (mut n_inside, mut n_outside) = (0, 0);
    for view in views.iter() {
        let inside = (first..=last).contains(&view.index);
        *(if inside { &mut n_inside } else { &mut n_outside }) += halves(&view);
    }
    n_outside >= MIN_HALVES
        && n_inside <= n_outside.max(MIN_HALVES)
        && (first..=last).map(|at| views.view(at).n_words()).sum::<u32>() <= MAX_WORDS
}

/// Whether a block asks for something else, as far as its phrases tell.
fn is_other(view: &View<'_>) -> bool {
    view.set().meets(OTHER) && !view.set().meets(ASKING)
}

/// Whether a block speaks of nearly all that asks do.
fn is_full(signs: u32) -> bool {
    signs & GIVE_PLAINLY != 0 && signs & VOICES != 0 && n_things(signs) >= MIN_FULL
}

/// Whether a block says what only asks say.
fn is_plain(note: Note, view: &View<'_>) -> bool {
    note.signs & PLAIN_SIGNS != 0 || view.set().meets(PLAIN)
}

/// Gives what the chain over asks sees of each block to `sink`: where it stands, whether phrases alone make it part of an
/// appeal, the numbers of its signals, the places of its words.
pub fn describe_asks(page: &Page<'_>, mut sink: impl FnMut(Span, bool, &[usize], &[usize])) {
    let views = Views::of(page);
    let known = &page.measured::<Appeals>().by_phrases;
    let mut asks = Asks::default();
    for view in views.iter() {
        asks.notes.of(&view);
    }
    let mut cells = vec![Vec::new(); page.blocks.len()];
    asks.observer.each(&views, &asks.notes, known, &mut |block, cell| cells[block].push(cell));
    let mut places = Vec::new();
    for (view, cells) in views.iter().zip(&cells) {
        places.clear();
        weights::places(read(&view), &mut |place| places.push(place));
        let is_known = known.iter().any(|&(first, last)| (first..=last).contains(&view.index));
        sink(view.span(), is_known, cells, &places);
    }
}

/// The names of the signals of [`describe_asks`], in the order of their numbers.
pub fn ask_signal_names() -> Vec<String> {
    observe::offsets().names()
}

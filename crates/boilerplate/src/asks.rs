//! Asks for money or membership told by the words in them, whatever their wording.
//!
//! No list holds all phrases by which outlets ask. But an ask has a voice that news does not have, `we` and `you` where
//! nobody is quoted, and it speaks of the same few things: giving, the outlet's work, sums, and buttons to press. Where a
//! text that otherwise does without that voice has a few blocks with it that speak of most of these things, they are an ask.

mod signs;

use crate::cues::{Cue, CueSet};
use crate::shape::End;
use crate::view::{View, Views};
use crate::voices::Voice;
use crate::words::{MadeFor, Word};
use signs::{BANK, BUTTON, GIVE, GIVE_PLAINLY, Language, MONEY, OWN, PRESS, PRESS_PLAINLY, READER};

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

/// Who speaks.
const VOICES: u16 = OWN | READER;
/// What is spoken of.
const THINGS: u16 = GIVE | PRESS | MONEY | BANK | BUTTON;

/// Signs that an ask must show, counting those twice that say it plainly; its place and a plain phrase are one each.
const MIN_SIGNS: u32 = 5;

/// Signs of a single block that is one in a text that speaks to its readers or for itself as asks do.
const MIN_LOUD: u32 = 6;

/// Most words of an ask.
const MAX_WORDS: u32 = 400;

/// Most words of one of its paragraphs, of one in which nobody speaks or that speaks of nothing that asks do, of a line that
/// names a sum, and of a button.
const MAX_PARAGRAPH: u32 = 90;
const MAX_DOUBTFUL: u32 = 40;
const MAX_SUM: u32 = 16;
const MAX_BUTTON: u32 = 5;
/// Most words of an ask of one sentence.
const MAX_BRIEF: u32 = 24;
/// Most words of a line below an ask.
const MAX_LINE: u32 = 8;

/// Most paragraphs without a sign between two that have them.
const MAX_BRIDGE: usize = 2;

/// Most short lines at the end of a text that are taken for buttons.
const MAX_BUTTONS: usize = 5;

/// Words from which a block counts in the question who speaks in a text, and fewest of them.
const MIN_PROSE: u32 = 12;
const MIN_BLOCKS: usize = 3;

/// Share of them in which the article may speak to its reader or for itself: one in so many.
const QUIET: usize = 6;

/// Finds asks; keeps what it reads of a page.
#[derive(Debug, Default)]
pub(crate) struct Asks {
    /// What is known of each block.
    notes: Vec<Option<Note>>,
    /// The same of the text before, in the language in which it was read.
    last: Vec<Option<Note>>,
    language: Option<Language>,
    /// Whether the language is that of the present page.
    begun: bool,
    made_for: MadeFor,
    buffer: String,
}

/// What is known of a block.
#[derive(Clone, Copy, Debug)]
struct Note {
    /// Whether nobody else speaks in it.
    is_own: bool,
    /// What it speaks of; nothing if somebody else does.
    signs: u16,
}

impl Asks {
    /// Takes up a page.
    pub(crate) fn take_up(&mut self) {
        std::mem::swap(&mut self.notes, &mut self.last);
        self.notes.clear();
        self.begun = false;
    }

    /// Whether the outlet speaks of itself in a block, as far as the language of the page can be told.
    pub(crate) fn may_be_own(&mut self, views: &Views<'_>, at: usize) -> bool {
        let Some(language) = self.language(views) else { return true };
        let mut ask = Ask { views, language, asks: self, signs: 0, floor: 0, end: 0, is_loud: false };
        let note = ask.note(at);
        !note.is_own || note.signs & OWN != 0
    }

    /// Adds to `runs`, in order, the asks outside of those that are there.
    pub(crate) fn find(&mut self, views: &Views<'_>, runs: &mut Vec<(usize, usize)>) {
        if views.iter().filter(|view| view.n_words() >= MIN_PROSE).nth(MIN_BLOCKS - 1).is_none() {
            return;
        }
        let (mut from, n, n_known) = (0, views.page.blocks.len(), runs.len());
        for run in 0..n_known {
            let Some(language) = self.language(views) else { return };
            let (first, last) = runs[run];
            let end = runs.get(run + 1).map_or(n, |&(first, _)| first);
            let mut ask = Ask { views, language, asks: self, signs: 0, floor: first, end, is_loud: false };
            runs[run].1 = ask.buttons_below(last);
        }
        while let Some(seed) = (from..n).find(|&at| may_ask(&views.view(at))) {
            from = seed + 1;
            let known = runs[..n_known].iter().find(|&&(_, last)| last >= seed).copied();
            if let Some((_, last)) = known.filter(|&(first, _)| first <= seed) {
                from = last + 1;
                continue;
            }
            let Some(language) = self.language(views) else { return };
            let floor = runs.iter().filter(|&&(_, last)| last < seed).map(|&(_, last)| last + 1).max().unwrap_or(0);
            let end = known.map_or(n, |(first, _)| first);
            let mut ask = Ask { views, language, asks: self, signs: 0, floor, end, is_loud: false };
            if let Some(run) = ask.from(seed) {
                runs.push(run);
                from = run.1 + 1;
            }
        }
        runs.sort_unstable();
    }

    /// The language of the page. What is known of blocks that stood in the text before is taken over.
    fn language(&mut self, views: &Views<'_>) -> Option<Language> {
        if self.begun {
            return self.language;
        }
        self.begun = true;
        let language = Language::of(views);
        let origins = views.words.origins(&mut self.made_for);
        let is_same = language == self.language;
        let known = |at: usize| origins.get(at).copied().flatten().filter(|_| is_same);
        let last = &self.last;
        let notes = (0..views.page.blocks.len())
            .map(|at| known(at).and_then(|origin| last.get(origin as usize).copied().flatten()));
        self.notes.extend(notes);
        self.language = language;
        language
    }
}

/// Whether an ask may be found from a block, at first sight. Languages that leave pronouns out do so after the article, where most
/// asks stand.
fn may_ask(view: &View<'_>) -> bool {
    view.set().meets(PHRASES)
        || view.is_outside() && view.n_words() > MAX_BUTTON
        || view.addresses()
        || view.words().first().is_some_and(|word| word.has(Word::GLYPH))
}

/// Whether nobody else speaks in the block.
fn is_own(view: &View<'_>) -> bool {
    let n_quoted = view.words().iter().filter(|word| word.has(Word::QUOTED)).count();
    view.n_words() <= MAX_PARAGRAPH && n_quoted * 4 <= view.words().len() && !view.reports() && !is_spoken(view)
}

/// Whether the block is what a speaker says: it or a sentence in it opens with a dash, or it opens with a name or letter and a
/// colon.
fn is_spoken(view: &View<'_>) -> bool {
    let text = view.text();
    let mut names = view.words().iter().take(3).take_while(|word| word.has(Word::UPPER));
    let after = |word: &Word| text[(word.end - view.span().start) as usize..].strip_prefix(':');
    let label = names.find_map(after).is_some_and(|rest| !rest.trim_start().starts_with(char::is_lowercase));
    let dash = text.starts_with(['–', '—', '-']) || [". – ", ". — "].iter().any(|said| text.contains(said));
    (dash || label) && view.n_words() > MAX_SUM
}

/// Whether a line may be a button or a signature below an ask.
fn is_foot(view: &View<'_>) -> bool {
    view.n_words() <= MAX_BUTTON || view.n_words() <= MAX_LINE && view.is_line()
}

/// Whether a line may greet the readers above an ask.
fn is_greeting(view: &View<'_>) -> bool {
    view.n_words() <= MAX_BUTTON && matches!(view.shape().end, End::Open | End::Call | End::Colon) && is_own(view)
}

/// An ask that is looked for.
struct Ask<'a, 'p> {
    views: &'a Views<'p>,
    language: Language,
    asks: &'a mut Asks,
    /// What its blocks speak of.
    signs: u16,
    /// The first block that may belong to it, and the first after it that may not.
    floor: usize,
    end: usize,
    /// Whether the text around speaks to its readers or for itself as asks do.
    is_loud: bool,
}

impl Ask<'_, '_> {
    /// The ask in which the block `seed` stands, if it does.
    fn from(&mut self, seed: usize) -> Option<(usize, usize)> {
        let Note { is_own, signs } = self.note(seed);
        let speaks = signs & VOICES != 0 && signs & (THINGS & !BUTTON) != 0;
        if !is_own || !speaks && !self.views.view(seed).set().meets(PHRASES) {
            return None;
        }
        let run = self.grow(seed);
        if !self.holds(run) {
            return None;
        }
        if self.is_quiet_around(run) {
            return Some(run);
        }
        // In a text that speaks so itself, only a block that says it all is one, with the lines below it.
        self.is_loud = true;
        let run = self.grow(seed);
        (signs.count_ones() >= MIN_LOUD && self.holds(run)).then_some(run)
    }

    fn note(&mut self, at: usize) -> Note {
        if let Some(note) = self.asks.notes[at] {
            return note;
        }
        let view = self.views.view(at);
        let is_own = is_own(&view);
        let note = Note { is_own, signs: if is_own { self.read(&view) } else { 0 } };
        self.asks.notes[at] = Some(note);
        note
    }

    fn read(&mut self, view: &View<'_>) -> u16 {
        let mut signs = self.language.signs(view, &mut self.asks.buffer);
        // These know `US` from `us`, and `Sie` from `sie`.
        if self.language.is("en") && view.speaks(Voice::Own) {
            signs |= OWN;
        }
        if (self.language.is("en") || self.language.is("de")) && view.speaks(Voice::Reader) {
            signs |= READER;
        }
        if view.shape().digits == 0 {
            signs &= !BANK;
        }
        let is_line = view.n_words() <= MAX_BUTTON && !matches!(view.shape().end, End::Stop | End::Open);
        if is_line && (view.set().has(Cue::AppealButton) || signs & GIVE != 0) {
            signs |= BUTTON;
        }
        if is_line { signs } else { signs & !BUTTON }
    }

    /// What the block speaks of if it belongs to an ask beside it.
    fn belonging(&mut self, at: usize) -> Option<u16> {
        let Note { is_own, signs } = self.note(at);
        let view = self.views.view(at);
        let is_brief = view.n_words() <= MAX_DOUBTFUL;
        let is_line = view.n_words() <= MAX_SUM && view.is_line();
        let speaks = signs & VOICES != 0 && (view.n_words() < MIN_PROSE || signs & THINGS != 0);
        let sum = is_line && signs & (MONEY | GIVE) != 0 && view.shape().digits > 0;
        let given = is_brief && signs & (GIVE_PLAINLY | BANK) != 0 && signs & (MONEY | PRESS | BANK) != 0;
        let meant = !self.is_loud || signs & BUTTON != 0 || sum;
        (is_own && meant && (speaks || sum || given || signs & BUTTON != 0)).then_some(signs)
    }

    /// The blocks around `seed` that belong to one ask.
    fn grow(&mut self, seed: usize) -> (usize, usize) {
        let views = self.views;
        self.signs = self.note(seed).signs;
        let mut first = self.rise(seed);
        let mut last = seed;
        while let Some((at, signs)) = self.next_of(last + 1..self.end, VOICES) {
            self.signs |= signs;
            last = at;
        }
        first = self.rise(first);
        // What stands below it to the end are its buttons and who has signed it.
        let n = views.page.blocks.len();
        if self.end == n && n - 1 - last <= MAX_BUTTONS && (last + 1..n).all(|at| is_foot(&views.view(at))) {
            for at in last + 1..n {
                self.signs |= self.note(at).signs;
            }
            last = n - 1;
        }
        if first > self.floor.max(1) && is_greeting(&views.view(first - 1)) {
            first -= 1;
        }
        (first, last)
    }

    /// The last of the buttons right below `last`.
    fn buttons_below(&mut self, last: usize) -> usize {
        (last + 1..self.end).take_while(|&at| self.note(at).signs & BUTTON != 0).last().unwrap_or(last)
    }

    /// The first block of an ask that reaches down from `first`. The first line of a text is its headline.
    fn rise(&mut self, mut first: usize) -> usize {
        let floor = self.floor.max(usize::from(!self.views.view(0).shape().is_prose()));
        while let Some((at, signs)) =
            self.next_of((floor..first).rev(), READER).filter(|(_, signs)| signs & VOICES != 0)
        {
            self.signs |= signs;
            first = at;
        }
        first
    }

    /// The first of `blocks` that belongs to the ask, if those before it may stand inside one; behind such, somebody of
    /// `voices` must speak.
    fn next_of(&mut self, blocks: impl Iterator<Item = usize>, voices: u16) -> Option<(usize, u16)> {
        let is_ask = self.signs & VOICES != 0
            && self.signs & (GIVE | BUTTON | BANK) != 0
            && self.signs.count_ones() >= MIN_SIGNS - 1;
        for (n_bridged, at) in blocks.take(MAX_BRIDGE + 1).enumerate() {
            let is_strong =
                |signs: &u16| n_bridged == 0 || signs & BUTTON != 0 || signs & voices != 0 && signs & THINGS != 0;
            if let Some(signs) = self.belonging(at).filter(is_strong) {
                return Some((at, signs));
            }
            if !is_ask || !self.note(at).is_own {
                return None;
            }
        }
        None
    }

    /// Whether the blocks are an ask.
    fn holds(&mut self, (first, last): (usize, usize)) -> bool {
        let views = self.views;
        let run = || (first..=last).map(|at| views.view(at));
        let phrase = run().any(|view| view.set().meets(PLAIN));
        // Where most asks stand.
        let at_end = last + 1 == views.page.blocks.len();
        let is_placed = at_end || (0..first).all(|at| !views.view(at).shape().is_prose());
        let mut says = |signs: u16| (first..=last).any(|at| self.note(at).signs & signs == signs);
        let asks_you = says(VOICES | GIVE_PLAINLY) || at_end && says(VOICES | GIVE | PRESS);
        // One sentence that asks and no more.
        let is_brief = phrase && first == last && views.view(first).n_words() <= MAX_BRIEF && says(VOICES | GIVE);
        let is_of_press = phrase && is_placed || says(OWN | PRESS) || asks_you || says(READER | GIVE | PRESS_PLAINLY);
        let n = self.signs.count_ones() + u32::from(phrase) + u32::from(is_placed) + u32::from(is_brief);
        let has = |signs: u16| self.signs & signs != 0;
        n >= MIN_SIGNS
            && has(VOICES)
            && (phrase || asks_you || has(GIVE_PLAINLY | PRESS_PLAINLY | BANK | BUTTON))
            && (phrase || has(GIVE | BUTTON | BANK))
            && (phrase || asks_you || has(MONEY | BUTTON | BANK))
            && (is_brief || has(PRESS | MONEY | BUTTON | BANK))
            && (is_brief || is_placed || has(MONEY | BUTTON | BANK | GIVE_PLAINLY))
            && (is_brief || is_of_press || has(BUTTON))
            // What follows a colon is quoted.
            && (first == 0 || views.view(first - 1).shape().end != End::Colon)
            && run().map(|view| view.n_words()).sum::<u32>() <= MAX_WORDS
    }

    /// Whether the rest of the text hardly speaks to its reader or for itself, and is longer.
    fn is_quiet_around(&mut self, (first, last): (usize, usize)) -> bool {
        let (mut n, mut n_inside, mut n_speaking) = (0, 0, 0);
        for at in 0..self.views.page.blocks.len() {
            if self.views.view(at).n_words() < MIN_PROSE {
            } else if (first..=last).contains(&at) {
                n_inside += 1;
            } else {
                n += 1;
                n_speaking += usize::from(self.note(at).signs & VOICES != 0);
            }
        }
        // What says nothing plainly must be the only voice.
        let quiet = if self.signs & (GIVE_PLAINLY | PRESS_PLAINLY | BANK | BUTTON) == 0 { usize::MAX } else { QUIET };
        n >= MIN_BLOCKS && n_speaking.saturating_mul(quiet) <= n && n_inside <= n.max(MIN_BLOCKS)
    }
}

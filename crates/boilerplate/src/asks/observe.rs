//! What the chain over asks sees of a block: what it speaks of, its form and place, what stands around it.

use std::sync::OnceLock;

use super::halves;
use super::notes::{Note, Notes, opens_speech};
use super::signs::{BUTTON, GIVE_PLAINLY, LETTER, N_SIGNS, OWN, PLEA, PRESS_PLAINLY, READER, SELF, THINGS_AND_VOICES};
use crate::cells::{Cells, ENDS, Group, Offsets, QUOTED, ZONES, step, zone_of};
use crate::told::{Contents, SHARES_TOLD, Told};
use crate::view::{View, Views};
use crate::words::Word;

const SIGNS: &[&str] = &[
    "own",
    "reader",
    "give",
    "press",
    "money",
    "bank",
    "button",
    "give-plainly",
    "press-plainly",
    "self",
    "need",
    "free",
    "deed",
    "offer",
    "thanks",
    "hail",
    "plea",
    "letter",
];
const SAID: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7-up"];
const NEAR: &[&str] = &["nothing", "0", "1", "2", "3", "4", "5", "6-up"];
const SIZES: &[&str] = &["to-3", "to-8", "to-18", "to-40", "to-90", "to-150", "151-up"];
const NEAR_SIZES: &[&str] = &["to-3", "to-8", "to-18", "to-40", "41-up"];
const SPEAKERS: &[&str] = &["reports-briefly", "reports", "spoken", "dash", "own", "reader", "own-and-reader"];
const DIGITS: &[&str] = &["0", "1", "to-3", "4-up"];
const LENGTHS: &[&str] = &["short", "long"];
const STEPS: &[&str] = &["0", "1", "2", "to-4", "5-up"];
const TONES: &[&str] = &["0", "1", "2", "3", "4-up"];
const TOPIC: &[&str] = &["no-text", "none", "one", "more"];
const ELSEWHERE: &[&str] = &["no-text", "none", "to-a-sixth", "to-a-third", "more"];

const SIZE_BOUNDS: &[u32] = &[3, 8, 18, 40, 90, 150];
const NEAR_BOUNDS: &[u32] = &[3, 8, 18, 40];
const DIGIT_BOUNDS: &[u32] = &[0, 1, 3];
const STEP_BOUNDS: &[u32] = &[0, 1, 2, 4];

/// Size from which a block is long.
const LONG: usize = 3;

/// Things from which a block that speaks to the reader or for itself may belong to an ask.
const MIN_ASKING: usize = 3;

/// What a text about giving or about outlets speaks of.
const TOPICS: u32 = GIVE_PLAINLY | PRESS_PLAINLY;

/// Blocks above and below that count as around, and those that do not count as elsewhere.
const AROUND: usize = 3;
const NEARBY: usize = 4;

/// The groups of signals, in the order of their weights.
static GROUPS: &[Group] = &[
    Group { name: "sign", cells: Cells::Levels(&[SIGNS]) },
    Group { name: "said", cells: Cells::Levels(&[SAID, SIZES]) },
    Group { name: "cue", cells: Cells::Cues },
    Group { name: "end", cells: Cells::Levels(&[ENDS, SIZES]) },
    Group { name: "zone", cells: Cells::Levels(&[ZONES, SIZES]) },
    Group { name: "quotation", cells: Cells::Levels(&[QUOTED]) },
    Group { name: "speaker", cells: Cells::Levels(&[SPEAKERS]) },
    Group { name: "digits", cells: Cells::Levels(&[DIGITS, LENGTHS]) },
    Group { name: "known", cells: Cells::Levels(&[&["no", "yes"]]) },
    Group { name: "from-head", cells: Cells::Levels(&[STEPS]) },
    Group { name: "from-tail", cells: Cells::Levels(&[STEPS]) },
    Group { name: "above", cells: Cells::Levels(&[NEAR]) },
    Group { name: "below", cells: Cells::Levels(&[NEAR]) },
    Group { name: "above-form", cells: Cells::Levels(&[ENDS, NEAR_SIZES]) },
    Group { name: "below-form", cells: Cells::Levels(&[ENDS, NEAR_SIZES]) },
    Group { name: "around", cells: Cells::Levels(&[SIGNS]) },
    Group { name: "around-said", cells: Cells::Levels(&[SAID]) },
    Group { name: "elsewhere", cells: Cells::Levels(&[ELSEWHERE, &["silent", "speaks"]]) },
    Group { name: "topic", cells: Cells::Levels(&[TOPIC, &["other", "plain"]]) },
    Group { name: "tones", cells: Cells::Levels(&[TONES, SAID]) },
    Group { name: "pair", cells: Cells::Levels(&[SIGNS, SIGNS]) },
    Group { name: "told", cells: Cells::Levels(&[SHARES_TOLD, LENGTHS]) },
    Group { name: "names-told", cells: Cells::Levels(&[SHARES_TOLD, LENGTHS]) },
];

/// Where the cells of each group begin.
pub(super) fn offsets() -> &'static Offsets {
    static OFFSETS: OnceLock<Offsets> = OnceLock::new();
    OFFSETS.get_or_init(|| Offsets::of(GROUPS))
}

/// Takes the signals of blocks.
#[derive(Debug, Default)]
pub(super) struct Observer {
    /// Blocks of text before each block, and those of them that speak to the reader or for the outlet; one more at the end.
    sums: Vec<(u32, u32)>,
    /// The same of those that speak plainly of giving or of outlets.
    topics: Vec<u32>,
    told: Told,
    /// Whether each block tells what the text is about.
    tells: Vec<bool>,
}

impl Observer {
    /// Gives the cells of the signals of a page to `sink`, block by block, each with the number of its block. Of every
    /// block a note must be there.
    pub(super) fn each(
        &mut self,
        views: &Views<'_>,
        notes: &Notes,
        known: &[(usize, usize)],
        sink: &mut impl FnMut(usize, usize),
    ) {
        let offsets = offsets();
        let n = views.page.blocks.len();
        let contents = views.page.measured::<Contents>();
        let note = |at: usize| notes.made(at);
        self.count(views, &note);
        for view in views.iter() {
            let at = view.index;
            let mut sink = |group: usize, cell: usize| sink(at, offsets.at(group, cell));
            of_block(&view, note(at), &mut sink);
            sink(8, usize::from(known.iter().any(|&(first, last)| (first..=last).contains(&at))));
            sink(9, step(at as u32, STEP_BOUNDS));
            sink(10, step((n - 1 - at) as u32, STEP_BOUNDS));
            for (group, near) in [(11, at.checked_sub(1)), (12, Some(at + 1).filter(|&near| near < n))] {
                let Some(near) = near else {
                    sink(group, 0);
                    continue;
                };
                let shape = views.view(near).shape();
                sink(group, 1 + n_things(note(near).signs).min(NEAR.len() - 2));
                sink(group + 2, shape.end as usize * NEAR_SIZES.len() + step(shape.words, NEAR_BOUNDS));
            }
            let around = (at.saturating_sub(AROUND)..(at + AROUND + 1).min(n)).filter(|&near| near != at);
            let around = around.fold(0, |signs, near| signs | note(near).signs);
            bits(around, &mut |sign| sink(15, sign));
            sink(16, n_things(around).min(SAID.len() - 1));
            sink(17, self.elsewhere(at) * 2 + usize::from(note(at).signs & (OWN | READER) != 0));
            sink(18, self.topic(at) * 2 + usize::from(note(at).signs & TOPICS != 0));
            let share = self.told.of(contents.of(at), self.tells[at]);
            let long = usize::from(step(view.n_words(), SIZE_BOUNDS) >= LONG);
            sink(21, usize::from(share.words) * 2 + long);
            sink(22, usize::from(share.names) * 2 + long);
        }
    }

    fn count(&mut self, views: &Views<'_>, note: &impl Fn(usize) -> Note) {
        self.sums.clear();
        self.topics.clear();
        self.told.clear();
        let contents = views.page.measured::<Contents>();
        self.tells.clear();
        let (mut sum, mut topic) = ((0, 0), 0);
        self.sums.push(sum);
        self.topics.push(topic);
        for view in views.iter() {
            if halves(&view) > 0 {
                sum.0 += 1;
                sum.1 += u32::from(note(view.index).signs & (OWN | READER) != 0);
                topic += u32::from(note(view.index).signs & TOPICS != 0);
            }
            self.sums.push(sum);
            self.topics.push(topic);
            let tells = tells(&view, note(view.index));
            self.tells.push(tells);
            if tells {
                self.told.tell(contents.of(view.index));
            }
        }
    }

    /// Whether the text further away speaks to the reader or for the outlet as asks do.
    pub(super) fn is_loud(&self, at: usize) -> bool {
        self.elsewhere(at) > 2
    }

    /// Whether the text beside a run of blocks, but for those next to it, hardly speaks to the reader or for the outlet.
    pub(super) fn is_quiet_beside(&self, (first, last): (usize, usize)) -> bool {
        let n = self.sums.len() - 1;
        let (n_texts, n_speaking) = self.outside(first.saturating_sub(1), (last + 2).min(n));
        n_texts > 0 && n_speaking * 6 <= n_texts
    }

    /// Blocks of text before one block and from another on, and how many of them speak so.
    fn outside(&self, above: usize, below: usize) -> (u32, u32) {
        let all = self.sums[self.sums.len() - 1];
        let (above, below) = (self.sums[above], self.sums[below]);
        (all.0 - below.0 + above.0, all.1 - below.1 + above.1)
    }

    /// How much of the text further away speaks to the reader or for the outlet, as a level of [`ELSEWHERE`].
    fn elsewhere(&self, at: usize) -> usize {
        let n = self.sums.len() - 1;
        let (above, below) = (at.saturating_sub(NEARBY), (at + NEARBY + 1).min(n));
        let (mut n, mut speaking) = self.outside(above, below);
        // Of what stands near, that which may belong to the same ask says nothing of the text.
        for near in (above..below).filter(|near| near.abs_diff(at) > 1 && self.tells[*near]) {
            n += 1;
            speaking += self.sums[near + 1].1 - self.sums[near].1;
        }
        match () {
            () if n == 0 => 0,
            () if speaking == 0 => 1,
            () if speaking * 6 <= n => 2,
            () if speaking * 3 <= n => 3,
            () => 4,
        }
    }

    /// How many blocks of the text further away speak plainly of giving or of outlets, as a level of [`TOPIC`].
    fn topic(&self, at: usize) -> usize {
        let n = self.sums.len() - 1;
        let (above, below) = (at.saturating_sub(NEARBY), (at + NEARBY + 1).min(n));
        let n_topic = self.topics[n] - self.topics[below] + self.topics[above];
        if self.outside(above, below).0 == 0 { 0 } else { 1 + n_topic.min(2) as usize }
    }
}

/// What is seen of a block alone.
pub(super) fn of_block(view: &View<'_>, note: Note, sink: &mut impl FnMut(usize, usize)) {
    let shape = view.shape();
    let size = step(shape.words, SIZE_BOUNDS);
    bits(note.signs, &mut |sign| sink(0, sign));
    let said = n_things(note.signs).min(SAID.len() - 1);
    sink(1, said * SIZES.len() + size);
    let paired = note.signs & !(BUTTON | GIVE_PLAINLY | PRESS_PLAINLY);
    bits(paired, &mut |one| bits(paired & !((2 << one) - 1), &mut |other| sink(20, one * SIGNS.len() + other)));
    sink(19, n_tones(note.signs).min(TONES.len() - 1) * SAID.len() + said);
    let mut set = view.set().0;
    while set != 0 {
        sink(2, set.trailing_zeros() as usize);
        set &= set - 1;
    }
    sink(3, shape.end as usize * SIZES.len() + size);
    sink(4, zone_of(view) * SIZES.len() + size);
    sink(5, if note.n_quoted == 0 { 0 } else { 1 + usize::from(!note.is_unquoted) });
    let (own, reader) = (note.has(Word::OWN), note.has(Word::READER));
    let speakers = [
        note.reports && size < LONG,
        note.reports && size >= LONG,
        note.is_spoken,
        opens_speech(view.text()),
        own,
        reader,
        own && reader,
    ];
    for (speaker, _) in speakers.into_iter().enumerate().filter(|&(_, is)| is) {
        sink(6, speaker);
    }
    sink(7, step(shape.digits, DIGIT_BOUNDS) * 2 + usize::from(size >= LONG));
}

/// Whether a block tells what the article is about: text that does not speak as asks do.
fn tells(view: &View<'_>, note: Note) -> bool {
    halves(view) > 0 && (note.signs & (OWN | READER) == 0 || n_things(note.signs) < MIN_ASKING)
}

/// In how many tones of asks a block speaks.
fn n_tones(signs: u32) -> usize {
    (signs & !(THINGS_AND_VOICES | SELF | PLEA | LETTER)).count_ones() as usize
}

/// Of how many things that asks speak of a block speaks.
pub(super) fn n_things(signs: u32) -> usize {
    (signs & THINGS_AND_VOICES).count_ones() as usize
}

fn bits(mut signs: u32, sink: &mut impl FnMut(usize)) {
    debug_assert!(signs < 1 << N_SIGNS);
    while signs != 0 {
        sink(signs.trailing_zeros() as usize);
        signs &= signs - 1;
    }
}

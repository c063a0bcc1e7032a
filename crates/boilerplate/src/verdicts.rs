//! Which rule claims which block: one judgement, made once, that rules carry out and the block model reads.
//!
//! Each rule of this kind is a judge, a function from one block to yes or no. The first judge in the order
//! of [`JUDGES`] that says yes has the block. After that the guard looks at the whole: when too large a
//! share of the document would go, long blocks are given back.

use std::sync::LazyLock;

use cleancopy_core::{BlockKind, Edits, Kind, Measure, Page, Profile, Taken};

use crate::captions::Captions;
use crate::cues::{Cue, CueSet};
use crate::head::Head;
use crate::looks::Looks;
use crate::rules::JUDGES;
use crate::shape::End;
use crate::view::{View, Views};

/// How sure a judge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grade {
    /// Sure by itself.
    Certain,
    /// Sure only beside another such line, or in a document in which another judge is certain, since a clean text holds
    /// one such line now and then.
    Likely,
}

/// A rule that judges whole blocks.
pub(crate) struct Judge {
    /// Id of the rule.
    pub id: &'static str,
    /// Kinds of cues and looks of a block without any of which it cannot be it.
    pub needs: CueSet,
    /// See `needs`.
    pub looks: Looks,
    /// How sure it is that the block is what the rule is about.
    pub grade: fn(&View<'_>) -> Option<Grade>,
}

/// For each block, the judge that claims it.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    of: Vec<Option<(u8, Grade)>>,
    /// Bit set of the judges that claim a block.
    claimants: u64,
    /// Blocks that rules of the user's own remove.
    taken: Vec<u32>,
}

impl Verdicts {
    /// Index in [`JUDGES`] of the judge that claims a block.
    pub(crate) fn of(&self, block: usize) -> Option<u8> {
        self.of[block].map(|(judge, _)| judge)
    }

    /// Whether no block goes, neither by a judge nor by a rule of the user's own.
    pub(crate) fn is_bare(&self) -> bool {
        self.claimants == 0 && self.taken.is_empty()
    }

    /// Bit set of the judges that claim a block.
    pub(crate) fn claimants(&self) -> u64 {
        self.claimants
    }

    /// Whether a block goes, by a judge or by a rule of the user's own.
    pub(crate) fn goes(&self, block: usize) -> bool {
        self.of[block].is_some() || self.taken.binary_search(&(block as u32)).is_ok()
    }

    /// The judge that claims a block, and how sure it is.
    pub(crate) fn claim(&self, block: usize) -> Option<(u8, Grade)> {
        self.of[block]
    }
}

/// Removes the blocks that `judge` claims.
pub(crate) fn carry_out(judge: &'static Judge, page: &Page<'_>, edits: &mut Edits<'_>) {
    let verdicts = page.measured::<Verdicts>();
    if verdicts.claimants == 0 {
        return;
    }
    let Some(judge) = JUDGES.iter().position(|&known| std::ptr::eq(known, judge)) else { return };
    if verdicts.claimants & (1 << judge) == 0 {
        return;
    }
    for index in 0..page.blocks.len() {
        if verdicts.of(index) == Some(judge as u8) {
            edits.remove_block(index);
        }
    }
}

/// Which judges are asked about a block, as bit sets over [`JUDGES`].
struct Asked {
    by_cue: [u64; 64],
    by_look: [u64; Looks::N],
}

static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    let having = |needs: CueSet, looks: Looks| {
        let is_asked = |judge: &Judge| judge.needs.meets(needs) || judge.looks.meets(looks);
        JUDGES.iter().enumerate().fold(0, |set, (at, judge)| set | u64::from(is_asked(judge)) << at)
    };
    Asked {
        by_cue: std::array::from_fn(|cue| having(CueSet(1 << cue), Looks::NONE)),
        by_look: std::array::from_fn(|look| having(CueSet(0), Looks(1 << look))),
    }
});

impl Asked {
    /// The judges that may claim a block.
    fn about(&self, cues: CueSet, looks: Looks) -> u64 {
        bits(cues.0).fold(0, |set, cue| set | self.by_cue[cue])
            | bits(u64::from(looks.0)).fold(0, |set, look| set | self.by_look[look])
    }
}

/// The numbers of the bits that are set, from the lowest.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}

/// All judges but those that need a cue which a block does not have, whatever it looks like.
fn all(cues: CueSet) -> u64 {
    let is_asked = |judge: &Judge| judge.looks != Looks::NONE || judge.needs.meets(cues);
    JUDGES.iter().enumerate().fold(0, |set, (at, judge)| set | u64::from(is_asked(judge)) << at)
}

/// The first judge of those in `asked` that claims the block.
fn claim(view: &View<'_>, asked: u64) -> Option<(u8, Grade)> {
    bits(asked).find_map(|judge| (JUDGES[judge].grade)(view).map(|grade| (judge as u8, grade)))
}

/// Largest share of a document's words that judges may remove; beyond it, long blocks stay.
const fn max_share(profile: Profile) -> f32 {
    match profile {
        Profile::Precision => 0.25,
        Profile::Balanced => 0.4,
        Profile::Recall => 0.6,
    }
}

/// Words that may go from any document, however short.
const FREE: u32 = 60;

/// Most words of lines that support each other.
const SHORT: u32 = 6;

/// Words of the question of a poll at most, of an answer and of the button, and number of answers with the button.
const MAX_QUESTION: u32 = 20;
const MAX_ANSWER: u32 = 8;
const MAX_VOTE: u32 = 6;
const MAX_ANSWERS: usize = 8;

/// Judges of asks that have buttons below them.
const ASKS: &[&str] = &["newsletter", "paywall", "cookie-notice", "comment-box", "app-ask"];

/// Most words of a button, and of one that stands beside a known one.
const MAX_BUTTON: u32 = 4;
const MAX_BESIDE: u32 = 2;

/// Most unknown buttons below an ask.
const MAX_BUTTONS: usize = 4;

/// Words from which a block is given back by the guard.
const LONG: u32 = 15;

impl Measure for Verdicts {
    fn measure(&mut self, page: &Page<'_>) {
        self.of.clear();
        self.claimants = 0;
        self.taken.clone_from(&page.measured::<Taken>().blocks);
        if page.kind == Kind::Html {
            // The rules `page-*` cut the article out; the judges see it in the next round.
            self.of.resize(page.blocks.len(), None);
            return;
        }
        let views = Views::of(page);
        let mut certain = 0u64;
        let mut any_likely = false;
        let asked: &Asked = &ASKED;
        let mut headed = false;
        for view in views.iter() {
            let claim_of = claim(&view, asked.about(view.set(), Looks::of(&view, headed)));
            debug_assert_eq!(
                claim_of,
                claim(&view, all(view.set())),
                "a judge is not asked about a block that it claims"
            );
            match claim_of {
                Some((judge, Grade::Certain)) => certain |= 1 << judge,
                Some((_, Grade::Likely)) => any_likely = true,
                None => {}
            }
            headed |= view.set().has(Cue::RelatedHeading);
            self.of.push(claim_of);
        }
        certain |= self.claim_polls(&views);
        if certain == 0 && !any_likely {
            return;
        }
        if any_likely {
            self.drop_unsupported(&views, certain | other_signs(page), page.settings.profile);
        }
        self.claim_buttons(&views);
        self.guard(&views, max_share(page.settings.profile));
        self.claimants = self.of.iter().flatten().fold(0, |set, (judge, _)| set | 1 << judge);
    }
}

/// Signs of other rules that a document was not cleaned before, as a bit beside those of the judges.
fn other_signs(page: &Page<'_>) -> u64 {
    let dated = page.measured::<Head>().small_print().next().is_some();
    let pictured = page.measured::<Captions>().iter().next().is_some();
    u64::from(dated || pictured) << 63
}

impl Verdicts {
    /// Gives back blocks of which a judge is not certain, unless another judge is certain of one or two short ones stand
    /// side by side.
    fn drop_unsupported(&mut self, views: &Views<'_>, certain: u64, profile: Profile) {
        let is_short = |of: &[Option<(u8, Grade)>], at: usize| {
            of.get(at).is_some_and(Option::is_some) && views.view(at).n_words() <= SHORT
        };
        let mut before = false;
        for at in 0..self.of.len() {
            let short = is_short(&self.of, at);
            if let Some((judge, Grade::Likely)) = self.of[at] {
                let supported = match profile {
                    Profile::Precision => false,
                    Profile::Balanced => {
                        certain & !(1 << judge) != 0 || short && (before || is_short(&self.of, at + 1))
                    }
                    Profile::Recall => true,
                };
                if !supported {
                    self.of[at] = None;
                }
            }
            before = short;
        }
    }

    /// Claims polls: a question with its answers in short lines below it, where the question or the last line says that it is
    /// one. Gives the judge that claims any.
    fn claim_polls(&mut self, views: &Views<'_>) -> u64 {
        let Some(judge) = JUDGES.iter().position(|judge| judge.id == "comment-box") else { return 0 };
        let mut certain = 0;
        let says = |at: usize| views.view(at).leads(CueSet::of(&[Cue::Poll]));
        let is_button = |at: usize| says(at) && views.view(at).n_words() <= MAX_VOTE;
        let is_answer = |at: usize| views.view(at).shape().end == End::None && views.view(at).n_words() <= MAX_ANSWER;
        for at in (0..self.of.len()).filter(|&at| {
            let view = views.view(at);
            view.n_words() <= MAX_QUESTION && view.text().trim_end().ends_with(['?', '？', '؟'])
        }) {
            // `Vote in our poll` above the question.
            let above = at > 0 && is_button(at - 1);
            let answers = (at + 1..self.of.len()).take(MAX_ANSWERS).take_while(|&below| is_answer(below));
            let Some(last) = answers
                .clone()
                .filter(|&below| is_button(below))
                .last()
                .or(answers.last().filter(|_| says(at) || above))
            else {
                continue;
            };
            if last > at + 1 {
                self.of[at - usize::from(above)..=last].fill(Some((judge as u8, Grade::Certain)));
                certain = 1 << judge;
            }
        }
        certain
    }

    /// Claims the short lines below an ask, which are its buttons: two of them, or one beside a known button, or one with which
    /// the text ends. A lone one before a paragraph may be a subheading.
    fn claim_buttons(&mut self, views: &Views<'_>) {
        let is_button = |at: usize, most: u32| {
            let view = views.view(at);
            view.kind() == BlockKind::Paragraph && view.shape().end == End::None && view.n_words() <= most
        };
        let mut at = 1;
        while at < self.of.len() {
            let ask = self.of[at - 1].filter(|&(judge, grade)| {
                grade == Grade::Certain && self.of[at].is_none() && ASKS.contains(&JUDGES[judge as usize].id)
            });
            let Some(ask) = ask else {
                at += 1;
                continue;
            };
            let end = (at..self.of.len()).find(|&at| self.of[at].is_some() || !is_button(at, MAX_BUTTON));
            let end = end.unwrap_or(self.of.len());
            let known = is_button(at - 1, MAX_BUTTON) || end > at && end < self.of.len() && self.of[end].is_some();
            let fits = match end - at {
                0 => false,
                1 => known && is_button(at, MAX_BESIDE) || end == self.of.len(),
                n => n <= MAX_BUTTONS,
            };
            if fits {
                self.of[at..end].fill(Some(ask));
            }
            at = end.max(at + 1);
        }
    }

    /// Gives back long blocks when too large a share of the document would go.
    fn guard(&mut self, views: &Views<'_>, max_share: f32) {
        // Links cost nothing: they are no words of the article.
        let is_link =
            |claim: Option<(u8, Grade)>| claim.is_some_and(|(judge, _)| JUDGES[judge as usize].id == "link-list");
        let (mut n_words, mut n_claimed) = (0, 0);
        for (view, &claim) in views.iter().zip(&self.of).filter(|(_, claim)| !is_link(**claim)) {
            n_words += view.n_words();
            n_claimed += if claim.is_some() { view.n_words() } else { 0 };
        }
        if n_claimed > FREE && n_claimed as f32 > max_share * n_words as f32 {
            for (view, claim) in views.iter().zip(&mut self.of) {
                if view.n_words() >= LONG && !is_link(*claim) {
                    *claim = None;
                }
            }
        }
    }
}

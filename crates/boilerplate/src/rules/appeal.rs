//! Appeals for money or membership.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet, Cues};
use crate::shape::Shapes;

pub(crate) static RULE: Rule = Rule {
    id: "appeal",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes an outlet's appeal to its readers whole: head, salutation, reasons, ask, thanks and buttons.",
    why: "It is about the outlet, stands under every article, and its middle reads like news.",
    limits: "Needs an ask in the first person outside quotation marks and two further signs. Stories about campaigns, \
             other people's appeals and letters columns stay.",
    source: "Form of appeals by outlets that live on gifts; phrases in tables/appeal.txt.",
    examples: &[
        Example::changes(
            "The registry will send somebody to look.\nA message from the Lowfield Post:\nDear reader,\nLast month a court \
             ordered three small papers to hand over their sources.\nThat costs money. If you can, please support us with \
             a monthly gift, starting from just £2. Every contribution counts.\nThank you for helping us to keep going.\n\
             Remind me next month\nDonate now",
            "The registry will send somebody to look.",
        ),
        Example::keeps(
            "Posters in all 22 branches carry the same words: “We need your help. Support us from just £2 a month.”\n\
             “Every contribution makes a difference,” the director told reporters.",
        ),
        Example::keeps(
            "Dear readers,\nYou have sent us 212 letters about the gull on the town hall. We print six of them.\nWe thank \
             her for her patience with us.",
        ),
    ],
    run,
};

/// Any sign of an appeal.
const SIGNS: CueSet = CueSet::of(&[
    Cue::AppealHead,
    Cue::AppealSalute,
    Cue::AppealAsk,
    Cue::AppealReason,
    Cue::AppealAmount,
    Cue::AppealThanks,
    Cue::AppealButton,
]);

/// Heads from which an appeal may be grown over text that shows no sign.
const HEADS: CueSet = CueSet::of(&[Cue::AppealHead, Cue::AppealSalute]);

/// Most blocks without a sign between two with one.
const MAX_GAP: usize = 2;

/// Most blocks between a head and the first ask below it.
const MAX_RISE: usize = 8;

/// Signs of different kinds that a run must show.
const MIN_KINDS: u32 = 3;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let cues = page.measured::<Cues>();
    let shapes = page.measured::<Shapes>();
    let n = page.blocks.len();
    let mut at = 0;
    while let Some(ask) = (at..n).find(|&index| cues.of(index).has(Cue::AppealAsk)) {
        let mut first = ask;
        let from = at.max(ask.saturating_sub(MAX_RISE));
        if let Some(head) = (from..=ask).rev().find(|&index| cues.of(index).meets(HEADS)) {
            first = head;
            // The salutation may have a head line of its own above it.
            if head > at && cues.of(head - 1).has(Cue::AppealHead) {
                first = head - 1;
            }
        } else {
            while first > at && cues.of(first - 1).meets(SIGNS) {
                first -= 1;
            }
        }
        let mut last = ask;
        let mut gap = 0;
        for index in ask + 1..n {
            if cues.of(index).meets(SIGNS) {
                last = index;
                gap = 0;
            } else {
                gap += 1;
                if gap > MAX_GAP {
                    break;
                }
            }
        }
        // Short lines after the last sign are its buttons if the document ends with them.
        if n - last <= 3 && (last + 1..n).all(|index| shapes.of(index).words <= 6) {
            last = n - 1;
        }
        let kinds = (first..=last).fold(0, |kinds, index| kinds | cues.of(index).0) & SIGNS.0;
        if CueSet(kinds).len() >= MIN_KINDS {
            (first..=last).for_each(|index| edits.remove_block(index));
        }
        at = last + 1;
    }
}

//! Walls.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "paywall",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes notices that ask to subscribe, register or log in to go on reading, with their buttons.",
    why: "They stand where the rest of the article would be, or over it.",
    limits: "Needs an imperative at the start of a sentence or words to the reader, in a short block in which nobody \
             is quoted. Stories about subscriptions stay.",
    source: "Walls of news sites in 38 languages, listed in tables/paywall.txt.",
    examples: &[
        Example::changes("The bull has been moved.\n\nSubscribe now to continue reading.", "The bull has been moved."),
        Example::changes("The bull has been moved.\n\nAlready a subscriber? Log in", "The bull has been moved."),
        Example::changes("Le taureau est parti.\n\nArticle réservé aux abonnés", "Le taureau est parti."),
        Example::keeps(
            "Readers who want to see the archive must subscribe to continue reading, the paper said on Friday.",
        ),
        Example::keeps("The club, whose premium, exclusive rooms you may rent by the hour, was empty."),
        Example::keeps("The new channel is for subscribers only and starts in May."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "paywall", needs: CueSet::of(&[Cue::Paywall, Cue::PaywallLabel]), looks: Looks::NONE, grade: judge };

/// Most words of a notice.
const MAX_WORDS: u32 = 80;

/// Most words of a line without end mark that says who may read.
const MAX_LINE: u32 = 14;

fn judge(view: &View<'_>) -> Option<Grade> {
    if view.set().has(Cue::PaywallLabel) {
        return Some(view.label_grade());
    }
    let line = view.n_words() <= MAX_LINE && view.is_line() && !view.reports();
    (line || view.asks(Cue::Paywall, MAX_WORDS)).then_some(Grade::Certain)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

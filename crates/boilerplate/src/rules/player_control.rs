//! Controls of players and galleries.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::words::Word;

pub(crate) static RULE: Rule = Rule {
    id: "player-control",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes controls of video and audio players and of picture galleries: `Listen`, `View 6 Images`, `1 of 5`.",
    why: "They are buttons of the page.",
    limits: "Whole short lines only.",
    source: "Players and galleries of news sites in 38 languages, listed in tables/widget.txt.",
    examples: &[
        Example::changes(
            "The bell rang.\n\nListen to this article\n\nIt rang twice.\n\nAdvertisement",
            "The bell rang.\n\nIt rang twice.\n\nAdvertisement",
        ),
        Example::changes(
            "The bell rang.\n\nImage 1 of 5\n\nView 6 Images\n\nAdvertisement",
            "The bell rang.\n\nAdvertisement",
        ),
        Example::keeps("The bell rang.\n\nListen to the river, she says, and you will hear it."),
        Example::keeps("The bell rang.\n\nOne of five pictures shows the bell."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "player-control", needs: CueSet::of(&[Cue::Player, Cue::Gallery]), looks: Looks::NONE, grade: judge };

/// Most words of a control.
const MAX_WORDS: u32 = 12;

/// Words of a counter: `Image 1 of 5`.
const COUNTER: u32 = 4;

fn judge(view: &View<'_>) -> Option<Grade> {
    let numbers = view.words().iter().filter(|word| word.has(Word::DIGIT)).count();
    let is_counter = view.set().has(Cue::Gallery) && view.n_words() == COUNTER && numbers == 2;
    holds(view).then_some(if is_counter { Grade::Certain } else { Grade::Likely })
}

fn holds(view: &View<'_>) -> bool {
    view.n_words() <= MAX_WORDS && view.is_line()
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

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
        Example::changes(
            "The bell rang.\n\nPlay video\n\n0:00 / 2:31\n\nUnmute\n\nIt rang twice.",
            "The bell rang.\n\nIt rang twice.",
        ),
        Example::changes(
            "The bell rang.\n\nListen to this article\n\n6:48\n\nIt rang twice.",
            "The bell rang.\n\nIt rang twice.",
        ),
        Example::keeps("The bell rang at two times that day.\n\n6:30\n\nThe sexton rang it for the boats."),
        Example::keeps("The bell rang.\n\nListen to the river, she says, and you will hear it."),
        Example::keeps("The bell rang.\n\nOne of five pictures shows the bell."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "player-control", needs: CueSet::of(&[Cue::Player, Cue::Gallery]), looks: Looks::DATED, grade: judge };

/// Most words of a control.
const MAX_WORDS: u32 = 12;

/// Words of a counter: `Image 1 of 5`.
const COUNTER: u32 = 4;

fn judge(view: &View<'_>) -> Option<Grade> {
    let numbers = view.words().iter().filter(|word| word.has(Word::DIGIT)).count();
    let is_counter = view.set().has(Cue::Gallery) && view.n_words() == COUNTER && numbers == 2;
    let beside =
        |offset| view.near(offset).is_some_and(|near| near.set().has(Cue::Player) && near.n_words() <= MAX_WORDS);
    if is_clock(view) || is_time(view.text()) && (beside(-1) || beside(1)) {
        return Some(Grade::Certain);
    }
    if !view.set().meets(CueSet::of(&[Cue::Player, Cue::Gallery])) || view.n_words() > MAX_WORDS || !view.is_line() {
        return None;
    }
    let near = |offset| view.near(offset).is_some_and(|near| is_clock(&near));
    let timed = |offset| view.near(offset).is_some_and(|near| is_time(near.text()));
    let beside = timed(-1) || timed(1) || [-2, -1, 1, 2].into_iter().any(near);
    let sure = is_counter || view.set().has(Cue::Player) && beside;
    Some(if sure { Grade::Certain } else { Grade::Likely })
}

/// Whether a line is the time that has been played, of how much: `0:00 / 2:31`.
fn is_clock(view: &View<'_>) -> bool {
    match view.text().split_once('/') {
        Some((played, length)) => is_time(played) && is_time(length),
        None => {
            is_time(view.text())
                && view.text().starts_with(['0'])
                && view.text().trim_start_matches('0').starts_with(":00")
        }
    }
}

/// `2:31`, `1:02:31`
fn is_time(text: &str) -> bool {
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    text.contains(':') && text.trim().split(':').all(is_number)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

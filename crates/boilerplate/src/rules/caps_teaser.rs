//! Headlines of other articles set in capitals between paragraphs.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::CueSet;
use crate::looks::Looks;
use crate::shape::End;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "caps-teaser",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes a whole headline in capitals that stands between two paragraphs.",
    why: "Some papers set links to other stories so.",
    limits: "At least eight words: a subheading in capitals is shorter. Not in a text that is set in capitals throughout.",
    source: "Form in the evaluation's development half.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time.\n\n\
             SECOND BELL FOUND OFF PENLOW AFTER DIVERS DEFY STORM WARNING\n\nThe bell was rung by a diver who had not \
             been told to leave it alone.\n\nAdvertisement",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time.\n\nThe bell \
             was rung by a diver who had not been told to leave it alone.\n\nAdvertisement",
        ),
        Example::keeps("It rang.\n\nHOW THE BELL WAS FOUND\n\nIt rang again."),
        Example::keeps(
            "THE BELL OF THE MARGIT RANG ON SUNDAY FOR THE FIRST TIME\n\nIT RANG TWICE, SAID THE DIVER\n\nHE RANG IT.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "caps-teaser", needs: CueSet::of(&[]), looks: Looks::SHOUTED, grade: judge };

/// Fewest words of a headline that is no subheading.
const MIN_WORDS: u32 = 8;

/// Most words of a headline.
const MAX_WORDS: u32 = 30;

/// Most lines of capitals in a text that are not its own subheadings.
const MAX_SHOUTED: usize = 3;

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then(|| if n_shouted(view) <= MAX_SHOUTED { Grade::Certain } else { Grade::Likely })
}

/// Lines of the text that are as long and have as many capitals.
fn n_shouted(view: &View<'_>) -> usize {
    let all = |step: isize| (1..).map_while(move |offset| view.near(step * offset));
    let shouted = |other: &View<'_>| {
        let shape = other.shape();
        shape.words >= MIN_WORDS && shape.caps * 3 >= shape.words * 2
    };
    1 + all(-1).chain(all(1)).filter(shouted).count()
}

fn holds(view: &View<'_>) -> bool {
    let shape = view.shape();
    if !(MIN_WORDS..=MAX_WORDS).contains(&shape.words) || !matches!(shape.end, End::None | End::Call) {
        return false;
    }
    // Numbers, and words of one letter, have no case of their own.
    let cased = shape.words - shape.digits;
    let shouted = shape.caps + shape.words / 6 + 1 >= cased && shape.caps * 3 >= shape.words * 2;
    let spoken = |offset| {
        view.near(offset).is_some_and(|near| near.shape().is_prose() && near.shape().caps * 4 < near.n_words())
    };
    shouted && spoken(-1) && spoken(1)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

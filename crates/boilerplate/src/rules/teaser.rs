//! Cut-off openings of other articles.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::CueSet;
use crate::looks::Looks;
use crate::shape::End;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "teaser",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes cut-off openings of other articles after the last paragraph: they end with an ellipsis or `more`.",
    why: "Lists of other stories show the first words of each.",
    limits: "Only after the last paragraph that ends like a sentence, and only where two stand together or a headline \
             stands above.",
    source: "Form of overview lists on news sites.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nOranges wash ashore\n\nHundreds of oranges have been found on the beach of Penlow, \
             more than a century after…\n\nAdvertisement",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nOranges wash ashore\n\nAdvertisement",
        ),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\n“And then…”",
        ),
        Example::keeps(
            "He rang it once, and then again, and then…\n\nThe bell of the steamer Margit, which sank off Penlow \
             in 1904, will hang in the harbour office from May.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge { id: "teaser", needs: CueSet::of(&[]), looks: Looks::CUT, grade: judge };

/// Fewest words of a teaser.
const MIN_WORDS: u32 = 6;

/// Words glued to the end of a teaser as its link.
const LINKS: &[&str] =
    &[". mehr", ". more", ".mehr", ".more", ".MEHR", ".Mehr", ". Mehr", ".More", ". More", "» mehr", " weiterlesen"];

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Certain)
}

fn holds(view: &View<'_>) -> bool {
    let text = view.text();
    if view.n_words() < MIN_WORDS || view.zone() != Zone::Tail {
        return LINKS.iter().any(|link| text.ends_with(link)) && view.n_words() >= MIN_WORDS;
    }
    let cut = |view: &View<'_>| view.shape().end == End::Ellipsis && view.n_words() >= MIN_WORDS;
    let beside = [-2, -1, 1, 2].into_iter().any(|offset| view.near(offset).is_some_and(|near| cut(&near)));
    let headed =
        view.near(-1).is_some_and(|above| above.zone() == Zone::Tail && above.is_line() && above.n_words() >= 3);
    cut(view) && !text.starts_with(['“', '"', '«', '„']) && (beside || headed)
        || LINKS.iter().any(|link| text.ends_with(link))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Marks of advertisements.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "ad-marker",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes marks of advertisements: `Advertisement`, `Advertisement 4`, `Story continues below`.",
    why: "The advertisement is gone; its mark interrupts the text.",
    limits: "Whole short lines only.",
    source: "Marks on news sites in 38 languages, listed in tables/ad.txt.",
    examples: &[
        Example::changes("The bell rang.\n\nAdvertisement 4\n\nIt rang twice.", "The bell rang.\n\nIt rang twice."),
        Example::changes("Es läutete.\n\nAnzeige\n\nZweimal.", "Es läutete.\n\nZweimal."),
        Example::changes(
            "Es läutete.\n\nDer Artikel geht nach der Werbung weiter\n\nZweimal.",
            "Es läutete.\n\nZweimal.",
        ),
        Example::keeps("The bell rang.\n\nAdvertisement by drum was forbidden in the town until 1911."),
        Example::keeps("The story continues below the waterline, where divers found a second bell last year, he said."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "ad-marker", needs: CueSet::of(&[Cue::Ad, Cue::AdLabel]), looks: Looks::NONE, grade: judge };

/// Most words of a mark.
const MAX_WORDS: u32 = 12;

fn judge(view: &View<'_>) -> Option<Grade> {
    if view.set().has(Cue::AdLabel) {
        return Some(Grade::Certain);
    }
    (view.n_words() <= MAX_WORDS && !view.reports())
        .then(|| if is_whole(view) { Grade::Certain } else { Grade::Likely })
}

/// Whether the phrase is all that the line says: `The story continues below the advertisement`.
fn is_whole(view: &View<'_>) -> bool {
    let (Some(first), Some(last)) = (view.words().first(), view.words().last()) else { return false };
    view.hits().any(|hit| hit.cue == Cue::Ad && hit.span.start == first.start && hit.span.end == last.end)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

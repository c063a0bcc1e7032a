//! Credits of pictures that stand alone.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "photo-credit",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes a credit of a picture that stands alone: `Foto: Pia Lund`, `(Getty)`, `Pia Lund / Dorrin Today / AP`.",
    why: "Its picture is gone.",
    limits: "Short lines of names only. A caption with its credit is moved to `captions` by the rule `caption`.",
    source: "Credit forms of agencies and photographers in 37 languages, listed in tables/credit.txt.",
    examples: &[
        Example::changes(
            "It rang.\n\nFoto: Pia Lund\n\nIt rang twice.\n\nAdvertisement",
            "It rang.\n\nIt rang twice.\n\nAdvertisement",
        ),
        Example::changes("It rang.\n\n(Pia Lund/Reuters)\n\nAdvertisement", "It rang.\n\nAdvertisement"),
        Example::keeps("It rang.\n\nReuters reported it first."),
        Example::keeps("It rang.\n\nPhoto: a history of pictures on paper"),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "photo-credit",
    needs: CueSet::of(&[Cue::Credit, Cue::CreditLabel]),
    looks: Looks::SIGNED,
    grade: judge,
};

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Likely)
}

fn holds(view: &View<'_>) -> bool {
    if !view.set().meets(CueSet::of(&[Cue::Credit, Cue::CreditLabel])) && !view.text().starts_with('©') {
        return false;
    }
    crate::credit::ending(view.page(), view.index).is_some_and(|credit| credit.span.start == view.span().start)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

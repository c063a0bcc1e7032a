//! Credits of pictures that stand alone.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::words::Word;

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
        Example::changes(
            "It rang.\n\nFotograf: Pia Lund / Dorrin Today\n\nIt rang twice.",
            "It rang.\n\nIt rang twice.",
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
    if is_dated(view) {
        return Some(Grade::Certain);
    }
    if !view.set().meets(CueSet::of(&[Cue::Credit, Cue::CreditLabel])) && !view.text().starts_with('©') {
        return None;
    }
    let credit =
        crate::credit::ending(view.page(), view.index).filter(|credit| credit.span.start == view.span().start)?;
    // In brackets, or an agency alone, it may be the source of a report.
    let labelled = view.leads(CueSet::of(&[Cue::CreditLabel])) && !view.text().starts_with(['(', '[', '（', '©']);
    let sure = labelled && credit.sure && view.n_words() <= MAX_LABELLED && names_person(view, credit.names);
    Some(if sure { Grade::Certain } else { Grade::Likely })
}

/// Whether two words beside those of agencies are names.
fn names_person(view: &View<'_>, names: Span) -> bool {
    let of_agency = |word: &Word| {
        view.hits().any(|hit| hit.cue == Cue::Credit && hit.span.start <= word.start && word.end <= hit.span.end)
    };
    let is_name = |word: &&Word| word.start >= names.start && !word.has(Word::LOWER) && !of_agency(word);
    view.words().iter().filter(is_name).count() > 1
}

/// Most words of a label with the names of a photographer and an outlet.
const MAX_LABELLED: u32 = 10;

/// `=2025年5月14日、森田健撮影`: the place and day of a picture, and who took it.
fn is_dated(view: &View<'_>) -> bool {
    let text = view.text().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    text.ends_with("撮影")
        && (text.starts_with(['=', '＝']) || text.contains(['=', '＝']) && view.is_line())
        && !text.contains('。')
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

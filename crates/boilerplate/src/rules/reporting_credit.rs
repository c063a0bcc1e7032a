//! Credits of reporters, editors and agencies.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "reporting-credit",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lines after the article that say who reported and edited it: `(Reporting by ...; editing by ...)`.",
    why: "They are no sentence of the story.",
    limits: "After the last paragraph only, short, and in brackets or without a finite sentence.",
    source: "Forms of agencies and papers in 36 languages, listed in tables/author.txt.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time \
             since, in the hands of a diver.\n\n(Reporting by Lena Ostrow; editing by Piet Vos)\n\nAdvertisement",
            "The bell of the steamer \
             Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\nAdvertisement",
        ),
        Example::keeps(
            "(Reporting by Lena Ostrow)\n\nThe bell of the steamer Margit, which sank off Penlow in 1904, rang \
             on Sunday for the first time since, in the hands of a diver.",
        ),
        Example::keeps("Reporting by divers on the state of the wreck has been poor for years."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "reporting-credit", needs: CueSet::of(&[Cue::Reporting]), looks: Looks::BRACKETED, grade: judge };

/// Most words of a credit.
const MAX_WORDS: u32 = 30;

/// Longest sign of an agency or editor in brackets, bytes: `(dpa/kb)`.
const MAX_SIGN: usize = 24;

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Likely)
}

fn holds(view: &View<'_>) -> bool {
    if view.zone() != Zone::Tail || view.n_words() > MAX_WORDS {
        return false;
    }
    let text = view.text().trim_matches(['*', '_', ' ']);
    let bracketed = text.starts_with(['(', '[', '—', '–']);
    if text.starts_with('(') && text.ends_with(')') && text.len() <= MAX_SIGN && view.n_words() <= 3 {
        return text[1..text.len() - 1].chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | ' ' | ',' | '.'));
    }
    view.set().has(Cue::Reporting)
        && (view.leads(CueSet::of(&[Cue::Reporting])) || view.hits().any(|hit| hit.cue == Cue::Reporting && hit.opens))
        && (bracketed || view.is_line() || view.n_words() <= 16)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Notes on where else the article stands.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "syndication-note",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes notes that a text comes from a feed or by permission; with `--profile recall` also notes on where it appeared first and whose views it holds.",
    why: "They are about the text, not the story.",
    limits: "Before the first or after the last paragraph only, short, and in a text with other residue. Many papers count a \
             note on where the article appeared first as part of it, so it stays by default.",
    source: "Forms of agencies and papers in 28 languages, listed in tables/author.txt.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nThis story has not been edited and is auto-generated from a syndicated \
             feed.\n\nAdvertisement",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nAdvertisement",
        ),
        Example::keeps("This story was published in three newspapers, all of which have closed since."),
        Example::keeps("The views expressed by the diver are his own, the harbour office said."),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "syndication-note",
    needs: CueSet::of(&[Cue::Syndication, Cue::Provenance]),
    looks: Looks::NONE,
    grade: judge,
};

/// Most words of a note.
const MAX_WORDS: u32 = 50;

fn judge(view: &View<'_>) -> Option<Grade> {
    let feed = view.set().has(Cue::Syndication) || view.is_eager();
    (feed && view.is_outside() && view.n_words() <= MAX_WORDS && !view.reports()).then_some(Grade::Certain)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

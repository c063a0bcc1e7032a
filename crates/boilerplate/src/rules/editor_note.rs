//! Notes of the editors.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::view::{View, Views};

pub(crate) static RULE: Rule = Rule {
    id: "editor-note",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes notes of the editors, corrections and notes of updates. Runs only when asked for.",
    why: "They are about the text, not the story; some corpora want them out.",
    limits: "A correction may matter more than the sentence it corrects: by default they stay.",
    source: "Forms of news sites in 14 languages, listed in tables/author.txt.",
    examples: &[
        Example::changes(
            "It rang.\n\nCorrection: An earlier version of this story said that it did not ring.",
            "It rang.",
        ),
        Example::keeps("It rang.\n\nThe correction of the tide table took eleven years."),
        Example::keeps("It rang.\n\nUpdates on the tide are read out at noon."),
    ],
    run,
};

/// Most words of a note.
const MAX_WORDS: u32 = 90;

/// Whether a block is a note of the editors.
pub(crate) fn is_editor_note(view: &View<'_>) -> bool {
    if !view.set().has(Cue::EditorNote) || view.n_words() > MAX_WORDS || !view.leads(CueSet::of(&[Cue::EditorNote])) {
        return false;
    }
    let rest = view.hits().find(|hit| hit.cue == Cue::EditorNote).map(|hit| &view.page().text[hit.span.end as usize..]);
    view.count(Cue::EditorNote) > 1 || rest.is_some_and(|rest| rest.trim_start().starts_with([':', ',']))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for view in Views::of(page).iter().filter(is_editor_note) {
        edits.remove_block(view.index);
    }
}

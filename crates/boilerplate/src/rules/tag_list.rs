//! Lists of tags.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::shape::End;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "tag-list",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lists of tags and sections: `Tags: soup, station`, `Filed under: Food`, `#soup #station`.",
    why: "They file the article; they do not tell it.",
    limits: "Before the first or after the last paragraph, or with a colon after the label.",
    source: "Labels of news sites in 38 languages, listed in tables/widget.txt.",
    examples: &[
        Example::changes(
            "The recipe may not be changed without a permit from now on, but the price may, and did so at \
             once.\n\nTags: soup, station, monuments",
            "The recipe may not be changed without a permit from now on, but the \
             price may, and did so at once.",
        ),
        Example::keeps("Topics of the meeting were soup and stations."),
        Example::keeps("People died on the road to the station."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "tag-list", needs: CueSet::of(&[Cue::Tags]), looks: Looks::HASH, grade: judge };

/// Most words of a list.
const MAX_WORDS: u32 = 45;

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Certain)
}

fn holds(view: &View<'_>) -> bool {
    let text = view.text();
    if view.n_words() > MAX_WORDS {
        return false;
    }
    if text.starts_with('#') {
        let mut tags = text.split_whitespace();
        return view.is_outside() && tags.all(|tag| tag.len() > 2 && tag.starts_with('#'));
    }
    if !view.leads(CueSet::of(&[Cue::Tags])) || matches!(view.shape().end, End::Stop | End::Call) {
        return false;
    }
    let end = view.hits().filter(|hit| hit.cue == Cue::Tags).map(|hit| hit.span.end).max().unwrap_or(0);
    let rest = text[(end - view.span().start) as usize..].trim_start();
    match rest.chars().next() {
        None => view.is_outside(),
        Some(':' | '：') => view.is_outside() || rest.contains([',', '،']),
        Some(_) => view.is_outside() && (rest.contains([',', '،', '#', '|', '·', '•']) || view.n_words() <= 4),
    }
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

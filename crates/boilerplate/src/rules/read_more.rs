//! Links to other articles.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet, Hit};
use crate::shape::End;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "read-more",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lines that lead to another article: `Read more: ...`, `Related: ...`, `Lire aussi : ...`.",
    why: "They advertise other stories between the paragraphs of this one.",
    limits: "Needs the lead-in at the start and a headline after it, or a short ask. A sentence that begins with such \
             words stays.",
    source: "Lead-ins of news sites in 17 languages, listed in tables/read-more.txt.",
    examples: &[
        Example::changes(
            "It rang.\n\nRead more: Divers find second bell\n\nIt rang twice.",
            "It rang.\n\nIt rang twice.",
        ),
        Example::changes(
            "Es läutete.\n\nLesen Sie auch: Taucher finden zweite Glocke\n\nZweimal.",
            "Es läutete.\n\nZweimal.",
        ),
        Example::changes("It rang.\n\nRelated: Divers find second bell off Penlow", "It rang."),
        Example::keeps("More than two decades ago, the bell was heard for the last time."),
        Example::keeps("Read more than one newspaper, she told her pupils, and believe none."),
        Example::keeps("Related to the bell is the anchor, which was found in 1911."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "read-more", needs: CueSet::of(&[Cue::ReadMore, Cue::ReadMoreLead]), grade: judge };

/// Most words of a lead-in with the headline after it.
const MAX_LINK: u32 = 40;

/// Most words of an ask that ends like a sentence.
const MAX_ASK: u32 = 14;

fn judge(view: &View<'_>) -> Option<Grade> {
    let link = view.text().trim_end_matches([':', '：']).contains([':', '|', '»', '：']) || view.n_words() <= 3;
    holds(view).then_some(if link { Grade::Certain } else { Grade::Likely })
}

fn holds(view: &View<'_>) -> bool {
    if view.n_words() > MAX_LINK {
        return false;
    }
    let Some(first) = view.words().first() else { return false };
    let leading = |cue: Cue| {
        view.hits().filter(move |hit| hit.cue == cue && hit.span.start == first.start).max_by_key(|hit| hit.span.end)
    };
    let strong = leading(Cue::ReadMore);
    let weak = view.hits().filter(|hit| hit.cue == Cue::ReadMoreLead && hit.span.start == first.start);
    let colon = strong.is_some_and(|hit| has_colon(view, hit)) || weak.into_iter().any(|hit| has_colon(view, hit));
    if colon {
        return !view.shape().ends_sentence() || strong.is_some() || ends_like_headline(view);
    }
    let ask = view.n_words() <= MAX_ASK && view.addresses();
    let label = view.shape().end == End::None || view.shape().end == End::Colon && view.n_words() <= 2;
    strong.is_some() && !view.reports() && (label || ask)
}

/// A headline may end with `?` or `!`, hardly ever with a full stop.
fn ends_like_headline(view: &View<'_>) -> bool {
    view.shape().end == End::Call
}

/// Whether a colon, bar or arrow follows the phrase, or an earlier end of it.
fn has_colon(view: &View<'_>, hit: &Hit) -> bool {
    let rest = &view.page().text[hit.span.end as usize..view.span().end as usize];
    let rest = rest.trim_start();
    rest.starts_with([':', '：', '|', '»', '>', '›', '→', '▶', '►']) && rest.len() > 2
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(RULE.id, page, edits);
}

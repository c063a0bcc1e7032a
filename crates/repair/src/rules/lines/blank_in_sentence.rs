//! Blank lines inside a sentence.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::layout::{Break, Gap, Joins, Layout};

pub(crate) static RULE: Rule = Rule {
    id: "blank-in-sentence",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Joins two paragraphs that a blank line cut out of one sentence.",
    why: "Advertisements, pictures and page ends stand inside sentences; when they go, their blank lines stay.",
    limits: "A sentence that ended before the blank line stays apart. So does what begins with a capital, unless a comma, an \
        article, a preposition or a name that comes back speaks against it. So do \
        headlines and buttons in a text whose other paragraphs all end in stops.",
    source: "Scores of the layout, fitted on broken texts with known paragraphs; see the table of signals.",
    examples: &[
        Example::changes(
            "The harbour is currently\n\nproviding shelter to forty boats.",
            "The harbour is currently providing shelter to forty boats.",
        ),
        Example::changes(
            "The ferry will leave from the old stone pier of the\n\nPenlow boat club until the new one is ready.",
            "The ferry will leave from the old stone pier of the Penlow boat club until the new one is ready.",
        ),
        Example::keeps("The ferry left on time.\n\nits owner said nothing."),
        Example::keeps("A list of winners\n\nThe prizes were given out in Halm."),
        Example::keeps(
            "岬の灯台、来春公開へ「町の宝に」 改修費は三千八百万円\n\n\
            鳴瀬町は五日、使われなくなった岬の灯台を改修し、来年四月から公開すると発表した。\n\n\
            改修費は三千八百万円で、うち半分を国の補助でまかなうという。",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let layout = page.measured::<Layout>();
    if layout.found.joins != Joins::OverBlanks {
        return;
    }
    for Break { gap, span, after, double_spaced, .. } in layout.breaks(page.text) {
        match gap {
            _ if after.blanks == 0 || after.furniture || double_spaced => {}
            Gap::Join => edits.replace(span, " "),
            Gap::Tight => edits.delete(span),
            _ => {}
        }
    }
}

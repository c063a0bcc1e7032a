//! Line breaks inside a paragraph.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::layout::{Break, Gap, Joins, Layout};

pub(crate) static RULE: Rule = Rule {
    id: "broken-line",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Joins lines that were broken inside a paragraph: with a space, or with none in Chinese and Japanese, \
        before a closing mark and after a hyphen.",
    why: "Wrapping at a column, inline tags turned into lines, and PDF lines cut sentences apart; whatever reads \
        line by line then sees half sentences.",
    limits: "Lines of lists, tables, verse, code and addresses stay as they are, and so does every break that is \
        more likely the author's than not.",
    source: "Scores of the layout, fitted on broken texts with known paragraphs; see the table of signals.",
    examples: &[
        Example::changes(
            "Speaking\nin an interview on Sunday, the mayor\nclaimed that nobody had told her.",
            "Speaking in an interview on Sunday, the mayor claimed that nobody had told her.",
        ),
        Example::keeps("Trains resume after storm\nThe first train left Orvane at six."),
        Example::changes(
            "市役所によると、橋の修理は13日、\n予定より二週間早く始まり、費用は約4\n億円とみられる。",
            "市役所によると、橋の修理は13日、予定より二週間早く始まり、費用は約4億円とみられる。",
        ),
        Example::changes(
            "T\nhe mayor of Orvane made a U-\nturn on Sunday.",
            "The mayor of Orvane made a U-turn on Sunday.",
        ),
        Example::changes("On Monday\nHalm\n’s council met.", "On Monday Halm’s council met."),
        Example::keeps("News\nSport\nWeather\nLocal events\nLetters\nOpinion\nHouses\nJobs"),
        Example::keeps("- flour\n- salt\n- two eggs"),
        Example::keeps("Orvane Town Hall\n4 Mill Road\nHalm 44107\nTel. 555 0134\nmail@example.org"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let layout = page.measured::<Layout>();
    if layout.found.joins == Joins::None {
        return;
    }
    for Break { gap, span, after, .. } in layout.breaks(page.text) {
        match gap {
            _ if after.blanks > 0 || after.furniture => {}
            Gap::Join => edits.replace(span, " "),
            Gap::Tight => edits.delete(span),
            _ => {}
        }
    }
}

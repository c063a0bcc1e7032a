//! Navigation and buttons.
use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::word_map::WordMap;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "navigation",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes navigation and buttons: `Skip to main content`, `Back to top`, `Print`, `Show more`.",
    why: "They work the page and say nothing.",
    limits: "Whole lines only. One word between two paragraphs may be a subheading and stays, unless another button \
             stands beside it.",
    source: "Navigation of news sites in 38 languages, listed in tables/widget.txt.",
    examples: &[
        Example::changes(
            "Skip to main content\n\nThe bell of the steamer Margit, which sank off Penlow in 1904, rang on \
             Sunday for the first time since, in the hands of a diver.",
            "The bell of the steamer Margit, which sank off \
             Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.",
        ),
        Example::changes("Home > News > Harbour\n\nThe bell rang.", "The bell rang."),
        Example::changes("The bell rang.\n\nA- A A+\n\nIt rang twice.", "The bell rang.\n\nIt rang twice."),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time \
             since, in the hands of a diver.\n\nHome\n\nThe bell will hang in the harbour office of Penlow, from which the \
             Margit had set out on her last voyage with oranges.",
        ),
        Example::keeps("Back to the top of the table went Callow, who won by three."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "navigation", needs: CueSet::of(&[Cue::Navigation]), looks: Looks::LABEL, grade: judge };

/// Labels of other parts of a page.
const LABELS: CueSet = CueSet::of(&[
    Cue::Navigation,
    Cue::PaywallLabel,
    Cue::CookieLabel,
    Cue::CommentLabel,
    Cue::NewsletterLabel,
    Cue::RelatedHeading,
    Cue::AdLabel,
    Cue::Player,
    Cue::Gallery,
]);

fn judge(view: &View<'_>) -> Option<Grade> {
    if is_crumbs(view) {
        return Some(Grade::Certain);
    }
    if !view.set().has(Cue::Navigation) {
        return None;
    }
    if is_sizes(view) {
        let signed = |view: &View<'_>| view.text().contains(['+', '-', '−', '–']);
        let near = |offset| view.near(offset).is_some_and(|near| is_sizes(&near) && signed(&near));
        let sure = view.n_words() > 1 || signed(view) || near(-1) || near(1);
        return sure.then_some(Grade::Certain);
    }
    let beside = |offset| view.near(offset).is_some_and(|near| near.set().meets(LABELS));
    let lone = view.zone() == Zone::Body && view.n_words() <= 1 && !beside(-1) && !beside(1);
    (!lone).then_some(if view.n_words() > 1 || view.is_outside() { Grade::Certain } else { Grade::Likely })
}

/// Whether a line is a path from the front page: `Home > News > Local`.
fn is_crumbs(view: &View<'_>) -> bool {
    let text = view.text();
    let marks = text.matches(['>', '›', '»', '→']);
    let short = text.split(['>', '›', '»', '→']).all(|part| part.split_whitespace().count() <= MAX_STEP);
    marks.count() > 1
        && short
        && view.is_line()
        && view.words().first().is_some_and(|word| HOME.get(word.hash).is_some())
}

/// Most words of a step of such a path.
const MAX_STEP: usize = 4;

/// Names of front pages.
static HOME: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let words = "home start startseite accueil inicio início portada forside forsiden hem startsida etusivu avaleht sākums pradžia \
                 главная головна strona anasayfa domů domov főoldal kezdőlap acasă начало početna naslovnica αρχική inici beranda \
                 الرئيسية خانه ראשי होम প্রচ্ছদ";
    WordMap::of(std::iter::once(((), words)))
});

/// Whether a line is of letters for the size of the text: `A- A A+`.
fn is_sizes(view: &View<'_>) -> bool {
    view.n_words() <= MAX_SIZES
        && view.text().chars().all(|c| matches!(c, 'A' | 'a' | '+' | '-' | '−' | '–' | '/' | '|' | ' '))
}

/// Letters for the size of the text at most.
const MAX_SIZES: u32 = 3;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

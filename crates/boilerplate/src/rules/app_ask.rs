//! Asks to take the outlet's app.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "app-ask",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes asks to take the outlet's app or to hear its podcast, and names of app stores.",
    why: "It is an advertisement of the outlet for itself.",
    limits: "Short blocks in which nobody is quoted.",
    source: "App asks of news sites in 35 languages, listed in tables/widget.txt.",
    examples: &[
        Example::changes("The bell rang.\n\nCLICK HERE TO GET THE BRANDOW APP", "The bell rang."),
        Example::changes("The bell rang.\n\nApp Store Google Play", "The bell rang."),
        Example::changes(
            "The bell rang.\n\nListen and subscribe to Bells of Brandow wherever you get your podcasts.",
            "The bell rang.",
        ),
        Example::keeps("Users who download the app must give their address, the ministry said."),
        Example::keeps(
            "The app is available on the App Store and Google Play since Friday and has been loaded by nobody so far, \
             which its makers put down to the weather.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "app-ask", needs: CueSet::of(&[Cue::App, Cue::Podcast]), looks: Looks::NONE, grade: judge };

/// Most words of an ask.
const MAX_WORDS: u32 = 24;

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Certain)
}

fn holds(view: &View<'_>) -> bool {
    let ask = view.opens(Cue::App) || view.opens(Cue::Podcast) || view.is_line() || view.addresses();
    view.n_words() <= MAX_WORDS && ask && !view.reports()
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Newsletter asks and forms.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "newsletter",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes asks to take a newsletter or alerts, with the labels and small print of their forms.",
    why: "It is an advertisement of the outlet for itself, set between or below the paragraphs.",
    limits: "Needs an imperative at the start of a sentence or words to the reader, in a short block in which nobody \
             is quoted. Stories about newsletters stay.",
    source: "Forms of news sites in 38 languages, listed in tables/newsletter.txt.",
    examples: &[
        Example::changes(
            "The jury plans to reply.\n\nSign up for our weekly newsletter and get the best of Brandow in your inbox.",
            "The jury plans to reply.",
        ),
        Example::changes("The jury plans to reply.\n\nEnter your email address", "The jury plans to reply."),
        Example::changes(
            "Die Jury will antworten.\n\nJetzt unseren Newsletter abonnieren und nichts verpassen.",
            "Die Jury will antworten.",
        ),
        Example::changes(
            "The bell rang.\n\nTurn on alerts for breaking news from the harbour?\n\nYes, ring me\n\nRather not",
            "The bell rang.",
        ),
        Example::keeps("There is no way to sign up for the newsletter, which is sent to one person every Tuesday."),
        Example::keeps("“People ask me where to sign up for the newsletter,” Roth said. “I tell them: be my sister.”"),
        Example::keeps(
            "The old press was built for size and sold to a printer in the U.S., where it folds, prints and trims the \
             same sheet that the council drops in your inbox as a scan, only with a better smell and, on some days, with \
             a crossword on the back.",
        ),
        Example::keeps("A newsletter that is sent to one person has won the small press award of the city."),
        Example::keeps("The council's newsletter is delivered to your inbox if you live in Brandow, the mayor said."),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "newsletter",
    needs: CueSet::of(&[Cue::Newsletter, Cue::NewsletterLabel]),
    looks: Looks::NONE,
    grade: judge,
};

/// Most words of an ask.
const MAX_WORDS: u32 = 80;

fn judge(view: &View<'_>) -> Option<Grade> {
    if view.set().has(Cue::NewsletterLabel) {
        return Some(view.label_grade());
    }
    view.asks(Cue::Newsletter, MAX_WORDS).then_some(Grade::Certain)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

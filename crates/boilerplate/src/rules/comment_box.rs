//! Comment boxes and their rules.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "comment-box",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes asks to comment or to write to the newsroom, rules of commenting, and labels of comment boxes.",
    why: "They belong to the page below the article.",
    limits: "The comments of readers themselves read like prose and are left to the block model.",
    source: "Comment boxes of news sites in 38 languages, listed in tables/comment.txt.",
    examples: &[
        Example::changes("The toll is a sheep.\n\nLeave a comment\n\n3 Comments", "The toll is a sheep."),
        Example::changes(
            "The toll is a sheep.\n\nPlease keep comments relevant and respectful. Comments may be moderated.",
            "The toll is a sheep.",
        ),
        Example::changes(
            "The ferry over the Halm is late again, and nobody on the quay can say why it should be so.\n\n\
             The captain says that the tide is to blame, and the harbour master says that the captain is.\n\n\
             Would you swim instead?\n\nYes\n\nOnly downstream\n\nVote · 1,822 votes in all\n\n\
             It came at ten, with an empty deck and a dog at the rail that belonged to nobody on board.",
            "The ferry over the Halm is late again, and nobody on the quay can say why it should be so.\n\n\
             The captain says that the tide is to blame, and the harbour master says that the captain is.\n\n\
             It came at ten, with an empty deck and a dog at the rail that belonged to nobody on board.",
        ),
        Example::keeps("Would you swim?\n\nYes\n\nNo\n\nThese were the two answers that the ferry office had printed."),
        Example::changes("Es läutete.\n\nKommentare (37)", "Es läutete."),
        Example::keeps("The minister declined to leave a comment on the report."),
        Example::keeps(
            "She asked viewers to send tips to the police and not to comment on the case in public, she said.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "comment-box",
    needs: CueSet::of(&[Cue::Comment, Cue::CommentLabel]),
    looks: Looks::NONE,
    grade: judge,
};

/// Most words of a rule of commenting.
const MAX_WORDS: u32 = 120;

/// Most words of an ask between two paragraphs.
const MAX_INSIDE: u32 = 40;

fn judge(view: &View<'_>) -> Option<Grade> {
    if view.set().has(Cue::CommentLabel) {
        return Some(view.label_grade());
    }
    let max = if view.zone() == Zone::Body { MAX_INSIDE } else { MAX_WORDS };
    view.asks(Cue::Comment, max).then_some(Grade::Certain)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Lists of other articles.
use cleancopy_core::{BlockKind, Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::head;
use crate::looks::Looks;
use crate::shape::End;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "related-list",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes headings such as `Most read` or `Related articles` and the headlines below them.",
    why: "They are about other stories.",
    limits: "Below the heading, lines go as long as they look like headlines. Between two paragraphs the list must be \
             short; one word alone may be a subheading and stays. Over the first paragraph the list ends at the headline \
             that the paragraph tells again.",
    source: "Headings of news sites in 40 languages, listed in tables/read-more.txt.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nMost read\n\nDivers find second bell\n\nOranges wash ashore",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.",
        ),
        Example::changes(
            "Most read\n\nOranges wash ashore\n\nDiver rings the bell of the steamer Margit\n\nThe bell of the steamer Margit, \
             which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.",
            "Diver rings the bell of the steamer Margit\n\nThe bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.",
        ),
        Example::keeps("The most read book in the harbour library is a table of tides."),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nEvents\n\nThe bell will be shown to the public in the harbour office of Penlow on three \
             days in May, and rung on one of them.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "related-list", needs: CueSet::of(&[Cue::RelatedHeading]), looks: Looks::LISTED, grade: judge };

/// Most words of a headline in a list.
const MAX_LINE: u32 = 28;

/// Longest list below a heading, blocks, between two paragraphs and outside them.
const MAX_LIST: (usize, usize) = (4, 30);

fn judge(view: &View<'_>) -> Option<Grade> {
    let inside = view.zone() == Zone::Body;
    if view.set().has(Cue::RelatedHeading) {
        // One word between two paragraphs may be a subheading.
        return (!inside || view.n_words() > 1).then_some(Grade::Certain);
    }
    (is_link(view) && is_listed(view, inside) && !is_own(view)).then_some(Grade::Certain)
}

/// Whether unbroken lines lead up to a heading of other articles.
fn is_listed(view: &View<'_>, inside: bool) -> bool {
    let max = if inside { MAX_LIST.0 } else { MAX_LIST.1 };
    for back in 1..=max {
        let Some(before) = view.near(-(back as isize)) else { return false };
        if before.set().has(Cue::RelatedHeading) {
            return before.zone() == view.zone() && (!inside || before.n_words() > 1 && is_long_list(view, &before));
        }
        if !is_link(&before) || is_own(&before) {
            return false;
        }
    }
    false
}

/// Whether a line over the first paragraph is the headline or deck of this article: the paragraph tells it again.
fn is_own(view: &View<'_>) -> bool {
    let told = view.first_paragraph().filter(|_| view.zone() == Zone::Head);
    told.is_some_and(|body| head::retold(view.page(), view.index, body).take(MIN_RETOLD).count() == MIN_RETOLD)
}

/// Words of a headline that the first paragraph tells again.
const MIN_RETOLD: usize = 3;

/// Whether a block looks like the headline of another article.
fn is_link(view: &View<'_>) -> bool {
    let shape = view.shape();
    shape.words <= MAX_LINE
        && (matches!(shape.end, End::None | End::Call | End::Ellipsis) || view.kind() == BlockKind::ListItem)
}

/// Between two paragraphs, a headline right below the heading may be the next subheading: only list items,
/// or at least two lines, are other articles.
fn is_long_list(view: &View<'_>, heading: &View<'_>) -> bool {
    if view.kind() == BlockKind::ListItem {
        return true;
    }
    let below = |at: isize| heading.near(at).is_some_and(|line| is_link(&line));
    below(1) && below(2)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

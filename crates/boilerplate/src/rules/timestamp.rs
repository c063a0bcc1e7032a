//! Time stamps and reading times.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::CueSet;
use crate::dates::{self, DateLine};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "timestamp",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lines that are nothing but a time: `13 hours ago`, `4 min read`, `15.04.2026 - 15:48 Uhr`.",
    why: "They belong to the page, or to teasers of other articles.",
    limits: "A date without a clock time between two paragraphs may head a part of a chronicle and stays. The date of the \
             article itself is taken by `date-line`.",
    source: "Time forms of news sites in 40 languages, listed in tables/date.txt.",
    examples: &[
        Example::changes("The bell rang.\n\n13 hours ago\n\nAdvertisement", "The bell rang.\n\nAdvertisement"),
        Example::changes("Advertisement\n\n4 min read\n\nThe bell rang.", "Advertisement\n\nThe bell rang."),
        Example::changes("Es läutete.\n\nLesedauer: ca. 3 Minuten\n\nZweimal.", "Es läutete.\n\nZweimal."),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time \
             since then.\n\n3 March 1904\n\nThe steamer leaves Penlow with oranges, a crew of eleven and a passenger whose \
             name has been lost since the fire.",
        ),
        Example::keeps("The bell rang 13 hours ago."),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge { id: "timestamp", needs: CueSet::of(&[]), looks: Looks::DATED, grade: judge };

/// Most words of a time stamp.
const MAX_WORDS: u32 = Looks::MAX_DATED;

fn judge(view: &View<'_>) -> Option<Grade> {
    let line = read(view)?;
    let dated = line.has_date();
    let twice = line.published.is_some() && line.updated.is_some();
    let timed = !dated || twice || has_clock(view.text());
    match view.zone() {
        Zone::Body if !timed => None,
        _ if !timed && heads_part(view) => None,
        // The date of an article is no sign that a page was copied with what stands around it, and `12 months out` may be a
        // subheading.
        Zone::Head if !timed => Some(Grade::Likely),
        Zone::Body if !has_clock(view.text()) && others(view).any(|other| read(&other).is_some()) => {
            Some(Grade::Likely)
        }
        _ => Some(Grade::Certain),
    }
}

fn read(view: &View<'_>) -> Option<DateLine> {
    let may_be = view.shape().digits > 0 && view.n_words() <= MAX_WORDS;
    may_be.then(|| dates::read(view.page().text, view.span(), view.words())).flatten()
}

/// Whether dates stand between the paragraphs too, so that this one heads one of several parts.
fn heads_part(view: &View<'_>) -> bool {
    others(view).any(|other| read(&other).is_some_and(|line| line.has_date()))
}

/// The other blocks between the first and the last paragraph.
fn others<'v>(view: &View<'v>) -> impl Iterator<Item = View<'v>> {
    let all = |step: isize| (1..).map_while(move |offset| view.near(step * offset));
    all(-1).chain(all(1)).filter(|other| other.zone() == Zone::Body)
}

/// Whether a colon stands between two digits.
fn has_clock(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| three[1] == b':' && three[0].is_ascii_digit() && three[2].is_ascii_digit())
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Lines about the author.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::words::Word;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "author-bio",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lines about the author after the article: who they are, where to follow and reach them.",
    why: "They stand under every article of that author.",
    limits: "After the last paragraph, or with an address in it. A paragraph of the story that describes a reporter stays.",
    source: "Forms of news sites in 35 languages, listed in tables/author.txt.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time \
             since, in the hands of a diver.\n\nLena Ostrow is a reporter for the Harbour Gazette. Follow her on Twitter \
             @lenaostrow.\n\nAdvertisement",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first \
             time since, in the hands of a diver.\n\nAdvertisement",
        ),
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.\n\nLena Ostrow is an editor and opinion writer for the Harbour Gazette. She grew up on a ferry, \
             and does what the tide tells her to.",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the \
             hands of a diver.",
        ),
        Example::keeps(
            "The diver, who is a reporter for the Harbour Gazette, rang it twice.\n\nThe bell of the steamer \
             Margit, which sank off Penlow in 1904, will hang in the harbour office from May.",
        ),
        Example::keeps("Anyone who saw the bell can be contacted through the harbour office, which opens at nine."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "author-bio", needs: CueSet::of(&[Cue::Bio]), looks: Looks::NONE, grade: judge };

/// Most words of such lines.
const MAX_WORDS: u32 = 110;

/// Most words of a line with an address between two paragraphs.
const MAX_INSIDE: u32 = 30;

fn judge(view: &View<'_>) -> Option<Grade> {
    match () {
        () if is_introduced(view) => Some(Grade::Certain),
        () if holds(view) => Some(Grade::Likely),
        () => None,
    }
}

/// Whether it says after the article who somebody is whom the article hardly names.
fn is_introduced(view: &View<'_>) -> bool {
    let words = view.words();
    let said = view.hits().find(|hit| hit.cue == Cue::Bio).map(|hit| hit.span.start);
    let name = words.iter().take_while(|word| word.has(Word::UPPER)).take(MAX_NAME);
    let Some(last) = name.clone().last() else { return false };
    let follows = said.is_some_and(|said| (last.end..=last.end + 2).contains(&said));
    // A byline may name the author once.
    let known = || view.words_before().iter().filter(|word| word.hash == last.hash).nth(1).is_some();
    name.count() >= 2
        && follows
        && view.zone() == Zone::Tail
        && (MIN_WORDS..=MAX_WORDS).contains(&view.n_words())
        && !known()
}

/// Words of a name, and of a bio that needs no other sign.
const MAX_NAME: usize = 4;
const MIN_WORDS: u32 = 12;

fn holds(view: &View<'_>) -> bool {
    let addressed = view.text().contains('@') && view.opens(Cue::Bio);
    if view.zone() == Zone::Body {
        return addressed && view.n_words() <= MAX_INSIDE;
    }
    if view.n_words() > MAX_WORDS || (view.reports() && !view.text().contains('@')) {
        return false;
    }
    let label = view.is_line() && view.n_words() <= 6 && view.leads(CueSet::of(&[Cue::Bio]));
    label || addressed || view.zone() == Zone::Tail && is_named(view)
}

/// Whether it begins with a person's name.
fn is_named(view: &View<'_>) -> bool {
    let mut words = view.words().iter();
    let name = |word: &Word| word.has(Word::UPPER) && !word.has(Word::CAPS);
    words.next().is_some_and(name) && (words.next().is_some_and(name) || view.text().contains(['@', '•']))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

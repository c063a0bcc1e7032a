//! Notices of cookies, privacy, terms and browsers.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "cookie-notice",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes notices of cookies, privacy, terms of use and outdated browsers, with their buttons.",
    why: "They are about the site, not the story.",
    limits: "Needs words to the reader or of the site about itself, in a block in which nobody is quoted. Stories about \
             privacy laws and cookies stay.",
    source: "Notices of news sites in 36 languages, listed in tables/cookie.txt.",
    examples: &[
        Example::changes(
            "The seal was well.\n\nWe use cookies to improve your experience. By continuing to use this site, you agree \
             to our cookie policy.",
            "The seal was well.",
        ),
        Example::changes("The seal was well.\n\nPrivacy Policy", "The seal was well."),
        Example::keeps(
            "The law forbids sites to use cookies without consent, and each cookie banner must have a way out.",
        ),
        Example::keeps(
            "By using the hotel's own website, or even by ringing the porter, you may find a room with a view of the seal \
             that no agent sells, the mayor of Penlow wrote, and you will pay less for it than for one without.",
        ),
        Example::keeps(
            "The regulator fined the company for its privacy policy and its terms of use, a spokesman said.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "cookie-notice",
    needs: CueSet::of(&[Cue::Cookie, Cue::CookieLabel]),
    looks: Looks::NONE,
    grade: judge,
};

/// Most words of a notice.
const MAX_WORDS: u32 = 160;

/// Most words of a line of links.
const MAX_LINE: u32 = 12;

fn judge(view: &View<'_>) -> Option<Grade> {
    if view.set().has(Cue::CookieLabel) {
        return Some(view.label_grade());
    }
    let asks = view.asks(Cue::Cookie, MAX_WORDS);
    let links = view.is_line() && view.n_words() <= MAX_LINE && view.is_outside();
    (asks || links).then_some(Grade::Certain)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

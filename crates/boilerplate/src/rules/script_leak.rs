//! Leaked program text and templates.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::CueSet;
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "script-leak",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes leaked scripts, style sheets, templates and encoded data.",
    why: "An extractor that reads a page as text takes some of its programs along.",
    limits: "A story about programs that shows one line of code keeps it unless it is a call on the page itself.",
    source: "Leaks in the evaluation's development half.",
    examples: &[
        Example::changes("It rang.\n\nvar e = document.createElement('script'); e.async = true;", "It rang."),
        Example::changes("It rang.\n\nBLOCK(pullquote)[0](%7B%22align%22%3A%22left%22%7D)", "It rang."),
        Example::keeps("The program has one line, print('ring'), and took eleven years."),
        Example::keeps("The function (seen here in June) was held in the harbour office."),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge { id: "script-leak", needs: CueSet::of(&[]), looks: Looks::DENSE, grade: judge };

/// Program text that calls on a page, or data encoded for one.
const SIGNS: &[&str] = &[
    "document.createElement",
    "document.getElement",
    "document.write",
    "window.",
    "function(",
    "function (){",
    "%7B%22",
    "(pullquote)",
    "googletag.",
    "addEventListener",
    "!important",
    "@media ",
    "{display:",
    "font-size:",
    "padding:",
    "jQuery(",
    "$(document)",
    "});",
    "</script",
    "<iframe",
    "<script",
    "[/caption]",
    "[caption ",
    "[embed]",
    "{{",
    "data-src=",
];

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Certain)
}

fn holds(view: &View<'_>) -> bool {
    let text = view.text();
    memchr::memchr3(b'(', b'{', b'<', text.as_bytes())
        .or_else(|| memchr::memchr3(b'[', b':', b'!', text.as_bytes()))
        .is_some()
        // Marks of program text are frequent; running text has few.
        && view.signs().marks as usize * Looks::DENSE_ONE_IN >= text.len()
        && SIGNS.iter().any(|sign| text.contains(sign))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Copyright lines.
use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::word_map::WordMap;
use crate::words::Word;

pub(crate) static RULE: Rule = Rule {
    id: "copyright-line",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes a line of copyright or rights: `© Copyright Lowfield Post 2025`.",
    why: "It stands under every article of the outlet.",
    limits: "Needs the sign, or the word with a year or name, at the start of a short block, or a claim of rights that \
             is the whole block, or opens a sentence of a short block outside the article. The year is not taken for a date. \
             Stories about copyright stay.",
    source: "Rights lines of news sites in 36 languages, listed in tables/copyright.txt.",
    examples: &[
        Example::changes(
            "Upper Quill paid with a bench.\n© Copyright Kestrel Wire 2024. All rights reserved.",
            "Upper Quill paid with a bench.",
        ),
        Example::changes("Upper Quill paid with a bench.\nAll rights reserved.", "Upper Quill paid with a bench."),
        Example::keeps("The photographer had printed “© 2019, all rights reserved” across the dumpling itself."),
        Example::keeps(
            "All rights reserved is a phrase from a treaty of 1910 that no longer has any effect, she said.",
        ),
        Example::changes(
            "The bench of Upper Quill has been paid for with the first money that the wire ever sent, says the parish clerk, \
             who counted it twice.\n\nAlle Rechte vorbehalten. Nachdruck nur mit schriftlicher Genehmigung des Verlags.",
            "The bench of Upper Quill has been paid for with the first money that the wire ever sent, says the parish clerk, \
             who counted it twice.",
        ),
        Example::keeps(
            "The keys hang in the hall of Penlow again, where the sexton counts them twice a day and finds that one is always \
             missing.\n\nCopying of the keys is prohibited, and nobody but the sexton knows why.",
        ),
        Example::keeps("Copyright in recipes is not affected. There is none."),
        Example::keeps(
            "The reproduction of the dumpling in wood is prohibited without permission of the cook, a court in Penlow has found, \
             and it may be shown in no window.\n\nThe cook told the court that she had carved it herself, in one night, from the \
             leg of a bench that the parish had thrown away.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "copyright-line",
    needs: CueSet::of(&[Cue::Copyright, Cue::Rights]),
    looks: Looks::SIGNED,
    grade: judge,
};

/// Most words of a line that begins with the sign: name, year and a claim in two sentences.
const MAX_SIGNED: u32 = 45;

/// Most words beside the claim where no sign stands.
const MAX_BARE: u32 = 8;

/// Most words of an ask for leave that names nothing: `Reproduction forbidden without permission`.
const MAX_SHORT: u32 = 6;

fn judge(view: &View<'_>) -> Option<Grade> {
    if view.n_words() > MAX_SIGNED {
        return None;
    }
    let (text, set, words) = (view.text(), view.set(), view.words());
    let dated = || words.iter().take(8).any(|word| word.has(Word::DIGIT));
    let named = set.has(Cue::Copyright)
        && (text.contains(['©', 'Ⓒ'])
            || set.has(Cue::Rights)
            || words.iter().skip(1).take(2).any(|word| word.has(Word::DIGIT)));
    let claimed = view.hits().filter(|hit| hit.cue == Cue::Rights).any(|hit| {
        let mut outside = words.iter().filter(|word| word.end <= hit.span.start || word.start >= hit.span.end);
        // Without cases, names are told from a sentence by its end alone.
        let told = |word: &Word| word.has(Word::LOWER) || word.has(Word::CASELESS) && view.shape().ends_sentence();
        outside.clone().count() as u32 <= MAX_BARE && !outside.any(told)
    });
    if text.starts_with('©') || starts_with_c(text) {
        // The sign and a name may be the credit of a picture that the article speaks of.
        let sure = named || set.meets(CueSet::of(&[Cue::Rights, Cue::CreditLabel])) || dated();
        return Some(if sure { Grade::Certain } else { Grade::Likely });
    }
    (named || claimed || forbids(view)).then_some(Grade::Certain)
}

/// Whether a block outside the article is about who may use it: two claims, or a sentence that one opens and that says little
/// else or speaks of texts and publishers.
fn forbids(view: &View<'_>) -> bool {
    let about = || view.n_words() <= MAX_SHORT || view.words().iter().any(|word| CONTENT.get(word.hash).is_some());
    let claims = view.count(Cue::Rights) > 1 || view.opens(Cue::Rights) && about();
    claims && view.is_outside() && !view.reports()
}

/// Words for what is published, and for who publishes it.
static CONTENT: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let lines = include_str!("../tables/content.txt").lines().filter(|line| !line.starts_with('#'));
    WordMap::of(lines.map(|words| ((), words)))
});

/// Whether the text starts with `(c)` and a year or name.
fn starts_with_c(text: &str) -> bool {
    text.strip_prefix("(c)")
        .or_else(|| text.strip_prefix("(C)"))
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Share bars.
use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet, Hit};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::voices::Voice;
use crate::word_map::WordMap;
use crate::words::Word;
use crate::zones::Zone;

pub(crate) static RULE: Rule = Rule {
    id: "share-bar",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes bars and asks to share a page or follow the outlet: `Share Tweet WhatsApp`, `Follow us on Facebook`.",
    why: "They are buttons of the page.",
    limits: "A bar is a short line of nothing but such words; one word between two paragraphs may be a subheading and \
             stays. An ask is an imperative at the start of a short block.",
    source: "Bars of news sites in 38 languages, listed in tables/share-word.txt and tables/share.txt.",
    examples: &[
        Example::changes("The seal was well.\n\nShare on Facebook Tweet WhatsApp", "The seal was well."),
        Example::changes(
            "The seal was well.\n\nFollow us on Facebook and Instagram.\n\nAdvertisement",
            "The seal was well.\n\nAdvertisement",
        ),
        Example::changes("The seal was well.\n\nShare this article", "The seal was well."),
        Example::changes(
            "The seal of Penlow was well on Friday, said the keeper of the harbour, who had looked after her since the storm in May.\n\n\
             For more seals, follow us on Instagram",
            "The seal of Penlow was well on Friday, said the keeper of the harbour, who had looked after her since the storm in May.",
        ),
        Example::keeps(
            "The seal of Penlow was well on Friday, said the keeper of the harbour, who had looked after her since the storm in May.\n\n\
             The gulls follow us on the ferry each morning, and then they leave.",
        ),
        Example::keeps("The seal was well.\n\nShare prices of the zoo rose on Friday."),
        Example::keeps(
            "The seal was well.\n\nFollow the seal on its way to Iceland, and on Friday it is back in Penlow.",
        ),
        Example::keeps("He asked his followers to like and share the picture on Facebook and Instagram."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "share-bar", needs: CueSet::of(&[Cue::ShareAsk]), looks: Looks::LABEL, grade: judge };

/// Most words of a bar.
const MAX_BAR: usize = Looks::MAX_BAR;

/// Most words of an ask between paragraphs, and outside them.
const MAX_ASK: (u32, u32) = (18, 40);

/// Words of share bars, with whether they are strong.
static WORDS: LazyLock<WordMap<bool>> = LazyLock::new(|| {
    let lines = include_str!("../tables/share-word.txt").lines().filter(|line| !line.starts_with('#'));
    WordMap::of(lines.map(|line| {
        let mut parts = line.splitn(3, ' ').skip(1);
        let strong = parts.next() == Some("strong");
        (strong, parts.next().unwrap_or(""))
    }))
});

/// Names of networks.
static NETWORKS: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let lines = include_str!("../tables/share-word.txt").lines();
    WordMap::of(lines.filter_map(|line| line.strip_prefix("xx strong ")).map(|names| ((), names)))
});

fn judge(view: &View<'_>) -> Option<Grade> {
    if is_bar(view) {
        return Some(Grade::Certain);
    }
    // `For more, follow us on ...`
    let asks = view.set().has(Cue::ShareAsk) && view.is_outside() && names_network(view);
    if asks && view.is_line() && view.n_words() <= MAX_ASK.0 && !view.reports() {
        return Some(Grade::Certain);
    }
    let max = if view.zone() == Zone::Body { MAX_ASK.0 } else { MAX_ASK.1 };
    let asks = view.leads(CueSet::of(&[Cue::ShareAsk])) && view.n_words() <= max && !view.reports();
    asks.then(|| if is_whole(view) || is_follow(view) { Grade::Certain } else { Grade::Likely })
}

/// Whether the ask is all that a line says. One word between paragraphs may be a subheading.
fn is_whole(view: &View<'_>) -> bool {
    let (Some(first), Some(last)) = (view.words().first(), view.words().last()) else { return false };
    let whole = |hit: &Hit| hit.cue == Cue::ShareAsk && hit.span.start == first.start && hit.span.end == last.end;
    view.is_line() && (view.n_words() > 1 || view.is_outside()) && view.hits().any(whole)
}

/// Whether an ask outside the article names a network or speaks for the outlet. A sentence may be the author's own.
fn is_follow(view: &View<'_>) -> bool {
    view.is_outside() && (view.speaks(Voice::Own) || view.is_line() && names_network(view))
}

/// Whether it names a network behind its first word.
fn names_network(view: &View<'_>) -> bool {
    let named = |word: &Word| word.has(Word::UPPER) && NETWORKS.get(word.hash).is_some();
    view.words().iter().skip(1).any(named)
}

/// Whether a line holds nothing but words of share bars, numbers aside.
fn is_bar(view: &View<'_>) -> bool {
    let words = view.words();
    if words.is_empty() || words.len() > MAX_BAR || !view.is_line() {
        return false;
    }
    let mut n_strong = 0;
    for word in words {
        match WORDS.get(word.hash) {
            Some(strong) => n_strong += usize::from(strong),
            None if word.has(Word::DIGIT) => {}
            None => return false,
        }
    }
    n_strong >= if view.zone() == Zone::Body { 2 } else { 1 }
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

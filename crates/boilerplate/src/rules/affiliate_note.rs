//! Notes on commissions and sponsors.
use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::voices::Voice;
use crate::word_map::WordMap;

pub(crate) static RULE: Rule = Rule {
    id: "affiliate-note",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes notes that the outlet earns a commission from links or was paid.",
    why: "They stand under every article that sells something.",
    limits: "Needs words of the outlet about itself or to the reader; nobody may be quoted.",
    source: "Notes of news sites in 9 languages, listed in tables/author.txt.",
    examples: &[
        Example::changes(
            "It rang.\n\nWe may earn a commission if you buy through links on our site.\n\nAdvertisement",
            "It rang.\n\nAdvertisement",
        ),
        Example::changes(
            "The lamp is bright.\n\nWe may earn a small commission if you buy through links on this page.",
            "The lamp is bright.",
        ),
        Example::keeps("Sellers may earn a commission on each bell, according to the harbour office."),
        Example::keeps(
            "A shop with an affiliate program was in the U.S. the first to sell bells, and paid by the bell.",
        ),
        Example::keeps("The shop was sponsored by the brewery for eleven years."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "affiliate-note", needs: CueSet::of(&[Cue::Affiliate]), looks: Looks::NONE, grade: judge };

/// Most words of a note.
const MAX_WORDS: u32 = 70;

/// What the outlet is paid.
static COMMISSION: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let words = "commission commissions provision provisionen comisión comisiones commissione commissioni comissão commissie provizi \
                 prowizję provision provisjon provizija комиссию комісію komisyon";
    WordMap::of(std::iter::once(((), words)))
});

fn judge(view: &View<'_>) -> Option<Grade> {
    let pays = || view.speaks(Voice::Own) && view.words().iter().any(|word| COMMISSION.get(word.hash).is_some());
    let sure = view.count(Cue::Affiliate) > 1 && (view.speaks(Voice::Reader) || pays());
    holds(view).then_some(if sure { Grade::Certain } else { Grade::Likely })
}

fn holds(view: &View<'_>) -> bool {
    view.asks(Cue::Affiliate, MAX_WORDS)
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

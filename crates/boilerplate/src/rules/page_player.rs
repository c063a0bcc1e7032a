//! Players of saved pages.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::dom::{Dom, Fate, Part};

pub(crate) static RULE: Rule = Rule {
    id: "page-player",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes the words of players of sound and film.",
    why: "Titles, times and controls of a player are no sentences.",
    limits: "A transcript under a name of its own stays.",
    source: "Names in tables/page-names.txt and structure of the evaluation's pages.",
    examples: &[
        Example::changes(
            "<!doctype html><article><div class=\"video-player\"><p>0:00 / 1:32</p></div><p>The gull \
             on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.</p><p>It had been there since the spring, and nobody in the town could say what it \
             was waiting for.</p></article>",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk \
             said.\n\nIt had been there since the spring, and nobody in the town could say what it was \
             waiting for.",
        ),
        Example::keeps(
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.",
        ),
        Example::keeps("Share this: the player of the harbour, by Pia Lund, Dorrin Today, 4 May 2024."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    page.measured::<Dom>().remove(edits, |fate| matches!(fate, Fate::In(Part::Player)));
}

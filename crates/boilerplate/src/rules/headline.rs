//! Headlines.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::dom::same_words;
use crate::head::Head;

pub(crate) static RULE: Rule = Rule {
    id: "headline",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves the headline before the first paragraph to `title`: a heading, or a line without a full stop. A label of \
            a few words over it goes to `section`. Where a title is known that says something else, the line under it becomes \
            `subtitle`.",
    why: "A headline is no sentence of the article, and readers of the record look for it in its own field.",
    limits: "What stands under a known title and looks like a headline may be the first subheading; kept, the same text cleaned \
             again would lose it to `title`. Takes nothing when another line that looks like a headline would then stand first, when no running text \
             follows, and when the line is a sentence.",
    source: "Form of headlines in the project's samples; lengths from the titles declared by pages in the evaluation.",
    examples: &[
        Example::changes(
            "Gull Leaves Town Hall\nThe gull on the roof of the town hall in Dorrin flew away on Wednesday morning.",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning.",
        ),
        Example::changes(
            "Town life\nGull leaves town hall in Dorrin\nBy Ada Brook\nThe gull on the roof of the town hall in Dorrin \
             flew away on Wednesday morning.",
            "By Ada Brook\nThe gull on the roof of the town hall in Dorrin flew away on Wednesday morning.",
        ),
        Example::keeps(
            "Police in Stennick have asked the public to stop returning a wallet.\nIt was handed in on Monday and given \
             back on Tuesday to a man who turned out not to be its owner.",
        ),
        Example::keeps("What you have let go of\ncomes to my two hands:\none shoe, a wedding list,\nthe sea in cans."),
        Example::keeps(
            "Politics\nHow we got here\nWhat we know so far about the bridge\nThe bridge at Ebble was begun in 2016 to \
             reach a housing estate that was never built.",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let head = page.measured::<Head>();
    for &label in &head.labels {
        edits.lift(Field::Section, page.blocks[label].span.in_text(page.text).trim_start_matches('#').trim_start());
        edits.remove_block(label);
    }
    let Some(index) = head.title else { return };
    let text = page.blocks[index].span.in_text(page.text).trim_start_matches('#').trim_start();
    match page.meta.first(Field::Title) {
        Some(known) if !same_words(known, text) => {
            let is_deck = head.decks.is_empty() && !text.starts_with("- ");
            if is_deck && page.meta.first(Field::Subtitle).is_none() {
                edits.lift(Field::Subtitle, text);
            }
        }
        _ => edits.lift(Field::Title, text),
    }
    edits.remove_block(index);
}

//! Decks: the sentence under a headline.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::head::Head;

pub(crate) static RULE: Rule = Rule {
    id: "subtitle",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves the deck under a headline to `subtitle`.",
    why: "It repeats the story in headline style and belongs to the headline, not to the text.",
    limits: "A short deck without a full stop is taken where a byline or a date stands between it and the text, or where \
             the article tells the same again. A deck that ends with a full stop is taken only if it is one sentence, does not open with an article or \
             pronoun, and the article then tells the same again; a short first paragraph stays.",
    source: "Form of decks in the project's samples.",
    examples: &[
        Example::changes(
            "County buys island it already owned\nClerk finds deed of 1840 a week after the cheque was cashed.\nThe \
             county of Northmarch has bought the island of Little Brannock from itself, at a price of 1.2 million.",
            "County buys island it already owned\nThe county of Northmarch has bought the island of Little Brannock \
             from itself, at a price of 1.2 million.",
        ),
        Example::changes(
            "County buys island it already owned\nDeed of 1840 found a week after the cheque was cashed\nBy Ada Brook\n\
             The county of Northmarch has bought the island of Little Brannock from itself, at a price of 1.2 million.",
            "County buys island it already owned\nBy Ada Brook\nThe county of Northmarch has bought the island of Little \
             Brannock from itself, at a price of 1.2 million.",
        ),
        Example::keeps(
            "Recycling worker named town poet\nThe town of Callow has a poet again, and she works at the recycling \
             centre.\nMairead Finn, 58, was named town poet on Friday, a post that pays nothing and comes with a key.",
        ),
        Example::keeps(
            "Rain stops final\nNobody minded much.\nThe county bowls final in Callow was stopped by rain on Friday for \
             the eleventh year running, and the cup stayed where it was.",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for &index in &page.measured::<Head>().decks {
        let text = page.blocks[index].span.in_text(page.text);
        edits.lift(Field::Subtitle, text.trim_start_matches('#').trim_start());
        edits.remove_block(index);
    }
}

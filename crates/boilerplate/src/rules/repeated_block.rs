//! Blocks that stand there twice, and words of a paragraph shown once more beside it.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::repeats::Repeats;

pub(crate) static RULE: Rule = Rule {
    id: "repeated-block",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes one of two blocks that are equal word for word: the first if it stands over the first paragraph, else the \
            second. Removes a pull quote of a saved page whose words all stand in one longer paragraph of the text.",
    why: "Extractors take the caption or the deck of a page twice, from the picture and from its large view, and words that a \
          page shows in large type beside the paragraph they were taken from.",
    limits: "Needs eight words, and no more than three such blocks: a refrain, the questions of an interview and a recipe repeat \
             more; what stands there three times is said of each thing in a list. Lists and tables stay, and of what repeats a part the first blocks: headline, deck, lead.",
    source: "Form in the evaluation's development half.",
    examples: &[
        Example::changes(
            "The bell hangs in the harbour office of Penlow since May.\n\nIt rang.\n\nThe bell hangs in the harbour office of \
             Penlow since May.",
            "It rang.\n\nThe bell hangs in the harbour office of Penlow since May.",
        ),
        Example::changes(
            "<!doctype html><article><p>The bell of Penlow is back in its office since this morning.</p><p>It was found in a \
             barn near Orrin last week, under hay.</p><p>The barn belongs to nobody.</p><div class=\"pullquote\">Who takes a \
             bell of that size must have a reason</div><p>“Who takes a bell of that size must have a reason, and a cart,” the \
             harbour master said.</p></article>",
            "The bell of Penlow is back in its office since this morning.\n\nIt was found in a barn near Orrin last week, \
             under hay.\n\nThe barn belongs to nobody.\n\n“Who takes a bell of that size must have a reason, and a cart,” the \
             harbour master said.",
        ),
        Example::changes(
            "Bell found\n\nPenlow, in May\n\nHighlights\n\nNobody had looked for the bell there since 1904.\n\nThe bell of the \
             steamer Margit, which sank off Penlow, rang on Sunday for the first time since, in the hands of a diver.\n\nIt lay \
             off the pier.\n\nNobody had looked for the bell there since 1904.\n\nIt rang.",
            "Bell found\n\nPenlow, in May\n\nHighlights\n\nThe bell of the steamer Margit, which sank off Penlow, rang on Sunday \
             for the first time since, in the hands of a diver.\n\nIt lay off the pier.\n\nNobody had looked for the bell there \
             since 1904.\n\nIt rang.",
        ),
        Example::keeps("It rang.\n\nNobody knew why.\n\nIt rang."),
        Example::keeps(
            "Penlow has the oldest bell.\n\nRung on Sundays from May to June, entry is free.\n\nOrrin has the loudest.\n\nRung on \
             Sundays from May to June, entry is free.\n\nDorrin has two.\n\nRung on Sundays from May to June, entry is free.",
        ),
        Example::keeps(
            "The bell hangs in the harbour office of Penlow since May.\n\nThe bell hangs in the harbour office \
             of Penlow since June.",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let found = page.measured::<Repeats>();
    for &index in found.equal().iter().chain(found.pulled()) {
        edits.remove_block(index as usize);
    }
}

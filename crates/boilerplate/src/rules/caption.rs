//! Captions with a credit.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Span, Stage};

use crate::captions::Captions;

pub(crate) static RULE: Rule = Rule {
    id: "caption",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves the words under a picture to `captions` where a credit at the end shows what they are, where they open like \
            a caption, or where they say in the present tense what somebody did on a full date.",
    why: "Without its picture a caption interrupts the article, or opens it with a sentence that is told again below.",
    limits: "Any other caption without a credit looks like a sentence and stays. An agency in brackets after a paragraph signs \
             the report, not a picture.",
    source: "Credit forms of agencies and photographers in 37 languages, listed in tables/credit.txt.",
    examples: &[
        Example::changes(
            "The gull on the roof in June **Pia Lund / Dorrin Today**\n\nThe gull on the roof of the town hall in Dorrin flew \
             away on Wednesday morning.",
            "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning.",
        ),
        Example::changes(
            "The gull on the roof in June (Photo: Pia Lund / Dorrin Today)\n\nThe gull flew away.",
            "The gull flew away.",
        ),
        Example::changes("The gull on the roof. Foto: Pia Lund\n\nThe gull flew away.", "The gull flew away."),
        Example::changes(
            "The gull in June, a day before it flew away. Pia Lund/Dorrin Today/Getty Images\n\nThe gull flew away.",
            "The gull flew away.",
        ),
        Example::changes(
            "“It bit me,” the mayor said on Wednesday. The gull on the roof in June. Photo: Pia Lund/Dorrin Today",
            "“It bit me,” the mayor said on Wednesday.",
        ),
        Example::changes(
            "Die Möwe blieb bis Mittwoch. © imago/Pia Lund | IMAGO/Pia Lund\n\nDie Möwe flog davon.",
            "Die Möwe flog davon.",
        ),
        Example::changes(
            "Mayor Ada Brook speaks during the search for the gull on Wednesday, June 3, 2020, in Dorrin.\n\nThe gull flew away.",
            "The gull flew away.",
        ),
        Example::keeps("Mayor Ada Brook speaks during the search for the gull on Wednesday.\n\nThe gull flew away."),
        Example::keeps("Mayor Ada Brook said she would look for the gull on Wednesday, June 3, 2020, in Dorrin."),
        Example::keeps("Seen from above, the town of Dorrin looks like a gull at rest, which pleases its mayor."),
        Example::keeps("The gull on the roof (seen here in June) flew away (to everybody's relief)"),
        Example::keeps("She took the photograph in June and sold it to Reuters, and to nobody else (she said)."),
        Example::keeps(
            "The gull flew away on Wednesday morning, and a search was not ordered. It had bitten two mayors. (AP)",
        ),
        Example::keeps(
            "DORRIN, June 3 (Reuters)\n\nThe gull flew away on Wednesday morning, and nobody looked for it.",
        ),
        Example::keeps("What You Will Need (To Image Gulls)"),
        Example::keeps("The mayor was bitten twice, according to Reuters"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let captions = page.measured::<Captions>();
    for (index, span, text) in captions.iter() {
        let block = page.blocks[index].span;
        if edits.is_removed(index) {
            continue;
        }
        edits.lift(Field::Caption, text);
        if span == block {
            edits.remove_block(index);
        } else {
            let before = Span::new(block.start, span.start).in_text(page.text);
            edits.delete(Span::new(block.start + before.trim_end().len() as u32, block.end));
        }
    }
}

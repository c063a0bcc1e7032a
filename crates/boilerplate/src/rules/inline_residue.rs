//! Residue between paragraphs that no named rule knows.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::model::carry_out;

pub(crate) static RULE: Rule = Rule {
    id: "inline-residue",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes blocks between two paragraphs that the block model takes for residue: links, labels, asks, players.",
    why: "Pages put them between paragraphs, in wordings that no list holds.",
    limits: "Held to the highest bar: a short line between two paragraphs is mostly a subheading and stays. A document in which no other rule claims a block is left alone.",
    source: "A linear chain over the blocks, fitted by crates/boilerplate/train on labelled extractions of news pages; its \
             bars were chosen on outlets that the fit did not see.",
    examples: &[
        // What is left of the credit of a picture.
        Example::changes(
            "Teilen\n\n\
             Die Glocke des Dampfers Margit, der 1904 vor Halmstedt sank, hat am Sonntag zum ersten Mal wieder geläutet, in den Händen eines Tauchers.\n\n\
             Anzeige\n\n\
             Quelle\n\n\
             Von Mai an hängt sie im Hafenamt von Halmstedt, sagte Anna Dahl, die den Tauchgang geleitet und die Margit seit ihrer Schulzeit gesucht hat.\n\n\
             Das Schiff ging in einem Sturm mit einer Ladung Orangen unter; bis auf zwei der elf Seeleute rettete alle das Boot des nächsten Dorfes.",
            "Teilen\n\n\
             Die Glocke des Dampfers Margit, der 1904 vor Halmstedt sank, hat am Sonntag zum ersten Mal wieder geläutet, in den Händen eines Tauchers.\n\n\
             Anzeige\n\n\
             Von Mai an hängt sie im Hafenamt von Halmstedt, sagte Anna Dahl, die den Tauchgang geleitet und die Margit seit ihrer Schulzeit gesucht hat.\n\n\
             Das Schiff ging in einem Sturm mit einer Ladung Orangen unter; bis auf zwei der elf Seeleute rettete alle das Boot des nächsten Dorfes.",
        ),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             A storm and its oranges\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.",
        ),
        Example::keeps(
            "Advertisement\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             What she was\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(1, page, edits);
}

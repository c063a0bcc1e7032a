//! Residue before the article that no named rule knows.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::model::carry_out;

pub(crate) static RULE: Rule = Rule {
    id: "head-residue",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lines before the first paragraph that the block model takes for residue: labels, counters, menus, teasers.",
    why: "Extractors keep what stands over the article, in wordings that no list holds.",
    limits: "A document in which no other rule claims a block is left alone (with `--profile recall`: held to a higher bar), and where more than 15 % of the words would go, none do.",
    source: "A linear chain over the blocks, fitted by crates/boilerplate/train on labelled extractions of news pages; its \
             bars were chosen on outlets that the fit did not see.",
    examples: &[
        Example::changes(
            "Share\n\n\
             Save\n\n\
             Add to list\n\n\
             Comments\n\n\
             Listen\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.",
            "Share\n\n\
             Save\n\n\
             Comments\n\n\
             Listen\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.",
        ),
        Example::keeps(
            "Penlow\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.",
        ),
        Example::keeps(
            "All but two\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(0, page, edits);
}

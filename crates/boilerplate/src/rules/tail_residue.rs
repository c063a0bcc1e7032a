//! Residue after the article that no named rule knows.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::model::carry_out;

pub(crate) static RULE: Rule = Rule {
    id: "tail-residue",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes blocks after the last paragraph that the block model takes for residue: headlines and teasers of other articles, forms, notes about the outlet.",
    why: "Extractors run on into what stands below the article, in wordings that no list holds.",
    limits: "A document in which no other rule claims a block is left alone (with `--profile recall`: held to a higher bar). Where \
             more than a share of the words would go that the profile allows, or more than a tenth in sentences, none do. A last short paragraph stays; so do recipes, posts that the article shows and notes of the editors.",
    source: "A linear chain over the blocks, fitted by crates/boilerplate/train on labelled extractions of news pages; its \
             bars were chosen on outlets that the fit did not see.",
    examples: &[
        Example::changes(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.\n\n\
             Share this article\n\n\
             Sign up for our newsletter\n\n\
             Thank you!\n\n\
             You will soon hear from us.",
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.\n\n\
             Share this article\n\n\
             Sign up for our newsletter\n\n\
             Thank you!",
        ),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             The ship went down in a storm with a cargo of oranges, and all but two of her crew of eleven were saved by the lifeboat of the next village.\n\n\
             It rang twice.",
        ),
        Example::keeps(
            "Share this article\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             Anna Dahl wept.",
        ),
        Example::keeps(
            "Share this article\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             Orange cake of Penlow\n\n\
             4 ripe oranges\n\n\
             2 cups flour\n\n\
             1 cup sugar\n\n\
             1 tsp cinnamon\n\n\
             Peel and cube the oranges and put them in a pot. Stir, and bake for an hour.",
        ),
        Example::keeps(
            "Share this article\n\n\
             The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time since, in the hands of a diver.\n\n\
             It will hang in the harbour office of Penlow from May, said Anna Dahl, who led the dive and has looked for the Margit since she was a pupil.\n\n\
             It rang, and over 40 people heard it! Photos soon, follow @annadahl\n\n\
             — Anna Dahl (@annadahl) May 4, 2019",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(2, page, edits);
}

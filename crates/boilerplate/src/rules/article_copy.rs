//! A second copy of the article.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::repeats::Repeats;

pub(crate) static RULE: Rule = Rule {
    id: "article-copy",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes the later copies of an article that a document holds twice or more.",
    why: "Pages hold the article once for each width of screen and show one; a saved page has them all.",
    limits: "A copy has the same paragraphs in the same order, at least four with eight words or more, and a quarter of the words \
             of the document. Less than that may be clauses, recipes or a refrain and stays. What a copy says otherwise stays.",
    source: "Saved pages of the evaluation's development half.",
    examples: &[Example::changes(COPY_TWICE, COPY_ONCE), Example::keeps(COPY_ONCE), Example::keeps(REFRAIN)],
    run,
};

/// An article.
const COPY_ONCE: &str = "The ferry of Tolland did not leave on Monday, since its bell had been taken.\n\n\
    Its captain found the hook empty at five and told the harbour master of it.\n\n\
    “Nobody may sail here without a bell,” the master said, and shut the gate.\n\n\
    By noon two hundred people stood on the pier with bread, bags and goats.";

/// The same article, twice.
const COPY_TWICE: &str = "The ferry of Tolland did not leave on Monday, since its bell had been taken.\n\n\
    Its captain found the hook empty at five and told the harbour master of it.\n\n\
    “Nobody may sail here without a bell,” the master said, and shut the gate.\n\n\
    By noon two hundred people stood on the pier with bread, bags and goats.\n\n\
    The ferry of Tolland did not leave on Monday, since its bell had been taken.\n\n\
    Its captain found the hook empty at five and told the harbour master of it.\n\n\
    “Nobody may sail here without a bell,” the master said, and shut the gate.\n\n\
    By noon two hundred people stood on the pier with bread, bags and goats.";

/// Paragraphs with a line that comes back.
const REFRAIN: &str = "The ferry of Tolland did not leave on Monday, since its bell had been taken.\n\n\
    Ring the bell for those at sea, ring it for the harbour.\n\n\
    Its captain found the hook empty at five and told the harbour master of it.\n\n\
    Ring the bell for those at sea, ring it for the harbour.\n\n\
    “Nobody may sail here without a bell,” the master said, and shut the gate.\n\n\
    Ring the bell for those at sea, ring it for the harbour.\n\n\
    By noon two hundred people stood on the pier with bread, bags and goats.\n\n\
    Ring the bell for those at sea, ring it for the harbour.";

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for &index in page.measured::<Repeats>().copied() {
        edits.remove_block(index as usize);
    }
}

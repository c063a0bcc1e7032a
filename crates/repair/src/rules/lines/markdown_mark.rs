//! Markdown notation.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::layout::Layout;

pub(crate) static RULE: Rule = Rule {
    id: "markdown-mark",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Removes Markdown notation: heading signs, asterisks and underscores around words, link targets, images. \
        The words stay.",
    why: "Extractors write Markdown; its signs and addresses are not the article's words.",
    limits: "In a text not known to be Markdown, asterisks and underscores go only if a heading, a link, a bold \
        stretch or an address in angle brackets shows that it is. Brackets without a target are the editor's and stay.",
    source: "CommonMark 0.31, sections 4.2, 6.2, 6.3, 6.4 and 6.5, read strictly.",
    examples: &[
        Example::changes(
            "# Bell stolen twice\n\nThe _same_ bell, [the parish said](#), has **gone** [again].",
            "Bell stolen twice\n\nThe same bell, the parish said, has gone [again].",
        ),
        Example::changes("See <https://halm.example/bell>.", "See https://halm.example/bell."),
        Example::keeps("He paid 2 * 3 * 4 marks, as file_name_two says."),
        Example::keeps("The word _never_ was underlined."),
        Example::keeps("#1 on the list [of Halm]: f**k the rain."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let mut at = 0;
    for &span in &page.measured::<Layout>().notation {
        // Two readings may claim the same asterisk: the first has it.
        if span.start >= at {
            edits.delete(span);
            at = span.end;
        }
    }
}

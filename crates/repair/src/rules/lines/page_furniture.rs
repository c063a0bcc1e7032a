//! Page numbers and running heads.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use crate::layout::{Break, Gap, Layout, separator};

pub(crate) static RULE: Rule = Rule {
    id: "page-furniture",
    stage: Stage::Lines,
    scope: Scope::Prose,
    about: "Removes page numbers and running heads from between the lines of a text that was printed, and joins the \
        sentence that they stand in.",
    why: "Text taken from PDF files and scans carries what stood at the edges of its pages.",
    limits: "Only at the edge of a page: beside a form feed, in a count of pages at even distances, where a sentence \
        goes on behind it, or where it says `Page 2 of 3`. A line that merely repeats stays, since rows of tables and addresses repeat too.",
    source: "Texts from four PDF readers, with and without form feeds, running heads and numbers; removing on repetition \
        alone took table rows, addresses and code with it.",
    examples: &[
        Example::changes(
            "The old mill has stood empty since the flood of last\nPage 1\n\u{C}spring, and the owner wants to sell it.",
            "The old mill has stood empty since the flood of last spring, and the owner wants to sell it.",
        ),
        Example::changes(
            "The mill is for sale.\n\nPage 2 of 3\n\nNobody has made an offer so far.",
            "The mill is for sale.\n\nNobody has made an offer so far.",
        ),
        Example::keeps("Chapter 1\n\n1\n\nIt was late."),
        Example::keeps("Halm 2\nOrvane 1\nHalm 3\nBreck 1"),
        Example::keeps("In 2021\n2022\nand 2023 the fair was cancelled."),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let layout = page.measured::<Layout>();
    let Some((before, behind)) = layout.edges(page.text) else { return };
    let (furniture_before, furniture_behind) = layout.furniture_at_edges();
    if furniture_before {
        edits.delete(before);
    }
    let gaps = layout.found.furniture.then(|| layout.breaks(page.text)).into_iter().flatten();
    for Break { gap, span, hyphen, after, .. } in gaps.filter(|gap| gap.after.furniture) {
        match gap {
            Gap::Join => edits.replace(span, " "),
            Gap::Tight => edits.delete(span),
            Gap::Hyphen => edits.delete(Span::new(span.start - hyphen, span.end)),
            Gap::Line => edits.replace(Span::new(span.start, after.start), "\n"),
            Gap::Paragraph | Gap::Keep => edits.replace(span, separator(page.settings)),
        }
    }
    if furniture_behind {
        edits.delete(behind);
    }
}

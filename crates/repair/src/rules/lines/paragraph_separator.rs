//! What stands between paragraphs.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use crate::layout::{Break, Gap, Layout, separator};

pub(crate) static RULE: Rule = Rule {
    id: "paragraph-separator",
    stage: Stage::Lines,
    scope: Scope::Everywhere,
    about: "Puts one blank line between paragraphs and one line feed between the lines of a list, table or stanza, \
        and removes white space around the text and around its lines.",
    why: "One separator, so that whatever reads the text can split it without guessing.",
    limits: "The inside of code keeps its blank lines. With the setting for one paragraph a line, a single line \
        feed separates paragraphs too.",
    source: "The contract for output text: paragraphs separated by one blank line.",
    examples: &[
        Example::changes(
            "  The bell is back.\nIt was in the river.\n\n\n",
            "The bell is back.\n\nIt was in the river.",
        ),
        Example::keeps("The bell is back.\n\nIt was in the river."),
        Example::keeps("- flour\n- salt"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let layout = page.measured::<Layout>();
    let Some((before, behind)) = layout.edges(page.text) else {
        edits.delete(Span::of(0..page.text.len()));
        return;
    };
    let (furniture_before, furniture_behind) = layout.furniture_at_edges();
    if !furniture_before {
        edits.delete(before);
    }
    for Break { gap, span, after, .. } in layout.breaks(page.text) {
        match gap {
            _ if after.furniture => {}
            Gap::Paragraph => edits.replace(span, separator(page.settings)),
            // Nested items and stanzas keep their indent.
            Gap::Line => edits.replace(Span::new(span.start, after.start), "\n"),
            Gap::Join | Gap::Tight | Gap::Hyphen | Gap::Keep => {}
        }
    }
    if !furniture_behind {
        edits.delete(behind);
    }
}

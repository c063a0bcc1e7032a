//! What stands between paragraphs.

use cleancopy_core::{Edits, Example, Page, Paragraphs, Rule, Scope, Span, Stage};

use crate::layout::{Gap, Layout};

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
    let text_end = page.text.len() as u32;
    let (Some(first), Some(last)) = (layout.lines.first(), layout.lines.last()) else {
        edits.delete(Span::new(0, text_end));
        return;
    };
    edits.delete(Span::new(0, layout.text_start(first)));
    let paragraph = match page.settings.paragraphs {
        Paragraphs::Blank => "\n\n",
        Paragraphs::Newline => "\n",
    };
    for (gap, span, after) in layout.breaks() {
        match gap {
            Gap::Paragraph => edits.replace(span, paragraph),
            // Nested items and stanzas keep their indent.
            Gap::Line => edits.replace(Span::new(span.start, after.start), "\n"),
            Gap::Join | Gap::Tight | Gap::Hyphen | Gap::Keep => {}
        }
    }
    edits.delete(Span::new(last.span.end, text_end));
}

//! Copyright lines.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, Cues};
use crate::shape::Shapes;
use crate::words::{Word, Words};

pub(crate) static RULE: Rule = Rule {
    id: "copyright-line",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes a line of copyright or rights: `© Copyright Lowfield Post 2025`.",
    why: "It stands under every article of the outlet.",
    limits: "Needs the sign, or the word with a year or name, at the start of a short block, or a claim of rights that \
             is the whole block. The year is not taken for a date. Stories about copyright stay.",
    source: "Rights lines of news sites in 14 languages, listed in tables/copyright.txt.",
    examples: &[
        Example::changes(
            "Upper Quill paid with a bench.\n© Copyright Kestrel Wire 2024. All rights reserved.",
            "Upper Quill paid with a bench.",
        ),
        Example::changes("Upper Quill paid with a bench.\nAll rights reserved.", "Upper Quill paid with a bench."),
        Example::keeps("The photographer had printed “© 2019, all rights reserved” across the dumpling itself."),
        Example::keeps(
            "All rights reserved is a phrase from a treaty of 1910 that no longer has any effect, she said.",
        ),
        Example::keeps("Copyright in recipes is not affected. There is none."),
    ],
    run,
};

/// Most words of a line that begins with the sign: name, year and a claim in two sentences.
const MAX_SIGNED: u32 = 45;

/// Most words beside the claim where no sign stands.
const MAX_BARE: u32 = 8;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let (cues, shapes, words) = (page.measured::<Cues>(), page.measured::<Shapes>(), page.measured::<Words>());
    for (index, block) in page.blocks.iter().enumerate() {
        let shape = shapes.of(index);
        if shape.words > MAX_SIGNED {
            continue;
        }
        let text = block.span.in_text(page.text);
        let set = cues.of(index);
        let signed = text.starts_with('©') || starts_with_c(text);
        let of_block = words.of(index);
        let named = set.has(Cue::Copyright)
            && (text.contains(['©', 'Ⓒ'])
                || set.has(Cue::Rights)
                || of_block.iter().skip(1).take(2).any(|word| word.has(Word::DIGIT)));
        let claimed = set.has(Cue::Rights)
            && cues.hits_of(index).iter().filter(|hit| hit.cue == Cue::Rights && !hit.quoted).any(|hit| {
                let outside = of_block.iter().filter(|word| word.end <= hit.span.start || word.start >= hit.span.end);
                outside.clone().count() as u32 <= MAX_BARE && !outside.clone().any(|word| word.has(Word::LOWER))
            });
        if signed || named || claimed {
            edits.remove_block(index);
        }
    }
}

/// Whether the text starts with `(c)` and a year or name.
fn starts_with_c(text: &str) -> bool {
    text.strip_prefix("(c)")
        .or_else(|| text.strip_prefix("(C)"))
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()))
}

//! Lines that say where a text was taken from.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::cues::{Cue, Cues};

pub(crate) static RULE: Rule = Rule {
    id: "source-url",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Moves a line such as `Original url: https://...` to `url`.",
    why: "The program that saved the page wrote it. It is no part of the article.",
    limits: "Only a label and one web address. A sentence that names an address stays.",
    source: "Labels that savers and feed readers write, listed in tables/source-url.txt.",
    examples: &[
        Example::changes(
            "The final will be played on the first dry day.\n\nOriginal url: <https://callow.example/sport/bowls>",
            "The final will be played on the first dry day.",
        ),
        Example::keeps(
            "Source: the county's report, which can be read at https://northmarch.example/report this week.",
        ),
        Example::keeps("The original address was a lie: https://callow.example never existed."),
    ],
    run,
};

/// Longest label before the address, bytes.
const MAX_LABEL: usize = 40;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let cues = page.measured::<Cues>();
    for hit in cues.hits().iter().filter(|hit| hit.cue == Cue::SourceUrl) {
        let index = hit.block as usize;
        let text = page.blocks[index].span.in_text(page.text);
        let Some(at) = text.find("http://").or_else(|| text.find("https://")) else { continue };
        let label = text[..at].trim_end_matches([' ', '<', '[', '(', ':']);
        let url = text[at..].trim_end_matches(|c: char| matches!(c, '>' | ']' | ')' | '.') || c.is_whitespace());
        let only_label =
            label.len() <= MAX_LABEL && page.blocks[index].span.start as usize + label.len() == hit.span.end as usize;
        if only_label && !url.contains(char::is_whitespace) && url.len() > "https://".len() && !edits.is_removed(index)
        {
            edits.lift(Field::Url, url);
            edits.remove_block(index);
        }
    }
}

//! Bylines.
use cleancopy_core::{Edits, Example, Field, Page, Rule, Scope, Stage};

use crate::cues::{Cue, Cues};
use crate::head::{Head, Role};
use crate::shape::{End, Shapes};
use crate::words::{Word, Words};

pub(crate) static RULE: Rule = Rule {
    id: "byline",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Moves a line before the first paragraph that names the authors to `authors`.",
    why: "It says who wrote the article, not what happened.",
    limits: "Only a word such as `By` and names after it. A name alone stays: it may be a headline.",
    source: "Byline forms of news sites in 12 languages, listed in tables/byline.txt.",
    examples: &[
        Example::changes(
            "By Lena Ostrow and Piet Vos\n\nThe post office of Tolland sorted its last letter by hand and framed it.",
            "The post office of Tolland sorted its last letter by hand and framed it.",
        ),
        Example::keeps("By noon the snow was gone\n\nThe post office of Tolland sorted its last letter by hand."),
        Example::keeps("By Saturday, Lena Ostrow and Piet Vos had sorted the last letter and framed it."),
    ],
    run,
};

/// Most words of a byline: three full names with their outlet.
const MAX_WORDS: usize = 14;

/// Words that may stand between names, in lower case.
const JOINS: &[&str] = &[
    "and", "und", "et", "y", "e", "en", "och", "og", "i", "и", "та", "ve", "for", "de", "da", "van", "von", "der",
    "den", "del", "di", "du", "la", "le", "bin", "al", "in", "with",
];

/// The part of a byline that names people, or `None` if the block is no byline.
pub(crate) fn names<'a>(page: &Page<'a>, index: usize) -> Option<&'a str> {
    let cues = page.measured::<Cues>();
    if !cues.of(index).has(Cue::Byline) {
        return None;
    }
    let shape = *page.measured::<Shapes>().of(index);
    let words = page.measured::<Words>();
    let all = words.of(index);
    if all.len() > MAX_WORDS || !matches!(shape.end, End::None) {
        return None;
    }
    let hit = cues.hits_of(index).iter().find(|hit| hit.cue == Cue::Byline)?;
    let names = all.iter().filter(|word| word.start >= hit.span.end);
    let (mut n_upper, mut n) = (0, 0);
    for word in names {
        n += 1;
        let text = &page.text[word.start as usize..word.end as usize];
        match () {
            () if word.has(Word::UPPER) => n_upper += 1,
            () if JOINS.contains(&text) => {}
            () => return None,
        }
    }
    if n == 0 || n_upper < 2 {
        return None;
    }
    let block = page.blocks[index].span;
    let names = &page.text[hit.span.end as usize..block.end as usize];
    Some(names.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '|' | '-' | '–' | '—' | ',' | '*' | '_')))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for index in page.measured::<Head>().all(Role::Byline) {
        let Some(names) = names(page, index) else { continue };
        for name in names.split([',', '|', '&', '/', ';']).flat_map(|names| names.split(" and ")) {
            let name = name.trim();
            if name.split_whitespace().count() > 1 {
                edits.lift(Field::Author, name);
            }
        }
        edits.remove_block(index);
    }
}

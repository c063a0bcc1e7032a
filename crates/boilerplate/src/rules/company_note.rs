//! What a company says of itself under a press release.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::words::Word;
use crate::zones::PROMO;

pub(crate) static RULE: Rule = Rule {
    id: "company-note",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes what a company says of itself at the end of a press release: what it is, where it sits, how many it \
            employs.",
    why: "It stands unchanged under every release of the company and is no part of the news.",
    limits: "Only where nothing of the article follows: the note begins with the company's name and says that it is a leading \
             or global something, and it or the next block gives one more such fact. A sentence of that kind alone stays.",
    source: "Form of press releases in the evaluation; wordings listed in tables/company.txt.",
    examples: &[
        Example::changes(
            "The ferry line of Penlow has ordered two ships that need no crew, and hopes to find them each evening.\n\n\
             Brannock Marine is a leading provider of ships without a crew. It is headquartered in Penlow and employs around 40 \
             people worldwide.",
            "The ferry line of Penlow has ordered two ships that need no crew, and hopes to find them each evening.",
        ),
        Example::keeps(
            "The ferry line of Penlow has ordered two ships that need no crew, and hopes to find them each evening.\n\n\
             Brannock Marine, which is headquartered in Penlow and employs around 40 people, has never lost one for long.",
        ),
        Example::keeps(
            "Brannock Marine is a leading provider of ships without a crew. It is headquartered in Penlow.\n\nThe ferry line \
             has ordered two of them, and hopes to find both of them again each evening, its captain told the harbour office.",
        ),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "company-note",
    needs: CueSet::of(&[Cue::Company, Cue::CompanyFact]),
    looks: Looks::NONE,
    grade: judge,
};

/// Words of the company's name at most, and of a block of the note.
const MAX_NAME: usize = 5;
const MAX_WORDS: u32 = 150;

/// Blocks of a note at most.
const MAX_BLOCKS: isize = 4;

fn judge(view: &View<'_>) -> Option<Grade> {
    let name = view.words().first()?;
    // The note begins with the block that says what the company is.
    let first = (0..MAX_BLOCKS).find_map(|back| view.near(-back).filter(|above| defines(above)))?;
    let same = |block: &View<'_>| block.words().first().is_some_and(|word| word.hash == name.hash);
    let of_note = |block: &View<'_>| {
        block.n_words() <= MAX_WORDS
            && !block.reports()
            && (defines(block) || same(block) && block.set().has(Cue::CompanyFact))
    };
    if !of_note(view) || !same(&first) {
        return None;
    }
    let mut n_facts = 0;
    for offset in 0.. {
        let Some(block) = first.near(offset) else { break };
        if of_note(&block) {
            n_facts += block.count(Cue::CompanyFact);
        } else if block.shape().is_prose() && !block.set().meets(PROMO) {
            return None;
        }
    }
    (first.index > 0 && n_facts > 0).then_some(Grade::Certain)
}

/// Whether the block begins with a name and says what it is.
fn defines(view: &View<'_>) -> bool {
    let Some(said) = view.hits().find(|hit| hit.cue == Cue::Company).map(|hit| hit.span.start) else { return false };
    let words = view.words();
    let n_before = words.partition_point(|word| word.start < said);
    (1..=MAX_NAME).contains(&n_before) && words[..n_before].iter().all(|word| word.has(Word::UPPER))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

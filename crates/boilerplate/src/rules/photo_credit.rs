//! Credits of pictures that stand alone.
use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use crate::cues::{Cue, CueSet};
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::word_map::WordMap;
use crate::words::Word;

pub(crate) static RULE: Rule = Rule {
    id: "photo-credit",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes a credit of a picture that stands alone: `Foto: Pia Lund`, `(Getty)`, `Pia Lund / Dorrin Today / AP`.",
    why: "Its picture is gone.",
    limits: "Short lines of names only. A caption with its credit is moved to `captions` by the rule `caption`.",
    source: "Credit forms of agencies and photographers in 37 languages, listed in tables/credit.txt.",
    examples: &[
        Example::changes(
            "It rang.\n\nFoto: Pia Lund\n\nIt rang twice.\n\nAdvertisement",
            "It rang.\n\nIt rang twice.\n\nAdvertisement",
        ),
        Example::changes(
            "It rang.\n\nFotograf: Pia Lund / Dorrin Today\n\nIt rang twice.",
            "It rang.\n\nIt rang twice.",
        ),
        Example::changes("It rang.\n\nPhoto by Pia Lund\n\nIt rang twice.", "It rang.\n\nIt rang twice."),
        Example::keeps("It rang.\n\nSource: Harbour Office of Penlow\n\nIt rang twice."),
        Example::keeps("It rang.\n\nPhotos of Upper Quill and the bench were shown in the hall of Penlow."),
        Example::changes("It rang.\n\n(Pia Lund/Reuters)\n\nAdvertisement", "It rang.\n\nAdvertisement"),
        Example::keeps("It rang.\n\nReuters reported it first."),
        Example::keeps("It rang.\n\nPhoto: a history of pictures on paper"),
    ],
    run,
};

pub(crate) static JUDGE: Judge = Judge {
    id: "photo-credit",
    needs: CueSet::of(&[Cue::Credit, Cue::CreditLabel]),
    looks: Looks::SIGNED,
    grade: judge,
};

fn judge(view: &View<'_>) -> Option<Grade> {
    if is_dated(view) || is_by(view) {
        return Some(Grade::Certain);
    }
    if !view.set().meets(CueSet::of(&[Cue::Credit, Cue::CreditLabel])) && !view.text().starts_with('©') {
        return None;
    }
    let credit =
        crate::credit::ending(view.page(), view.index).filter(|credit| credit.span.start == view.span().start)?;
    // In brackets, an agency alone, or after `Source:`, it may be the source of a report.
    let labelled = view.leads(CueSet::of(&[Cue::CreditLabel])) && !view.text().starts_with(['(', '[', '（', '©']);
    let sure = labelled
        && credit.sure
        && view.n_words() <= MAX_LABELLED
        && names_person(view, credit.names)
        && !is_source(view);
    Some(if sure { Grade::Certain } else { Grade::Likely })
}

/// `Photo by Pia Lund`: a label that ends with `by`, then nothing but a full name.
fn is_by(view: &View<'_>) -> bool {
    let labels = view.hits().filter(|hit| hit.cue == Cue::CreditLabel && hit.span.start == view.words()[0].start);
    let Some(end) = labels.map(|hit| hit.span.end).max() else { return false };
    let n_label = view.words().partition_point(|word| word.start < end);
    let names = &view.words()[n_label..];
    let after = view.page().text[end as usize..view.span().end as usize].trim_start();
    let label = view.page().text[view.span().start as usize..end as usize].trim_end();
    BY.iter().any(|by| label.strip_suffix(by).is_some_and(|before| before.ends_with(' ')))
        && FULL_NAME.contains(&names.len())
        && names.iter().all(|word| word.has(Word::UPPER) && !word.has(Word::CAPS))
        && after.starts_with(char::is_alphabetic)
        && view.is_line()
}

/// `By` before a name.
const BY: &[&str] = &["by", "von", "de", "par", "por", "di", "da", "van", "door", "av", "af", "of"];

/// Words of a full name.
const FULL_NAME: std::ops::RangeInclusive<usize> = 2..=3;

/// Whether the label is a word for a source, of numbers mostly.
fn is_source(view: &View<'_>) -> bool {
    view.words().first().is_some_and(|word| SOURCES.get(word.hash).is_some())
}

/// Words for a source.
static SOURCES: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let words = "source sources quelle quellen fuente fonte bron källa kilde źródło zdroj forrás sursa sursă источник джерело kaynak \
                 πηγή المصدر منبع מקור स्रोत izvor извор vir lähde allikas avots šaltinis font sumber nguồn";
    WordMap::of(std::iter::once(((), words)))
});

/// Words that stand for the name of a photographer.
const UNNAMED: &[&str] = &[
    "privat",
    "archiv",
    "archivo",
    "archivio",
    "archives",
    "arquivo",
    "divulgação",
    "reprodução",
    "cortesía",
    "pressbild",
    "arkiv",
    "archiwum",
    "архив",
    "архів",
    "arşiv",
];

/// Whether two words beside those of agencies are names, or one stands for a name.
fn names_person(view: &View<'_>, names: Span) -> bool {
    let inner = names.in_text(view.page().text).trim();
    if UNNAMED.iter().any(|word| inner.to_lowercase() == *word) {
        return true;
    }
    let of_agency = |word: &Word| {
        view.hits().any(|hit| hit.cue == Cue::Credit && hit.span.start <= word.start && word.end <= hit.span.end)
    };
    let is_name = |word: &&Word| word.start >= names.start && !word.has(Word::LOWER) && !of_agency(word);
    view.words().iter().filter(is_name).count() > 1
}

/// Most words of a label with the names of a photographer and an outlet.
const MAX_LABELLED: u32 = 10;

/// `=2025年5月14日、森田健撮影`: the place and day of a picture, and who took it.
fn is_dated(view: &View<'_>) -> bool {
    let text = view.text().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    text.ends_with("撮影")
        && (text.starts_with(['=', '＝']) || text.contains(['=', '＝']) && view.is_line())
        && !text.contains('。')
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Links to other articles.
use std::sync::LazyLock;

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::{Cue, CueSet, Hit};
use crate::looks::Looks;
use crate::shape::End;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;
use crate::word_map::WordMap;

pub(crate) static RULE: Rule = Rule {
    id: "read-more",
    stage: Stage::Blocks,
    scope: Scope::Prose,
    about: "Removes lines that lead to another article: `Read more: ...`, `Related: ...`, `Lire aussi : ...`.",
    why: "They advertise other stories between the paragraphs of this one.",
    limits: "Needs the lead-in at the start and a headline after it, or a short ask. A sentence that begins with such \
             words stays.",
    source: "Lead-ins of news sites in 39 languages, listed in tables/read-more.txt.",
    examples: &[
        Example::changes(
            "It rang.\n\nRead more: Divers find second bell\n\nIt rang twice.",
            "It rang.\n\nIt rang twice.",
        ),
        Example::changes(
            "Es läutete.\n\nLesen Sie auch: Taucher finden zweite Glocke\n\nZweimal.",
            "Es läutete.\n\nZweimal.",
        ),
        Example::changes("It rang.\n\nRelated: Divers find second bell off Penlow", "It rang."),
        Example::keeps("More than two decades ago, the bell was heard for the last time."),
        Example::keeps("Read more than one newspaper, she told her pupils, and believe none."),
        Example::keeps(
            "The bell of the steamer Margit, which sank off Penlow in 1904, rang on Sunday for the first time \
             since.\n\nAnalysis: a slow week\n\nThe bell of the steamer will hang in the harbour office of Penlow, from \
             which the Margit had set out on her last voyage.",
        ),
        Example::keeps("Related to the bell is the anchor, which was found in 1911."),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "read-more", needs: CueSet::of(&[Cue::ReadMore, Cue::ReadMoreLead]), looks: Looks::NONE, grade: judge };

/// Most words of a lead-in with the headline after it.
const MAX_LINK: u32 = 40;

/// Most words of an ask that ends like a sentence.
const MAX_ASK: u32 = 14;

/// Most words of a lead-in with a headline that ends with a full stop: a longer one has a paragraph joined to it.
const MAX_TOLD: u32 = 24;

/// Words that say what kind of text follows; subheadings begin with them too.
static GENRES: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let words = "analysis background opinion explainer explained interview review poll quiz bonus exclusive earlier \
                 previously hintergrund analyse kommentar meinung reportage umfrage exklusiv décryptage enquête récit \
                 reportage entretien análisis opinión entrevista opinione intervista análise entrevista opinie achtergrond \
                 fakta krönika meninger wywiad opinie мнение интервью думка інтервю röportaj rozhovor komentář komentár \
                 analýza reportáž anketa interjú vélemény elemzés riport interviu analiză exclusiv интервю анализ intervju \
                 mišljenje komentar analiza интервју mnenje haastattelu mielipide näkökulma kommentti kysely intervjuu arvamus \
                 kommentaar intervija viedoklis aptauja nuomonė komentaras apklausa opinió anàlisi συνέντευξη γνώμη wawancara opini \
                 حوار گفتگو ראיון פרשנות דעה בלעדי সাক্ষাৎকার";
    WordMap::of(std::iter::once(((), words)))
});

fn judge(view: &View<'_>) -> Option<Grade> {
    let link = view.text().trim_end_matches([':', '：']).contains([':', '|', '»', '：', '】']) || view.n_words() <= 3;
    // `Analysis: a slow week` between two paragraphs may be a subheading.
    let genre = view.words().first().is_some_and(|word| GENRES.get(word.hash).is_some());
    let sure = link && (view.is_outside() || !genre || view.set().has(Cue::ReadMore));
    holds(view).then_some(if sure { Grade::Certain } else { Grade::Likely })
}

fn holds(view: &View<'_>) -> bool {
    if view.n_words() > MAX_LINK {
        return false;
    }
    let Some(first) = view.words().first() else { return false };
    let leading = |cue: Cue| {
        view.hits().filter(move |hit| hit.cue == cue && hit.span.start == first.start).max_by_key(|hit| hit.span.end)
    };
    let strong = leading(Cue::ReadMore);
    let weak = view.hits().filter(|hit| hit.cue == Cue::ReadMoreLead && hit.span.start == first.start);
    let colon = strong.is_some_and(|hit| has_colon(view, hit)) || weak.into_iter().any(|hit| has_colon(view, hit));
    if colon {
        let told = view.shape().end == End::Stop && view.n_words() > MAX_TOLD;
        return !view.shape().ends_sentence() || strong.is_some() && !told || ends_like_headline(view);
    }
    let ask = view.n_words() <= MAX_ASK && view.addresses();
    let label = view.shape().end == End::None || view.shape().end == End::Colon && view.n_words() <= 2;
    strong.is_some() && !view.reports() && (label || ask)
}

/// A headline may end with `?` or `!`, hardly ever with a full stop.
fn ends_like_headline(view: &View<'_>) -> bool {
    view.shape().end == End::Call
}

/// Whether a colon, bar or arrow follows the phrase, or an earlier end of it.
fn has_colon(view: &View<'_>, hit: &Hit) -> bool {
    let rest = &view.page().text[hit.span.end as usize..view.span().end as usize];
    let rest = rest.trim_start();
    rest.starts_with([':', '：', '|', '»', '>', '›', '→', '▶', '►', '】']) && rest.len() > 2
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

//! Symbols that stand where a line was broken.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::{after, before, is_east_asian};
use super::suspects::{Class, Site, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "stray-symbol",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Removes a symbol, such as a ballot box or a pilcrow, that keeps turning up in the middle of sentences in one and \
            the same spacing.",
    why: "A line separator that a browser draws as a box comes out as that box when the page is copied. The sentence went \
          on; it wants a space there, not a break.",
    limits: "Three at least. Forms and check lists (another symbol of its family is about), bullets, logic, legal \
             citations, in-line lists and anything not mostly between words of one sentence stay. Middle dots and section \
             signs need more evidence, U+FFFD is never touched.",
    source: "News pages extracted twice: nine of ten such boxes in one copy are line feeds in the other. Limits were chosen \
             so that no form, proof, game board or filing among 350 texts in 118 languages changes.",
    examples: &[
        Example::changes(
            "The plan was ☒never approved by the ☒council, and the ☒mayor knew ☒that it could ☒not pass.",
            "The plan was never approved by the council, and the mayor knew that it could not pass.",
        ),
        Example::changes(
            "Rain fell on the□harbour and on the□market, and nobody who□sold fish stayed.",
            "Rain fell on the harbour and on the market, and nobody who sold fish stayed.",
        ),
        Example::keeps("Resident: Yes ☒No ☐\nVoter: Yes ☒No ☐\nOwner: Yes ☒No ☐\n"),
        Example::keeps("See ¶ 12 and ¶¶ 14–16 of the ruling; ¶ 3 is void, and in ¶ 9 so is ¶ 10.\n"),
        Example::keeps("If ¬p ∨ q and ¬q then ¬p; so ¬(p ∧ ¬q).\n"),
        Example::keeps("fresh bread ■ local cheese ■ red apples ■ new wine\n"),
        Example::keeps("La col·lecció de pel·lícules il·lustra la novel·la; el col·legi i l’al·lot són paral·lels.\n"),
    ],
    run,
};

/// Fewest copies of a symbol that make a habit.
const FEWEST: usize = 3;

/// Fewest copies of a sign that also has a life of its own in running text.
const FEWEST_COMMON: usize = 5;

/// Shortest median distance, in bytes, of copies with a space on both sides. Items of in-line lists are shorter
/// than lines.
const SHORTEST_LINE: usize = 25;

/// Different symbols that stay looked at in one text. More than a handful are a table of signs.
const MOST_SYMBOLS: usize = 8;

/// Different symbols from which on none goes: a text that is full of them is no text.
const MOST_STRAYS: usize = 16;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if ![Class::Symbol, Class::Object, Class::PrivateUse].into_iter().any(|class| suspects.has(class)) {
        return;
    }
    let mut strays = ['\0'; MOST_STRAYS];
    let mut n_strays = 0;
    // Where one symbol goes, another may stand between words that it did not seem to.
    loop {
        let n_before = n_strays;
        let mut kept = ['\0'; MOST_SYMBOLS];
        let mut n_kept = 0;
        for site in candidates(suspects) {
            let Some(symbol) = after(page.text, site.at as usize) else { continue };
            if strays[..n_strays].contains(&symbol) || kept[..n_kept].contains(&symbol) {
                continue;
            }
            if n_kept == MOST_SYMBOLS || n_strays == MOST_STRAYS {
                break;
            }
            if breaks_lines(page.text, symbol, suspects, &strays[..n_strays]) {
                strays[n_strays] = symbol;
                n_strays += 1;
            } else {
                kept[n_kept] = symbol;
                n_kept += 1;
            }
        }
        if n_strays == MOST_STRAYS {
            return;
        }
        if n_strays == n_before {
            break;
        }
    }
    if n_strays == 0 {
        return;
    }
    for site in candidates(suspects) {
        if after(page.text, site.at as usize).is_some_and(|symbol| strays[..n_strays].contains(&symbol)) {
            remove(page.text, site, edits);
        }
    }
}

fn candidates(suspects: &Suspects) -> impl Iterator<Item = Site> {
    let is_candidate = |site: &&Site| matches!(site.class, Class::Symbol | Class::Object | Class::PrivateUse);
    suspects.all().iter().filter(is_candidate).copied()
}

fn remove(text: &str, site: Site, edits: &mut Edits<'_>) {
    let (left, right) = (before(text, site.at as usize), after(text, site.end()));
    let at_edge = left.is_none_or(char::is_whitespace);
    let span = if at_edge && right == Some(' ') { site.at as usize..site.end() + 1 } else { site.span().range() };
    let parts_words = !at_edge && right.is_some_and(|char| char.is_alphanumeric() || "([“‘\"'«".contains(char));
    let unspaced = left.is_some_and(is_east_asian) && right.is_some_and(is_east_asian);
    edits.replace(Span::of(span), if parts_words && !unspaced { " " } else { "" });
}

/// How the copies of one symbol stand in the text.
#[derive(Default)]
struct Habit {
    n: usize,
    /// Copies with a space before, none, and one on both sides.
    by_spacing: [usize; 3],
    at_line_start: usize,
    /// Between two words that read as one sentence.
    in_sentence: usize,
    before_lower_case: usize,
    /// After a short word that is frequent in the text, such as an article: no list item ends so. Counted where asked for.
    after_particle: usize,
}

/// Whether the copies of `symbol` stand where lines once broke, read as if the symbols in `gone` were not there.
fn breaks_lines(text: &str, symbol: char, suspects: &Suspects, gone: &[char]) -> bool {
    let common = matches!(symbol, '·' | '§' | '∙');
    if symbol == '•' || family(symbol).iter().any(|&other| other != symbol && text.contains(other)) {
        return false;
    }
    let mut habit = Habit::default();
    let copies = || candidates(suspects).filter(|site| text[site.at as usize..].starts_with(symbol));
    if copies().count() < if common { FEWEST_COMMON } else { FEWEST } {
        return false;
    }
    copies().for_each(|site| habit.add(text, site, common, gone));
    let Habit { n, by_spacing, .. } = habit;
    let spacing = (0..3).find(|&spacing| 5 * by_spacing[spacing] >= 4 * n);
    let Some(spacing) = spacing else { return false };
    let far_apart = || median_gap(text, copies()) >= SHORTEST_LINE;
    let flows = 5 * habit.before_lower_case >= 2 * n;
    10 * habit.at_line_start <= n
        && 10 * habit.in_sentence >= 6 * n
        && (spacing != 2 || (flows && far_apart()))
        && (!common || (5 * habit.after_particle >= n && far_apart() && (spacing != 1 || symbol != '·')))
}

impl Habit {
    fn add(&mut self, text: &str, site: Site, with_particles: bool, gone: &[char]) {
        let (left, right) = (&text[..site.at as usize], &text[site.end()..]);
        let (left, right) = (left.trim_end_matches(gone), right.trim_start_matches(gone));
        let is_space = |char: Option<char>| char.is_none_or(char::is_whitespace);
        self.n += 1;
        match (is_space(left.chars().next_back()), is_space(right.chars().next())) {
            (true, false) => self.by_spacing[0] += 1,
            (false, false) => self.by_spacing[1] += 1,
            (true, true) => self.by_spacing[2] += 1,
            (false, true) => {}
        }
        // The text up to the last word in the line.
        let is_gap = |char: char| char.is_whitespace() && char != '\n';
        let (left, right) = (left.trim_end_matches(is_gap), right.trim_start_matches(' '));
        if left.is_empty() || left.ends_with('\n') {
            self.at_line_start += 1;
        }
        let word = left.trim_end_matches(',');
        let start = word.trim_end_matches(char::is_alphabetic).len();
        let (word, ends_in_word) = (&word[start..], start < word.len());
        let shown = right.chars().filter(|char| !gone.contains(char));
        let next_letters = shown.take(2).take_while(|char| char.is_alphabetic()).count();
        let lower = |char: Option<char>| char.is_some_and(|char| char.is_alphabetic() && !char.is_uppercase());
        let before_lower = lower(right.chars().next());
        if before_lower {
            self.before_lower_case += 1;
        }
        let is_answer = ANSWERS.iter().any(|answer| word.eq_ignore_ascii_case(answer));
        if ends_in_word && next_letters == 2 && (before_lower || lower(word.chars().next())) && !is_answer {
            self.in_sentence += 1;
            if with_particles && word.len() <= LONGEST_PARTICLE && n_words(text, word, FEWEST) == FEWEST {
                self.after_particle += 1;
            }
        }
    }
}

/// Words before a box in forms.
const ANSWERS: [&str; 5] = ["yes", "no", "none", "filer", "company"];

/// Longest particle, bytes: `the`, `von`, `для`.
const LONGEST_PARTICLE: usize = 6;

/// How often `word` stands between spaces in `text`, counted up to `most`.
fn n_words(text: &str, word: &str, most: usize) -> usize {
    let spaced = |&(at, _): &(usize, &str)| {
        before(text, at).is_none_or(char::is_whitespace) && after(text, at + word.len()).is_none_or(char::is_whitespace)
    };
    text.match_indices(word).filter(spaced).take(most).count()
}

/// Median distance of copies in one line, bytes, over the first [`MOST_GAPS`]; 0 where no line has two.
fn median_gap(text: &str, copies: impl Iterator<Item = Site>) -> usize {
    let (mut gaps, mut n) = ([0; MOST_GAPS], 0);
    let mut last: Option<usize> = None;
    for site in copies {
        if let Some(last) = last.filter(|&last| n < MOST_GAPS && !text[last..site.at as usize].contains('\n')) {
            gaps[n] = site.at as usize - last;
            n += 1;
        }
        last = Some(site.end());
    }
    if n == 0 { 0 } else { *gaps[..n].select_nth_unstable(n / 2).1 }
}

/// Distances looked at. More do not move the median of a habit.
const MOST_GAPS: usize = 64;

/// Symbols that stand beside each other in forms, legends and scales.
fn family(symbol: char) -> &'static [char] {
    match symbol {
        '☐' | '☑' | '☒' => &['☐', '☑', '☒', '✓', '✔', '✗', '✘'],
        '□' | '■' | '▢' | '▣' => &['□', '■', '▢', '▣'],
        '▯' | '▮' => &['▯', '▮'],
        _ => &[],
    }
}

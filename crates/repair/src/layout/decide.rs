//! Decides every gap of a text: first the structure, then the scores.

use super::edge::{End, Start};
use super::gap::Gap;
use super::line::Line;
use super::pair::{self, Pair};
use super::run::{Run, find_runs};
use super::sealed::MAX_HEADLINE;
use super::second_look::{self, Lengths};
use super::signals::{Cells, Context, fit, together_cell};
use super::stretch::{MARGIN, STRETCH, Stretch, is_uncased};
use super::structure::Role;
use super::together;
use super::verse::find_verse;
use super::weights::weights;

/// Score of a gap whose lines stand apart without being scored: the end of a paragraph for the second look as well.
const APART: f32 = 1.0;

/// Everything about the gaps of a text, one entry each.
#[derive(Default)]
pub(crate) struct Gaps {
    /// The decisions.
    pub(crate) decided: Vec<Gap>,
    /// Log odds that a paragraph ends there; [`APART`] or 0 for gaps that structure decided.
    pub(crate) scores: Vec<f32>,
    /// Blank lines that stand between nearly all lines around.
    pub(crate) usual_blanks: Vec<u16>,
    /// The steps of the second look.
    pub(crate) lengths: Vec<Option<[u8; 3]>>,
    pairs: Vec<Pair>,
    runs: Vec<Run>,
    stretch: Stretch,
    paragraph_lengths: Lengths,
    /// What the second look found at which gaps.
    found: Vec<(usize, [u8; 3])>,
}

/// What is known of the lines before their gaps are decided.
pub(crate) struct Known<'a> {
    pub(crate) text: &'a str,
    pub(crate) lines: &'a [Line],
    /// For each gap of a parsed document what its blocks say; nothing where lines decide.
    pub(crate) forced: &'a [Option<Gap>],
}

/// What speaks for a headline where the first line of a text stands alone before a capital, and where what follows is set in
/// as paragraphs are. The texts that the weights are fitted on seldom begin with one.
const HEADLINE: f32 = 1.5;
const HEADLINE_OVER_INDENT: f32 = 3.0;

/// What speaks for it that the first line of a text is its headline: a blank line follows it, then a longer line, or one that is
/// set in, with a capital.
pub(crate) fn headline(lines: &[Line], at: usize) -> f32 {
    let [line, next] = [&lines[at], &lines[at + 1]];
    let is_set_in = next.indent > line.indent + 1;
    let may_be = at == 0
        && next.blanks > 0
        && matches!(next.first, Start::Upper | Start::Starter)
        && line.sentences == 0
        && line.width <= MAX_HEADLINE
        && (is_set_in || line.width <= next.width)
        && matches!(line.first, Start::Upper | Start::Starter);
    match (may_be, is_set_in) {
        (false, _) => 0.0,
        (true, false) => HEADLINE,
        (true, true) => HEADLINE_OVER_INDENT,
    }
}

impl Gaps {
    /// The gap after line `at` as its two lines make it.
    pub(crate) fn pair(&self, at: usize) -> Pair {
        self.pairs[at]
    }

    /// Decides the gaps of `known`. `watch` sees the signals of each scored gap. Verse is found on the
    /// way, since it takes the column to tell.
    pub(crate) fn decide(&mut self, known: &Known<'_>, roles: &mut [Role], mut watch: impl FnMut(usize, &Cells)) {
        let Known { lines, forced, .. } = *known;
        let n = lines.len().saturating_sub(1);
        self.decided.clear();
        self.decided.resize(n, Gap::Paragraph);
        self.scores.clear();
        self.scores.resize(n, 0.0);
        self.usual_blanks.clear();
        self.usual_blanks.resize(n, 0);
        self.lengths.clear();
        self.lengths.resize(n, None);
        self.pairs.clear();
        self.runs.clear();
        self.runs.resize(lines.len(), Run::default());
        let uncased = is_uncased(lines);
        for index in 0..n {
            let mut pair = pair::pair(&lines[index], &lines[index + 1], uncased);
            if let Some(gap) =
                forced.get(index).copied().flatten().or_else(|| by_structure(known.text, lines, roles, index))
            {
                self.decided[index] = gap;
                self.scores[index] = if gap.joins() { 0.0 } else { APART };
                pair.open = false;
            }
            self.pairs.push(pair);
        }
        let mut run_number = 0;
        let mut start = 0;
        while start < n {
            let end = if n - start < STRETCH + MARGIN { n } else { start + STRETCH };
            self.measure_stretch(known, start..end, uncased, roles, &mut run_number);
            self.decide_stretch(known, start..end, &mut watch);
            start = end;
        }
    }

    /// Finds out what is usual around `range`, and which of its lines are verse.
    fn measure_stretch(
        &mut self,
        known: &Known<'_>,
        range: std::ops::Range<usize>,
        uncased: bool,
        roles: &mut [Role],
        run_number: &mut u32,
    ) {
        if !self.pairs[range.clone()].iter().any(|pair| pair.open) {
            return;
        }
        let around = range.start.saturating_sub(MARGIN)..(range.end + MARGIN).min(self.pairs.len());
        let lines = &known.lines[around.start..=around.end];
        let pairs = &mut self.pairs[around.clone()];
        self.stretch.measure(lines, pairs, uncased);
        self.usual_blanks[range.clone()].fill(self.stretch.usual_blanks);
        find_runs(lines, pairs, &self.stretch, &mut self.runs[around.start..=around.end], run_number);
        let roles = &mut roles[around.start..=around.end];
        if find_verse(known.text, lines, pairs, &self.stretch, roles) {
            for at in (0..pairs.len()).filter(|at| range.contains(&(around.start + at))) {
                if let Some(gap) = by_structure(known.text, lines, roles, at).filter(|_| pairs[at].open) {
                    pairs[at].open = false;
                    self.decided[around.start + at] = gap;
                    self.scores[around.start + at] = if gap.joins() { 0.0 } else { APART };
                }
            }
        }
    }

    fn decide_stretch(
        &mut self,
        known: &Known<'_>,
        range: std::ops::Range<usize>,
        watch: &mut impl FnMut(usize, &Cells),
    ) {
        let lines = known.lines;
        let weights = weights();
        let mut any_undecided = false;
        let fit = |at: usize| fit(lines, &self.pairs, self.stretch.column, at);
        let mut fits = [0, fit(range.start)];
        for at in range.clone() {
            fits = [fits[1], fit(at + 1)];
            let pair = &self.pairs[at];
            if !pair.open {
                continue;
            }
            if self.stretch.stands_apart(&lines[at], &lines[at + 1], *pair)
                || self.stretch.are_labels(lines, at)
                || self.stretch.is_sealed(&lines[at], &lines[at + 1], *pair)
            {
                self.scores[at] = APART;
                continue;
            }
            let context = Context {
                lines,
                pairs: &self.pairs,
                runs: &self.runs,
                stretch: &self.stretch,
                at,
                fits,
                page: if lines[at + 1].furniture { 1 } else { 2 * usize::from(lines[at + 1].page_break) },
            };
            let cells = context.cells();
            watch(at, &cells);
            let mut score = weights.score(&cells) + headline(lines, at);
            // Looked for only where it can turn the decision.
            let together = weights.together[together_cell(&lines[at], *pair)];
            if score > 0.0 && score + together <= 0.0 && together::are_seen(known.text, &lines[at], &lines[at + 1]) {
                score += together;
            }
            self.scores[at] = score;
            self.decided[at] = if score > 0.0 { Gap::Paragraph } else { glue(known.text, &lines[at], &lines[at + 1]) };
            any_undecided |= second_look::is_open(&lines[at], &lines[at + 1], *pair, &self.stretch);
        }
        if any_undecided {
            self.look_again(known.text, lines, range);
        }
    }

    /// Decides anew where the first look could not, with the lengths of the paragraphs around.
    fn look_again(&mut self, text: &str, lines: &[Line], range: std::ops::Range<usize>) {
        let weights = weights();
        let Self { decided, scores, lengths, pairs, stretch, paragraph_lengths, found, .. } = self;
        let first = range.start;
        let marks: &[f32] = &scores[range.clone()];
        found.clear();
        paragraph_lengths.look(
            &lines[first..=range.end],
            marks,
            |at| second_look::is_open(&lines[first + at], &lines[first + at + 1], pairs[first + at], stretch),
            |at, steps| found.push((first + at, steps)),
        );
        for &(at, steps) in found.iter() {
            scores[at] += second_look::added(weights, steps);
            lengths[at] = Some(steps);
            decided[at] = if scores[at] > 0.0 { Gap::Paragraph } else { glue(text, &lines[at], &lines[at + 1]) };
        }
    }
}

/// What structure says about the gap after line `index`.
fn by_structure(text: &str, lines: &[Line], roles: &[Role], index: usize) -> Option<Gap> {
    let blank = lines[index + 1].blanks > 0;
    match (roles[index], roles[index + 1]) {
        (Role::Code, Role::Code) => Some(Gap::Keep),
        (Role::Row, Role::Row) => Some(Gap::Line),
        (Role::Verse, Role::Verse) | (Role::Lines | Role::Row, Role::Lines) | (Role::Lines, Role::Row) if !blank => {
            Some(Gap::Line)
        }
        (Role::Item | Role::Hanging, Role::Item) if !blank => Some(Gap::Line),
        (_, Role::Hanging) => Some(glue(text, &lines[index], &lines[index + 1])),
        (_, Role::Prose) if is_heading(text, &lines[index + 1]) => Some(Gap::Paragraph),
        (Role::Prose | Role::Item | Role::Hanging | Role::Label, Role::Prose) => None,
        _ => Some(Gap::Paragraph),
    }
}

/// Whether a line opens with the mark of a Markdown heading.
fn is_heading(text: &str, line: &Line) -> bool {
    let words = || line.span.in_text(text).trim_start_matches('#');
    line.first == Start::Other && text.as_bytes()[line.span.range()].starts_with(b"#") && words().starts_with(' ')
}

/// How two lines that are one sentence are glued.
pub(crate) fn glue(text: &str, a: &Line, b: &Line) -> Gap {
    match (a.last, b.first) {
        (_, Start::Closing) | (End::Opening | End::Hyphen, _) => Gap::Tight,
        (End::Name, Start::Lower) if is_initial(a.span.in_text(text)) => Gap::Tight,
        (End::Name, Start::Dash) if is_second_half(b.span.in_text(text)) => Gap::Tight,
        (End::Name, Start::Lower | Start::QuoteLower) if is_genitive(b.span.in_text(text)) => Gap::Tight,
        // Chinese and Japanese lines break between any two characters, digits and Latin letters too.
        _ if a.cjk[1] || b.cjk[0] => Gap::Tight,
        _ => Gap::Join,
    }
}

/// Whether a capital alone in a line is the large first letter of a word: no word is that letter.
fn is_initial(letter: &str) -> bool {
    letter.len() == 1 && letter.starts_with(|c: char| "BCDFGHJLMNPQRT".contains(c))
}

/// Whether a line goes on a compound after its hyphen: "-Diagnosen".
fn is_second_half(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Whether a line begins with the ending of the name before it: "'s".
fn is_genitive(line: &str) -> bool {
    let ending = line.strip_prefix(['’', '\'']).and_then(|rest| rest.strip_prefix('s'));
    ending.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\'')))
}

//! What is usual in a stretch of lines: the column at which it is wrapped, what marks its paragraphs.

use super::edge::{End, Start};
use super::line::Line;
use super::pair::{Class, Pair};
use super::sealed::Seal;

/// Lines in a stretch, and lines around it that count too. A stretch is long enough for shares and
/// short enough for texts that change their ways.
pub(crate) const STRETCH: usize = 128;
/// Lines before and after a stretch that are measured with it.
pub(crate) const MARGIN: usize = 64;

/// Deepest indent that is told apart, columns.
const MAX_INDENT: u16 = 63;

/// Columns at which texts are wrapped.
const MIN_COLUMN: usize = 20;
const MAX_COLUMN: usize = 120;

/// How a stretch is broken into lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Most breaks were forced by a column.
    Wrapped,
    /// Some were.
    Mixed,
    /// Few were: one paragraph a line, or breaks anywhere.
    #[default]
    Loose,
}

/// What blank lines mean in a stretch: how clean they are, and how many sure paragraphs lack one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BlankMark {
    /// There are none.
    #[default]
    Absent,
    /// They stand between all lines.
    Everywhere,
    /// Hardly any inside a sentence; hardly any paragraph without.
    Clean,
    /// Hardly any inside a sentence; some paragraphs without.
    CleanPartly,
    /// Hardly any inside a sentence; most paragraphs without.
    CleanRarely,
    /// Some inside sentences; hardly any paragraph without.
    Soiled,
    /// Some inside sentences; some paragraphs without.
    SoiledPartly,
    /// Some inside sentences; most paragraphs without.
    SoiledRarely,
    /// Many inside sentences; hardly any paragraph without.
    Foul,
    /// Many inside sentences; some paragraphs without.
    FoulPartly,
    /// Many inside sentences; most paragraphs without.
    FoulRarely,
}

/// What an indent deeper than usual means in a stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum IndentMark {
    /// There are none.
    #[default]
    Absent,
    /// It opens most paragraphs.
    Good,
    /// It opens some.
    Some,
    /// It opens few.
    Bad,
}

/// Columns of the narrowest text that is set with blank lines between its lines.
const MIN_DOUBLED: u16 = 30;

/// Columns of the shortest line that a blank line may have cut from its sentence where nothing shows that it did.
const MIN_BROKEN: u16 = 48;

/// Columns of the longest of several short lines that stand alone between blank lines and are no parts of a sentence.
const MAX_LABEL: u16 = 32;

/// Fewest lines that end at a column without running on over it, from which on a text is wrapped there.
const MIN_TIGHT: usize = 6;

/// The step of [`Stretch::ragged`] for a stretch in which no line goes on from the one before.
const NO_BREAK: u8 = 5;

/// What is usual in a stretch of lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stretch {
    /// How it is broken.
    pub(crate) mode: Mode,
    /// The column at which it is wrapped, if it is.
    pub(crate) column: u16,
    /// What blank lines mean.
    pub(crate) blank_mark: BlankMark,
    /// What a deeper indent means.
    pub(crate) indent_mark: IndentMark,
    /// Blank lines that stand between nearly all lines.
    pub(crate) usual_blanks: u16,
    /// The most frequent indent, columns.
    pub(crate) usual_indent: u16,
    /// Share of forced breaks that the column does not explain, in six steps; the last is "no such break".
    pub(crate) ragged: u8,
    /// Share of breaks over which a sentence runs on, in five steps.
    pub(crate) cuts: u8,
    /// Share of sentence ends that are paragraph ends, in six steps.
    pub(crate) paragraphs_per_sentence: u8,
    /// Share of lines with white space at their end, in three steps.
    pub(crate) trailing: u8,
    /// Whether its letters are (nearly) all lower case.
    pub(crate) uncased: bool,
    /// What stands before its blank lines.
    seal: Seal,
    /// Reaches of the forced breaks.
    forced: Vec<u16>,
}

/// The step that `share` falls into, given the upper ends of all steps but the last.
pub(crate) fn step(share: f32, ends: &[f32]) -> u8 {
    // The ends ascend.
    ends.iter().map(|&end| u8::from(share >= end)).sum()
}

/// The share that `n` have in `of`, 0 of nothing.
pub(crate) fn share(n: usize, of: usize) -> f32 {
    if of == 0 { 0.0 } else { n as f32 / of as f32 }
}

/// Whether a text has no capitals: few lines begin with one although many begin with a letter.
pub(crate) fn is_uncased(lines: &[Line]) -> bool {
    let upper = lines.iter().filter(|line| matches!(line.first, Start::Upper | Start::Starter | Start::Label)).count();
    let lower = lines.iter().filter(|line| line.first == Start::Lower).count();
    lower > 3 && upper * 50 <= lower
}

/// The column that explains most breaks, given their widths and reaches: those where the line fits and its next word would
/// not have, less twice the lines that stick out a little. Lines that stick out far are paragraphs.
pub(crate) fn best_column(breaks: impl Iterator<Item = (u16, u16)>) -> u16 {
    // What each column changes in the count of the one before it, and which change anything.
    let mut changes = [0i32; MAX_COLUMN + 2];
    let mut changed = 1u128 << MIN_COLUMN;
    let mut change = |column: u16, by: i32| {
        let column = usize::from(column).min(MAX_COLUMN + 1);
        changes[column] += by;
        changed |= 1 << column;
    };
    for (width, reach) in breaks {
        change(width.max(1), 1);
        change(reach.max(width + 1), -1);
        // A line sticks out by at most a quarter of the column.
        change((4 * width).div_ceil(5), -2);
        change(width, 2);
    }
    changed &= !(1 << (MAX_COLUMN + 1));
    let (mut count, mut best, mut best_column) = (0, i32::MIN, 0);
    while changed != 0 {
        let column = changed.trailing_zeros() as usize;
        changed &= changed - 1;
        count += changes[column];
        if column >= MIN_COLUMN && count > best {
            best = count;
            best_column = column as u16;
        }
    }
    best_column
}

impl Stretch {
    /// Measures `lines` with the gaps between them, `pairs[i]` being that after `lines[i]`.
    pub(crate) fn measure(&mut self, lines: &[Line], pairs: &[Pair], uncased: bool) {
        self.uncased = uncased;
        let breaks = lines.iter().zip(pairs).filter(|(_, pair)| pair.open);
        self.column = best_column(breaks.map(|(line, pair)| (line.width, pair.reach)));
        self.find_usual(lines);
        self.find_forced(pairs);
        self.trailing =
            step(share(lines.iter().filter(|line| line.trailing).count(), lines.len()), &[f32::EPSILON, 0.7]);

        let mut count = Counts::default();
        self.seal.measure(lines, pairs, self.column);
        for (at, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.open) {
            self.count(&mut count, &lines[at], &lines[at + 1], *pair);
        }
        let all_tight = share(count.tight, count.gaps);
        let plain_tight = share(count.plain_tight, count.plain);
        // Where no line runs on over its end, a few lines may sit against some column by chance.
        let by_chance = count.forced_tight == 0 && count.tight < MIN_TIGHT;
        self.mode = if by_chance {
            Mode::Loose
        } else if all_tight >= 0.4 || (plain_tight >= 0.6 && count.plain >= 3) {
            Mode::Wrapped
        } else if all_tight >= 0.15 {
            Mode::Mixed
        } else {
            Mode::Loose
        };
        self.blank_mark = self.judge_blanks(&count);
        self.indent_mark = if count.indented < 2 {
            IndentMark::Absent
        } else {
            let good = share(count.indented_sentences, count.indented);
            let recall = share(count.sure_indented, count.sure);
            if good >= 0.6 && recall >= 0.5 {
                IndentMark::Good
            } else if good >= 0.4 {
                IndentMark::Some
            } else {
                IndentMark::Bad
            }
        };
        self.ragged = match count.runs_on {
            0 => NO_BREAK,
            n => step(share(count.runs_on_loose, n), &[0.02, 0.1, 0.3, 0.6]),
        };
        self.cuts = step(share(count.runs_on, count.gaps), &[f32::EPSILON, 0.02, 0.1, 0.3]);
        let inside: usize = lines.iter().map(|line| self.sentences(line)).sum();
        let ends = lines.iter().filter(|line| line.last == End::Final).count();
        self.paragraphs_per_sentence = step(share(count.sure + 1, inside + ends + 1), &[0.15, 0.25, 0.35, 0.5, 0.8]);
    }

    fn count(&self, count: &mut Counts, a: &Line, b: &Line, pair: Pair) {
        let tight = self.is_tight(a, pair);
        let blank = b.blanks > self.usual_blanks && !b.furniture && !b.page_break;
        let over = a.width * 4 > self.column * 5;
        count.gaps += 1;
        count.tight += usize::from(tight);
        // Labels too may end in a short word: "13 hours ago".
        let runs_on = pair.class == Class::RunsOn || pair.class.is_forced() && a.last != End::Function;
        count.forced_tight += usize::from(tight && runs_on);
        count.plain += usize::from(!blank);
        count.plain_tight += usize::from(!blank && tight);
        count.blank += usize::from(blank);
        count.blank_runs_on += usize::from(blank && pair.class == Class::RunsOn);
        count.runs_on += usize::from(pair.class == Class::RunsOn);
        count.runs_on_loose += usize::from(pair.class == Class::RunsOn && !tight);
        let sure = pair.class == Class::Sentence && (pair.reach <= self.column || over);
        count.sure += usize::from(sure);
        count.sure_plain += usize::from(sure && !blank);
        let indented = b.indent > self.usual_indent;
        count.indented += usize::from(indented);
        count.indented_sentences += usize::from(indented && pair.class == Class::Sentence);
        count.sure_indented += usize::from(indented && sure);
    }

    /// Whether the lines around the gap after line `at` are three or more labels, such as keywords: each is short and stands
    /// alone between blank lines, and none is open at its end. Or the first is one, of more words than one, and a sentence
    /// begins behind it.
    pub(crate) fn are_labels(&self, lines: &[Line], at: usize) -> bool {
        let is_label = |at: usize| {
            let alone = |line: &Line| line.blanks > 0;
            lines.get(at).is_some_and(|line| {
                line.width <= MAX_LABEL
                    && (self.mode != Mode::Wrapped || line.width * 2 <= self.column)
                    && !matches!(line.last, End::Comma | End::Opening | End::Hyphen | End::Binding | End::Dash)
                    && !line.cjk[1]
                    && line.first != Start::Closing
                    && (at == 0 || alone(line))
                    && lines.get(at + 1).is_none_or(alone)
            })
        };
        let many_words = |line: &Line| line.first_word < line.width;
        let begins = |a: &Line, b: &Line| b.first == Start::Starter && many_words(a) && many_words(b);
        // Where many blank lines cut sentences, they may have cut this one.
        lines[at + 1].blanks > 0
            && !matches!(self.blank_mark, BlankMark::Foul | BlankMark::FoulPartly | BlankMark::FoulRarely)
            && is_label(at)
            && (begins(&lines[at], &lines[at + 1])
                || is_label(at + 1) && (at > 0 && is_label(at - 1) || is_label(at + 2)))
    }

    /// Sentences that end inside the line.
    pub(crate) fn sentences(&self, line: &Line) -> usize {
        usize::from(line.sentences) + if self.uncased { usize::from(line.low_stops) } else { 0 }
    }

    /// Whether the column forced the break: the line fits, and its next word would not have.
    pub(crate) fn is_tight(&self, a: &Line, pair: Pair) -> bool {
        a.width <= self.column && self.column < pair.reach
    }

    /// Whether the blank line between two lines stays for want of anything that speaks of one sentence: no line of the
    /// stretch goes on from the one before it over a break, or it is short where all lines stand alone and no column broke
    /// them, such as the names, times and buttons between the posts of a thread. Of two lines of one word each that stand
    /// alone, small letters say nothing either.
    pub(crate) fn stands_apart(&self, before: &Line, after: &Line, pair: Pair) -> bool {
        // A post may be cut by a blank line, its name and time are not.
        let is_thread =
            self.usual_blanks > 0 && self.column < MIN_DOUBLED && before.width < MIN_BROKEN && !before.cjk[1];
        let is_whole = self.ragged == NO_BREAK && before.width < MIN_BROKEN;
        let is_word = |line: &Line| line.first_word == line.width && !line.cjk[0];
        let are_labels = self.usual_blanks > 0
            && pair.class == Class::RunsOn
            && matches!(before.last, End::Lower | End::Name)
            && is_word(before)
            && is_word(after);
        // An article alone in a line was cut from its noun.
        let is_open = pair.class.is_forced() && !pair.class.is_caseless()
            || is_word(before) && before.first == Start::Starter && before.last != End::Final;
        after.blanks > 0 && (are_labels || !is_open && (is_whole || is_thread && !pair.class.is_caseless()))
    }

    /// Whether the blank line between two lines stays since those of the stretch cut no prose.
    pub(crate) fn is_sealed(&self, before: &Line, after: &Line, pair: Pair) -> bool {
        (self.mode != Mode::Wrapped || self.seal.is_unwrapped())
            && !self.uncased
            && self.seal.parts(before, after, pair)
    }

    /// Share of forced breaks with at most this reach, `None` if there are no forced breaks.
    pub(crate) fn forced_below(&self, reach: u16) -> Option<f32> {
        let below = || self.forced.iter().map(|&forced| u16::from(forced <= reach)).sum::<u16>();
        (!self.forced.is_empty()).then(|| f32::from(below()) / self.forced.len() as f32)
    }

    /// The most frequent indent, and the number of blank lines that nine gaps in ten have.
    fn find_usual(&mut self, lines: &[Line]) {
        let indent = |line: &Line| line.indent.min(MAX_INDENT);
        self.usual_indent = lines.first().map_or(0, indent);
        if lines.iter().any(|line| indent(line) != self.usual_indent) {
            let mut indents = [0u32; MAX_INDENT as usize + 1];
            for line in lines {
                indents[usize::from(indent(line))] += 1;
            }
            let most = (0..=MAX_INDENT).max_by_key(|&at| (indents[usize::from(at)], std::cmp::Reverse(at)));
            self.usual_indent = most.unwrap_or(0);
        }
        let mut blanks = [0usize; 8];
        for line in &lines[1..] {
            blanks[usize::from(line.blanks.min(7))] += 1;
        }
        let tenth = (lines.len() - 1) / 10;
        let mut below = 0;
        self.usual_blanks = 0;
        for (n_blanks, n) in blanks.iter().enumerate() {
            below += n;
            if below > tenth {
                self.usual_blanks = n_blanks as u16;
                break;
            }
        }
    }

    fn find_forced(&mut self, pairs: &[Pair]) {
        self.forced.clear();
        self.forced.extend(pairs.iter().filter(|pair| pair.open && pair.class.is_forced()).map(|pair| pair.reach));
    }

    fn judge_blanks(&self, count: &Counts) -> BlankMark {
        use BlankMark::{
            Absent, Clean, CleanPartly, CleanRarely, Everywhere, Foul, FoulPartly, FoulRarely, Soiled, SoiledPartly,
            SoiledRarely,
        };
        if count.blank == 0 {
            return if self.usual_blanks > 0 { Everywhere } else { Absent };
        }
        let marks = match step(share(count.blank_runs_on, count.blank), &[0.02, 0.25]) {
            0 => [Clean, CleanPartly, CleanRarely],
            1 => [Soiled, SoiledPartly, SoiledRarely],
            _ => [Foul, FoulPartly, FoulRarely],
        };
        marks[usize::from(step(share(count.sure_plain, count.sure), &[0.15, 0.6]))]
    }
}

/// What is counted over the gaps of a stretch.
#[derive(Default)]
struct Counts {
    gaps: usize,
    tight: usize,
    /// Tight gaps over which a sentence runs on.
    forced_tight: usize,
    /// Gaps without a blank line more than usual.
    plain: usize,
    plain_tight: usize,
    blank: usize,
    blank_runs_on: usize,
    runs_on: usize,
    runs_on_loose: usize,
    /// Gaps that are the end of a paragraph beyond doubt: a sentence ends before the column.
    sure: usize,
    sure_plain: usize,
    indented: usize,
    indented_sentences: usize,
    sure_indented: usize,
}

//! Whether the blank lines of a stretch only end paragraphs: then all its prose ends in stops, and the few lines that do not
//! are headlines, buttons and names.
//!
//! The numbers are set by hand: no kind of text of the lines set is mended less, and headlines, dates and buttons of clean articles
//! in two dozen languages stay apart.

use super::edge::{End, Start};
use super::line::Line;
use super::pair::{Class, Pair};

/// Longest headline in columns.
pub(crate) const MAX_HEADLINE: u16 = 120;

/// Longest lines in columns that are labels and no prose that was cut, by what stands where.
struct Longest {
    /// The first line of a text, which may be a headline.
    first: u16,
    /// Lines above and below all prose, such as dates, and those above others of their kind.
    edge: u16,
    /// Others in which no sentence ends.
    label: u16,
    /// What stands behind the last sentence of others: buttons and names.
    tail: u16,
}

/// In scripts with capitals, most cuts show by small letters.
const CASED: Longest = Longest { first: MAX_HEADLINE, edge: 64, label: 64, tail: 36 };

/// In scripts without capitals nothing else tells a label from the start of a sentence.
const CASELESS: Longest = Longest { first: 96, edge: 64, label: 24, tail: 16 };

/// Columns of the shortest line that is prose beside a stop or small letters.
const MIN_PROSE: u16 = 48;

/// Fewest paragraphs of prose that show how those of a text end.
const MIN_WHOLE: usize = 2;

/// Paragraphs of prose for each cut elsewhere that leaves a headline what it is.
const WHOLE_FOR_A_CUT: usize = 6;

/// What stands before the blank lines of a stretch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seal {
    /// Prose that ends in a stop.
    whole: usize,
    /// That which sticks out far over the column.
    over: usize,
    /// Prose that was cut, as far as words tell.
    cut: usize,
    /// Where the first line begins.
    start: u32,
    /// Where the first line that holds a stop begins and where the last one does.
    prose: [u32; 2],
}

impl Seal {
    /// Measures the gaps of a stretch.
    pub(crate) fn measure(&mut self, lines: &[Line], pairs: &[Pair], column: u16) {
        let start = |line: Option<&Line>| line.map_or(u32::MAX, |line| line.span.start);
        let mut stops = lines.iter().filter(|line| has_stop(line));
        let prose = [stops.next(), stops.next_back()].map(start);
        *self = Self { start: start(lines.first()), prose, ..Self::default() };
        if let Some(line) = lines.last().filter(|line| line.last == End::Final) {
            self.count_whole(line, column);
        }
        for ((a, b), pair) in lines.iter().zip(&lines[1..]).zip(pairs).filter(|(_, pair)| pair.open) {
            if b.blanks > 0 && matches!(pair.class, Class::Sentence | Class::StopThenLower) {
                self.count_whole(a, column);
            }
            self.cut += usize::from(self.is_cut(a, b, *pair));
        }
    }

    fn count_whole(&mut self, line: &Line, column: u16) {
        self.whole += usize::from(line.width >= MIN_PROSE);
        self.over += usize::from(line.width >= MIN_PROSE && line.width * 4 > column * 5);
    }

    /// Whether the blank line between two lines parts them, since no other one cuts prose and nothing shows that this one does.
    pub(crate) fn parts(&self, a: &Line, b: &Line, pair: Pair) -> bool {
        let is_cut = self.is_cut(a, b, pair);
        let others = self.cut.saturating_sub(is_cut.into());
        let is_first = a.span.start == self.start;
        let may_be_headline = is_first && !matches!(pair.class, Class::Open | Class::OpenCaseless);
        let doubts = if may_be_headline { self.whole / WHOLE_FOR_A_CUT } else { 0 };
        let ends = match pair.class {
            Class::Sentence | Class::StopThenLower => true,
            Class::Unclear | Class::Caseless | Class::Other => !is_cut,
            Class::Open => match a.last {
                // "3 hours ago", "A+ A-".
                End::Function | End::Hyphen => !is_cut,
                // "Die Fähre stellt den Betrieb ein", then "Die".
                End::Binding => is_first && !is_cut && b.first == Start::Starter,
                _ => false,
            },
            Class::OpenCaseless => a.last == End::Digit && !is_cut,
            _ => false,
        };
        b.blanks > 0 && self.whole >= MIN_WHOLE && others <= doubts && ends
    }

    /// Whether half of the prose or more is too long for the column, though headlines may sit against it by chance.
    pub(crate) const fn is_unwrapped(&self) -> bool {
        self.over * 2 >= self.whole
    }

    /// Whether a sentence is cut after `a`, as far as words tell: the next line goes on in small letters, or too much stands
    /// without a stop for a label.
    fn is_cut(&self, a: &Line, b: &Line, pair: Pair) -> bool {
        let is_caseless =
            matches!(a.last, End::Cjk | End::Caseless) || matches!(pair.class, Class::Caseless | Class::OpenCaseless);
        let longest = if is_caseless { CASELESS } else { CASED };
        let is_label = match a.span.start {
            at if at == self.start => a.width <= longest.first,
            at if at < self.prose[0] || at > self.prose[1] || !has_stop(b) => a.width <= longest.edge,
            _ if a.sentences > 0 => a.tail <= longest.tail,
            _ => a.width <= longest.label,
        };
        match pair.class {
            Class::RunsOn => b.blanks == 0 || a.width >= MIN_PROSE,
            Class::Open | Class::OpenCaseless | Class::Unclear | Class::Caseless | Class::Other => {
                b.blanks > 0 && !is_label
            }
            _ => false,
        }
    }
}

/// Whether a sentence ends in or at the end of a line.
fn has_stop(line: &Line) -> bool {
    line.last == End::Final || line.sentences > 0
}

//! Two neighbouring lines: what the words at the gap say, and how far the break was forced.

use super::edge::{End, Start};
use super::line::Line;
use super::width::MAX_WIDTH;

/// What the end of one line and the start of the next say together, without widths and blank lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Class {
    /// A sentence ends, and one may begin.
    Sentence,
    /// A sentence ends, yet the next line does not begin one.
    StopThenLower,
    /// A colon or an abbreviation, then something that may begin a sentence.
    Pause,
    /// A colon or an abbreviation, then something that does not.
    PauseThenLower,
    /// No end, and the next line goes on.
    RunsOn,
    /// A comma, a function word or an open bracket, then something that may begin a sentence.
    Open,
    /// The same in a script without capitals, or a number before Chinese or Japanese.
    OpenCaseless,
    /// No end, then something that may begin a sentence.
    Unclear,
    /// No end, in a script without capitals.
    Caseless,
    /// Anything else.
    #[default]
    Other,
    /// As `OpenCaseless`, in a text without capitals.
    OpenUncased,
    /// As `Caseless`, in a text without capitals.
    Uncased,
}

impl Class {
    /// Names for the table of signals, in order.
    pub(crate) const NAMES: [&str; 12] = [
        "sentence",
        "stop-then-lower",
        "pause",
        "pause-then-lower",
        "runs-on",
        "open",
        "open-caseless",
        "unclear",
        "caseless",
        "other",
        "open-uncased",
        "uncased",
    ];

    /// Whether the two lines are one sentence as far as words tell, so that the break was forced.
    pub(crate) const fn is_forced(self) -> bool {
        matches!(self, Self::RunsOn | Self::Open | Self::OpenCaseless | Self::OpenUncased) || self.is_caseless()
    }

    /// Whether no sentence ends, as far as a text or a script without capitals tells.
    pub(crate) const fn is_caseless(self) -> bool {
        matches!(self, Self::Caseless | Self::Uncased)
    }
}

/// The gap between two neighbouring lines.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pair {
    /// What the words say.
    pub(crate) class: Class,
    /// Columns that the first line would have had with the first word of the next.
    pub(crate) reach: u16,
    /// Whether it is scored; else it was decided by structure and tells nothing about the text.
    pub(crate) open: bool,
}

/// The start of a line as it counts: in a text without capitals, lower case says nothing.
pub(crate) const fn as_seen(start: Start, uncased: bool) -> Start {
    match start {
        Start::Lower if uncased => Start::Uncased,
        Start::QuoteLower if uncased => Start::Quote,
        _ => start,
    }
}

/// Whether a line goes on from the one before, by its start.
pub(crate) const fn goes_on(start: Start) -> bool {
    matches!(start, Start::Lower | Start::Closing | Start::QuoteLower)
}

/// Whether a line may begin a sentence, by its start, in a script with capitals.
pub(crate) const fn is_capital(start: Start) -> bool {
    matches!(start, Start::Upper | Start::Starter | Start::Label | Start::Quote)
}

/// Measures the gap between `a` and `b`.
pub(crate) fn pair(a: &Line, b: &Line, uncased: bool) -> Pair {
    let spaced = u16::from(a.last != End::Cjk && !b.cjk[0]);
    let reach = (a.width + b.first_word + spaced).min(MAX_REACH);
    Pair { class: class(a.last, as_seen(b.first, uncased)), reach, open: true }
}

/// Widest reach that is told apart, columns.
pub(crate) const MAX_REACH: u16 = MAX_WIDTH + 50;

fn class(end: End, start: Start) -> Class {
    let lower = goes_on(start);
    match end {
        End::Final if lower || start == Start::Other => Class::StopThenLower,
        End::Final => Class::Sentence,
        End::Abbreviation | End::Colon if lower => Class::PauseThenLower,
        End::Abbreviation | End::Colon => Class::Pause,
        _ if lower => Class::RunsOn,
        End::Function | End::Binding | End::Comma | End::Opening | End::Hyphen => match start {
            Start::Cjk | Start::Caseless => Class::OpenCaseless,
            Start::Uncased => Class::OpenUncased,
            _ => Class::Open,
        },
        // A number and what it counts.
        End::Digit if start == Start::Cjk => Class::OpenCaseless,
        _ if is_capital(start) => Class::Unclear,
        _ if matches!(start, Start::Cjk | Start::Caseless) => Class::Caseless,
        _ if start == Start::Uncased => Class::Uncased,
        _ => Class::Other,
    }
}

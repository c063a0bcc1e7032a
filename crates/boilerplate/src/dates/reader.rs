//! Reads the words of a date one after another.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{DateLine, YEARS};
use crate::word_map::WordMap;
use crate::words::{Word, digit};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Month(i8),
    Weekday,
    Published,
    Updated,
    Zone,
    Half,
    Unit,
    Filler,
}

/// The parts of a date found so far.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    line: DateLine,
    part: Part,
    updated: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn of(text: &'a str, words: &'a [Word]) -> Self {
        Self { text, words, line: DateLine::default(), part: Part::default(), updated: false }
    }

    pub(super) fn read(mut self) -> Option<DateLine> {
        (self.read_counting()? > 0).then_some(self.line)
    }

    /// Reads the words; the number of dates and ages among them. None if another word stands among them.
    pub(super) fn read_counting(&mut self) -> Option<u32> {
        let mut at = 0;
        let (mut n_dates, mut n_units, mut n_times) = (0, 0, 0);
        while at < self.words.len() {
            let word = self.word(at);
            if self.words[at].has(Word::DIGIT) {
                if let Some((n, date)) = self.numeric(at) {
                    n_dates += 1;
                    at += n;
                    if let Some(date) = date {
                        self.found(date);
                    } else {
                        self.line.either = self.either(at - n).filter(|_| !self.updated).or(self.line.either);
                    }
                    continue;
                }
                if let Some(n) = self.time(at) {
                    n_times += 1;
                    at += n;
                    continue;
                }
                at += 1;
                let next = if at < self.words.len() { self.word(at) } else { "" };
                let number = leading_number(word)?;
                match next {
                    "年" | "년" => self.part.year = i16::try_from(number).ok(),
                    "月" | "월" => self.part.month = i8::try_from(number).ok(),
                    "日" | "일" => self.part.day = i8::try_from(number).ok(),
                    "時" | "时" | "시" | "点" | "點" if number <= 24 => n_times += 1,
                    "分" | "분" if n_times > 0 && number < 60 => {}
                    _ if matches!(self.meaning(at), Some(Meaning::Unit)) && self.part.month.is_none() => n_units += 1,
                    _ if number <= 24 && matches!(self.meaning(at), Some(Meaning::Half)) => {}
                    _ if YEARS.contains(&(number as i16)) => self.part.year = Some(number as i16),
                    _ if (1..=31).contains(&number) && self.part.day.is_none() => self.part.day = Some(number as i8),
                    _ => return None,
                }
                at += usize::from(OF_NUMBERS.contains(&next));
            } else {
                match self.meaning(at)? {
                    Meaning::Month(month) => self.part.month = Some(month),
                    Meaning::Published => {
                        self.updated = false;
                        self.line.is_named = true;
                    }
                    Meaning::Updated => self.updated = true,
                    Meaning::Unit | Meaning::Weekday | Meaning::Zone | Meaning::Half | Meaning::Filler => {}
                }
                at += 1;
            }
            if let Part { day: Some(day), month: Some(month), year: Some(year) } = self.part {
                self.found(Date::new(year, month, day).ok()?);
                self.part = Part::default();
                n_dates += 1;
            }
        }
        // `14 September, 09:41`: a day of this year; `Updated at 18:04`: today.
        let is_day = self.part.day.is_some() && self.part.month.is_some();
        let is_recent = n_times > 0 && (is_day || self.updated || self.line.is_named);
        Some(n_dates + n_units + u32::from(is_recent))
    }

    fn found(&mut self, date: Date) {
        let place = if self.updated { &mut self.line.updated } else { &mut self.line.published };
        place.get_or_insert(date);
    }

    fn word(&self, at: usize) -> &'a str {
        let word = self.words[at];
        &self.text[word.start as usize..word.end as usize]
    }

    fn meaning(&self, at: usize) -> Option<Meaning> {
        MEANINGS.get(self.words.get(at)?.hash)
    }

    /// The bytes between a word and the next one.
    fn gap(&self, at: usize) -> &'a str {
        self.words.get(at + 1).map_or("", |next| &self.text[self.words[at].end as usize..next.start as usize])
    }

    /// Reads `2016-08-15`, `15.08.2016`, `8/15/2016`: number of words, and the date if there is but one reading.
    fn numeric(&self, at: usize) -> Option<(usize, Option<Date>)> {
        let mark = self.gap(at);
        if !matches!(mark, "-" | "." | "/" | ". ")
            || mark.trim() != self.gap(at + 1).trim()
            || at + 2 >= self.words.len()
        {
            return None;
        }
        let (a, b) = (whole_number(self.word(at))?, whole_number(self.word(at + 1))?);
        let third = self.word(at + 2);
        let c = leading_number(third)?;
        if third.bytes().any(|b| b.is_ascii_alphabetic()) && !third.contains(['T', 't']) {
            return None;
        }
        let date =
            |y: i32, m: i32, d: i32| Date::new(y as i16, m as i8, d as i8).ok().filter(|_| YEARS.contains(&(y as i16)));
        // A time may be joined on: `2016-08-15T10:30:00Z`.
        let n = 3 + (at + 2..self.words.len()).take_while(|&word| self.gap(word) == ":").count();
        if a >= 1000 {
            return Some((n, Some(date(a, b, c)?)));
        }
        let year = match c {
            1000.. => c,
            0..100 if mark.starts_with('.') || a > 12 || b > 12 => 2000 + c,
            _ => return None,
        };
        match (a, b) {
            (1..=31, 1..=12) if mark.starts_with('.') || a > 12 || a == b => Some((3, Some(date(year, b, a)?))),
            (1..=12, 13..=31) => Some((3, Some(date(year, a, b)?))),
            (1..=12, 1..=12) => Some((3, None)),
            _ => None,
        }
    }

    /// The year and the other numbers of `08/12/2016`.
    fn either(&self, at: usize) -> Option<(i16, i8, i8)> {
        let number = |at: usize| leading_number(self.word(at));
        let year = number(at + 2)?;
        let year = if year < 100 { 2000 + year } else { year };
        Some((year as i16, number(at)? as i8, number(at + 1)? as i8))
    }

    /// Reads `10:30`, `10.30`, `10:30:00`, `8h30`, with or without am or pm: number of words.
    fn time(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        if leading_number(word)? > 24 {
            return None;
        }
        let tail = without_digits(word).to_ascii_lowercase();
        if matches!(tail.as_str(), "am" | "pm" | "h" | "a" | "p")
            || tail.strip_prefix('h').is_some_and(|m| whole_number(m).is_some())
        {
            return Some(1);
        }
        let minutes = |at: usize| {
            let word = self.words.get(at).map(|_| self.word(at))?;
            leading_number(word).filter(|n| *n < 60 && word.chars().map_while(digit).count() == 2)
        };
        let mark = self.gap(at);
        if !tail.is_empty() || !matches!(mark, ":" | "." | "h") {
            return None;
        }
        minutes(at + 1)?;
        Some(if self.gap(at + 1) == ":" && minutes(at + 2).is_some() { 3 } else { 2 })
    }
}

/// Characters that say what the number before them counts.
const OF_NUMBERS: &[&str] = &["年", "년", "月", "월", "日", "일", "時", "时", "시", "点", "點", "分", "분"];

fn whole_number(word: &str) -> Option<i32> {
    leading_number(word).filter(|_| without_digits(word).is_empty())
}

/// The number that `word` begins with: `15th`, `1er`, `15T10`.
fn leading_number(word: &str) -> Option<i32> {
    let digits = || word.chars().map_while(digit);
    let fits = (1..=4).contains(&digits().count()) && without_digits(word).len() <= 4;
    fits.then(|| digits().fold(0, |number, digit| 10 * number + digit))
}

/// What follows the digits with which `word` begins.
fn without_digits(word: &str) -> &str {
    word.trim_start_matches(|c| digit(c).is_some())
}

/// The meanings of words.
pub(super) static MEANINGS: LazyLock<WordMap<Meaning>> = LazyLock::new(|| {
    let lines = include_str!("../tables/date.txt").lines().filter(|line| !line.starts_with('#'));
    WordMap::of(lines.map(|line| {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        match name {
            "month" => {
                let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                (Meaning::Month(number.parse().unwrap_or(0)), rest)
            }
            "weekday" => (Meaning::Weekday, rest),
            "published" => (Meaning::Published, rest),
            "updated" => (Meaning::Updated, rest),
            "zone" => (Meaning::Zone, rest),
            "half" => (Meaning::Half, rest),
            "unit" => (Meaning::Unit, rest),
            _ => (Meaning::Filler, rest),
        }
    }))
});

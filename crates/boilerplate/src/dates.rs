//! Reads lines that are nothing but a date, in many languages.

use std::sync::LazyLock;

use cleancopy_core::Span;
use jiff::civil::Date;

use crate::word_map::WordMap;
use crate::words::{Word, digit, split};

/// What a date line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateLine {
    /// Day of publication.
    pub published: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// A day that is one of two: year and the two numbers as they stand.
    pub either: Option<(i16, i8, i8)>,
    /// Whether a word says that it is the day of publication.
    pub is_named: bool,
}

impl DateLine {
    /// The day of publication, where days stand before months or behind them as the page's language has it.
    pub(crate) fn day(&self, language: Option<&str>) -> Option<Date> {
        let either = || {
            let (year, a, b) = self.either?;
            let language = language?.to_ascii_lowercase();
            let month_first = match language.as_str() {
                "en-us" => true,
                "en" | "fil" => return None,
                _ => false,
            };
            let (day, month) = if month_first { (b, a) } else { (a, b) };
            Date::new(year, month, day).ok()
        };
        self.published.or_else(either)
    }
}

impl DateLine {
    /// The same line where its date is known to be that of a change.
    pub(crate) fn of_change(self) -> Self {
        Self { published: None, updated: self.updated.or(self.published), either: None, ..self }
    }
}

/// Most words of one date with its label, time and zone.
const MAX_DATE: usize = 12;

/// The first date in a line that holds other words too, such as names or a section.
pub(crate) fn find(text: &str) -> Option<DateLine> {
    if text.len() > 16 * MAX_WORDS {
        return None;
    }
    let mut words = [Word { start: 0, end: 0, hash: 0, flags: 0 }; MAX_WORDS];
    let mut n_words = 0;
    split(text, 0, &mut |word| {
        if let Some(place) = words.get_mut(n_words) {
            *place = word;
        }
        n_words += 1;
    });
    let words = words.get(..n_words)?;
    let is_start = |word: &Word| {
        word.has(Word::DIGIT)
            || matches!(
                MEANINGS.get(word.hash),
                Some(Meaning::Month(_) | Meaning::Weekday | Meaning::Published | Meaning::Updated)
            )
    };
    let starts = (0..n_words).filter(|at| is_start(&words[*at]));
    starts.into_iter().find_map(|start| {
        let most = n_words.min(start + MAX_DATE);
        (start + 1..=most).rev().find_map(|end| {
            let words = &words[start..end];
            let line =
                Reader { text, words, line: DateLine::default(), part: Part::default(), updated: false }.read()?;
            (line.published.is_some() || line.updated.is_some() || line.either.is_some()).then_some(line)
        })
    })
}

/// Longest line that is taken for a date, words: two full dates with times, zones and labels.
const MAX_WORDS: usize = 32;

/// Years that a date line may name. Older ones are history, later ones are plans.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Reads the line at `span` of `text` if it is a date line: words and numbers of dates only, with at least one date or
/// an age or reading time ("3 hours ago", "4 min read"). `words` are those of the line.
///
/// A date that can be read in two ways, such as 08/12/2016, gives a line without a value.
pub(crate) fn read(text: &str, span: Span, words: &[Word]) -> Option<DateLine> {
    let (first, n_bytes) = (words.first()?, span.len());
    // Most lines say with their first word that they are none.
    let may_be = first.has(Word::DIGIT) || MEANINGS.get(first.hash).is_some();
    if !may_be || words.len() > MAX_WORDS || n_bytes > 16 * MAX_WORDS || !words.iter().any(|word| word.has(Word::DIGIT))
    {
        return None;
    }
    Reader { text, words, line: DateLine::default(), part: Part::default(), updated: false }.read()
}

/// Writes a date as ISO 8601 into `buffer`.
pub(crate) fn iso(date: Date, buffer: &mut [u8; 10]) -> &str {
    let digit = |number: i16, power: i16| b'0' + (number / power % 10) as u8;
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    *buffer = [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(day, 10),
        digit(day, 1),
    ];
    std::str::from_utf8(buffer).unwrap_or_default()
}

/// Whether a date may begin with `word`: a number, a month, a weekday, `published`.
pub(crate) fn may_begin(word: Word) -> bool {
    word.has(Word::DIGIT)
        || !word.has(Word::LOWER)
            && matches!(
                MEANINGS.get(word.hash),
                Some(Meaning::Month(_) | Meaning::Weekday | Meaning::Published | Meaning::Updated)
            )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
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

struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    line: DateLine,
    part: Part,
    updated: bool,
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Option<DateLine> {
        let mut at = 0;
        let (mut n_dates, mut n_units) = (0, 0);
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
                    _ if matches!(self.meaning(at), Some(Meaning::Unit)) && self.part.month.is_none() => n_units += 1,
                    _ if number <= 24 && matches!(self.meaning(at), Some(Meaning::Half)) => {}
                    _ if YEARS.contains(&(number as i16)) => self.part.year = Some(number as i16),
                    _ if (1..=31).contains(&number) && self.part.day.is_none() => self.part.day = Some(number as i8),
                    _ => return None,
                }
                at += usize::from(matches!(next, "年" | "년" | "月" | "월" | "日" | "일"));
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
        (n_dates + n_units > 0).then_some(self.line)
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
static MEANINGS: LazyLock<WordMap<Meaning>> = LazyLock::new(|| {
    let lines = include_str!("tables/date.txt").lines().filter(|line| !line.starts_with('#'));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<DateLine> {
        let mut words = Vec::new();
        split(text, 0, &mut |word| words.push(word));
        super::read(text, Span::new(0, text.len() as u32), &words)
    }

    fn published(text: &str) -> Option<String> {
        read(text)?.published.map(|date| iso(date, &mut [0; 10]).to_owned())
    }

    #[test]
    fn dates_are_read_in_many_forms() {
        for text in [
            "August 15, 2016",
            "Published: Aug. 15, 2016 10:30 am EST",
            "Monday 15 August 2016, 10.30",
            "15.08.2016",
            "15.08.2016 - 15:48 Uhr",
            "2016-08-15T10:30:00Z",
            "8/15/2016",
            "15. August 2016",
            "le 15 août 2016 à 8h30",
            "15 de agosto de 2016",
            "15 августа 2016 года",
            "2016年8月15日",
            "2016년 8월 15일",
            "２０１６年８月１５日",
            "الاثنين ١٥ أغسطس ٢٠١٦ - 10:30",
            "सोमवार, 15 अगस्त 2016, 10:30 बजे",
            "১৫ আগস্ট ২০১৬",
            "Thứ hai, 15/8/2016 - 10:30",
            "Senin, 15 Agustus 2016 10:30 WIB",
            "Δευτέρα, 15 Αυγούστου 2016",
            "15. srpna 2016 v 10:30",
            "2016 m. rugpjūčio 15 d.",
            "Понедељак, 15. август 2016. у 10:30",
            "2016. gada 15. augustā",
            "maanantai 15. elokuuta 2016 klo 10.30",
            "Frissítve: 2016. augusztus 15. 10:30 Megjelent: 2016. augusztus 15.",
        ] {
            assert_eq!(published(text).as_deref(), Some("2016-08-15"), "{text}");
        }
    }

    #[test]
    fn a_date_with_two_readings_gives_no_value() {
        let line = read("08/12/2016").expect("it is a date line");
        assert_eq!((line.published, line.updated), (None, None));
        let day = |language| line.day(language).map(|date| iso(date, &mut [0; 10]).to_owned());
        assert_eq!(day(Some("en-US")).as_deref(), Some("2016-08-12"));
        assert_eq!(day(Some("pt-BR")).as_deref(), Some("2016-12-08"));
        assert_eq!(day(Some("en")), None);
    }

    #[test]
    fn a_sentence_or_a_year_is_no_date_line() {
        for text in [
            "In August 2016 it rained.",
            "2016",
            "August",
            "Copyright 2016",
            "31 February 2016",
            "12 people",
            "",
            "4-3",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

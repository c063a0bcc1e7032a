//! Reads lines that are nothing but a date, in many languages.

mod reader;

use cleancopy_core::Span;
use jiff::civil::Date;

use crate::words::{Word, split};
use reader::{MEANINGS, Meaning, Reader};

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

    /// Whether the line holds a date, be it one with two readings.
    pub(crate) fn has_date(&self) -> bool {
        self.published.is_some() || self.updated.is_some() || self.either.is_some()
    }

    /// The same line where its date is known to be that of a change.
    pub(crate) fn of_change(self) -> Self {
        Self { published: None, updated: self.updated.or(self.published), either: None, ..self }
    }
}

/// Most words of one date with its label, time and zone.
const MAX_DATE: usize = 12;

/// The first date in a line that holds other words too, such as names or a section.
pub(crate) fn find(text: &str) -> Option<DateLine> {
    if text.len() > MAX_BYTES {
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
    let starts = (0..n_words).filter(|at| may_open(words[*at]));
    starts.into_iter().find_map(|start| {
        let most = n_words.min(start + MAX_DATE);
        (start + 1..=most).rev().find_map(|end| Reader::of(text, &words[start..end]).read().filter(DateLine::has_date))
    })
}

/// Longest line that is taken for a date, words and bytes: two full dates with times, zones and labels.
const MAX_WORDS: usize = 32;
const MAX_BYTES: usize = 16 * MAX_WORDS;

/// Years that a date line may name. Older ones are history, later ones are plans.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Reads the line at `span` of `text` if it is a date line: words and numbers of dates only, with at least one date or
/// an age or reading time ("3 hours ago", "4 min read"). `words` are those of the line.
///
/// A date that can be read in two ways, such as 08/12/2016, gives a line without a value.
pub(crate) fn read(text: &str, span: Span, words: &[Word]) -> Option<DateLine> {
    // Most lines say with their first word that they are none.
    let first = words.first()?;
    let may_be = first.has(Word::DIGIT) || MEANINGS.get(first.hash).is_some();
    if !may_be || words.len() > MAX_WORDS || span.len() > MAX_BYTES || !words.iter().any(|word| word.has(Word::DIGIT)) {
        return None;
    }
    Reader::of(text, words).read()
}

/// Whether the line is a time of day and words of dates, without a date: `10:07 AM`.
pub(crate) fn is_time(text: &str, span: Span, words: &[Word]) -> bool {
    let begins = words.first().is_some_and(|first| first.has(Word::DIGIT));
    begins && words.len() <= MAX_TIME && span.len() <= MAX_BYTES && Reader::of(text, words).read_counting() == Some(0)
}

/// Most words of a time of day with its zone.
const MAX_TIME: usize = 5;

/// What a line without a date says of the date in the next line: `Published on`, `Last updated:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// It is the day of publication.
    Published,
    /// It is the day of the last change.
    Updated,
}

/// Most words of a label.
const MAX_LABEL: usize = 4;

/// Reads a line that is nothing but the label of a date.
pub(crate) fn label(words: &[Word]) -> Option<Label> {
    if words.len() > MAX_LABEL {
        return None;
    }
    let mut label = None;
    for word in words {
        label = match MEANINGS.get(word.hash)? {
            Meaning::Updated => Some(Label::Updated),
            Meaning::Published => label.or(Some(Label::Published)),
            Meaning::Filler => label,
            _ => return None,
        };
    }
    label
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
    may_open(word) && !word.has(Word::LOWER)
}

/// The same where words of dates may be in lower case.
fn may_open(word: Word) -> bool {
    let meaning = || MEANINGS.get(word.hash);
    word.has(Word::DIGIT)
        || matches!(meaning(), Some(Meaning::Month(_) | Meaning::Weekday | Meaning::Published | Meaning::Updated))
}

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

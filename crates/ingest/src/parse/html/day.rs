//! Days that a page names for machines beside its metadata: `<time>` by the headline, and the state that its scripts
//! begin with.

use super::token::Start;
use crate::parse::date::iso_date;

/// Most bytes of visible text between the end of the headline and the time of publication.
const MAX_AFTER: usize = 700;

/// Most bytes of visible text between the time of publication and the headline under it.
const MAX_BEFORE: usize = 250;

/// Most times and headlines that are kept.
const MOST: usize = 64;

/// How far before a time its label is looked for, bytes.
const LABEL_BYTES: usize = 24;

/// Beginnings of words that say that a time is that of a change, in lower case.
static CHANGED: &[&str] = &[
    "updat",
    "modif",
    "changed",
    "aktuali",
    "actuali",
    "atualiz",
    "aggiorn",
    "bijgewerkt",
    "uppdater",
    "oppdater",
    "opdater",
    "mis \u{E0} jour",
    "ge\u{E4}ndert",
    "обновл",
    "оновл",
    "edited",
    "güncel",
    "zmieni",
];

/// Times and headlines in the order of the page.
#[derive(Default)]
pub(super) struct Times {
    times: Vec<Time>,
    headlines: Vec<usize>,
}

struct Time {
    at: usize,
    value: String,
    is_change: bool,
}

impl Times {
    /// Takes note of a `<time>` at the end of the text shown so far; `around` is the class of what it is in.
    pub(super) fn time(&mut self, start: &Start<'_>, shown: &str, around: &str) {
        let Some(value) = start.value("datetime").and_then(|value| iso_date(&value)) else { return };
        if self.times.len() < MOST {
            let names = start.attributes().filter(|(name, _)| !name.eq_ignore_ascii_case("datetime"));
            let mut is_change = says_change(around);
            for (_, value) in names {
                is_change |= says_change(value);
            }
            let from = shown.len().saturating_sub(LABEL_BYTES);
            let from = (from..=shown.len()).find(|at| shown.is_char_boundary(*at)).unwrap_or(shown.len());
            let label = shown[from..].rsplit('\n').next().unwrap_or_default();
            self.times.push(Time { at: shown.len(), value, is_change: is_change || says_change(label) });
        }
    }

    /// Takes note of a headline that begins where the text shown so far ends.
    pub(super) fn headline(&mut self, shown: usize) {
        if self.headlines.len() < MOST {
            self.headlines.push(shown);
        }
    }

    /// The headlines of a page that shows `text`.
    pub(super) fn headlines<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.headlines.iter().map(move |at| line_at(text, *at))
    }

    /// The times of publication and of the last change that stand by the headline of `title`.
    pub(super) fn by_headline(&self, text: &str, title: Option<&str>) -> (Option<&str>, Option<&str>) {
        let line = |at: usize| line_at(text, at);
        let is_title = |at: &&usize| title.is_some_and(|title| tells_title(title, line(**at)));
        let one = if self.headlines.len() == 1 { self.headlines.first() } else { None };
        let Some(&headline) = self.headlines.iter().find(is_title).or(one) else { return (None, None) };
        let end = headline + 2 + line(headline).len();
        let near = |time: &&Time| match time.at {
            at if at >= headline => at <= end + MAX_AFTER,
            at => at + MAX_BEFORE >= headline,
        };
        // What stands under a headline is told before what stands over it.
        let after = self.times.iter().filter(near).filter(|time| time.at >= headline);
        let before = self.times.iter().filter(near).filter(|time| time.at < headline);
        let found = |is_change: bool| {
            let mut times = after.clone().chain(before.clone());
            times.find(|time| time.is_change == is_change).map(|time| time.value.as_str())
        };
        (found(false), found(true))
    }
}

fn line_at(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default().trim_start().split('\n').next().unwrap_or_default()
}

/// Whether a line is the title, or one begins with the other.
fn tells_title(title: &str, line: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(200).collect::<String>()
    };
    let (title, line) = (letters(title), letters(line));
    line.len() >= 12 && (title.starts_with(&line) || line.starts_with(&title) && title.len() >= 12)
}

fn says_change(text: &str) -> bool {
    let lower = text.to_lowercase();
    CHANGED.iter().any(|word| lower.contains(word))
}

/// Ends of keys under which programs keep the day of publication, without underscores.
static KEYS: &[&str] = &[
    "datepublished",
    "publishedat",
    "publishdate",
    "publisheddate",
    "publicationdate",
    "firstpublished",
    "originallypublishedat",
    "publishon",
    "publishedlocaliso",
    "postdate",
    "pubdate",
];

/// The days of publication that scripts name: the state of a page before it is drawn.
#[derive(Default)]
pub(super) struct State {
    /// For each key, the days that it was given.
    days: [Vec<String>; KEYS.len()],
}

/// Longest name of a key with its underscores, bytes.
const MAX_KEY: usize = 32;

impl State {
    /// Reads `"datePublished":"2024-05-01T07:30:00Z"` and the like, in JSON or JSON inside a string.
    pub(super) fn read(&mut self, script: &str) {
        let bytes = script.as_bytes();
        // All keys hold `ub` or `post` with `ate`; the rarest common part is looked for.
        for at in memchr::memmem::find_iter(bytes, "ub").chain(memchr::memmem::find_iter(bytes, "ost_date")) {
            let is_name = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
            let start = at - bytes[..at].iter().rev().take(MAX_KEY).take_while(|byte| is_name(byte)).count();
            let end = at + bytes[at..].iter().take(MAX_KEY).take_while(|byte| is_name(byte)).count();
            let key: String = script[start..end].chars().filter(|c| *c != '_').collect();
            let key = key.to_ascii_lowercase();
            let is_key = |known: &&str| key == *known || known.starts_with("publ") && key.ends_with(known);
            let Some(index) = KEYS.iter().position(is_key) else { continue };
            let value = &bytes[end..bytes.len().min(end + 48)];
            let is_mark = |byte: &u8| matches!(byte, b'"' | b'\'' | b'\\' | b':' | b' ' | b'=');
            let marks = value.iter().take_while(|byte| is_mark(byte)).count();
            if !value[..marks].contains(&b':') && !value[..marks].contains(&b'=') {
                continue;
            }
            let value = &value[marks..];
            let length = value.iter().take_while(|byte| !matches!(byte, b'"' | b'\'' | b'\\' | b',' | b'}')).count();
            let Some(day) = str::from_utf8(&value[..length]).ok().and_then(iso_date) else { continue };
            let days = &mut self.days[index];
            if days.len() < 2 && !days.iter().any(|known| known.get(..10) == day.get(..10)) {
                days.push(day);
            }
        }
    }

    /// The day of publication, if the first of the keys that is given was given one day only.
    pub(super) fn day(&self) -> Option<&str> {
        match self.days.iter().find(|days| !days.is_empty())?.as_slice() {
            [day] => Some(day),
            _ => None,
        }
    }
}

//! What a page says about itself.

use super::day::{State, Times};
use super::ld;
use super::reference::{Place, decoded};
use super::tag::Tag;
use super::title::Known;
use super::token::Start;
use crate::parse::date::iso_date;
use cleancopy_core::{Evidence, Field, Meta};

/// How many values of one field are kept; a page that names more is not naming them.
const MOST: usize = 64;

/// Names of `<meta>`, in `name`, `property` or `itemprop`: what they say, how far to trust them, least first.
static NAMES: &[(&str, Field, u8)] = &[
    ("og:title", Field::Title, 0),
    ("twitter:title", Field::Title, 2),
    ("headline", Field::Title, 3),
    ("dc.title", Field::Title, 4),
    ("dcterms.title", Field::Title, 4),
    ("sailthru.title", Field::Title, 4),
    ("parsely-title", Field::Title, 4),
    ("citation_title", Field::Title, 4),
    ("article:published_time", Field::Date, 1),
    ("datepublished", Field::Date, 2),
    ("og:published_time", Field::Date, 2),
    ("publish-date", Field::Date, 3),
    ("publish_date", Field::Date, 3),
    ("pubdate", Field::Date, 3),
    ("publication_date", Field::Date, 3),
    ("publishdate", Field::Date, 3),
    ("parsely-pub-date", Field::Date, 3),
    ("sailthru.date", Field::Date, 3),
    ("citation_publication_date", Field::Date, 3),
    ("dc.date.issued", Field::Date, 3),
    ("dcterms.issued", Field::Date, 3),
    ("dcterms.created", Field::Date, 4),
    ("dc.date.created", Field::Date, 4),
    ("dc.date", Field::Date, 4),
    ("dcterms.date", Field::Date, 4),
    ("date", Field::Date, 4),
    ("article:modified_time", Field::Modified, 1),
    ("og:updated_time", Field::Modified, 2),
    ("datemodified", Field::Modified, 2),
    ("dcterms.modified", Field::Modified, 3),
    ("last-modified", Field::Modified, 4),
    ("article:author", Field::Author, 1),
    ("author", Field::Author, 2),
    ("byl", Field::Author, 3),
    ("parsely-author", Field::Author, 3),
    ("sailthru.author", Field::Author, 3),
    ("citation_author", Field::Author, 3),
    ("dc.creator", Field::Author, 4),
    ("dcterms.creator", Field::Author, 4),
    ("og:url", Field::Url, 1),
    ("og:site_name", Field::Site, 0),
    ("application-name", Field::Site, 2),
    ("dc.publisher", Field::Site, 3),
    ("content-language", Field::Language, 3),
    ("dc.language", Field::Language, 3),
    ("og:locale", Field::Language, 4),
    ("article:section", Field::Section, 0),
    ("article:tag", Field::Tag, 0),
    ("news_keywords", Field::Tag, 1),
    ("keywords", Field::Tag, 2),
    ("parsely-tags", Field::Tag, 2),
];

/// What a `<meta>` says whose name ends in one of [`ENDS`]: every vendor has a prefix of its own.
static PUBLISHED: [(&str, Field, u8); 1] = [("meta", Field::Date, 3)];

/// Ends of names for the time of publication, without marks between their words.
static ENDS: &[&str] = &[
    "publishtime",
    "publishedtime",
    "pubdate",
    "publishdate",
    "publisheddate",
    "publicationdate",
    "publishedat",
    "datepublished",
    "dateissued",
];

fn says_published(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    ENDS.iter().any(|end| letters.ends_with(end))
}

/// The metadata found so far.
#[derive(Default)]
pub(super) struct Head {
    found: Vec<Found>,
    counts: [usize; 16],
    /// Whether the next script is JSON-LD.
    is_ld: bool,
    has_title: bool,
    times: Times,
    state: State,
}

struct Found {
    field: Field,
    rank: u8,
    value: String,
    source: &'static str,
}

impl Head {
    /// The address that the page gives itself, so far.
    pub(super) fn address(&self) -> Option<&str> {
        self.found.iter().find(|found| found.field == Field::Url).map(|found| found.value.as_str())
    }

    /// Takes note of a start tag; `shown` is the text before it, `around` the class of what it is in.
    pub(super) fn start(&mut self, start: &Start<'_>, shown: &str, around: &str) {
        match start.tag {
            Tag::H1 => self.times.headline(shown.len()),
            Tag::Html => {
                let language = start.value("lang").or_else(|| start.value("xml:lang"));
                self.add(Field::Language, 0, &language.unwrap_or_default(), "html lang");
            }
            Tag::Meta => self.meta(start),
            Tag::Link => {
                let rel = start.value("rel").unwrap_or_default();
                if rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    self.add(Field::Url, 0, &start.value("href").unwrap_or_default(), "link canonical");
                }
            }
            Tag::Script => {
                let kind = start.value("type").unwrap_or_default();
                self.is_ld = kind.trim().to_ascii_lowercase().starts_with("application/ld+json");
            }
            Tag::Time => {
                let is_publication = start.attributes().any(|(name, value)| {
                    name.eq_ignore_ascii_case("pubdate")
                        || name.eq_ignore_ascii_case("itemprop") && value.eq_ignore_ascii_case("datePublished")
                });
                self.times.time(start, shown, around);
                if is_publication {
                    self.add(Field::Date, 2, &start.value("datetime").unwrap_or_default(), "time");
                }
            }
            _ => {}
        }
    }

    fn meta(&mut self, start: &Start<'_>) {
        let (mut content, mut names) = (None, [None; 4]);
        for (name, value) in start.attributes() {
            match name.to_ascii_lowercase().as_str() {
                "content" => content = Some(value),
                "property" => names[0] = Some(value),
                "name" => names[1] = Some(value),
                "itemprop" => names[2] = Some(value),
                "http-equiv" => names[3] = Some(value),
                _ => {}
            }
        }
        let Some(content) = content else { return };
        let known = names.into_iter().flatten().find_map(|name| {
            let name = name.trim().to_ascii_lowercase().replace("article.", "article:").replace("dc:", "dc.");
            NAMES
                .iter()
                .find(|(known, _, _)| *known == name)
                .or_else(|| PUBLISHED.get(usize::from(!says_published(&name))))
        });
        let Some(&(name, field, rank)) = known else { return };
        let content = decoded(content, Place::Attribute);
        match field {
            Field::Tag => content.split(',').for_each(|tag| self.add(field, rank, tag, name)),
            // Some give the address of a profile.
            Field::Author if content.trim_start().starts_with("http") => {}
            _ => self.add(field, rank, &content, name),
        }
    }

    /// The content of `<title>`; the first counts, others are those of drawings.
    pub(super) fn title(&mut self, text: &str) {
        if !std::mem::replace(&mut self.has_title, true) {
            self.add(Field::Title, 9, &decoded(text, Place::Text), "title");
        }
    }

    pub(super) fn script(&mut self, text: &str) {
        if std::mem::take(&mut self.is_ld) {
            ld::read(text, |field, rank, value| self.add(field, rank, value, "json-ld"));
        } else {
            self.state.read(text);
        }
    }

    /// Browsers write down where they saved a page from.
    pub(super) fn comment(&mut self, text: &str) {
        let Some(rest) = text.trim_start().strip_prefix("saved from url=(") else { return };
        // The length of the address stands in brackets before it.
        if let Some((_, url)) = rest.split_once(')') {
            self.add(Field::Url, 5, url, "saved from url");
        }
    }

    fn add(&mut self, field: Field, rank: u8, value: &str, source: &'static str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = match field {
            Field::Date | Field::Modified => iso_date(&value).unwrap_or_default(),
            Field::Url if !value.starts_with("http://") && !value.starts_with("https://") => String::new(),
            // Some name several, of which the first is the page's.
            Field::Language => value.split([',', ';', ' ']).next().unwrap_or_default().replace('_', "-"),
            _ => value,
        };
        let count = &mut self.counts[field as usize];
        if !value.is_empty() && *count < MOST {
            *count += 1;
            self.found.push(Found { field, rank, value, source });
        }
    }

    /// Many sites have the day of publication in their addresses: `/2024/05/01/`, `/2024-05-01/`.
    fn add_date_of_url(&mut self) {
        let urls = self.found.iter().filter(|found| found.field == Field::Url);
        let Some(url) = urls.min_by_key(|found| found.rank).map(|found| found.value.as_str()) else { return };
        let mut parts = url.split(['/', '?', '#']).collect::<Vec<_>>();
        parts.drain(..parts.len().min(3));
        let day = parts.windows(3).find_map(|parts| {
            let [year, month, day] = parts else { return None };
            let are_digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            (are_digits && year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()))
                .then(|| format!("{year}-{month:0>2}-{day:0>2}"))
        });
        let whole =
            || parts.iter().find(|part| part.len() == 10 && iso_date(part).is_some()).map(|part| (*part).to_owned());
        if let Some(day) = day.or_else(whole) {
            self.add(Field::Date, 6, &day, "url");
        }
    }

    /// The days that only `<time>` and scripts tell.
    fn add_days(&mut self, text: &str) {
        let title = self.found.iter().filter(|found| found.field == Field::Title).min_by_key(|found| found.rank);
        let (published, changed) = self.times.by_headline(text, title.map(|found| found.value.as_str()));
        let state = self.state.day();
        let days =
            [(Field::Date, published, "time"), (Field::Modified, changed, "time"), (Field::Date, state, "script")];
        for (field, day, source) in days.map(|(field, day, source)| (field, day.map(str::to_owned), source)) {
            self.add(field, 5, &day.unwrap_or_default(), source);
        }
    }

    /// Puts another day of publication first where the most trusted is that of the last change and the other is earlier:
    /// some systems write the one into both places. What JSON-LD says stays.
    fn prefer_first_day(&mut self) {
        let first = |field| self.found.iter().position(|found| found.field == field);
        let Some((day, changed)) = first(Field::Date).zip(first(Field::Modified)) else { return };
        if self.found[day].rank == 0 || self.found[day].value != self.found[changed].value {
            return;
        }
        let is_earlier = |found: &Found| found.field == Field::Date && found.value[..10] < self.found[day].value[..10];
        if let Some(earlier) = self.found.iter().position(is_earlier) {
            self.found.swap(day, earlier);
        }
    }

    /// The metadata of a page that shows `text`, for each field the most trusted first.
    pub(super) fn into_meta(mut self, text: &str) -> Meta {
        self.add_days(text);
        self.add_date_of_url();
        self.found.sort_by_key(|found| (found.field, found.rank));
        self.prefer_first_day();
        let all = |field| self.found.iter().filter(move |found| found.field == field).map(|found| found.value.as_str());
        let sites: Vec<&str> = all(Field::Site).collect();
        let headlines: Vec<&str> = self.times.headlines(text).collect();
        let known = Known { sites: &sites, url: all(Field::Url).next(), headlines: &headlines };
        let mut meta = Meta::default();
        for Found { field, value, source, .. } in &self.found {
            let value = if *field == Field::Title { known.bare(value) } else { value };
            meta.add(*field, value, Evidence::Declared(source));
        }
        meta
    }
}

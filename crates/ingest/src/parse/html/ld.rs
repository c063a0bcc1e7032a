//! JSON-LD: what a page says about its article to machines.

use super::reference::{Place, decoded};
use cleancopy_core::Field;
use serde_json::{Map, Value};

/// Types of schema.org that are an article.
static ARTICLES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
    "Review",
    "Recipe",
    "HowTo",
    "AdvertiserContentArticle",
];

/// Reads a script; gives each value with its field and how far to trust it. Broken JSON gives nothing.
pub(super) fn read(text: &str, mut add: impl FnMut(Field, u8, &str)) {
    let Some(value) = json(text) else { return };
    let Some(article) = article(&value) else { return };
    let mut give = |field: Field, rank: u8, value: Option<&Value>| {
        each_text(value, &mut |text| add(field, rank, &decoded(text, Place::Text)));
    };
    give(Field::Title, 1, article.get("headline"));
    give(Field::Title, 3, article.get("name"));
    give(Field::Subtitle, 1, article.get("alternativeHeadline"));
    give(Field::Date, 0, article.get("datePublished"));
    give(Field::Modified, 0, article.get("dateModified"));
    give(Field::Author, 0, article.get("author"));
    give(Field::Author, 2, article.get("creator"));
    give(Field::Site, 1, article.get("publisher"));
    give(Field::Language, 1, article.get("inLanguage"));
    give(Field::Section, 1, article.get("articleSection"));
    give(Field::Url, 2, article.get("url"));
    let page = article.get("mainEntityOfPage");
    give(Field::Url, 3, page.and_then(|page| page.get("@id")).or(page));
    match article.get("keywords") {
        Some(Value::String(list)) => {
            list.split(',').for_each(|tag| add(Field::Tag, 1, &decoded(tag, Place::Text)));
        }
        list => each_text(list, &mut |tag| add(Field::Tag, 1, &decoded(tag, Place::Text))),
    }
}

fn json(text: &str) -> Option<Value> {
    let text = text.trim().trim_end_matches(';');
    let text = text.strip_prefix("<!--").unwrap_or(text);
    let text = text.strip_suffix("-->").unwrap_or(text);
    serde_json::from_str(text).ok().or_else(|| {
        // Line feeds inside strings are the commonest fault.
        serde_json::from_str(&text.replace(|c: char| c.is_control(), " ")).ok()
    })
}

/// The article that a page is about: at the top, in a list or graph at the top, or the main thing of its page.
fn article(value: &Value) -> Option<&Map<String, Value>> {
    let mut waiting = vec![value];
    let mut next = 0;
    while let Some(value) = waiting.get(next) {
        next += 1;
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(object) => {
                if is_article(object) {
                    return Some(object);
                }
                waiting.extend(["@graph", "mainEntity"].iter().filter_map(|key| object.get(*key)));
            }
            _ => {}
        }
    }
    None
}

fn is_article(object: &Map<String, Value>) -> bool {
    let is_known = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        ARTICLES.contains(&kind.rsplit(['/', ':']).next().unwrap_or(kind))
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_known),
        Some(kind) => is_known(kind),
        None => false,
    }
}

/// The strings of a value: its own, its items', or the `name` of an object.
fn each_text(value: Option<&Value>, give: &mut dyn FnMut(&str)) {
    let text = |value: &Value, give: &mut dyn FnMut(&str)| match value {
        Value::String(text) => give(text),
        Value::Object(object) => match object.get("name") {
            Some(Value::String(text)) => give(text),
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).for_each(give),
            _ => {}
        },
        _ => {}
    };
    match value {
        Some(Value::Array(items)) => items.iter().for_each(|item| text(item, give)),
        Some(value) => text(value, give),
        None => {}
    }
}

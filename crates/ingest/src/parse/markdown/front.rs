//! Front matter: the lines before the text that say what it is.

use crate::parse::date::iso_date;
use cleancopy_core::{Evidence, Field, Meta};

const FOUND: Evidence = Evidence::Declared("front-matter");

/// Reads YAML between lines `---`, or TOML between lines `+++`; gives where the text behind it begins.
///
/// `None` if there is none: a line `---` alone is a rule, and what does not look like keys and values is text.
pub(super) fn read(text: &str, meta: &mut Meta) -> Option<usize> {
    let start = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (fence, separator) = match start.get(..3)? {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let mut at = text.len() - start.len();
    let mut lines: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in start.split_inclusive('\n') {
        at += line.len();
        let bare = line.trim_end();
        if !inside {
            if bare != fence {
                return None;
            }
            inside = true;
        } else if bare == fence || (bare == "..." && separator == ':') {
            let keys = lines.iter().any(|line| key_and_value(line, separator).is_some());
            return keys.then(|| {
                take(&lines, separator, meta);
                at
            });
        } else if looks_like_data(bare, separator) {
            lines.push(bare);
        } else {
            return None;
        }
    }
    None
}

fn looks_like_data(line: &str, separator: char) -> bool {
    line.is_empty()
        || line.starts_with([' ', '\t', '#', '[', ']'])
        || line.starts_with("- ")
        || key_and_value(line, separator).is_some()
}

/// A key is a word at the beginning of its line.
fn key_and_value(line: &str, separator: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(separator)?;
    let key = key.trim_end();
    let is_key =
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''));
    let ends = separator == '=' || value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && ends).then(|| (key.trim_matches(['"', '\'']), value.trim()))
}

fn take(lines: &[&str], separator: char, meta: &mut Meta) {
    let mut field = None;
    for line in lines {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            let item = item.trim();
            let name = item.strip_prefix("name:").unwrap_or(item);
            add(field, name, meta);
        } else if let Some((key, value)) = key_and_value(line, separator) {
            field = field_of(&key.to_lowercase());
            if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
                list.split(',').for_each(|item| add(field, item, meta));
            } else {
                add(field, value, meta);
            }
        }
    }
}

fn field_of(key: &str) -> Option<Field> {
    Some(match key {
        "title" | "headline" => Field::Title,
        "subtitle" | "deck" | "standfirst" | "dek" => Field::Subtitle,
        "date" | "published" | "pubdate" | "publishdate" | "date_published" | "published_at" => Field::Date,
        "lastmod" | "updated" | "modified" | "date_modified" | "updated_at" => Field::Modified,
        "author" | "authors" | "byline" => Field::Author,
        "url" | "canonical" | "canonical_url" | "canonicalurl" | "source" | "link" => Field::Url,
        "site" | "outlet" | "publication" | "publisher" => Field::Site,
        "lang" | "language" | "locale" => Field::Language,
        "section" | "category" | "categories" => Field::Section,
        "tags" | "keywords" => Field::Tag,
        _ => return None,
    })
}

fn add(field: Option<Field>, value: &str, meta: &mut Meta) {
    let Some(field) = field else { return };
    let value = value.trim();
    let value = match value.as_bytes() {
        [quote @ (b'"' | b'\''), .., last] if quote == last => &value[1..value.len() - 1],
        // A text over several lines, an alias, an object.
        [b'|' | b'>' | b'&' | b'*' | b'{' | b'[', ..] => return,
        _ => value.split(" #").next().unwrap_or(value).trim_end(),
    };
    match field {
        Field::Date | Field::Modified => {
            if let Some(date) = iso_date(value) {
                meta.add(field, &date, FOUND);
            }
        }
        Field::Url if !value.starts_with("http") => {}
        _ if matches!(value, "" | "null" | "~") => {}
        _ => meta.add(field, value, FOUND),
    }
}

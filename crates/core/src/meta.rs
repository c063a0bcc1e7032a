//! What is known about a document, each value with where it was found.

use std::ops::Range;

/// A metadata field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Headline.
    Title,
    /// Deck or standfirst under the headline.
    Subtitle,
    /// Date of publication, ISO 8601.
    Date,
    /// Date of the last change, ISO 8601.
    Modified,
    /// One author's name.
    Author,
    /// Address of the article.
    Url,
    /// Name of the outlet or site.
    Site,
    /// Language tag, BCP 47.
    Language,
    /// Section of the site.
    Section,
    /// One keyword.
    Tag,
    /// Caption of a picture, with its credit in brackets.
    Caption,
    /// What stands in place of a picture for those who cannot see it: its `alt`.
    ImageAlt,
}

/// Where a value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A rule lifted it out of the text.
    Rule(&'static str),
    /// The source declares it, for instance in `og:title` or `json-ld`.
    Declared(&'static str),
}

#[derive(Clone, Debug, PartialEq)]
struct Value {
    field: Field,
    text: Range<usize>,
    evidence: Evidence,
}

/// Metadata of a document. Nothing is invented: no evidence, no value.
///
/// Values of one field keep the order in which they were added, the most trusted first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    values: Vec<Value>,
    arena: String,
}

impl Meta {
    /// Adds a value. One that is empty, or there already, is left out.
    pub fn add(&mut self, field: Field, value: &str, evidence: Evidence) {
        let value = value.trim();
        if value.is_empty() || self.all(field).any(|known| known == value) {
            return;
        }
        let start = self.arena.len();
        self.arena.push_str(value);
        self.values.push(Value { field, text: start..self.arena.len(), evidence });
    }

    /// The first, most trusted value of a field.
    pub fn first(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    /// All values of a field.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |value| value.field == field).map(|value| &self.arena[value.text.clone()])
    }

    /// All values with their fields and evidence.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str, Evidence)> {
        self.values.iter().map(|value| (value.field, &self.arena[value.text.clone()], value.evidence))
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Forgets everything after the first `n` values.
    pub fn truncate(&mut self, n: usize) {
        self.values.truncate(n);
        self.arena.truncate(self.values.last().map_or(0, |value| value.text.end));
    }

    /// Takes over the values of `other`, keeping the buffers.
    pub fn copy_from(&mut self, other: &Meta) {
        self.values.clone_from(&other.values);
        self.arena.clone_from(&other.arena);
    }
}

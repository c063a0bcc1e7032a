//! The keys of a rule in TOML, read with their place in the file.

use std::fmt;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// All keys of a rule.
const KEYS: [&str; 18] = [
    "id",
    "about",
    "why",
    "words",
    "glob",
    "regex",
    "css",
    "unit",
    "until",
    "max-blocks",
    "place",
    "marker",
    "language",
    "site",
    "action",
    "removes",
    "keeps",
    "seen",
];

/// What is wrong with a file of rules, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    path: PathBuf,
    line: Option<usize>,
    message: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.path.display(), self.message),
            None => write!(f, "{}: {}", self.path.display(), self.message),
        }
    }
}

impl std::error::Error for FileError {}

/// The text of a file, to say where in it something stands.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    pub(crate) path: &'t Path,
    pub(crate) text: &'t str,
}

impl Text<'_> {
    /// The line of a byte, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }

    pub(crate) fn error(&self, at: usize, message: impl Into<String>) -> FileError {
        FileError { path: self.path.to_owned(), line: Some(self.line(at)), message: message.into() }
    }

    pub(crate) fn unreadable(path: &Path, why: impl fmt::Display) -> FileError {
        FileError { path: path.to_owned(), line: None, message: why.to_string() }
    }
}

/// One `[[rule]]`.
pub(crate) struct Keys<'t> {
    text: Text<'t>,
    /// Where the rule begins, bytes.
    pub(crate) at: usize,
    values: Vec<(String, usize, DeValue<'t>)>,
}

impl<'t> Keys<'t> {
    /// The rules of a file.
    pub(crate) fn of_file(text: Text<'t>) -> Result<Vec<Self>, FileError> {
        let table = DeTable::parse(text.text)
            .map_err(|error| text.error(error.span().map_or(0, |span| span.start), error.message()))?;
        let mut rules = Vec::new();
        for (key, value) in table.into_inner() {
            if key.get_ref() != "rule" {
                return Err(text.error(
                    key.span().start,
                    format!("`{}` is no key of a file of rules; it holds tables [[rule]]", key.get_ref()),
                ));
            }
            let at = value.span().start;
            let DeValue::Array(tables) = value.into_inner() else {
                return Err(text.error(at, "`rule` must be written [[rule]], one for each rule"));
            };
            for table in tables {
                rules.push(Self::of_table(text, table)?);
            }
        }
        rules.sort_by_key(|rule| rule.at);
        Ok(rules)
    }

    fn of_table(text: Text<'t>, table: Spanned<DeValue<'t>>) -> Result<Self, FileError> {
        let at = table.span().start;
        let DeValue::Table(table) = table.into_inner() else {
            return Err(text.error(at, "a rule must be a table [[rule]]"));
        };
        let mut values = Vec::new();
        for (key, value) in table {
            let key_at = key.span().start;
            let name = key.into_inner().into_owned();
            if !KEYS.contains(&name.as_str()) {
                return Err(text.error(key_at, format!("no key of a rule is called `{name}`{}", nearest(&name, &KEYS))));
            }
            values.push((name, value.span().start, value.into_inner()));
        }
        Ok(Self { text, at, values })
    }

    /// The text of a key and where it stands.
    pub(crate) fn string(&self, key: &str) -> Result<Option<(&str, usize)>, FileError> {
        match self.find(key) {
            None => Ok(None),
            Some((at, DeValue::String(value))) => Ok(Some((value.as_ref(), at))),
            Some((at, other)) => Err(self.wrong(key, at, "a text in quotation marks", other)),
        }
    }

    /// A list of texts; one text counts as a list of one.
    pub(crate) fn strings(&self, key: &str) -> Result<Vec<&str>, FileError> {
        match self.find(key) {
            None => Ok(Vec::new()),
            Some((_, DeValue::String(value))) => Ok(vec![value.as_ref()]),
            Some((at, DeValue::Array(values))) => values
                .iter()
                .map(|value| match value.get_ref() {
                    DeValue::String(value) => Ok(value.as_ref()),
                    other => Err(self.wrong(key, at, "a list of texts", other)),
                })
                .collect(),
            Some((at, other)) => Err(self.wrong(key, at, "a list of texts", other)),
        }
    }

    /// A whole number from 1.
    pub(crate) fn count(&self, key: &str) -> Result<Option<u32>, FileError> {
        let Some((at, value)) = self.find(key) else { return Ok(None) };
        let number = value.as_integer().and_then(|number| number.as_str().parse().ok()).filter(|number| *number > 0);
        number.map(Some).ok_or_else(|| self.wrong(key, at, "a whole number from 1", value))
    }

    /// One of `choices`, the first if the key is not there.
    pub(crate) fn choice(&self, key: &str, choices: &[&'static str]) -> Result<&'static str, FileError> {
        let Some((given, at)) = self.string(key)? else { return Ok(choices[0]) };
        choices.iter().find(|choice| **choice == given).copied().ok_or_else(|| {
            self.text.error(
                at,
                format!("`{key}` cannot be `{given}`; it is one of {}{}", choices.join(", "), nearest(given, choices)),
            )
        })
    }

    /// An error about a key of this rule, or about the rule.
    pub(crate) fn error(&self, key: &str, message: impl fmt::Display) -> FileError {
        let at = self.find(key).map_or(self.at, |(at, _)| at);
        self.text.error(at, format!("`{key}` {message}"))
    }

    /// An error about the rule as a whole.
    pub(crate) fn fault(&self, message: impl Into<String>) -> FileError {
        self.text.error(self.at, message)
    }

    /// All that the rule says.
    pub(crate) fn written(&self) -> String {
        let values: Vec<String> = self.values.iter().map(|(key, _, value)| format!("{key} {value:?}")).collect();
        values.join(" ")
    }

    /// Line in the file where the rule begins, from 1.
    pub(crate) fn line(&self) -> usize {
        self.text.line(self.at)
    }

    fn find(&self, key: &str) -> Option<(usize, &DeValue<'t>)> {
        self.values.iter().find(|(name, ..)| name == key).map(|(_, at, value)| (*at, value))
    }

    fn wrong(&self, key: &str, at: usize, wanted: &str, found: &DeValue<'_>) -> FileError {
        self.text.error(at, format!("`{key}` must be {wanted}, not a TOML {}", found.type_str()))
    }
}

/// The name among `known` that is likest to `name`, as the end of a message.
fn nearest(name: &str, known: &[&str]) -> String {
    let best = known.iter().min_by_key(|known| strsim::damerau_levenshtein(known, name));
    best.map_or(String::new(), |best| format!("; the nearest is `{best}`"))
}

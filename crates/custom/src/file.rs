//! A file of rules: TOML in, rules out, or what is wrong with it and in which line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cleancopy_core::{Example, Field, Rule, Scope, Stage};
use globset::{Glob, GlobMatcher};
use scraper::Selector;

use crate::findings::{self, Action};
use crate::fold::fold;
use crate::keys::{Keys, Text};
use crate::pattern::Pattern;
use crate::{elements, place::Place};

pub use crate::keys::FileError;

/// Blocks of a run if the rule does not say.
const MAX_BLOCKS: u32 = 20;

/// What may be the name of an action, beside the fields.
const ACTIONS: [&str; 12] =
    ["remove", "keep", "title", "subtitle", "date", "modified", "author", "url", "site", "section", "tag", "caption"];

/// A user's rule: the rule as the stages run it, and what it looks for.
#[derive(Clone, Debug)]
pub struct CustomRule {
    /// The rule.
    pub rule: &'static Rule,
    /// Line in the file where it begins, from 1.
    pub line: usize,
    /// The file.
    pub path: PathBuf,
    /// What the file says about it, on one line.
    pub(crate) written: String,
    pub(crate) pattern: Pattern,
    pub(crate) css: Option<Selector>,
    pub(crate) unit: Unit,
    pub(crate) place: Place,
    pub(crate) marker: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) site: Option<GlobMatcher>,
    pub(crate) action: Action,
}

/// How much a rule takes where its pattern is found.
#[derive(Clone, Debug)]
pub(crate) enum Unit {
    /// The block.
    Block,
    /// What the pattern matches.
    Span,
    /// The block and those after it, to the one that `until` matches or to the end of the document.
    Run { until: Option<Pattern>, max_blocks: u32 },
}

impl CustomRule {
    /// Texts that show what the rule acts on.
    pub fn acts_on(&self) -> impl Iterator<Item = &'static str> {
        self.examples(!self.keeps_text())
    }

    /// Texts that show what the rule has nothing to do with.
    pub fn passes_by(&self) -> impl Iterator<Item = &'static str> {
        self.examples(self.keeps_text())
    }

    /// What its file says about the rule, to tell whether it has changed.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether the rule protects text instead of removing it.
    pub fn keeps_text(&self) -> bool {
        self.action == Action::Keep
    }

    /// Whether the rule goes by the elements of a page alone.
    pub fn needs_page(&self) -> bool {
        self.css.is_some()
    }

    /// Whether no literal text stands in every match, so that the rule must look at every block.
    pub fn looks_everywhere(&self) -> bool {
        matches!(&self.pattern, Pattern::Search(regex) if crate::literal::required(regex.as_str()).is_none())
    }

    fn examples(&self, removes: bool) -> impl Iterator<Item = &'static str> {
        self.rule.examples.iter().filter(move |example| example.is_kept() != removes).map(|example| example.before)
    }
}

/// The rules of one file.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// In the order of the file.
    pub rules: Vec<CustomRule>,
}

impl RuleFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError`] if it cannot be read or is not a file of rules; names the line, the key and what is allowed.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        let text = std::fs::read_to_string(path).map_err(|error| Text::unreadable(path, error))?;
        Self::parse(path, &text)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`FileError`] if it is not a file of rules.
    pub fn parse(path: &Path, text: &str) -> Result<Self, FileError> {
        let mut ids = BTreeMap::new();
        let mut rules = Vec::new();
        for keys in Keys::of_file(Text { path, text })? {
            let rule = load(&keys, path)?;
            if let Some(line) = ids.insert(rule.rule.id, rule.line) {
                return Err(keys.error("id", format!("`{}` stands in line {line} too", rule.rule.id)));
            }
            rules.push(rule);
        }
        Ok(Self { rules })
    }
}

fn load(keys: &Keys<'_>, path: &Path) -> Result<CustomRule, FileError> {
    let id = id(keys)?;
    let unit_name = keys.choice("unit", &["block", "span", "run"])?;
    let css = match keys.string("css")? {
        Some((source, _)) => Some(elements::selector(source).map_err(|message| keys.error("css", message))?),
        None => None,
    };
    let pattern = pattern(keys, unit_name == "span", css.is_some())?;
    let unit = match unit_name {
        "span" if matches!(pattern, Pattern::Any) => {
            return Err(keys.error("unit", "cannot be `span` without words, glob or regex"));
        }
        "span" => Unit::Span,
        "run" => Unit::Run {
            until: match keys.string("until")? {
                Some((glob, _)) => Some(Pattern::glob(glob, false).map_err(|message| keys.error("until", message))?),
                None => None,
            },
            max_blocks: keys.count("max-blocks")?.unwrap_or(MAX_BLOCKS),
        },
        _ => Unit::Block,
    };
    for key in ["until", "max-blocks"] {
        if unit_name != "run" && (keys.string(key).is_err() || keys.string(key)?.is_some()) {
            return Err(keys.error(key, "is for `unit = \"run\"`"));
        }
    }
    let (place, marker) = place(keys)?;
    let site = match keys.string("site")? {
        Some((glob, _)) => {
            let glob = Glob::new(&glob.to_lowercase());
            Some(glob.map_err(|error| keys.error("site", format!("is no glob: {}", error.kind())))?.compile_matcher())
        }
        None => None,
    };
    let action = match keys.choice("action", &ACTIONS)? {
        "remove" => Action::Remove,
        "keep" => Action::Keep,
        name => Action::Lift(field(name)),
    };
    let examples = examples(keys)?;
    let about = keys.string("about")?.map_or("A rule of your own.", |(about, _)| leak(about));
    let why = keys.string("why")?.map_or("Its file says so.", |(why, _)| leak(why));
    keys.strings("seen")?;
    let rule = Rule {
        id: leak(id),
        stage: Stage::Blocks,
        scope: Scope::Everywhere,
        about,
        why,
        limits: "Those of its pattern and place.",
        source: leak(&format!("{}, line {}.", path.display(), keys.line())),
        examples: Box::leak(examples.into_boxed_slice()),
        run: findings::run,
    };
    Ok(CustomRule {
        // Rules are loaded once a process and live as long as it does, like those that are compiled in.
        rule: Box::leak(Box::new(rule)),
        line: keys.line(),
        path: path.to_owned(),
        written: keys.written(),
        pattern,
        css,
        unit,
        place,
        marker,
        language: keys.string("language")?.map(|(language, _)| language.to_lowercase()),
        site,
        action,
    })
}

fn id<'k>(keys: &'k Keys<'_>) -> Result<&'k str, FileError> {
    let Some((id, _)) = keys.string("id")? else { return Err(keys.fault("a rule needs an `id`")) };
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !id.split('-').all(is_word) {
        return Err(keys.error("id", format!("`{id}` must be words of a-z and 0-9 joined by hyphens")));
    }
    if Stage::ALL.iter().any(|stage| stage.name() == id) {
        return Err(keys.error("id", format!("`{id}` is the name of a stage")));
    }
    Ok(id)
}

fn pattern(keys: &Keys<'_>, in_part: bool, has_css: bool) -> Result<Pattern, FileError> {
    let mut found = None;
    for key in ["words", "glob", "regex"] {
        let Some((source, _)) = keys.string(key)? else { continue };
        if found.is_some() {
            return Err(keys.error(key, "stands beside another pattern; a rule has one of words, glob, regex"));
        }
        let pattern = match key {
            "words" => Pattern::words(source, in_part),
            "glob" => Pattern::glob(source, in_part),
            _ => Pattern::regex(source),
        };
        found = Some(pattern.map_err(|message| keys.error(key, message))?);
    }
    match found {
        Some(pattern) => Ok(pattern),
        None if has_css => Ok(Pattern::Any),
        None => Err(keys.fault("a rule needs a pattern: one of words, glob, regex, or css")),
    }
}

fn place(keys: &Keys<'_>) -> Result<(Place, Option<String>), FileError> {
    let place = match keys.choice("place", &["anywhere", "head", "tail", "below", "after"])? {
        "head" => Place::Head,
        "tail" => Place::Tail,
        "below" => Place::Below,
        "after" => Place::After,
        _ => Place::Anywhere,
    };
    match (place, keys.string("marker")?) {
        (Place::After, Some((marker, _))) => {
            let mut folded = String::new();
            fold(marker, &mut folded);
            if folded.is_empty() { Err(keys.error("marker", "has no words")) } else { Ok((place, Some(folded))) }
        }
        (Place::After, None) => Err(keys.error("place", "is `after`, so the rule needs a `marker`")),
        (_, Some(_)) => Err(keys.error("marker", "is for `place = \"after\"`")),
        (_, None) => Ok((place, None)),
    }
}

/// Texts are examples of the rule at work, or of it at rest: of a rule that keeps text it is the other way round.
fn examples(keys: &Keys<'_>) -> Result<Vec<Example>, FileError> {
    let removes = keys.strings("removes")?.into_iter().map(|text| Example::changes(leak(text), ""));
    let keeps = keys.strings("keeps")?.into_iter().map(|text| Example::keeps(leak(text)));
    Ok(removes.chain(keeps).collect())
}

fn field(name: &str) -> Field {
    match name {
        "title" => Field::Title,
        "subtitle" => Field::Subtitle,
        "date" => Field::Date,
        "modified" => Field::Modified,
        "author" => Field::Author,
        "url" => Field::Url,
        "site" => Field::Site,
        "section" => Field::Section,
        "tag" => Field::Tag,
        _ => Field::Caption,
    }
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

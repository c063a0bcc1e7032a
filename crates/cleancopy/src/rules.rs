//! Which rules run.

use std::fmt;

use cleancopy_core::{Rule, Stage};

/// All rules of the project, in the order of work.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    cleancopy_repair::RULES.iter().chain(cleancopy_boilerplate::RULES).copied()
}

/// Whether a rule runs only when it is asked for by its id.
pub fn is_optional(rule: &Rule) -> bool {
    cleancopy_repair::OPTIONAL.contains(&rule.id) || cleancopy_boilerplate::OPTIONAL.contains(&rule.id)
}

/// The rules of a run, in the order of work.
#[derive(Clone, Debug)]
pub struct Rules {
    by_stage: [Vec<&'static Rule>; 3],
}

/// A name that is no rule and no stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    name: String,
    nearest: &'static str,
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no rule or stage is called `{}`; the nearest is `{}`; `cleancopy rules` lists all",
            self.name, self.nearest
        )
    }
}

impl std::error::Error for UnknownRule {}

impl Default for Rules {
    fn default() -> Self {
        Self::chosen(|rule| !is_optional(rule))
    }
}

impl Rules {
    /// No rules at all.
    pub fn none() -> Self {
        Self::chosen(|_| false)
    }

    /// The rules for which `choose` holds.
    pub fn chosen(choose: impl Fn(&Rule) -> bool) -> Self {
        let mut rules = Self { by_stage: [Vec::new(), Vec::new(), Vec::new()] };
        all().filter(|rule| choose(rule)).for_each(|rule| rules.add(rule));
        rules
    }

    /// The default rules narrowed to the ids and stages in `only`, without those in `without`, and with
    /// the optional rules in `with`.
    ///
    /// # Errors
    /// [`UnknownRule`] for a name that is neither a rule nor a stage.
    pub fn select(only: Option<&[String]>, without: &[String], with: &[String]) -> Result<Self, UnknownRule> {
        only.unwrap_or_default().iter().chain(without).chain(with).try_for_each(|name| check(name))?;
        let named =
            |names: &[String], rule: &Rule| names.iter().any(|name| name == rule.id || name == rule.stage.name());
        let by_id = |names: &[String], rule: &Rule| names.iter().any(|name| name == rule.id);
        Ok(Self::chosen(|rule| {
            let asked = by_id(with, rule) || only.is_some_and(|only| by_id(only, rule));
            let in_only = only.is_none_or(|only| named(only, rule)) || by_id(with, rule);
            in_only && (asked || !is_optional(rule)) && !named(without, rule)
        }))
    }

    /// Adds a rule after the others of its stage.
    pub fn add(&mut self, rule: &'static Rule) {
        self.by_stage[rule.stage as usize].push(rule);
    }

    /// The rules of one stage.
    pub fn of(&self, stage: Stage) -> &[&'static Rule] {
        &self.by_stage[stage as usize]
    }

    /// All rules in the order of work.
    pub fn iter(&self) -> impl Iterator<Item = &'static Rule> {
        self.by_stage.iter().flatten().copied()
    }
}

fn check(name: &str) -> Result<(), UnknownRule> {
    let names = || Stage::ALL.iter().map(|stage| stage.name()).chain(all().map(|rule| rule.id));
    if names().any(|known| known == name) {
        return Ok(());
    }
    let nearest = names().min_by_key(|known| distance(known, name)).unwrap_or("glyphs");
    Err(UnknownRule { name: name.to_owned(), nearest })
}

/// Levenshtein distance in bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.bytes().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

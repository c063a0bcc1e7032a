//! Which rules run.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cleancopy_boilerplate::Claimants;
use cleancopy_core::{Draft, Rule, Stage};
use cleancopy_custom::{CustomRule, FileError, RuleFile, RuleSet};
use cleancopy_repair::Needs;

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
    /// What the rules of the stage Glyphs need.
    needs: Vec<Needs>,
    /// What the rules of the stage Blocks need.
    block_needs: Vec<cleancopy_boilerplate::Needs>,
    custom: Option<Arc<RuleSet>>,
}

/// Why files of rules could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// A file is not what it should be.
    File(FileError),
    /// An id is taken.
    Taken {
        /// The file that uses it again.
        path: PathBuf,
        /// The line of the rule, from 1.
        line: usize,
        /// The id.
        id: &'static str,
        /// Who has it.
        owner: String,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Taken { path, line, id, owner } => {
                write!(f, "{}, line {line}: the id `{id}` is taken by {owner}; choose another", path.display())
            }
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads files of users' rules, in order.
///
/// # Errors
/// [`LoadError`] if a file is not one of rules, or if an id is taken by a rule of the project or of another file.
pub fn load(paths: &[impl AsRef<Path>]) -> Result<Vec<CustomRule>, LoadError> {
    let mut loaded: Vec<CustomRule> = Vec::new();
    for path in paths {
        for rule in RuleFile::read(path.as_ref()).map_err(LoadError::File)?.rules {
            let id = rule.rule.id;
            let owner = if all().any(|known| known.id == id) {
                Some("a rule of the program".to_owned())
            } else {
                let twin = loaded.iter().find(|known| known.rule.id == id);
                twin.map(|known| format!("{}, line {}", known.path.display(), known.line))
            };
            if let Some(owner) = owner {
                return Err(LoadError::Taken { path: rule.path, line: rule.line, id, owner });
            }
            loaded.push(rule);
        }
    }
    Ok(loaded)
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
        let mut rules =
            Self { by_stage: [const { Vec::new() }; 3], needs: Vec::new(), block_needs: Vec::new(), custom: None };
        all().filter(|rule| choose(rule)).for_each(|rule| rules.add(rule));
        rules
    }

    /// The default rules narrowed to the ids and stages in `only`, without those in `without`, and with the optional
    /// rules in `with`.
    ///
    /// # Errors
    /// [`UnknownRule`] for a name that is neither a rule nor a stage.
    pub fn select(only: Option<&[String]>, without: &[String], with: &[String]) -> Result<Self, UnknownRule> {
        Self::select_with(only, without, with, Vec::new())
    }

    /// Like [`select`](Self::select), with users' rules, which are narrowed likewise.
    ///
    /// # Errors
    /// [`UnknownRule`] for a name that is neither a rule nor a stage.
    pub fn select_with(
        only: Option<&[String]>,
        without: &[String],
        with: &[String],
        custom: Vec<CustomRule>,
    ) -> Result<Self, UnknownRule> {
        only.unwrap_or_default().iter().chain(without).chain(with).try_for_each(|name| check(name, &custom))?;
        let named =
            |names: &[String], rule: &Rule| names.iter().any(|name| name == rule.id || name == rule.stage.name());
        let by_id = |names: &[String], rule: &Rule| names.iter().any(|name| name == rule.id);
        let choose = |rule: &Rule| {
            let asked = by_id(with, rule) || only.is_some_and(|only| by_id(only, rule));
            let in_only = only.is_none_or(|only| named(only, rule)) || by_id(with, rule);
            in_only && (asked || !is_optional(rule)) && !named(without, rule)
        };
        let mut rules = Self::chosen(choose);
        rules.add_custom(custom.into_iter().filter(|rule| choose(rule.rule)).collect());
        Ok(rules)
    }

    /// Replaces the users' rules.
    pub fn add_custom(&mut self, custom: Vec<CustomRule>) {
        self.custom = (!custom.is_empty()).then(|| Arc::new(RuleSet::new(custom)));
    }

    /// The users' rules.
    pub fn custom(&self) -> Option<&Arc<RuleSet>> {
        self.custom.as_ref()
    }

    /// Adds a rule after the others of its stage.
    pub fn add(&mut self, rule: &'static Rule) {
        self.by_stage[rule.stage as usize].push(rule);
        match rule.stage {
            Stage::Glyphs => self.needs.push(Needs::of(rule)),
            Stage::Lines => {}
            Stage::Blocks => self.block_needs.push(cleancopy_boilerplate::Needs::of(rule)),
        }
    }

    /// The rules of one stage.
    pub fn of(&self, stage: Stage) -> &[&'static Rule] {
        &self.by_stage[stage as usize]
    }

    /// Runs the rules of the stage Glyphs. Returns whether anything changed.
    pub(crate) fn mend_glyphs(&self, draft: &mut Draft) -> bool {
        draft.pass_each(self.of(Stage::Glyphs), |page, index| self.needs[index].are_met(page))
    }

    /// Whether rules of the stage Blocks judge the blocks.
    pub(crate) fn judge(&self) -> bool {
        self.block_needs.iter().any(|needs| needs.is_claim())
    }

    /// Runs the rules of the stage Blocks. Returns whether anything changed.
    pub(crate) fn remove_blocks(&self, draft: &mut Draft) -> bool {
        let claimants = Claimants::default();
        draft.pass_if(self.of(Stage::Blocks), |page, index| self.block_needs[index].are_met(page, &claimants))
    }

    /// All rules by stage, with the users' rules at the end.
    pub fn iter(&self) -> impl Iterator<Item = &'static Rule> {
        let custom = self.custom.iter().flat_map(|set| set.rules()).map(|rule| rule.rule);
        self.by_stage.iter().flatten().copied().chain(custom)
    }
}

fn check(name: &str, custom: &[CustomRule]) -> Result<(), UnknownRule> {
    let ids = || all().map(|rule| rule.id).chain(custom.iter().map(|rule| rule.rule.id));
    let names = || Stage::ALL.iter().map(|stage| stage.name()).chain(ids());
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

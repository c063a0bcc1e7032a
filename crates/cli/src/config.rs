//! `cleancopy.toml`: defaults for the options of the command line.
//!
//! A key is the long name of an option. Keys become arguments that stand before those a person gave, and only
//! where the person gave none, so the values are checked by the one parser there is.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::ValueParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::commands::Error;

/// Name of the file that is looked for in the working folder and those above it.
const FILE_NAME: &str = "cleancopy.toml";
/// Options that say something about one call, not how to clean.
const NO_SETTINGS: [&str; 5] = ["help", "version", "config", "print-config", "resume"];

/// A read configuration file.
pub(crate) struct Config {
    path: PathBuf,
    entries: Vec<Entry>,
}

struct Entry {
    key: String,
    /// Line in the file, from 1.
    line: usize,
    arguments: Vec<OsString>,
}

impl Config {
    /// Reads the file named, else the nearest `cleancopy.toml` at or above the working folder, if there is one.
    pub(crate) fn find(named: Option<&Path>, program: &Command) -> Result<Option<Self>, Error> {
        let path = if let Some(path) = named {
            path.to_owned()
        } else {
            let here = std::env::current_dir()
                .map_err(|error| Error::new(format!("the working folder cannot be read: {error}")))?;
            match here.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file()) {
                Some(path) => path,
                None => return Ok(None),
            }
        };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Error::new(format!("reading {}: {error}", path.display())))?;
        Self::parse(path, &text, program).map(Some)
    }

    fn parse(path: PathBuf, text: &str, program: &Command) -> Result<Self, Error> {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let fail = |at: usize, message: String| {
            Err(Error::new(format!("{}, line {}: {message}", path.display(), line_of(at))))
        };
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => return fail(error.span().map_or(0, |span| span.start), error.message().to_owned()),
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let known: Vec<&Arg> = settings(program, program).collect();
        let mut entries = Vec::new();
        for (key, value) in table {
            let (at, key) = (key.span().start, key.into_inner().into_owned());
            let Some(option) = known.iter().find(|option| option.get_long() == Some(&key)) else {
                let nearest = known
                    .iter()
                    .filter_map(|option| option.get_long())
                    .min_by_key(|name| strsim::damerau_levenshtein(name, &key));
                let hint = nearest.map_or(String::new(), |name| format!("; the nearest key is `{name}`"));
                return fail(at, format!("no setting is called `{key}`{hint}"));
            };
            match arguments(option, value, &folder) {
                Ok(arguments) => entries.push(Entry { key, line: line_of(at), arguments }),
                Err(message) => return fail(at, format!("`{key}` {message}")),
            }
        }
        entries.sort_by_key(|entry| entry.line);
        Ok(Self { path, entries })
    }

    /// `given`, the program's arguments as a person typed them, with this file's defaults put in before the
    /// command's own.
    ///
    /// # Errors
    /// If a value is none that its option takes.
    pub(crate) fn complete(
        &self,
        program: &Command,
        given: &[OsString],
        matches: &ArgMatches,
    ) -> Result<Vec<OsString>, Error> {
        let Some((name, own)) = matches.subcommand() else { return Ok(given.to_vec()) };
        let Some(command) = program.find_subcommand(name) else { return Ok(given.to_vec()) };
        // Global options may stand before the command's name, but nothing that is called like a command may.
        let place = given.iter().position(|word| word == OsStr::new(name)).map_or(given.len(), |at| at + 1);
        let with = |arguments: &[OsString]| [&given[..place], arguments, &given[place..]].concat();
        let mut added = Vec::new();
        for entry in &self.entries {
            let mut options = settings(program, command);
            let Some(option) = options.find(|option| option.get_long() == Some(&entry.key)) else { continue };
            if own.value_source(option.get_id().as_str()) == Some(ValueSource::CommandLine) {
                continue;
            }
            if let Err(error) = program.clone().try_get_matches_from(with(&entry.arguments)) {
                let message = error.render().to_string();
                let message = message.trim_start_matches("error: ").lines().take_while(|line| !line.is_empty());
                let message = message.map(str::trim).collect::<Vec<_>>().join(" ");
                return Err(Error::new(format!("{}, line {}: {message}", self.path.display(), entry.line)));
            }
            added.extend_from_slice(&entry.arguments);
        }
        Ok(with(&added))
    }

    fn place(&self, key: &str) -> Option<String> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(format!("{}, line {}", self.path.display(), entry.line))
    }
}

/// All settings of a command and where each comes from, as a `cleancopy.toml`.
///
/// `typed` are the arguments that a person gave, `holds` those with the configuration file's.
pub(crate) fn describe(
    program: &Command,
    command: &Command,
    typed: &ArgMatches,
    holds: &ArgMatches,
    config: Option<&Config>,
) -> String {
    let mut lines = Vec::new();
    for option in settings(program, command) {
        let (Some(key), id) = (option.get_long(), option.get_id().as_str()) else { continue };
        let values = || {
            let raw = holds.get_raw(id).into_iter().flatten();
            raw.map(|value| written(&value.to_string_lossy())).collect::<Vec<_>>()
        };
        let setting = match option.get_action() {
            ArgAction::SetTrue => Some(holds.get_flag(id).to_string()),
            ArgAction::Append => Some(format!("[{}]", values().join(", "))).filter(|list| list != "[]"),
            _ => values().pop(),
        };
        let origin = if typed.value_source(id) == Some(ValueSource::CommandLine) {
            "command line".to_owned()
        } else {
            config.and_then(|config| config.place(key)).unwrap_or_else(|| "default".to_owned())
        };
        lines.push(match setting {
            Some(value) => (format!("{key} = {value}"), origin),
            None => (format!("# {key} = "), "not set".to_owned()),
        });
    }
    let width = lines.iter().map(|(setting, _)| setting.chars().count()).max().unwrap_or(0);
    lines.iter().fold(String::new(), |text, (setting, origin)| text + &format!("{setting:width$}  # {origin}\n"))
}

/// The options of `command` that can stand in the file: those that `clean` has too. Of the program as a whole, all
/// that `clean` has.
fn settings<'a>(program: &'a Command, command: &'a Command) -> impl Iterator<Item = &'a Arg> {
    let of_clean = program.find_subcommand("clean").into_iter().flat_map(Command::get_arguments);
    of_clean.filter_map(move |option| {
        let name = option.get_long().filter(|name| !NO_SETTINGS.contains(name))?;
        if std::ptr::eq(program, command) {
            return Some(option);
        }
        command.get_arguments().find(|own| own.get_long() == Some(name))
    })
}

/// The arguments that mean what a key and its value say; paths count from `folder`, the file's own.
fn arguments(option: &Arg, value: Spanned<DeValue<'_>>, folder: &Path) -> Result<Vec<OsString>, String> {
    let name = option.get_long().unwrap_or_default();
    let is_path = option.get_value_parser().type_id() == ValueParser::path_buf().type_id();
    let argument = |value: &str| {
        let value = if is_path && value != "-" { folder.join(value).into_os_string() } else { value.into() };
        let mut argument = OsString::from(format!("--{name}="));
        argument.push(value);
        argument
    };
    match (option.get_action(), value.into_inner()) {
        (ArgAction::SetTrue, DeValue::Boolean(true)) => Ok(vec![format!("--{name}").into()]),
        (ArgAction::SetTrue, DeValue::Boolean(false)) => Ok(Vec::new()),
        (ArgAction::SetTrue, _) => Err("is true or false".to_owned()),
        (ArgAction::Append, DeValue::Array(items)) => {
            let scalars = items.iter().map(|item| scalar(item.get_ref()));
            scalars.map(|item| item.map(|item| argument(&item))).collect::<Option<_>>()
        }
        .ok_or_else(|| "is a list of strings".to_owned()),
        (_, value) => match scalar(&value) {
            Some(value) => Ok(vec![argument(&value)]),
            None => Err("is one string or number".to_owned()),
        },
    }
}

fn written(value: &str) -> String {
    value.parse().map_or_else(|_| toml::Value::from(value), toml::Value::Integer).to_string()
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

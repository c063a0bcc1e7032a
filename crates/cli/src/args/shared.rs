//! What several commands ask for alike: how inputs are read, and which rules run.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, ValueEnum};
use cleancopy::core::{Paragraphs, Profile, Settings};
use cleancopy::ingest::{InputFormat, Options};
use cleancopy::{Rules, SiteFrom};

use crate::commands::Error;

/// How inputs are read.
#[derive(clap::Args)]
pub(crate) struct ReadingArgs {
    /// What the inputs are. With a format named, every file in a folder is read, whatever its name.
    #[arg(long, value_name = "FORMAT", value_parser = format_parser(), default_value = "auto")]
    input_format: InputFormat,
    /// Field that holds the text, in JSONL and CSV.
    #[arg(long, value_name = "F", default_value = "text")]
    text_field: String,
    /// Field that holds the id, in JSONL and CSV.
    #[arg(long, value_name = "F", default_value = "id")]
    id_field: String,
    /// Encoding of all inputs, such as windows-1251 [default: found out for each document].
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Longest document, bytes; longer ones are quarantined.
    #[arg(long, value_name = "N", default_value_t = Options::MAX_DOC_BYTES)]
    max_doc_bytes: u64,
    /// How many times its size compressed input may unfold to; beyond, it is taken for a bomb and quarantined.
    #[arg(long, value_name = "N", default_value_t = Options::MAX_RATIO)]
    max_ratio: u64,
}

/// Which rules run, and how.
#[derive(clap::Args)]
pub(crate) struct CleaningArgs {
    /// Run only these rules or stages (glyphs, lines, blocks), separated by commas.
    #[arg(long, value_name = "IDS|STAGES", value_delimiter = ',', action = ArgAction::Append)]
    only: Option<Vec<String>>,
    /// Leave out these rules or stages.
    #[arg(long, value_name = "IDS|STAGES", value_delimiter = ',')]
    without: Vec<String>,
    /// Run these optional rules too.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    with: Vec<String>,
    /// Rules of your own, in TOML; may be given more than once.
    #[arg(long, value_name = "FILE.toml", action = ArgAction::Append)]
    rules: Vec<PathBuf>,
    /// How to tell which site a document comes from, for rules that are for one site: url, folder, field:NAME, or
    /// auto for the first of them that is known.
    #[arg(long, value_name = "WAY", default_value = "auto")]
    pub(crate) site_from: SiteFrom,
    /// What separates paragraphs: a blank line, or a line feed (one paragraph a line).
    #[arg(long, value_enum, default_value_t = ParagraphsArg::Blank)]
    paragraphs: ParagraphsArg,
    /// How much doubt the removing rules may act on.
    #[arg(long, value_enum, default_value_t = ProfileArg::Balanced)]
    profile: ProfileArg,
}

/// Takes the names under which the library knows its formats.
fn format_parser() -> impl TypedValueParser<Value = InputFormat> {
    PossibleValuesParser::new(InputFormat::NAMES.map(|(name, _)| name)).map(|given| {
        InputFormat::NAMES.iter().find(|(name, _)| *name == given).map_or(InputFormat::Auto, |(_, format)| *format)
    })
}

#[derive(Clone, Copy, ValueEnum)]
enum ParagraphsArg {
    Blank,
    Newline,
}

#[derive(Clone, Copy, ValueEnum)]
enum ProfileArg {
    Balanced,
    Precision,
    Recall,
}

impl ReadingArgs {
    pub(crate) fn options(&self) -> Result<Options, Error> {
        let encoding = match &self.encoding {
            Some(name) => Some(cleancopy::ingest::encoding_for(name).ok_or_else(|| Error::encoding(name))?),
            None => None,
        };
        Ok(Options {
            format: self.input_format,
            text_field: self.text_field.clone(),
            id_field: self.id_field.clone(),
            max_doc_bytes: self.max_doc_bytes,
            max_ratio: self.max_ratio,
            encoding,
            ..Options::default()
        })
    }
}

impl CleaningArgs {
    pub(crate) fn rules(&self) -> Result<Rules, Error> {
        // `--only ''` is one empty name: no rules at all.
        let named = |names: &[String]| names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>();
        let only = self.only.as_deref().map(named);
        let custom = cleancopy::rules::load(&self.rules)?;
        Ok(Rules::select_with(only.as_deref(), &named(&self.without), &named(&self.with), custom)?)
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            paragraphs: match self.paragraphs {
                ParagraphsArg::Blank => Paragraphs::Blank,
                ParagraphsArg::Newline => Paragraphs::Newline,
            },
            profile: match self.profile {
                ProfileArg::Balanced => Profile::Balanced,
                ProfileArg::Precision => Profile::Precision,
                ProfileArg::Recall => Profile::Recall,
            },
        }
    }
}

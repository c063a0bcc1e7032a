//! What can be said on the command line.

mod shared;

use std::path::PathBuf;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use cleancopy::SiteFrom;

use crate::commands::Error;
use crate::config::{self, Config};
use shared::{CleaningArgs, ReadingArgs};

/// Turns messy news-article text into clean copy, with every removed byte accounted for.
#[derive(Parser)]
#[command(name = "cleancopy", version, max_term_width = 100)]
pub(crate) struct Args {
    /// Settings file [default: the nearest cleancopy.toml in this folder or above it]. Its keys are the long names of
    /// options; what is given on the command line wins.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print the settings that hold and where each comes from, and do nothing else.
    #[arg(long, global = true)]
    pub(crate) print_config: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the command line, completed by the settings file, asks for.
pub(crate) enum Request {
    /// To do something.
    Run(Box<Args>),
    /// To print this text.
    Print(String),
}

/// Why there is nothing to do.
pub(crate) enum Refusal {
    /// A message of the parser, or a help text that was asked for.
    Usage(clap::Error),
    /// Something about the settings file.
    Config(Error),
}

impl Args {
    /// Reads the arguments of this process and the settings file.
    pub(crate) fn read() -> Result<Request, Refusal> {
        let given: Vec<_> = std::env::args_os().collect();
        let mut program = Self::command();
        program.build();
        let typed = program.clone().try_get_matches_from(&given).map_err(Refusal::Usage)?;
        let named = typed.get_one::<PathBuf>("config").map(PathBuf::as_path);
        let config = Config::find(named, &program).map_err(Refusal::Config)?;
        let holds = match &config {
            Some(config) => {
                let completed = config.complete(&program, &given, &typed).map_err(Refusal::Config)?;
                program.clone().try_get_matches_from(completed).map_err(Refusal::Usage)?
            }
            None => typed.clone(),
        };
        if let (true, Some((name, typed)), Some((_, holds))) =
            (typed.get_flag("print_config"), typed.subcommand(), holds.subcommand())
            && let Some(command) = program.find_subcommand(name)
        {
            return Ok(Request::Print(config::describe(&program, command, typed, holds, config.as_ref())));
        }
        Self::from_arg_matches(&holds).map(|args| Request::Run(Box::new(args))).map_err(Refusal::Usage)
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Clean files into one JSONL or CSV file.
    Clean(CleanArgs),
    /// Show what cleaning would do to some of the documents; writes nothing.
    Try(TryArgs),
    /// Show a source with each edit marked by its rule.
    Explain(ExplainArgs),
    /// Learn the boilerplate that repeats in a corpus, as rules to read, edit and keep.
    Learn(LearnArgs),
    /// Check an output against its inputs by its ledger, to the byte.
    Verify(VerifyArgs),
    /// Write the inputs again from an output and its ledger.
    Restore(RestoreArgs),
    /// Write the report page of a run that is over, from its output and ledger.
    Report(ReportArgs),
    /// List the rules, or show one with its examples.
    Rules(RulesArgs),
    /// Print a completion script for a shell.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man(ManArgs),
}

/// Exit status: 0 done, 1 done but something was quarantined, 2 could not run, 130 stopped by Ctrl-C.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct CleanArgs {
    /// Files, folders (read recursively), globs, or - for standard input.
    #[arg(required_unless_present = "print_config", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Where the records go: a name ending in .jsonl or .csv, with .gz or .zst after it if wanted; - is standard
    /// output as JSONL.
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) cleaning: CleaningArgs,
    /// Write CSV for Excel: byte order mark, CRLF, cells that look like formulas disarmed.
    #[arg(long)]
    pub(crate) csv_excel: bool,
    /// Folder for the quarantine file [default: beside the output].
    #[arg(long, value_name = "DIR")]
    pub(crate) quarantine: Option<PathBuf>,
    /// Write every change, and what it takes to put the inputs back, into this file: a name ending in .jsonl, with .gz
    /// or .zst after it if wanted. For `verify` and `restore`.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// Go on with an interrupted run into the same output; the result is the same as without the interruption.
    #[arg(long)]
    pub(crate) resume: bool,
    /// Least time between two moments to which --resume can go back, seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 1)]
    pub(crate) checkpoint: u64,
    /// Replace an output that is there already.
    #[arg(short, long)]
    pub(crate) force: bool,
    /// Worker threads [default: all cores]. Any number gives the same bytes. Memory is about 16 MiB of input for
    /// each thread.
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,
    /// First learn the boilerplate that repeats in the inputs, as `cleancopy learn` does, and use it. Reads the inputs
    /// twice.
    #[arg(long)]
    pub(crate) learn: bool,
    #[command(flatten)]
    pub(crate) learning: LearningArgs,
    /// Write a page that shows what was done, to open in a browser.
    #[arg(long, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
    /// Write the closing summary as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) summary_json: Option<PathBuf>,
    /// How a long run shows where it is, on standard error: a bar on a terminal and nothing elsewhere (auto), one line
    /// every ten seconds (plain), or not at all (never).
    #[arg(long, value_enum, default_value_t = ProgressArg::Auto)]
    pub(crate) progress: ProgressArg,
    /// Print nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(clap::Args)]
pub(crate) struct LearnArgs {
    /// Files, folders (read recursively), or globs.
    #[arg(required_unless_present = "print_config", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Where the rules go; - is standard output.
    #[arg(short, long, value_name = "SITE.toml", default_value = "-")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) learning: LearningArgs,
    /// How to tell which site a document comes from: url, folder, field:NAME, or auto for the first of them that is
    /// known.
    #[arg(long, value_name = "WAY", default_value = "auto")]
    pub(crate) site_from: SiteFrom,
    /// Replace an output that is there already.
    #[arg(short, long)]
    pub(crate) force: bool,
    /// Worker threads [default: all cores]. Any number gives the same bytes.
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,
}

/// What is learned, and in how much memory.
#[derive(clap::Args)]
pub(crate) struct LearningArgs {
    /// Learn notices that speak of laws, and editors' notes, too.
    #[arg(long = "learn-legal")]
    pub(crate) legal: bool,
    /// Learn quotations too.
    #[arg(long = "learn-quotes")]
    pub(crate) quotes: bool,
    /// Memory for counting, MiB; blocks beyond it go to temporary files. Each document takes about 400 bytes of it.
    #[arg(long = "learn-memory", value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=2048))]
    pub(crate) memory: u32,
}

#[derive(clap::Args)]
pub(crate) struct TryArgs {
    /// Files, folders (read recursively), globs, or - for standard input.
    #[arg(required_unless_present = "print_config", value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) cleaning: CleaningArgs,
    /// How many documents to show: half of them those that lose most, the others chosen evenly.
    #[arg(short, long, value_name = "N", default_value_t = 30)]
    pub(crate) number: usize,
    /// Write a page to open in a browser instead.
    #[arg(long, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
    /// Worker threads [default: all cores].
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,
}

#[derive(clap::Args)]
pub(crate) struct ExplainArgs {
    /// The file to explain, or - for standard input.
    #[arg(required_unless_present = "print_config", value_name = "FILE")]
    pub(crate) input: Option<PathBuf>,
    /// Show only the edits of this rule; those of the others are made without a mark.
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Option<String>,
    /// Show only the record of this number, from 1.
    #[arg(long, value_name = "N")]
    pub(crate) record: Option<u64>,
    /// Show only the documents with this id.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Show only the edits with so many lines around each [default: the whole text].
    #[arg(long, value_name = "LINES")]
    pub(crate) context: Option<usize>,
    /// Show also why each line break of the document was kept or taken out.
    #[arg(long)]
    pub(crate) breaks: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) cleaning: CleaningArgs,
}

/// Exit status: 0 all holds, 1 something does not, 2 could not run.
#[derive(clap::Args)]
pub(crate) struct VerifyArgs {
    /// The output of `clean`.
    #[arg(value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Its ledger.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: PathBuf,
    /// What was cleaned, in the same order. It may lie elsewhere now.
    #[arg(long = "in", value_name = "IN", required = true, num_args = 1..)]
    pub(crate) inputs: Vec<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct ReportArgs {
    /// The output of `clean`.
    #[arg(value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Its ledger.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: PathBuf,
    /// Where the page goes.
    #[arg(short = 'o', long = "page", value_name = "FILE.html")]
    pub(crate) page: PathBuf,
    /// Replace a page that is there already.
    #[arg(short, long)]
    pub(crate) force: bool,
}

/// Exit status: 0 all restored, 1 something could not be, 2 could not run.
///
/// Text, Markdown, JSONL and CSV come back byte for byte; of compressed files the content. Of an HTML page the rendered
/// text and its element paths are written.
#[derive(clap::Args)]
pub(crate) struct RestoreArgs {
    /// The output of `clean`.
    #[arg(value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Its ledger.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: PathBuf,
    /// The folder to write into, new or empty.
    #[arg(short = 'o', long = "to", value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: Option<RulesCommand>,
    /// The rule to show.
    pub(crate) id: Option<String>,
    /// Rules of your own, in TOML, to list with the others; may be given more than once.
    #[arg(long, value_name = "FILE.toml", action = ArgAction::Append)]
    pub(crate) rules: Vec<PathBuf>,
    /// Print the rule reference as Markdown.
    #[arg(long)]
    pub(crate) markdown: bool,
}

#[derive(Subcommand)]
pub(crate) enum RulesCommand {
    /// Run the examples of rules of your own.
    Test(RulesTestArgs),
    /// Warn of rules of your own that match too much.
    Lint(RulesLintArgs),
}

#[derive(clap::Args)]
pub(crate) struct RulesTestArgs {
    /// Files of rules.
    #[arg(required_unless_present = "print_config", value_name = "FILE.toml")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct RulesLintArgs {
    /// Files of rules.
    #[arg(required_unless_present = "print_config", value_name = "FILE.toml")]
    pub(crate) files: Vec<PathBuf>,
    /// Documents to try the rules on [default: articles that are built in].
    #[arg(long, value_name = "IN", action = ArgAction::Append)]
    pub(crate) on: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(clap::Args)]
pub(crate) struct CompletionsArgs {
    /// Whose completions.
    pub(crate) shell: clap_complete::Shell,
}

#[derive(clap::Args)]
pub(crate) struct ManArgs {
    /// Write a page for the program and one for each command into this folder instead.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// Where progress is shown.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressArg {
    Auto,
    Plain,
    Never,
}

//! `cleancopy rules`: the rules speak for themselves.

use std::fmt::Write as _;

use cleancopy::core::{Example, Rule, Scope, Stage};
use cleancopy::ingest::{Options, load, read, walk};
use cleancopy::rules::{all, is_optional};
use cleancopy::trial::{Trial, doubts, failures, warnings};

use super::{Done, Error, print};
use crate::args::{RulesArgs, RulesCommand, RulesLintArgs, RulesTestArgs};

/// Doubts about one rule that are named before the rest is only counted.
const N_NAMED: usize = 5;

pub(crate) fn rules(args: &RulesArgs) -> Result<Done, Error> {
    match &args.command {
        Some(RulesCommand::Test(args)) => return test(args),
        Some(RulesCommand::Lint(args)) => return lint(args),
        None => {}
    }
    let own = cleancopy::rules::load(&args.rules)?;
    let all = || all().chain(own.iter().map(|rule| rule.rule));
    let text = match &args.id {
        Some(id) => match all().find(|rule| rule.id == id) {
            Some(rule) => one(rule),
            None => return Err(Error::new(format!("no rule is called `{id}`; `cleancopy rules` lists all"))),
        },
        None if args.markdown => reference(),
        None => list(&all().collect::<Vec<_>>()),
    };
    print(&text)
}

/// Runs the examples of users' rules.
fn test(args: &RulesTestArgs) -> Result<Done, Error> {
    let rules = cleancopy::rules::load(&args.files)?;
    let mut text = String::new();
    let mut n_failed = 0;
    for rule in &rules {
        let wrong = failures(rule);
        n_failed += usize::from(!wrong.is_empty());
        for wrong in wrong {
            let _ = writeln!(text, "{}, line {}: {}: {wrong}", rule.path.display(), rule.line, rule.rule.id);
        }
    }
    let _ = writeln!(text, "{} rules, {} pass, {n_failed} fail", rules.len(), rules.len() - n_failed);
    print(&text)?;
    Ok(if n_failed == 0 { Done::All } else { Done::SomeFailed })
}

/// Warns of users' rules that match too much.
fn lint(args: &RulesLintArgs) -> Result<Done, Error> {
    let rules = cleancopy::rules::load(&args.files)?;
    let mut found: Vec<Vec<String>> = rules.iter().map(warnings).collect();
    let mut counts = vec![(0u64, 0u64); rules.len()];
    let mut n_documents = 0u64;
    let mut done = Done::All;
    if !args.on.is_empty() {
        let options: Options = args.reading.options()?;
        let mut trials: Vec<Trial> = rules.iter().map(Trial::of).collect();
        for item in walk(&args.on, &options)?.files.iter().flat_map(|file| read(file, &options)) {
            match item.and_then(|raw| load(raw, &options)) {
                Ok(loaded) => {
                    n_documents += 1;
                    for ((trial, found), count) in trials.iter_mut().zip(&mut found).zip(&mut counts) {
                        let taken = trial.on_document(&loaded.document);
                        count.0 += u64::from(!taken.texts.is_empty());
                        count.1 += taken.texts.len() as u64;
                        found.extend(doubts(&taken).into_iter().map(|doubt| format!("{}: {doubt}", loaded.source)));
                    }
                }
                Err(failure) => {
                    anstream::eprintln!("cleancopy: {}: {}", failure.source, failure.cause);
                    done = Done::SomeFailed;
                }
            }
        }
    }
    let mut text = String::new();
    for ((rule, found), (n_with, n_times)) in rules.iter().zip(&found).zip(counts) {
        let head = format!("{}, line {}: {}", rule.path.display(), rule.line, rule.rule.id);
        for warning in found.iter().take(N_NAMED) {
            let _ = writeln!(text, "{head}: {warning}");
        }
        if found.len() > N_NAMED {
            let _ = writeln!(text, "{head}: and {} more", found.len() - N_NAMED);
        }
        if n_documents > 0 {
            let _ = writeln!(text, "{head}: acts {n_times} times, in {n_with} of {n_documents} documents");
        }
    }
    let n_doubtful = found.iter().filter(|found| !found.is_empty()).count();
    let _ = writeln!(text, "{} rules, {n_doubtful} with warnings", rules.len());
    print(&text)?;
    Ok(if n_doubtful > 0 { Done::SomeFailed } else { done })
}

/// One line a rule.
fn list(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules {
        let optional = if is_optional(rule) { " (only with --with)" } else { "" };
        let _ = writeln!(text, "{:7} {:width$}  {}{optional}", rule.stage.name(), rule.id, rule.about);
    }
    text
}

/// All that is known about one rule.
fn one(rule: &Rule) -> String {
    let scope = match rule.scope {
        Scope::Prose => "prose; never inside code, verse or tables",
        Scope::Everywhere => "everywhere",
    };
    let mut text = format!("{}\n\n{}\n\n", rule.id, rule.about);
    let _ = writeln!(text, "stage   {}\nscope   {scope}", rule.stage.name());
    let _ = writeln!(text, "why     {}\nlimits  {}\nsource  {}\n\nexamples", rule.why, rule.limits, rule.source);
    for example in rule.examples {
        let (before, after) = (visible(example.before), visible(example.after));
        let _ = if example.is_kept() {
            writeln!(text, "  keeps    {before}")
        } else {
            writeln!(text, "  changes  {before}\n       to  {after}")
        };
    }
    text
}

/// The rule reference, `crates/RULES.md`.
fn reference() -> String {
    let mut text = String::from(
        "# Rules\n\nMade by `cargo xtask docs` from the rules themselves; not to be edited by hand.\nRules run in this order.\n",
    );
    for stage in Stage::ALL {
        let _ = write!(text, "\n## Stage `{}`\n", stage.name());
        for rule in all().filter(|rule| rule.stage == stage) {
            let optional = if is_optional(rule) { " Runs only when asked for with `--with`." } else { "" };
            let _ = write!(text, "\n### {}\n\n{}{optional}\n\n", rule.id, rule.about);
            let _ = writeln!(text, "- Why: {}\n- Limits: {}\n- Source: {}", rule.why, rule.limits, rule.source);
            text.push_str("\n```text\n");
            for example in rule.examples {
                write_example(&mut text, example);
            }
            text.push_str("```\n");
        }
    }
    text
}

fn write_example(text: &mut String, example: &Example) {
    let (before, after) = (visible(example.before), visible(example.after));
    let _ = if example.is_kept() {
        writeln!(text, "keeps   {before}")
    } else {
        writeln!(text, "before  {before}\nafter   {after}")
    };
}

/// A text on one line, with everything invisible spelled out.
fn visible(text: &str) -> String {
    text.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'")
}

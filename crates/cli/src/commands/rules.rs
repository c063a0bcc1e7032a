//! `cleancopy rules`: the rules speak for themselves.

use std::fmt::Write as _;

use cleancopy::core::{Example, Rule, Scope, Stage};
use cleancopy::rules::{all, is_optional};

use super::{Done, Error, print};
use crate::args::RulesArgs;

pub(crate) fn rules(args: &RulesArgs) -> Result<Done, Error> {
    let text = match &args.id {
        Some(id) => match all().find(|rule| rule.id == id) {
            Some(rule) => one(rule),
            None => return Err(Error::new(format!("no rule is called `{id}`; `cleancopy rules` lists all"))),
        },
        None if args.markdown => reference(),
        None => list(),
    };
    print(&text)
}

/// One line a rule.
fn list() -> String {
    let width = all().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in all() {
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

//! `cleancopy explain`: the source, with each edit marked by its rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Effects, Style};
use cleancopy::core::{Evidence, Fate, Field, Rule};
use cleancopy::ingest::{Loaded, load, read, walk};
use cleancopy::{Cleaned, Cleaner};

use super::{Done, Error, unless_closed};
use crate::args::ExplainArgs;

pub(super) const REMOVED: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
pub(super) const INSERTED: Style = AnsiColor::Green.on_default();
pub(super) const LABEL: Style = Style::new().effects(Effects::DIMMED);
pub(super) const HEAD: Style = Style::new().effects(Effects::BOLD);

pub(crate) fn explain(args: &ExplainArgs) -> Result<Done, Error> {
    let options = args.reading.options()?;
    let mut cleaner = Cleaner::with_rules(args.cleaning.rules()?, args.cleaning.settings());
    let files = walk(std::slice::from_ref(&args.input), &options)?.files;
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let mut done = Done::All;
    for item in files.iter().flat_map(|file| read(file, &options)) {
        match item.and_then(|raw| load(raw, &options)) {
            Ok(loaded) => {
                let cleaned = cleaner.clean_document(&loaded.document);
                let written = write_document(&mut out, &loaded, &cleaned);
                if written.is_err() {
                    unless_closed(written)?;
                    return Ok(done);
                }
            }
            Err(failure) => {
                anstream::eprintln!("cleancopy: {}: {}", failure.source, failure.cause);
                done = Done::SomeFailed;
            }
        }
    }
    unless_closed(out.flush())?;
    Ok(done)
}

fn write_document(out: &mut impl Write, loaded: &Loaded, cleaned: &Cleaned<'_>) -> io::Result<()> {
    let source = loaded.document.text.as_str();
    writeln!(out, "{HEAD}{}{HEAD:#} {LABEL}{}{LABEL:#}", loaded.source, loaded.encoding)?;
    for (field, value, evidence) in cleaned.meta.iter() {
        let (Evidence::Rule(from) | Evidence::Declared(from)) = evidence;
        writeln!(out, "{LABEL}{:>9}{LABEL:#} {value} {LABEL}({from}){LABEL:#}", field_name(field))?;
    }
    writeln!(out)?;
    let fates = cleaned.ledger.fates(source.len());
    let mut tallies: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut label = Label::default();
    for fate in &fates {
        match *fate {
            Fate::Kept(span) => {
                label.close(out)?;
                out.write_all(span.in_text(source).as_bytes())?;
            }
            Fate::Removed(span, rule) => {
                label.open(out, rule)?;
                label.broken |= span.in_text(source).contains('\n');
                write!(out, "{REMOVED}[-{}-]{REMOVED:#}", visible(span.in_text(source)))?;
                let tally = tallies.entry(rule.id).or_default();
                tally.0 += 1;
                tally.1 += span.len();
            }
            Fate::Inserted(text, rule) => {
                label.open(out, rule)?;
                label.broken = text.contains('\n');
                write!(out, "{INSERTED}{{+{}+}}{INSERTED:#}", visible(text))?;
                tallies.entry(rule.id).or_default().2 += text.len();
            }
        }
    }
    label.close(out)?;
    writeln!(out, "\n")?;
    for (rule, (n, removed, inserted)) in &tallies {
        writeln!(out, "{LABEL}{rule}: {n} removals, {removed} bytes removed, {inserted} inserted{LABEL:#}")?;
    }
    let (bytes_in, bytes_out) = (source.len(), cleaned.text.len());
    let removed: usize = tallies.values().map(|tally| tally.1).sum();
    writeln!(
        out,
        "{LABEL}{bytes_in} bytes in = {} kept + {removed} removed; {bytes_out} out{LABEL:#}",
        bytes_in - removed
    )?;
    for flag in cleaned.flags {
        writeln!(out, "{LABEL}note: {flag}{LABEL:#}")?;
    }
    Ok(())
}

/// Names the rule once after a run of its edits, and starts a new line where the run held or made one.
#[derive(Default)]
struct Label {
    rule: Option<&'static Rule>,
    broken: bool,
}

impl Label {
    fn open(&mut self, out: &mut impl Write, rule: &'static Rule) -> io::Result<()> {
        if self.rule.is_some_and(|open| open.id != rule.id) {
            self.close(out)?;
        }
        self.rule = Some(rule);
        Ok(())
    }

    fn close(&mut self, out: &mut impl Write) -> io::Result<()> {
        let Some(rule) = self.rule.take() else { return Ok(()) };
        write!(out, "{LABEL}<{}>{LABEL:#}", rule.id)?;
        if std::mem::take(&mut self.broken) { writeln!(out) } else { Ok(()) }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Subtitle => "subtitle",
        Field::Date => "date",
        Field::Modified => "modified",
        Field::Author => "author",
        Field::Url => "url",
        Field::Site => "site",
        Field::Language => "language",
        Field::Section => "section",
        Field::Tag => "tag",
        Field::Caption => "caption",
    }
}

/// Text of an edit, with line ends and whatever is invisible spelled out.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('⏎'),
            ' ' => shown.push(' '),
            c if c.is_alphanumeric() || c.is_ascii_graphic() => shown.push(c),
            c => shown.extend(c.escape_debug()),
        }
    }
    shown
}

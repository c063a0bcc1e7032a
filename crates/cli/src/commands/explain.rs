//! `cleancopy explain`: the source, with each edit marked by its rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Effects, Style};
use cleancopy::core::{Evidence, Fate, Field, Rule};
use cleancopy::ingest::{Loaded, load, read, walk};
use cleancopy::rules::all;
use cleancopy::{Cleaned, Cleaner, Ids};

use super::breaks::write_breaks;
use super::reasons::write_reasons;
use super::{Done, Error, unless_closed};
use crate::args::ExplainArgs;

pub(super) const REMOVED: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
pub(super) const INSERTED: Style = AnsiColor::Green.on_default();
pub(super) const LABEL: Style = Style::new().effects(Effects::DIMMED);
pub(super) const HEAD: Style = Style::new().effects(Effects::BOLD);

pub(crate) fn explain(args: &ExplainArgs) -> Result<Done, Error> {
    let Some(input) = &args.input else { return Ok(Done::All) };
    let rules = args.cleaning.rules()?;
    if let Some(id) = &args.rule
        && !all().chain(rules.iter()).any(|rule| rule.id == id)
    {
        return Err(Error::new(format!("no rule is called `{id}`; `cleancopy rules` lists all")));
    }
    let options = args.reading.options()?;
    let mut cleaner = Cleaner::with_rules(rules, args.cleaning.settings());
    let files = walk(std::slice::from_ref(input), &options)?.files;
    let ids = Ids::of(&files);
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let mut done = Done::All;
    let mut n_shown = 0;
    for item in files.iter().flat_map(|file| read(file, &options)) {
        let number = match &item {
            Ok(raw) => raw.source.record,
            Err(failure) => failure.source.record,
        };
        if args.record.is_some_and(|wanted| number != Some(wanted)) {
            continue;
        }
        match item.and_then(|raw| load(raw, &options)) {
            Ok(loaded) => {
                if args.id.as_ref().is_some_and(|wanted| ids.id(&loaded) != *wanted) {
                    continue;
                }
                n_shown += 1;
                let site = args.cleaning.site_from.site(&loaded);
                let cleaned = cleaner.clean_document_of(&loaded.document, site.as_deref());
                let mut written = write_document(&mut out, &loaded, &cleaned, args);
                if written.is_ok() {
                    let reports = cleaner.explain_blocks(&loaded.document, site.as_deref());
                    let asked = |id| args.rule.as_deref().is_none_or(|wanted| id == Some(wanted));
                    let reports: Vec<_> = reports.into_iter().filter(|report| asked(report.rule)).collect();
                    written = write_reasons(&mut out, &reports);
                }
                if args.breaks && written.is_ok() {
                    let mut round = 0;
                    cleaner.explain_breaks(&loaded.document, site.as_deref(), |text, reports| {
                        round += 1;
                        if written.is_ok() {
                            written = write_breaks(&mut out, round, text, reports);
                        }
                    });
                }
                if written.is_err() {
                    unless_closed(written)?;
                    return Ok(done);
                }
            }
            Err(failure) => {
                n_shown += 1;
                anstream::eprintln!("cleancopy: {}: {}", failure.source, failure.cause);
                done = Done::SomeFailed;
            }
        }
    }
    unless_closed(out.flush())?;
    match (&args.id, args.record) {
        (Some(id), _) if n_shown == 0 => Err(Error::new(format!("{}: no document has the id `{id}`", input.display()))),
        (_, Some(n)) if n_shown == 0 => Err(Error::new(format!("{}: there is no record {n}", input.display()))),
        _ => Ok(done),
    }
}

/// What one rule did in the document.
#[derive(Default)]
struct Tally {
    n_removals: usize,
    n_removed: usize,
    n_insertions: usize,
    n_inserted: usize,
    about: &'static str,
}

fn write_document(out: &mut impl Write, loaded: &Loaded, cleaned: &Cleaned<'_>, args: &ExplainArgs) -> io::Result<()> {
    let source = loaded.document.text.as_str();
    writeln!(out, "{HEAD}{}{HEAD:#} {LABEL}{}{LABEL:#}", loaded.source, loaded.encoding)?;
    for (field, value, evidence) in cleaned.meta.iter() {
        let (Evidence::Rule(from) | Evidence::Declared(from)) = evidence;
        writeln!(out, "{LABEL}{:>9}{LABEL:#} {value} {LABEL}({from}){LABEL:#}", field_name(field))?;
    }
    writeln!(out)?;
    let fates = cleaned.ledger.fates(source.len());
    let tallies = tally(&fates);
    let asked = |rule: &Rule| args.rule.as_ref().is_none_or(|wanted| rule.id == wanted);
    let mut kept = Kept { context: args.context, after_edit: false, pending: String::new() };
    let mut label = Label::default();
    for fate in &fates {
        match *fate {
            Fate::Kept(span) => kept.push(span.in_text(source)),
            Fate::Removed(_, rule) if !asked(rule) => {}
            Fate::Inserted(text, rule) if !asked(rule) => kept.push(text),
            Fate::Removed(span, rule) => {
                kept.flush(out, &mut label, true)?;
                label.open(out, rule)?;
                label.broken |= span.in_text(source).contains('\n');
                write!(out, "{REMOVED}[-{}-]{REMOVED:#}", visible(span.in_text(source)))?;
            }
            Fate::Inserted(text, rule) => {
                kept.flush(out, &mut label, true)?;
                label.open(out, rule)?;
                label.broken = text.contains('\n');
                write!(out, "{INSERTED}{{+{}+}}{INSERTED:#}", visible(text))?;
            }
        }
    }
    kept.flush(out, &mut label, false)?;
    label.close(out)?;
    writeln!(out, "\n")?;
    write_legend(out, source, cleaned, &tallies)
}

fn tally(fates: &[Fate<'_>]) -> BTreeMap<&'static str, Tally> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for fate in fates {
        let (Fate::Removed(_, rule) | Fate::Inserted(_, rule)) = *fate else { continue };
        let tally = tallies.entry(rule.id).or_default();
        tally.about = rule.about;
        match *fate {
            Fate::Removed(span, _) => {
                tally.n_removals += 1;
                tally.n_removed += span.len();
            }
            Fate::Inserted(text, _) => {
                tally.n_insertions += 1;
                tally.n_inserted += text.len();
            }
            Fate::Kept(_) => {}
        }
    }
    tallies
}

/// Which rules were at work, what they are for, and whether the sums agree.
fn write_legend(
    out: &mut impl Write,
    source: &str,
    cleaned: &Cleaned<'_>,
    tallies: &BTreeMap<&'static str, Tally>,
) -> io::Result<()> {
    let width = tallies.keys().map(|rule| rule.len()).max().unwrap_or(0);
    for (rule, tally) in tallies {
        let mut counts = Vec::new();
        for (n, what, bytes) in
            [(tally.n_removals, "removal", tally.n_removed), (tally.n_insertions, "insertion", tally.n_inserted)]
        {
            if n > 0 {
                counts.push(format!("{n} {what}{}, {bytes} bytes", if n == 1 { "" } else { "s" }));
            }
        }
        let about = tally.about.split(". ").next().unwrap_or_default().trim_end_matches('.');
        writeln!(out, "{rule:width$}  {LABEL}{}  {about}{LABEL:#}", counts.join("; "))?;
    }
    let (bytes_in, bytes_out) = (source.len(), cleaned.text.len());
    let removed: usize = tallies.values().map(|tally| tally.n_removed).sum();
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

/// Kept text between two edits, of which only the lines next to them may be asked for.
struct Kept {
    /// Lines to show on each side of an edit; all if not given.
    context: Option<usize>,
    /// Whether an edit was written before it.
    after_edit: bool,
    pending: String,
}

impl Kept {
    fn push(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    /// Writes what is pending; `before_edit` says whether an edit follows.
    fn flush(&mut self, out: &mut impl Write, label: &mut Label, before_edit: bool) -> io::Result<()> {
        let after_edit = std::mem::replace(&mut self.after_edit, before_edit);
        if self.pending.is_empty() {
            return Ok(());
        }
        label.close(out)?;
        let text = self.pending.as_str();
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        match self.context {
            Some(n) if ends.len() > n * 2 => {
                // The line that an edit stands in is shown besides its context.
                let head = if after_edit { ends[n.min(ends.len() - 1)] } else { 0 };
                let tail = if before_edit { ends[ends.len() - 1 - n.min(ends.len() - 1)] } else { text.len() };
                let (head, tail) = if head < tail { (head, tail) } else { (text.len(), text.len()) };
                let n_left_out = text[head..tail].matches('\n').count();
                out.write_all(&text.as_bytes()[..head])?;
                if n_left_out > 0 {
                    let lines = if n_left_out == 1 { "line" } else { "lines" };
                    writeln!(out, "{LABEL}[... {n_left_out} {lines} ...]{LABEL:#}")?;
                } else {
                    out.write_all(&text.as_bytes()[head..tail])?;
                }
                out.write_all(&text.as_bytes()[tail..])?;
            }
            _ => out.write_all(text.as_bytes())?,
        }
        self.pending.clear();
        Ok(())
    }
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
        Field::ImageAlt => "image alt",
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

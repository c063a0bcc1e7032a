//! The line breaks of a document, with the reasons why each was kept or taken out.

use std::io::{self, Write};

use cleancopy::GapReport;

use super::explain::{HEAD, INSERTED, LABEL, REMOVED};

/// Characters shown of the line before and the line after.
const SHOWN: usize = 28;
/// Signals shown of each break, strongest first.
const N_SIGNALS: usize = 4;

/// Writes a line for each break of `text`, which is what a round of cleaning sees.
pub(super) fn write_breaks(out: &mut impl Write, round: usize, text: &str, breaks: &[GapReport]) -> io::Result<()> {
    writeln!(
        out,
        "{HEAD}Line breaks, round {round}{HEAD:#} {LABEL}below 0 speaks for one sentence, above 0 for two paragraphs{LABEL:#}"
    )?;
    for report in breaks {
        let (before, after) = (&text[..report.span.start as usize], &text[report.span.end as usize..]);
        let (before, after) = (last_words(before), first_words(after));
        if report.joins {
            write!(out, "{REMOVED}joined{REMOVED:#} ")?;
        } else {
            write!(out, "{INSERTED}kept  {INSERTED:#} ")?;
        }
        writeln!(out, "{:>6.1}  {before} | {after}", report.score)?;
        writeln!(out, "               {LABEL}{}{LABEL:#}", reasons(report))?;
    }
    writeln!(out)
}

/// The strongest signals of a break and what each adds.
fn reasons(report: &GapReport) -> String {
    if report.signals.is_empty() {
        return "by the structure of the text".to_owned();
    }
    let mut signals: Vec<&(String, f32)> = report.signals.iter().collect();
    signals.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let shown: Vec<String> =
        signals.iter().take(N_SIGNALS).map(|(name, weight)| format!("{name} {weight:+.1}")).collect();
    shown.join("; ")
}

fn last_words(text: &str) -> &str {
    let line = text.rsplit('\n').next().unwrap_or(text);
    let from = line.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    &line[from..]
}

fn first_words(text: &str) -> &str {
    let line = text.split('\n').next().unwrap_or(text);
    &line[..line.char_indices().nth(SHOWN).map_or(line.len(), |(at, _)| at)]
}

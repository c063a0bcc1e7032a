//! The reasons for each decision, for people and for the program that fits the weights.

use cleancopy_core::{Page, Span};

use super::decide::headline;
use super::signals::{N_TABLES, TABLES, TOGETHER, together_cell};
use super::weights::{LENGTH_TABLES, weights};
use super::{Layout, together};

/// Name of what speaks for a headline, which is not fitted.
const HEADLINE_TABLE: &str = "lone-first-line";

/// What was decided about one gap between two lines, and why.
#[derive(Clone, Debug)]
pub struct GapReport {
    /// From the end of the line before to the start of the line after, bytes.
    pub span: Span,
    /// Whether the two lines are joined.
    pub joins: bool,
    /// Log odds that a paragraph ends there; positive keeps the lines apart. 0 where structure decided.
    pub score: f32,
    /// The signals, each with what it adds to the score; none where structure decided.
    pub signals: Vec<(String, f32)>,
}

/// The decisions for all gaps of `page`, in order, with their signals.
pub fn explain_gaps(page: &Page<'_>) -> Vec<GapReport> {
    let mut layout = Layout::default();
    let mut watched = Vec::new();
    layout.measure_watched(page, |at, cells| watched.push((at, *cells)));
    let weights = weights();
    let mut watched = watched.into_iter().peekable();
    let reports = layout.breaks(page.text).enumerate().map(|(at, gap)| {
        let mut signals = Vec::new();
        let scored = watched.next_if(|(watched, _)| *watched == at);
        if let Some((_, cells)) = scored {
            for table in 0..N_TABLES {
                let cell = usize::from(cells[table]);
                signals.push((TABLES[table].signal(cell), weights.weight(table, cell)));
            }
            let headline = headline(&layout.lines, at);
            if headline > 0.0 {
                signals.push((HEADLINE_TABLE.to_owned(), headline));
            }
            let (pair, lines) = (layout.gaps.pair(at), &layout.lines[at..]);
            if together::is_asked(pair.class) && together::are_seen(page.text, &lines[0], &lines[1]) {
                let cell = together_cell(&lines[0], pair);
                signals.push((TOGETHER.signal(cell), weights.together[cell]));
            }
        }
        for (table, step) in layout.gaps.lengths[at].into_iter().flatten().enumerate() {
            let weight = weights.lengths[table][usize::from(step)];
            signals.push((format!("{} {step}", LENGTH_TABLES[table]), weight));
        }
        let sum = || weights.base + signals.iter().map(|(_, weight)| weight).sum::<f32>();
        let score = if scored.is_some() { sum() } else { layout.gaps.scores[at] };
        GapReport { span: gap.span, joins: gap.gap.joins(), score, signals }
    });
    reports.collect()
}

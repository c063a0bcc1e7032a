//! The reasons for each decision, for people and for the program that fits the weights.

use cleancopy_core::{Page, Span};

use super::Layout;
use super::signals::{N_TABLES, TABLES, cell_names};
use super::weights::{LENGTH_TABLES, weights};

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
        if let Some((_, cells)) = watched.next_if(|(watched, _)| *watched == at) {
            for table in 0..N_TABLES {
                let cell = usize::from(cells[table]);
                let name = format!("{} {}", TABLES[table].name, cell_names(&TABLES[table], cell).join(","));
                signals.push((name, weights.weight(table, cell)));
            }
        }
        for (table, step) in layout.gaps.lengths[at].into_iter().flatten().enumerate() {
            let weight = weights.lengths[table][usize::from(step)];
            signals.push((format!("{} {step}", LENGTH_TABLES[table]), weight));
        }
        GapReport { span: gap.span, joins: gap.gap.joins(), score: layout.gaps.scores[at], signals }
    });
    reports.collect()
}

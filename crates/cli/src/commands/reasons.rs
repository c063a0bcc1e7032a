//! The blocks that the block model removed, with its strongest reasons.

use std::io::{self, Write};

use cleancopy::BlockReport;

use super::explain::{HEAD, LABEL, REMOVED, visible};

/// Characters shown of a block.
const SHOWN: usize = 60;
/// Reasons shown of each block, strongest first.
const N_REASONS: usize = 4;

/// Writes two lines for each block.
pub(super) fn write_reasons(out: &mut impl Write, blocks: &[BlockReport]) -> io::Result<()> {
    if blocks.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{HEAD}Judged by the block model{HEAD:#} {LABEL}what speaks for its removal{LABEL:#}")?;
    for block in blocks {
        let end = block.text.char_indices().nth(SHOWN).map_or(block.text.len(), |(at, _)| at);
        let more = if end < block.text.len() { "..." } else { "" };
        writeln!(out, "{REMOVED}{}{REMOVED:#}{more}", visible(&block.text[..end]))?;
        writeln!(out, "  {LABEL}{}: {}{LABEL:#}", block.rule.unwrap_or_default(), reasons(block))?;
    }
    Ok(())
}

/// The probability, and the signals that add most to it.
fn reasons(block: &BlockReport) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for (name, weight) in &block.signals {
        if shown.len() < N_REASONS && *weight > 0.0 && !shown.contains(&name.as_str()) {
            shown.push(name);
        }
    }
    format!("{}, {:.1} % sure", shown.join(", "), block.probability() * 100.0)
}

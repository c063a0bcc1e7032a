//! Runs of lines that all begin like sentences.

use super::edge::End;
use super::line::Line;
use super::pair::{Pair, as_seen, goes_on};
use super::stretch::{Stretch, share, step};

/// For each line, the run of lines around it that do not go on from the line before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// Length in lines, in six steps.
    pub(crate) length: u8,
    /// Share of lines that end a sentence, in five steps.
    pub(crate) stops: u8,
    /// Share of breaks that the column forced, in four steps.
    pub(crate) tight: u8,
    /// Number of the run, from 1; 0 for a line that goes on.
    pub(crate) number: u32,
}

/// Fills `runs` for `lines`.
pub(crate) fn find_runs(lines: &[Line], pairs: &[Pair], stretch: &Stretch, runs: &mut [Run], number: &mut u32) {
    let stands = |line: &Line| !goes_on(as_seen(line.first, stretch.uncased));
    let mut index = 0;
    while index < lines.len() {
        if !stands(&lines[index]) {
            runs[index] = Run::default();
            index += 1;
            continue;
        }
        let n = lines[index..].iter().take_while(|line| stands(line)).count();
        let run = &lines[index..index + n];
        let stops = run.iter().filter(|line| line.last == End::Final).count();
        let gaps = index..(index + n - 1).min(pairs.len());
        let n_gaps = gaps.len();
        let tight = gaps.filter(|&at| stretch.is_tight(&lines[at], pairs[at])).count();
        *number += 1;
        runs[index..index + n].fill(Run {
            length: step(n as f32, &[2.0, 3.0, 4.0, 6.0, 10.0]),
            stops: step(share(stops, n), &[0.15, 0.4, 0.65, 0.85]),
            tight: step(share(tight, n_gaps.max(1)), &[0.05, 0.3, 0.6]),
            number: *number,
        });
        index += n;
    }
}

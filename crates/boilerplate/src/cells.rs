//! Groups of signals and their cells, by which models over blocks name what they see in tables of weights.

use crate::cues::Cue;
use crate::rules::JUDGES;
use crate::view::View;
use crate::zones::Zone;

/// The names of a group's cells.
pub(crate) enum Cells {
    /// One level of each factor.
    Levels(&'static [&'static [&'static str]]),
    /// One for each kind of cue.
    Cues,
    /// One for each rule that judges whole blocks.
    Judges,
}

/// A group of signals.
pub(crate) struct Group {
    /// Its name in `weights.txt` and in explanations.
    pub name: &'static str,
    /// Its cells.
    pub cells: Cells,
}

impl Group {
    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        match self.cells {
            Cells::Levels(factors) => factors.iter().map(|factor| factor.len()).product(),
            Cells::Cues => Cue::ALL.len(),
            Cells::Judges => JUDGES.len(),
        }
    }

    /// The name of a cell.
    pub(crate) fn cell(&self, mut cell: usize) -> String {
        match self.cells {
            Cells::Levels(factors) => {
                let mut names = Vec::new();
                for factor in factors.iter().rev() {
                    names.push(factor[cell % factor.len()]);
                    cell /= factor.len();
                }
                names.reverse();
                names.join(",")
            }
            Cells::Cues => Cue::ALL[cell].0.to_owned(),
            Cells::Judges => JUDGES[cell].id.to_owned(),
        }
    }
}

/// Where the cells of each group begin, counted through.
pub(crate) struct Offsets {
    groups: &'static [Group],
    firsts: Vec<usize>,
    /// Number of all cells.
    pub len: usize,
}

impl Offsets {
    /// The offsets of `groups`.
    pub(crate) fn of(groups: &'static [Group]) -> Self {
        let mut offsets = Self { groups, firsts: Vec::new(), len: 0 };
        for group in groups {
            offsets.firsts.push(offsets.len);
            offsets.len += group.len();
        }
        offsets
    }

    /// The number of a cell of a group.
    pub(crate) fn at(&self, group: usize, cell: usize) -> usize {
        self.firsts[group] + cell
    }

    /// The group of a cell, and the cell's number in it.
    pub(crate) fn name(&self, cell: usize) -> (usize, usize) {
        let group = self.firsts.partition_point(|&first| first <= cell) - 1;
        (group, cell - self.firsts[group])
    }

    /// The number of the cell that a table names.
    pub(crate) fn find(&self, group: &str, cell: &str) -> Option<usize> {
        let group = self.groups.iter().position(|known| known.name == group)?;
        (0..self.groups[group].len()).find(|&at| self.groups[group].cell(at) == cell).map(|at| self.at(group, at))
    }

    /// The names of all cells, as tables write them.
    pub(crate) fn names(&self) -> Vec<String> {
        let of = |group: &'static Group| (0..group.len()).map(|at| format!("{} {}", group.name, group.cell(at)));
        self.groups.iter().flat_map(of).collect()
    }
}

/// How a block ends, in the order of [`End`](crate::shape::End).
pub(crate) const ENDS: &[&str] = &["bare", "stop", "call", "colon", "ellipsis", "open"];
/// Where it stands: see [`zone_of`].
pub(crate) const ZONES: &[&str] = &["head", "body", "tail"];
/// How much of it is quoted.
pub(crate) const QUOTED: &[&str] = &["unquoted", "part-quoted", "quoted"];

/// The place of a block among [`ZONES`].
pub(crate) fn zone_of(view: &View<'_>) -> usize {
    match view.zone() {
        Zone::Head => 0,
        Zone::Body => 1,
        Zone::Tail => 2,
    }
}

/// The step of `n` on a ladder: the first whose bound is not under it, or the one after the last.
pub(crate) fn step(n: u32, bounds: &[u32]) -> usize {
    // As many as are under it, counted without a branch.
    bounds.iter().map(|&bound| usize::from(bound < n)).sum()
}

/// The level of `part` of `whole` of the shares none, to 25 %, to 50 %, to 80 %, to all.
pub(crate) fn share(part: u32, whole: u32) -> usize {
    if part == 0 { 0 } else { 1 + step(part * 100 / whole.max(1), &[25, 50, 80]).min(3) }
}

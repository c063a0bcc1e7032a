//! The weights of the signals, read once from `signals.txt`.

use std::sync::OnceLock;

use super::signals::{Cells, N_TABLES, TABLES, TOGETHER, Table};

/// A line a weight: table, cell, weight. Positive speaks for a paragraph, negative for one sentence.
static SIGNALS: &str = include_str!("signals.txt");

/// Weights by table and cell, in natural logarithms of odds.
pub(crate) struct Weights {
    /// What every gap has.
    pub(crate) base: f32,
    /// All tables, one behind the other, and where each begins.
    cells: Vec<f32>,
    starts: [usize; N_TABLES],
    /// Of [`TOGETHER`]; none speaks for a paragraph.
    pub(crate) together: Vec<f32>,
    /// Of the second look: paragraph lengths.
    pub(crate) lengths: [Vec<f32>; 3],
}

/// Names of the tables of the second look.
pub(crate) const LENGTH_TABLES: [&str; 3] = ["paragraph-before", "paragraph-after", "paragraph-joined"];

/// Steps in a table of the second look.
pub(crate) const LENGTH_STEPS: usize = 7;

/// The shipped weights.
pub(crate) fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::read(SIGNALS))
}

impl Weights {
    fn read(text: &str) -> Self {
        let size = |table: &Table| -> usize { table.factors.iter().map(|factor| factor.len()).product() };
        let mut n_cells: usize = 0;
        let starts = std::array::from_fn(|at| {
            n_cells += size(&TABLES[at]);
            n_cells - size(&TABLES[at])
        });
        let mut weights = Self {
            base: 0.0,
            cells: vec![0.0; n_cells],
            starts,
            together: vec![0.0; size(&TOGETHER)],
            lengths: std::array::from_fn(|_| vec![0.0; LENGTH_STEPS]),
        };
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut fields = line.split_whitespace();
            let (Some(table), Some(cell), Some(weight)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let weight = weight.parse().unwrap_or(0.0);
            if table == "base" {
                weights.base = weight;
            } else if table == TOGETHER.name {
                if let Some(index) = index_of(&TOGETHER, cell) {
                    weights.together[index] = weight.min(0.0);
                }
            } else if let Some(at) = LENGTH_TABLES.iter().position(|name| *name == table) {
                if let Some(place) = cell.parse().ok().and_then(|step: usize| weights.lengths[at].get_mut(step)) {
                    *place = weight;
                }
            } else if let Some(at) = TABLES.iter().position(|known| known.name == table)
                && let Some(index) = index_of(&TABLES[at], cell)
            {
                weights.cells[starts[at] + index] = weight;
            }
        }
        weights
    }

    /// Log odds that a paragraph ends at the gap.
    pub(crate) fn score(&self, cells: &Cells) -> f32 {
        let weight = |(&cell, &start): (&u16, &usize)| self.cells[start + usize::from(cell)];
        self.base + cells.iter().zip(&self.starts).map(weight).sum::<f32>()
    }

    /// The weight of one cell.
    pub(crate) fn weight(&self, table: usize, cell: usize) -> f32 {
        self.cells[self.starts[table] + cell]
    }
}

/// The number of a cell from its names, joined by commas.
fn index_of(table: &Table, cell: &str) -> Option<usize> {
    let mut index = 0;
    let mut names = cell.split(',');
    for factor in table.factors {
        let name = names.next()?;
        index = index * factor.len() + factor.iter().position(|known| *known == name)?;
    }
    Some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_names_a_cell() {
        for line in SIGNALS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [table, cell, weight] = fields[..] else { panic!("not three fields: {line}") };
            weight.parse::<f32>().expect(line);
            let known = TABLES.iter().chain([&TOGETHER]).find(|known| known.name == table);
            let length = LENGTH_TABLES.contains(&table) && cell.parse::<usize>().is_ok_and(|step| step < LENGTH_STEPS);
            assert!(table == "base" || length || known.is_some_and(|known| index_of(known, cell).is_some()), "{line}");
        }
    }
}

//! A bounded walk over JSON values: pages may hold millions, and nest them deeply.

use serde_json::Value;

/// Most values of one script that are looked at.
const MAX_VALUES: usize = 200_000;

/// The values that are still to be looked at.
pub(super) struct Walk<'v> {
    waiting: Vec<&'v Value>,
    n_left: usize,
}

impl<'v> Walk<'v> {
    /// A walk that begins with `value`.
    pub(super) fn from(value: &'v Value) -> Self {
        Self { waiting: vec![value], n_left: MAX_VALUES }
    }

    /// The next value, unless too many have been looked at.
    pub(super) fn next(&mut self) -> Option<&'v Value> {
        self.n_left = self.n_left.checked_sub(1)?;
        self.waiting.pop()
    }

    /// Looks at `value` next.
    pub(super) fn add(&mut self, value: &'v Value) {
        self.waiting.push(value);
    }

    /// Looks at `values` next, the first of them first.
    pub(super) fn add_all(&mut self, values: impl DoubleEndedIterator<Item = &'v Value>) {
        self.waiting.extend(values.rev());
    }
}

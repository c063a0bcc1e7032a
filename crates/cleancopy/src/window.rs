//! A bound on the bytes in flight between reader and writer.

use std::sync::{Condvar, Mutex, PoisonError};

/// A counting gate. A batch larger than the whole window passes when nothing else is in flight.
pub(crate) struct Window {
    limit: usize,
    in_flight: Mutex<usize>,
    changed: Condvar,
}

impl Window {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, in_flight: Mutex::new(0), changed: Condvar::new() }
    }

    /// Waits until `n_bytes` fit.
    pub(crate) fn take(&self, n_bytes: usize) {
        let in_flight = self.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |in_flight: &mut usize| *in_flight > 0 && in_flight.saturating_add(n_bytes) > self.limit;
        let mut in_flight = self.changed.wait_while(in_flight, full).unwrap_or_else(PoisonError::into_inner);
        *in_flight = in_flight.saturating_add(n_bytes);
    }

    /// Gives back what was taken.
    pub(crate) fn give_back(&self, n_bytes: usize) {
        let mut in_flight = self.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        *in_flight = in_flight.saturating_sub(n_bytes);
        self.changed.notify_all();
    }

    /// Lets a waiting reader through because nobody will give back any more.
    pub(crate) fn open_wide(&self) {
        *self.in_flight.lock().unwrap_or_else(PoisonError::into_inner) = 0;
        self.changed.notify_all();
    }
}

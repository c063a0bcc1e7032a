//! A map from numbers that does little for a look: a table with open addressing.

/// Values by number. The number of entries is known when it is made.
pub(crate) struct Slots<K, V> {
    all: Box<[Option<(K, V)>]>,
}

impl<K: Copy + Eq + Into<u64>, V: Copy> Slots<K, V> {
    /// Room for so many entries.
    pub(crate) fn with_room(n_entries: usize) -> Self {
        Self { all: vec![None; (2 * n_entries).next_power_of_two()].into() }
    }

    /// Adds an entry if the key has none.
    pub(crate) fn add(&mut self, key: K, value: V) {
        let slot = self.slot(key);
        self.all[slot].get_or_insert((key, value));
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: K) -> Option<V> {
        self.all[self.slot(key)].map(|(_, value)| value)
    }

    /// Where a key stands, or where it goes.
    fn slot(&self, key: K) -> usize {
        let mask = self.all.len() - 1;
        let mut slot = (key.into().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        while self.all[slot].is_some_and(|(known, _)| known != key) {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

//! Counts by key in bounded memory, the same for any order of counting.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

/// A map from keys to counts that holds at most `CAPACITY` keys.
///
/// When there are more, it keeps those whose hash is below a limit, which is halved as often as needed. A key that is
/// held was never left out, so its count is whole; which keys are held depends on the set of keys alone, not on their
/// order or on how counting was divided among workers.
#[derive(Debug, Clone)]
pub(crate) struct Bounded<V, const CAPACITY: usize> {
    held: BTreeMap<String, V>,
    /// Keys with a hash above this are left out.
    limit: u64,
}

impl<V, const CAPACITY: usize> Default for Bounded<V, CAPACITY> {
    fn default() -> Self {
        Self { held: BTreeMap::new(), limit: u64::MAX }
    }
}

impl<V: Default, const CAPACITY: usize> Bounded<V, CAPACITY> {
    /// The count of a key, unless the key is left out.
    pub(crate) fn entry(&mut self, key: &str) -> Option<&mut V> {
        if xxh3_64(key.as_bytes()) > self.limit {
            return None;
        }
        if !self.held.contains_key(key) {
            self.held.insert(key.to_owned(), V::default());
            self.shrink();
        }
        self.held.get_mut(key)
    }

    /// Brings another worker's counts in.
    pub(crate) fn merge(&mut self, other: Self, mut add: impl FnMut(&mut V, V)) {
        self.limit = self.limit.min(other.limit);
        for (key, value) in other.held {
            add(self.held.entry(key).or_default(), value);
        }
        self.retain();
        self.shrink();
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.held.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether keys were left out.
    pub(crate) fn is_sampled(&self) -> bool {
        self.limit < u64::MAX
    }

    fn shrink(&mut self) {
        while self.held.len() > CAPACITY {
            self.limit /= 2;
            self.retain();
        }
    }

    fn retain(&mut self) {
        let limit = self.limit;
        self.held.retain(|key, _| xxh3_64(key.as_bytes()) <= limit);
    }
}

#[cfg(test)]
mod tests {
    use super::Bounded;

    fn count<'a>(keys: impl Iterator<Item = &'a String>) -> Bounded<u32, 20> {
        let mut counts = Bounded::default();
        for key in keys {
            if let Some(count) = counts.entry(key) {
                *count += 1;
            }
        }
        counts
    }

    #[test]
    fn what_is_held_does_not_depend_on_order_or_division() {
        let keys: Vec<String> = (0..500).map(|n: u32| (n * n % 211).to_string()).collect();
        let whole = count(keys.iter());
        let mut parts = count(keys[300..].iter().rev());
        parts.merge(count(keys[..300].iter()), |mine, theirs| *mine += theirs);
        assert!(whole.is_sampled() && whole.len() > 5 && whole.len() <= 20);
        assert!(whole.iter().eq(parts.iter()));
        assert!(whole.iter().all(|(key, n)| *n as usize == keys.iter().filter(|known| *known == key).count()));
    }
}

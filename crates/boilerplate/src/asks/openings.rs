//! Finds stems at the beginning of words.

use super::signs::{Entry, Found};

/// Bytes by which long stems are sought, and short ones that may go on.
const BEGINNING: usize = 5;
const SHORT: usize = 3;

/// Bits of a hash of a key.
const GLANCE_BITS: u32 = 13;

/// Stems by what words must begin with.
pub(super) struct Openings {
    /// By the hash of a key the kinds of keys there are with it, a bit each: most words are refused by it.
    glance: Box<[u8; 1 << GLANCE_BITS]>,
    /// By the hash of a key the first of its stems in `stems`, which ends where those of the next begin.
    firsts: Box<[u16]>,
    stems: Vec<Stem>,
    /// Whether a stem of one or two bytes may go on.
    has_shorter: bool,
}

/// A spelling of a stem.
struct Stem {
    key: u64,
    /// Its first eight bytes, as [`eight`] gives them, and which bits of them count.
    eight: u64,
    mask: u64,
    bytes: Box<[u8]>,
    entry: &'static Entry,
}

impl Openings {
    pub(super) fn of(entries: Vec<&'static Entry>) -> Self {
        let spelt = entries.into_iter().flat_map(|entry| entry.spellings().into_iter().map(move |stem| (stem, entry)));
        let mut stems: Vec<Stem> = spelt
            .map(|(stem, entry)| Stem {
                key: key_of_stem(stem.as_bytes(), entry.whole),
                eight: eight(stem.as_bytes()),
                mask: u64::MAX >> (64 - 8 * stem.len().clamp(1, 8)),
                bytes: stem.into_bytes().into(),
                entry,
            })
            .collect();
        stems.sort_by_key(|stem| hash(stem.key));
        let mut glance = Box::new([0; 1 << GLANCE_BITS]);
        for stem in &stems {
            glance[hash(stem.key)] |= kind(stem.key);
        }
        let first = |at: usize| stems.partition_point(|stem| hash(stem.key) < at) as u16;
        let firsts = (0..=glance.len()).map(first).collect();
        let shorter = kind(short(0, 1)) | kind(short(0, 2));
        Self { has_shorter: stems.iter().any(|stem| kind(stem.key) & shorter != 0), glance, firsts, stems }
    }

    /// Adds the signs of the stems that stand at byte `first`, where a word of so many bytes stands.
    #[inline]
    pub(super) fn at(&self, first: usize, n_bytes: usize, found: &mut Found<'_>) {
        let eight = eight(&found.text.as_bytes()[first..]);
        let keys = [word(eight, n_bytes), beginning(eight), short(eight, SHORT)];
        // Which word is refused by what is hardly foreseen, so that nothing branches on it at first.
        let are_known = keys.map(|key| self.has(key));
        if are_known[0] | are_known[1] | are_known[2] | self.has_shorter {
            self.seek(keys, are_known, first, found);
        }
    }

    #[inline(never)]
    fn seek(&self, keys: [u64; 3], are_known: [bool; 3], first: usize, found: &mut Found<'_>) {
        let eight = eight(&found.text.as_bytes()[first..]);
        for (key, is_known) in keys.into_iter().zip(are_known) {
            if is_known {
                self.add(key, eight, first, found);
            }
        }
        if self.has_shorter {
            self.add(short(eight, 2), eight, first, found);
            self.add(short(eight, 1), eight, first, found);
        }
    }

    fn has(&self, key: u64) -> bool {
        self.glance[hash(key)] & kind(key) != 0
    }

    fn add(&self, key: u64, eight: u64, first: usize, found: &mut Found<'_>) {
        let hash = hash(key);
        let (from, to) = (self.firsts[hash], self.firsts[hash + 1]);
        for stem in &self.stems[from as usize..to as usize] {
            if stem.key != key || (eight ^ stem.eight) & stem.mask != 0 {
                continue;
            }
            let rest = found.text.as_bytes()[first..].get(..stem.bytes.len());
            if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(&stem.bytes)) {
                found.add(stem.entry, first, first + stem.bytes.len());
            }
        }
    }
}

/// The key by which a stem is sought.
fn key_of_stem(stem: &[u8], whole: bool) -> u64 {
    let eight = eight(stem);
    match stem.len() {
        BEGINNING.. => beginning(eight),
        n_bytes if whole && stem.iter().all(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric()) => {
            word(eight, n_bytes)
        }
        n_bytes => short(eight, n_bytes.min(SHORT)),
    }
}

/// The first eight bytes, capital letters as small ones, with blanks behind shorter ones.
fn eight(bytes: &[u8]) -> u64 {
    let eight = if let Some(eight) = bytes.get(..8) {
        eight.try_into().unwrap_or_default()
    } else {
        let mut eight = [b' '; 8];
        eight[..bytes.len()].copy_from_slice(bytes);
        eight
    };
    u64::from_le_bytes(eight) | 0x2020_2020_2020_2020
}

/// Keys: some of the first bytes, and in the lowest byte what is sought with them, a bit of its own; none for a long word, which is
/// sought by its beginning.
fn beginning(eight: u64) -> u64 {
    eight << (64 - 8 * BEGINNING) | 1
}

fn short(eight: u64, n_bytes: usize) -> u64 {
    eight << (64 - 8 * n_bytes) | 1 << n_bytes
}

fn word(eight: u64, n_bytes: usize) -> u64 {
    eight << ((64 - 8 * n_bytes.min(BEGINNING)) % 64) | if n_bytes < BEGINNING { 0x10 } else { 0 }
}

fn kind(key: u64) -> u8 {
    key as u8
}

fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - GLANCE_BITS)) as usize
}

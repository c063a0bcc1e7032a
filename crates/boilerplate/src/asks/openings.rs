//! Finds stems at the beginning of words.

use super::signs::{Entry, Found};
use crate::slots::Slots;

/// Bytes by which long stems are sought, and short ones that may go on.
const BEGINNING: usize = 5;
const SHORT: usize = 3;

/// Bits of a hash of a key.
const GLANCE_BITS: u32 = 14;

/// Stems by what words must begin with.
pub(super) struct Openings {
    /// Bit set over hashes of keys: most words are refused by it.
    glance: Box<[u64; (1 << GLANCE_BITS) / 64]>,
    /// By key the stems that begin so, in `stems`.
    groups: Slots<u64, (u32, u32)>,
    stems: Vec<Stem>,
    /// Whether a stem of one or two bytes may go on.
    has_shorter: bool,
}

/// A spelling of a stem.
struct Stem {
    /// Its first eight bytes, as [`eight`] gives them, and which bits of them count.
    eight: u64,
    mask: u64,
    bytes: Box<[u8]>,
    entry: &'static Entry,
}

impl Openings {
    pub(super) fn of(entries: Vec<&'static Entry>) -> Self {
        let spelt = entries.into_iter().flat_map(|entry| entry.spellings().into_iter().map(move |stem| (stem, entry)));
        let mut stems: Vec<(u64, Box<[u8]>, &Entry)> = spelt
            .map(|(stem, entry)| (key_of_stem(stem.as_bytes(), entry.whole), stem.into_bytes().into(), entry))
            .collect();
        stems.sort_by_key(|(key, ..)| *key);
        let mut openings = Self {
            glance: Box::new([0; (1 << GLANCE_BITS) / 64]),
            groups: Slots::with_room(stems.len()),
            stems: Vec::new(),
            has_shorter: stems.iter().any(|(key, ..)| [short(0, 1), short(0, 2)].map(kind).contains(&kind(*key))),
        };
        for group in stems.chunk_by(|(one, ..), (other, ..)| one == other) {
            let (key, first) = (group[0].0, openings.stems.len() as u32);
            let bit = bit(key);
            openings.glance[bit / 64] |= 1 << (bit % 64);
            openings.groups.add(key, (first, first + group.len() as u32));
            openings.stems.extend(group.iter().map(|(_, stem, entry)| Stem {
                eight: eight(stem),
                mask: u64::MAX >> (64 - 8 * stem.len().clamp(1, 8)),
                bytes: stem.clone(),
                entry,
            }));
        }
        openings
    }

    /// Adds the signs of the stems that stand at byte `first`, where a word of so many bytes stands.
    #[inline]
    pub(super) fn at(&self, first: usize, n_bytes: usize, found: &mut Found<'_>) {
        let eight = eight(&found.text.as_bytes()[first..]);
        let is_short = n_bytes < BEGINNING;
        let keys = [word(eight, if is_short { n_bytes } else { BEGINNING }), beginning(eight), short(eight, SHORT)];
        // Which word is refused by what is hardly foreseen, so that nothing branches on it at first.
        let mut glances = keys.map(|key| self.glance[bit(key) / 64] >> (bit(key) % 64) & 1);
        glances[0] &= u64::from(is_short);
        if glances[0] | glances[1] | glances[2] != 0 {
            for (key, _) in keys.into_iter().zip(glances).filter(|&(_, glance)| glance != 0) {
                self.add(key, eight, first, found);
            }
        }
        if self.has_shorter {
            self.add(short(eight, 2), eight, first, found);
            self.add(short(eight, 1), eight, first, found);
        }
    }

    fn add(&self, key: u64, eight: u64, first: usize, found: &mut Found<'_>) {
        let Some((from, to)) = self.groups.get(key) else { return };
        for stem in &self.stems[from as usize..to as usize] {
            if (eight ^ stem.eight) & stem.mask != 0 {
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

/// Keys: some of the first bytes, and in the lowest byte what is sought with them.
fn beginning(eight: u64) -> u64 {
    eight << (64 - 8 * BEGINNING)
}

fn short(eight: u64, n_bytes: usize) -> u64 {
    eight << (64 - 8 * n_bytes) | n_bytes as u64
}

fn word(eight: u64, n_bytes: usize) -> u64 {
    eight << (64 - 8 * n_bytes.clamp(1, BEGINNING)) | 0x10
}

fn kind(key: u64) -> u64 {
    key & 0xFF
}

fn bit(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - GLANCE_BITS)) as usize
}

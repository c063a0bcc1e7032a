//! What makes one run of bytes of another, short where the two are nearly alike.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::bytes::Bytes;

/// Bytes that must agree before two places are taken for the same. Shorter finds more and is wrong more often.
const BLOCK_BYTES: usize = 16;

/// One replacement: `len` bytes at `at` of the base make room for `bytes`. In JSON `[at, len, bytes]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(usize, usize, Bytes)", into = "(usize, usize, Bytes)")]
pub struct Patch {
    /// Where in the base.
    pub at: usize,
    /// How many bytes of the base go.
    pub len: usize,
    /// What stands there instead.
    pub bytes: Vec<u8>,
}

impl From<(usize, usize, Bytes)> for Patch {
    fn from((at, len, Bytes(bytes)): (usize, usize, Bytes)) -> Self {
        Self { at, len, bytes }
    }
}

impl From<Patch> for (usize, usize, Bytes) {
    fn from(patch: Patch) -> Self {
        (patch.at, patch.len, Bytes(patch.bytes))
    }
}

/// The replacements that make `target` of `base`, in order; none if they are equal.
///
/// Where the base stands in the target as a whole, they are what is before and behind it. Otherwise stretches that
/// both have are looked for in order; what lies between them is replaced. In the worst case the whole target is in
/// the result, never more. Takes time in proportion to the lengths.
///
/// ```
/// use cleancopy_output::{difference, patched};
///
/// let patches = difference(b"It rained.", b"{\"text\":\"It rained.\"}");
/// assert_eq!(patches.len(), 2);
/// assert_eq!(patched(b"It rained.", &patches).as_deref(), Some(&b"{\"text\":\"It rained.\"}"[..]));
/// ```
pub fn difference(base: &[u8], target: &[u8]) -> Vec<Patch> {
    if base == target {
        return Vec::new();
    }
    let mut patches = Patches { base, target, base_at: 0, target_at: 0, list: Vec::new() };
    match memchr::memmem::find(target, base) {
        Some(at) => patches.common(0, at, base.len()),
        None => patches.by_blocks(),
    }
    patches.common(base.len(), target.len(), 0);
    patches.list
}

/// What `patches` make of `base`; `None` if they were not made for it.
pub fn patched(base: &[u8], patches: &[Patch]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(base.len() + patches.iter().map(|patch| patch.bytes.len()).sum::<usize>());
    let mut from = 0;
    for patch in patches {
        out.extend_from_slice(base.get(from..patch.at)?);
        out.extend_from_slice(&patch.bytes);
        from = patch.at.checked_add(patch.len)?;
    }
    out.extend_from_slice(base.get(from..)?);
    Some(out)
}

struct Patches<'a> {
    base: &'a [u8],
    target: &'a [u8],
    /// Up to where the two have been compared.
    base_at: usize,
    target_at: usize,
    list: Vec<Patch>,
}

impl Patches<'_> {
    /// Takes note that `len` bytes agree here; what lies before them and after the last such place is replaced.
    fn common(&mut self, base_at: usize, target_at: usize, len: usize) {
        if base_at > self.base_at || target_at > self.target_at {
            let bytes = self.target[self.target_at..target_at].to_vec();
            self.list.push(Patch { at: self.base_at, len: base_at - self.base_at, bytes });
        }
        (self.base_at, self.target_at) = (base_at + len, target_at + len);
    }

    fn by_blocks(&mut self) {
        let (base, target) = (self.base, self.target);
        let first = base.iter().zip(target).take_while(|(a, b)| a == b).count();
        if first > 0 {
            self.common(0, 0, first);
        }
        let mut places: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (index, block) in base.chunks_exact(BLOCK_BYTES).enumerate() {
            places.entry(block).or_default().push(index * BLOCK_BYTES);
        }
        while let Some(block) = target.get(self.target_at..).and_then(|rest| self.next_block(rest, &places)) {
            let (mut base_at, mut target_at) = block;
            while base_at > self.base_at && target_at > self.target_at && base[base_at - 1] == target[target_at - 1] {
                base_at -= 1;
                target_at -= 1;
            }
            let len = base[base_at..].iter().zip(&target[target_at..]).take_while(|(a, b)| a == b).count();
            self.common(base_at, target_at, len);
        }
        let left = (base.len() - self.base_at).min(target.len() - self.target_at);
        let last = base.iter().rev().zip(target.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
        if last > 0 {
            self.common(base.len() - last, target.len() - last, last);
        }
    }

    /// The next place of `rest` whose block stands in the base too, not before what was compared already.
    fn next_block(&self, rest: &[u8], places: &HashMap<&[u8], Vec<usize>>) -> Option<(usize, usize)> {
        rest.windows(BLOCK_BYTES).enumerate().find_map(|(offset, block)| {
            let places = places.get(block)?;
            let at = places.get(places.partition_point(|place| *place < self.base_at))?;
            Some((*at, self.target_at + offset))
        })
    }
}

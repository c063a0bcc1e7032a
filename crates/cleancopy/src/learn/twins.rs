//! Twins: documents of one site that tell the same story, found by their sketches.
//!
//! A sketch is the smallest hashes of the runs of four words of a text (`MinHash`, bottom-k). Twins are pages of
//! one article crawled twice or extracted by two programs; counted singly, their sentences would pass for boilerplate.

use std::collections::HashSet;

/// Hashes in a sketch.
const N_HASHES: usize = 64;
/// Words in a run.
const N_WORDS: usize = 4;
/// Share of a site's stories above which a hash is of its boilerplate, and says nothing about the story.
const MAX_FREQUENT: f32 = 0.6;
/// Stories above which it may be: two that share much are one story and its update.
const MIN_FREQUENT: f32 = 2.0;
/// Fewest hashes that tell a story.
const MIN_HASHES: usize = 8;
/// Share of the hashes of the smaller sketch that twins have in common, frames and all.
const MIN_SHARED_WHOLE: f32 = 0.8;
/// The same, frames left out.
const MIN_SHARED: f32 = 0.5;
/// Documents that are remembered for one hash.
const MAX_BUCKET: usize = 8;
/// Pairs of hash and document that are sorted at a time, 8 bytes each.
const PART_PAIRS: usize = 1 << 18;

/// Smallest hashes of a text, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sketch(Vec<u32>);

impl Sketch {
    pub(crate) fn of(text: &str) -> Self {
        let mut window = [0u64; N_WORDS];
        let mut hashes = Vec::new();
        let mut n = 0;
        let mut word = |hash: u64| {
            window.rotate_left(1);
            window[N_WORDS - 1] = hash;
            n += 1;
            if n >= N_WORDS {
                let mixed = window.iter().fold(0u64, |sum, hash| mix(sum.rotate_left(17) ^ hash));
                hashes.push((mixed >> 32) as u32);
            }
        };
        let mut hash = 0;
        for c in text.chars() {
            // Scripts without spaces: each character is a word.
            if c >= '\u{3040}' && c.is_alphanumeric() {
                word(mix(u64::from(u32::from(c))));
            } else if c.is_alphanumeric() {
                for c in c.to_lowercase() {
                    hash = mix(hash ^ u64::from(u32::from(c)));
                }
            } else if hash != 0 && c != '\'' && c != '\u{2019}' {
                word(std::mem::take(&mut hash));
            }
        }
        if hash != 0 {
            word(hash);
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(N_HASHES);
        hashes.shrink_to_fit();
        Self(hashes)
    }

    /// Whether two sketches are of one story.
    fn is_twin(&self, other: &Self, min_shared: f32) -> bool {
        let (Some(a), Some(b)) = (self.0.last(), other.0.last()) else { return false };
        let end = *a.min(b);
        let within = |sketch: &Self| sketch.0.partition_point(|hash| *hash <= end);
        let (a, b) = (&self.0[..within(self)], &other.0[..within(other)]);
        let shared = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
        let smaller = a.len().min(b.len());
        smaller > 0 && shared as f32 >= min_shared * smaller as f32
    }
}

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (value ^ (value >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// For each document of a site the number of its story. The documents come in an order that is the same in every run.
///
/// First documents unite that are the same almost whole, frames and all. That leaves few copies of each story, so
/// what most of the stories share is the frame; without it those unite that share half of the rest.
pub(crate) fn stories(mut sketches: Vec<Sketch>) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..sketches.len() as u32).collect();
    unite(&sketches, MIN_SHARED_WHOLE, &mut parents);
    let n_stories = (0..parents.len()).filter(|&index| parents[index] == index as u32).count();
    let mut frequent: HashSet<u32> = HashSet::new();
    by_hash(&sketches, |hash, holders| {
        let mut stories: Vec<u32> = holders.iter().map(|(_, holder)| root(&mut parents, *holder)).collect();
        stories.sort_unstable();
        stories.dedup();
        if stories.len() as f32 > (MAX_FREQUENT * n_stories as f32).max(MIN_FREQUENT) {
            frequent.insert(hash);
        }
    });
    for sketch in &mut sketches {
        sketch.0.retain(|hash| !frequent.contains(hash));
    }
    unite(&sketches, MIN_SHARED, &mut parents);
    // Too little to tell it from others: all such documents are one page, so that they teach nothing.
    let mut without_story: Option<u32> = None;
    for (index, _) in sketches.iter().enumerate().filter(|(_, sketch)| sketch.0.len() < MIN_HASHES) {
        union(&mut parents, index as u32, *without_story.get_or_insert(index as u32));
    }
    (0..parents.len() as u32).map(|index| root(&mut parents, index)).collect()
}

/// Unites documents whose sketches share so much.
fn unite(sketches: &[Sketch], min_shared: f32, parents: &mut [u32]) {
    by_hash(sketches, |_, holders| {
        let tells = |holder: &&(u32, u32)| sketches[holder.1 as usize].0.len() >= MIN_HASHES;
        let mut bucket: Vec<u32> = Vec::with_capacity(MAX_BUCKET);
        for &(_, index) in holders.iter().filter(tells) {
            for &other in &bucket {
                let known = root(parents, index) == root(parents, other);
                if !known && sketches[index as usize].is_twin(&sketches[other as usize], min_shared) {
                    union(parents, index, other);
                }
            }
            if bucket.len() < MAX_BUCKET {
                bucket.push(index);
            }
        }
    });
}

/// Calls `each` with every hash that several sketches hold, and with the pairs of it and the number of a sketch.
///
/// The pairs of a part of all hashes are sorted at a time, so that they take a fraction of the memory of the sketches.
fn by_hash(sketches: &[Sketch], mut each: impl FnMut(u32, &[(u32, u32)])) {
    let n: usize = sketches.iter().map(|sketch| sketch.0.len()).sum();
    let n_parts = n.div_ceil(PART_PAIRS).max(1) as u64;
    // The smallest hashes of texts are no even sample of all numbers, so the parts go by their last bits.
    let part_of = |hash: u32| (u64::from(hash.reverse_bits()) * n_parts) >> 32;
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for part in 0..n_parts {
        pairs.clear();
        for (index, sketch) in sketches.iter().enumerate() {
            pairs.extend(sketch.0.iter().filter(|hash| part_of(**hash) == part).map(|hash| (*hash, index as u32)));
        }
        pairs.sort_unstable();
        for holders in pairs.chunk_by(|a, b| a.0 == b.0).filter(|holders| holders.len() > 1) {
            each(holders[0].0, holders);
        }
    }
}

fn root(parents: &mut [u32], mut index: u32) -> u32 {
    while parents[index as usize] != index {
        parents[index as usize] = parents[parents[index as usize] as usize];
        index = parents[index as usize];
    }
    index
}

fn union(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}

//! Twins: documents of one site that tell the same story, found by their sketches.
//!
//! A sketch is the smallest hashes of the runs of four words of a text (`MinHash`, bottom-k). Twins are pages of
//! one article crawled twice or extracted by two programs; counted singly, their sentences would pass for boilerplate.

use std::collections::{HashMap, HashSet};

/// Hashes in a sketch.
const N_HASHES: usize = 64;
/// Words in a run.
const N_WORDS: usize = 4;
/// Share of a site's stories above which a hash is of its boilerplate, and says nothing about the story.
const MAX_FREQUENT: f32 = 0.6;
/// Fewest hashes that tell a story.
const MIN_HASHES: usize = 8;
/// Share of the hashes of the smaller sketch that twins have in common, frames and all.
const MIN_SHARED_WHOLE: f32 = 0.8;
/// The same, frames left out.
const MIN_SHARED: f32 = 0.5;
/// Documents that are remembered for one hash.
const MAX_BUCKET: usize = 8;

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
pub(crate) fn stories(sketches: &[&Sketch]) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..sketches.len() as u32).collect();
    let whole: Vec<Sketch> = sketches.iter().map(|sketch| (*sketch).clone()).collect();
    unite(&whole, MIN_SHARED_WHOLE, &mut parents);
    let mut holders: Vec<(u32, u32)> = Vec::new();
    let mut n_stories = 0;
    for (index, sketch) in whole.iter().enumerate() {
        let story = root(&mut parents, index as u32);
        n_stories += u32::from(story == index as u32);
        holders.extend(sketch.0.iter().map(|hash| (*hash, story)));
    }
    holders.sort_unstable();
    holders.dedup();
    let frequent: HashSet<u32> = holders
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|holders| holders.len() as f32 > (MAX_FREQUENT * n_stories as f32).max(1.0))
        .map(|holders| holders[0].0)
        .collect();
    let is_own = |hash: &u32| !frequent.contains(hash);
    let own: Vec<Sketch> =
        whole.iter().map(|sketch| Sketch(sketch.0.iter().copied().filter(is_own).collect())).collect();
    unite(&own, MIN_SHARED, &mut parents);
    // Too little to tell it from others: all such documents are one page, so that they teach nothing.
    let mut without_story: Option<u32> = None;
    for (index, _) in own.iter().enumerate().filter(|(_, sketch)| sketch.0.len() < MIN_HASHES) {
        union(&mut parents, index as u32, *without_story.get_or_insert(index as u32));
    }
    (0..parents.len() as u32).map(|index| root(&mut parents, index)).collect()
}

/// Unites documents whose sketches share so much.
fn unite(sketches: &[Sketch], min_shared: f32, parents: &mut [u32]) {
    let mut buckets: HashMap<u32, Vec<u32>> = HashMap::new();
    for (index, sketch) in sketches.iter().enumerate().filter(|(_, sketch)| sketch.0.len() >= MIN_HASHES) {
        let mut near: Vec<u32> = sketch.0.iter().filter_map(|hash| buckets.get(hash)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        for other in near.into_iter().filter(|other| sketch.is_twin(&sketches[*other as usize], min_shared)) {
            union(parents, index as u32, other);
        }
        for hash in &sketch.0 {
            let bucket = buckets.entry(*hash).or_default();
            if bucket.len() < MAX_BUCKET {
                bucket.push(index as u32);
            }
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

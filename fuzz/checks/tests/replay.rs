//! The seeds of the fuzzers and some thousand mutations of them, the same in every run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use cleancopy_fuzz_checks::TARGETS;

/// Mutations of each target's seeds. All targets together take some seconds.
const N_MUTATIONS: usize = 600;

/// Longest input that a mutation makes, bytes.
const LONGEST: usize = 2048;

#[test]
fn seeds_hold_and_so_do_their_mutations() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        for seed in &seeds {
            run(name, target, seed);
        }
        for _ in 0..N_MUTATIONS {
            let mut input = random.pick(&seeds).clone();
            for _ in 0..=random.below(4) {
                mutate(&mut input, &seeds, &mut random);
            }
            input.truncate(LONGEST);
            run(name, target, &input);
        }
    }
}

fn run(name: &str, target: fn(&[u8]), input: &[u8]) {
    let held = catch_unwind(AssertUnwindSafe(|| target(input))).is_ok();
    assert!(held, "{name} does not hold of {}", input.escape_ascii());
}

/// The seeds of a target, in the order of their names.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Changes a few bytes, or takes a piece out, or doubles one, or puts in one of another seed.
fn mutate(input: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let length = random.below(24).min(input.len() - at);
    match random.below(5) {
        0 if at < input.len() => input[at] = random.below(256) as u8,
        1 => drop(input.drain(at..at + length)),
        2 => {
            let piece = input[at..at + length].to_vec();
            input.splice(at..at, piece);
        }
        3 => {
            let other = random.pick(seeds);
            let from = random.below(other.len() + 1);
            let to = other.len().min(from + random.below(48));
            input.splice(at..at, other[from..to].iter().copied());
        }
        _ => input.insert(at, random.below(256) as u8),
    }
}

/// A small generator of numbers (xorshift64*), so that every run makes the same inputs.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, seeds: &'a [Vec<u8>]) -> &'a Vec<u8> {
        let at = self.below(seeds.len());
        &seeds[at]
    }
}

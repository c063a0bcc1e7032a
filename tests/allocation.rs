//! A warm cleaner allocates nothing. Alone in its program, since the allocator counts all threads.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::alloc::System;
use std::path::{Path, PathBuf};

use cleancopy::Cleaner;
use cleancopy::ingest::{Options, load, read, walk};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn a_warm_cleaner_allocates_nothing() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples");
    let options = Options::default();
    let files = walk(&[folder], &options).unwrap().files;
    let loaded = files.iter().flat_map(|file| read(file, &options)).map(|item| load(item.unwrap(), &options).unwrap());
    let texts: Vec<String> = loaded.map(|loaded| loaded.document.text).collect();
    assert!(texts.len() > 40);
    let mut cleaner = Cleaner::new();
    let mut bytes = 0;
    // Buffers are swapped in pairs, so each of a pair needs its turn at the largest document.
    for text in (0..4).flat_map(|_| &texts) {
        bytes += cleaner.clean(text).text.len();
    }
    let mut culprits = Vec::with_capacity(texts.len());
    for text in &texts {
        let region = Region::new(ALLOCATOR);
        bytes += cleaner.clean(text).text.len();
        let made = region.change();
        let n_made = made.allocations + made.reallocations;
        culprits.push((n_made, text.chars().take(40).collect::<String>()));
    }
    assert!(bytes > 0);
    culprits.retain(|culprit| culprit.0 > 0);
    assert!(culprits.is_empty(), "allocations over warm documents: {culprits:#?}");
}

//! Learning a corpus's own boilerplate: blocks that recur on the pages of a site, as users' rules.
//!
//! One pass over the inputs. The blocks of each document, repaired, are counted by site in folded form, exactly and
//! in bounded memory; documents that tell the same story count as one page. The result does not depend on the
//! order of inputs or on threads.
//!
//! # Measured
//!
//! On the 330 documents of the residue set (dev) whose sites, twelve of them, have three to eight pages there:
//!
//! | run | residue removed | article words wrongly removed |
//! | --- | --- | --- |
//! | `clean` | 62.7 % | 0.261 % |
//! | `clean --learn` | 73.5 % | 0.259 % |
//! | `clean` and an oracle: all residue lines on three pages or more | 66.6 % | |
//! | the same, on two pages or more | 73.8 % | |
//!
//! Half of the gain is one site's; without any one site it lies between 5.1 and 12.9 points. `tests/learn.rs` has planted
//! templates. A million blocks in 40,000 documents take 52 to 63 MiB, all of the process, with one to eight threads.

mod judge;
mod tally;
mod twins;
mod write;

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use cleancopy_core::{BlockKind, Kind, Settings, Stage};
use cleancopy_custom::{fold, place_of};
use cleancopy_ingest::{Failure, Loaded, Raw};
use rayon::prelude::*;

use crate::{Cleaner, Progress, Rules, RunError, SiteFrom};
use judge::Judge;
use tally::{Sighting, Stand, Tally};
use twins::Sketch;

pub use judge::Include;

/// Documents that are studied at a time.
const BATCH_DOCUMENTS: usize = 128;
/// Bytes of documents after which no more are taken at a time.
const BATCH_BYTES: usize = 4 << 20;
/// Longest block that is counted, bytes in folded form: longer ones are paragraphs of articles, or seldom equal.
const MAX_BLOCK_BYTES: usize = 1200;

/// What to learn from. Plain data.
#[derive(Clone, Debug)]
pub struct LearnOptions {
    /// Files, folders, globs, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// How inputs are read.
    pub ingest: cleancopy_ingest::Options,
    /// How to tell the site of a document.
    pub site_from: SiteFrom,
    /// What is learned that is left out by default.
    pub include: Include,
    /// Memory for counted blocks and what is remembered of each document, bytes; blocks beyond go to temporary files.
    /// A document takes about 400 bytes, so that 100,000 of them fit the default.
    pub memory_bytes: usize,
    /// Worker threads; all cores if 0.
    pub threads: usize,
}

impl LearnOptions {
    /// Memory if nothing is said, bytes.
    pub const MEMORY_BYTES: usize = 64 << 20;
}

impl Default for LearnOptions {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            ingest: cleancopy_ingest::Options::default(),
            site_from: SiteFrom::default(),
            include: Include::default(),
            memory_bytes: Self::MEMORY_BYTES,
            threads: 0,
        }
    }
}

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// A file of rules, most certain first.
    pub toml: String,
    /// Number of rules.
    pub n_rules: usize,
    /// Documents read.
    pub n_documents: u64,
    /// Documents that told a story which another of their site tells too.
    pub n_twins: u64,
    /// Sites.
    pub n_sites: usize,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

/// One document, as far as learning goes.
pub(crate) struct Studied {
    site: String,
    source: String,
    sketch: Sketch,
    sightings: Vec<Sighting>,
}

/// Learns from the inputs.
///
/// # Errors
/// [`RunError::Ingest`] for an input that does not exist, [`RunError::Spill`] if a temporary file cannot be used.
pub fn learn(options: &LearnOptions, progress: &Progress) -> Result<Learned, RunError> {
    let walk = cleancopy_ingest::walk(&options.inputs, &options.ingest)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().map_err(RunError::Threads)?;
    progress.bytes_total.store(walk.files.iter().map(|file| file.bytes).sum(), Ordering::Relaxed);
    let mut learned = Learned { failures: walk.failures, ..Learned::default() };
    let mut tally = Tally::new(options.memory_bytes);
    let mut batch: Vec<Raw> = Vec::new();
    let mut batch_bytes = 0;
    let mut n_before = 0;
    let mut items = walk.files.iter().flat_map(|file| {
        let mut reader = cleancopy_ingest::read(file, &options.ingest);
        let n_taken = n_before;
        n_before += file.bytes;
        std::iter::from_fn(move || {
            let item = reader.next();
            progress.bytes_taken.store(n_taken + reader.bytes_taken().min(file.bytes), Ordering::Relaxed);
            item
        })
    });
    loop {
        let item = items.next();
        let is_last = item.is_none();
        match item {
            Some(Ok(raw)) => {
                progress.bytes_read.fetch_add(raw.len() as u64, Ordering::Relaxed);
                batch_bytes += raw.len();
                batch.push(raw);
            }
            Some(Err(failure)) => learned.failures.push(failure),
            None => {}
        }
        if is_last || batch.len() >= BATCH_DOCUMENTS || batch_bytes >= BATCH_BYTES {
            let raws = std::mem::take(&mut batch);
            batch_bytes = 0;
            let studied: Vec<Result<Studied, Failure>> = pool.install(|| {
                raws.into_par_iter().map_init(Student::default, |student, raw| student.study(raw, options)).collect()
            });
            for studied in studied {
                learned.n_documents += 1;
                match studied {
                    Ok(studied) => tally.add(studied).map_err(RunError::Spill)?,
                    Err(failure) => learned.failures.push(failure),
                }
            }
            progress.documents.store(learned.n_documents, Ordering::Relaxed);
        }
        if is_last {
            break;
        }
    }
    let counted = tally.finish().map_err(RunError::Spill)?;
    learned.n_sites = counted.n_sites();
    learned.n_twins = counted.n_twins();
    let judge = Judge::new(options.include);
    let mut found = Vec::new();
    counted.each(|recurring| found.extend(judge.judge(recurring))).map_err(RunError::Spill)?;
    found.sort();
    learned.n_rules = found.len();
    learned.toml = write::toml(&found, learned.n_documents);
    Ok(learned)
}

/// Studies documents, one after another.
struct Student {
    /// Mends texts and removes nothing.
    mender: Cleaner,
    /// Finds the article of a page.
    cleaner: Cleaner,
}

impl Default for Student {
    fn default() -> Self {
        let mends = Rules::chosen(|rule| rule.stage != Stage::Blocks);
        Self { mender: Cleaner::with_rules(mends, Settings::default()), cleaner: Cleaner::new() }
    }
}

impl Student {
    fn study(&mut self, raw: Raw, options: &LearnOptions) -> Result<Studied, Failure> {
        let loaded: Loaded = cleancopy_ingest::load(raw, &options.ingest)?;
        // What stands around the article on a page is found by the rules for pages; what they leave is studied.
        let cleaner = if loaded.document.kind == Kind::Html { &mut self.cleaner } else { &mut self.mender };
        cleaner.clean_document(&loaded.document);
        let page = cleaner.page();
        let chances = cleancopy_boilerplate::residue_chances(&page);
        let mut sightings: Vec<Sighting> = Vec::new();
        let mut folded = String::new();
        for (index, block) in page.blocks.iter().enumerate() {
            let text = block.span.in_text(page.text);
            if text.len() > 2 * MAX_BLOCK_BYTES {
                continue;
            }
            fold(text, &mut folded);
            if folded.len() > MAX_BLOCK_BYTES || !folded.chars().any(char::is_alphabetic) {
                continue;
            }
            let (head, tail) = place_of(index, page.blocks, page.text.len());
            let stand = Stand {
                head,
                tail,
                edge: head || tail,
                heading: matches!(block.kind, BlockKind::Heading(_)),
                doubt: (chances.get(index).copied().unwrap_or(0.0) * 255.0) as u8,
            };
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            sightings.push(Sighting { folded: folded.clone(), text, stand });
        }
        // A block that a document has twice is one sighting.
        sightings.sort_by(|a, b| (&a.folded, &a.text).cmp(&(&b.folded, &b.text)));
        sightings.dedup_by(|next, first| {
            let same = next.folded == first.folded;
            if same {
                first.stand = first.stand.and(next.stand);
            }
            same
        });
        Ok(Studied {
            site: options.site_from.site(&loaded).unwrap_or_default(),
            source: loaded.source.to_string(),
            sketch: Sketch::of(page.text),
            sightings,
        })
    }
}

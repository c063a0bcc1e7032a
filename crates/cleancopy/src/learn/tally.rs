//! Counting blocks exactly in bounded memory: sorted runs, in memory and in temporary files, merged at the end.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use super::Studied;
use super::twins::{Sketch, stories};

/// Sources that are shown for a block.
const N_SOURCES: usize = 3;
/// Temporary files that are open at a time; more are merged into one.
const MAX_FILES: usize = 64;
/// Eighths of the memory that hold entries. The rest is for documents, whose number nothing bounds, and for the work.
const ENTRIES_EIGHTHS: usize = 2;
/// Bytes of entries for which one position is kept. Few entries are shorter.
const BYTES_AN_ENTRY: usize = 64;

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sighting {
    pub(crate) folded: String,
    /// On one line, as it was written.
    pub(crate) text: String,
    pub(crate) stand: Stand,
}

/// Where and how a block stands in a document, all places that it has there taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four answers, each of its own")]
pub(crate) struct Stand {
    /// At the head, wherever it stands.
    pub(crate) head: bool,
    /// At the tail, wherever it stands.
    pub(crate) tail: bool,
    /// At the head or the tail, wherever it stands.
    pub(crate) edge: bool,
    /// As a heading, somewhere.
    pub(crate) heading: bool,
    /// How likely the block model takes it for residue, of 255.
    pub(crate) doubt: u8,
}

impl Stand {
    fn to_bytes(self) -> [u8; 2] {
        let bits = [self.head, self.tail, self.edge, self.heading];
        [bits.iter().rev().fold(0, |sum, bit| (sum << 1) | u8::from(*bit)), self.doubt]
    }

    fn from_bytes([bits, doubt]: [u8; 2]) -> Self {
        let bit = |at: u8| bits >> at & 1 == 1;
        Self { head: bit(0), tail: bit(1), edge: bit(2), heading: bit(3), doubt }
    }

    /// This and another place in the same document.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            head: self.head && other.head,
            tail: self.tail && other.tail,
            edge: self.edge && other.edge,
            heading: self.heading || other.heading,
            doubt: self.doubt.min(other.doubt),
        }
    }
}

/// A block that stands in documents of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Recurring {
    pub(crate) site: String,
    pub(crate) folded: String,
    pub(crate) text: String,
    /// Pages that have it, twins counted once.
    pub(crate) n_pages: u32,
    /// Pages of the site, twins counted once.
    pub(crate) n_site_pages: u32,
    /// Documents that have it, and where and how it stands in them.
    pub(crate) n_documents: u32,
    pub(crate) n_heads: u32,
    pub(crate) n_tails: u32,
    pub(crate) n_edges: u32,
    pub(crate) n_headings: u32,
    /// Pages of which some document has it at the head.
    pub(crate) n_head_pages: u32,
    /// Sum of the doubts, of 255 each.
    pub(crate) doubts: u64,
    /// The first sources in their order.
    pub(crate) sources: Vec<String>,
}

struct Document {
    site: u32,
    source: Box<str>,
    sketch: Sketch,
}

/// Entries are bytes that sort by site, block and document: site and document number big-endian, the folded text
/// ended by a zero, the stand, the text.
#[derive(Default)]
struct Run {
    bytes: Vec<u8>,
    entries: Vec<(u32, u32)>,
}

/// Counts blocks while documents come in.
pub(crate) struct Tally {
    sites: HashMap<String, u32>,
    documents: Vec<Document>,
    run: Run,
    spilled: Vec<File>,
}

impl Tally {
    /// A tally that is to take `memory_bytes` with all that goes with it.
    pub(crate) fn new(memory_bytes: usize) -> Self {
        Self {
            sites: HashMap::new(),
            documents: Vec::new(),
            run: Run::with_memory(memory_bytes / 8 * ENTRIES_EIGHTHS),
            spilled: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, studied: Studied) -> io::Result<()> {
        let n_sites = self.sites.len() as u32;
        let site = *self.sites.entry(studied.site).or_insert(n_sites);
        let document = self.documents.len() as u32;
        self.documents.push(Document { site, source: studied.source.into(), sketch: studied.sketch });
        for sighting in studied.sightings {
            if !self.run.has_room(&sighting) {
                self.spill()?;
            }
            self.run.push(site, document, &sighting);
        }
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        if self.run.entries.is_empty() {
            return Ok(());
        }
        if self.spilled.len() == MAX_FILES {
            let mut file = BufWriter::new(tempfile::tempfile()?);
            let spilled = std::mem::take(&mut self.spilled);
            merge(&Run::default(), spilled, |entry| write_entry(entry, &mut file))?;
            self.spilled.push(rewound(file)?);
        }
        let mut file = BufWriter::new(tempfile::tempfile()?);
        self.run.sort();
        self.run.iter().try_for_each(|entry| write_entry(entry, &mut file))?;
        self.spilled.push(rewound(file)?);
        self.run.bytes.clear();
        self.run.entries.clear();
        Ok(())
    }

    /// Finds twins and gets ready to count.
    pub(crate) fn finish(mut self) -> io::Result<Counted> {
        if self.spilled.is_empty() {
            self.run.sort();
        } else {
            // Gives the memory to what finds twins.
            self.spill()?;
            self.run = Run::default();
        }
        let mut by_site: Vec<Vec<u32>> = vec![Vec::new(); self.sites.len()];
        for (index, document) in self.documents.iter().enumerate() {
            by_site[document.site as usize].push(index as u32);
        }
        let mut story = vec![0; self.documents.len()];
        let mut n_pages = Vec::with_capacity(by_site.len());
        for members in &mut by_site {
            let source = |index: &u32| &self.documents[*index as usize].source;
            members.sort_by(|a, b| source(a).cmp(source(b)));
            let sketches =
                members.iter().map(|index| std::mem::take(&mut self.documents[*index as usize].sketch)).collect();
            let mut found = stories(sketches);
            for (index, found) in members.iter().zip(&found) {
                story[*index as usize] = *found;
            }
            found.sort_unstable();
            found.dedup();
            n_pages.push(found.len() as u32);
            *members = Vec::new();
        }
        let mut sites = vec![String::new(); self.sites.len()];
        // The order of the map does not matter: each name goes to its own place.
        #[allow(clippy::iter_over_hash_type, reason = "each name goes to its own place")]
        for (name, index) in self.sites {
            sites[index as usize] = name;
        }
        let sources = self.documents.into_iter().map(|document| document.source).collect();
        Ok(Counted { sites, sources, story, n_pages, run: self.run, files: self.spilled })
    }
}

impl Run {
    fn with_memory(bytes: usize) -> Self {
        // Positions in a run are four bytes.
        let n_bytes = (bytes / (BYTES_AN_ENTRY + size_of::<(u32, u32)>()) * BYTES_AN_ENTRY).min(1 << 31);
        Self { bytes: Vec::with_capacity(n_bytes), entries: Vec::with_capacity(n_bytes / BYTES_AN_ENTRY) }
    }

    /// Whether a sighting fits without asking for more memory.
    fn has_room(&self, sighting: &Sighting) -> bool {
        let len = sighting.folded.len() + sighting.text.len() + 11;
        self.bytes.len() + len <= self.bytes.capacity() && self.entries.len() < self.entries.capacity()
    }

    fn push(&mut self, site: u32, document: u32, sighting: &Sighting) {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(&site.to_be_bytes());
        self.bytes.extend(sighting.folded.bytes().filter(|byte| *byte != 0));
        self.bytes.push(0);
        self.bytes.extend_from_slice(&document.to_be_bytes());
        self.bytes.extend_from_slice(&sighting.stand.to_bytes());
        self.bytes.extend_from_slice(sighting.text.as_bytes());
        self.entries.push((start, self.bytes.len() as u32));
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.entries.sort_unstable_by(|a, b| bytes[a.0 as usize..a.1 as usize].cmp(&bytes[b.0 as usize..b.1 as usize]));
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|(start, end)| &self.bytes[*start as usize..*end as usize])
    }
}

/// All that was counted.
pub(crate) struct Counted {
    sites: Vec<String>,
    /// For each document where it comes from.
    sources: Vec<Box<str>>,
    /// For each document its story within its site.
    story: Vec<u32>,
    /// For each site its pages.
    n_pages: Vec<u32>,
    run: Run,
    files: Vec<File>,
}

impl Counted {
    pub(crate) fn n_sites(&self) -> usize {
        self.sites.len()
    }

    pub(crate) fn n_twins(&self) -> u64 {
        self.sources.len() as u64 - self.n_pages.iter().map(|n| u64::from(*n)).sum::<u64>()
    }

    /// Gives every block with its counts to `sink`, one after another.
    pub(crate) fn each(mut self, mut sink: impl FnMut(Recurring)) -> io::Result<()> {
        let (files, run) = (std::mem::take(&mut self.files), std::mem::take(&mut self.run));
        let mut group = Group::default();
        merge(&run, files, |entry| {
            if !group.key.is_empty() && key(entry) != group.key {
                sink(self.recurring(std::mem::take(&mut group)));
            }
            self.count(entry, &mut group);
            Ok(())
        })?;
        if !group.key.is_empty() {
            sink(self.recurring(group));
        }
        Ok(())
    }

    fn count<'a>(&'a self, entry: &[u8], group: &mut Group<'a>) {
        if group.key.is_empty() {
            group.key.extend_from_slice(key(entry));
        }
        let rest = &entry[group.key.len() + 1..];
        let document = u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
        let (stand, text) = (Stand::from_bytes([rest[4], rest[5]]), &rest[6..]);
        if group.stories.is_empty() || text < group.text.as_slice() {
            group.text.clear();
            group.text.extend_from_slice(text);
        }
        group.stories.push((self.story[document], stand.head));
        group.sources.insert(&self.sources[document]);
        if group.sources.len() > N_SOURCES {
            group.sources.pop_last();
        }
        let recurring = &mut group.recurring;
        recurring.n_documents += 1;
        recurring.n_heads += u32::from(stand.head);
        recurring.n_tails += u32::from(stand.tail);
        recurring.n_edges += u32::from(stand.edge);
        recurring.n_headings += u32::from(stand.heading);
        recurring.doubts += u64::from(stand.doubt);
    }

    fn recurring(&self, mut group: Group<'_>) -> Recurring {
        // By story, those at the head first.
        group.stories.sort_unstable_by_key(|(story, head)| (*story, !head));
        group.stories.dedup_by_key(|(story, _)| *story);
        let site = u32::from_be_bytes([group.key[0], group.key[1], group.key[2], group.key[3]]) as usize;
        Recurring {
            site: self.sites[site].clone(),
            folded: String::from_utf8_lossy(&group.key[4..]).into_owned(),
            text: String::from_utf8_lossy(&group.text).into_owned(),
            n_pages: group.stories.len() as u32,
            n_head_pages: group.stories.iter().filter(|(_, head)| *head).count() as u32,
            n_site_pages: self.n_pages[site],
            sources: group.sources.into_iter().map(str::to_owned).collect(),
            ..group.recurring
        }
    }
}

/// What is known so far of the block whose entries come in.
#[derive(Default)]
struct Group<'a> {
    /// Its site and folded text.
    key: Vec<u8>,
    /// The first of its texts in their order.
    text: Vec<u8>,
    /// Of each document its story and whether the block stands at its head.
    stories: Vec<(u32, bool)>,
    sources: BTreeSet<&'a str>,
    recurring: Recurring,
}

/// Gives the entries of a run and of files, each of them sorted, to `sink` in their order.
fn merge(run: &Run, files: Vec<File>, mut sink: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut files: Vec<BufReader<File>> = files.into_iter().map(BufReader::new).collect();
    let mut in_memory = run.iter();
    let n_files = files.len();
    let mut next = |number: usize, entry: &mut Vec<u8>| -> io::Result<bool> {
        if let Some(file) = files.get_mut(number) {
            return read_entry(file, entry);
        }
        let Some(found) = in_memory.next() else { return Ok(false) };
        entry.clear();
        entry.extend_from_slice(found);
        Ok(true)
    };
    let mut heap = BinaryHeap::new();
    for number in 0..=n_files {
        let mut entry = Vec::new();
        if next(number, &mut entry)? {
            heap.push(Reverse((entry, number)));
        }
    }
    while let Some(Reverse((mut entry, number))) = heap.pop() {
        sink(&entry)?;
        if next(number, &mut entry)? {
            heap.push(Reverse((entry, number)));
        }
    }
    Ok(())
}

/// Site and block of an entry.
fn key(entry: &[u8]) -> &[u8] {
    let end = entry.iter().skip(4).position(|byte| *byte == 0).map_or(entry.len(), |at| at + 4);
    &entry[..end]
}

fn write_entry(entry: &[u8], file: &mut impl Write) -> io::Result<()> {
    file.write_all(&(entry.len() as u32).to_le_bytes())?;
    file.write_all(entry)
}

fn rewound(file: BufWriter<File>) -> io::Result<File> {
    let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

/// Reads the next entry in place of the one before; `false` at the end.
fn read_entry(file: &mut BufReader<File>, entry: &mut Vec<u8>) -> io::Result<bool> {
    let mut len = [0; 4];
    match file.read_exact(&mut len) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
        Err(error) => return Err(error),
    }
    entry.resize(u32::from_le_bytes(len) as usize, 0);
    file.read_exact(entry)?;
    Ok(true)
}

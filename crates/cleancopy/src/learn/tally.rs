//! Counting blocks exactly in bounded memory: sorted runs, in memory and in temporary files, merged at the end.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use super::Studied;
use super::twins::{Sketch, stories};

/// Sources that are shown for a block.
const N_SOURCES: usize = 3;

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sighting {
    pub(crate) folded: String,
    /// On one line, as it was written.
    pub(crate) text: String,
    pub(crate) head: bool,
    pub(crate) tail: bool,
    pub(crate) heading: bool,
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
    /// Documents that have it, and where in them.
    pub(crate) n_documents: u32,
    pub(crate) n_heads: u32,
    pub(crate) n_tails: u32,
    pub(crate) n_edges: u32,
    pub(crate) n_headings: u32,
    /// The first sources in their order.
    pub(crate) sources: Vec<String>,
}

struct Document {
    site: u32,
    source: String,
    sketch: Sketch,
}

/// Entries are bytes that sort by site, block and document: site and document number big-endian, the folded text
/// ended by a zero, the place, the text.
#[derive(Default)]
struct Run {
    bytes: Vec<u8>,
    entries: Vec<(u32, u32)>,
}

/// Counts blocks while documents come in.
pub(crate) struct Tally {
    memory_bytes: usize,
    sites: HashMap<String, u32>,
    documents: Vec<Document>,
    run: Run,
    spilled: Vec<File>,
}

impl Tally {
    pub(crate) fn new(memory_bytes: usize) -> Self {
        // Positions in a run are four bytes.
        let memory_bytes = memory_bytes.min(1 << 31);
        Self { memory_bytes, sites: HashMap::new(), documents: Vec::new(), run: Run::default(), spilled: Vec::new() }
    }

    pub(crate) fn add(&mut self, studied: Studied) -> io::Result<()> {
        let n_sites = self.sites.len() as u32;
        let site = *self.sites.entry(studied.site).or_insert(n_sites);
        let document = self.documents.len() as u32;
        self.documents.push(Document { site, source: studied.source, sketch: studied.sketch });
        for sighting in studied.sightings {
            self.run.push(site, document, &sighting);
            if self.run.size() > self.memory_bytes {
                self.spill()?;
            }
        }
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        self.run.sort();
        for entry in self.run.iter() {
            file.write_all(&(entry.len() as u32).to_le_bytes())?;
            file.write_all(entry)?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.spilled.push(file);
        self.run.bytes.clear();
        self.run.entries.clear();
        Ok(())
    }

    /// Finds twins and gets ready to count.
    pub(crate) fn finish(mut self) -> Counted {
        self.run.sort();
        let mut by_site: Vec<Vec<u32>> = vec![Vec::new(); self.sites.len()];
        for (index, document) in self.documents.iter().enumerate() {
            by_site[document.site as usize].push(index as u32);
        }
        let mut story = vec![0; self.documents.len()];
        let mut n_pages = Vec::with_capacity(by_site.len());
        for members in &mut by_site {
            let source = |index: &u32| &self.documents[*index as usize].source;
            members.sort_by(|a, b| source(a).cmp(source(b)));
            let sketches: Vec<&Sketch> = members.iter().map(|index| &self.documents[*index as usize].sketch).collect();
            let found = stories(&sketches);
            for (index, found) in members.iter().zip(&found) {
                story[*index as usize] = *found;
            }
            n_pages.push(found.into_iter().collect::<BTreeSet<_>>().len() as u32);
        }
        let mut sites = vec![String::new(); self.sites.len()];
        // The order of the map does not matter: each name goes to its own place.
        #[allow(clippy::iter_over_hash_type, reason = "each name goes to its own place")]
        for (name, index) in self.sites {
            sites[index as usize] = name;
        }
        let files = self.spilled.into_iter().map(BufReader::new).collect();
        Counted { sites, documents: self.documents, story, n_pages, run: self.run, files }
    }
}

impl Run {
    fn size(&self) -> usize {
        self.bytes.len() + self.entries.len() * size_of::<(u32, u32)>()
    }

    fn push(&mut self, site: u32, document: u32, sighting: &Sighting) {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(&site.to_be_bytes());
        self.bytes.extend(sighting.folded.bytes().filter(|byte| *byte != 0));
        self.bytes.push(0);
        self.bytes.extend_from_slice(&document.to_be_bytes());
        let place = u8::from(sighting.head) | u8::from(sighting.tail) << 1 | u8::from(sighting.heading) << 2;
        self.bytes.push(place);
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
    documents: Vec<Document>,
    /// For each document its story within its site.
    story: Vec<u32>,
    /// For each site its pages.
    n_pages: Vec<u32>,
    run: Run,
    files: Vec<BufReader<File>>,
}

impl Counted {
    pub(crate) fn n_sites(&self) -> usize {
        self.sites.len()
    }

    pub(crate) fn n_twins(&self) -> u64 {
        self.documents.len() as u64 - self.n_pages.iter().map(|n| u64::from(*n)).sum::<u64>()
    }

    /// Gives every block with its counts to `sink`, one after another.
    pub(crate) fn each(mut self, mut sink: impl FnMut(Recurring)) -> io::Result<()> {
        let mut files = std::mem::take(&mut self.files);
        let run = std::mem::take(&mut self.run);
        let mut in_memory = run.iter();
        let in_memory_number = files.len();
        let mut next = |number: usize| -> io::Result<Option<Vec<u8>>> {
            match files.get_mut(number) {
                Some(file) => read_entry(file),
                None => Ok(in_memory.next().map(<[u8]>::to_vec)),
            }
        };
        let mut heap = BinaryHeap::new();
        for number in 0..=in_memory_number {
            heap.extend(next(number)?.map(|entry| Reverse((entry, number))));
        }
        let mut group: Vec<Vec<u8>> = Vec::new();
        while let Some(Reverse((entry, number))) = heap.pop() {
            heap.extend(next(number)?.map(|entry| Reverse((entry, number))));
            if group.first().is_some_and(|first| key(first) != key(&entry)) {
                sink(self.count(&group));
                group.clear();
            }
            group.push(entry);
        }
        if !group.is_empty() {
            sink(self.count(&group));
        }
        Ok(())
    }

    fn count(&self, group: &[Vec<u8>]) -> Recurring {
        let first = key(&group[0]);
        let site = u32::from_be_bytes([first[0], first[1], first[2], first[3]]) as usize;
        let mut recurring = Recurring {
            site: self.sites[site].clone(),
            folded: String::from_utf8_lossy(&first[4..]).into_owned(),
            n_site_pages: self.n_pages[site],
            n_documents: group.len() as u32,
            ..Recurring::default()
        };
        let (mut pages, mut sources, mut texts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for entry in group {
            let rest = &entry[first.len() + 1..];
            let document = u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
            let (head, tail, heading) = (rest[4] & 1, rest[4] >> 1 & 1, rest[4] >> 2 & 1);
            pages.insert(self.story[document]);
            recurring.n_heads += u32::from(head);
            recurring.n_tails += u32::from(tail);
            recurring.n_edges += u32::from(head | tail);
            recurring.n_headings += u32::from(heading);
            texts.insert(&rest[5..]);
            sources.insert(self.documents[document].source.as_str());
            if sources.len() > N_SOURCES {
                sources.pop_last();
            }
        }
        recurring.n_pages = pages.len() as u32;
        recurring.text = texts.first().map_or(String::new(), |text| String::from_utf8_lossy(text).into_owned());
        recurring.sources = sources.into_iter().map(str::to_owned).collect();
        recurring
    }
}

/// Site and block of an entry.
fn key(entry: &[u8]) -> &[u8] {
    let end = entry.iter().skip(4).position(|byte| *byte == 0).map_or(entry.len(), |at| at + 4);
    &entry[..end]
}

fn read_entry(file: &mut BufReader<File>) -> io::Result<Option<Vec<u8>>> {
    let mut len = [0; 4];
    match file.read_exact(&mut len) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut entry = vec![0; u32::from_le_bytes(len) as usize];
    file.read_exact(&mut entry)?;
    Ok(Some(entry))
}

//! Ids of documents.

use std::collections::HashMap;
use std::path::Path;

use cleancopy_ingest::{File, Loaded, Source};
use cleancopy_output::safe_id;

/// Ids by file, for documents whose source gives none: the file's name without extensions where that is unique in the run, else its path.
#[derive(Debug, Default)]
pub struct Ids {
    /// How often each stem stands among the inputs.
    stems: HashMap<String, u32>,
}

impl Ids {
    /// Ids for a run over `files`.
    pub fn of(files: &[File]) -> Self {
        let mut stems = HashMap::with_capacity(files.len());
        for file in files {
            *stems.entry(stem(&file.path)).or_default() += 1;
        }
        Self { stems }
    }

    /// The id under which a document is written: its own if it has one, else its file's, a member of an archive with its name
    /// after a `!`, records with their number after a `#`; made such that no reader takes it for a number.
    pub fn id(&self, loaded: &Loaded) -> String {
        match &loaded.id {
            Some(id) => safe_id(id).into_owned(),
            None => safe_id(&self.of_source(&loaded.source)).into_owned(),
        }
    }

    fn of_source(&self, source: &Source) -> String {
        let stem = stem(&source.path);
        let mut id = match self.stems.get(&stem) {
            Some(1) => stem,
            // Shown so that names which are not UTF-8 stay different.
            _ => Source::file(source.path.as_path()).to_string(),
        };
        if let Some(member) = &source.member {
            id.push('!');
            id.push_str(member);
        }
        if let Some(record) = source.record {
            id.push('#');
            id.push_str(&record.to_string());
        }
        id
    }
}

/// File name without compression and format extension.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let mut name = Path::new(name);
    for _ in 0..2 {
        let last = name.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let packed = matches!(last.as_deref(), Some("gz" | "zst"));
        if last.is_some() {
            name = Path::new(name.file_stem().unwrap_or(name.as_os_str()));
        }
        if !packed {
            break;
        }
    }
    Source::file(name).to_string()
}

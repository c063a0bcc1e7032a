//! What the ledger says of one document: its edits, flattened to its source, and how to get its bytes back.

use cleancopy_core::{Fate, Kind, Rule};
use cleancopy_ingest::{Failure, Form, Loaded, Raw, Spelling, spell};
use cleancopy_output::{
    Bytes, LedgerDocument, LedgerEdit, LedgerLine, Patch, difference, patched, sha256, undo, write_ledger_line,
};

use crate::Cleaned;

/// The spelling of a document that gives no bytes back: its text was rendered from HTML.
pub(crate) const RENDERED: &str = "rendered";
/// The spelling of a document whose bytes were never in memory.
pub(crate) const LOST: &str = "lost";
/// The fate of a document with a row.
pub(crate) const WRITTEN: &str = "written";
/// The fate of one that a rule left out.
pub(crate) const DROPPED: &str = "dropped";
/// The fate of one that could not be cleaned.
pub(crate) const QUARANTINED: &str = "quarantined";

/// A document as it was read, kept until its entry is written.
pub(crate) struct Original {
    bytes: Vec<u8>,
    form: Form,
    transcoded: Option<&'static str>,
    document: LedgerDocument,
}

impl Original {
    pub(crate) fn of(raw: &Raw, between: Vec<u8>, compressed: bool) -> Self {
        let document = LedgerDocument {
            source: raw.source.to_string(),
            path: Bytes(raw.source.path.as_os_str().as_encoded_bytes().to_vec()),
            member: raw.source.member.as_deref().map(str::to_owned),
            record: raw.source.record,
            compressed,
            size: raw.bytes.len() as u64,
            sha256: sha256(&raw.bytes),
            between: Bytes(between),
            ..LedgerDocument::default()
        };
        Self { bytes: raw.bytes.clone(), form: raw.form.clone(), transcoded: raw.transcoded(), document }
    }

    /// Of something that could not be read.
    pub(crate) fn of_failure(failure: &Failure, between: Vec<u8>, compressed: bool) -> LedgerDocument {
        let bytes = failure.bytes.as_deref().unwrap_or_default();
        let known = failure.bytes.is_some() || (failure.source.record.is_some() && !failure.cause.is_size());
        LedgerDocument {
            source: failure.source.to_string(),
            path: Bytes(failure.source.path.as_os_str().as_encoded_bytes().to_vec()),
            member: failure.source.member.as_deref().map(str::to_owned),
            record: failure.source.record,
            compressed,
            fate: QUARANTINED.to_owned(),
            cause: Some(failure.cause.name().to_owned()),
            size: bytes.len() as u64,
            sha256: if known { sha256(bytes) } else { String::new() },
            between: Bytes(between),
            spelling: if known { Spelling::Plain.name() } else { LOST }.to_owned(),
            patches: difference(b"", bytes),
            ..LedgerDocument::default()
        }
    }

    /// Of a document that went into quarantine after it was read: its bytes as they are.
    pub(crate) fn quarantined(self, id: &str, cause: &str) -> LedgerDocument {
        LedgerDocument {
            id: id.to_owned(),
            fate: QUARANTINED.to_owned(),
            cause: Some(cause.to_owned()),
            spelling: Spelling::Plain.name().to_owned(),
            patches: difference(b"", &self.bytes),
            ..self.document
        }
    }

    /// Appends the lines of a cleaned document.
    ///
    /// # Errors
    /// What is wrong if the entry would not give the document back: a defect of this program.
    pub(crate) fn cleaned(
        self,
        id: &str,
        dropped: Option<&str>,
        loaded: &Loaded,
        cleaned: &Cleaned<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), String> {
        let text = loaded.document.text.as_str();
        let source = self.document.source.clone();
        let edits = edits(id, &source, loaded, cleaned);
        if undo(&edits, cleaned.text).as_deref() != Some(text) {
            return Err("undoing its edits does not give its text".to_owned());
        }
        let removed: usize = edits.iter().map(|edit| edit.end - edit.start).sum();
        let mut document = LedgerDocument {
            id: id.to_owned(),
            fate: if dropped.is_some() { DROPPED } else { WRITTEN }.to_owned(),
            cause: dropped.map(str::to_owned),
            encoding: loaded.encoding.clone(),
            bytes_in: text.len() as u64,
            bytes_kept: (text.len() - removed) as u64,
            bytes_out: cleaned.text.len() as u64,
            n_edits: edits.len() as u64,
            ..self.document
        };
        if loaded.document.kind == Kind::Html {
            RENDERED.clone_into(&mut document.spelling);
            document.elements = elements(loaded);
        } else {
            // Records of a file that was put into UTF-8 as a whole are UTF-8.
            let encoding = if self.transcoded.is_some() { "UTF-8" } else { &loaded.encoding };
            let (spelling, patches) = shortest(text, encoding, &self.form, &self.bytes);
            if patched(&spell(text, spelling, encoding), &patches).as_deref() != Some(&*self.bytes) {
                return Err("its text does not give its bytes".to_owned());
            }
            spelling.name().clone_into(&mut document.spelling);
            document.patches = patches;
        }
        write(&LedgerLine::Document(document), out)?;
        edits.into_iter().try_for_each(|edit| write(&LedgerLine::Edit(edit), out))
    }
}

/// Appends a line of the ledger.
pub(crate) fn write(line: &LedgerLine, out: &mut Vec<u8>) -> Result<(), String> {
    write_ledger_line(line, out).map_err(|error| error.to_string())
}

/// The spelling that leaves least to be patched, with its patches.
fn shortest(text: &str, encoding: &str, form: &Form, bytes: &[u8]) -> (Spelling, Vec<Patch>) {
    let mut best: Option<(usize, Spelling, Vec<Patch>)> = None;
    for &spelling in Spelling::choices(form) {
        let spelled = spell(text, spelling, encoding);
        let patches = difference(&spelled, bytes);
        let whole = patches.iter().all(|patch| patch.len == 0);
        let cost: usize = patches.iter().map(|patch| patch.bytes.len() + size_of::<Patch>()).sum();
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, spelling, patches));
        }
        if whole && !spelled.is_empty() {
            break;
        }
    }
    best.map_or((Spelling::Plain, Vec::new()), |(_, spelling, patches)| (spelling, patches))
}

/// The edits of a document in the coordinates of its source; what one rule took out and put in at one place is one.
pub(crate) fn edits(id: &str, source: &str, loaded: &Loaded, cleaned: &Cleaned<'_>) -> Vec<LedgerEdit> {
    let text = loaded.document.text.as_str();
    let encoding = (loaded.encoding != "UTF-8").then(|| loaded.encoding.clone());
    let mut edits: Vec<LedgerEdit> = Vec::new();
    let edit = |rule: &Rule, at: usize| LedgerEdit {
        id: id.to_owned(),
        source: source.to_owned(),
        rule: rule.id.to_owned(),
        start: at,
        end: at,
        encoding: encoding.clone(),
        ..LedgerEdit::default()
    };
    let mut at = 0;
    // Whether the last edit ends where we are and may still grow.
    let mut open = false;
    for fate in cleaned.ledger.fates(text.len()) {
        let (rule, removed, inserted) = match fate {
            Fate::Kept(span) => {
                at = span.range().end;
                open = false;
                continue;
            }
            Fate::Removed(span, rule) => (rule, span.in_text(text), ""),
            Fate::Inserted(inserted, rule) => (rule, "", inserted),
        };
        let grows = open && edits.last().is_some_and(|last| last.rule == rule.id && last.inserted.is_empty());
        if !grows {
            edits.push(edit(rule, at));
        }
        if let Some(last) = edits.last_mut() {
            last.removed.push_str(removed);
            last.inserted.push_str(inserted);
            at += removed.len();
            last.end = at;
        }
        open = true;
    }
    edits
}

/// The blocks of a page, each with the path of its element.
pub(crate) fn elements(loaded: &Loaded) -> Vec<(u32, u32, String)> {
    let document = &loaded.document;
    let path = |element: u32| document.elements.get(element as usize).map(|element| element.path.clone());
    document
        .blocks
        .iter()
        .map(|block| (block.span.start, block.span.end, block.element.and_then(path).unwrap_or_default()))
        .collect()
}

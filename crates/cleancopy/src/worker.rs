//! What one task does: load, clean and serialise the documents of a batch.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use cleancopy_core::{Evidence, FateBuffers, Field, Rule, Stage};
use cleancopy_ingest::{Failure, Found, Loaded, OwnRow, Raw};
use cleancopy_output::report::{Survey, Surveyed};
use cleancopy_output::{
    Compression, Format, LedgerLine, Quarantined, Record, StoredRecord, Summary, compress_frame, write_quarantined,
    write_row,
};

use crate::batch::{Batch, Item};
use crate::counted::{Counted, Counts};
use crate::entry::{self, Original};
use crate::ids::Ids;
use crate::language;
use crate::reported::pieces;
use crate::site::host;
use crate::team::{Noted, Team};
use crate::{Cleaned, Cleaner, RunOptions};

/// Why a document without any text left is not written.
const EMPTY: &str = "empty-document";
/// The note on bytes that meant nothing.
pub(crate) const UNDECODED: &str = "sequences that could not be decoded";
/// The note on documents whose encoding nothing told.
pub(crate) const GUESSED: &str = "encoding guessed (the column encoding_found tells which)";
/// Why a document is in quarantine on which a rule panicked.
const A_RULE_FAILED: &str = "a rule failed";

/// A cleaned batch, ready to be written.
#[derive(Default)]
pub(crate) struct Finished {
    pub(crate) frame: Vec<u8>,
    pub(crate) quarantine: Vec<u8>,
    pub(crate) n_documents: u64,
    pub(crate) n_quarantined: u64,
    pub(crate) summary: Summary,
    /// What is not yet in the summary.
    counts: Counts,
    pub(crate) ledger: Vec<u8>,
    pub(crate) survey: Option<Survey>,
    /// The first document whose sums do not agree, and how: a defect of this program.
    pub(crate) unbalanced: Option<String>,
}

/// Where a batch is written.
struct Out<'a> {
    rows: &'a mut Vec<u8>,
    ledger: &'a mut Vec<u8>,
    finished: &'a mut Finished,
    fates: FateBuffers,
}

impl Out<'_> {
    fn note(&mut self, noted: Result<(), String>) {
        if let Err(what) = noted {
            self.finished.unbalanced.get_or_insert(what);
        }
    }
}

/// Writes the line of a document in quarantine, if there is a ledger.
fn quarantined(original: Noted, id: &str, cause: &'static str, ledger: &mut Vec<u8>) -> Result<(), String> {
    let Some(original) = original else { return Ok(()) };
    let document = original.map_or_else(|document| *document, |original| original.quarantined(id, cause));
    entry::write(&LedgerLine::Document(document), ledger)
}

/// Cleaners kept from batch to batch, and what all tasks share.
pub(crate) struct Workers<'a> {
    options: &'a RunOptions,
    format: Format,
    compression: Compression,
    /// How the ledger is packed, if there is one.
    ledger: Option<Compression>,
    ids: &'a Ids,
    /// Cleaners of teams that no task has.
    idle: Mutex<Vec<Vec<Cleaner>>>,
}

impl<'a> Workers<'a> {
    pub(crate) fn new(
        options: &'a RunOptions,
        format: Format,
        compression: Compression,
        ledger: Option<Compression>,
        ids: &'a Ids,
    ) -> Self {
        Self { options, format, compression, ledger, ids, idle: Mutex::default() }
    }

    /// Cleans a batch. Never panics: a document that does is quarantined with the rule that ran.
    pub(crate) fn clean(&self, batch: Batch) -> Finished {
        let survey = (self.options.n_samples > 0).then(|| Survey::new(self.options.n_samples));
        let mut finished = Finished { survey, ..Finished::default() };
        let (mut rows, mut ledger) = (Vec::new(), Vec::new());
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut team = Team::of(idle.unwrap_or_default());
        let mut out =
            Out { rows: &mut rows, ledger: &mut ledger, finished: &mut finished, fates: FateBuffers::default() };
        for item in batch.items {
            let noted = match item {
                Item::Document { read, between, compressed } => {
                    let original = self.ledger.map(|_| match &read {
                        Ok(raw) => Ok(Original::of(raw, between, compressed)),
                        Err(failure) => Err(Box::new(Original::of_failure(failure, between, compressed))),
                    });
                    self.item(read, original, &mut team, &mut out)
                }
                Item::Begin(file) => {
                    self.clean_held(&mut team, &mut out);
                    entry::write(&LedgerLine::File(file), out.ledger)
                }
                Item::End(end) => {
                    self.clean_held(&mut team, &mut out);
                    entry::write(&LedgerLine::End(end), out.ledger)
                }
            };
            out.note(noted);
        }
        self.clean_held(&mut team, &mut out);
        finished.counts.move_to(&mut finished.summary);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(team.into_cleaners());
        compress_frame(self.compression, &rows, &mut finished.frame).expect("a vector takes all bytes");
        if let Some(compression) = self.ledger {
            compress_frame(compression, &ledger, &mut finished.ledger).expect("a vector takes all bytes");
        }
        finished
    }

    /// Holds what was read until there is enough to clean, or puts it into quarantine; says what does not balance.
    fn item(
        &self,
        read: Result<Raw, Failure>,
        original: Noted,
        team: &mut Team,
        out: &mut Out<'_>,
    ) -> Result<(), String> {
        out.finished.n_documents += 1;
        out.finished.summary.n_read += 1;
        out.finished.summary.bytes_read += read.as_ref().map_or(0, Raw::len) as u64;
        match read.and_then(|raw| cleancopy_ingest::load(raw, &self.options.ingest)) {
            Err(failure) => {
                self.clean_held(team, out);
                out.finished.quarantine_failure(&failure);
                quarantined(original, "", failure.cause.name(), out.ledger)
            }
            Ok(loaded) => {
                if !team.has_room_for(&loaded) {
                    self.clean_held(team, out);
                }
                team.hold(loaded, original);
                Ok(())
            }
        }
    }

    /// Cleans the documents that wait and writes them.
    fn clean_held(&self, team: &mut Team, out: &mut Out<'_>) {
        let (cleaned, are_clean) = team.clean(|| self.cleaner(), |loaded| self.site(loaded));
        for (loaded, original, cleaner) in cleaned {
            let noted = self.write(&loaded, original, cleaner, are_clean, out);
            out.note(noted);
        }
    }

    /// Writes a document that is cleaned, or cleans it alone, since one of those beside it has failed.
    fn write(
        &self,
        loaded: &Loaded,
        original: Noted,
        cleaner: &mut Cleaner,
        is_cleaned: bool,
        out: &mut Out<'_>,
    ) -> Result<(), String> {
        let (row_start, ledger_start) = (out.rows.len(), out.ledger.len());
        let survey = out.finished.survey.as_mut();
        let mut kept = original;
        let done = catch_unwind(AssertUnwindSafe(|| {
            let cleaned = if is_cleaned {
                cleaner.cleaned()
            } else {
                cleaner.clean_document_of(&loaded.document, self.site(loaded).as_deref())
            };
            let tally = self.document(loaded, &cleaned, out.rows, survey, &mut out.fates);
            let balanced = tally.balanced(&loaded.document.text);
            match kept.take_if(|_| balanced.is_ok()) {
                Some(Ok(original)) => {
                    let dropped = cleaned.text.is_empty().then_some(EMPTY);
                    (tally, original.cleaned(&self.ids.id(loaded), dropped, loaded, &cleaned, out.ledger))
                }
                _ => (tally, balanced),
            }
        }));
        if let Ok((tally, balanced)) = done {
            tally.add_to(&mut out.finished.counts, &mut out.finished.summary);
            return balanced.map_err(|what| format!("{}: {what}", loaded.source));
        }
        out.rows.truncate(row_start);
        out.ledger.truncate(ledger_start);
        out.finished.quarantine_panic(loaded, cleaner.running());
        *cleaner = self.cleaner();
        quarantined(kept, &self.ids.id(loaded), A_RULE_FAILED, out.ledger)
    }

    fn cleaner(&self) -> Cleaner {
        Cleaner::with_rules(self.options.rules.clone(), self.options.settings)
    }

    /// Appends the row of a cleaned document.
    fn document(
        &self,
        loaded: &Loaded,
        cleaned: &Cleaned<'_>,
        rows: &mut Vec<u8>,
        survey: Option<&mut Survey>,
        fates: &mut FateBuffers,
    ) -> Counted {
        let mut counted = Counted::of(&loaded.document.text, cleaned, fates);
        if let Some(survey) = survey {
            self.survey(survey, loaded, cleaned);
        }
        if cleaned.text.is_empty() {
            counted.dropped = Some(EMPTY);
            return counted;
        }
        let own = loaded.own.as_ref().and_then(stored);
        let found = own.as_ref().map_or(loaded.found.name(), |own| own.encoding_found.as_str());
        let is_guessed = found == Found::Guessed.name();
        let long_cells = match own {
            Some(own) => self.own_row(own, cleaned, rows),
            None => self.row(loaded, cleaned, rows),
        };
        counted.note(UNDECODED, loaded.replaced);
        cleaned.flags.iter().for_each(|&flag| counted.note(without_degree(flag), 1));
        counted.note(GUESSED, u32::from(is_guessed));
        counted.note("cells longer than Excel takes", long_cells);
        counted
    }

    /// The site of a document, if a rule asks for it.
    fn site(&self, loaded: &Loaded) -> Option<String> {
        let asked = self.options.rules.custom().is_some_and(|set| set.asks_for_site());
        asked.then(|| self.options.site_from.site(loaded)).flatten()
    }

    /// Counts a document for the report.
    fn survey(&self, survey: &mut Survey, loaded: &Loaded, cleaned: &Cleaned<'_>) {
        let (id, source) = (self.ids.id(loaded), loaded.source.to_string());
        // As the ledger has them, so that a report made from it is the same.
        let edits = entry::edits(&id, &source, loaded, cleaned);
        let pieces = pieces(&edits, cleaned.text).unwrap_or_default();
        let site = cleaned.meta.first(Field::Url).and_then(host).or(cleaned.meta.first(Field::Site)).unwrap_or("");
        survey.add(&Surveyed { id: &id, source: &source, site, pieces: &pieces, output: cleaned.text });
    }

    fn row(&self, loaded: &Loaded, cleaned: &Cleaned<'_>, rows: &mut Vec<u8>) -> u32 {
        let source = loaded.source.to_string();
        let meta = cleaned.meta;
        let [authors, tags, captions, image_alts] = [Field::Author, Field::Tag, Field::Caption, Field::ImageAlt]
            .map(|field| meta.all(field).collect::<Vec<&str>>());
        let record = Record {
            id: &self.ids.id(loaded),
            source: &source,
            text: cleaned.text,
            title: meta.first(Field::Title),
            subtitle: meta.first(Field::Subtitle),
            date: meta.first(Field::Date),
            modified: meta.first(Field::Modified),
            authors: &authors,
            url: meta.first(Field::Url),
            site: meta.first(Field::Site),
            language: meta.first(Field::Language).or_else(|| self.language(cleaned.text)),
            section: meta.first(Field::Section),
            tags: &tags,
            captions: &captions,
            image_alts: &image_alts,
            encoding: &loaded.encoding,
            encoding_found: loaded.found.name(),
            replaced: u64::from(loaded.replaced),
            bytes_in: loaded.document.text.len() as u64,
            bytes_out: cleaned.text.len() as u64,
            flags: cleaned.flags,
            fields: loaded.fields.as_deref(),
        };
        write_row(self.format, &record, rows)
    }

    /// The language that a text shows. Where only mending is asked for, nothing is said about the document.
    fn language(&self, text: &str) -> Option<&'static str> {
        if self.options.rules.of(Stage::Blocks).is_empty() { None } else { language::identified(text) }
    }

    /// A row of our own, fed back: what the first cleaning found out stays, so that a text which does
    /// not change gives the row byte for byte.
    fn own_row(&self, mut own: StoredRecord, cleaned: &Cleaned<'_>, rows: &mut Vec<u8>) -> u32 {
        let fill = |value: &mut Option<String>, field| {
            if value.is_none() {
                *value = cleaned.meta.first(field).map(str::to_owned);
            }
        };
        fill(&mut own.title, Field::Title);
        fill(&mut own.subtitle, Field::Subtitle);
        fill(&mut own.date, Field::Date);
        fill(&mut own.modified, Field::Modified);
        fill(&mut own.url, Field::Url);
        fill(&mut own.section, Field::Section);
        for (field, value, evidence) in cleaned.meta.iter() {
            let list = match field {
                Field::Author => &mut own.authors,
                Field::Tag => &mut own.tags,
                Field::Caption => &mut own.captions,
                _ => continue,
            };
            if matches!(evidence, Evidence::Rule(_)) && !list.iter().any(|known| known.trim() == value) {
                list.push(value.to_owned());
            }
        }
        cleaned.text.clone_into(&mut own.text);
        own.bytes_out = cleaned.text.len() as u64;
        for flag in cleaned.flags {
            if !own.flags.iter().any(|known| known == flag) {
                own.flags.push((*flag).to_owned());
            }
        }
        own.with_record(|record| write_row(self.format, record, rows))
    }
}

/// A row of our own as the record it was written from.
pub(crate) fn stored(own: &OwnRow) -> Option<StoredRecord> {
    match own {
        OwnRow::Json(line) => StoredRecord::from_json(line).ok(),
        OwnRow::Cells { cells, excel } => {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let format = if *excel { Format::CsvExcel } else { Format::Csv };
            StoredRecord::from_cells(format, cells.as_slice().try_into().ok()?)
        }
    }
}

impl Finished {
    fn quarantine_failure(&mut self, failure: &Failure) {
        let cause = failure.cause.to_string();
        let row = Quarantined {
            source: &failure.source.whole().to_string(),
            record: failure.source.record,
            id: None,
            cause: &cause,
            bytes: failure.shown(),
        };
        self.quarantine(&row, failure.cause.name());
    }

    fn quarantine_panic(&mut self, loaded: &Loaded, running: Option<&'static Rule>) {
        let rule = running.map_or("none", |rule| rule.id);
        let cause = format!("the program failed on this document (rule at work: {rule}); please report it");
        let row = Quarantined {
            source: &loaded.source.whole().to_string(),
            record: loaded.source.record,
            id: loaded.id.as_deref(),
            cause: &cause,
            bytes: loaded.source.record.map(|_| loaded.document.text.as_bytes()),
        };
        self.quarantine(&row, A_RULE_FAILED);
    }

    fn quarantine(&mut self, row: &Quarantined<'_>, kind: &str) {
        write_quarantined(row, &mut self.quarantine);
        if let Some(survey) = &mut self.survey {
            let record = row.record.map_or(String::new(), |record| format!("#{record}"));
            survey.add_quarantined(&format!("{}{record}", row.source), kind);
        }
        self.n_quarantined += 1;
        self.summary.count_quarantined(kind);
    }
}

/// A remark without how sure it is: `not-an-article 0.85`.
pub(crate) fn without_degree(flag: &str) -> &str {
    flag.split(' ').next().unwrap_or(flag)
}

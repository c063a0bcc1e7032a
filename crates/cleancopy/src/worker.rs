//! What one task does: load, clean and serialise the documents of a batch.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use cleancopy_core::{Fate, Field, Rule};
use cleancopy_ingest::{Failure, Loaded, OwnRow, Raw};
use cleancopy_output::report::{Piece, Survey, Surveyed};
use cleancopy_output::{
    Compression, Format, Quarantined, Record, StoredRecord, Summary, compress_frame, write_quarantined, write_row,
};

use crate::ids::Ids;
use crate::run::Batch;
use crate::{Cleaned, Cleaner, RunOptions};

/// Why a document without any text left is not written.
const EMPTY: &str = "empty-document";

/// A cleaned batch, ready to be written.
#[derive(Default)]
pub(crate) struct Finished {
    pub(crate) frame: Vec<u8>,
    pub(crate) quarantine: Vec<u8>,
    pub(crate) n_documents: u64,
    pub(crate) n_quarantined: u64,
    pub(crate) summary: Summary,
    pub(crate) survey: Option<Survey>,
}

/// Cleaners kept from batch to batch, and what all tasks share.
pub(crate) struct Workers<'a> {
    options: &'a RunOptions,
    format: Format,
    compression: Compression,
    ids: &'a Ids,
    idle: Mutex<Vec<Cleaner>>,
}

impl<'a> Workers<'a> {
    pub(crate) fn new(options: &'a RunOptions, format: Format, compression: Compression, ids: &'a Ids) -> Self {
        Self { options, format, compression, ids, idle: Mutex::default() }
    }

    /// Cleans a batch. Never panics: a document that does is quarantined with the rule that ran.
    pub(crate) fn clean(&self, batch: Batch) -> Finished {
        let survey = (self.options.n_samples > 0).then(|| Survey::new(self.options.n_samples));
        let mut finished = Finished { survey, ..Finished::default() };
        let mut rows = Vec::new();
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut cleaner = idle.unwrap_or_else(|| self.cleaner());
        for item in batch.items {
            finished.n_documents += 1;
            finished.summary.n_read += 1;
            finished.summary.bytes_read += item.as_ref().map_or(0, Raw::len) as u64;
            match item.and_then(|raw| cleancopy_ingest::load(raw, &self.options.ingest)) {
                Err(failure) => finished.quarantine_failure(&failure),
                Ok(loaded) => {
                    let row_start = rows.len();
                    let survey = finished.survey.as_mut();
                    let written =
                        catch_unwind(AssertUnwindSafe(|| self.document(&mut cleaner, &loaded, &mut rows, survey)));
                    if let Ok(tally) = written {
                        finished.summary.merge(&tally);
                    } else {
                        rows.truncate(row_start);
                        finished.quarantine_panic(&loaded, cleaner.running());
                        cleaner = self.cleaner();
                    }
                }
            }
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(cleaner);
        if !rows.is_empty() {
            compress_frame(self.compression, &rows, &mut finished.frame).expect("a vector takes all bytes");
        }
        finished
    }

    fn cleaner(&self) -> Cleaner {
        Cleaner::with_rules(self.options.rules.clone(), self.options.settings)
    }

    /// Cleans one document and appends its row.
    fn document(
        &self,
        cleaner: &mut Cleaner,
        loaded: &Loaded,
        rows: &mut Vec<u8>,
        survey: Option<&mut Survey>,
    ) -> Summary {
        let cleaned = cleaner.clean_document(&loaded.document);
        let mut summary = tally(&loaded.document.text, &cleaned);
        if let Some(survey) = survey {
            self.survey(survey, loaded, &cleaned);
        }
        if cleaned.text.is_empty() {
            summary.count_dropped(EMPTY);
            return summary;
        }
        summary.n_written = 1;
        summary.count_note("sequences that could not be decoded", u64::from(loaded.replaced));
        for flag in cleaned.flags {
            summary.count_note(flag, 1);
        }
        let long_cells = match loaded.own.as_ref().and_then(stored) {
            Some(own) => self.own_row(own, &cleaned, rows),
            None => self.row(loaded, &cleaned, rows),
        };
        summary.count_note("cells longer than Excel takes", u64::from(long_cells));
        summary
    }

    /// Counts a document for the report.
    fn survey(&self, survey: &mut Survey, loaded: &Loaded, cleaned: &Cleaned<'_>) {
        let text = loaded.document.text.as_str();
        let fates = cleaned.ledger.fates(text.len());
        let pieces: Vec<Piece<'_>> = fates
            .iter()
            .map(|fate| match *fate {
                Fate::Kept(span) => Piece::Kept(span.in_text(text)),
                Fate::Removed(span, rule) => Piece::Removed { text: span.in_text(text), rule: rule.id },
                Fate::Inserted(text, rule) => Piece::Inserted { text, rule: rule.id },
            })
            .collect();
        let id = self.ids.id(loaded);
        let source = loaded.source.to_string();
        let site = cleaned.meta.first(Field::Url).and_then(host).or(cleaned.meta.first(Field::Site)).unwrap_or("");
        survey.add(&Surveyed { id: &id, source: &source, site, pieces: &pieces, output: cleaned.text });
    }

    fn row(&self, loaded: &Loaded, cleaned: &Cleaned<'_>, rows: &mut Vec<u8>) -> u32 {
        let id = self.ids.id(loaded);
        let source = loaded.source.to_string();
        let meta = cleaned.meta;
        let authors: Vec<&str> = meta.all(Field::Author).collect();
        let captions: Vec<&str> = meta.all(Field::Caption).collect();
        let record = Record {
            id: &id,
            source: &source,
            text: cleaned.text,
            title: meta.first(Field::Title),
            subtitle: meta.first(Field::Subtitle),
            date: meta.first(Field::Date),
            authors: &authors,
            url: meta.first(Field::Url),
            site: meta.first(Field::Site),
            language: meta.first(Field::Language),
            captions: &captions,
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
        fill(&mut own.url, Field::Url);
        for caption in cleaned.meta.all(Field::Caption) {
            if !own.captions.iter().any(|known| known.trim() == caption) {
                own.captions.push(caption.to_owned());
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
fn stored(own: &OwnRow) -> Option<StoredRecord> {
    match own {
        OwnRow::Json(line) => StoredRecord::from_json(line).ok(),
        OwnRow::Cells { cells, excel } => {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let format = if *excel { Format::CsvExcel } else { Format::Csv };
            StoredRecord::from_cells(format, cells.as_slice().try_into().ok()?)
        }
    }
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
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
        self.quarantine(&row, "a rule failed");
    }

    fn quarantine(&mut self, row: &Quarantined<'_>, kind: &str) {
        write_quarantined(row, &mut self.quarantine);
        if let Some(survey) = &mut self.survey {
            let record = row.record.map_or(String::new(), |record| format!("#{record}"));
            survey.add_quarantined(&format!("{}{record}", row.source), row.cause);
        }
        self.n_quarantined += 1;
        self.summary.count_quarantined(kind);
    }
}

/// What became of the bytes of one document.
fn tally(source: &str, cleaned: &Cleaned<'_>) -> Summary {
    let bytes_in = source.len() as u64;
    let mut summary = Summary { bytes_in, bytes_kept: bytes_in, bytes_out: bytes_in, ..Summary::default() };
    if cleaned.ledger.is_empty() {
        return summary;
    }
    let mut by_rule: Vec<(&str, [u64; 3])> = Vec::new();
    let mut count = |rule: &'static Rule, removed: usize, inserted: usize| {
        let at = by_rule.iter().position(|(id, _)| *id == rule.id).unwrap_or_else(|| {
            by_rule.push((rule.id, [0; 3]));
            by_rule.len() - 1
        });
        let sums = &mut by_rule[at].1;
        sums[0] += 1;
        sums[1] += removed as u64;
        sums[2] += inserted as u64;
    };
    summary.bytes_kept = 0;
    for fate in cleaned.ledger.fates(source.len()) {
        match fate {
            Fate::Kept(span) => summary.bytes_kept += span.len() as u64,
            Fate::Removed(span, rule) => count(rule, span.len(), 0),
            Fate::Inserted(text, rule) => count(rule, 0, text.len()),
        }
    }
    summary.bytes_out = cleaned.text.len() as u64;
    for (rule, [edits, removed, inserted]) in by_rule {
        summary.count_rule(rule, edits, removed, inserted);
    }
    summary
}

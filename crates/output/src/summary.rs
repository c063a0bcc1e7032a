//! What a run did, in numbers that must add up.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// How many rules the closing lines list; the JSON holds all.
const N_SHOWN_RULES: usize = 10;

/// The counts of a run, or of one worker's part of it.
///
/// Workers count into summaries of their own and [`merge`](Summary::merge) brings them together, in any order. At the
/// end [`balanced`](Summary::balanced) says whether every document and every byte is accounted for. `Display` is the
/// closing report for people, `Serialize` the one for programs, with keys always in the same order.
///
/// ```
/// use cleancopy_output::Summary;
///
/// let mut summary = Summary::default();
/// summary.n_read += 2;
/// summary.n_written += 1;
/// summary.bytes_in += 120;
/// summary.bytes_kept += 100;
/// summary.bytes_out += 101;
/// summary.count_rule("copyright-line", 1, 20, 0);
/// summary.count_rule("paragraph-separators", 1, 0, 1);
/// assert!(!summary.balanced());
/// summary.count_quarantined("empty file");
/// assert!(summary.balanced());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Documents read.
    pub n_read: u64,
    /// Documents written as rows.
    pub n_written: u64,
    /// Documents left out, by the rule that did it.
    pub dropped: BTreeMap<String, u64>,
    /// Documents that could not be cleaned, by cause. Causes are few and fixed; what is peculiar to one document
    /// belongs in its quarantine row.
    pub quarantined: BTreeMap<String, u64>,
    /// Source bytes of the documents that were cleaned.
    pub bytes_in: u64,
    /// Those of them that are in the output.
    pub bytes_kept: u64,
    /// Bytes of cleaned text.
    pub bytes_out: u64,
    /// What each rule did.
    pub rules: BTreeMap<String, RuleTally>,
    /// Things a user should know that are no loss, such as cells too long for Excel, with their number.
    pub notes: BTreeMap<String, u64>,
    /// Bytes read from the inputs after decompression, by which speed is measured.
    pub bytes_read: u64,
    /// Wall time of the run, seconds. Not merged: whoever owns the run sets it.
    pub seconds: f64,
}

/// What one rule did over all documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RuleTally {
    /// Documents in which it changed something.
    #[serde(rename = "documents")]
    pub n_documents: u64,
    /// Edits it made.
    #[serde(rename = "edits")]
    pub n_edits: u64,
    /// Source bytes it took out.
    #[serde(rename = "removed")]
    pub bytes_removed: u64,
    /// Output bytes it put in.
    #[serde(rename = "inserted")]
    pub bytes_inserted: u64,
}

impl RuleTally {
    fn add(&mut self, other: RuleTally) {
        self.n_documents += other.n_documents;
        self.n_edits += other.n_edits;
        self.bytes_removed += other.bytes_removed;
        self.bytes_inserted += other.bytes_inserted;
    }
}

impl Summary {
    /// Counts what a rule did in one document: its edits, the source bytes it removed, the output bytes it inserted.
    pub fn count_rule(&mut self, rule: &str, n_edits: u64, bytes_removed: u64, bytes_inserted: u64) {
        let tally = RuleTally { n_documents: 1, n_edits, bytes_removed, bytes_inserted };
        entry(&mut self.rules, rule).add(tally);
    }

    /// Counts one document that a rule left out.
    pub fn count_dropped(&mut self, rule: &str) {
        *entry(&mut self.dropped, rule) += 1;
    }

    /// Counts one document that could not be cleaned.
    pub fn count_quarantined(&mut self, cause: &str) {
        *entry(&mut self.quarantined, cause) += 1;
    }

    /// Counts `n` things a user should know; nothing if `n` is 0.
    pub fn count_note(&mut self, note: &str, n: u64) {
        if n > 0 {
            *entry(&mut self.notes, note) += n;
        }
    }

    /// Adds the counts of another part of the same run; `seconds` stays as it is.
    pub fn merge(&mut self, other: &Summary) {
        self.n_read += other.n_read;
        self.n_written += other.n_written;
        self.bytes_in += other.bytes_in;
        self.bytes_kept += other.bytes_kept;
        self.bytes_out += other.bytes_out;
        self.bytes_read += other.bytes_read;
        for (mine, theirs) in [
            (&mut self.dropped, &other.dropped),
            (&mut self.quarantined, &other.quarantined),
            (&mut self.notes, &other.notes),
        ] {
            for (key, n) in theirs {
                *entry(mine, key) += n;
            }
        }
        for (rule, tally) in &other.rules {
            entry(&mut self.rules, rule).add(*tally);
        }
    }

    /// Documents left out by any rule.
    pub fn n_dropped(&self) -> u64 {
        self.dropped.values().sum()
    }

    /// Documents in quarantine.
    pub fn n_quarantined(&self) -> u64 {
        self.quarantined.values().sum()
    }

    /// Source bytes removed by any rule.
    pub fn bytes_removed(&self) -> u64 {
        self.rules.values().map(|tally| tally.bytes_removed).sum()
    }

    /// Output bytes inserted by any rule.
    pub fn bytes_inserted(&self) -> u64 {
        self.rules.values().map(|tally| tally.bytes_inserted).sum()
    }

    /// Whether documents read = written + dropped + quarantined, bytes in = kept + removed, and bytes out = kept +
    /// inserted.
    pub fn balanced(&self) -> bool {
        self.n_read == self.n_written + self.n_dropped() + self.n_quarantined()
            && self.bytes_in == self.bytes_kept + self.bytes_removed()
            && self.bytes_out == self.bytes_kept + self.bytes_inserted()
    }

    /// Megabytes (10^6 bytes) read a second; 0 as long as no time was set.
    pub fn mb_per_second(&self) -> f64 {
        if self.seconds > 0.0 { self.bytes_read as f64 / 1e6 / self.seconds } else { 0.0 }
    }
}

/// The value of `key`, made if missing; a key that is there costs no allocation.
fn entry<'m, V: Default>(map: &'m mut BTreeMap<String, V>, key: &str) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("the key was inserted if it was missing")
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Documents<'a> {
            read: u64,
            written: u64,
            dropped: u64,
            quarantined: u64,
            dropped_by_rule: &'a BTreeMap<String, u64>,
            quarantined_by_cause: &'a BTreeMap<String, u64>,
        }
        #[derive(serde::Serialize)]
        struct Bytes {
            read: u64,
            r#in: u64,
            kept: u64,
            removed: u64,
            inserted: u64,
            out: u64,
        }
        let documents = Documents {
            read: self.n_read,
            written: self.n_written,
            dropped: self.n_dropped(),
            quarantined: self.n_quarantined(),
            dropped_by_rule: &self.dropped,
            quarantined_by_cause: &self.quarantined,
        };
        let bytes = Bytes {
            read: self.bytes_read,
            r#in: self.bytes_in,
            kept: self.bytes_kept,
            removed: self.bytes_removed(),
            inserted: self.bytes_inserted(),
            out: self.bytes_out,
        };
        let mut summary = serializer.serialize_struct("Summary", 7)?;
        summary.serialize_field("documents", &documents)?;
        summary.serialize_field("bytes", &bytes)?;
        summary.serialize_field("rules", &self.rules)?;
        summary.serialize_field("notes", &self.notes)?;
        summary.serialize_field("balanced", &self.balanced())?;
        summary.serialize_field("seconds", &self.seconds)?;
        summary.serialize_field("mb_per_second", &self.mb_per_second())?;
        summary.end()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} documents read = {} written + {} dropped + {} quarantined",
            grouped(self.n_read),
            grouped(self.n_written),
            grouped(self.n_dropped()),
            grouped(self.n_quarantined()),
        )?;
        let (bytes_in, kept) = (grouped(self.bytes_in), grouped(self.bytes_kept));
        writeln!(f, "{bytes_in} bytes in = {kept} kept + {} removed", grouped(self.bytes_removed()))?;
        writeln!(
            f,
            "{} bytes out = {kept} kept + {} inserted",
            grouped(self.bytes_out),
            grouped(self.bytes_inserted())
        )?;
        self.fmt_rules(f)?;
        for (what, counts) in [("dropped", &self.dropped), ("quarantined", &self.quarantined), ("note", &self.notes)] {
            for (name, n) in counts {
                writeln!(f, "{what}: {name}: {}", grouped(*n))?;
            }
        }
        if !self.balanced() {
            writeln!(f, "these numbers do not add up, which is a fault of this program: please report it")?;
        }
        write!(f, "{:.1} s, {:.1} MB/s", self.seconds, self.mb_per_second())
    }
}

impl Summary {
    /// The rules that changed most bytes, most first.
    fn fmt_rules(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rules: Vec<_> = self.rules.iter().collect();
        // Stable, so that rules alike in bytes stay in the order of their ids.
        rules.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.bytes_removed + tally.bytes_inserted));
        let shown = &rules[..rules.len().min(N_SHOWN_RULES)];
        let Some(width) = shown.iter().map(|(rule, _)| rule.chars().count()).max() else { return Ok(()) };
        let width = width.max("rule".len());
        writeln!(
            f,
            "  {:width$} {:>12} {:>12} {:>15} {:>15}",
            "rule", "documents", "edits", "bytes removed", "inserted"
        )?;
        for (rule, tally) in shown {
            let columns = [tally.n_documents, tally.n_edits, tally.bytes_removed, tally.bytes_inserted].map(grouped);
            let [n_documents, n_edits, removed, inserted] = columns;
            writeln!(f, "  {rule:width$} {n_documents:>12} {n_edits:>12} {removed:>15} {inserted:>15}")?;
        }
        if rules.len() > shown.len() {
            writeln!(f, "  and {} more rules", rules.len() - shown.len())?;
        }
        Ok(())
    }
}

/// A count with a comma between groups of three digits.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

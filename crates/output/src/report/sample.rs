//! Documents to look at: which are chosen, and how much of each is kept.

use xxhash_rust::xxh3::xxh3_64;

/// A stretch of a document before and after cleaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Stands in both.
    Kept(&'a str),
    /// A rule removed it.
    Removed {
        /// What was removed.
        text: &'a str,
        /// Id of the rule.
        rule: &'a str,
    },
    /// A rule inserted it.
    Inserted {
        /// What was inserted.
        text: &'a str,
        /// Id of the rule.
        rule: &'a str,
    },
}

/// A document as a report or a terminal shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampled {
    /// Its id.
    pub id: String,
    /// Where it came from.
    pub source: String,
    /// Its site; empty if unknown.
    pub site: String,
    /// Characters before cleaning.
    pub n_chars: u64,
    /// Characters removed.
    pub n_removed: u64,
    /// The text with its edits, in order.
    pub stretches: Vec<Stretch>,
}

/// A stretch of a [`Sampled`] document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// Text that stayed.
    Kept(String),
    /// Text that a rule removed.
    Removed {
        /// What was removed.
        text: String,
        /// Id of the rule.
        rule: String,
    },
    /// Text that a rule inserted.
    Inserted {
        /// What was inserted.
        text: String,
        /// Id of the rule.
        rule: String,
    },
    /// So many characters that are not shown.
    Elided(u64),
}

impl Sampled {
    /// Characters removed, of a thousand.
    pub fn removed_per_mille(&self) -> u64 {
        per_mille(self.n_removed, self.n_chars)
    }

    /// The rules that edited it, in the order of their first edit.
    pub fn rules(&self) -> Vec<&str> {
        let mut rules: Vec<&str> = Vec::new();
        for stretch in &self.stretches {
            if let Stretch::Removed { rule, .. } | Stretch::Inserted { rule, .. } = stretch
                && !rules.contains(&rule.as_str())
            {
                rules.push(rule);
            }
        }
        rules
    }
}

/// A share in thousandths; 0 of nothing.
pub(crate) fn per_mille(part: u64, whole: u64) -> u64 {
    part.saturating_mul(1000).checked_div(whole).unwrap_or(0)
}

/// Order of choice: the smaller, the sooner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(u64, u64, String);

/// The `n` stories of the lowest ranks, with the document of the lowest rank of each.
#[derive(Debug, Clone)]
struct Lowest {
    n: usize,
    held: Vec<Chosen>,
}

#[derive(Debug, Clone)]
struct Chosen {
    rank: Rank,
    story: u64,
    sampled: Sampled,
}

impl Lowest {
    fn takes(&self, rank: &Rank, story: u64) -> bool {
        if let Some(copy) = self.held.iter().find(|chosen| chosen.story == story) {
            return *rank < copy.rank;
        }
        self.n > 0 && (self.held.len() < self.n || self.held.last().is_some_and(|last| *rank < last.rank))
    }

    fn insert(&mut self, chosen: Chosen) {
        self.held.retain(|known| known.story != chosen.story);
        let at = self.held.partition_point(|known| known.rank < chosen.rank);
        self.held.insert(at, chosen);
        self.held.truncate(self.n);
    }
}

/// Chosen documents: half by the hash of their source, half those of which the largest share was removed.
///
/// Of the copies of one story only one is chosen: thirty times the same says no more than once.
/// The choice depends on the documents alone, not on their order or on how work was divided.
#[derive(Debug, Clone)]
pub(crate) struct Samples {
    largest: Lowest,
    /// As many as are asked for in all, since some may be among the largest too.
    by_hash: Lowest,
}

/// Characters of a document up to which it is kept whole.
const WHOLE_CHARS: usize = 12_000;
/// Characters kept of a longer document.
const MOST_CHARS: usize = 16_000;
/// Characters kept before and after an edit of a longer document.
const CONTEXT_CHARS: usize = 400;

impl Samples {
    pub(crate) fn new(n: usize) -> Self {
        let lowest = |n| Lowest { n, held: Vec::new() };
        Self { largest: lowest(n / 2), by_hash: lowest(n) }
    }

    /// Looks at a document, whose stretches are copied only if it is chosen.
    pub(crate) fn offer(&mut self, seen: &super::Surveyed<'_>, story: u64, n_chars: u64, n_removed: u64) {
        let hash = xxh3_64(seen.source.as_bytes());
        let ranks = (
            Rank(1000 - per_mille(n_removed, n_chars).min(1000), u64::MAX - n_removed, seen.source.to_owned()),
            Rank(hash, 0, seen.source.to_owned()),
        );
        let sampled = || Sampled {
            id: seen.id.to_owned(),
            source: seen.source.to_owned(),
            site: seen.site.to_owned(),
            n_chars,
            n_removed,
            stretches: stretches(seen.pieces, n_chars as usize),
        };
        if n_removed > 0 && self.largest.takes(&ranks.0, story) {
            self.largest.insert(Chosen { rank: ranks.0, story, sampled: sampled() });
        }
        if self.by_hash.takes(&ranks.1, story) {
            self.by_hash.insert(Chosen { rank: ranks.1, story, sampled: sampled() });
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (mine, theirs) in [(&mut self.largest, other.largest), (&mut self.by_hash, other.by_hash)] {
            for chosen in theirs.held {
                if mine.takes(&chosen.rank, chosen.story) {
                    mine.insert(chosen);
                }
            }
        }
    }

    /// The documents of which the largest share was removed, largest first.
    pub(crate) fn largest(&self) -> impl Iterator<Item = &Sampled> {
        self.largest.held.iter().map(|chosen| &chosen.sampled)
    }

    /// All chosen documents: the largest removals, then the others by hash.
    pub(crate) fn all(&self) -> Vec<&Sampled> {
        let is_largest = |chosen: &&Chosen| self.largest.held.iter().any(|other| other.story == chosen.story);
        let others = self.by_hash.held.iter().filter(|chosen| !is_largest(chosen)).map(|chosen| &chosen.sampled);
        self.largest().chain(others).take(self.by_hash.n).collect()
    }
}

/// Copies what is to be shown; the long unchanged parts of long documents are elided.
fn stretches(pieces: &[Piece<'_>], n_chars: usize) -> Vec<Stretch> {
    let context = if n_chars <= WHOLE_CHARS { usize::MAX / 2 } else { CONTEXT_CHARS };
    let mut room = MOST_CHARS;
    let mut stretches = Vec::new();
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter().enumerate() {
        let (Piece::Kept(text) | Piece::Removed { text, .. } | Piece::Inserted { text, .. }) = *piece;
        let (head, tail) = match piece {
            // Of the first and last stretch only the side towards an edit gives context.
            Piece::Kept(_) => {
                (if index == 0 && last > 0 { 0 } else { context }, if index == last { 0 } else { context })
            }
            _ => (context.max(2000), context),
        };
        let (before, n_elided, after) = elide(text, head.min(room), tail.min(room));
        room = room.saturating_sub(before.chars().count() + after.chars().count());
        let whole = |part: &str| match *piece {
            Piece::Kept(_) => Stretch::Kept(part.to_owned()),
            Piece::Removed { rule, .. } => Stretch::Removed { text: part.to_owned(), rule: rule.to_owned() },
            Piece::Inserted { rule, .. } => Stretch::Inserted { text: part.to_owned(), rule: rule.to_owned() },
        };
        if !before.is_empty() {
            stretches.push(whole(before));
        }
        if n_elided > 0 {
            match stretches.last_mut() {
                Some(Stretch::Elided(n)) => *n += n_elided,
                _ => stretches.push(Stretch::Elided(n_elided)),
            }
        }
        if !after.is_empty() {
            stretches.push(whole(after));
        }
    }
    stretches
}

/// The first `head` and last `tail` characters of a text, and how many stand between them.
fn elide(text: &str, head: usize, tail: usize) -> (&str, u64, &str) {
    let n_chars = text.chars().count();
    if n_chars <= head.saturating_add(tail) {
        return (text, 0, "");
    }
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let (end, start) = (at(head), at(n_chars - tail));
    (&text[..end], (n_chars - head - tail) as u64, &text[start..])
}

#[cfg(test)]
mod tests {
    use super::{MOST_CHARS, Piece, Stretch, stretches};

    #[test]
    fn a_short_document_is_shown_whole() {
        let pieces = [Piece::Kept("Rain. "), Piece::Removed { text: "Share", rule: "share-bar" }, Piece::Kept(" Sun.")];
        let shown = stretches(&pieces, 16);
        assert_eq!(shown.len(), 3);
        assert_eq!(shown[0], Stretch::Kept("Rain. ".to_owned()));
    }

    #[test]
    fn a_long_document_is_shown_around_its_edits_and_nothing_is_unaccounted_for() {
        let long = "é".repeat(50_000);
        let pieces = [
            Piece::Kept(&long),
            Piece::Removed { text: &long, rule: "share-bar" },
            Piece::Kept(&long),
            Piece::Inserted { text: "\n", rule: "broken-line" },
            Piece::Kept(&long),
        ];
        let shown = stretches(&pieces, 200_000);
        let (mut n_shown, mut n_elided) = (0, 0);
        for stretch in &shown {
            match stretch {
                Stretch::Elided(n) => n_elided += n,
                Stretch::Kept(text) | Stretch::Removed { text, .. } | Stretch::Inserted { text, .. } => {
                    n_shown += text.chars().count() as u64;
                }
            }
        }
        assert_eq!(n_shown + n_elided, 200_001);
        assert!(n_shown > 1000 && n_shown < 2 * MOST_CHARS as u64, "{n_shown}");
        assert!(matches!(shown[0], Stretch::Elided(_)) && matches!(shown.last(), Some(Stretch::Elided(_))));
    }
}

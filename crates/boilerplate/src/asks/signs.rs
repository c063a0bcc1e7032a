//! What a block of an ask speaks of, by the words of tables/ask-word.txt.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input};
use memchr::memmem;

use super::openings::Openings;
use crate::view::{View, Views};
use crate::word_map::WordMap;
use crate::words::{Word, is_glyph};

/// The outlet speaks of itself.
pub(super) const OWN: u32 = 1;
/// It speaks to the reader.
pub(super) const READER: u32 = 1 << 1;
/// Giving, joining, supporting: a word that may mean that, and one that hardly means anything else.
pub(super) const GIVE: u32 = 1 << 2;
pub(super) const GIVE_PLAINLY: u32 = 1 << 7;
/// The outlet, its work, those who read it, likewise.
pub(super) const PRESS: u32 = 1 << 3;
pub(super) const PRESS_PLAINLY: u32 = 1 << 8;
/// Sums, costs, rhythm.
pub(super) const MONEY: u32 = 1 << 4;
/// Where to send it.
pub(super) const BANK: u32 = 1 << 5;
/// A button to press, which must open the block.
pub(super) const BUTTON: u32 = 1 << 6;

/// Somebody speaks of himself: a letter, a columnist.
pub(super) const SELF: u32 = 1 << 9;

/// How asks speak: want and danger, independence, the outlet's deeds and fate, subscriptions and what they bring, thanks and
/// signatures, turns to the reader. News speaks so as well, so that none of them tells an ask.
pub(super) const TONES: [(&str, u32); 6] = [
    ("need", 1 << 10),
    ("free", 1 << 11),
    ("deed", 1 << 12),
    ("offer", 1 << 13),
    ("thanks", 1 << 14),
    ("hail", 1 << 15),
];

/// It asks or offers in so many words: `become a member`.
pub(super) const PLEA: u32 = 1 << 16;
/// A reader writes to the outlet.
pub(super) const LETTER: u32 = 1 << 17;

/// What an ask speaks of: all signs but [`SELF`] and those after it.
pub(super) const THINGS_AND_VOICES: u32 = SELF - 1;

/// Number of signs.
pub(super) const N_SIGNS: usize = 18;

/// Most languages in the table.
const N_LANGUAGES: usize = 32;

/// Languages that write compounds as one word, and shortest stem that is sought in them, characters.
const COMPOUNDS: [&str; 5] = ["de", "nl", "sv", "no", "da"];
const MIN_COMPOUND: usize = 6;

/// Languages that do not leave pronouns out.
const NAME_SPEAKERS: [&str; 7] = ["en", "de", "fr", "nl", "sv", "no", "da"];

/// Most words by which the language of a text is told, and fewest small ones among them.
const MAX_WORDS: usize = 200;
const MIN_SMALL: u32 = 5;

/// A language of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Language(usize);

impl Language {
    /// The language whose small words the page is fullest of.
    pub(super) fn of(views: &Views<'_>) -> Option<Self> {
        let mut counts = [0u32; N_LANGUAGES];
        for word in views.words.from(0).iter().take(MAX_WORDS) {
            let Some(mut known) = TABLE.small.get(word.hash) else { continue };
            while known != 0 {
                counts[known.trailing_zeros() as usize] += 1;
                known &= known - 1;
            }
        }
        // The earlier in the table wins where two are equal.
        let best = (0..N_LANGUAGES).rev().max_by_key(|&at| counts[at])?;
        (counts[best] >= MIN_SMALL).then_some(Self(best))
    }

    /// Whether it is the language of this name.
    pub(super) fn is(self, name: &str) -> bool {
        TABLE.languages[self.0].name == name
    }

    /// Whether who speaks to whom must be said in it by a pronoun, which tables/voice.txt holds.
    pub(super) fn names_speakers(self) -> bool {
        TABLE.languages[self.0].names_speakers
    }

    /// The signs of some words of a block outside quotation marks.
    pub(super) fn signs(self, view: &View<'_>, words: &[Word]) -> u32 {
        let (text, start) = (view.text(), view.span().start);
        let known = TABLE.languages[self.0].finder();
        let place = |word: &Word| ((word.start - start) as usize, (word.end - start) as usize);
        let mut unquoted = words.iter().filter(|word| !word.has(Word::QUOTED)).peekable();
        let mut found = Found { text, opening: unquoted.peek().map_or(0, |word| place(word).0), signs: 0 };
        for word in unquoted.filter(|word| !word.has(Word::GLYPH)) {
            let (first, end) = place(word);
            if word.has(Word::APOSTROPHE) {
                let mut at = first;
                for part in text[first..end].split_inclusive(|c: char| !c.is_alphanumeric()) {
                    known.openings.at(at, part.trim_end_matches(|c: char| !c.is_alphanumeric()).len(), &mut found);
                    at += part.len();
                }
            } else {
                known.openings.at(first, end - first, &mut found);
            }
        }
        let all = view.words().len() == words.len();
        let mut from = if all { 0 } else { words.first().map_or(0, |word| place(word).0) };
        for word in words.iter().filter(|word| word.has(Word::QUOTED)) {
            let (first, end) = place(word);
            known.insides.within(from, first, &mut found);
            from = end;
        }
        let to = if all { text.len() } else { words.last().map_or(0, |word| place(word).1) };
        known.insides.within(from, to, &mut found);
        found.signs
    }
}

/// What a block speaks of, as far as it was read.
pub(super) struct Found<'t> {
    pub(super) text: &'t str,
    /// Where its first word stands that is not quoted.
    opening: usize,
    signs: u32,
}

impl Found<'_> {
    pub(super) fn add(&mut self, entry: &Entry, first: usize, end: usize) {
        let goes_on = || self.text[end..].starts_with(char::is_alphanumeric);
        if self.signs & entry.sign != entry.sign
            && (!entry.whole || !goes_on())
            && (entry.sign != BUTTON || first <= self.opening)
        {
            self.signs |= entry.sign;
        }
    }
}

/// A word of the table.
pub(super) struct Entry {
    stem: &'static str,
    sign: u32,
    /// Whether the word ends with it.
    pub(super) whole: bool,
    /// Whether it counts in the middle of a word: an ending, or in a script without spaces.
    inside: bool,
}

impl Entry {
    /// As it is written in lower case, with a capital, and in capitals; ASCII letters are one in both cases.
    pub(super) fn spellings(&self) -> Vec<String> {
        let stem = self.stem.replace('_', " ");
        let title = stem.chars().take(1).flat_map(char::to_uppercase).chain(stem.chars().skip(1)).collect();
        let mut spellings = vec![stem.clone(), title, stem.to_uppercase()];
        spellings.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
        spellings
    }
}

/// The words of one language.
struct Words {
    name: &'static str,
    names_speakers: bool,
    entries: Vec<Entry>,
    finder: OnceLock<Finder>,
}

impl Words {
    /// Finds the words; made for languages that are met.
    fn finder(&'static self) -> &'static Finder {
        self.finder.get_or_init(|| Finder::of(&self.entries))
    }
}

/// Finds the words of one language.
struct Finder {
    openings: Openings,
    insides: Insides,
}

impl Finder {
    fn of(entries: &'static [Entry]) -> Self {
        let (insides, openings): (Vec<_>, _) = entries.iter().partition(|entry| entry.inside);
        Self { openings: Openings::of(openings), insides: Insides::of(insides) }
    }
}

/// Finds the words that count wherever they stand.
enum Insides {
    /// A few signs without letters, as `€`.
    Signs(Vec<(memmem::Finder<'static>, &'static Entry)>),
    /// By number of a pattern.
    Words(AhoCorasick, Vec<&'static Entry>),
}

impl Insides {
    fn of(entries: Vec<&'static Entry>) -> Self {
        if !entries.iter().any(|entry| entry.stem.contains(char::is_alphabetic)) {
            return Self::Signs(entries.into_iter().map(|entry| (memmem::Finder::new(entry.stem), entry)).collect());
        }
        let spelt = entries.into_iter().flat_map(|entry| entry.spellings().into_iter().map(move |stem| (stem, entry)));
        let (stems, entries): (Vec<_>, _) = spelt.unzip();
        let finder = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).ascii_case_insensitive(true).build(stems);
        Self::Words(finder.unwrap_or_else(|error| unreachable!("the table is fixed: {error}")), entries)
    }

    /// Adds the signs of the words in a part of the text.
    fn within(&self, first: usize, end: usize, found: &mut Found<'_>) {
        if first == end {
            return;
        }
        match self {
            Self::Signs(signs) => {
                for (sign, entry) in signs {
                    if let Some(at) = sign.find(&found.text.as_bytes()[first..end]) {
                        found.add(entry, first + at, first + at + entry.stem.len());
                    }
                }
            }
            Self::Words(words, entries) => {
                for within in words.find_overlapping_iter(Input::new(found.text).span(first..end)) {
                    found.add(entries[within.pattern()], within.start(), within.end());
                }
            }
        }
    }
}

struct Table {
    languages: Vec<Words>,
    /// For each small word the languages that have it, a bit each.
    small: WordMap<u32>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut languages = Vec::<Words>::new();
    let mut small = BTreeMap::<&str, u32>::new();
    let lines = [include_str!("../tables/ask-word.txt"), include_str!("../tables/ask-tone.txt")]
        .into_iter()
        .flat_map(str::lines);
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(name), Some(language)) = (words.next(), words.next()) else { continue };
        let at = languages.iter().position(|known| known.name == language).unwrap_or_else(|| {
            languages.push(Words {
                name: language,
                names_speakers: NAME_SPEAKERS.contains(&language),
                entries: Vec::new(),
                finder: OnceLock::new(),
            });
            languages.len() - 1
        });
        let sign = match name {
            "own" => OWN,
            "reader" => READER,
            "self" => SELF,
            "give" => GIVE | GIVE_PLAINLY,
            "give-weak" => GIVE,
            "press" => PRESS | PRESS_PLAINLY,
            "press-weak" => PRESS,
            "money" => MONEY,
            "bank" => BANK,
            "button" => BUTTON,
            "small" => {
                words.for_each(|word| *small.entry(word).or_default() |= 1 << at);
                continue;
            }
            "plea" => PLEA,
            "letter" => LETTER,
            _ => TONES.iter().find(|(tone, _)| *tone == name).map_or(0, |(_, sign)| *sign),
        };
        for word in words {
            let (stem, whole) =
                word.strip_suffix('$').filter(|stem| !stem.is_empty()).map_or((word, false), |stem| (stem, true));
            let (stem, ending) = stem.strip_prefix('-').map_or((stem, false), |stem| (stem, true));
            // Long stems also stand at the end of compounds: `Lokaljournalismus`.
            let compounds = COMPOUNDS.contains(&language) && stem.chars().count() >= MIN_COMPOUND;
            let inside = ending || compounds || stem.starts_with(|c: char| !c.is_alphanumeric() || is_glyph(c));
            languages[at].entries.push(Entry { stem, sign, whole, inside });
        }
    }
    let small = WordMap::of(small.into_iter().map(|(word, languages)| (languages, word)));
    Table { languages, small }
});

#[cfg(test)]
mod tests {
    use super::*;

    static ENTRIES: [Entry; 6] = [
        Entry { stem: "abonne", sign: 1, whole: false, inside: false },
        Entry { stem: "we", sign: 2, whole: true, inside: false },
        Entry { stem: "tip", sign: 4, whole: false, inside: false },
        Entry { stem: "chip_in", sign: 8, whole: false, inside: false },
        Entry { stem: "écrire", sign: 16, whole: true, inside: false },
        Entry { stem: "ми", sign: 32, whole: true, inside: false },
    ];

    #[test]
    fn stems_are_found_in_capitals_and_at_the_end_of_a_text() {
        let openings = Openings::of(ENTRIES.iter().collect());
        for (text, first, n_bytes, signs) in [
            ("Abonnement", 0, 10, 1),
            ("l’abonné", 4, 8, 0),
            ("l’abonnée", 4, 9, 0),
            ("l’abonnement", 4, 10, 1),
            ("WE.", 0, 2, 2),
            ("“we”", 3, 2, 2),
            ("we", 0, 2, 2),
            ("were", 0, 4, 0),
            ("Tipping", 0, 7, 4),
            ("tip", 0, 3, 4),
            ("ti", 0, 2, 0),
            ("Chip in!", 0, 4, 8),
            ("chipper", 0, 7, 0),
            ("ÉCRIRE", 0, 7, 16),
            ("écrirent", 0, 9, 0),
            ("Ми", 0, 4, 32),
            ("мир", 0, 6, 0),
        ] {
            let mut found = Found { text, opening: 0, signs: 0 };
            openings.at(first, n_bytes, &mut found);
            assert_eq!(found.signs, signs, "{text}");
        }
    }
}

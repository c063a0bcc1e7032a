//! What a block of an ask speaks of, by the words of tables/ask-word.txt.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, Input, StartKind};
use memchr::memmem;

use crate::view::{View, Views};
use crate::word_map::WordMap;
use crate::words::{Word, is_glyph};

/// The outlet speaks of itself.
pub(super) const OWN: u16 = 1;
/// It speaks to the reader.
pub(super) const READER: u16 = 1 << 1;
/// Giving, joining, supporting: a word that may mean that, and one that hardly means anything else.
pub(super) const GIVE: u16 = 1 << 2;
pub(super) const GIVE_PLAINLY: u16 = 1 << 7;
/// The outlet, its work, those who read it, likewise.
pub(super) const PRESS: u16 = 1 << 3;
pub(super) const PRESS_PLAINLY: u16 = 1 << 8;
/// Sums, costs, rhythm.
pub(super) const MONEY: u16 = 1 << 4;
/// Where to send it.
pub(super) const BANK: u16 = 1 << 5;
/// A button to press, which must open the block.
pub(super) const BUTTON: u16 = 1 << 6;

/// Somebody speaks of himself: a letter, a columnist.
pub(super) const SELF: u16 = 1 << 9;

/// Number of signs.
pub(super) const N_SIGNS: usize = 10;

/// Most languages in the table.
const N_LANGUAGES: usize = 32;

/// Languages that write compounds as one word, and shortest stem that is sought in them, characters.
const COMPOUNDS: [&str; 5] = ["de", "nl", "sv", "no", "da"];
const MIN_COMPOUND: usize = 6;

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

    /// The signs of a block outside quotation marks.
    pub(super) fn signs(self, view: &View<'_>) -> u16 {
        let (text, start) = (view.text(), view.span().start);
        let known = TABLE.languages[self.0].finder();
        let place = |word: &Word| ((word.start - start) as usize, (word.end - start) as usize);
        let mut unquoted = view.words().iter().filter(|word| !word.has(Word::QUOTED)).peekable();
        let mut found = Found { text, opening: unquoted.peek().map_or(0, |word| place(word).0), signs: 0 };
        for word in unquoted.filter(|word| !word.has(Word::GLYPH)) {
            let (first, end) = place(word);
            known.at(first, &mut found);
            if word.has(Word::APOSTROPHE) {
                for (at, mark) in text[first..end].match_indices(|c: char| !c.is_alphanumeric()) {
                    known.at(first + at + mark.len(), &mut found);
                }
            }
        }
        let mut from = 0;
        for word in view.words().iter().filter(|word| word.has(Word::QUOTED)) {
            let (first, end) = place(word);
            known.within(from, first, &mut found);
            from = end;
        }
        known.within(from, text.len(), &mut found);
        found.signs
    }
}

/// What a block speaks of, as far as it was read.
struct Found<'t> {
    text: &'t str,
    /// Where its first word stands that is not quoted.
    opening: usize,
    signs: u16,
}

impl Found<'_> {
    fn add(&mut self, entry: &Entry, first: usize, end: usize) {
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
struct Entry {
    stem: &'static str,
    sign: u16,
    /// Whether the word ends with it.
    whole: bool,
    /// Whether it counts in the middle of a word: an ending, or in a script without spaces.
    inside: bool,
}

impl Entry {
    /// As it is written in lower case, with a capital, and in capitals; ASCII letters are one in both cases.
    fn spellings(&self) -> Vec<String> {
        let rest = self.stem.chars().skip(1);
        let title = self.stem.chars().take(1).flat_map(char::to_uppercase).chain(rest).collect();
        let mut spellings = vec![self.stem.to_owned(), title, self.stem.to_uppercase()];
        spellings.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
        spellings
    }
}

/// The words of one language.
struct Words {
    name: &'static str,
    entries: Vec<Entry>,
    finder: OnceLock<Finder>,
}

impl Words {
    /// Finds the words; made for languages that are met.
    fn finder(&'static self) -> &'static Finder {
        self.finder.get_or_init(|| Finder::of(&self.entries))
    }
}

/// Finds the words of one language. Those that words open with are sought at the beginning of words only, where two or
/// three bytes tell that it is none of them.
struct Finder {
    openings: DFA,
    insides: Insides,
    /// By number of a pattern.
    of_openings: Vec<&'static Entry>,
    of_insides: Vec<&'static Entry>,
}

/// Finds the words that count wherever they stand.
enum Insides {
    /// A few signs without letters, as `€`.
    Signs(Vec<memmem::Finder<'static>>),
    Words(Box<DFA>),
}

impl Finder {
    fn of(entries: &'static [Entry]) -> Self {
        let patterns = |inside| {
            let entries = entries.iter().filter(move |entry| entry.inside == inside);
            entries.flat_map(|entry| entry.spellings().into_iter().map(move |spelling| (spelling, entry))).unzip()
        };
        let finder = |stems: &[String], start| {
            let finder = DFA::builder().start_kind(start).ascii_case_insensitive(true).build(stems);
            finder.unwrap_or_else(|error| unreachable!("the table is fixed: {error}"))
        };
        let (openings, of_openings): (Vec<_>, _) = patterns(false);
        let (insides, of_insides): (Vec<_>, _) = patterns(true);
        let insides = if insides.iter().any(|stem| stem.contains(char::is_alphabetic)) {
            Insides::Words(finder(&insides, StartKind::Unanchored).into())
        } else {
            Insides::Signs(insides.iter().map(|sign| memmem::Finder::new(sign).into_owned()).collect())
        };
        Self { openings: finder(&openings, StartKind::Anchored), insides, of_openings, of_insides }
    }

    /// Adds the signs of the words that open at byte `first`.
    fn at(&self, first: usize, found: &mut Found<'_>) {
        let Ok(mut state) = self.openings.start_state(Anchored::Yes) else { return };
        for (end, &byte) in (first + 1..).zip(&found.text.as_bytes()[first..]) {
            state = self.openings.next_state(Anchored::Yes, state, byte);
            if self.openings.is_special(state) {
                if self.openings.is_dead(state) {
                    return;
                }
                for at in 0..self.openings.match_len(state) {
                    let pattern = self.openings.match_pattern(state, at);
                    if self.openings.pattern_len(pattern) == end - first {
                        found.add(self.of_openings[pattern], first, end);
                    }
                }
            }
        }
    }

    /// Adds the signs of the words in a part of the text that count wherever they stand.
    fn within(&self, first: usize, end: usize, found: &mut Found<'_>) {
        if first == end {
            return;
        }
        match &self.insides {
            Insides::Signs(signs) => {
                for (sign, entry) in signs.iter().zip(&self.of_insides) {
                    if let Some(at) = sign.find(&found.text.as_bytes()[first..end]) {
                        found.add(entry, first + at, first + at + entry.stem.len());
                    }
                }
            }
            Insides::Words(words) => {
                let input = Input::new(found.text).span(first..end);
                for within in words.try_find_overlapping_iter(input).into_iter().flatten() {
                    found.add(self.of_insides[within.pattern()], within.start(), within.end());
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
    for line in include_str!("../tables/ask-word.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(name), Some(language)) = (words.next(), words.next()) else { continue };
        let at = languages.iter().position(|known| known.name == language).unwrap_or_else(|| {
            languages.push(Words { name: language, entries: Vec::new(), finder: OnceLock::new() });
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
            _ => {
                words.for_each(|word| *small.entry(word).or_default() |= 1 << at);
                continue;
            }
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

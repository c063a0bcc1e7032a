//! What a block of an ask speaks of, by the words of tables/ask-word.txt.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

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

    /// The signs of a block outside quotation marks. `buffer` is for reuse.
    pub(super) fn signs(self, view: &View<'_>, buffer: &mut String) -> u16 {
        let (text, start) = (view.text(), view.span().start);
        buffer.clear();
        let mut from = 0;
        for word in view.words().iter().filter(|word| word.has(Word::QUOTED)) {
            let (begin, end) = ((word.start - start) as usize, (word.end - start) as usize);
            push_lower(&text[from..begin], buffer);
            from = end;
        }
        push_lower(&text[from..], buffer);
        let opening = buffer.find(char::is_alphanumeric).unwrap_or(0);
        let mut signs = 0;
        let words = &TABLE.languages[self.0];
        for found in words.finder().find_overlapping_iter(buffer.as_str()) {
            let entry = &words.entries[found.pattern().as_usize()];
            let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if signs & entry.sign != entry.sign
                && (entry.inside || !joins(buffer[..found.start()].chars().next_back()))
                && (!entry.whole || !joins(buffer[found.end()..].chars().next()))
                && (entry.sign != BUTTON || found.start() <= opening)
            {
                signs |= entry.sign;
            }
        }
        signs
    }
}

/// Adds a text in lower case.
fn push_lower(text: &str, buffer: &mut String) {
    let start = buffer.len();
    // In most texts all but the ASCII letters are dashes, quotation marks and letters in lower case.
    let n_other = text.bytes().filter(|byte| !byte.is_ascii()).count();
    if n_other * 8 <= text.len() && !text.chars().any(|c| !c.is_ascii() && c.is_uppercase()) {
        buffer.push_str(text);
        buffer[start..].make_ascii_lowercase();
    } else {
        buffer.extend(text.chars().flat_map(char::to_lowercase));
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

/// The words of one language.
struct Words {
    name: &'static str,
    entries: Vec<Entry>,
    finder: OnceLock<AhoCorasick>,
}

impl Words {
    /// Finds the words; made for languages that are met.
    fn finder(&self) -> &AhoCorasick {
        self.finder.get_or_init(|| {
            let kind = Some(AhoCorasickKind::DFA);
            let finder = AhoCorasick::builder().kind(kind).build(self.entries.iter().map(|entry| entry.stem));
            finder.unwrap_or_else(|error| unreachable!("the table is fixed: {error}"))
        })
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

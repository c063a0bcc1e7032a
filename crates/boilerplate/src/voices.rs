//! Words by which a text speaks to its reader, and words by which it reports.

use std::sync::LazyLock;

use crate::word_map::WordMap;
use crate::words::Word;

/// What a word says about who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The reader: you, your.
    Reader,
    /// The reader if it has a capital inside a sentence; else somebody spoken of: `Ihre`.
    Formal,
    /// The outlet itself: we, our.
    Own,
    /// Somebody is quoted: said, told.
    Report,
    /// The reader or the outlet, if an apostrophe stands in it: `we're` is no `were`.
    ReaderIs,
    OwnIs,
}

/// The voice of a word.
///
/// One table serves all languages, so that a word of one may look like a word of another: `U.S.` and the Dutch `u`,
/// the country `US` and the pronoun `us`.
pub(crate) fn voice(word: &Word) -> Option<Voice> {
    match word.flags & (Word::READER | Word::OWN | Word::REPORT) {
        0 => None,
        Word::READER => Some(Voice::Reader),
        Word::OWN => Some(Voice::Own),
        _ => Some(Voice::Report),
    }
}

/// Words with a voice.
pub(crate) struct Voices(WordMap<Voice>);

impl Voices {
    /// The voices that the table names.
    pub(crate) fn all() -> &'static Self {
        &VOICES
    }

    /// The flag of a word with a voice, else 0.
    #[inline]
    pub(crate) fn flag(&self, word: Word) -> u16 {
        if self.0.may_have(word.hash) { self.flag_of_known(word) } else { 0 }
    }

    #[inline(never)]
    fn flag_of_known(&self, word: Word) -> u16 {
        let Some(voice) = self.0.get(word.hash) else { return 0 };
        let is_plain = match word.end - word.start {
            1 => word.has(Word::LOWER),
            2 => !word.has(Word::CAPS),
            _ => true,
        };
        match voice {
            Voice::Formal if word.has(Word::UPPER) && !word.has(Word::OPENS) => Word::READER,
            Voice::Reader if is_plain => Word::READER,
            Voice::Own if is_plain => Word::OWN,
            Voice::Report if is_plain => Word::REPORT,
            Voice::ReaderIs if word.has(Word::APOSTROPHE) => Word::READER,
            Voice::OwnIs if word.has(Word::APOSTROPHE) => Word::OWN,
            _ => 0,
        }
    }
}

static VOICES: LazyLock<Voices> = LazyLock::new(|| {
    let lines = include_str!("tables/voice.txt").lines().filter(|line| !line.starts_with('#'));
    let entries = lines.filter_map(|line| line.split_once(' ')).map(|(name, words)| {
        let voice = match name {
            "reader" => Voice::Reader,
            "formal" => Voice::Formal,
            "own" => Voice::Own,
            "reader-is" => Voice::ReaderIs,
            "own-is" => Voice::OwnIs,
            _ => Voice::Report,
        };
        (voice, words)
    });
    Voices(WordMap::of(entries))
});

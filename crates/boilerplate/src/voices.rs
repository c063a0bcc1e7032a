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
}

/// The voice of a word.
///
/// One table serves all languages, so that a word of one may look like a word of another: `U.S.` and the Dutch `u`,
/// the country `US` and the pronoun `us`.
pub(crate) fn voice(word: &Word) -> Option<Voice> {
    let voice = VOICES.get(word.hash)?;
    let plain = match word.end - word.start {
        1 => word.has(Word::LOWER),
        2 => !word.has(Word::CAPS),
        _ => true,
    };
    match voice {
        Voice::Formal => (word.has(Word::UPPER) && !word.has(Word::OPENS)).then_some(Voice::Reader),
        voice => plain.then_some(voice),
    }
}

/// Words with a voice.
static VOICES: LazyLock<WordMap<Voice>> = LazyLock::new(|| {
    let lines = include_str!("tables/voice.txt").lines().filter(|line| !line.starts_with('#'));
    WordMap::of(lines.filter_map(|line| line.split_once(' ')).map(|(name, words)| {
        let voice = match name {
            "reader" => Voice::Reader,
            "formal" => Voice::Formal,
            "own" => Voice::Own,
            _ => Voice::Report,
        };
        (voice, words)
    }))
});

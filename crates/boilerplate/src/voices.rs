//! Words by which a text speaks to its reader, and words by which it reports.

use std::sync::LazyLock;

use crate::word_map::WordMap;

/// What a word says about who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The reader: you, your.
    Reader,
    /// The outlet itself: we, our.
    Own,
    /// Somebody is quoted: said, told.
    Report,
}

/// Words with a voice.
pub(crate) static VOICES: LazyLock<WordMap<Voice>> = LazyLock::new(|| {
    let lines = include_str!("tables/voice.txt").lines().filter(|line| !line.starts_with('#'));
    WordMap::of(lines.filter_map(|line| line.split_once(' ')).map(|(name, words)| {
        let voice = match name {
            "reader" => Voice::Reader,
            "own" => Voice::Own,
            _ => Voice::Report,
        };
        (voice, words)
    }))
});

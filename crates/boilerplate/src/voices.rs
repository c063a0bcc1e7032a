//! Words by which a text speaks to its reader, and words by which it reports.

use std::sync::LazyLock;

use crate::words::split;

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

/// Words with a voice, sorted by hash.
pub(crate) struct Voices {
    words: Vec<(u32, Voice)>,
}

impl Voices {
    /// The voice of a word.
    pub(crate) fn of(&self, hash: u32) -> Option<Voice> {
        let at = self.words.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        Some(self.words[at].1)
    }
}

pub(crate) static VOICES: LazyLock<Voices> = LazyLock::new(|| {
    let mut words = Vec::new();
    for line in include_str!("tables/voice.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((name, rest)) = line.split_once(' ') else { continue };
        let voice = match name {
            "reader" => Voice::Reader,
            "own" => Voice::Own,
            _ => Voice::Report,
        };
        split(rest, 0, &mut |word| words.push((word.hash, voice)));
    }
    words.sort_by_key(|(hash, _)| *hash);
    words.dedup_by_key(|(hash, _)| *hash);
    Voices { words }
});

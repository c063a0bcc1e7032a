//! The words of a page: one walk over the blocks, shared by cues, shapes and the block model.

mod fold;
mod split;

use std::sync::Arc;

use cleancopy_core::{Measure, Page, Span};

pub(crate) use fold::{digit, is_glyph};
pub(crate) use split::{Signs, split};

use crate::voices::Voices;

/// One word, or one character of a script that writes without spaces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// First byte in the page's text.
    pub start: u32,
    /// First byte after the word.
    pub end: u32,
    /// Hash of the folded word: lower case, without apostrophes, and without the marks and letter forms that many leave
    /// out or swap.
    pub hash: u32,
    /// What it looks like and where it stands: the constants of [`Word`].
    pub flags: u16,
}

impl Word {
    /// Begins with a capital letter.
    pub(crate) const UPPER: u16 = 1;
    /// Has no lower-case letter and at least two letters.
    pub(crate) const CAPS: u16 = 1 << 1;
    /// Begins with a digit.
    pub(crate) const DIGIT: u16 = 1 << 2;
    /// First word of its block.
    pub(crate) const FIRST: u16 = 1 << 3;
    /// First word after the end mark of a sentence, or of its block.
    pub(crate) const OPENS: u16 = 1 << 4;
    /// Stands inside quotation marks.
    pub(crate) const QUOTED: u16 = 1 << 5;
    /// One character of Han, Kana, Hangul or Thai.
    pub(crate) const GLYPH: u16 = 1 << 6;
    /// Begins with a letter that is lower case.
    pub(crate) const LOWER: u16 = 1 << 7;
    /// Begins with a letter of a script without cases: Arabic, Hebrew, Devanagari, but not a [glyph](Word::GLYPH).
    pub(crate) const CASELESS: u16 = 1 << 8;

    /// Speaks of the reader, of the outlet itself, or of somebody who is quoted: see [`voices`](crate::voices).
    pub(crate) const READER: u16 = 1 << 9;
    pub(crate) const OWN: u16 = 1 << 10;
    pub(crate) const REPORT: u16 = 1 << 11;
    /// Holds an apostrophe: `l'annuncio`.
    pub(crate) const APOSTROPHE: u16 = 1 << 12;

    /// Whether all of `flags` hold.
    pub(crate) fn has(self, flags: u16) -> bool {
        self.flags & flags == flags
    }
}

/// The words of all blocks, in text order.
///
/// What a block says depends on its own bytes alone. Most blocks of a text come again when it is looked at after
/// an edit, so the last text is kept, and blocks that stood in it are copied instead of read anew.
#[derive(Debug, Default)]
pub(crate) struct Words {
    all: Vec<Word>,
    /// For each block, the index of its first word; one more at the end.
    firsts: Vec<u32>,
    /// For each block, what stands between its words.
    signs: Vec<Signs>,
    last: Last,
    /// For each block, its index in the text before, if it stood there.
    origins: Vec<Option<u32>>,
    /// Number of texts measured so far.
    n_texts: u64,
    /// Tells these words from others made elsewhere.
    identity: Arc<()>,
}

/// The text measured last.
#[derive(Debug, Default)]
struct Last {
    text: String,
    spans: Vec<Span>,
    words: Vec<Word>,
    firsts: Vec<u32>,
    signs: Vec<Signs>,
}

/// Which text a measurement over words was made for.
#[derive(Debug, Default)]
pub(crate) struct MadeFor {
    identity: Arc<()>,
    n_texts: u64,
}

/// Blocks that the text before may have between two that come again.
const MAX_SKIP: usize = 24;

impl Words {
    /// The words of one block.
    pub(crate) fn of(&self, block: usize) -> &[Word] {
        &self.all[self.firsts[block] as usize..self.firsts[block + 1] as usize]
    }

    /// What stands between the words of a block.
    pub(crate) fn signs_of(&self, block: usize) -> Signs {
        self.signs[block]
    }

    /// All words from the first of a block on.
    pub(crate) fn from(&self, block: usize) -> &[Word] {
        &self.all[self.firsts[block] as usize..]
    }

    /// All words before the first of a block.
    pub(crate) fn before(&self, block: usize) -> &[Word] {
        &self.all[..self.firsts[block] as usize]
    }

    /// For each block its index in the text before, and marks the measurement as made for this one. All are new
    /// if the measurement was not made for the text before.
    pub(crate) fn origins(&self, made_for: &mut MadeFor) -> &[Option<u32>] {
        let known = Arc::ptr_eq(&self.identity, &made_for.identity) && made_for.n_texts + 1 == self.n_texts;
        made_for.identity.clone_from(&self.identity);
        made_for.n_texts = self.n_texts;
        if known { &self.origins } else { &[] }
    }
}

impl Measure for Words {
    fn measure(&mut self, page: &Page<'_>) {
        let Self { all: words, firsts, signs, last, origins, .. } = self;
        std::mem::swap(words, &mut last.words);
        std::mem::swap(firsts, &mut last.firsts);
        std::mem::swap(signs, &mut last.signs);
        words.clear();
        firsts.clear();
        signs.clear();
        origins.clear();
        let voices = Voices::all();
        let mut next = 0;
        for block in page.blocks {
            let text = block.span.in_text(page.text);
            let first = words.len() as u32;
            firsts.push(first);
            let origin = last.find(text, next);
            origins.push(origin.map(|origin| origin as u32));
            let Some(origin) = origin else {
                signs.push(split(text, block.span.start, &mut |word| {
                    words.push(Word { flags: word.flags | voices.flag(word), ..word });
                }));
                continue;
            };
            next = origin + 1;
            signs.push(last.signs[origin]);
            let shift = block.span.start.wrapping_sub(last.spans[origin].start);
            let of_origin = last.firsts[origin] as usize..last.firsts[origin + 1] as usize;
            words.extend(last.words[of_origin].iter().map(|word| Word {
                start: word.start.wrapping_add(shift),
                end: word.end.wrapping_add(shift),
                ..*word
            }));
        }
        firsts.push(words.len() as u32);
        last.keep(page);
        self.n_texts += 1;
    }
}

impl Last {
    /// The next block with this text.
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        let near = self.spans.iter().enumerate().skip(from).take(MAX_SKIP);
        near.into_iter()
            .find(|(_, span)| span.len() == text.len() && span.in_text(&self.text) == text)
            .map(|(at, _)| at)
    }

    fn keep(&mut self, page: &Page<'_>) {
        self.text.clear();
        self.text.push_str(page.text);
        self.spans.clear();
        self.spans.extend(page.blocks.iter().map(|block| block.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, Word)> {
        let mut words = Vec::new();
        split(text, 0, &mut |word| words.push((&text[word.start as usize..word.end as usize], word)));
        words
    }

    fn texts(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn signs_of_vowels_do_not_split_words() {
        for text in [
            "ट्रेंडिंग हिन्दी क़ानून विज्ञापन",
            "বিজ্ঞাপন সংশ্লিষ্ট পড়ুন",
            "தொடர்புடைய செய்திகள்",
            "اقرأ أيضًا جميعُ الحقوقِ",
            "מָגֵן צה\"ל ד״ר",
            "đăng nhập việt",
            "e\u{301}te\u{301}",
        ] {
            assert_eq!(texts(text), text.split(' ').collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in [
            ("أيضًا", "ايضا"),
            ("إعلان", "اعــلان"),
            ("می", "مي"),
            ("یک", "يك"),
            ("ख़बर", "खबर"),
            ("\u{0959}बर", "खबर"),
            ("पहुँचे", "पहुंचे"),
            ("পড়ুন", "প\u{09DC}ুন"),
            ("ΔΙΑΒΑΣΤΕ", "Διαβάστε"),
            ("σχόλιος", "ΣΧΟΛΙΟΣ"),
            ("știri", "ŞTIRI"),
            ("צה\"ל", "צה״ל"),
        ] {
            assert_eq!(words(one)[0].1.hash, words(other)[0].1.hash, "{one} {other}");
        }
        assert_ne!(words("मई")[0].1.hash, words("मे")[0].1.hash);
    }

    #[test]
    fn letters_without_case_and_digits_of_other_scripts_are_told() {
        let first = |text| words(text)[0].1;
        for text in ["خبر", "חדשות", "खबर", "খবর"] {
            assert!(first(text).has(Word::CASELESS) && !first(text).has(Word::LOWER), "{text}");
        }
        for text in ["٣", "۱۴۰۰", "२०२१", "২০২১", "7"] {
            assert!(first(text).has(Word::DIGIT), "{text}");
        }
        for (text, flag) in [("Řím", Word::UPPER), ("řím", Word::LOWER), ("Έθνος", Word::UPPER), ("έθνος", Word::LOWER)]
        {
            assert!(first(text).has(flag), "{text}");
        }
    }
}

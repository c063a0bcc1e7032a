//! The language of a text that does not say which it is in.

mod latin;

use std::sync::LazyLock;

use whatlang::detect;

/// How much of a text is looked at, bytes: a paragraph. Three times as much is three times the work and tells no more of them.
const SAMPLE_BYTES: usize = 400;

/// Shortest text that is told, bytes. Shorter ones are names and numbers as often as sentences.
const MIN_BYTES: usize = 200;

/// Confidence that is not enough, 0 to 1.
const MIN_CONFIDENCE: f64 = 0.9;

/// Languages that hardly differ in writing from others: they are not told apart by their letters.
const ALIKE: [&str; 6] = ["hrv", "srp", "nob", "dan", "ind", "jav"];

/// Names of languages in BCP 47 by their names in ISO 639-3; of other languages the two are the same.
static TAGS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// The language of `text` as a BCP 47 tag, where its words leave no doubt.
///
/// The sample is the text's beginning, so that the same text has the same language whatever follows it.
pub(crate) fn identified(text: &str) -> Option<&'static str> {
    if text.len() < MIN_BYTES {
        return None;
    }
    let end = (0..=SAMPLE_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end))?;
    let counts = SmallWords::of(&text[..end]);
    if counts.are_plain_english() {
        return Some("en");
    }
    if let Some(tag) = counts.told() {
        return Some(tag);
    }
    let (code, confidence) = match latin::told(&text[..end]) {
        Some(told) => told,
        None => detect(&text[..end]).map(|found| (found.lang().code(), found.confidence()))?,
    };
    let is_sure = confidence > MIN_CONFIDENCE && !ALIKE.contains(&code);
    is_sure.then(|| TAGS.iter().find(|(known, _)| *known == code).map_or(code, |(_, tag)| tag))
}

/// Words that are common in English and in no other language.
const ENGLISH: [&str; 12] =
    ["the", "of", "and", "that", "with", "was", "were", "which", "from", "have", "this", "said"];
/// Least share of them among the words of a sample, in a hundred. In news it is 14 to 25.
const ENGLISH_SHARE: usize = 12;
/// Fewest of them.
const FEWEST_ENGLISH: usize = 5;

/// Small words of the languages that are told by them, each of which hardly any close relative shares.
const SMALL_WORDS: [(&str, &str); N_TOLD] = [
    (
        "en",
        "the of and that with was were from have this said has been will who they their his its would are not for an \
         on at by it he but had to in is",
    ),
    (
        "de",
        "der die das und ist nicht ein eine einen einem einer sich auf mit dem den des von für auch im zu wird werden \
         sind hat haben als wie bei aus nach oder aber noch nur über wurde war",
    ),
    (
        "fr",
        "le la les des et est une un dans pour qui que du au aux sur par avec sont pas ce cette il elle plus été ses \
         leur ont mais se ne",
    ),
    ("es", "el los las del y un por con su al lo como más pero sus está han sobre fue entre hasta"),
    ("pl", "w i na z się nie do że jest od po za przez dla jak oraz są był była który która ich jego tym"),
    ("tr", "ve bir bu için ile da de çok daha olan olarak gibi en kadar ama sonra olduğu her ise göre"),
];
const N_TOLD: usize = 6;

/// Least share of the small words of one language among the words of a sample, in a hundred, and fewest of them.
/// Twice as many as of any other language, and two more, leave no doubt: over the sets lines, residue and harm the
/// 1513 texts so told were told the same by their letters, but for two English menus that were told not at all.
const SMALL_SHARE: usize = 16;
const FEWEST_SMALL: usize = 6;

/// Longest small word, bytes.
const MAX_SMALL: usize = 8;

/// The small words with a bit for each language that has them, by [`slot`]; 0 where there is none.
static SMALL: LazyLock<Box<[(u64, u8); N_SLOTS]>> = LazyLock::new(|| {
    let mut table = Box::new([(0, 0); N_SLOTS]);
    let mut note = |list: &mut dyn Iterator<Item = &str>, bit: u8| {
        for word in list.filter_map(|word| packed(word.as_bytes())) {
            let mut at = slot(word);
            while table[at].0 != 0 && table[at].0 != word {
                at = (at + 1) % N_SLOTS;
            }
            table[at].0 = word;
            table[at].1 |= bit;
        }
    };
    for (language, (_, list)) in SMALL_WORDS.iter().enumerate() {
        note(&mut list.split(' '), 1 << language);
    }
    note(&mut ENGLISH.iter().copied(), PLAIN);
    note(&mut std::iter::once(THE), THE_BIT);
    table
});
/// More than thrice as many as there are small words.
const N_SLOTS: usize = 1024;

/// The bit of the words in [`ENGLISH`], and of the word in [`THE`].
const PLAIN: u8 = 1 << N_TOLD;
const THE_BIT: u8 = 1 << (N_TOLD + 1);
const THE: &str = "the";

/// Where a word stands in [`SMALL`], or the first place to look at.
const fn slot(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// The bytes of a short word in one number, ASCII letters in lower case.
fn packed(word: &[u8]) -> Option<u64> {
    let fits = word.len() <= MAX_SMALL;
    fits.then(|| word.iter().fold(0, |number, byte| number << 8 | u64::from(byte.to_ascii_lowercase())))
}

/// How many small words of each language a sample has.
struct SmallWords {
    n_words: usize,
    counts: [usize; N_TOLD],
    n_plain: usize,
    n_the: usize,
}

impl SmallWords {
    fn of(sample: &str) -> Self {
        let table = &**SMALL;
        let mut found = Self { n_words: 0, counts: [0; N_TOLD], n_plain: 0, n_the: 0 };
        let words = sample.as_bytes().split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        for word in words {
            found.n_words += 1;
            let Some(word) = packed(word) else { continue };
            let mut at = slot(word);
            while table[at].0 != word && table[at].0 != 0 {
                at = (at + 1) % N_SLOTS;
            }
            let languages = table[at].1;
            if languages == 0 {
                continue;
            }
            for (language, count) in found.counts.iter_mut().enumerate() {
                *count += usize::from(languages >> language & 1);
            }
            found.n_plain += usize::from(languages & PLAIN != 0);
            found.n_the += usize::from(languages & THE_BIT != 0);
        }
        found
    }

    /// Whether a sample is so full of the small words of English that nothing needs to be asked: telling languages by
    /// their letters costs more than half of all the cleaning of a short text.
    fn are_plain_english(&self) -> bool {
        self.n_the >= 2 && self.n_plain >= FEWEST_ENGLISH && self.n_plain * 100 >= self.n_words * ENGLISH_SHARE
    }

    /// The language whose small words the sample is full of.
    fn told(&self) -> Option<&'static str> {
        let counts = &self.counts;
        let best = (0..N_TOLD).max_by_key(|&language| counts[language])?;
        let most = counts[best];
        let second = (0..N_TOLD).filter(|&language| language != best).map(|language| counts[language]).max()?;
        let is_sure = most >= FEWEST_SMALL && most * 100 >= self.n_words * SMALL_SHARE && most >= 2 * second + 2;
        is_sure.then_some(SMALL_WORDS[best].0)
    }
}

#[cfg(test)]
mod tests {
    use super::identified;

    #[test]
    fn a_language_is_told_only_where_it_is_plain() {
        let english = "The post office of Tolland sorted its last letter by hand and framed it on the wall. ".repeat(3);
        let german =
            "Das Postamt von Tolland hat seinen letzten Brief von Hand sortiert und an die Wand gehängt. ".repeat(3);
        assert_eq!(identified(&english), Some("en"));
        assert_eq!(identified(&german), Some("de"));
        assert_eq!(identified("A letter."), None);
        assert_eq!(identified(&"3 : 1, 4 : 0, 12 : 7\n".repeat(20)), None);
    }
}

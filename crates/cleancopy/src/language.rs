//! The language of a text that does not say which it is in.

use std::sync::LazyLock;

use whatlang::{Lang, detect};

/// How much of a text is looked at, bytes: a paragraph. Three times as much is three times the work and tells no more of them.
const SAMPLE_BYTES: usize = 400;

/// Shortest text that is told, bytes. Shorter ones are names and numbers as often as sentences.
const MIN_BYTES: usize = 200;

/// Least confidence, 0 to 1.
const MIN_CONFIDENCE: f64 = 0.9;

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
    let found = detect(&text[..end])?;
    // Languages that hardly differ in writing are not told apart by their letters.
    let is_one_of_many = matches!(found.lang(), Lang::Hrv | Lang::Srp | Lang::Nob | Lang::Dan | Lang::Ind | Lang::Jav);
    let is_sure = found.is_reliable() && found.confidence() >= MIN_CONFIDENCE && !is_one_of_many;
    let code = found.lang().code();
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
    ("it", "il che di è gli della dei delle del nel alla sono una ha per con più anche dal come si ai da al lo ed"),
    ("pt", "o os do da dos das em um uma não com para no na foi mais ao à pelo pela são também e que"),
    ("nl", "de het een van en is dat op te in zijn met voor niet aan ook er maar bij door naar werd hij wordt"),
    ("sv", "och att är för inte ett från också när till ska efter eller blir hade hon"),
    ("cs", "se pro ve jsou který která jako bylo však nebo při také jeho jen podle než ze"),
    ("ro", "și în că din pe cu pentru este mai au fost sunt care să cele lui"),
    ("hu", "az és hogy nem egy meg volt már csak ez mint még kell vagy azt"),
];
const N_TOLD: usize = 13;

/// Least share of the small words of one language among the words of a sample, in a hundred, and fewest of them.
/// Twice as many as of any other language, and two more, leave no doubt: over the sets lines, residue and harm all texts
/// so told (2,736 of 3,827) were told the same by their letters.
const SMALL_SHARE: usize = 16;
const FEWEST_SMALL: usize = 6;

/// Longest small word, bytes.
const MAX_SMALL: usize = 7;

/// The small words by [`slot`], each with what it adds to the counts; 0 where there is none.
static SMALL: LazyLock<Box<[(u64, u128); N_SLOTS]>> = LazyLock::new(|| {
    let mut table = Box::new([(0, 0); N_SLOTS]);
    let mut note = |list: &mut dyn Iterator<Item = &str>, count: usize| {
        for word in list.filter(|word| word.len() <= MAX_SMALL) {
            let word = word.bytes().fold(0, |number, byte| number << 8 | u64::from(byte));
            let mut at = slot(word);
            while table[at].0 != 0 && table[at].0 != word {
                at = (at + 1) % N_SLOTS;
            }
            table[at].0 = word;
            table[at].1 |= 1 << (8 * count);
        }
    };
    for (language, (_, list)) in SMALL_WORDS.iter().enumerate() {
        note(&mut list.split(' '), language);
    }
    note(&mut ENGLISH.iter().copied(), PLAIN);
    note(&mut std::iter::once(THE), THE_COUNT);
    table
});
/// More than thrice as many as there are small words.
const N_SLOTS: usize = 1024;

/// The counts after those of the languages: of the words in [`ENGLISH`], and of the word in [`THE`].
const PLAIN: usize = N_TOLD;
const THE_COUNT: usize = N_TOLD + 1;
const THE: &str = "the";

/// Where a word stands in [`SMALL`], or the first place to look at.
const fn slot(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// The bytes up to the first blank as a number, with the letters of ASCII in lower case, and how many they are. Of more than
/// [`MAX_SMALL`] only the number of bytes is told.
fn first_word(bytes: &[u8]) -> (u64, usize) {
    const ONES: u64 = u64::MAX / 255;
    const TOPS: u64 = ONES << 7;
    // The top bit of each byte of ASCII between two others.
    let within = |bytes: u64, first: u8, last: u8| {
        let low = bytes & !TOPS;
        (low + ONES * u64::from(0x80 - first)) & !(low + ONES * u64::from(0x7F - last)) & !bytes & TOPS
    };
    let eight = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [b' '; 8];
        eight[..bytes.len()].copy_from_slice(bytes);
        eight
    });
    let eight = u64::from_le_bytes(eight);
    let vertical_tab = within(eight, 0xB, 0xB);
    let blanks = within(eight, b' ', b' ') | within(eight, b'\t', b'\r') & !vertical_tab;
    if blanks == 0 {
        let rest = bytes[8..].iter().position(u8::is_ascii_whitespace);
        return (0, rest.map_or(bytes.len(), |rest| 8 + rest));
    }
    let len = blanks.trailing_zeros() as usize / 8;
    // A control character is no blank, and in no small word.
    let lower = eight | within(eight, b'A', b'Z') >> 2 | within(eight, 0, 0) >> 7;
    let word = lower & ((blanks & blanks.wrapping_neg()) >> 7).wrapping_sub(1);
    (word.swap_bytes() >> (56 - 8 * len.min(MAX_SMALL)) >> 8, len)
}

/// How many small words of each language a sample has.
struct SmallWords {
    n_words: usize,
    counts: [u8; 16],
}

impl SmallWords {
    fn of(sample: &str) -> Self {
        let table = &**SMALL;
        // Sixteen counts of one byte each: a sample has at most half as many words as bytes.
        const { assert!(SAMPLE_BYTES / 2 < 256 && N_TOLD + 2 <= 16) };
        let (mut n_words, mut counts) = (0, 0u128);
        let mut bytes = sample.as_bytes();
        while !bytes.is_empty() {
            let (word, len) = first_word(bytes);
            n_words += usize::from(len > 0);
            if len <= MAX_SMALL {
                let mut at = slot(word);
                while table[at].0 != word && table[at].0 != 0 {
                    at = (at + 1) % N_SLOTS;
                }
                counts += table[at].1;
            }
            bytes = bytes.get(len + 1..).unwrap_or_default();
        }
        Self { n_words, counts: counts.to_le_bytes() }
    }

    /// Whether a sample is so full of the small words of English that nothing needs to be asked: telling languages by
    /// their letters costs more than half of all the cleaning of a short text.
    fn are_plain_english(&self) -> bool {
        let (n_the, n_plain) = (self.counts[THE_COUNT], usize::from(self.counts[PLAIN]));
        n_the >= 2 && n_plain >= FEWEST_ENGLISH && n_plain * 100 >= self.n_words * ENGLISH_SHARE
    }

    /// The language whose small words the sample is full of.
    fn told(&self) -> Option<&'static str> {
        let counts = self.counts.map(usize::from);
        let best = (0..N_TOLD).max_by_key(|&language| counts[language])?;
        let most = counts[best];
        let second = (0..N_TOLD).filter(|&language| language != best).map(|language| counts[language]).max()?;
        let is_sure = most >= FEWEST_SMALL && most * 100 >= self.n_words * SMALL_SHARE && most >= 2 * second + 2;
        is_sure.then_some(SMALL_WORDS[best].0)
    }
}

#[cfg(test)]
mod tests {
    use super::{first_word, identified};

    #[test]
    fn words_end_at_blanks() {
        let spelt = |word: &str| word.bytes().fold(0, |number, byte| number << 8 | u64::from(byte));
        for rest in ["", " ", "\n", "\tand more", "\u{C}a", "\ra"] {
            for (word, lower) in [("", ""), ("THE", "the"), ("für", "für"), ("a\0Z", "a\u{1}z"), ("Ab@[zé", "ab@[zé")]
            {
                assert_eq!(first_word(format!("{word}{rest}").as_bytes()), (spelt(lower), word.len()), "{word}{rest}");
            }
            assert_eq!(first_word(format!("eight\u{B}88{rest}").as_bytes()).1, 8, "{rest}");
            assert_eq!(first_word(format!("newspapers{rest}").as_bytes()).1, 10, "{rest}");
        }
    }

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

//! The language of a text that does not say which it is in.

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
    if is_plain_english(&text[..end]) {
        return Some("en");
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

/// Whether a sample is so full of the small words of English that nothing needs to be asked: telling languages by
/// their letters costs more than half of all the cleaning of a short text.
fn is_plain_english(sample: &str) -> bool {
    let (mut n_words, mut n_english, mut n_the) = (0, 0, 0);
    for word in sample.split_ascii_whitespace() {
        n_words += 1;
        n_english += usize::from(ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word)));
        n_the += usize::from(word.eq_ignore_ascii_case("the"));
    }
    n_the >= 2 && n_english >= FEWEST_ENGLISH && n_english * 100 >= n_words * ENGLISH_SHARE
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

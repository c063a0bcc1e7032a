//! The words of a page: one walk over the blocks, shared by cues, shapes and the block model.

use std::sync::Arc;

use cleancopy_core::{Measure, Page, Span};

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
        let mut next = 0;
        for block in page.blocks {
            let text = block.span.in_text(page.text);
            let first = words.len() as u32;
            firsts.push(first);
            let origin = last.find(text, next);
            origins.push(origin.map(|origin| origin as u32));
            let Some(origin) = origin else {
                signs.push(split(text, block.span.start, &mut |word| words.push(word)));
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

/// First value of [`hash`].
const SEED: u32 = 0x811c_9dc5;

/// Adds one byte of a folded word to its hash (FNV-1a).
const fn hash(state: u32, byte: u8) -> u32 {
    (state ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// What a byte is to the splitter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    /// A mark that program text is full of.
    Mark,
    Alphanumeric,
    Stop,
    Quote,
    Apostrophe,
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Gap; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Alphanumeric,
            b'.' | b'!' | b'?' => Class::Stop,
            b'"' => Class::Quote,
            b'\'' => Class::Apostrophe,
            b'(' | b')' | b'{' | b'}' | b'[' | b']' | b'=' | b';' | b'%' | b'<' | b'>' | b'_' => Class::Mark,
            128.. => Class::Wide,
            _ => Class::Gap,
        };
        byte += 1;
    }
    table
};

/// ASCII letters and digits, folded; 0 for all other bytes.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The flag of a word that begins with a byte; 0 for all but ASCII letters and digits.
const FIRSTS: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => Word::LOWER,
            b'A'..=b'Z' => Word::UPPER,
            b'0'..=b'9' => Word::DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// What stands between the words of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// Number of marks that program text is full of: brackets, `=`, `;`, `%`, `<`, `>`, `_`.
    pub marks: u32,
    /// Whether the sign © stands there.
    pub copyright: bool,
}

/// Gives the words of `text`, which begins at byte `base` of the page, to `sink`.
pub(crate) fn split(text: &str, base: u32, sink: &mut impl FnMut(Word)) -> Signs {
    let bytes = text.as_bytes();
    let mut signs = Signs::default();
    let mut between = Word::FIRST | Word::OPENS;
    let mut stop = false;
    // The mark that opened the quotation in which `at` stands.
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match CLASSES[byte as usize] {
            Class::Gap => {
                if stop && byte.is_ascii_whitespace() {
                    between |= Word::OPENS;
                }
                at += 1;
            }
            Class::Mark => {
                signs.marks += 1;
                at += 1;
            }
            Class::Stop => {
                stop = true;
                at += 1;
            }
            Class::Quote => {
                quote = quote_after(quote, '"', text[at + 1..].chars().next());
                at += 1;
            }
            Class::Apostrophe => at += 1,
            Class::Alphanumeric => {
                let flags = between | quoted(quote);
                at = plain_word(bytes, at, base, flags, sink).unwrap_or_else(|| word(text, at, base, flags, sink));
                (between, stop) = (0, false);
            }
            Class::Wide => {
                let Some(c) = char_at(text, at) else { break };
                let len = c.len_utf8();
                if is_glyph(c) {
                    let (start, end) = (base + at as u32, base + (at + len) as u32);
                    let hash = bytes[at..at + len].iter().fold(SEED, |state, &byte| hash(state, byte));
                    sink(Word { start, end, hash, flags: between | quoted(quote) | Word::GLYPH });
                    (between, stop) = (0, false);
                } else if folded(c).is_some() {
                    at = word(text, at, base, between | quoted(quote), sink);
                    (between, stop) = (0, false);
                    continue;
                } else {
                    match c {
                        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '「' | '」' | '『' | '』' => {
                            quote = quote_after(quote, c, text[at + len..].chars().next());
                        }
                        '。' | '！' | '？' => between |= Word::OPENS,
                        '…' | '؟' | '।' | '۔' => stop = true,
                        '©' => signs.copyright = true,
                        c if stop && c.is_whitespace() => between |= Word::OPENS,
                        _ => {}
                    }
                }
                at += len;
            }
        }
    }
    signs
}

/// The character at byte `at`.
fn char_at(text: &str, at: usize) -> Option<char> {
    match *text.as_bytes().get(at..)? {
        // Two bytes: the letters of most scripts with an upper case.
        [first @ 0xC2..=0xDF, second, ..] => char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F)),
        _ => text[at..].chars().next(),
    }
}

const fn quoted(quote: Option<char>) -> u16 {
    if quote.is_some() { Word::QUOTED } else { 0 }
}

/// The open quotation after the mark `c`, before which `quote` was open and after which `next` stands.
///
/// Marks inside a quotation of another kind say nothing: `“the ‘moderate’ one”`.
fn quote_after(quote: Option<char>, c: char, next: Option<char>) -> Option<char> {
    let before_word = next.is_some_and(char::is_alphanumeric);
    match (quote, c) {
        (Some('"'), '"') | (Some('“' | '”'), '”') | (Some('„'), '“' | '”' | '"') => None,
        (Some('«'), '»') | (Some('»'), '«' | '»') | (Some('「'), '」') | (Some('『'), '』') => None,
        (Some('‘'), '’') if !before_word => None,
        (Some(_), _) => quote,
        (None, '"' | '“' | '„' | '«' | '「' | '『') => Some(c),
        // Some languages open with the mark with which others close.
        (None, '”' | '»' | '‘') if before_word => Some(c),
        (None, _) => None,
    }
}

/// Reads a word of ASCII letters and digits, as most are, and returns where it ends; `None` where more belongs to it.
#[inline]
fn plain_word(bytes: &[u8], start: usize, base: u32, between: u16, sink: &mut impl FnMut(Word)) -> Option<usize> {
    let mut state = SEED;
    let mut end = start;
    let mut class = Class::Gap;
    while let Some(&byte) = bytes.get(end) {
        let folded = FOLDED[byte as usize];
        if folded == 0 {
            class = CLASSES[byte as usize];
            break;
        }
        state = hash(state, folded);
        end += 1;
    }
    if matches!(class, Class::Apostrophe | Class::Wide) {
        return None;
    }
    let word = &bytes[start..end];
    let mut flags = between | FIRSTS[word[0] as usize];
    if flags & Word::LOWER == 0
        && !word.iter().any(u8::is_ascii_lowercase)
        && word.iter().filter(|byte| byte.is_ascii_uppercase()).count() > 1
    {
        flags |= Word::CAPS;
    }
    sink(Word { start: base + start as u32, end: base + end as u32, hash: state, flags });
    Some(end)
}

/// Reads the word at byte `start` and returns where it ends.
fn word(text: &str, start: usize, base: u32, between: u16, sink: &mut impl FnMut(Word)) -> usize {
    let bytes = text.as_bytes();
    let mut state = SEED;
    let mut first = FIRSTS[bytes[start] as usize];
    // Flags of all letters and digits, and how many letters there are.
    let (mut seen, mut n_letters) = (0, 0);
    let mut at = start;
    let mut end = start;
    loop {
        while let Some(&byte) = bytes.get(at).filter(|&&byte| FOLDED[byte as usize] != 0) {
            state = hash(state, FOLDED[byte as usize]);
            seen |= FIRSTS[byte as usize];
            n_letters += usize::from(byte.is_ascii_alphabetic());
            at += 1;
            end = at;
        }
        let Some(&byte) = bytes.get(at) else { break };
        match CLASSES[byte as usize] {
            Class::Apostrophe => at += 1,
            Class::Wide => {
                let Some(c) = char_at(text, at) else { break };
                let common = common(c);
                // A mark that is also a letter may open a word: it must be read, or the word never ends.
                if common.is_none() && at > start {
                    if is_apostrophe(c) {
                        at += c.len_utf8();
                        continue;
                    }
                    if is_mark(c) {
                        at += c.len_utf8();
                        end = at;
                        continue;
                    }
                }
                let Some(letter) = common.or_else(|| folded(c)) else { break };
                state = match letter as u32 {
                    code @ 0x80..0x800 => hash(hash(state, 0xC0 | (code >> 6) as u8), 0x80 | (code & 0x3F) as u8),
                    _ => letter.encode_utf8(&mut [0; 4]).bytes().fold(state, hash),
                };
                n_letters += 1;
                let is_upper = letter != c && c.is_uppercase();
                if !is_upper {
                    seen |= Word::LOWER;
                }
                if at == start {
                    first |= match () {
                        () if is_upper => Word::UPPER,
                        () if common.is_some() => Word::LOWER,
                        () if digit(c).is_some() => Word::DIGIT,
                        () if c.is_lowercase() => Word::LOWER,
                        () => Word::CASELESS,
                    };
                }
                at += c.len_utf8();
                end = at;
            }
            // Hebrew writes the mark of an abbreviation as a quotation mark: צה"ל
            Class::Quote if is_hebrew(text[..at].chars().next_back()) && is_hebrew(text[at + 1..].chars().next()) => {
                at += 1;
            }
            _ => break,
        }
    }
    if seen & Word::LOWER == 0 && n_letters > 1 {
        first |= Word::CAPS;
    }
    sink(Word { start: base + start as u32, end: base + end as u32, hash: state, flags: between | first });
    end
}

/// The lower case of the letters of most languages with cases, without a search in tables.
fn common(c: char) -> Option<char> {
    let code = c as u32;
    match c {
        'à'..='ö' | 'ø'..='ÿ' | 'а'..='џ' | 'α'..='ρ' | 'σ'..='ω' => Some(c),
        'À'..='Ö' | 'Ø'..='Þ' | 'А'..='Я' => char::from_u32(code + 32),
        'Ѐ'..='Џ' => char::from_u32(code + 80),
        '\u{100}'..='\u{12F}' | '\u{132}'..='\u{137}' | '\u{14A}'..='\u{177}' => char::from_u32(code | 1),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17E}' => char::from_u32((code + 1) & !1),
        _ => None,
    }
}

/// The lower case of a letter or digit of a word, as most write it; `None` for what ends a word.
fn folded(c: char) -> Option<char> {
    match c {
        // Most marks.
        '\u{80}'..='\u{A9}' | '\u{AB}'..='\u{B1}' | '»' | '\u{2000}'..='\u{206F}' => None,
        _ => common(c).or_else(|| folded_by_table(c)),
    }
}

/// Like [`folded`], for any character.
fn folded_by_table(c: char) -> Option<char> {
    if !is_letter(c) && (!c.is_alphanumeric() || is_glyph(c)) {
        return None;
    }
    Some(match c {
        // Capitals of Greek have no accents.
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' | 'Ί' | 'Ϊ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' | 'Ύ' | 'Ϋ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        'ς' => 'σ',
        // Hamza and the forms of yeh, heh and kaf are written or not, by country and keyboard.
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' | 'ی' => 'ي',
        'ة' | 'ہ' | 'ۀ' | 'ۂ' | 'ۃ' | 'ە' => 'ه',
        'ک' => 'ك',
        // Letters with a nukta, which may follow as a mark, and the two signs of a nasal vowel.
        '\u{0958}' => 'क',
        '\u{0959}' => 'ख',
        '\u{095A}' => 'ग',
        '\u{095B}' => 'ज',
        '\u{095C}' => 'ड',
        '\u{095D}' => 'ढ',
        '\u{095E}' => 'फ',
        '\u{0901}' => '\u{0902}',
        '\u{09DC}' => 'ড',
        '\u{09DD}' => 'ঢ',
        '\u{09DF}' => 'য',
        // Romanian has a comma below, which older fonts show as a cedilla.
        'ș' | 'Ș' => 'ş',
        'ț' | 'Ț' => 'ţ',
        // Scripts without cases, from Hebrew to Sinhala.
        '\u{05D0}'..='\u{0DFF}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    })
}

/// Whether `c` is a letter, of those that are known without a search in tables.
const fn is_letter(c: char) -> bool {
    matches!(c, '\u{0180}'..='\u{024F}' | 'Α'..='Ρ' | 'Σ'..='ώ' | '\u{05D0}'..='\u{05EA}' | '\u{0620}'..='\u{063F}'
        | '\u{0641}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{0904}'..='\u{0939}' | '\u{093E}'..='\u{094C}'
        | '\u{1E00}'..='\u{1EFF}')
}

/// The value of a digit of the scripts whose papers write numbers with their own.
pub(crate) const fn digit(c: char) -> Option<i32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(c as i32 - zero as i32)
}

const fn is_hebrew(c: Option<char>) -> bool {
    matches!(c, Some('א'..='ת'))
}

/// Whether the script of `c` writes without spaces, or joins particles to words (Hangul).
pub(crate) const fn is_glyph(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether `c` is left out inside a word and may also end a quotation beside it.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '‘' | 'ʼ' | '\u{AD}' | '״' | '׳')
}

/// Whether `c` belongs to the letter before it and is left out of the word: an accent or vowel point, a stretch, a
/// joiner, or the sign that a consonant of an Indic script has no vowel.
const fn is_mark(c: char) -> bool {
    match c {
        '\u{0300}'..='\u{036F}' | '\u{200D}' => true,
        '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' => true,
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' => true,
        '\u{0900}'..='\u{0DFF}' => matches!(c as u32 & 0x7F, 0x3C | 0x4D) || c == '\u{0DCA}',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded_as_the_tables_say() {
        for c in '\u{80}'..=char::MAX {
            assert_eq!(folded(c), folded_by_table(c), "U+{:04X}", c as u32);
        }
    }

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

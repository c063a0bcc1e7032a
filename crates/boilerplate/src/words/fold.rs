//! Letters, digits and marks: what belongs to a word, and its lower case.

/// The lower case of the letters of most languages with cases, without a search in tables.
pub(super) fn common(c: char) -> Option<char> {
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
pub(super) fn folded(c: char) -> Option<char> {
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

pub(super) const fn is_hebrew(c: Option<char>) -> bool {
    matches!(c, Some('א'..='ת'))
}

/// Whether the script of `c` writes without spaces, or joins particles to words (Hangul).
pub(crate) const fn is_glyph(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether `c` is left out inside a word and may also end a quotation beside it.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '‘' | 'ʼ' | '\u{AD}' | '״' | '׳')
}

/// Whether `c` belongs to the letter before it and is left out of the word: an accent or vowel point, a stretch, a
/// joiner, or the sign that a consonant of an Indic script has no vowel.
pub(super) const fn is_mark(c: char) -> bool {
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
}

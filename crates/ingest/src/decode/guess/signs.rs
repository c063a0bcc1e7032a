//! What a character is to a guess: a letter and its case, or a sign and how rare it is.

/// What kind of character stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A space or a line end.
    Space,
    /// A digit, ASCII punctuation.
    Gap,
    /// A letter.
    Lower,
    /// A capital letter.
    Upper,
    /// A letter of a script without case, or a mark on a letter.
    Uncased,
    /// A sign that opens a word.
    Opening,
    /// A sign that closes a word.
    Closing,
    /// A sign that may stand inside a word or close one: the apostrophe.
    Apostrophe,
    /// A sign that may stand between words without a space, such as a dash.
    Inner,
    /// Any other sign: it keeps apart from letters.
    Other,
}

impl Kind {
    pub(super) const ALL: [Self; 10] = {
        use Kind::{Apostrophe, Closing, Gap, Inner, Lower, Opening, Other, Space, Uncased, Upper};
        [Space, Gap, Lower, Upper, Uncased, Opening, Closing, Apostrophe, Inner, Other]
    };
    /// How many kinds there are.
    pub(super) const N: usize = Self::ALL.len();

    pub(super) const fn is_letter(self) -> bool {
        matches!(self, Self::Lower | Self::Upper | Self::Uncased)
    }
}

/// The kind of `char`, and what it costs in half bits if it is a sign.
///
/// The costs are judgement: signs of running text are common, ornaments and controls are not.
pub(super) fn kind(char: char) -> (Kind, u32) {
    use Kind::{Apostrophe, Closing, Gap, Inner, Lower, Opening, Other, Space, Uncased, Upper};
    match char {
        'a'..='z' => (Lower, 0),
        'A'..='Z' => (Upper, 0),
        ' ' | '\t' | '\n' | '\r' => (Space, 0),
        '\0'..='\u{1F}' if !matches!(char, '\t' | '\n' | '\r' | '\u{C}') => (Gap, 40),
        '\0'..='\u{7F}' => (Gap, 0),
        '’' => (Apostrophe, 13),
        '\u{A0}' => (Inner, 14),
        '“' => (Opening, 13),
        '”' => (Closing, 13),
        '‘' => (Opening, 16),
        '„' => (Opening, 15),
        '«' | '»' | '–' | '—' => (Inner, 15),
        '…' => (Closing, 16),
        '·' => (Inner, 19),
        '•' => (Other, 15),
        '°' | '§' | '€' | '£' | '№' => (Inner, 19),
        '©' | '®' | '™' => (Closing, 19),
        '¡' | '¿' => (Opening, 19),
        '‚' | '‹' | '›' | '´' | '½' | '¼' | '¾' | '×' | '±' | '²' | '³' | '†' | '‰' => (Other, 23),
        'ª' | 'º' => (Closing, 23),
        '\u{AD}' | '\u{200C}' | '\u{200D}' => (Inner, 20),
        '\u{200E}' | '\u{200F}' => (Inner, 24),
        '،' | '؛' | '؟' => (Closing, 12),
        '\u{80}'..='\u{9F}' => (Other, 44),
        // The sign for no currency in particular stands where a euro sign was meant.
        '¤' => (Other, 40),
        '\u{FFFD}' => (Other, 64),
        '\u{E000}'..='\u{F8FF}' => (Other, 40),
        '\u{2500}'..='\u{259F}' => (Other, 26),
        'µ' | 'ƒ' | 'ſ' => (Other, 26),
        _ if is_mark(char) => (Uncased, 0),
        _ if char.is_lowercase() => (Lower, 0),
        _ if char.is_uppercase() => (Upper, 0),
        _ if char.is_alphabetic() => (Uncased, 0),
        _ => (Other, 28),
    }
}

/// Marks that legacy encodings write after their letter: Vietnamese tones, Hebrew points, Arabic and Thai vowels.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

/// What it costs, in half bits, that a character of kind `b` follows one of kind `a`, whatever the characters are.
pub(super) const fn order(a: Kind, b: Kind) -> u32 {
    use Kind::{Apostrophe, Closing, Gap, Inner, Lower, Opening, Other, Space, Upper};
    match (a, b) {
        (Lower, Upper) => 18,
        (Upper, Lower) => 1,
        (Upper, Upper) => 3,
        (Space | Gap, Upper) => 5,
        (Space | Gap, Lower) => 1,
        (Closing | Other, _) if b.is_letter() => 10,
        (Inner, _) if b.is_letter() => 2,
        (_, Opening | Other) if a.is_letter() => 10,
        (_, Inner) if a.is_letter() => 2,
        (Opening, Space) => 6,
        (Space, Closing | Apostrophe) => 6,
        _ => 0,
    }
}

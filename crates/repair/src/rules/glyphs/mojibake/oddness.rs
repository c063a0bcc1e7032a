//! Which characters never stand side by side: the measure of broken text.

use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

/// What a character does beside letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing that could be odd.
    Plain,
    /// A letter without case, or of a script that does not mix.
    Letter,
    Lower(Case),
    Upper(Case),
    Quote,
    Low,
    Currency,
    Suffix,
    Symbol,
    Accent,
    Box,
    Dash,
    /// œ and its like.
    Foreign,
    /// U+0080 to U+009F, and the soft hyphen.
    Control,
}

/// Scripts with case that share the code pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Latin,
    Greek,
    Cyrillic,
}

/// Kinds of the characters below [`FIRST_BEYOND`].
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let mut kinds: Vec<Option<Kind>> = vec![None; FIRST_BEYOND];
    for line in include_str!("signs.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split(' ');
        let kind = named(cells.next().unwrap_or_default());
        for char in cells.filter_map(|cell| cell.chars().next()) {
            if let Some(place) = kinds.get_mut(char as usize) {
                place.get_or_insert(kind);
            }
        }
    }
    let by_letter = |code: u32| char::from_u32(code).map_or(Kind::Plain, by_letter);
    (0..).zip(kinds).map(|(code, kind)| kind.unwrap_or_else(|| by_letter(code))).collect()
});

const FIRST_BEYOND: usize = 0x2700;

/// The kind of a character.
pub(super) fn kind(char: char) -> Kind {
    match KINDS.get(char as usize) {
        Some(&kind) => kind,
        None if char.is_alphabetic() => Kind::Letter,
        None => Kind::Plain,
    }
}

/// The kind that a row of the table of signs names.
fn named(name: &str) -> Kind {
    match name {
        "quote" => Kind::Quote,
        "low" => Kind::Low,
        "currency" => Kind::Currency,
        "suffix" => Kind::Suffix,
        "symbol" => Kind::Symbol,
        "accent" => Kind::Accent,
        "box" => Kind::Box,
        "dash" => Kind::Dash,
        "foreign" => Kind::Foreign,
        _ => Kind::Plain,
    }
}

/// The kind of a character that stands in no row.
fn by_letter(char: char) -> Kind {
    let case = match char.script() {
        Script::Latin => Case::Latin,
        Script::Greek => Case::Greek,
        Script::Cyrillic => Case::Cyrillic,
        _ => return if char.is_alphabetic() { Kind::Letter } else { other(char) },
    };
    if char.is_lowercase() {
        Kind::Lower(case)
    } else if char.is_uppercase() {
        Kind::Upper(case)
    } else {
        Kind::Letter
    }
}

fn other(char: char) -> Kind {
    if matches!(char, '\u{80}'..='\u{9F}' | '\u{AD}') { Kind::Control } else { Kind::Plain }
}

impl Kind {
    /// Whether it is a letter.
    pub(super) const fn is_letter(self) -> bool {
        matches!(self, Self::Letter | Self::Lower(_) | Self::Upper(_) | Self::Foreign)
    }
}

/// Whether `b` never follows `a` in sound text when `next` follows `b`.
pub(super) fn is_odd(a: char, b: char, next: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return false;
    }
    let (left, right) = (kind(a), kind(b));
    let goes_on = || match kind(next) {
        // Quotes may close behind a quote, but a sign behind an accented letter is not quoted.
        Kind::Quote => matches!(right, Kind::Suffix | Kind::Accent) && !a.is_ascii(),
        Kind::Plain if next == '’' => matches!(right, Kind::Suffix | Kind::Accent) && !a.is_ascii(),
        Kind::Plain | Kind::Dash => false,
        // Beside an ASCII letter two signs are as likely a footnote mark or a smiley.
        Kind::Low | Kind::Currency | Kind::Suffix | Kind::Symbol | Kind::Accent | Kind::Box | Kind::Control => {
            !a.is_ascii()
        }
        _ => true,
    };
    match (left, right) {
        (_, Kind::Low | Kind::Symbol | Kind::Box) if left.is_letter() => true,
        (_, Kind::Currency) if left.is_letter() => !a.is_ascii(),
        (_, Kind::Quote | Kind::Suffix | Kind::Accent) if left.is_letter() => goes_on(),
        (Kind::Box, _) if right.is_letter() => true,
        (Kind::Symbol, Kind::Symbol | Kind::Currency | Kind::Accent | Kind::Suffix) => a != b,
        // The byte order mark.
        (Kind::Quote, Kind::Low) => a == '»' && b == '¿',
        (Kind::Suffix, Kind::Quote) => matches!(b, '«' | '‹') && goes_on_tightly(next),
        (Kind::Lower(_), Kind::Upper(_)) => !b.is_ascii(),
        (Kind::Lower(one) | Kind::Upper(one), Kind::Lower(other) | Kind::Upper(other)) => {
            let mixed = one != other && !b.is_ascii() && (!a.is_ascii() || matches!(left, Kind::Lower(_)));
            mixed || is_odd_accent(a, b)
        }
        (Kind::Lower(_) | Kind::Upper(_), Kind::Foreign) => !a.is_ascii(),
        // Arabic and Hebrew letters may go before Latin ones, as prefixes of a name, but not behind.
        (Kind::Lower(_), Kind::Letter) => a.is_ascii() && matches!(b.script(), Script::Arabic | Script::Hebrew),
        (Kind::Lower(Case::Latin) | Kind::Upper(Case::Latin), Kind::Dash) => {
            let latin = matches!(kind(next), Kind::Lower(Case::Latin) | Kind::Upper(Case::Latin));
            latin && !a.is_ascii() && !next.is_ascii()
        }
        (Kind::Dash, Kind::Symbol) | (Kind::Symbol, Kind::Dash) => goes_on_tightly(next),
        _ => false,
    }
}

/// Whether a letter with a caron stands behind one that no language with carons has, or ÔÇ, which
/// begins all typographic signs in the DOS pages and no syllable.
fn is_odd_accent(a: char, b: char) -> bool {
    if (a, b) == ('Ô', 'Ç') {
        return true;
    }
    matches!(b, 'š' | 'Š' | 'ž' | 'Ž')
        && matches!(a, 'â' | 'ã' | 'à' | 'å' | 'Â' | 'Ã' | 'Å' | 'Æ' | 'Ð' | 'Ñ' | 'Ï' | 'Î' | 'ð')
}

/// Whether something other than a space follows.
fn goes_on_tightly(next: char) -> bool {
    !next.is_whitespace() && next != '\0'
}

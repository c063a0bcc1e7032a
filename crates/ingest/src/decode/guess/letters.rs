//! Which letter follows which, language by language.

use std::sync::LazyLock;

/// The class of what is no letter: spaces, digits, signs.
pub(super) const GAP: u8 = 0;
/// The class of a letter that the language does not have.
pub(super) const FOREIGN: u8 = 1;
/// What a letter of another script inside a word costs on top, in half bits: words of two scripts are rare, and the model
/// was fitted on texts about software, which have more of them than most.
const MIXED: u8 = 12;
/// Characters below this are looked up in a table, those above by search.
const NEAR: usize = 0x600;

/// The letter pairs of one language.
pub(super) struct Language {
    pub(super) name: &'static str,
    /// Whether the letters a to z are its own.
    pub(super) latin: bool,
    near: Vec<u8>,
    far: Vec<(char, u8)>,
    n_classes: usize,
    /// -log2 of the probability of a class after a class, in half bits.
    costs: Vec<u8>,
}

/// The languages of `letters.txt`.
pub(super) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let text = include_str!("letters.txt");
    text.split("\nlanguage ").skip(1).map(Language::parse).collect()
});

impl Language {
    fn parse(entry: &'static str) -> Self {
        let mut lines = entry.lines();
        let mut header = lines.next().unwrap_or("").splitn(3, ' ');
        let name = header.next().unwrap_or("");
        let latin = header.next() == Some("Latin");
        let first = if latin { 2 + 26 } else { 2 };
        let mut near = vec![GAP; NEAR];
        let mut far = Vec::new();
        if latin {
            (0..26).for_each(|n| near[usize::from(b'a' + n)] = 2 + n);
        }
        let mut n_classes = first;
        for letter in header.next().unwrap_or("").chars() {
            match near.get_mut(letter as usize) {
                Some(class) => *class = n_classes as u8,
                None => far.push((letter, n_classes as u8)),
            }
            n_classes += 1;
        }
        far.sort_unstable();
        let cells = lines.flat_map(str::bytes).filter_map(|cell| char::from(cell).to_digit(32));
        let mut costs: Vec<u8> = cells.map(|cost| cost as u8).collect();
        costs.resize(n_classes * n_classes, 31);
        if !latin {
            for at in 2..n_classes {
                costs[n_classes + at] += MIXED;
                costs[at * n_classes + usize::from(FOREIGN)] += MIXED;
            }
        }
        Self { name, latin, near, far, n_classes, costs }
    }

    /// The class of a lower-case letter.
    pub(super) fn class(&self, letter: char) -> u8 {
        let class = match self.near.get(letter as usize) {
            Some(&class) => class,
            None => self.far.binary_search_by_key(&letter, |&(far, _)| far).map_or(GAP, |at| self.far[at].1),
        };
        if class == GAP { FOREIGN } else { class }
    }

    /// What it costs, in half bits, that class `b` follows class `a`.
    pub(super) fn cost(&self, a: u8, b: u8) -> u32 {
        u32::from(self.costs[usize::from(a) * self.n_classes + usize::from(b)])
    }
}

/// The class of an ASCII letter in a language written in the Latin alphabet.
pub(super) fn latin_class(letter: u8) -> u8 {
    2 + (letter.to_ascii_lowercase() - b'a')
}

/// A letter as the model knows it: lower case, and one of two that legacy encodings write alike.
pub(super) fn fold(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some('ș'), None) => 'ş',
        (Some('ț'), None) => 'ţ',
        (Some('\u{6CC}'), None) => '\u{64A}',
        (Some('\u{6A9}'), None) => '\u{643}',
        (Some(lower), None) => lower,
        _ => letter,
    }
}

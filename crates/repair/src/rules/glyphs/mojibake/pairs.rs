//! A quick look at two neighbours: may they be bytes of one character?

use std::sync::LazyLock;

use super::code_pages::CODE_PAGES;
use super::oddness::{Case, Kind, kind};

/// Classes of the characters of the code pages, and which of them may look odd side by side.
pub(crate) struct Pairs {
    /// Class by character; 0 for those in no page.
    classes: Vec<u8>,
    /// For each class, a bit for each class that may look odd behind it.
    odd: [u32; N_CLASSES],
}

/// The table, made on first use.
pub(crate) static PAIRS: LazyLock<Pairs> = LazyLock::new(Pairs::make);

/// All characters of the code pages but three are below this.
const FIRST_BEYOND: u32 = 0x2700;

const N_CLASSES: usize = 19;

/// The kinds by class; class 0 is no kind.
const KINDS: [Kind; N_CLASSES - 1] = [
    Kind::Plain,
    Kind::Letter,
    Kind::Lower(Case::Latin),
    Kind::Lower(Case::Greek),
    Kind::Lower(Case::Cyrillic),
    Kind::Upper(Case::Latin),
    Kind::Upper(Case::Greek),
    Kind::Upper(Case::Cyrillic),
    Kind::Quote,
    Kind::Low,
    Kind::Currency,
    Kind::Suffix,
    Kind::Symbol,
    Kind::Accent,
    Kind::Box,
    Kind::Dash,
    Kind::Foreign,
    Kind::Control,
];

impl Pairs {
    /// The class of a character.
    pub(crate) fn class(&self, code: u32) -> u8 {
        self.classes.get(code as usize).copied().unwrap_or(0)
    }

    /// Whether two neighbours of these classes need a closer look.
    pub(crate) fn may_be_odd(&self, left: u8, right: u8) -> bool {
        self.odd[usize::from(left) % N_CLASSES] >> right & 1 != 0
    }

    fn make() -> Self {
        let class = |code: u32| {
            let char = char::from_u32(code)?;
            let images = CODE_PAGES.images(char);
            let kind = match char {
                // May be odd behind small letters.
                'š' | 'ž' => Kind::Foreign,
                _ => kind(char),
            };
            let class = KINDS.iter().position(|&known| known == kind)? + 1;
            (images.leads | images.tails != 0).then_some(class as u8)
        };
        let classes = (0..FIRST_BEYOND).map(|code| class(code).unwrap_or(0)).collect();
        let mut odd = [0; N_CLASSES];
        for (left, &a) in (1..).zip(&KINDS) {
            for (right, &b) in (1..).zip(&KINDS) {
                odd[left] |= u32::from(may_be_odd(a, b)) << right;
            }
        }
        Self { classes, odd }
    }
}

/// Whether a pair of these kinds, or the first of them behind something, may be odd. Says no to what
/// sound text is full of: small letters side by side, and letters of scripts without case.
fn may_be_odd(a: Kind, b: Kind) -> bool {
    match (a, b) {
        (_, Kind::Control | Kind::Box) => true,
        (Kind::Plain, _) => false,
        (Kind::Lower(one), Kind::Lower(other)) => one != other,
        (Kind::Lower(_) | Kind::Letter, Kind::Plain)
        | (Kind::Letter, Kind::Letter | Kind::Lower(_) | Kind::Upper(_)) => false,
        _ => true,
    }
}

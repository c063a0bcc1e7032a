//! What a block looks like at a glance, so that most judges need not be asked about most blocks.

use cleancopy_core::BlockKind;

use crate::shape::End;
use crate::view::View;
use crate::zones::Zone;

/// A set of looks. Each is a condition without which some judge never claims a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looks(pub u16);

impl Looks {
    /// Begins with © or a round bracket.
    pub(crate) const SIGNED: Self = Self(1);
    /// One byte in [`Looks::DENSE_ONE_IN`] is a mark that program text is full of.
    pub(crate) const DENSE: Self = Self(1 << 1);
    /// Begins with a square bracket, or has no blank but at its ends.
    pub(crate) const UNBROKEN: Self = Self(1 << 2);
    /// A line of at most [`Looks::MAX_BAR`] words without an end mark.
    pub(crate) const LABEL: Self = Self(1 << 3);
    /// Stands below a heading of other articles, and is a list item or has no full stop.
    pub(crate) const LISTED: Self = Self(1 << 4);
    /// Begins with `#`.
    pub(crate) const HASH: Self = Self(1 << 5);
    /// Holds a number, and no more than [`Looks::MAX_DATED`] words.
    pub(crate) const DATED: Self = Self(1 << 6);
    /// Stands below the article, in round brackets or emphasised.
    pub(crate) const BRACKETED: Self = Self(1 << 7);
    /// Most words are of capitals only.
    pub(crate) const SHOUTED: Self = Self(1 << 8);
    /// Is cut off, or ends like the word of a link to more.
    pub(crate) const CUT: Self = Self(1 << 9);

    /// Number of looks.
    pub(crate) const N: usize = 10;

    /// Bytes of which one is a mark in program text; running text has fewer marks.
    pub(crate) const DENSE_ONE_IN: usize = 25;
    /// Most words of a bar of labels.
    pub(crate) const MAX_BAR: usize = 16;
    /// Most words of a line that is nothing but a time.
    pub(crate) const MAX_DATED: u32 = 24;

    /// No look.
    pub(crate) const NONE: Self = Self(0);

    /// Whether the two share a look.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The looks of a block; `headed` says that a heading of other articles stands somewhere above.
    pub(crate) fn of(view: &View<'_>, headed: bool) -> Self {
        let (text, shape) = (view.text().as_bytes(), view.shape());
        let (Some(first), Some(last)) = (text.first(), text.last()) else { return Self::UNBROKEN };
        let opens_like = match first {
            b'(' => Self::SIGNED.0 | Self::BRACKETED.0,
            b'*' | b'_' | b' ' => Self::BRACKETED.0,
            b'[' => Self::UNBROKEN.0,
            b'#' => Self::HASH.0,
            0xC2 if text.starts_with("©".as_bytes()) => Self::SIGNED.0,
            _ => 0,
        };
        let ends_open = matches!(shape.end, End::None | End::Call | End::Ellipsis);
        let has = |look: Self, holds: bool| look.0 * u16::from(holds);
        let looks = opens_like
            | has(Self::DENSE, view.signs().marks as usize * Self::DENSE_ONE_IN >= text.len())
            | has(Self::UNBROKEN, !is_broken(text))
            | has(Self::LABEL, view.words().len() <= Self::MAX_BAR && view.is_line())
            | has(Self::DATED, shape.digits > 0 && shape.words <= Self::MAX_DATED)
            | has(Self::SHOUTED, shape.caps * 3 >= shape.words * 2)
            | has(Self::CUT, shape.end == End::Ellipsis || matches!(last, b'e' | b'n' | b'r' | b'R'))
            | has(Self::LISTED, headed && (ends_open || view.kind() == BlockKind::ListItem));
        let inside = view.zone() != Zone::Tail;
        Self(if inside { looks & !Self::BRACKETED.0 } else { looks })
    }
}

/// Whether a blank stands between two bytes that no address has around it.
fn is_broken(text: &[u8]) -> bool {
    let is_inner = |byte: u8| !matches!(byte, b'<' | b'>' | b'(' | b')' | b'*' | b'-' | b' ');
    // Most texts begin with a short word and go on with another.
    let Some(blank) = text.iter().position(|&byte| byte == b' ') else { return false };
    text[..blank].iter().copied().any(is_inner) && text[blank..].iter().copied().any(is_inner)
}

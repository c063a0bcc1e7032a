//! What a rule sees: one text, its blocks, and measurements made once and shared.

use std::any::{Any, TypeId};
use std::cell::{Cell, OnceCell};
use std::hash::{Hash, Hasher};

use crate::{Block, Element, Kind, Lines, Mark, Meta, Picture, Span};

/// How paragraphs are separated in the cleaned text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Paragraphs {
    /// One blank line between paragraphs, single line feeds only inside verse, lists, tables and code.
    #[default]
    Blank,
    /// One paragraph a line.
    Newline,
}

/// How much doubt a rule of the blocks stage may act on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// The measured middle: much residue removed, very little harm.
    #[default]
    Balanced,
    /// Harm near nothing; more residue stays.
    Precision,
    /// More residue removed; more harm.
    Recall,
}

/// Settings that rules read. Plain data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// How paragraphs are separated.
    pub paragraphs: Paragraphs,
    /// How much doubt rules may act on.
    pub profile: Profile,
}

/// A measurement over a page that several rules share, such as the line table.
///
/// The value is kept by the [`Draft`](crate::Draft) and measured anew when the text has changed, so
/// `measure` clears and refills its buffers instead of making new ones.
pub trait Measure: Any + Default + Send + Sync {
    /// Replaces the value by that of `page`.
    fn measure(&mut self, page: &Page<'_>);

    /// Whether the value is that of `text` too, whatever its structure. `text` was made of the text of the value by changes
    /// at `changed`, which are spans of `text`, in order. A value that may be another is measured anew.
    fn still_holds(&mut self, text: &str, changed: &[Span]) -> bool {
        let _ = (text, changed);
        false
    }
}

/// Blocks that rules of the user's own remove from the present text, so that other rules can reckon with it.
///
/// Filled with [`Draft::measure_with`](crate::Draft::measure_with); without that no block is.
#[derive(Debug, Default)]
pub struct Taken {
    /// Ascending numbers of blocks.
    pub blocks: Vec<u32>,
}

impl Measure for Taken {
    fn measure(&mut self, _: &Page<'_>) {
        self.blocks.clear();
    }
}

/// What a rule sees.
pub struct Page<'a> {
    /// The text; every span a rule writes is in bytes of it.
    pub text: &'a str,
    /// What the document was.
    pub kind: Kind,
    /// Its blocks; empty for plain text before the lines stage.
    pub blocks: &'a [Block],
    /// Its inline markup.
    pub marks: &'a [Mark],
    /// HTML elements that blocks refer to.
    pub elements: &'a [Element],
    /// Pictures of an HTML page that have words in their place.
    pub pictures: &'a [Picture],
    /// What is known about the document so far.
    pub meta: &'a Meta,
    /// Settings of the run.
    pub settings: Settings,
    pub(crate) measures: &'a Measures,
}

impl<'a> Page<'a> {
    /// The measurement `T` of this text, made on first use and lent by the draft.
    pub fn measured<T: Measure>(&self) -> &'a T {
        self.measures.get(self)
    }

    /// The line table.
    pub fn lines(&self) -> &'a Lines {
        self.measured()
    }
}

/// The measurements of one draft, kept between documents so that their buffers are reused.
///
/// Lists that only grow, so that one measurement can be lent out while others are made. In which a measurement stands
/// follows from its type: most stand first in theirs.
#[derive(Default)]
pub(crate) struct Measures {
    lists: [OnceCell<Box<Node>>; N_LISTS],
    /// The lists that may hold a measurement of the present text, a bit each: few are made of most texts.
    fresh: Cell<u32>,
}

/// More than there are types of measurements, nearly; a bit each in [`Measures::fresh`].
const N_LISTS: usize = 32;

struct Node {
    type_id: TypeId,
    slot: Box<dyn Slot>,
    next: OnceCell<Box<Node>>,
}

/// A [`Kept`] measurement of whatever type.
trait Slot: Any + Send {
    /// Marks it as made for another text.
    fn expire(&mut self);

    /// Marks it as made for another text, unless it still holds. Returns whether it does.
    fn check(&mut self, text: &str, changed: &[Span]) -> bool;
}

/// One measurement, in a box since it goes to and fro for each text.
struct Kept<T> {
    /// That of the present text.
    fresh: OnceCell<Box<T>>,
    /// That of an earlier text, for its buffers.
    stale: Cell<Option<Box<T>>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { fresh: OnceCell::new(), stale: Cell::new(None) }
    }
}

impl<T: Measure> Slot for Kept<T> {
    fn expire(&mut self) {
        if let Some(value) = self.fresh.take() {
            self.stale.set(Some(value));
        }
    }

    fn check(&mut self, text: &str, changed: &[Span]) -> bool {
        let holds = self.fresh.get_mut().is_some_and(|value| value.still_holds(text, changed));
        if !holds {
            self.expire();
        }
        holds
    }
}

impl<T: Measure> Kept<T> {
    /// Makes the measurement by `fill`, in the buffers of the old one.
    #[inline(never)]
    fn fill(&self, fill: impl FnOnce(&mut T)) -> &T {
        self.fresh.get_or_init(|| {
            let mut value = self.stale.take().unwrap_or_default();
            fill(&mut value);
            value
        })
    }
}

impl Measures {
    /// Marks all measurements as made for another text.
    pub(crate) fn expire(&mut self) {
        self.retain(|slot| {
            slot.expire();
            false
        });
    }

    /// Marks the measurements as made for another text that no longer hold.
    pub(crate) fn check(&mut self, text: &str, changed: &[Span]) {
        self.retain(|slot| slot.check(text, changed));
    }

    /// Shows all measurements of the present text to `holds`, which says whether each is still one.
    fn retain(&mut self, mut holds: impl FnMut(&mut dyn Slot) -> bool) {
        let mut fresh = self.fresh.take();
        while fresh != 0 {
            let place = fresh.trailing_zeros();
            fresh &= fresh - 1;
            let mut next = self.lists[place as usize].get_mut();
            while let Some(node) = next {
                if holds(node.slot.as_mut()) {
                    *self.fresh.get_mut() |= 1 << place;
                }
                next = node.next.get_mut();
            }
        }
    }

    /// Marks the measurement `T` as made for another text.
    pub(crate) fn forget<T: Measure>(&mut self) {
        let mut next = self.lists[place_of(TypeId::of::<T>())].get_mut();
        while let Some(node) = next {
            if node.type_id == TypeId::of::<T>() {
                node.slot.expire();
            }
            next = node.next.get_mut();
        }
    }

    /// The measurement `T`, made by `fill` if there is none.
    pub(crate) fn get_or_fill<T: Measure>(&self, fill: impl FnOnce(&mut T)) -> &T {
        let type_id = TypeId::of::<T>();
        let place = place_of(type_id);
        let kept = self.slot::<T>(type_id, place);
        if let Some(value) = kept.fresh.get() {
            return value;
        }
        self.fresh.set(self.fresh.get() | 1 << place);
        kept.fill(fill)
    }

    fn get<T: Measure>(&self, page: &Page<'_>) -> &T {
        self.get_or_fill(|value: &mut T| value.measure(page))
    }

    fn slot<T: Measure>(&self, type_id: TypeId, place: usize) -> &Kept<T> {
        let mut next = &self.lists[place];
        loop {
            let node = next.get_or_init(|| {
                let slot = Box::<Kept<T>>::default();
                Box::new(Node { type_id, slot, next: OnceCell::new() })
            });
            let slot: &dyn Any = node.slot.as_ref();
            if node.type_id == type_id
                && let Some(kept) = slot.downcast_ref()
            {
                return kept;
            }
            next = &node.next;
        }
    }
}

/// The list of a type.
#[inline]
fn place_of(type_id: TypeId) -> usize {
    /// Takes over the number that a type is, which is as good as random.
    struct Number(u64);

    impl Hasher for Number {
        fn finish(&self) -> u64 {
            self.0
        }

        fn write(&mut self, bytes: &[u8]) {
            self.0 = bytes.iter().fold(self.0, |number, byte| number << 8 | u64::from(*byte));
        }

        fn write_u64(&mut self, number: u64) {
            self.0 = number;
        }
    }

    let mut number = Number(0);
    type_id.hash(&mut number);
    number.0 as usize % N_LISTS
}

//! What a rule sees: one text, its blocks, and measurements made once and shared.

use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::{Block, Element, Kind, Lines, Mark, Meta, Picture};

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

impl Page<'_> {
    /// The measurement `T` of this text, made on first use.
    pub fn measured<T: Measure>(&self) -> Arc<T> {
        self.measures.get(self)
    }

    /// The line table.
    pub fn lines(&self) -> Arc<Lines> {
        self.measured()
    }
}

struct Slot {
    type_id: TypeId,
    fresh: bool,
    value: Option<Arc<dyn Any + Send + Sync>>,
}

/// The measurements of one draft, kept between documents so that their buffers are reused.
#[derive(Default)]
pub(crate) struct Measures {
    slots: RefCell<Vec<Slot>>,
    /// Index of the slot that was asked for last: rules that run one after another mostly share it.
    last: Cell<usize>,
}

impl Measures {
    /// Marks all measurements as made for another text.
    pub(crate) fn expire(&self) {
        for slot in self.slots.borrow_mut().iter_mut() {
            slot.fresh = false;
        }
    }

    fn get<T: Measure>(&self, page: &Page<'_>) -> Arc<T> {
        let type_id = TypeId::of::<T>();
        let stale = {
            let mut slots = self.slots.borrow_mut();
            let is_it = |slot: &Slot| slot.type_id == type_id;
            let at = Some(self.last.get()).filter(|&last| slots.get(last).is_some_and(is_it));
            match at.or_else(|| slots.iter().position(is_it)) {
                Some(at) => {
                    self.last.set(at);
                    let slot = &mut slots[at];
                    if !slot.fresh {
                        return self.refresh(page, slot.value.take(), slots);
                    }
                    slot.value.clone().and_then(|value| value.downcast().ok())
                }
                None => None,
            }
        };
        match stale {
            Some(value) => value,
            None => self.refresh(page, None, self.slots.borrow_mut()),
        }
    }

    /// Measures `page` into the old value where nobody holds it, else into a new one.
    ///
    /// The borrow is given back while measuring, since a measurement may ask for another.
    fn refresh<T: Measure>(
        &self,
        page: &Page<'_>,
        old: Option<Arc<dyn Any + Send + Sync>>,
        slots: std::cell::RefMut<'_, Vec<Slot>>,
    ) -> Arc<T> {
        drop(slots);
        self.renew(old, |value: &mut T| value.measure(page))
    }

    /// Takes the measurement `T` from `fill`.
    pub(crate) fn fill<T: Measure>(&self, page: &Page<'_>, fill: impl FnOnce(&Page<'_>, &mut T)) {
        let type_id = TypeId::of::<T>();
        let old =
            self.slots.borrow_mut().iter_mut().find(|slot| slot.type_id == type_id).and_then(|slot| slot.value.take());
        self.renew(old, |value: &mut T| fill(page, value));
    }

    fn renew<T: Measure>(&self, old: Option<Arc<dyn Any + Send + Sync>>, fill: impl FnOnce(&mut T)) -> Arc<T> {
        let mut value: Arc<T> = old.and_then(|old| old.downcast().ok()).unwrap_or_default();
        if let Some(value) = Arc::get_mut(&mut value) {
            fill(value);
        } else {
            let mut anew = T::default();
            fill(&mut anew);
            value = Arc::new(anew);
        }
        let mut slots = self.slots.borrow_mut();
        let type_id = TypeId::of::<T>();
        let slot = Slot { type_id, fresh: true, value: Some(value.clone()) };
        match slots.iter_mut().find(|slot| slot.type_id == type_id) {
            Some(known) => *known = slot,
            None => slots.push(slot),
        }
        value
    }
}

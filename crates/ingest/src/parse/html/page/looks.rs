//! How an element is shown, by its attributes.

use crate::parse::html::token::Start;

/// How many attributes are kept that name an element beside its class and id.
pub(super) const MOST_NAMES: usize = 3;

/// Attributes by which pages name the parts that they are made of.
static NAMES: &[&str] = &[
    "role",
    "itemprop",
    "aria-label",
    "data-component",
    "data-component-name",
    "data-testid",
    "data-test-id",
    "data-test",
    "data-qa",
    "data-module",
    "data-block",
    "data-type",
    "data-name",
    "data-role",
];

/// What the attributes of an element say of how it is shown.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute that is there or not")]
pub(super) struct Looks<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    /// What other attributes call it; the first few, empty ones last.
    pub(super) names: [&'a str; MOST_NAMES],
    pub(super) is_hidden: bool,
    pub(super) is_block: bool,
    pub(super) is_link: bool,
    /// Where it leads.
    pub(super) href: &'a str,
    pub(super) is_open: bool,
    pub(super) start: Option<i64>,
    pub(super) value: Option<i64>,
}

impl<'a> Looks<'a> {
    pub(super) fn of(start: &Start<'a>) -> Self {
        let mut looks = Self::default();
        let mut is_hidden = false;
        for (name, value) in start.attributes() {
            match name.len() {
                5 if name.eq_ignore_ascii_case("class") => looks.class = value,
                2 if name.eq_ignore_ascii_case("id") => looks.id = value,
                6 if name.eq_ignore_ascii_case("hidden") => {
                    is_hidden = !value.eq_ignore_ascii_case("until-found");
                }
                5 if name.eq_ignore_ascii_case("style") => {
                    looks.is_hidden |= declares(value, "display", "none") || declares(value, "visibility", "hidden");
                    looks.is_block |= declares(value, "display", "block");
                }
                4 if name.eq_ignore_ascii_case("href") => {
                    looks.is_link |= leads_elsewhere(value);
                    looks.href = value;
                }
                4 if name.eq_ignore_ascii_case("open") => looks.is_open = true,
                // A template that a browser shows at once: the inside of an element of the page's own.
                10 | 14 if name.eq_ignore_ascii_case("shadowroot") || name.eq_ignore_ascii_case("shadowrootmode") => {
                    looks.is_open = true;
                }
                5 if name.eq_ignore_ascii_case("start") => looks.start = value.trim().parse().ok(),
                5 if name.eq_ignore_ascii_case("value") => looks.value = value.trim().parse().ok(),
                4 | 8.. if NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)) => looks.call(value),
                _ => {}
            }
        }
        // What a server sends late comes hidden, for a script to put into its place.
        looks.is_hidden |= is_hidden && !looks.id.starts_with("S:");
        looks
    }

    fn call(&mut self, name: &'a str) {
        if let Some(free) = self.names.iter_mut().find(|name| name.is_empty()) {
            *free = name;
        }
    }
}

/// Whether an address leads to another page; one that begins with `#` names a place on this page, unless it is a
/// button's.
fn leads_elsewhere(address: &str) -> bool {
    address.trim_start().strip_prefix('#').is_none_or(str::is_empty)
}

/// Whether a `style` attribute gives a property this value.
fn declares(style: &str, property: &str, value: &str) -> bool {
    style.split(';').any(|declaration| {
        declaration.split_once(':').is_some_and(|(name, given)| {
            let given = given.split('!').next().unwrap_or(given);
            name.trim().eq_ignore_ascii_case(property) && given.trim().eq_ignore_ascii_case(value)
        })
    })
}

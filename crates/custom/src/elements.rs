//! The recorded elements of a page as a tree that CSS selectors can be matched on.
//!
//! Built only for a page on which a rule with a selector may apply. Tag, class, id and nesting are there;
//! other attributes and unrecorded siblings are not.

use cleancopy_core::Page;
use html5ever::interface::Attribute;
use html5ever::{LocalName, QualName, ns};
use scraper::node::Element;
use scraper::{Html, Node, Selector};

/// The attribute that holds an element's index.
const INDEX: &str = "cleancopy-index";

/// Reads a selector.
pub(crate) fn selector(source: &str) -> Result<Selector, String> {
    Selector::parse(source).map_err(|error| format!("is no CSS selector: {error}"))
}

/// The elements of one page as `scraper` sees them.
pub(crate) struct Elements(Html);

impl Elements {
    pub(crate) fn of(page: &Page<'_>) -> Self {
        let mut html = Html::new_document();
        let mut ids = vec![html.tree.root().id()];
        for (index, element) in page.elements.iter().enumerate() {
            let attribute = |name: &str, value: &str| Attribute {
                name: QualName::new(None, ns!(), LocalName::from(name)),
                value: value.into(),
            };
            let mut attributes = vec![attribute(INDEX, &index.to_string())];
            let own = [("class", &element.class), ("id", &element.id)];
            attributes.extend(own.iter().filter(|own| !own.1.is_empty()).map(|(name, value)| attribute(name, value)));
            let name = QualName::new(None, ns!(html), LocalName::from(element.tag.as_str()));
            let parent = element.parent.map_or(0, |parent| parent as usize + 1);
            let id = match html.tree.get_mut(*ids.get(parent).unwrap_or(&ids[0])) {
                Some(mut parent) => parent.append(Node::Element(Element::new(name, attributes))).id(),
                None => ids[0],
            };
            ids.push(id);
        }
        Self(html)
    }

    /// For each element of the page, whether it or one that holds it matches.
    pub(crate) fn inside(&self, selector: &Selector, page: &Page<'_>) -> Vec<bool> {
        let mut inside = vec![false; page.elements.len()];
        for found in self.0.select(selector) {
            let index = found.value().attr(INDEX).and_then(|index| index.parse::<usize>().ok());
            if let Some(matched) = index.and_then(|index| inside.get_mut(index)) {
                *matched = true;
            }
        }
        for index in 0..inside.len() {
            if let Some(parent) = page.elements[index].parent {
                inside[index] |= inside.get(parent as usize).copied().unwrap_or(false);
            }
        }
        inside
    }
}

//! Which element holds the article.

use cleancopy_core::Element;

use super::Node;
use super::names::Part;

/// How much the share of running text in an element's text counts against its amount: the exponent of the share.
const DENSITY: f32 = 0.5;

/// What it is worth to be called the body of an article.
const BODY: f32 = 1.8;

/// What it is worth to be an element for articles.
const ARTICLE: f32 = 1.15;

/// What it is worth to be the main element of the page.
const MAIN: f32 = 1.05;

/// Whether a tag holds blocks; others are blocks themselves.
fn may_hold(tag: &str) -> bool {
    !matches!(
        tag,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "blockquote"
            | "dl"
            | "dt"
            | "dd"
            | "pre"
            | "tr"
            | "address"
            | "figure"
    )
}

/// How much an element is like one that holds an article.
fn score(element: &Element, node: &Node) -> f32 {
    if node.live == 0 || !may_hold(&element.tag) {
        return 0.0;
    }
    let share = (node.live as f32 / node.text.max(1) as f32).min(1.0);
    let named = match element.names.split(' ').next().unwrap_or_default() {
        _ if node.parts.has(Part::Body) => BODY,
        "article" => ARTICLE,
        "main" => MAIN,
        _ if element.tag == "article" => ARTICLE,
        _ if element.tag == "main" => MAIN,
        _ => 1.0,
    };
    node.live as f32 * share.powf(DENSITY) * named
}

/// The element that holds the article: the innermost of those with the highest score.
pub(super) fn choose(elements: &[Element], nodes: &[Node]) -> usize {
    let mut best = (0, 0.0);
    for (index, (element, node)) in elements.iter().zip(nodes).enumerate() {
        let score = score(element, node);
        if score >= best.1 && score > 0.0 {
            best = (index, score);
        }
    }
    best.0
}

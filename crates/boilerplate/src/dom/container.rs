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

/// Fewest bytes of running text of another part of the article.
const MIN_TWIN: u32 = 250;

/// Most link text of an `article` beside another that is a part of the same article, and not one that leads to another.
const MAX_LINKED: f32 = 0.4;

/// Other elements that hold parts of an article which is cut in several.
pub(super) fn twins(elements: &[Element], nodes: &[Node], chosen: usize) -> Vec<usize> {
    let bodies = other_bodies(elements, nodes, chosen);
    if bodies.is_empty() { other_articles(elements, nodes, chosen) } else { bodies }
}

fn above(elements: &[Element], index: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(elements[index].parent, |at| elements[*at as usize].parent).map(|at| at as usize)
}

/// Elements of the same tag, class and depth as the chosen one, called bodies of articles too, and in the same whole
/// article, if in one.
fn other_bodies(elements: &[Element], nodes: &[Node], chosen: usize) -> Vec<usize> {
    let element = &elements[chosen];
    if !nodes[chosen].parts.has(Part::Body) || element.class.is_empty() {
        return Vec::new();
    }
    let whole =
        |index: usize| above(elements, index).find(|at| elements[*at].tag == "article" || nodes[*at].parts.is_post());
    let (depth, around) = (above(elements, chosen).count(), whole(chosen));
    let is_twin = |index: &usize| {
        let (other, node) = (&elements[*index], &nodes[*index]);
        *index != chosen
            && other.tag == element.tag
            && other.class == element.class
            && node.junk.is_none()
            && node.live >= MIN_TWIN
            && above(elements, *index).count() == depth
            && whole(*index) == around
    };
    (0..elements.len()).filter(is_twin).collect()
}

/// The elements `article` beside the one that the chosen element is in, if none of them leads to another page.
fn other_articles(elements: &[Element], nodes: &[Node], chosen: usize) -> Vec<usize> {
    let is_article = |at: &usize| elements[*at].tag == "article";
    let Some(own) = std::iter::once(chosen).chain(above(elements, chosen)).find(is_article) else { return Vec::new() };
    let is_called_other = |at: usize| {
        nodes[at].junk.is_some() || nodes[at].parts.has(Part::Comments) || nodes[at].parts.has(Part::Related)
    };
    let is_beside = |at: &usize| {
        is_article(at) && *at != own && elements[*at].parent == elements[own].parent && !is_called_other(*at)
    };
    let beside: Vec<usize> = (0..elements.len()).filter(is_beside).collect();
    if beside.iter().all(|at| elements[*at].link_density() <= MAX_LINKED) { beside } else { Vec::new() }
}

//! Lists of what readers wrote, known by the button to reply under each post.

use cleancopy_core::Page;

use super::Node;
use crate::cues::{Cue, Cues};
use crate::shape::Shapes;

/// Fewest posts of a list.
const MIN_POSTS: u32 = 3;

/// Most words of the line with the button: `Reply Like (3) Share Report`.
const MAX_BUTTONS: u32 = 8;

/// What is known of an element.
#[derive(Clone, Copy, Debug, Default)]
struct Element {
    /// Whether a button to reply is in it.
    is_answered: bool,
    /// Elements in it, not deeper, with such a button.
    n_posts: u32,
    /// Running text of those, bytes.
    prose: u32,
}

/// Finds such lists.
#[derive(Debug, Default)]
pub(super) struct Posts {
    elements: Vec<Element>,
}

impl Posts {
    /// Looks for the buttons of `page`.
    pub(super) fn find(&mut self, page: &Page<'_>, shapes: &Shapes, nodes: &[Node]) {
        let cues = page.measured::<Cues>();
        self.elements.clear();
        for (index, block) in page.blocks.iter().enumerate() {
            let shape = shapes.of(index);
            if !cues.of(index).has(Cue::Reply) || shape.words > MAX_BUTTONS || shape.ends_sentence() {
                continue;
            }
            self.elements.resize(page.elements.len(), Element::default());
            let mut inner = block.element;
            while let Some(at) = inner.filter(|at| !self.elements[*at as usize].is_answered) {
                self.elements[at as usize].is_answered = true;
                inner = page.elements[at as usize].parent;
                if let Some(outer) = inner {
                    let outer = &mut self.elements[outer as usize];
                    outer.n_posts += 1;
                    outer.prose += nodes[at as usize].prose;
                }
            }
        }
    }

    /// Whether an element is a list of posts: most of its running text is in elements with such a button.
    pub(super) fn is_list(&self, element: usize, node: &Node) -> bool {
        self.elements.get(element).is_some_and(|known| known.n_posts >= MIN_POSTS && known.prose * 2 >= node.prose)
    }
}

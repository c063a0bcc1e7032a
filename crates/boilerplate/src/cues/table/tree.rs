//! Builds the phrase table: phrases are read into a tree, choice by choice, and the tree is frozen.

use std::num::NonZeroU32;

use super::{ANY, Bits, GAP, Glance, MAX_GAP, NUMBER, Node, Place, Table};
use crate::cues::Cue;
use crate::slots::Slots;
use crate::words::{is_glyph, split};

/// Which word leads from which node to which: a table with open addressing.
pub(super) struct Edges {
    /// `(node, word, child)`; a child of 0 is an empty slot.
    slots: Vec<(u32, u32, u32)>,
    len: usize,
}

impl Edges {
    pub(super) fn new(n_slots: usize) -> Self {
        Self { slots: vec![(0, 0, 0); n_slots], len: 0 }
    }

    /// Where the edge stands, or where it goes.
    fn place(&self, node: u32, word: u32) -> usize {
        let mask = self.slots.len() - 1;
        let hash = (node.wrapping_mul(0x9e37_79b1) ^ word.wrapping_mul(0x85eb_ca6b)).rotate_right(15);
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                (_, _, 0) => return slot,
                (from, by, _) if from == node && by == word => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The child to which `word` leads from `node`: `next` where none did before.
    fn get_or_add(&mut self, node: u32, word: u32, next: u32) -> u32 {
        let slot = self.place(node, word);
        let known = self.slots[slot].2;
        if known != 0 {
            return known;
        }
        self.slots[slot] = (node, word, next);
        self.len += 1;
        if self.len * 3 > self.slots.len() {
            let twice = vec![(0, 0, 0); 2 * self.slots.len()];
            let slots = std::mem::replace(&mut self.slots, twice);
            for edge in slots.into_iter().filter(|(_, _, child)| *child != 0) {
                let slot = self.place(edge.0, edge.1);
                self.slots[slot] = edge;
            }
        }
        next
    }
}

/// The trie while it is being built.
pub(super) struct Tree {
    edges: Edges,
    /// For each node the first three words that lead to it.
    starts_of: Vec<[Option<u32>; 3]>,
    /// Where phrases end: the node, what they say, where they must stand.
    ends: Vec<(u32, Cue, Place)>,
    glance: Glance,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self { edges: Edges::new(1 << 17), starts_of: vec![[None; 3]], ends: Vec::new(), glance: Glance::new() }
    }

    pub(super) fn add(&mut self, cue: Cue, phrase: &str) {
        let mut place = Place::default();
        let mut phrase = phrase;
        while let Some((mark, rest)) = phrase.split_at_checked(1).filter(|(mark, _)| matches!(*mark, "^" | ">")) {
            *(if mark == "^" { &mut place.first } else { &mut place.opens }) = true;
            phrase = rest;
        }
        if let Some(rest) = phrase.strip_suffix('$') {
            place.last = true;
            phrase = rest;
        }
        let (mut rest, mut nodes) = (phrase, vec![0]);
        self.advance(&mut rest, &mut nodes);
        assert!(rest.is_empty(), "a choice is not open before {rest:?} in {phrase:?}");
        for node in nodes {
            assert!(node != 0, "the phrase {phrase:?} of {cue:?} has no word");
            self.note_start(node, place);
            self.ends.push((node, cue, place));
        }
    }

    /// Leads all of `nodes` on by the phrase in `rest`, up to the bar or bracket that ends it, to as many as its choices
    /// `(a|b)` make of them. Choices may hold choices.
    fn advance(&mut self, rest: &mut &str, nodes: &mut Vec<u32>) {
        let in_word = |c: char| c.is_alphanumeric() && !is_glyph(c) || matches!(c, '\'' | '’');
        loop {
            let (text, mark) = rest.split_at(rest.find(['(', '|', ')']).unwrap_or(rest.len()));
            self.read(text, nodes);
            *rest = mark;
            if !mark.starts_with('(') {
                return;
            }
            let from = std::mem::take(nodes);
            let mut cut = false;
            while !rest.starts_with(')') {
                let choice = rest.get(1..).unwrap_or_else(|| panic!("a choice is not closed in {mark:?}"));
                *rest = choice;
                let mut of_choice = from.clone();
                self.advance(rest, &mut of_choice);
                nodes.append(&mut of_choice);
                let choice = &choice[..choice.len() - rest.len()];
                assert!(!text.ends_with(in_word) || !choice.starts_with(in_word), "{mark:?} goes on inside a word");
                cut |= if choice.is_empty() { text } else { choice }.ends_with(in_word);
            }
            nodes.sort_unstable();
            nodes.dedup();
            *rest = &rest[1..];
            assert!(!cut || !rest.starts_with(in_word), "{mark:?} ends inside a word");
        }
    }

    /// Leads `nodes` on by words.
    fn read(&mut self, text: &str, nodes: &mut [u32]) {
        let mut lead = |step: u32| nodes.iter_mut().for_each(|node| *node = self.step(*node, step));
        for part in text.split_ascii_whitespace() {
            match part {
                "*" => lead(ANY),
                "#" => lead(NUMBER),
                gap if gap.starts_with('~') => {
                    let n = gap[1..].parse().ok().filter(|n| (1..=MAX_GAP).contains(n));
                    lead(GAP + n.expect("a gap has 1 to 5 words"));
                }
                _ => {
                    split(part, 0, &mut |word| lead(word.hash));
                }
            }
        }
    }

    /// The node to which `word` leads from `node`.
    fn step(&mut self, node: u32, word: u32) -> u32 {
        let next = self.starts_of.len() as u32;
        let child = self.edges.get_or_add(node, word, next);
        if child == next {
            let mut start = self.starts_of[node as usize];
            if let Some(place) = start.iter_mut().find(|place| place.is_none()) {
                *place = Some(word);
            }
            self.starts_of.push(start);
        }
        child
    }

    /// Notes the first words of the phrase that ends at `node` wherever it may stand.
    fn note_start(&mut self, node: u32, place: Place) {
        let is_word = |step: &u32| *step > GAP + MAX_GAP;
        let [first, second, third] = self.starts_of[node as usize];
        let [second, third] = [second, third].map(|step| step.filter(is_word).unwrap_or(0));
        let Some(first) = first else { return };
        let has_place = place.first || place.opens;
        assert!(has_place || is_word(&first) || first == NUMBER, "a phrase that opens with a free word has a place");
        if !has_place {
            self.glance.add([first, second, third]);
        }
    }

    pub(super) fn freeze(mut self) -> Table {
        let mut firsts = Bits::new();
        let mut roots =
            Slots::with_room(self.edges.slots.iter().filter(|(node, _, child)| *node == 0 && *child != 0).count());
        let mut nodes = vec![Node::default(); self.starts_of.len()];
        let all = || self.edges.slots.iter().filter(|(_, _, child)| *child != 0);
        for &(node, word, child) in all() {
            if node == 0 {
                firsts.add(word);
                if let Some(child) = NonZeroU32::new(child) {
                    roots.add(word, child);
                }
            }
            let from = &mut nodes[node as usize];
            from.edges.1 += 1;
            match word {
                ANY => from.wild |= 1,
                NUMBER => from.wild |= 2,
                gap if (GAP..=GAP + MAX_GAP).contains(&gap) => from.wild |= 4 << (gap - GAP),
                word => from.next |= 1 << (word & 63),
            }
        }
        let mut first = 0;
        for node in &mut nodes {
            let len = std::mem::replace(&mut node.edges, (first, first)).1;
            first += len;
        }
        let mut edges = vec![(0, 0); first as usize];
        for &(node, word, child) in all() {
            let after = &mut nodes[node as usize].edges.1;
            edges[*after as usize] = (word, child);
            *after += 1;
        }
        for node in &nodes[1..] {
            edges[node.edges.0 as usize..node.edges.1 as usize].sort_unstable();
        }
        // Phrases of one node stay in the order of the tables.
        self.ends.sort_by_key(|(node, ..)| *node);
        for of_node in self.ends.chunk_by(|a, b| a.0 == b.0) {
            let ends = &mut nodes[of_node[0].0 as usize].ends;
            *ends = (0, of_node.len() as u32);
        }
        let mut first = 0;
        for node in &mut nodes {
            node.ends = (first, first + node.ends.1);
            first = node.ends.1;
        }
        let ends = self.ends.into_iter().map(|(_, cue, place)| (cue, place)).collect();

        let opener = |gap| roots.get(GAP + gap).map(|child| (gap, child.get()));
        let openers = (1..=MAX_GAP).filter_map(opener).collect();
        let (any, number) = (roots.get(ANY).map(NonZeroU32::get), roots.get(NUMBER).map(NonZeroU32::get));
        Table { edges, roots, nodes, ends, firsts, glance: self.glance, any, number, openers }
    }
}

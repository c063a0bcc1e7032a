//! The phrase table: reads `tables/*.txt` into a trie over word hashes.
//!
//! A table line is `lang phrase`. In a phrase, words are folded like the text; `(a|b|)` is a choice,
//! `*` any one word, `~3` up to three words, `#` a word that begins with a digit. A leading `^` asks for the start of a block,
//! `>` for the start of a sentence; a trailing `$` for the end of the block.

mod tree;

use std::sync::LazyLock;

use super::kinds::Cue;
use crate::words::Word;
use tree::{Edges, Tree};

/// Where a phrase must stand.
#[derive(Clone, Copy, Default)]
struct Place {
    first: bool,
    opens: bool,
    last: bool,
}

/// Stand-ins for the hash of a word: any word, a number, up to [`MAX_GAP`] words.
const ANY: u32 = 1;
const NUMBER: u32 = 2;
const GAP: u32 = 8;

/// Most words of a block in which a phrase that begins with free words is looked for whatever the first word is.
const MAX_LABEL: usize = 4;

/// Longest gap, words.
const MAX_GAP: u32 = 5;

/// A place in the trie.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Its phrases in [`Table::ends`].
    ends: (u32, u32),
    /// Its words and their children in [`Table::edges`].
    edges: (u32, u32),
    /// Bit 0: has a child for any word; bit 1: for a number; bit 2 + n: for a gap of up to n words.
    wild: u8,
    /// Bit set over the low bits of the words that lead on from here: most words are refused without a look
    /// at the edges.
    next: u64,
}

impl Node {
    /// Whether a phrase may go on with `word`.
    fn may_lead(&self, word: u32) -> bool {
        self.next & (1 << (word & 63)) != 0
    }

    /// Whether nothing can be found here but by a word that leads on.
    fn is_plain(&self) -> bool {
        self.ends.0 == self.ends.1 && self.wild == 0
    }
}

/// Edges of a node among which one is sought one by one.
const MAX_WALKED: usize = 8;

/// A trie over word hashes, frozen.
pub(super) struct Table {
    /// Words with the nodes to which they lead, by node and word: those of one phrase lie side by side.
    edges: Vec<(u32, u32)>,
    /// The edges of the root, which are many.
    roots: Edges,
    nodes: Vec<Node>,
    ends: Vec<(Cue, Place)>,
    /// Words with which phrases begin that may stand anywhere, at the start of a sentence, at the start of a block.
    starts: [Starts; 3],
    /// All first words: a phrase that begins with free words is looked for only where another may begin, and in labels.
    firsts: Bits<1024>,
}

/// The first words of phrases, as bit sets over their hashes.
///
/// Most words lead nowhere in the trie; these say so without a look at it.
struct Starts {
    firsts: Bits<1024>,
    /// Pairs of first and second word. A phrase without a second word, or whose second word is free, stands
    /// under its first word and 0.
    pairs: Bits<4096>,
    /// Likewise the first three words of phrases with a second word.
    triples: Bits<4096>,
}

/// A bit set over hashes, of `N` times 64 bits.
struct Bits<const N: usize>(Box<[u64; N]>);

impl<const N: usize> Bits<N> {
    fn new() -> Self {
        Self(Box::new([0; N]))
    }

    fn add(&mut self, hash: u32) {
        let bit = hash as usize % (64 * N);
        self.0[bit >> 6] |= 1 << (bit & 63);
    }

    fn has(&self, hash: u32) -> bool {
        let bit = hash as usize % (64 * N);
        self.0[bit >> 6] & (1 << (bit & 63)) != 0
    }
}

impl Starts {
    fn new() -> Self {
        Self { firsts: Bits::new(), pairs: Bits::new(), triples: Bits::new() }
    }

    /// Adds a phrase by its first words; 0 stands for none and for a free one.
    fn add(&mut self, [first, second, third]: [u32; 3]) {
        self.firsts.add(first);
        self.pairs.add(pair(first, second));
        if second != 0 {
            self.triples.add(pair(pair(first, second), third));
        }
    }

    /// Whether a phrase may begin with `first` and the words after it.
    fn has(&self, first: u32, [second, third]: [u32; 2]) -> bool {
        let two = pair(first, second);
        self.firsts.has(first)
            && (self.pairs.has(pair(first, 0))
                || self.pairs.has(two) && (self.triples.has(pair(two, 0)) || self.triples.has(pair(two, third))))
    }
}

/// The words after the first; 0 for none.
fn second_and_third(words: &[Word]) -> [u32; 2] {
    [1, 2].map(|at| words.get(at).map_or(0, |word| word.hash))
}

/// A hash over two words.
const fn pair(first: u32, second: u32) -> u32 {
    (first.wrapping_mul(0x9e37_79b1) ^ second).wrapping_mul(0x85eb_ca6b) >> 11
}

const TEXTS: &[&str] = &[
    include_str!("../tables/appeal.txt"),
    include_str!("../tables/copyright.txt"),
    include_str!("../tables/credit.txt"),
    include_str!("../tables/byline.txt"),
    include_str!("../tables/source-url.txt"),
    include_str!("../tables/share.txt"),
    include_str!("../tables/newsletter.txt"),
    include_str!("../tables/read-more.txt"),
    include_str!("../tables/paywall.txt"),
    include_str!("../tables/cookie.txt"),
    include_str!("../tables/comment.txt"),
    include_str!("../tables/ad.txt"),
    include_str!("../tables/widget.txt"),
    include_str!("../tables/author.txt"),
    include_str!("../tables/company.txt"),
];

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(TEXTS));

impl Table {
    /// Whether a phrase may begin with `word`, as far as it says alone: nearly all words say no.
    #[inline]
    pub(super) fn may_begin(&self, word: Word) -> bool {
        word.flags & (Word::DIGIT | Word::OPENS) != 0 || self.starts[0].firsts.has(word.hash)
    }

    /// The first words of phrases that may begin where `word` stands.
    fn starts_at(&self, word: Word) -> &Starts {
        &self.starts[usize::from(word.has(Word::OPENS)) + usize::from(word.has(Word::FIRST))]
    }

    /// Whether a phrase may begin with the first of `words`, as far as it and the second say.
    pub(super) fn begins(&self, words: &[Word]) -> bool {
        let word = words[0];
        let starts = self.starts_at(word);
        let next = second_and_third(words);
        starts.has(word.hash, next)
            || word.has(Word::DIGIT) && starts.has(NUMBER, next)
            || word.has(Word::OPENS)
                && (word.has(Word::DIGIT)
                    || self.firsts.has(word.hash)
                    || word.has(Word::FIRST) && words.len() <= MAX_LABEL)
                && self.may_open(words, starts, next)
    }

    /// Whether a phrase that begins with free words may begin here.
    fn may_open(&self, words: &[Word], starts: &Starts, next: [u32; 2]) -> bool {
        let root = &self.nodes[0];
        let any = root.wild & 1 != 0 && starts.has(ANY, next);
        let gap = |gap: &u32| {
            let after = self.child(0, GAP + gap).map(|child| self.nodes[child as usize]);
            after.is_some_and(|after| {
                let ahead = &words[..words.len().min(*gap as usize + 1)];
                !after.is_plain() || ahead.iter().any(|word| after.may_lead(word.hash))
            })
        };
        let known = |&gap: &u32| root.wild & (4 << gap) != 0;
        any || root.wild & !3 != 0 && (1..=MAX_GAP).filter(known).any(|n| gap(&n))
    }

    /// Calls `found` with each phrase at the start of `words` and its number of words.
    ///
    /// `words` runs to the end of the block.
    pub(super) fn matches(&self, words: &[Word], found: &mut impl FnMut(Cue, usize)) {
        let (word, root) = (words[0], self.nodes[0]);
        if let Some(child) = self.child(0, word.hash) {
            self.descend(child, words, 1, found);
        }
        // Phrases that begin with free words begin sentences.
        let opens = word.has(Word::OPENS);
        if opens
            && root.wild & 1 != 0
            && self.starts_at(word).has(ANY, second_and_third(words))
            && let Some(child) = self.child(0, ANY)
        {
            self.descend(child, words, 1, found);
        }
        if word.has(Word::DIGIT)
            && let Some(child) = self.child(0, NUMBER)
        {
            self.descend(child, words, 1, found);
        }
        if opens {
            self.skip(0, words, 0, found);
        }
    }

    fn descend(&self, at: u32, words: &[Word], depth: usize, found: &mut impl FnMut(Cue, usize)) {
        let node = self.nodes[at as usize];
        for &(cue, place) in &self.ends[node.ends.0 as usize..node.ends.1 as usize] {
            let holds = (!place.first || words[0].has(Word::FIRST))
                && (!place.opens || words[0].has(Word::OPENS))
                && (!place.last || depth == words.len());
            if holds {
                found(cue, depth);
            }
        }
        if let Some(word) = words.get(depth) {
            if node.may_lead(word.hash)
                && let Some(child) = self.child(at, word.hash)
            {
                self.descend(child, words, depth + 1, found);
            }
            if node.wild & 1 != 0
                && let Some(child) = self.child(at, ANY)
            {
                self.descend(child, words, depth + 1, found);
            }
            if node.wild & 2 != 0
                && word.has(Word::DIGIT)
                && let Some(child) = self.child(at, NUMBER)
            {
                self.descend(child, words, depth + 1, found);
            }
        }
        if node.wild & !3 != 0 {
            self.skip(at, words, depth, found);
        }
    }

    /// Goes on over the gaps that a phrase may have at a node.
    fn skip(&self, at: u32, words: &[Word], depth: usize, found: &mut impl FnMut(Cue, usize)) {
        let node = self.nodes[at as usize];
        for gap in (1..=MAX_GAP).filter(|gap| node.wild & (4 << gap) != 0) {
            if let Some(child) = self.child(at, GAP + gap) {
                let after = self.nodes[child as usize];
                for skipped in 0..=(gap as usize).min(words.len() - depth) {
                    let leads = words.get(depth + skipped).is_some_and(|word| after.may_lead(word.hash));
                    if leads || !after.is_plain() {
                        self.descend(child, words, depth + skipped, found);
                    }
                }
            }
        }
    }

    fn child(&self, node: u32, word: u32) -> Option<u32> {
        if node == 0 {
            return self.roots.get(0, word);
        }
        let (first, after) = self.nodes[node as usize].edges;
        let edges = &self.edges[first as usize..after as usize];
        let at = match edges.len() {
            0..=MAX_WALKED => edges.iter().position(|edge| edge.0 == word)?,
            _ => edges.binary_search_by_key(&word, |edge| edge.0).ok()?,
        };
        Some(edges[at].1)
    }

    fn of(texts: &[&str]) -> Self {
        let mut tree = Tree::new();
        for text in texts {
            let mut cue = None;
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    cue = Cue::ALL.iter().find(|(known, _)| *known == name).map(|(_, cue)| *cue);
                    assert!(cue.is_some(), "a table names the unknown cue {name}");
                    continue;
                }
                let (Some(cue), Some((_, phrase))) = (cue, line.split_once(' ')) else {
                    panic!("a table line is not `lang phrase` under a cue: {line}");
                };
                tree.add(cue, phrase.trim());
            }
        }
        tree.freeze()
    }
}

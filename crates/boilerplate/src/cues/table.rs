//! The phrase table: reads `tables/*.txt` into a trie over word hashes.
//!
//! A table line is `lang phrase`. In a phrase, words are folded like the text; `(a|b|)` is a choice,
//! `*` any one word, `~3` up to three words, `#` a word that begins with a digit. A leading `^` asks for the start of a block,
//! `>` for the start of a sentence; a trailing `$` for the end of the block.

use std::sync::LazyLock;

use crate::words::{Word, is_glyph, split};

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a phrase is a cue for. At most 64 kinds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Cue { $($(#[$doc])* $name,)* }

        impl Cue {
            /// All kinds, with their names in the tables.
            pub(crate) const ALL: &[(&'static str, Cue)] = &[$(($text, Cue::$name),)*];
        }
    };
}

cues! {
    /// Head of an appeal: "A message from ...:".
    AppealHead = "appeal-head",
    /// Salutation: "Dear readers,".
    AppealSalute = "appeal-salute",
    /// The ask itself, in the first person: "support us", "we need your help".
    AppealAsk = "appeal-ask",
    /// The need: "we need your help", "costs money".
    AppealNeed = "appeal-need",
    /// What the money does: "your support makes", "keep our journalism free".
    AppealReason = "appeal-reason",
    /// What the money is for: journalism, newsroom, readers.
    AppealPress = "appeal-press",
    /// Amount or rhythm: "from just $2", "monthly".
    AppealAmount = "appeal-amount",
    /// "Thank you for your support."
    AppealThanks = "appeal-thanks",
    /// Button under an appeal: "Remind me later", "Donate now".
    AppealButton = "appeal-button",
    /// "Copyright", "(c)" beside a name or year.
    Copyright = "copyright",
    /// "All rights reserved", "may not be reproduced".
    Rights = "rights",
    /// Agency or stock house in the credit of a picture.
    Credit = "credit",
    /// Word before the name in a credit: "Photo:", "Courtesy of".
    CreditLabel = "credit-label",
    /// "By" before a name.
    Byline = "byline",
    /// Line that names where the text was taken from: "Original url".
    SourceUrl = "source-url",
    /// Ask to share or follow.
    ShareAsk = "share-ask",
    /// Ask to take a newsletter, or text of its form.
    Newsletter = "newsletter",
    /// Whole line of a newsletter form.
    NewsletterLabel = "newsletter-label",
    /// Link to another article.
    ReadMore = "read-more",
    /// Word that leads to another article when a colon follows.
    ReadMoreLead = "read-more-lead",
    /// Heading of a list of such links.
    RelatedHeading = "related-heading",
    /// Wall: subscribe, log in or register to go on.
    Paywall = "paywall",
    /// Whole line of a wall.
    PaywallLabel = "paywall-label",
    /// Notice of cookies, privacy, terms, browsers.
    Cookie = "cookie",
    /// Whole line of such a notice.
    CookieLabel = "cookie-label",
    /// Ask to comment, rules of commenting.
    Comment = "comment",
    /// Whole line of a comment box.
    CommentLabel = "comment-label",
    /// Button under what a reader wrote: "Reply".
    Reply = "reply",
    /// Mark of an advertisement, as a phrase.
    Ad = "ad",
    /// Mark of an advertisement, as a whole line.
    AdLabel = "ad-label",
    /// Control or caption of a player.
    Player = "player",
    /// Control of a gallery.
    Gallery = "gallery",
    /// Ask to take the outlet's app.
    App = "app",
    /// Navigation and buttons of the page.
    Navigation = "navigation",
    /// Heading or lead-in of tags.
    Tags = "tags",
    /// Who the author is and how to reach them.
    Bio = "bio",
    /// Who else reported, edited, or which agency.
    Reporting = "reporting",
    /// Mark of a text taken from a feed.
    Syndication = "syndication",
    /// Where else the article stands and whose views it holds.
    Provenance = "provenance",
    /// Commissions and sponsors.
    Affiliate = "affiliate",
    /// Note of the editors.
    EditorNote = "editor-note",
}

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
        let mut tree = Tree {
            edges: Edges::new(1 << 17),
            starts_of: vec![[None; 3]],
            ends: Vec::new(),
            starts: [(); 3].map(|()| Starts::new()),
        };
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

/// Which word leads from which node to which: a table with open addressing.
struct Edges {
    /// `(node, word, child)`; a child of 0 is an empty slot.
    slots: Vec<(u32, u32, u32)>,
    len: usize,
}

impl Edges {
    fn new(n_slots: usize) -> Self {
        Self { slots: vec![(0, 0, 0); n_slots], len: 0 }
    }

    fn get(&self, node: u32, word: u32) -> Option<u32> {
        let (_, _, child) = self.slots[self.place(node, word)];
        (child != 0).then_some(child)
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
struct Tree {
    edges: Edges,
    /// For each node the first three words that lead to it.
    starts_of: Vec<[Option<u32>; 3]>,
    /// Where phrases end: the node, what they say, where they must stand.
    ends: Vec<(u32, Cue, Place)>,
    starts: [Starts; 3],
}

impl Tree {
    fn add(&mut self, cue: Cue, phrase: &str) {
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
        let from = if place.first { 2 } else { usize::from(place.opens) };
        let Some(first) = first else { return };
        assert!(from > 0 || is_word(&first) || first == NUMBER, "a phrase that opens with a free word has a place");
        for starts in &mut self.starts[from..] {
            starts.add([first, second, third]);
        }
    }

    fn freeze(mut self) -> Table {
        let mut firsts = Bits::new();
        let mut roots = Edges::new(1 << 12);
        let mut nodes = vec![Node::default(); self.starts_of.len()];
        let all = || self.edges.slots.iter().filter(|(_, _, child)| *child != 0);
        for &(node, word, child) in all() {
            if node == 0 {
                firsts.add(word);
                roots.get_or_add(0, word, child);
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
        Table { edges, roots, nodes, ends, starts: self.starts, firsts }
    }
}

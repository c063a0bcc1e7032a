//! What the names that a page gives to its parts say about them.

use std::collections::HashMap;
use std::sync::LazyLock;

use cleancopy_core::Element;

/// The table: parts and the words that name them.
static TABLE: &str = include_str!("../tables/page-names.txt");

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a part of a page is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Part { $($(#[$doc])* $name,)* }

        impl Part {
            /// Number of parts.
            pub(crate) const COUNT: usize = Self::ALL.len();

            const ALL: &[(&'static str, Part)] = &[$(($text, Part::$name),)*];
        }
    };
}

parts! {
    /// The words of the article.
    Body = "body",
    /// The article as a whole, with its categories among its names.
    Post = "post",
    /// Menus, bread crumbs, pages of a list.
    Navigation = "navigation",
    /// The top of the site.
    Header = "header",
    /// The foot of the site.
    Footer = "footer",
    /// Links to other articles.
    Related = "related",
    /// The beginning of an article: of this one over its body, of another one after it.
    Teaser = "teaser",
    /// Share bars and other tools.
    Share = "share",
    /// Comments of readers.
    Comments = "comments",
    /// Words under a picture.
    Caption = "caption",
    /// Newsletters, subscriptions, gifts.
    Offer = "offer",
    /// Advertisements.
    Ad = "ad",
    /// Cookie bars, pop-ups.
    Notice = "notice",
    /// Players of sound and film.
    Player = "player",
    /// Names of authors and dates.
    Byline = "byline",
    /// Who the author is.
    Bio = "bio",
    /// Tags, categories and the foot of an article.
    Tags = "tags",
    /// Columns beside the article.
    Sidebar = "sidebar",
    /// Boxes that may stand anywhere.
    Widget = "widget",
    /// Not shown, or only read aloud.
    Hidden = "hidden",
    /// The headline.
    Title = "title",
    /// The deck under it.
    Deck = "deck",
}

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts(pub u32);

impl Parts {
    /// Whether `part` is in the set.
    pub(crate) const fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u32) != 0
    }

    /// Whether the element is a whole article.
    pub(crate) const fn is_post(self) -> bool {
        self.has(Part::Post)
    }

    /// The set without the parts that are named for where something stands: what follows two dashes in a name may
    /// say how a part looks, `media--image-left`, `layout--sidebar`.
    const fn without_places(self) -> Self {
        Self(self.0 & !(Self::one(Part::Caption).0 | Self::one(Part::Sidebar).0))
    }

    const fn one(part: Part) -> Self {
        Self(1 << part as u32)
    }

    /// The parts in the order of [`Part`].
    pub(crate) fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.iter().map(|(_, part)| *part).filter(move |part| self.has(*part))
    }
}

struct Words {
    whole: HashMap<&'static str, Parts>,
    /// Beginnings, sorted; none begins with another.
    begins: Vec<(&'static str, Parts)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: HashMap::new(), begins: Vec::new() };
    let mut parts = Parts::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let known = Part::ALL.iter().find(|(text, _)| *text == name);
            parts = known.map_or(Parts::default(), |(_, part)| Parts::one(*part));
            continue;
        }
        for word in line.split_whitespace() {
            match word.strip_suffix('*') {
                Some(begin) => words.begins.push((begin, parts)),
                None => words.whole.entry(word).or_default().0 |= parts.0,
            }
        }
    }
    words.begins.sort_unstable_by_key(|(begin, _)| *begin);
    words
});

/// Longest piece of a name that is looked at, bytes.
const MAX_PIECE: usize = 40;

/// Words that begin the name of a state: `has-sidebar`, `no-related`.
const STATES: &[&str] = &["has", "no", "not", "with", "without", "is", "js"];

/// Words after which the rest of a name is a state: `item-has-image`.
const OWNED: &[&str] = &["has", "with", "without"];

/// Words for pictures, which stand over their captions or beside the article's text, and words for text.
const PICTURES: &[&str] = &["image", "images", "img", "photo", "photos", "picture", "pictures"];
const TEXTS: &[&str] = &["text", "txt", "with"];

/// Most pieces of an id that names a part; one with more is the text of a heading.
const MAX_ID_PIECES: usize = 5;

/// Whether the id of an element is made of the words of its text, as those of headings are.
fn is_slug(element: &Element) -> bool {
    matches!(element.tag.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        || element.id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty()).count()
            > MAX_ID_PIECES
}

/// Reads names with a buffer of its own.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The last piece, `-`, the present one.
    pair: String,
}

impl Names {
    /// What the names of an element say.
    pub(super) fn of(&mut self, element: &Element) -> Parts {
        let mut parts = Parts::default();
        self.read(&element.class, &mut parts);
        if !is_slug(element) {
            self.read(&element.id, &mut parts);
        }
        self.read(&element.names, &mut parts);
        parts
    }

    fn read(&mut self, names: &str, parts: &mut Parts) {
        for name in names.split_ascii_whitespace() {
            parts.0 |= self.read_one(name).0;
        }
    }

    fn read_one(&mut self, name: &str) -> Parts {
        let bytes = name.as_bytes();
        let (mut at, mut parts) = (0, Parts::default());
        let (mut is_state, mut is_look) = (false, false);
        let (mut has_picture, mut has_text) = (false, false);
        self.pair.clear();
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                is_look |= bytes[at..].starts_with(b"--") && !self.pair.is_empty();
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                let turns = at > start && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase();
                if turns {
                    break;
                }
                at += 1;
            }
            let known = if self.pair.is_empty() { STATES } else { OWNED };
            is_state |= known.contains(&&name[start..at]);
            has_text |= TEXTS.iter().any(|text| text.eq_ignore_ascii_case(&name[start..at]));
            if at - start > MAX_PIECE || is_state {
                self.pair.clear();
                continue;
            }
            let joint = if self.pair.is_empty() { 0 } else { self.pair.len() + 1 };
            if joint > 0 {
                self.pair.push('-');
            }
            self.pair.push_str(&name[start..at]);
            self.pair.make_ascii_lowercase();
            let piece = &self.pair[joint..];
            has_picture |= PICTURES.contains(&piece);
            let mut found = Parts::default();
            look_up(piece, &mut found);
            if joint > 0
                && let Some(pair) = WORDS.whole.get(self.pair.as_str())
            {
                found.0 |= pair.0;
            }
            parts.0 |= if is_look { found.without_places().0 } else { found.0 };
            self.pair.drain(..joint);
        }
        // What is called after a picture and after text holds both.
        if has_picture && !has_text && !is_look {
            parts.0 |= Parts::one(Part::Caption).0;
        }
        parts
    }
}

fn look_up(piece: &str, parts: &mut Parts) {
    if let Some(found) = WORDS.whole.get(piece) {
        parts.0 |= found.0;
    }
    let after = WORDS.begins.partition_point(|(begin, _)| *begin <= piece);
    // Of the beginnings that sort before a piece only those next to it can be its own.
    for (begin, found) in WORDS.begins[..after].iter().rev().take(3) {
        if piece.starts_with(begin) {
            parts.0 |= found.0;
        }
    }
}

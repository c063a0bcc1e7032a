//! Texts for the benchmarks: invented news of any length, the same on every machine.
//!
//! Sentences are built from parts, so that words recur as they do in news but lines do not; heads, datelines,
//! and what stands below an article come and go. `samples` gives the texts of `data/samples` instead.

#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use cleancopy::ingest::{Options, load, read, walk};

/// Numbers that look random and are the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice that fall the same for the same `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % n
    }

    fn of<'t>(&mut self, parts: &[&'t str]) -> &'t str {
        parts[self.below(parts.len())]
    }
}

/// One article of eight to twenty paragraphs.
pub(crate) fn article(dice: &mut Dice) -> String {
    let mut text = String::new();
    if dice.below(2) == 0 {
        let _ = write!(text, "{} {} over {}\n\n", dice.of(WHO_SHORT), dice.of(HEAD_VERB), dice.of(THING));
    }
    match dice.below(4) {
        0 => {
            let _ = write!(text, "By {} {}\n\n", dice.of(FIRST), dice.of(LAST));
        }
        1 => {
            let _ = write!(text, "{} {} 2024\n\n", 1 + dice.below(28), dice.of(MONTH));
        }
        _ => {}
    }
    if dice.below(3) == 0 {
        let _ = write!(text, "{} - ", dice.of(PLACE).to_uppercase());
    }
    for paragraph in 0..8 + dice.below(13) {
        if paragraph > 0 && dice.below(9) == 0 {
            let _ = write!(text, "{} and {}\n\n", dice.of(THING_HEAD), dice.of(THING));
        }
        for _ in 0..2 + dice.below(4) {
            sentence(dice, &mut text);
            text.push(' ');
        }
        text.pop();
        text.push_str("\n\n");
    }
    for _ in 0..dice.below(3) {
        text.push_str(dice.of(BELOW));
        text.push_str("\n\n");
    }
    text.truncate(text.len() - 2);
    text
}

fn sentence(dice: &mut Dice, text: &mut String) {
    let name = |dice: &mut Dice| format!("{} {}", dice.of(FIRST), dice.of(LAST));
    let _ = match dice.below(8) {
        0 => write!(
            text,
            "“{} {}, and {} {},” said {}, {} in {}.",
            upper(dice.of(WHO)),
            dice.of(DID),
            dice.of(THING),
            dice.of(FOLLOWED),
            name(dice),
            dice.of(ROLE),
            dice.of(PLACE)
        ),
        1 => write!(
            text,
            "{} {} {} in {} on {}, {} {}.",
            upper(dice.of(WHO)),
            dice.of(DID),
            dice.of(THING),
            dice.of(PLACE),
            dice.of(DAY),
            dice.of(LINK),
            dice.of(CLAUSE)
        ),
        2 => write!(
            text,
            "About {} people {} {}, {} per cent more than {}, according to {}.",
            100 + 10 * dice.below(900),
            dice.of(DID),
            dice.of(THING),
            2 + dice.below(40),
            dice.of(WHEN),
            dice.of(WHO)
        ),
        3 => write!(
            text,
            "{}, who {} {} {}, told reporters that {}.",
            name(dice),
            dice.of(DID),
            dice.of(THING),
            dice.of(WHEN),
            dice.of(CLAUSE)
        ),
        4 => write!(
            text,
            "{} {}, {} {} and {} {}.",
            dice.of(OPEN),
            dice.of(WHO),
            dice.of(LINK),
            dice.of(CLAUSE),
            dice.of(THING),
            dice.of(FOLLOWED)
        ),
        5 => write!(
            text,
            "It was not clear {} {} {} {}; {} did not answer questions by {}.",
            dice.of(LINK),
            dice.of(WHO),
            dice.of(DID),
            dice.of(THING),
            dice.of(WHO),
            dice.of(DAY)
        ),
        6 => write!(
            text,
            "In {}, {} {} {} for ${}.{} million {}, the {} said.",
            dice.of(PLACE),
            dice.of(WHO),
            dice.of(DID),
            dice.of(THING),
            1 + dice.below(90),
            dice.below(10),
            dice.of(WHEN),
            dice.of(ROLE)
        ),
        _ => write!(text, "{} {} {}.", dice.of(OPEN), dice.of(WHO), dice.of(FOLLOWED)),
    };
}

fn upper(part: &str) -> String {
    let first = part.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + &part[1..]
}

/// Articles of at least `n_bytes` together.
pub(crate) fn articles(n_bytes: usize) -> Vec<String> {
    let mut dice = Dice::new(1);
    let mut left = n_bytes as i64;
    std::iter::from_fn(|| {
        (left > 0).then(|| {
            let text = article(&mut dice);
            left -= text.len() as i64;
            text
        })
    })
    .collect()
}

/// One article of `n_bytes` or a little more.
pub(crate) fn long(n_bytes: usize) -> String {
    let mut dice = Dice::new(2);
    let mut text = String::new();
    while text.len() < n_bytes {
        for _ in 0..4 {
            sentence(&mut dice, &mut text);
            text.push(' ');
        }
        text.pop();
        text.push_str("\n\n");
    }
    text
}

/// The texts of `data/samples`.
pub(crate) fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples");
    let options = Options::default();
    let files = walk(&[folder], &options).expect("the samples are there").files;
    let items = files.iter().flat_map(|file| read(file, &options));
    items.filter_map(|item| load(item.ok()?, &options).ok()).map(|loaded| loaded.document.text).collect()
}

/// CPU seconds of this thread where the system tells, else the clock.
pub(crate) fn thread_seconds() -> f64 {
    seconds_in("/proc/thread-self/schedstat")
}

/// CPU seconds of all threads of this program, those that have ended too, where the system tells.
pub(crate) fn program_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 14 and 15, counted behind the name in brackets, in hundredths of a second.
    let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11);
    let mut next = || fields.next().and_then(|field| field.parse::<f64>().ok());
    match (next(), next()) {
        (Some(user), Some(system)) => (user + system) / 100.0,
        _ => seconds_in(""),
    }
}

fn seconds_in(file: &str) -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let stat = std::fs::read_to_string(file).unwrap_or_default();
    match stat.split(' ').next().and_then(|first| first.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => START.get_or_init(Instant::now).elapsed().as_secs_f64(),
    }
}

const WHO: &[&str] = &[
    "the council of Lower Wick",
    "the harbour office",
    "a court in Marlow Bay",
    "the ferry company",
    "the ministry of roads",
    "two members of the committee",
    "the owner of the old mill",
    "a group of residents",
    "police",
    "the opposition",
    "our own correspondent",
    "the teachers' union",
    "a spokeswoman for the railway",
    "the weather service",
    "farmers along the river",
    "the new director of the museum",
    "researchers at the University of Penlow",
    "the prime minister",
    "a retired diver",
    "the board of the theatre",
    "the mayor",
    "nobody in the village",
    "the newspaper that first reported the case",
];
const WHO_SHORT: &[&str] = &["Council", "Court", "Ferry company", "Residents", "Police", "Union", "Mayor", "Museum"];
const HEAD_VERB: &[&str] =
    &["split", "under pressure", "to vote again", "at odds", "hesitates", "wins praise", "faces questions"];
const DID: &[&str] = &[
    "voted to keep",
    "has sold",
    "will close",
    "refused to sign",
    "bought",
    "had promised to repair",
    "is expected to replace",
    "cannot afford",
    "waited for",
    "wrote about",
    "supported",
    "asked for",
    "took part in",
    "lost",
    "have been counting",
    "would rather not discuss",
    "shared pictures of",
    "subscribed to the plan for",
    "donated money for",
    "read about",
];
const THING: &[&str] = &[
    "the bridge over the Orla",
    "a new ferry",
    "the night train",
    "the water works",
    "the brass band's hall",
    "four lighthouses",
    "the tax on hot bread",
    "a report on air pollution",
    "the harbour wall",
    "the recipe for station soup",
    "the last typesetter's desk",
    "a collection of tide tables",
    "the comments of the judge",
    "free lunches for pupils",
    "the terms of the lease",
    "a copy of the letter",
    "the rights to the river bed",
    "the photograph of the gull",
    "more than a dozen barges",
    "the election results",
];
const THING_HEAD: &[&str] =
    &["Bridges", "Empty classrooms", "A quiet harbour", "Old debts", "What comes next", "Late trains"];
const FOLLOWED: &[&str] = &[
    "was never the same again",
    "has to wait until the spring",
    "is back where it was",
    "will be on the table next week",
    "cost more than anybody had thought",
    "found few friends",
    "is still under water",
    "turned out to be true",
    "may not be enough",
    "was welcomed with relief",
    "had been built in 1931 and never painted since",
    "went on for four hours",
];
const LINK: &[&str] = &["because", "although", "while", "after", "since", "whether", "before", "when"];
const CLAUSE: &[&str] = &[
    "the money had run out",
    "nobody had asked the neighbours",
    "the rain did not stop for nine days",
    "the vote was close",
    "prices rose again in the autumn",
    "there was no other way across",
    "a storm warning was in force",
    "the talks had failed twice",
    "you could hear it from the other bank",
    "we all knew that it would end like this",
    "the figures did not add up",
];
const OPEN: &[&str] = &[
    "For years,",
    "Until then",
    "Meanwhile",
    "Even so,",
    "But",
    "And yet",
    "By noon,",
    "This week",
    "As before,",
    "On the other side of the valley,",
];
const WHEN: &[&str] = &[
    "last year",
    "in 2019",
    "a month ago",
    "before the war",
    "in the first half of the year",
    "on Tuesday evening",
    "three hours ago",
];
const DAY: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTH: &[&str] = &["January", "March", "April", "May", "June", "September", "November"];
const PLACE: &[&str] = &["Lower Wick", "Marlow Bay", "Penlow", "Dorrin", "Tarn Valley", "Kestrel", "Brandow", "Callow"];
const ROLE: &[&str] = &["clerk", "captain", "baker", "head of the school", "editor", "engineer", "lawyer", "conductor"];
const FIRST: &[&str] = &["Ada", "Tom", "Pia", "Janek", "Ruth", "Émile", "Søren", "Marta", "Idris", "Noor"];
const LAST: &[&str] = &["Fenn", "Brandreth", "Lund", "Kowal", "Okoro", "Lefèvre", "Vale", "Hartmann", "Quill", "Demir"];
const BELOW: &[&str] = &[
    "© 2024 Dorrin Today. All rights reserved.",
    "Read more: Divers find second bell off Penlow",
    "Follow us on Facebook and Instagram.",
    "Sign up for our newsletter and get the morning's news by e-mail.",
    "Photo: Pia Lund / Dorrin Today",
    "Advertisement",
    "Reporting by Ada Fenn; editing by Tom Brandreth",
];

//! The signals of a block: what the model knows about it besides its words. Weights stand in `weights.txt`.

use crate::cells::{Cells, ENDS, Group, QUOTED, ZONES};
use crate::told::SHARES_TOLD;

const LENGTHS: &[&str] = &["0", "1", "2", "3", "to-5", "to-8", "to-12", "to-18", "to-30", "to-60", "to-120", "121-up"];
const SIZES: &[&str] = &["to-3", "to-8", "to-18", "to-40", "41-up"];
const KINDS: &[&str] = &["paragraph", "heading", "item", "quote", "row", "code", "verse", "caption", "lines"];
const SENTENCES: &[&str] = &["one", "two", "more"];
const SHARES: &[&str] = &["none", "to-25%", "to-50%", "to-80%", "to-all"];
const FIRSTS: &[&str] = &["other", "upper", "caps", "lower", "digit", "glyph"];
const CHARACTERS: &[&str] =
    &["bar", "at", "address", "copyright", "bracket", "arrow", "bullet", "quote", "dash", "hash", "slash", "colon"];
const GRADES: &[&str] = &["unclaimed", "likely", "certain"];
const ROLES: &[&str] = &["no-role", "title", "deck", "small-print", "caption", "appeal"];
const STEPS: &[&str] = &["0", "1", "2", "to-4", "to-8", "to-15", "16-up"];
const PLACES: &[&str] = &[
    "0%", "to-2%", "to-5%", "to-10%", "to-20%", "to-35%", "to-50%", "to-65%", "to-80%", "to-90%", "to-95%", "to-98%",
    "to-100%",
];
const COUNTS: &[&str] = &["0", "1", "2", "to-5", "6-up"];
const NEAR: &[&str] = &["absent", "present"];
const CLAIMS: &[&str] = &["no-claim", "claim"];
const AROUND: &[&str] = &["none", "one-side", "both-sides"];
const REPORTS: &[&str] = &["silent", "reports"];
const OWN: &[&str] = &["no-own", "own"];
const READER: &[&str] = &["no-reader", "reader"];

/// The groups of signals, in the order of their weights.
pub(crate) static GROUPS: &[Group] = &[
    Group { name: "length", cells: Cells::Levels(&[LENGTHS]) },
    Group { name: "end", cells: Cells::Levels(&[ENDS, SIZES]) },
    Group { name: "kind", cells: Cells::Levels(&[KINDS]) },
    Group { name: "sentences", cells: Cells::Levels(&[SENTENCES, &["cut", "ended"]]) },
    Group { name: "capitals", cells: Cells::Levels(&[SHARES, &["short", "long"]]) },
    Group { name: "shouting", cells: Cells::Levels(&[SHARES]) },
    Group { name: "digits", cells: Cells::Levels(&[SHARES]) },
    Group { name: "first", cells: Cells::Levels(&[FIRSTS]) },
    Group { name: "character", cells: Cells::Levels(&[CHARACTERS]) },
    Group { name: "quotation", cells: Cells::Levels(&[QUOTED]) },
    Group { name: "cue", cells: Cells::Cues },
    Group { name: "cue-outside", cells: Cells::Cues },
    Group { name: "rule", cells: Cells::Judges },
    Group { name: "grade", cells: Cells::Levels(&[GRADES, ZONES]) },
    Group { name: "role", cells: Cells::Levels(&[ROLES]) },
    Group { name: "from-head", cells: Cells::Levels(&[STEPS]) },
    Group { name: "from-tail", cells: Cells::Levels(&[STEPS]) },
    Group { name: "place", cells: Cells::Levels(&[PLACES]) },
    Group { name: "prose-above", cells: Cells::Levels(&[COUNTS]) },
    Group { name: "prose-below", cells: Cells::Levels(&[COUNTS]) },
    Group { name: "zone", cells: Cells::Levels(&[ZONES, SIZES]) },
    Group { name: "zone-end", cells: Cells::Levels(&[ZONES, ENDS]) },
    Group { name: "above", cells: Cells::Levels(&[NEAR, SIZES, ENDS]) },
    Group { name: "below", cells: Cells::Levels(&[NEAR, SIZES, ENDS]) },
    Group { name: "second-above", cells: Cells::Levels(&[NEAR, SIZES, ENDS]) },
    Group { name: "second-below", cells: Cells::Levels(&[NEAR, SIZES, ENDS]) },
    Group { name: "claims-beside", cells: Cells::Levels(&[CLAIMS, CLAIMS, SIZES]) },
    Group { name: "claims-outward", cells: Cells::Levels(&[AROUND, ZONES]) },
    Group { name: "run", cells: Cells::Levels(&[COUNTS, ZONES]) },
    Group { name: "blocks", cells: Cells::Levels(&[STEPS, ZONES]) },
    Group { name: "claims", cells: Cells::Levels(&[COUNTS, ZONES]) },
    Group { name: "claims-size", cells: Cells::Levels(&[COUNTS, SIZES]) },
    Group { name: "short-blocks", cells: Cells::Levels(&[SHARES, ZONES]) },
    Group { name: "told", cells: Cells::Levels(&[SHARES_TOLD, ZONES]) },
    Group { name: "names-told", cells: Cells::Levels(&[SHARES_TOLD, ZONES]) },
    Group { name: "voices", cells: Cells::Levels(&[REPORTS, OWN, READER, ZONES]) },
    Group { name: "alike", cells: Cells::Levels(&[COUNTS, SIZES]) },
];

/// Bounds of [`LENGTHS`].
pub(crate) const LENGTH_BOUNDS: &[u32] = &[0, 1, 2, 3, 5, 8, 12, 18, 30, 60, 120];
/// Bounds of [`SIZES`].
pub(crate) const SIZE_BOUNDS: &[u32] = &[3, 8, 18, 40];
/// Bounds of [`STEPS`].
pub(crate) const STEP_BOUNDS: &[u32] = &[0, 1, 2, 4, 8, 15];
/// Bounds of [`COUNTS`].
pub(crate) const COUNT_BOUNDS: &[u32] = &[0, 1, 2, 5];
/// Bounds of [`PLACES`], per cent.
pub(crate) const PLACE_BOUNDS: &[u32] = &[0, 2, 5, 10, 20, 35, 50, 65, 80, 90, 95, 98];

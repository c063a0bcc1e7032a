//! The signals of a gap: one cell of each table. Their weights stand in `signals.txt`.

use super::edge::End;
use super::line::Line;
use super::pair::{Class, Pair, as_seen, goes_on};
use super::run::Run;
use super::stretch::{Stretch, step};

/// A table of signals: a name, and the names of its cells by factor.
pub(crate) struct Table {
    /// Its name, as shown to users and in `signals.txt`.
    pub(crate) name: &'static str,
    /// The names of each factor's levels. A cell is one level of each.
    pub(crate) factors: &'static [&'static [&'static str]],
}

impl Table {
    /// A cell as `signals.txt` and users see it: the names of the table and of the cell's levels.
    pub(crate) fn signal(&self, mut cell: usize) -> String {
        let mut names: Vec<&str> = Vec::new();
        for factor in self.factors.iter().rev() {
            names.push(factor[cell % factor.len()]);
            cell /= factor.len();
        }
        names.reverse();
        format!("{} {}", self.name, names.join(","))
    }
}

const ENDS: &[&str] = &[
    "stop",
    "abbreviation",
    "colon",
    "comma",
    "dash",
    "hyphen",
    "opening",
    "closing",
    "digit",
    "lower",
    "function-word",
    "binding-word",
    "name",
    "cjk",
    "caseless",
    "other",
];
const STARTS: &[&str] = &[
    "lower",
    "upper",
    "starter",
    "label",
    "digit",
    "quote",
    "quote-lower",
    "bracket",
    "closing",
    "ellipsis",
    "dash",
    "cjk",
    "caseless",
    "other",
    "uncased",
];
const CLASSES: &[&str] = &Class::NAMES;
const FITS: &[&str] = &["far-over", "over", "tight", "fits-by-1", "fits-by-4", "fits-by-10", "fits-by-22", "none"];
const RAGGED: &[&str] = &["straight", "to-2%", "to-10%", "to-30%", "to-60%", "unknown"];
const REACHES: &[&str] = &["none", "below-all", "below-98%", "below-90%", "below-50%", "usual"];
const BLANKS: &[&str] = &["fewer", "usual", "more"];
const BLANK_MARKS: &[&str] = &[
    "absent",
    "everywhere",
    "clean",
    "clean-partly",
    "clean-rarely",
    "soiled",
    "soiled-partly",
    "soiled-rarely",
    "foul",
    "foul-partly",
    "foul-rarely",
];
const LEVELS: &[&str] = &["shallower", "usual-indent", "deeper"];
const STEPS: &[&str] = &["in", "in-by-1", "same", "out-by-1", "out"];
const INDENT_MARKS: &[&str] = &["no-indents", "indents", "some-indents", "odd-indents"];
const HEADINGS: &[&str] = &["first-line", "like-heading", "no-heading"];
const NEXTS: &[&str] = &["cut-short", "sentence", "short", "long"];
const LENGTHS: &[&str] = &["to-7", "to-19", "to-44", "to-79", "to-119", "to-199", "200-up"];
const MODES: &[&str] = &["wrapped", "mixed", "loose"];
const TRAILS: &[&str] = &["no-trails", "some-trails", "trails"];
const TRAIL: &[&str] = &["bare", "trailing-space"];
const LEAD: &[&str] = &["flush", "one-space"];
const RUN_LENGTHS: &[&str] = &["1-line", "2-lines", "3-lines", "to-5-lines", "to-9-lines", "10-lines-up", "no-run"];
const RUN_STOPS: &[&str] = &["stops-to-15%", "stops-to-40%", "stops-to-65%", "stops-to-85%", "stops"];
const RUN_TIGHT: &[&str] = &["forced-to-5%", "forced-to-30%", "forced-to-60%", "forced"];
const SENTENCES: &[&str] = &["to-15%", "to-25%", "to-35%", "to-50%", "to-80%", "80%-up"];
const CUTS: &[&str] = &["no-cuts", "cuts-to-2%", "cuts-to-10%", "cuts-to-30%", "cuts"];
const INSIDE: &[&str] = &["no-stop-inside", "one-stop-inside", "stops-inside"];
const GOES: &[&str] = &["no-stop-after", "stop-after"];
/// How one of the lines around a gap looks: those of a menu are all short.
const LOOKS: &[&str] = &["long", "short"];
const PAGES: &[&str] = &["no-page", "page-line", "form-feed"];

/// The tables. A reader of `signals.txt` finds the meaning of their cells in `crates/repair/train`.
pub(crate) static TABLES: &[Table] = &[
    Table { name: "words", factors: &[ENDS, STARTS] },
    Table { name: "class-blank", factors: &[CLASSES, BLANKS, BLANK_MARKS] },
    Table { name: "class-fit", factors: &[CLASSES, FITS] },
    Table { name: "fit-ragged", factors: &[FITS, RAGGED] },
    Table { name: "fit-blank", factors: &[FITS, BLANKS, BLANK_MARKS] },
    Table { name: "fit-mode", factors: &[FITS, MODES] },
    Table { name: "reach", factors: &[REACHES] },
    Table { name: "fit-after", factors: &[FITS] },
    Table { name: "sentences", factors: &[CLASSES, SENTENCES, FITS] },
    Table { name: "length", factors: &[CLASSES, LENGTHS, MODES] },
    Table { name: "blank-length", factors: &[CLASSES, BLANKS, LENGTHS] },
    Table { name: "heading", factors: &[HEADINGS, NEXTS] },
    Table { name: "indent", factors: &[LEVELS, STEPS, INDENT_MARKS] },
    Table { name: "run", factors: &[RUN_LENGTHS, RUN_STOPS, RUN_TIGHT] },
    Table { name: "edge-space", factors: &[TRAILS, TRAIL, LEAD] },
    Table { name: "page", factors: &[PAGES, CLASSES] },
    Table { name: "end-blank", factors: &[ENDS, BLANKS] },
    Table { name: "looks", factors: &[CLASSES, LOOKS, LOOKS, LOOKS, LOOKS] },
    Table { name: "cuts", factors: &[CLASSES, CUTS, MODES] },
    Table { name: "inside", factors: &[CLASSES, INSIDE, GOES] },
];

/// What words that stand together elsewhere say. Only asked for where it can turn the decision, so no cell speaks for a paragraph.
pub(crate) static TOGETHER: Table = Table { name: "seen-together", factors: &[CLASSES, LOOKS] };

/// The cell of [`TOGETHER`] for the gap after `a`.
pub(crate) fn together_cell(a: &Line, pair: Pair) -> usize {
    cell(&TOGETHER, &[(pair.class as usize, CLASSES), (look(a), LOOKS)]).into()
}

/// Columns under which a line that ends no sentence looks like a label.
const SHORT: u16 = 45;

/// Number of tables.
pub(crate) const N_TABLES: usize = 20;

/// The cells of one gap, one of each table.
pub(crate) type Cells = [u16; N_TABLES];

/// A gap with its surroundings.
pub(crate) struct Context<'a> {
    pub(crate) lines: &'a [Line],
    /// `pairs[i]` is the gap after `lines[i]`.
    pub(crate) pairs: &'a [Pair],
    pub(crate) runs: &'a [Run],
    pub(crate) stretch: &'a Stretch,
    /// The gap is that after this line.
    pub(crate) at: usize,
    /// How the gap and the one after it sit against the column: see [`fit`].
    pub(crate) fits: [usize; 2],
    /// Whether running heads, page numbers or a form feed stand in the gap.
    pub(crate) page: usize,
}

impl Context<'_> {
    /// The cells of the gap.
    pub(crate) fn cells(&self) -> Cells {
        let Context { lines, pairs, stretch, at, .. } = *self;
        let (a, b, pair) = (&lines[at], &lines[at + 1], &pairs[at]);
        let class = pair.class as usize;
        let start = as_seen(b.first, stretch.uncased) as usize;
        let [fit, fit_after] = self.fits;
        let blanks = self.blanks(b);
        let mark = stretch.blank_mark as usize;
        let mode = stretch.mode as usize;
        let dent = dent(a, b);
        let (first, next) = self.heading(a, b);
        let level = match b.indent.cmp(&stretch.usual_indent) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        let run = match (self.runs[at], self.runs[at + 1]) {
            (run, next) if run.number > 0 && run.number == next.number => {
                [run.length.into(), run.stops.into(), run.tight.into()]
            }
            _ => [RUN_LENGTHS.len() - 1, 0, 0],
        };
        let [earlier, this, next_look, later] = self.looks();
        let goes = b.last == End::Final || stretch.sentences(b) > 0;
        let length = [8, 20, 45, 80, 120, 200].iter().map(|&end| usize::from(a.width >= end)).sum();
        [
            cell(&TABLES[0], &[(a.last as usize, ENDS), (start, STARTS)]),
            cell(&TABLES[1], &[(class, CLASSES), (blanks, BLANKS), (mark, BLANK_MARKS)]),
            cell(&TABLES[2], &[(class, CLASSES), (fit, FITS)]),
            cell(&TABLES[3], &[(fit, FITS), (stretch.ragged.into(), RAGGED)]),
            cell(&TABLES[4], &[(fit, FITS), (blanks, BLANKS), (mark, BLANK_MARKS)]),
            cell(&TABLES[5], &[(fit, FITS), (mode, MODES)]),
            cell(&TABLES[6], &[(self.reach(*pair), REACHES)]),
            cell(&TABLES[7], &[(fit_after, FITS)]),
            cell(&TABLES[8], &[(class, CLASSES), (stretch.paragraphs_per_sentence.into(), SENTENCES), (fit, FITS)]),
            cell(&TABLES[9], &[(class, CLASSES), (length, LENGTHS), (mode, MODES)]),
            cell(&TABLES[10], &[(class, CLASSES), (blanks, BLANKS), (length, LENGTHS)]),
            cell(&TABLES[11], &[(first, HEADINGS), (next, NEXTS)]),
            cell(&TABLES[12], &[(level, LEVELS), (dent, STEPS), (stretch.indent_mark as usize, INDENT_MARKS)]),
            cell(&TABLES[13], &[(run[0], RUN_LENGTHS), (run[1], RUN_STOPS), (run[2], RUN_TIGHT)]),
            cell(
                &TABLES[14],
                &[(stretch.trailing.into(), TRAILS), (a.trailing.into(), TRAIL), ((b.indent == 1).into(), LEAD)],
            ),
            cell(&TABLES[15], &[(self.page, PAGES), (class, CLASSES)]),
            cell(&TABLES[16], &[(a.last as usize, ENDS), (blanks, BLANKS)]),
            cell(&TABLES[17], &[(class, CLASSES), (earlier, LOOKS), (this, LOOKS), (next_look, LOOKS), (later, LOOKS)]),
            cell(&TABLES[18], &[(class, CLASSES), (stretch.cuts.into(), CUTS), (mode, MODES)]),
            cell(&TABLES[19], &[(class, CLASSES), (stretch.sentences(a).min(2), INSIDE), (goes.into(), GOES)]),
        ]
    }

    /// Where the reach of the break stands among those of forced breaks.
    fn reach(&self, pair: Pair) -> usize {
        match self.stretch.forced_below(pair.reach) {
            None => 0,
            Some(0.0) => 1,
            Some(share) => 2 + usize::from(step(share, &[0.02, 0.1, 0.5])),
        }
    }

    fn blanks(&self, b: &Line) -> usize {
        let usual = self.stretch.usual_blanks;
        // The blank lines around a page's edge belong to the page.
        if b.furniture || b.page_break {
            return 1;
        }
        if b.blanks < usual { 0 } else { 1 + usize::from(b.blanks > usual) }
    }

    /// How the two lines before the gap and the two after it look.
    fn looks(&self) -> [usize; 4] {
        let (lines, at) = (self.lines, self.at);
        let far = |at: Option<usize>| at.and_then(|at| lines.get(at)).map_or(0, look);
        [far(at.checked_sub(1)), look(&lines[at]), look(&lines[at + 1]), far(Some(at + 2))]
    }

    /// Whether the line before the gap looks like a heading, and what the line after it looks like.
    fn heading(&self, a: &Line, b: &Line) -> (usize, usize) {
        let at = self.at;
        let alone = match at.checked_sub(1) {
            None => true,
            Some(before) => self.lines[before].last == End::Final || self.blanks(a) > 1,
        };
        let goes_on = |line: &Line| goes_on(as_seen(line.first, self.stretch.uncased));
        let sentences = |line: &Line| self.stretch.sentences(line);
        let like = alone && !goes_on(a) && sentences(a) == 0 && a.width < 100 && a.last != End::Final;
        let first = match (like, at) {
            (true, 0) => 0,
            (true, _) => 1,
            _ => 2,
        };
        let after = self.lines.get(at + 2);
        let cut = b.width < 60 && b.last != End::Final && sentences(b) == 0 && after.is_some_and(goes_on);
        let sentence = (b.last == End::Final || sentences(b) > 0) && b.width > 25;
        let next = match () {
            () if cut => 0,
            () if sentence => 1,
            () if b.width < 45 => 2,
            () => 3,
        };
        (first, next)
    }
}

/// Whether a line looks like a label: the level of [`LOOKS`].
fn look(line: &Line) -> usize {
    usize::from(line.width < SHORT && line.last != End::Final)
}

/// How the indent changes over the gap.
fn dent(a: &Line, b: &Line) -> usize {
    match i32::from(b.indent) - i32::from(a.indent) {
        2.. => 0,
        1 => 1,
        0 => 2,
        -1 => 3,
        _ => 4,
    }
}

/// How the break after line `at` sits against the column.
pub(crate) fn fit(lines: &[Line], pairs: &[Pair], column: u16, at: usize) -> usize {
    let Some(pair) = pairs.get(at) else { return FITS.len() - 1 };
    let (width, reach) = (lines[at].width, pair.reach);
    match () {
        () if width * 4 > column * 5 => 0,
        () if width > column => 1,
        () if reach > column => 2,
        () if reach + 3 > column => 3,
        () if reach + 9 > column => 4,
        () if reach + 21 > column => 5,
        () => 6,
    }
}

/// The number of a cell of `table` from the levels of its factors.
#[inline]
fn cell(table: &Table, levels: &[(usize, &[&str])]) -> u16 {
    debug_assert!(levels.iter().map(|(_, factor)| *factor).eq(table.factors.iter().copied()));
    let mut index = 0;
    for (level, factor) in levels {
        debug_assert!(*level < factor.len(), "{}: level {level} of {factor:?}", table.name);
        index = index * factor.len() + level;
    }
    index as u16
}

//! Takes the signals of each block from the shared measurements.

use cleancopy_core::{BlockKind, Page};

use super::alike::Alike;
use super::signals::{COUNT_BOUNDS, LENGTH_BOUNDS, PLACE_BOUNDS, SIZE_BOUNDS, STEP_BOUNDS};
use crate::appeals::Appeals;
use crate::captions::Captions;
use crate::cells::{Offsets, share, step, zone_of};
use crate::head::Head;
use crate::told::{Contents, Told};
use crate::verdicts::{Grade, Verdicts};
use crate::view::{View, Views};
use crate::voices::{Voice, voice};
use crate::words::Word;
use crate::zones::{PROMO, Zone};

/// The signals of the blocks of a page.
#[derive(Debug, Default)]
pub(crate) struct Observations {
    /// Cells of all blocks, one after another.
    cells: Vec<u16>,
    /// For each block the index of its first cell; one more at the end.
    firsts: Vec<u32>,
    blocks: Vec<Form>,
    /// Short blocks of the page.
    n_short: u32,
    told: Told,
    alike: Alike,
}

/// Words from which a paragraph tells what the article is about.
const MIN_TELLING: u32 = 20;

/// What the neighbours of a block ask about it.
#[derive(Clone, Copy, Debug, Default)]
struct Form {
    size: u8,
    end: u8,
    claim: bool,
    prose: bool,
    /// A line without an end mark.
    short: bool,
    words: u32,
    /// Claimed blocks before it.
    n_claims: u32,
    /// Running text before it.
    n_prose: u32,
    /// Words before it.
    before: u32,
    /// Short lines in the run in which it stands.
    run: u32,
}

impl Form {
    /// Whether it is a paragraph that tells what the article is about.
    fn tells(&self) -> bool {
        self.prose && !self.claim && self.words >= MIN_TELLING
    }
}

impl Observations {
    /// The cells of one block.
    pub(crate) fn of(&self, block: usize) -> &[u16] {
        &self.cells[self.firsts[block] as usize..self.firsts[block + 1] as usize]
    }

    /// Takes the signals of `page`.
    pub(crate) fn take(&mut self, page: &Page<'_>, offsets: &Offsets) {
        let mut cells = std::mem::take(&mut self.cells);
        let mut firsts = std::mem::take(&mut self.firsts);
        cells.clear();
        firsts.clear();
        self.each(page, offsets, |block, cell| {
            if firsts.len() == block {
                firsts.push(cells.len() as u32);
            }
            cells.push(cell as u16);
        });
        firsts.push(cells.len() as u32);
        (self.cells, self.firsts) = (cells, firsts);
    }

    /// Gives the cells of the signals of `page` to `sink`, block by block, each with the number of its block.
    pub(crate) fn each(&mut self, page: &Page<'_>, offsets: &Offsets, mut sink: impl FnMut(usize, usize)) {
        let views = Views::of(page);
        let verdicts = page.measured::<Verdicts>();
        let (head, captions, appeals) =
            (page.measured::<Head>(), page.measured::<Captions>(), page.measured::<Appeals>());
        self.survey(&views, verdicts);
        for view in views.iter() {
            let index = view.index;
            let role = match () {
                () if head.title == Some(index) => 1,
                () if head.decks.contains(&index) => 2,
                () if head.small_print().any(|(block, _)| block == index) => 3,
                () if captions.has(index) => 4,
                () if appeals.runs.iter().any(|&(first, last)| (first..=last).contains(&index)) => 5,
                () => 0,
            };
            self.observe(&view, verdicts.claim(index), role, &mut |group, cell| {
                sink(index, offsets.at(group, cell));
            });
        }
    }

    /// What blocks ask about one another.
    fn survey(&mut self, views: &Views<'_>, verdicts: &Verdicts) {
        self.blocks.clear();
        self.told.clear();
        let contents = views.page.measured::<Contents>();
        self.alike.clear();
        let (mut n_claims, mut n_prose, mut before, mut run) = (0, 0, 0, 0);
        for view in views.iter() {
            let shape = view.shape();
            let short = shape.words <= 12 && view.is_line();
            run = if short { run + 1 } else { 0 };
            let form = Form {
                size: step(shape.words, SIZE_BOUNDS) as u8,
                end: shape.end as u8,
                claim: verdicts.goes(view.index),
                prose: shape.is_prose() && !view.set().meets(PROMO),
                short,
                words: shape.words,
                n_claims,
                n_prose,
                before,
                run,
            };
            n_claims += u32::from(form.claim);
            n_prose += u32::from(form.prose);
            before += shape.words;
            self.blocks.push(form);
            self.alike.push(view.words());
            if form.tells() {
                self.told.tell(contents.of(view.index));
            }
        }
        self.alike.sort();
        self.n_short = self.blocks.iter().filter(|form| form.short).count() as u32;
        for at in (1..self.blocks.len()).rev() {
            if self.blocks[at].short && self.blocks[at - 1].short {
                self.blocks[at - 1].run = self.blocks[at].run;
            }
        }
    }

    fn observe(&self, view: &View<'_>, claim: Option<(u8, Grade)>, role: usize, sink: &mut impl FnMut(usize, usize)) {
        let (shape, form, last) =
            (view.shape(), self.blocks[view.index], *self.blocks.last().unwrap_or(&Form::default()));
        let zone = zone_of(view);
        let (size, end) = (usize::from(form.size), usize::from(form.end));
        let n_blocks = self.blocks.len() as u32;
        let index = view.index as u32;
        sink(0, step(shape.words, LENGTH_BOUNDS));
        sink(1, end * 5 + size);
        sink(2, kind_of(view.kind()));
        sink(3, step(shape.sentences, &[1, 2]) * 2 + usize::from(shape.ends_sentence()));
        let n_tokens = view.words().len() as u32;
        sink(4, share(shape.uppers, n_tokens) * 2 + usize::from(shape.words > 3));
        sink(5, share(shape.caps, n_tokens));
        sink(6, share(shape.digits, n_tokens));
        sink(7, first_of(view));
        characters(view, &mut |character| sink(8, character));
        let n_quoted = view.words().iter().filter(|word| word.has(Word::QUOTED)).count() as u32;
        sink(9, if n_quoted == 0 { 0 } else { 1 + usize::from(n_quoted * 5 > n_tokens * 4) });
        let mut set = view.set().0;
        while set != 0 {
            let cue = set.trailing_zeros() as usize;
            set &= set - 1;
            sink(10, cue);
            if view.zone() != Zone::Body {
                sink(11, cue);
            }
        }
        let grade = match claim {
            None => 0,
            Some((judge, grade)) => {
                sink(12, usize::from(judge));
                1 + usize::from(grade == Grade::Certain)
            }
        };
        sink(13, grade * 3 + zone);
        sink(14, role);
        sink(15, step(index, STEP_BOUNDS));
        sink(16, step(n_blocks - 1 - index, STEP_BOUNDS));
        let total = (last.before + last.words).max(1);
        sink(17, step((form.before + form.words / 2) * 100 / total, PLACE_BOUNDS));
        sink(18, step(form.n_prose, COUNT_BOUNDS));
        let prose_below = last.n_prose + u32::from(last.prose) - form.n_prose - u32::from(form.prose);
        sink(19, step(prose_below, COUNT_BOUNDS));
        sink(20, zone * 5 + size);
        sink(21, zone * 6 + end);
        let near = |offset: isize| view.index.checked_add_signed(offset).and_then(|near| self.blocks.get(near));
        for (group, offset) in [(22, -1), (23, 1), (24, -2), (25, 2)] {
            sink(group, near(offset).map_or(0, |near| 30 + usize::from(near.size) * 6 + usize::from(near.end)));
        }
        let claims = |offset| usize::from(near(offset).is_some_and(|near| near.claim));
        sink(26, (claims(-1) * 2 + claims(1)) * 5 + size);
        let n_claims = last.n_claims + u32::from(last.claim);
        let sides = u32::from(form.n_claims > 0) + u32::from(n_claims > form.n_claims + u32::from(form.claim));
        sink(27, sides as usize * 3 + zone);
        sink(28, step(form.run, COUNT_BOUNDS) * 3 + zone);
        sink(29, step(n_blocks, STEP_BOUNDS) * 3 + zone);
        sink(30, step(n_claims, COUNT_BOUNDS) * 3 + zone);
        sink(31, step(n_claims, COUNT_BOUNDS) * 5 + size);
        sink(32, share(self.n_short, n_blocks) * 3 + zone);
        let told = self.told.of(view.page().measured::<Contents>().of(view.index), form.tells());
        sink(33, usize::from(told.words) * 3 + zone);
        sink(34, usize::from(told.names) * 3 + zone);
        sink(35, voices_of(view) * 3 + zone);
        sink(36, step(self.alike.others(view.index), COUNT_BOUNDS) * 5 + size);
    }
}

/// Who speaks in a block outside quotation marks: the reader spoken to, the outlet, somebody quoted, as bits.
fn voices_of(view: &View<'_>) -> usize {
    view.words().iter().fold(0, |voices, word| match voice(word) {
        Some(Voice::Report) => voices | 4,
        _ if word.has(Word::QUOTED) => voices,
        Some(Voice::Reader | Voice::Formal | Voice::ReaderIs) => voices | 1,
        Some(Voice::Own | Voice::OwnIs) => voices | 2,
        None => voices,
    })
}

const fn kind_of(kind: BlockKind) -> usize {
    match kind {
        BlockKind::Paragraph => 0,
        BlockKind::Heading(_) => 1,
        BlockKind::ListItem => 2,
        BlockKind::Quote => 3,
        BlockKind::TableRow => 4,
        BlockKind::Code => 5,
        BlockKind::Verse => 6,
        BlockKind::Caption => 7,
        BlockKind::Lines => 8,
    }
}

fn first_of(view: &View<'_>) -> usize {
    let flags = view.shape().first_flags;
    let has = |flag: u16| flags & flag != 0;
    match () {
        () if has(Word::GLYPH) => 5,
        () if has(Word::CAPS) => 2,
        () if has(Word::UPPER) => 1,
        () if has(Word::DIGIT) => 4,
        () if has(Word::LOWER) || has(Word::CASELESS) => 3,
        () => 0,
    }
}

/// Bytes of a block that are searched for telling characters.
const MAX_SEARCHED: usize = 240;

/// What is searched further: a colon that may be one of an address, and the second byte of ©.
const COLON: u16 = 1 << 14;
const SIGN: u16 = 1 << 15;

/// The telling characters that are single bytes, as bits by number.
const TELLING: [u16; 256] = {
    let mut table = [0; 256];
    let telling = [(b'|', 1), (b'@', 1 << 1), (b'[', 1 << 4), (b'>', 1 << 5), (b'#', 1 << 9), (b'/', 1 << 10)];
    let mut at = 0;
    while at < telling.len() {
        table[telling[at].0 as usize] = telling[at].1;
        at += 1;
    }
    table[b':' as usize] = COLON;
    table[0xA9] = SIGN;
    table
};

/// The telling characters of a block, by number, each once.
fn characters(view: &View<'_>, sink: &mut impl FnMut(usize)) {
    let text = view.text();
    let mut end = text.len().min(MAX_SEARCHED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let searched = &text.as_bytes()[..end];
    let mut found = searched.iter().fold(0, |found, &byte| found | TELLING[byte as usize]);
    if found & COLON != 0 {
        for at in memchr::memchr_iter(b':', searched) {
            found |= if text.as_bytes()[at..].starts_with(b"://") { 1 << 2 } else { 1 << 11 };
        }
    }
    if found & SIGN != 0 && searched.windows(2).any(|two| two == "©".as_bytes()) {
        found |= 1 << 3;
    }
    found &= !(COLON | SIGN);
    found |= match text.chars().next() {
        Some('•' | '*' | '·' | '▪' | '■' | '●' | '–' | '-') => 1 << 6,
        Some('"' | '“' | '„' | '«' | '”' | '‘') => 1 << 7,
        Some('—') => 1 << 8,
        Some('»' | '›' | '→' | '▶' | '►' | '❯') => 1 << 5,
        _ => 0,
    };
    while found != 0 {
        sink(found.trailing_zeros() as usize);
        found &= found - 1;
    }
}

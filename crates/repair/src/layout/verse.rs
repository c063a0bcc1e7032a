//! Lines whose breaks are the author's though nothing but their form shows it: verse, addresses, results.

use super::edge::{End, Start};
use super::line::Line;
use super::pair::{Pair, is_capital};
use super::stretch::Stretch;
use super::structure::{MAX_HEAD_WIDTH, Role};

/// Fewest lines of a poem.
const MIN_POEM: usize = 4;
/// Fewest lines of a poem whose lines are as wide as the column.
const MIN_METRE: usize = 8;
/// Share of a poem's text whose lines end sentences, at most, in a hundred. In prose that is one
/// paragraph a line it is 85 and more.
const MAX_POEM_STOPS: usize = 60;
/// Widest line of an address or result list, columns.
const MAX_SHORT: u16 = 48;

/// Finds verse and other short lines between blank lines. Returns whether there are any.
pub(crate) fn find_verse(text: &str, lines: &[Line], pairs: &[Pair], stretch: &Stretch, roles: &mut [Role]) -> bool {
    let one_line = lines.iter().any(|line| line.width >= UNWRAPPED);
    let mut any = false;
    let mut start = 0;
    while start < lines.len() {
        let mut end = block_end(lines, start);
        let is_prose = |range: std::ops::Range<usize>| roles[range].iter().all(|role| *role == Role::Prose);
        let role = if end - start < 2 || !is_prose(start..end) {
            Role::Prose
        } else if is_short_lines(text, &lines[start..end]) {
            Role::Lines
        } else {
            // A poem goes on over its stanzas.
            let (mut next, n_lines, mut stanzas) = (end, end - start, 1);
            while lines[start..end].iter().all(stands) && next < lines.len() {
                next = block_end(lines, next);
                if next - end < 2 || !is_prose(end..next) || !lines[end..next].iter().all(stands) {
                    break;
                }
                stanzas = if next - end == n_lines { stanzas + 1 } else { 0 };
                end = next;
            }
            let (block, pairs) = (&lines[start..end], &pairs[start..end - 1]);
            let verse = is_poem(block, pairs, stretch, one_line)
                || is_shaped(block, stretch)
                || alternates(block)
                || is_strophic(block, n_lines, stanzas)
                || (one_line && is_stanza(text, block));
            let paused = if verse { None } else { paused_lines(lines, roles, start) };
            end = paused.unwrap_or(end);
            if verse || paused.is_some() { Role::Verse } else { Role::Prose }
        };
        if role != Role::Prose {
            roles[start..end].fill(role);
            any = true;
        }
        start = end;
    }
    if any {
        find_couplets(lines, pairs, stretch, roles);
    }
    any
}

/// Two or three lines next to verse are verse if they could be.
fn find_couplets(lines: &[Line], pairs: &[Pair], stretch: &Stretch, roles: &mut [Role]) {
    let mut start = 0;
    while start < lines.len() {
        let end = block_end(lines, start);
        let beside = roles.get(end) == Some(&Role::Verse) || (start > 0 && roles[start - 1] == Role::Verse);
        let forced = (start..end - 1).any(|at| stretch.is_tight(&lines[at], pairs[at]));
        if beside && !forced && (2..MIN_POEM).contains(&(end - start)) && lines[start..end].iter().all(stands) {
            for role in roles[start..end].iter_mut().filter(|role| **role == Role::Prose) {
                *role = Role::Verse;
            }
        }
        start = end;
    }
}

/// The end of the lines from `start` on that no blank line parts.
fn block_end(lines: &[Line], start: usize) -> usize {
    start + 1 + lines[start + 1..].iter().take_while(|line| line.blanks == 0).count()
}

/// Whether a line could begin a line of verse.
fn stands(line: &Line) -> bool {
    is_capital(line.first) || matches!(line.first, Start::Digit | Start::Bracket | Start::Dash)
}

/// No line of a poem goes on in lower case, no column forced its breaks, and much of its text stands in
/// lines that end in the middle of a sentence. Where paragraphs stand on `one_line` each, no column broke short lines that
/// are set in; those that are not may be a menu.
fn is_poem(lines: &[Line], pairs: &[Pair], stretch: &Stretch, one_line: bool) -> bool {
    let n = lines.len();
    if n < MIN_POEM || !lines.iter().all(stands) {
        return false;
    }
    let width = |holds: &dyn Fn(&Line) -> bool| -> usize {
        lines.iter().filter(|line| holds(line)).map(|line| usize::from(line.width)).sum()
    };
    let capitals = lines.iter().filter(|line| is_capital(line.first)).count();
    let stops = width(&|line| line.last == End::Final);
    if capitals * 5 < n * 4 || stops * 100 > width(&|_| true) * MAX_POEM_STOPS {
        return false;
    }
    let tight = lines.iter().zip(pairs).filter(|(line, pair)| stretch.is_tight(line, **pair)).count();
    let pauses = |line: &&Line| matches!(line.last, End::Final | End::Comma | End::Colon | End::Dash);
    // Lines of one metre are of one length, as if a column had cut them; but they pause at their ends.
    tight * 10 <= (n - 1) * 3
        || (n >= MIN_METRE && lines.iter().filter(pauses).count() * 2 >= n)
        || (one_line && lines.iter().all(|line| line.width <= STANZA_WIDTH && line.indent > stretch.usual_indent))
}

/// Fewest stanzas that show by their like size that they are verse.
const MIN_STANZAS: usize = 3;

/// Stanzas of as many lines each, however many of them end sentences, if most lines end in a pause.
fn is_strophic(lines: &[Line], n_lines: usize, stanzas: usize) -> bool {
    let pauses = |line: &&Line| matches!(line.last, End::Final | End::Comma | End::Colon | End::Dash);
    stanzas >= MIN_STANZAS
        && n_lines >= MIN_POEM
        && lines.len() == n_lines * stanzas
        && lines.iter().filter(pauses).count() * 2 >= lines.len()
        && lines.iter().all(|line| line.width <= MAX_HEAD_WIDTH)
}

/// Columns that wrapped prose does not reach: a text with lines this long has one paragraph a line.
const UNWRAPPED: u16 = 130;
/// Columns that lines of verse seldom pass.
const STANZA_WIDTH: u16 = 60;

/// Four or more short lines of like length between blank lines, most of them ended by punctuation, in
/// a text whose paragraphs stand on one line each: nothing but an author breaks lines there.
fn is_stanza(text: &str, lines: &[Line]) -> bool {
    let width = || lines.iter().map(|line| line.width);
    let (Some(narrowest), Some(widest)) = (width().min(), width().max()) else { return false };
    let pauses = |line: &&Line| line.span.in_text(text).ends_with(|c: char| !c.is_alphanumeric());
    let n_pauses = lines.iter().filter(pauses).count();
    lines.len() >= 4
        && widest <= STANZA_WIDTH
        && narrowest >= 12
        && widest <= 3 * narrowest
        && n_pauses * 4 >= lines.len() * 3
}

/// Short lines at many different indents: verse that makes a shape.
fn is_shaped(lines: &[Line], stretch: &Stretch) -> bool {
    let moves = lines.windows(2).filter(|pair| pair[0].indent != pair[1].indent).count();
    let short = |line: &Line| line.width <= MAX_SHORT && line.indent > stretch.usual_indent;
    lines.len() >= MIN_POEM && moves * 4 >= lines.len() * 3 && lines.iter().all(short)
}

/// Lines of which every second is set in, and is no beginning of a paragraph: the line above seldom ends a sentence.
fn alternates(lines: &[Line]) -> bool {
    let set_in = || lines.windows(2).filter(|two| two[1].indent > two[0].indent);
    lines.len() >= MIN_POEM
        && lines.windows(3).all(|three| three[0].indent == three[2].indent && three[0].indent != three[1].indent)
        && set_in().filter(|two| two[0].last == End::Final).count() * 2 < set_in().count()
}

/// Where the lines from `start` on end that pause at their ends as those of a poem do, whether or not they begin with
/// capitals. Of lines that a column cut one in seven pauses.
fn paused_lines(lines: &[Line], roles: &[Role], start: usize) -> Option<usize> {
    // Stops also end paragraphs that are set in.
    let pauses = |line: &&Line| matches!(line.last, End::Comma | End::Colon | End::Dash);
    let (mut end, mut n_inner, mut n_pauses) = (start, 0, 0);
    while end < lines.len() {
        let next = block_end(lines, end);
        let stanza = &lines[end..next];
        let (narrowest, widest) =
            stanza.iter().fold((u16::MAX, 0), |(low, high), line| (low.min(line.width), high.max(line.width)));
        let could_be = stanza.len() >= 2 && widest <= STANZA_WIDTH && narrowest >= 12 && widest <= 3 * narrowest;
        if !could_be || roles[end..next].iter().any(|role| *role != Role::Prose) {
            break;
        }
        let inner = &stanza[..stanza.len() - 1];
        n_inner += inner.len();
        n_pauses += inner.iter().filter(pauses).count();
        end = next;
    }
    (n_inner >= MIN_METRE - 2 && n_pauses * 2 >= n_inner).then_some(end)
}

/// An address or a list of results: short lines, many with numbers, that end no sentence.
fn is_short_lines(text: &str, lines: &[Line]) -> bool {
    let n = lines.len();
    let numbered = |line: &&Line| line.span.in_text(text).contains(|c: char| c.is_ascii_digit() || c == '@');
    let is_prose = |line: &Line| matches!(line.last, End::Final | End::Function | End::Binding);
    n >= 3
        && lines.iter().all(|line| line.width <= MAX_SHORT && !is_prose(line))
        && lines.iter().filter(numbered).count() * 5 >= n * 2
        && lines.iter().filter(|line| stands(line)).count() * 5 >= n * 3
}

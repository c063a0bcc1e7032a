//! Whether a text was set in a proportional face, as in a PDF.
//!
//! There a line is full when its letters are, however many they are: forty `m` or a hundred `i`. Counted in characters, a third of the
//! forced breaks of such a text seem to come too early. Where widths of letters explain them far better, lines have these widths.

use super::line::Line;
use super::pair::{self, Class};
use super::stretch::best_column;
use super::width::set_widths;

/// Lines that are looked at.
const SAMPLE: usize = 128;

/// Fewest lines that a sentence runs on over, from which on widths are compared.
const MIN_FORCED: usize = 6;

/// A break, as wide as its line is, and as it would be with the next word; and whether a sentence runs on over it.
pub(crate) type Break = (u16, u16, bool);

/// Gives `lines` the widths of a proportional face if these explain how the text is broken.
pub(crate) fn measure(text: &str, lines: &mut [Line], breaks: &mut Vec<Break>) {
    let sample = &lines[..lines.len().min(SAMPLE)];
    breaks.clear();
    breaks.extend(sample.windows(2).map(|lines| {
        let pair = pair::pair(&lines[0], &lines[1], false);
        (lines[0].width, pair.reach, pair.class == Class::RunsOn)
    }));
    let n_forced = breaks.iter().filter(|(.., runs_on)| *runs_on).count();
    if n_forced < MIN_FORCED {
        return;
    }
    let n_by_columns = n_explained(breaks);
    // A few forced breaks are early in any text.
    if n_by_columns * 10 > n_forced * 9 {
        return;
    }
    for (entry, lines) in breaks.iter_mut().zip(sample.windows(2)) {
        let [(width, _), (_, next_word)] = [&lines[0], &lines[1]].map(|line| set_widths(line.span.in_text(text)));
        (entry.0, entry.1) = (width, width + next_word + 1);
    }
    let n_by_letters = n_explained(breaks);
    if n_by_letters * 2 >= n_forced && n_by_letters * 10 > n_by_columns * 11 + 10 {
        for line in lines {
            (line.width, line.first_word) = set_widths(line.span.in_text(text));
        }
    }
}

/// The forced breaks that the best column explains.
fn n_explained(breaks: &[Break]) -> usize {
    let column = best_column(breaks.iter().map(|&(width, reach, _)| (width, reach)));
    breaks.iter().filter(|&&(width, reach, runs_on)| runs_on && width <= column && column < reach).count()
}

#[cfg(test)]
mod tests {
    use super::super::line::{Known, read_lines};
    use super::*;

    const WORDS: &str = "The ferry still sails twice a day in winter, and until the ice is thick it will carry cars, mail and milk to \
        all five islands. Little villages with little shops live off it; filling stations and mills will fill their tanks while it lies \
        in Illmitt. Commuters from Hammersmoor, whose own ferry was scrapped, want more crossings, mornings and evenings, and mammoth \
        works on the embankment to become commonplace. Whoever commutes wants warm rooms, wagons and somewhere to warm one's hands \
        while waiting, a woman from Wommelsmoor mumbled, whose home movies of it became famous.";

    /// The words in lines of at most 50 columns by `width`.
    fn wrapped(width: impl Fn(&str) -> u16) -> String {
        let mut text = String::new();
        let mut line = String::new();
        for word in WORDS.split(' ') {
            if width(&format!("{line} {word}")) > 50 {
                text.push_str(&line);
                text.push('\n');
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        text + &line
    }

    fn widths_of(text: &str) -> Vec<u16> {
        let mut lines = Vec::new();
        read_lines(text, &mut Known::default(), &mut lines);
        measure(text, &mut lines, &mut Vec::new());
        lines.iter().map(|line| line.width).collect()
    }

    #[test]
    fn lines_that_letters_fill_are_measured_by_letters() {
        let text = wrapped(|line| set_widths(line).0);
        assert_eq!(widths_of(&text), text.lines().map(|line| set_widths(line).0).collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn lines_that_characters_fill_are_measured_by_characters() {
        let text = wrapped(|line| line.len() as u16);
        assert_eq!(widths_of(&text), text.lines().map(|line| line.len() as u16).collect::<Vec<_>>(), "{text}");
    }
}

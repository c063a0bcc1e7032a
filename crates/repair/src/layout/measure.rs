//! How a text counted the widths of its lines when it was wrapped.
//!
//! Most wrap at a column. Some programs count characters, also where Korean or Japanese ones take two columns each. In a proportional
//! face, as in a PDF, a line is full when its letters are: forty `m` or a hundred `i`. Measured in columns, a third of the forced
//! breaks of such a text seem to come too early. Where another measure explains them far better, lines are measured so.

use super::edge::End;
use super::line::Line;
use super::pair;
use super::stretch::best_column;
use super::width::{char_widths, set_widths};

/// Lines that are looked at.
const SAMPLE: usize = 128;

/// Fewest lines that a sentence runs on over, from which on measures are compared.
const MIN_FORCED: usize = 6;

/// A break: as wide as its line is, and as it would be with the next word; and whether a sentence runs on over it.
pub(crate) type Break = (u16, u16, bool);

/// Measures `lines` anew if another measure than columns explains how the text is broken.
pub(crate) fn measure(text: &str, lines: &mut [Line], breaks: &mut Vec<Break>) {
    let sample = &lines[..lines.len().min(SAMPLE)];
    // In most texts that are not wrapped, lines end in stops.
    if sample.iter().filter(|line| line.last != End::Final).count() < MIN_FORCED {
        return;
    }
    read_breaks(sample, |line| *line, breaks);
    let n_forced = breaks.iter().filter(|(.., is_forced)| *is_forced).count();
    if n_forced < MIN_FORCED {
        return;
    }
    let n_by_columns = n_explained(breaks);
    // A few forced breaks are early in any text.
    if n_by_columns * 10 > n_forced * 9 {
        return;
    }
    let mut best = (n_by_columns + n_by_columns / 10 + 1, None);
    for widths in [char_widths, set_widths] {
        read_breaks(sample, |line| measured(text, line, widths), breaks);
        let n = n_explained(breaks);
        if n > best.0 && n * 2 >= n_forced {
            best = (n, Some(widths));
        }
    }
    if let Some(widths) = best.1 {
        for line in lines {
            *line = measured(text, line, widths);
        }
    }
}

fn measured(text: &str, line: &Line, widths: fn(&str) -> (u16, u16)) -> Line {
    let (width, first_word) = widths(line.span.in_text(text));
    Line { width, first_word, ..*line }
}

fn read_breaks(lines: &[Line], measured: impl Fn(&Line) -> Line, breaks: &mut Vec<Break>) {
    breaks.clear();
    let mut measured = lines.iter().map(measured);
    let Some(mut before) = measured.next() else { return };
    breaks.extend(measured.map(|line| {
        let pair = pair::pair(&before, &line, false);
        let entry = (before.width, pair.reach, pair.class.is_forced());
        before = line;
        entry
    }));
}

/// The forced breaks that the best column explains.
fn n_explained(breaks: &[Break]) -> usize {
    let column = best_column(breaks.iter().map(|&(width, reach, _)| (width, reach)));
    breaks.iter().filter(|&&(width, reach, is_forced)| is_forced && width <= column && column < reach).count()
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

    const KOREAN: &str = "섬으로 가는 배는 겨울에도 하루에 두 번 떠나고 얼음이 두꺼워질 때까지 자동차와 우편물과 우유를 다섯 섬으로 실어 \
        나른다고 선장이 말했다 작은 마을과 작은 가게들은 이 배에 기대어 살고 항구의 식당도 배가 들어오는 시간에만 문을 연다 새 배는 2027년 봄에 \
        들어오며 80명을 태울 수 있고 값은 12억 원이라고 한다 통근하는 사람들은 아침과 저녁에 배가 더 자주 다니기를 바라며 따뜻한 대합실도 \
        있었으면 좋겠다고 말한다 섬의 학교에는 학생이 아홉 명 있는데 모두 이 배를 타고 다니고 바람이 센 날에는 수업이 없다 그런 날이면 \
        아이들은 부두에 나와 파도를 보며 배가 오기를 기다리고 어른들은 그물을 손질하거나 지붕을 고치며 하루를 보낸다고 한 주민이 전했다 \
        올해는 바람이 센 날이 예년보다 많아서 3월까지 모두 21일이나 배가 쉬었고 그 사이에 우유와 빵이 떨어진 섬도 두 곳이나 있었다";

    /// The words in lines of at most `column` by `width`.
    fn wrapped(words: &str, column: u16, width: impl Fn(&str) -> u16) -> String {
        let mut text = String::new();
        let mut line = String::new();
        for word in words.split(' ') {
            if width(&format!("{line} {word}")) > column {
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
        let text = wrapped(WORDS, 50, |line| set_widths(line).0);
        assert_eq!(widths_of(&text), text.lines().map(|line| set_widths(line).0).collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn lines_that_characters_fill_are_measured_by_characters() {
        let text = wrapped(WORDS, 50, |line| line.len() as u16);
        assert_eq!(widths_of(&text), text.lines().map(|line| line.len() as u16).collect::<Vec<_>>(), "{text}");
        // Some 130 columns are no column of a text.
        let text = wrapped(&format!("{KOREAN} {KOREAN}"), 80, |line| char_widths(line).0);
        assert_eq!(widths_of(&text), text.lines().map(|line| char_widths(line).0).collect::<Vec<_>>(), "{text}");
    }
}

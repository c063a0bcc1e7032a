//! Words in mathematical letters.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "styled-letter",
    stage: Stage::Glyphs,
    scope: Scope::Everywhere,
    about: "Spells words set in mathematical bold, italic, script and the like in plain letters and digits.",
    why: "Social media users take them for a font. They are formula signs: search, speech and tokens miss the words.",
    limits: "Only runs of four letters or more, and shorter ones in a text with two such. Single letters and short \
             runs are mathematics.",
    source: "UnicodeData.txt, compatibility mappings of U+1D400 to U+1D7FF.",
    examples: &[
        Example::changes("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠 𝐧𝐞𝐰𝐬 𝐨𝐟 𝟐𝟎𝟐𝟒", "Breaking news of 2024"),
        Example::changes("𝘓𝘪𝘷𝘦 𝘧𝘳𝘰𝘮 the harbour", "Live from the harbour"),
        Example::keeps("Let 𝑓(𝑥) = 𝑎𝑥 + 𝑏 and 𝔼[𝑋] ≠ 0"),
        Example::keeps("the matrix 𝐀𝐁𝐂 and 𝑠𝑖𝑛 𝜃"),
    ],
    run,
};

/// Shortest run that is a word, not a product of variables or a function's name.
const SHORTEST_WORD: usize = 4;

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Styled) {
        return;
    }
    let runs = || Runs { suspects: suspects.all(), text: page.text };
    let n_words = runs().filter(|run| run.n >= SHORTEST_WORD).count();
    for run in runs() {
        if run.n >= SHORTEST_WORD || n_words > 1 {
            for (at, char) in run.text.char_indices() {
                let start = run.start + at;
                if let Some(plain) = plain(char) {
                    edits.replace(Span::of(start..start + char.len_utf8()), plain.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }
}

/// A run of styled characters.
struct Run<'a> {
    start: usize,
    text: &'a str,
    /// Characters in it.
    n: usize,
}

struct Runs<'a> {
    suspects: &'a [super::suspects::Site],
    text: &'a str,
}

impl<'a> Iterator for Runs<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        let first = self.suspects.iter().position(|site| site.class == Class::Styled)?;
        let start = self.suspects[first].at as usize;
        let mut end = start;
        let n = self.suspects[first..]
            .iter()
            .take_while(|site| {
                let follows = site.class == Class::Styled && site.at as usize == end;
                end = if follows { site.end() } else { end };
                follows
            })
            .count();
        self.suspects = &self.suspects[first + n..];
        Some(Run { start, text: &self.text[start..end], n })
    }
}

/// The plain letter or digit of a styled one; Greek stays as it is.
fn plain(char: char) -> Option<char> {
    let code = u32::from(char);
    match code {
        // Thirteen alphabets of capitals and small letters.
        0x1D400..0x1D6A4 => {
            let index = (code - 0x1D400) % 52;
            char::from_u32(if index < 26 { 0x41 + index } else { 0x61 + index - 26 })
        }
        // Five sets of digits.
        0x1D7CE..=0x1D7FF => char::from_u32(0x30 + (code - 0x1D7CE) % 10),
        _ => None,
    }
}

//! UTF-8 that was read in another code page.

mod code_pages;
mod oddness;
mod reading;

use cleancopy_core::{Edits, Example, Measure, Page, Rule, Scope, Span, Stage};

use super::chars::{line_around, quotes};
use super::suspects::{Class, Suspects};
pub(crate) use code_pages::{CODE_PAGES, MACINTOSH, WINDOWS_1252};
use oddness::is_odd;
pub(crate) use reading::pages_of_pair;
use reading::{Evidence, Glyph, Reader, each_page, suspected_pages};

pub(crate) static RULE: Rule = Rule {
    id: "mojibake",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Reads characters that are the bytes of UTF-8 shown in another code page as what they were, line by line, up to \
            four times over.",
    why: "A program took UTF-8 for windows-1252 or the like and saved the result; each letter beyond ASCII became two \
          to four odd ones.",
    limits: "A line is read anew only if it holds sequences that never occur in sound text, if each becomes a character that may \
             stand there, and if nothing odd is left after; one sequence is not enough in a line with other characters \
             beyond ASCII, unless the text has more such lines. Lines about encodings, and quoted samples, stay. A \
             sequence that lost a byte becomes U+FFFD.",
    source: "Fourteen code pages (`code_pages.txt`); what never stands together follows from how signs are used \
             (`signs.txt`); tested on texts in 118 languages, none of which changes.",
    examples: &[
        Example::changes("Itâ€™s a cafÃ© near â€œOld Townâ€\u{9D}.", "It’s a café near “Old Town”."),
        Example::changes("ItÃ¢â‚¬â„¢s cafÃƒÂ© time", "It’s café time"),
        Example::changes("ÐŸÐ¾Ð³Ð¾Ð´Ð° Ñ\u{81}ÐµÐ³Ð¾Ð´Ð½Ñ\u{8F}", "Погода сегодня"),
        Example::changes("‚Äì caf√© S√£o Tom√©", "– café São Tomé"),
        Example::changes("Der BÃ¼rgermeister – sagt: nÃ¤chstes Jahr", "Der Bürgermeister – sagt: nächstes Jahr"),
        Example::keeps("JOSÉ… AVÓ” CAFÉ™ SÓ…"),
        Example::keeps("10 Å— 4288×… – 2012—∞ – 5×£35"),
        Example::keeps("IRMÃ E MANHÃ, SELKÄ\u{A0}JA MÄKI"),
        Example::keeps("Die Weiß“ und „Maß“ – daß…"),
        Example::keeps("Росії, Рівне, «СССР», вії"),
        Example::keeps("Read as Latin-1, é looks like \"Ã©\"."),
        Example::keeps("┌─┬─┐ √π ∞ ½ ©"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    if !page.measured::<Suspects>().has(Class::Mojibake) {
        return;
    }
    let mended = page.measured::<Mended>();
    for fix in &mended.fixes {
        edits.replace(fix.span, fix.text.in_text(&mended.texts));
    }
}

/// What the broken lines of a text were.
#[derive(Debug, Default)]
struct Mended {
    fixes: Vec<Fix>,
    texts: String,
    /// Lines with too little evidence of their own.
    doubtful: Vec<Span>,
    reader: Reader,
    line: Vec<Glyph>,
    candidate: Vec<Glyph>,
    best: Vec<Glyph>,
}

#[derive(Clone, Copy, Debug)]
struct Fix {
    span: Span,
    /// A span of `Mended::texts`.
    text: Span,
}

/// What to do with a line.
enum Verdict {
    Mend,
    Doubt,
    Leave,
}

/// Rounds of misreading that are undone. Texts that went through more are beyond help.
const MOST_ROUNDS: usize = 4;

/// Strong sequences elsewhere in a text that settle a doubt.
const ENOUGH_ELSEWHERE: usize = 3;

impl Measure for Mended {
    fn measure(&mut self, page: &Page<'_>) {
        self.fixes.clear();
        self.texts.clear();
        self.doubtful.clear();
        let mut n_strong = 0;
        let mut done = 0;
        for site in page.measured::<Suspects>().of(Class::Mojibake) {
            if (site.at as usize) < done {
                continue;
            }
            let line = line_around(page.text, site.at as usize);
            done = line.end;
            let line = Span::of(line);
            let (verdict, strong) = self.judge(page.text, line, false);
            match verdict {
                Verdict::Mend => {
                    n_strong += strong;
                    self.write();
                }
                Verdict::Doubt => self.doubtful.push(line),
                Verdict::Leave => {}
            }
        }
        if n_strong < ENOUGH_ELSEWHERE {
            return;
        }
        for index in 0..self.doubtful.len() {
            if let (Verdict::Mend, _) = self.judge(page.text, self.doubtful[index], true) {
                self.write();
            }
        }
        self.fixes.sort_unstable_by_key(|fix| fix.span);
    }
}

impl Mended {
    /// Reads a line until nothing is left to read; `self.line` holds what became of it. Returns the
    /// strong sequences of the first round too.
    fn judge(&mut self, text: &str, line: Span, trusting: bool) -> (Verdict, usize) {
        if is_about_encodings(line.in_text(text)) {
            return (Verdict::Leave, 0);
        }
        self.line.clear();
        for (at, char) in line.in_text(text).char_indices() {
            let start = line.start + at as u32;
            self.line.push(Glyph { char, start, end: start + char.len_utf8() as u32, mended: false });
        }
        let mut first: Option<Evidence> = None;
        for _ in 0..MOST_ROUNDS {
            let Some(evidence) = self.read_best() else { break };
            first.get_or_insert(evidence);
        }
        let Some(Evidence { strong, refused, n, genuine, only_a_sign }) = first else { return (Verdict::Leave, 0) };
        if is_odd_anywhere(&self.line) || refused > n || (only_a_sign && strong < 2) {
            return (Verdict::Leave, strong);
        }
        let verdict = if strong > 1 || genuine == 0 || trusting { Verdict::Mend } else { Verdict::Doubt };
        (verdict, strong)
    }

    /// Reads `self.line` in the code page that explains most of it.
    fn read_best(&mut self) -> Option<Evidence> {
        let mut best: Option<Evidence> = None;
        for page in each_page(suspected_pages(&self.line)) {
            let evidence = self.reader.read(&self.line, page, &mut self.candidate);
            let weight = |one: Evidence| (one.strong, one.n, std::cmp::Reverse(one.genuine));
            if evidence.strong > 0 && best.is_none_or(|best| weight(evidence) > weight(best)) {
                best = Some(evidence);
                std::mem::swap(&mut self.candidate, &mut self.best);
                if evidence.genuine == 0 && evidence.refused == 0 {
                    break;
                }
            }
        }
        if best.is_some() {
            std::mem::swap(&mut self.line, &mut self.best);
        }
        best
    }

    /// Writes down what changed in `self.line`.
    fn write(&mut self) {
        let mut index = 0;
        while index < self.line.len() {
            let from = index;
            while self.line.get(index).is_some_and(|glyph| glyph.mended) {
                index += 1;
            }
            let Some(last) = index.checked_sub(1).filter(|_| index > from) else {
                index += 1;
                continue;
            };
            let start = self.texts.len() as u32;
            self.texts.extend(self.line[from..index].iter().map(|glyph| glyph.char));
            let text = Span::new(start, self.texts.len() as u32);
            self.fixes.push(Fix { span: Span::new(self.line[from].start, self.line[last].end), text });
        }
    }
}

fn is_odd_anywhere(line: &[Glyph]) -> bool {
    let next = |at: usize| line.get(at).map_or('\0', |glyph| glyph.char);
    (1..line.len()).any(|at| is_odd(line[at - 1].char, line[at].char, next(at + 1)))
}

/// Whether a line speaks of encodings, or quotes a sample of one: a run beyond ASCII in quotes of its own.
fn is_about_encodings(line: &str) -> bool {
    const WORDS: [&str; 5] = ["mojibake", "utf-8", "encoding", "latin-1", "charset"];
    let mention =
        |word: &&str| line.as_bytes().windows(word.len()).any(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes()));
    if WORDS.iter().any(mention) {
        return true;
    }
    let mut runs = line.char_indices().filter(|(_, char)| !char.is_ascii());
    let mut done = 0;
    runs.any(|(at, _)| {
        if at < done {
            return false;
        }
        done = at + line[at..].find(|char: char| char.is_ascii()).unwrap_or(line.len() - at);
        quotes(line[..at].chars().next_back(), line[done..].chars().next())
    })
}

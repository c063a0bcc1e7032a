//! UTF-8 that was read in another code page.

mod code_pages;
mod oddness;
mod pairs;
mod reading;

use std::cmp::{Ordering, Reverse};

use cleancopy_core::{Edits, Example, Measure, Page, Rule, Scope, Span, Stage};

use super::chars::{Words, any_of, line_around, quotes};
use super::suspects::{Class, Suspects};
pub(crate) use code_pages::{CODE_PAGES, MACINTOSH, WINDOWS_1252};
use code_pages::{ISO_8859_2, N_PAGES, WINDOWS_1250, is_western};
use oddness::{Case, Kind, is_odd, kind};
pub(crate) use pairs::{PAIRS, Pairs};
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
        Example::changes("vilkĂĄrlig berĂ¸ves sitt, mĂĄ Ă¸konomiske", "vilkårlig berøves sitt, må økonomiske"),
        Example::changes("nГ© la libertГ\u{A0} di parola nГ© dal timore", "né la libertà di parola né dal timore"),
        Example::keeps("ulmuolmooh almosmaailmâš julgáštus"),
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
    Mend(Evidence),
    Doubt,
    Leave,
}

/// Rounds of misreading that are undone. Texts that went through more are beyond help.
const MOST_ROUNDS: usize = 4;

/// ASCII characters kept on each side of one beyond it.
const CONTEXT: usize = 4;

/// Strong sequences elsewhere in a text that settle a doubt.
const ENOUGH_ELSEWHERE: usize = 3;

impl Measure for Mended {
    fn measure(&mut self, page: &Page<'_>) {
        self.fixes.clear();
        self.texts.clear();
        self.doubtful.clear();
        let mut n_strong = [0; N_PAGES];
        let mut done = 0;
        for site in page.measured::<Suspects>().of(Class::Mojibake) {
            if (site.at as usize) < done {
                continue;
            }
            let line = line_around(page.text, site.at as usize);
            done = line.end;
            let line = Span::of(line);
            match self.judge(page.text, line, None, false) {
                Verdict::Mend(evidence) => {
                    n_strong[evidence.page] += evidence.strong;
                    self.write();
                }
                Verdict::Doubt => self.doubtful.push(line),
                Verdict::Leave => {}
            }
        }
        let trusted = (0..N_PAGES).max_by_key(|&page| (n_strong[page], Reverse(page)));
        let trusted = trusted.filter(|&page| n_strong[page] >= ENOUGH_ELSEWHERE);
        let settled = n_strong[ISO_8859_2] == 0;
        if trusted.is_none() && !settled {
            return;
        }
        for index in 0..self.doubtful.len() {
            if let Verdict::Mend(_) = self.judge(page.text, self.doubtful[index], trusted, settled) {
                self.write();
            }
        }
        self.fixes.sort_unstable_by_key(|fix| fix.span);
    }
}

impl Mended {
    /// Reads a line until nothing is left to read; `self.line` holds what became of it. `trusted` is the
    /// page that the rest of the text was read in; `settled` says that nothing in it was read in ISO 8859-2, whose
    /// twin windows-1250 then is the likelier.
    fn judge(&mut self, text: &str, line: Span, trusted: Option<usize>, settled: bool) -> Verdict {
        self.load(text, line);
        if ABOUT.are_in(line.in_text(text)) || holds_sample(&self.line) {
            return Verdict::Leave;
        }
        let mut first: Option<Evidence> = None;
        for _ in 0..MOST_ROUNDS {
            let Some(evidence) = self.read_best(trusted) else { break };
            first.get_or_insert(evidence);
        }
        let Some(evidence) = first else { return Verdict::Leave };
        let Evidence { strong, genuine, .. } = evidence;
        if (evidence.only_a_sign && strong < 2) || n_odd(&self.line) > 0 {
            return Verdict::Leave;
        }
        let sure = (strong > 1 || genuine == 0) && !evidence.ambiguous && (settled || !evidence.twin);
        if sure || trusted == Some(evidence.page) { Verdict::Mend(evidence) } else { Verdict::Doubt }
    }

    /// Fills `self.line` with the characters beyond ASCII and a few on each side: no more are ever looked at.
    fn load(&mut self, text: &str, line: Span) {
        self.line.clear();
        let text = line.in_text(text);
        let mut from = 0;
        while let Some(gap) = text.as_bytes()[from..].iter().position(|byte| !byte.is_ascii()) {
            let first = from + gap;
            let start = from.max(first.saturating_sub(CONTEXT));
            let mut n_ascii = 0;
            for (at, char) in text[start..].char_indices() {
                n_ascii = if start + at > first && char.is_ascii() { n_ascii + 1 } else { 0 };
                if n_ascii > CONTEXT {
                    break;
                }
                from = start + at + char.len_utf8();
                let span = Span::of(start + at..from);
                self.line.push(Glyph {
                    char,
                    start: line.start + span.start,
                    end: line.start + span.end,
                    mended: false,
                });
            }
        }
    }

    /// Reads `self.line` in the code page that explains most of it.
    fn read_best(&mut self, trusted: Option<usize>) -> Option<Evidence> {
        let mut best: Option<Evidence> = None;
        for page in each_page(suspected_pages(&self.line)) {
            let mut evidence = self.reader.read(&self.line, page, &mut self.candidate);
            evidence.unusual = unusual(&self.candidate);
            let weight = |one: Evidence| (one.strong, one.n, Reverse(one.unusual), Reverse(one.genuine));
            let order = best.map_or(Ordering::Greater, |best| weight(evidence).cmp(&weight(best)));
            match (order, best.as_mut()) {
                _ if evidence.strong == 0 => {}
                (Ordering::Greater, _) => {
                    best = Some(evidence);
                    std::mem::swap(&mut self.candidate, &mut self.best);
                    if page == WINDOWS_1252 && evidence.genuine + evidence.refused + evidence.unusual == 0 {
                        break;
                    }
                }
                (Ordering::Equal, Some(best)) if !same_text(&self.candidate, &self.best) => {
                    if trusted == Some(page) {
                        *best = evidence;
                        std::mem::swap(&mut self.candidate, &mut self.best);
                    } else {
                        // Windows-1252 is the page by far the likeliest to be mistaken, and windows-1250 is likelier
                        // than its twin, unless other lines say otherwise.
                        match (best.page, page) {
                            (WINDOWS_1252, _) => {}
                            (WINDOWS_1250, ISO_8859_2) => best.twin = true,
                            _ => best.ambiguous = true,
                        }
                    }
                }
                _ => {}
            }
        }
        best = best.filter(|best| !is_chance(best));
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

/// Whether sequences were found where there are none. In code pages whose bytes are mostly letters, sound
/// words are full of sequences that mean something; but then many letters are left over.
fn is_chance(evidence: &Evidence) -> bool {
    let Evidence { strong, only_letters, n, refused, genuine, page, .. } = *evidence;
    (only_letters > strong && 4 * genuine > n) || (!is_western(page) && genuine > n) || refused > n
}

fn n_odd(line: &[Glyph]) -> usize {
    let next = |at: usize| line.get(at).map_or('\0', |glyph| glyph.char);
    (1..line.len()).filter(|&at| is_odd(line[at - 1].char, line[at].char, next(at + 1))).count()
}

/// Oddities of a reading, mended letters that hardly any language has, and those inside words of another script.
fn unusual(line: &[Glyph]) -> usize {
    let rare = |glyph: &&Glyph| {
        let usual = matches!(glyph.char, 'ƒ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ș'..='ț');
        // Of these, the letters of Esperanto are the commonest.
        let seldom = matches!(glyph.char, 'ĉ' | 'ĝ' | 'ĥ' | 'ĵ' | 'ŝ' | 'ĸ' | 'ŉ' | 'ŀ' | 'ĳ');
        let far = matches!(glyph.char, '\u{180}'..='\u{36F}' | '\u{500}'..='\u{58F}');
        glyph.mended && (seldom || (far && !usual))
    };
    let is_latin = |char: char| matches!(kind(char), Kind::Lower(Case::Latin) | Kind::Upper(Case::Latin));
    let ascii_beside = |at: usize| {
        let beside =
            |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|glyph| glyph.char.is_ascii_alphabetic());
        beside(at.checked_sub(1)) || beside(Some(at + 1))
    };
    let mixed = |&at: &usize| {
        let Glyph { char, mended, .. } = line[at];
        mended && char.is_alphabetic() && !is_latin(char) && ascii_beside(at)
    };
    n_odd(line) + line.iter().filter(rare).count() + (0..line.len()).filter(mixed).count()
}

fn same_text(one: &[Glyph], other: &[Glyph]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.char == other.char)
}

/// Whether a line quotes a sample: a run of characters beyond ASCII in quotes of its own.
fn holds_sample(line: &[Glyph]) -> bool {
    let char = |at: Option<usize>| at.and_then(|at| line.get(at)).map(|glyph| glyph.char);
    let mut from = 0;
    line.chunk_by(|one, next| one.char.is_ascii() == next.char.is_ascii()).any(|run| {
        let (start, end) = (from, from + run.len());
        from = end;
        !run[0].char.is_ascii() && quotes(char(start.checked_sub(1)), char(Some(end)))
    })
}

/// Words of lines that are about encodings.
static ABOUT: Words =
    Words::new(|| any_of(&["mojibake", "utf-8", "utf8", "encoding", "encodings", "latin-1", "charset"]));

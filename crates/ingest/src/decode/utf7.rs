//! UTF-7 (RFC 2152): text past ASCII as base64 between `+` and `-`.
//!
//! Plain ASCII text is full of plus signs, so UTF-7 is only believed where every plus sign in the file fits and the
//! characters it hides are those of ordinary text.

use super::encoding::Lossy;
use super::guess;
use std::collections::BTreeSet;

/// The fewest hidden runs that make a file UTF-7.
const FEWEST_RUNS: usize = 2;
/// The fewest if all are the same.
const FEWEST_SAME: usize = 3;
/// The fewest if none ends in `-`.
const FEWEST_OPEN: usize = 4;
/// The fewest runs, different runs and runs that end in `-` that make a file UTF-7 if all of them look like words.
const FEWEST_WORDLIKE: (usize, usize, usize) = (6, 3, 3);
/// As many letters or common characters make a file UTF-7 in one run.
const FEWEST_CHARS: usize = 6;

/// What one `+` begins.
enum Run<'a> {
    /// `+-`, a plus sign.
    Plus,
    /// UTF-16 units, and the bytes after them.
    Units(Vec<u16>, &'a [u8]),
    /// Neither.
    Wrong,
}

/// What the characters hidden in a file say for UTF-7.
#[derive(Default)]
struct Evidence {
    n_all: usize,
    n_all_closed: usize,
    different: BTreeSet<Vec<u16>>,
    /// Runs that look like no word: `+IBM` and `+API` hide a character too.
    n_runs: usize,
    n_closed: usize,
    /// Whether those differ.
    differ: bool,
    last: Vec<u16>,
    n_chars: usize,
    /// Letters of the alphabets up to Arabic, and of those past it.
    n_letters: usize,
    n_far: usize,
    n_signs: usize,
    /// Common characters of Chinese, Japanese and Korean.
    n_eastern: usize,
}

/// Whether ASCII `bytes` are UTF-7.
pub(super) fn is_utf7(bytes: &[u8]) -> bool {
    let mut evidence = Evidence::default();
    let mut at = 0;
    while let Some(plus) = memchr::memchr(b'+', &bytes[at..]) {
        at += plus + 1;
        match run(&bytes[at..]) {
            Run::Plus => at += 1,
            Run::Units(units, rest) => {
                let written = &bytes[at..bytes.len() - rest.len()];
                at += written.len();
                if !evidence.add(units, written) {
                    return false;
                }
            }
            Run::Wrong => return false,
        }
    }
    evidence.is_enough()
}

impl Evidence {
    /// Counts one run in; false if it hides what nobody would.
    fn add(&mut self, units: Vec<u16>, written: &[u8]) -> bool {
        let base64 = written.strip_suffix(b"-").unwrap_or(written);
        let closed = usize::from(base64.len() < written.len());
        let counts = !is_wordlike(base64);
        self.n_all += 1;
        self.n_all_closed += closed;
        if self.different.len() < FEWEST_WORDLIKE.1 {
            self.different.insert(units.clone());
        }
        let ordinary = char::decode_utf16(units.iter().copied()).all(|char| {
            let Ok(char) = char else { return false };
            let kinds = [is_letter(char), is_far(char), is_sign(char), is_eastern(char)];
            self.n_chars += 1;
            self.n_letters += usize::from(kinds[0]);
            self.n_far += usize::from(kinds[1]);
            self.n_signs += usize::from(kinds[2]);
            self.n_eastern += usize::from(kinds[3] && guess::is_common(char));
            kinds.contains(&true) || matches!(char, '\n' | '\r' | ' '..='~')
        });
        if counts {
            self.n_closed += closed;
            self.differ |= self.n_runs > 0 && units != self.last;
            self.n_runs += 1;
            self.last = units;
        }
        ordinary
    }

    fn is_enough(&self) -> bool {
        let (runs, different, closed) = FEWEST_WORDLIKE;
        let wordlike = self.n_all >= runs && self.different.len() >= different && self.n_all_closed >= closed;
        let fewest = if self.differ { FEWEST_RUNS } else { FEWEST_SAME };
        let fewest = if self.n_closed > 0 { fewest } else { fewest.max(FEWEST_OPEN) };
        let plain = self.n_letters + self.n_signs > 0 && self.n_runs >= fewest;
        let long = self.n_runs > 0 && [self.n_letters, self.n_far, self.n_eastern].iter().any(|&n| n >= FEWEST_CHARS);
        let known = self.n_letters + self.n_far + self.n_signs + 2 * self.n_eastern;
        known * 4 >= self.n_chars * 3 && (plain || long || wordlike)
    }
}

/// Whether base64 reads as a word, a name, a number or an abbreviation.
fn is_wordlike(base64: &[u8]) -> bool {
    let all = |bytes: &[u8], fits: fn(&u8) -> bool| bytes.iter().all(fits);
    let rest = base64.get(1..).unwrap_or(&[]);
    let abbreviation = base64.strip_suffix(b"s").unwrap_or(base64);
    all(base64, u8::is_ascii_digit) || all(rest, u8::is_ascii_lowercase) || all(abbreviation, u8::is_ascii_uppercase)
}

/// Decodes UTF-7; a `+` that begins nothing is one replaced sequence.
pub(super) fn decode(bytes: &[u8]) -> Lossy {
    let mut lossy = Lossy { text: String::with_capacity(bytes.len()), replaced: 0 };
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => match run(after) {
                Run::Plus => {
                    lossy.text.push('+');
                    rest = &after[1..];
                }
                Run::Units(units, after) => {
                    char::decode_utf16(units).for_each(|char| lossy.push(char.ok()));
                    rest = after;
                }
                Run::Wrong => lossy.push(None),
            },
            0x80.. => lossy.push(None),
            _ => lossy.text.push(char::from(byte)),
        }
    }
    lossy
}

/// Reads what stands after a `+`.
fn run(bytes: &[u8]) -> Run<'_> {
    if bytes.first() == Some(&b'-') {
        return Run::Plus;
    }
    let length = bytes.iter().position(|&byte| digit(byte).is_none()).unwrap_or(bytes.len());
    let mut units = Vec::with_capacity(length * 3 / 8);
    let (mut bits, mut n_bits) = (0u32, 0);
    for value in bytes[..length].iter().filter_map(|&byte| digit(byte)) {
        bits = bits << 6 | value;
        n_bits += 6;
        if n_bits >= 16 {
            n_bits -= 16;
            units.push((bits >> n_bits) as u16);
            bits &= (1 << n_bits) - 1;
        }
    }
    // The bits left over are padding: fewer than a digit, and zero.
    if units.is_empty() || n_bits >= 6 || bits != 0 {
        return Run::Wrong;
    }
    let rest = &bytes[length..];
    Run::Units(units, rest.strip_prefix(b"-").unwrap_or(rest))
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Letters of living alphabets.
fn is_letter(char: char) -> bool {
    matches!(char, '\u{C0}'..='\u{17F}' | '\u{370}'..='\u{52F}' | '\u{590}'..='\u{6FF}' | '\u{E00}'..='\u{E5B}' | '\u{1E00}'..='\u{1EFF}')
}

/// Letters of the alphabets past Arabic, which fewer files are in.
fn is_far(char: char) -> bool {
    !is_letter(char) && matches!(char, '\u{180}'..='\u{1FFF}')
}

/// Signs of running text.
fn is_sign(char: char) -> bool {
    matches!(char, '\u{A0}'..='\u{BF}' | '\u{200B}'..='\u{2044}' | '\u{20AC}' | '\u{2122}' | '\u{2190}'..='\u{27BF}')
}

fn is_eastern(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FA5}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF5E}')
}

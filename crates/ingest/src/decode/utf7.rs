//! UTF-7 (RFC 2152): text past ASCII as base64 between `+` and `-`.
//!
//! Plain ASCII text is full of plus signs, so UTF-7 is only believed where every plus sign in the file fits and the
//! characters it hides are those of ordinary text.

use super::encoding::Lossy;
use super::guess;

/// The fewest hidden runs that make a file UTF-7.
const FEWEST_RUNS: usize = 2;
/// The fewest common characters that make a file UTF-7 without a letter of an alphabet: `+how` hides one by chance.
const FEWEST_EASTERN: usize = 6;

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
    n_runs: usize,
    n_closed: usize,
    first: Vec<u16>,
    /// Whether the runs differ: a file about one `+API` hides the same letter each time.
    differ: bool,
    n_chars: usize,
    n_letters: usize,
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
                at = bytes.len() - rest.len();
                evidence.n_closed += usize::from(bytes[at - 1] == b'-');
                if !evidence.add(units) {
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
    fn add(&mut self, units: Vec<u16>) -> bool {
        let ordinary = char::decode_utf16(units.iter().copied()).all(|char| {
            let Ok(char) = char else { return false };
            let kinds = [is_letter(char), is_sign(char), is_eastern(char)];
            self.n_chars += 1;
            self.n_letters += usize::from(kinds[0]);
            self.n_signs += usize::from(kinds[1]);
            self.n_eastern += usize::from(kinds[2] && guess::is_common(char));
            kinds.contains(&true) || matches!(char, '\n' | '\r' | ' '..='~')
        });
        self.n_runs += 1;
        if self.n_runs == 1 {
            self.first = units;
        } else {
            self.differ |= units != self.first;
        }
        ordinary
    }

    fn is_enough(&self) -> bool {
        let known = self.n_letters + self.n_signs + self.n_eastern;
        let some = self.n_signs > 0 || self.n_letters > 0 && self.differ || self.n_eastern >= FEWEST_EASTERN;
        self.n_runs >= FEWEST_RUNS && self.n_closed > 0 && some && known * 4 >= self.n_chars * 3
    }
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

/// Signs of running text.
fn is_sign(char: char) -> bool {
    matches!(char, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{2044}' | '\u{20AC}' | '\u{2122}' | '\u{2190}'..='\u{27BF}')
}

fn is_eastern(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FA5}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF5E}')
}

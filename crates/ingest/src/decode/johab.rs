//! Johab (code page 1361): Korean syllables composed of three five-bit parts.
//!
//! Source: KS X 1001:1992, annex 3. Signs and Chinese characters are those of KS X 1001 in another order, so they are
//! looked up through EUC-KR.

use super::encoding::Lossy;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Lone consonants as they stand first in a syllable, by part number from 2.
const FIRST: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/// Lone consonants as they stand last, by part number from 2; 18 is not used.
const LAST: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁ\0ㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// The part numbers of the vowels in the order of Unicode.
const VOWELS: [u16; 21] = [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29];

/// The first two-byte code.
const FIRST_CODE: u16 = 0x8431;

/// The character of every code from the first; NUL where there is none.
static CHARS: LazyLock<Vec<char>> =
    LazyLock::new(|| (FIRST_CODE..=0xF9FE).map(|code| char_of(code).unwrap_or('\0')).collect());

/// Every character and its code.
static CODES: LazyLock<BTreeMap<char, u16>> =
    LazyLock::new(|| CHARS.iter().zip(FIRST_CODE..).map(|(&char, code)| (char, code)).collect());

pub(super) fn decode(bytes: &[u8]) -> Lossy {
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() * 3 / 2), replaced: 0 };
    let mut rest = bytes.iter().copied();
    while let Some(lead) = rest.next() {
        if lead.is_ascii() {
            lossy.text.push(char::from(lead));
            continue;
        }
        let trail = rest.clone().next().unwrap_or(0);
        let code = u16::from_be_bytes([lead, trail]).checked_sub(FIRST_CODE);
        let char = code.and_then(|code| CHARS.get(usize::from(code))).copied().filter(|&char| char != '\0');
        // A byte below 31 is no second half: it is read again on its own.
        if char.is_some() || trail >= 0x31 {
            rest.next();
        }
        lossy.push(char);
    }
    lossy
}

pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for char in text.chars() {
        match CODES.get(&char) {
            _ if char.is_ascii() => bytes.push(char as u8),
            Some(code) => bytes.extend(code.to_be_bytes()),
            None => return None,
        }
    }
    Some(bytes)
}

fn char_of(code: u16) -> Option<char> {
    if code >= 0xD800 { sign(code) } else { syllable(code) }
}

/// A syllable or a lone letter.
fn syllable(code: u16) -> Option<char> {
    let (first, vowel, last) = (code >> 10 & 31, code >> 5 & 31, code & 31);
    let vowel_index = VOWELS.iter().position(|&part| part == vowel).map(|at| at as u32);
    let lone =
        |letters: &str, part: u16| letters.chars().nth(usize::from(part.checked_sub(2)?)).filter(|&char| char != '\0');
    match (first, vowel_index, last) {
        (1, Some(vowel), 1) => char::from_u32(u32::from('ㅏ') + vowel),
        (1, None, _) if vowel == 2 => lone(LAST, last),
        (_, None, 1) if vowel == 2 => lone(FIRST, first),
        (2..=20, Some(vowel), 1..=17 | 19..=29) => {
            let last = u32::from(last - 1 - u16::from(last > 18));
            char::from_u32(0xAC00 + (u32::from(first - 2) * 21 + vowel) * 28 + last)
        }
        _ => None,
    }
}

/// A sign or a Chinese character: two rows of KS X 1001 to each lead byte.
fn sign(code: u16) -> Option<char> {
    let [lead, trail] = code.to_be_bytes();
    let row = match lead {
        0xD9..=0xDE => (lead - 0xD9) * 2 + 0xA1,
        0xE0..=0xF9 => (lead - 0xE0) * 2 + 0xCA,
        _ => return None,
    };
    let (row, column) = match trail {
        0x31..=0x7E => (row, trail - 0x31 + 0xA1),
        0x91..=0xA0 => (row, trail - 0x91 + 0xEF),
        0xA1..=0xFE => (row + 1, trail),
        _ => return None,
    };
    // The letters of row 24 (hex) are codes of their own above.
    if row == 0xA4 && column < 0xD5 {
        return None;
    }
    let pair = [row, column];
    let (text, lost) = encoding_rs::EUC_KR.decode_without_bom_handling(&pair);
    text.chars().next().filter(|_| !lost)
}

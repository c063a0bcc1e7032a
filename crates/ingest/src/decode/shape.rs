//! UTF-16 and UTF-32 without a byte order mark, known by their shape.
//!
//! The start of a file is priced as text in each byte order and as bytes of an eight-bit encoding, in bits: units of one
//! script are cheap, units of many scripts and units that are no characters are dear.

use super::encoding::{Encoding, Kind};
use super::guess;
use super::wide::Order;

/// How much of a file is looked at, bytes; a multiple of four.
const LOOKED_AT_BYTES: usize = 8192;
/// What a unit that is no character costs, bits.
const WRONG: f32 = 24.0;
/// What a byte of an eight-bit encoding costs at least where the guess is wrong, bits.
const DEAR_BYTE: f32 = 5.5;

/// How much cheaper UTF-16 must be than eight-bit text: this share of its price, and so many bits.
const CLEARLY: (f32, f32) = (0.9, WRONG);

/// UTF-32 or UTF-16, if that is clearly what `bytes` with NUL bytes or controls in them are.
pub(super) fn shape(bytes: &[u8]) -> Option<Encoding> {
    let bytes = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    let n_controls = bytes.iter().filter(|&&byte| is_control(u32::from(byte))).count();
    if n_controls == 0 {
        return None;
    }
    if let Some(order) = utf32(bytes) {
        return Some(Encoding(Kind::Utf32(order)));
    }
    let as_bytes = bytes.iter().map(|&byte| byte_price(byte)).sum();
    let (order, cost) = utf16(bytes);
    is_clear(cost, as_bytes).then_some(Encoding(Kind::Utf16(order)))
}

/// UTF-16 of Chinese, Japanese or Korean in which no unit looks like ASCII, if that is cheaper than `byte_cost`, the
/// bits a byte of the best eight-bit guess costs.
pub(super) fn dense(bytes: &[u8], byte_cost: f32) -> Option<Encoding> {
    if !bytes.len().is_multiple_of(2) || byte_cost < DEAR_BYTE {
        return None;
    }
    let bytes = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    let (order, cost) = utf16(bytes);
    is_clear(cost, byte_cost * bytes.len() as f32).then_some(Encoding(Kind::Utf16(order)))
}

/// What a byte costs in eight-bit text, bits.
fn byte_price(byte: u8) -> f32 {
    match byte {
        b' ' | b'\n' | b'\r' | b'\t' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => 4.5,
        0x20..=0x7E => 7.0,
        0x80.. => 6.5,
        _ => WRONG,
    }
}

fn is_clear(cost: f32, as_bytes: f32) -> bool {
    cost + CLEARLY.1 < CLEARLY.0 * as_bytes
}

/// The byte order in which every four bytes are a character.
fn utf32(bytes: &[u8]) -> Option<Order> {
    let (quads, _) = bytes.as_chunks::<4>();
    let fits = |unit: u32| unit != 0 && char::from_u32(unit).is_some_and(|char| !is_control(u32::from(char)));
    let common = |&unit: &u32| unit < 0x1_0000;
    let all = |read: fn([u8; 4]) -> u32| {
        let units = || quads.iter().map(|&quad| read(quad));
        units().all(fits) && units().filter(common).count() * 2 > quads.len()
    };
    match (all(u32::from_le_bytes), all(u32::from_be_bytes)) {
        (true, false) => Some(Order::Little),
        (false, true) => Some(Order::Big),
        _ => None,
    }
}

/// The cheaper byte order of UTF-16 and its cost, bits.
fn utf16(bytes: &[u8]) -> (Order, f32) {
    let little = price(bytes, u16::from_le_bytes);
    let big = price(bytes, u16::from_be_bytes);
    if big < little { (Order::Big, big) } else { (Order::Little, little) }
}

/// What the bytes cost as UTF-16 units, bits.
fn price(bytes: &[u8], read: fn([u8; 2]) -> u16) -> f32 {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut n_in_block = [0u32; 256];
    let mut cost = if odd.is_empty() { 0.0 } else { WRONG };
    for char in char::decode_utf16(pairs.iter().map(|&pair| read(pair))) {
        let (block, bits) = match char {
            Ok(char) => block(char),
            Err(_) => (WRONG_BLOCK, WRONG),
        };
        n_in_block[usize::from(block)] += 1;
        cost += bits;
    }
    let n_chars: u32 = n_in_block.iter().sum();
    let surprise = |&n: &u32| if n == 0 { 0.0 } else { n as f32 * (n_chars as f32 / n as f32).log2() };
    // Naming each block that is used costs too, or many rare blocks would be nearly free in a short text.
    let n_blocks = n_in_block.iter().filter(|&&n| n > 0).count();
    if n_in_block[usize::from(WRONG_BLOCK)] * 50 > n_chars + 50 {
        return f32::INFINITY;
    }
    cost + n_in_block.iter().map(surprise).sum::<f32>() + 8.0 * n_blocks as f32
}

const WRONG_BLOCK: u8 = 255;

/// The block of a character, and the bits that tell it from the others of its block in ordinary text.
fn block(char: char) -> (u8, f32) {
    match u32::from(char) {
        code if is_control(code) => (WRONG_BLOCK, if code == 0 { 2.0 * WRONG } else { WRONG }),
        0..=0x7F => (0, 4.5),
        code @ 0x80..=0x24F => (1 + u8::from(code > 0xFF), 6.0),
        // The alphabets of the Middle East and India and their neighbours, 128 characters each.
        code @ 0x250..=0x10FF => (4 + (code >> 7) as u8, 5.5),
        code @ 0x1100..=0x1FFF => (40 + (code >> 8) as u8, 7.0),
        0x2000..=0x206F | 0x20A0..=0x20CF | 0x2100..=0x214F => (80, 6.0),
        code @ 0x2190..=0x2BFF => (81 + (code >> 8) as u8 - 0x20, 9.0),
        0x2C00..=0x2FFF => (99, 7.0),
        0x3000..=0x303F => (100, 4.0),
        0x3040..=0x30FF => (101, 6.0),
        0xFF00..=0xFF9F => (102, 7.0),
        0x3100..=0x33FF => (103, 11.0),
        0x3400..=0x9FFF => (104, guess::rarity(char)),
        0xAC00..=0xD7A3 => (105, guess::rarity(char)),
        0xA000..=0xABFF => (106, 12.0),
        0xF900..=0xFAFF => (107, 14.0),
        0xFB00..=0xFDCF | 0xFE20..=0xFEFC => (108, 9.0),
        0x1_F000..=0x1_FAFF => (109, 10.0),
        0x2_0000..=0x3_FFFF => (110, 18.0),
        0x1_0000..=0x1_FFFF => (111, 12.0),
        _ => (WRONG_BLOCK, WRONG),
    }
}

/// Controls that no text holds.
fn is_control(code: u32) -> bool {
    matches!(code, 0..=8 | 0xB | 0xE..=0x1A | 0x1C..=0x1F | 0x7F)
}

//! EBCDIC, the encoding of mainframes, in which a space is 40 (hex) and letters are past 80.

use super::single::text_cost;
use crate::decode::encoding::{Encoding, Kind};
use crate::decode::pages::{PAGES, Page};

/// How much of a file is looked at, bytes.
const LOOKED_AT_BYTES: usize = 1024;
/// The most that a character of text costs in its language, half bits. Text costs 7 to 9, noise more than 14.
const DEAREST: usize = 11;

/// The EBCDIC code page that `bytes` are in, if they look like EBCDIC at all.
pub(in crate::decode) fn ebcdic(bytes: &[u8]) -> Option<Encoding> {
    let bytes = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    let count = |wanted: fn(u8) -> bool| bytes.iter().filter(|&&byte| wanted(byte)).count();
    let n_spaces = count(|byte| byte == 0x40);
    // 25 (hex) is a line feed.
    let n_low = count(|byte| matches!(byte, 0x09 | 0x0A | 0x20..=0x24 | 0x26..=0x3F));
    if n_spaces * 25 < bytes.len() || n_low * 8 > n_spaces {
        return None;
    }
    let pages = PAGES.iter().filter(|page| !page.ascii);
    let priced = pages.map(|page| (text_cost(&page.decode(bytes).text) + rarity(page), page));
    let (cost, page) = priced.min_by_key(|(cost, _)| *cost)?;
    (cost as usize <= bytes.len() * DEAREST).then_some(Encoding(Kind::Page(page)))
}

/// How much rarer a page is than the commonest, in half bits.
fn rarity(page: &Page) -> u32 {
    match page.names[0] {
        "IBM037" => 0,
        "IBM500" => 4,
        "IBM01140" => 6,
        _ => 10,
    }
}

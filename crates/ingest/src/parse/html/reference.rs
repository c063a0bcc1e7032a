//! Character references: `&amp;`, `&#8217;`, `&#x2019;`.
//!
//! Source: WHATWG HTML, sections 13.2.5.72 to 13.2.5.80 and 13.5; the table beside this file lists its names.

use std::borrow::Cow;
use std::sync::LazyLock;

/// Name, with its semicolon if it needs one, and code points in hexadecimal; sorted by name.
static NAMES: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| include_str!("references.txt").lines().filter_map(|line| line.split_once(' ')).collect());

/// Longest name, bytes.
const LONGEST: usize = 32;

/// Longest name that is known without a semicolon, bytes.
const LONGEST_BARE: usize = 6;

/// What numbers from 0x80 to 0x9F mean: the characters of windows-1252.
static C1: [u16; 32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
];

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    /// In an attribute `&copy=` is part of an address, not a sign.
    Attribute,
}

/// `text` with its references replaced by their characters.
pub(super) fn decoded(text: &str, place: Place) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut at = Some(first);
    while let Some(found) = at {
        out.push_str(&rest[..found]);
        rest = &rest[found..];
        let n = take(rest, place, &mut out);
        if n == 0 {
            out.push('&');
        }
        rest = &rest[n.max(1)..];
        at = memchr::memchr(b'&', rest.as_bytes());
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes the characters of the reference at the start of `text`; gives its length, 0 if it is none.
fn take(text: &str, place: Place, out: &mut String) -> usize {
    if text[1..].starts_with('#') {
        return number(text, out);
    }
    let bytes = text.as_bytes();
    let n_letters = bytes[1..].iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if bytes.get(1 + n_letters) == Some(&b';')
        && let Some(chars) = named(&text[1..n_letters + 2])
    {
        chars.for_each(|c| out.push(c));
        return n_letters + 2;
    }
    for n in (2..=n_letters.min(LONGEST_BARE)).rev() {
        if let Some(chars) = named(&text[1..=n]) {
            let next = bytes.get(n + 1);
            if place == Place::Attribute && next.is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric()) {
                return 0;
            }
            chars.for_each(|c| out.push(c));
            return n + 1;
        }
    }
    0
}

fn named(name: &str) -> Option<impl Iterator<Item = char>> {
    let at = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(NAMES[at].1.split(' ').filter_map(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)))
}

fn number(text: &str, out: &mut String) -> usize {
    let (start, radix) = if text[2..].starts_with(['x', 'X']) { (3, 16) } else { (2, 10) };
    let mut value = 0u32;
    let mut end = start;
    for digit in text[start..].chars() {
        let Some(digit) = digit.to_digit(radix) else { break };
        value = value.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return 0;
    }
    let value = match value {
        0 => u32::from(char::REPLACEMENT_CHARACTER),
        0x80..=0x9F => u32::from(C1[value as usize - 0x80]),
        value => value,
    };
    out.push(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER));
    end + usize::from(text[end..].starts_with(';'))
}

#[cfg(test)]
mod tests {
    use super::{Place, decoded};

    #[test]
    fn references_become_characters() {
        let pairs = [
            ("a &amp; b &lt;c&gt; &nbsp;d", "a & b <c> \u{A0}d"),
            ("&#8217;&#x2019;&#X2019&#146;", "\u{2019}\u{2019}\u{2019}\u{2019}"),
            ("&#0;&#xD800;&#x110000;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&NotEqualTilde;&CounterClockwiseContourIntegral;", "\u{2242}\u{338}\u{2233}"),
            ("&ampx &notit; &notin; AT&T &; &# &#x; &unknown; &", "&x \u{AC}it; \u{2209} AT&T &; &# &#x; &unknown; &"),
        ];
        for (text, expected) in pairs {
            assert_eq!(decoded(text, Place::Text), expected);
        }
    }

    #[test]
    fn an_address_in_an_attribute_keeps_its_ampersands() {
        assert_eq!(decoded("?a=1&copy=2&amp;lt=3&reg", Place::Attribute), "?a=1&copy=2&lt=3\u{AE}");
    }
}

//! Seven-bit encodings that switch character sets by escape sequences: ISO-2022-JP, -KR, -CN and HZ.
//!
//! Sources: ECMA-35, RFC 1468, RFC 1554, RFC 1557, RFC 1922, RFC 1843. The sets themselves are looked up through the
//! eight-bit encodings of `encoding_rs`.

use super::encoding::{Encoding, Kind, Lossy};
use super::guess;

/// A character set that an escape sequence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Ascii,
    /// JIS X 0201, the half-width katakana.
    Kana,
    /// The upper half of ISO 8859-1.
    Latin1,
    /// The upper half of ISO 8859-7.
    Greek,
    /// JIS X 0208.
    Jis,
    /// JIS X 0212.
    JisSupplement,
    /// GB 2312.
    Gb,
    /// KS X 1001.
    Ks,
    /// A set that cannot be looked up here: CNS 11643.
    Other,
}

/// Where an escape sequence puts a set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// In use at once.
    G0,
    /// In use between SO and SI.
    G1,
    /// In use for one character after ESC N.
    G2,
}

/// The escape sequences, after the ESC.
static SEQUENCES: [(&[u8], Slot, Set); 19] = [
    (b"(B", Slot::G0, Set::Ascii),
    (b"(J", Slot::G0, Set::Ascii),
    (b"(H", Slot::G0, Set::Ascii),
    (b"(I", Slot::G0, Set::Kana),
    (b"$@", Slot::G0, Set::Jis),
    (b"$B", Slot::G0, Set::Jis),
    (b"$(B", Slot::G0, Set::Jis),
    (b"$(O", Slot::G0, Set::Jis),
    (b"$(Q", Slot::G0, Set::Jis),
    (b"$(D", Slot::G0, Set::JisSupplement),
    (b"$A", Slot::G0, Set::Gb),
    (b"$(A", Slot::G0, Set::Gb),
    (b"$(C", Slot::G0, Set::Ks),
    (b"$)A", Slot::G1, Set::Gb),
    (b"$)C", Slot::G1, Set::Ks),
    (b"$)G", Slot::G1, Set::Other),
    (b"$*H", Slot::G2, Set::Other),
    (b".A", Slot::G2, Set::Latin1),
    (b".F", Slot::G2, Set::Greek),
];

const ESC: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;

/// The escape encoding that ASCII `bytes` are in, if they use one without an error.
pub(super) fn escaped(bytes: &[u8]) -> Option<Encoding> {
    if memchr::memchr(ESC, bytes).is_some() {
        let has = |sequence: &[u8]| memchr::memmem::find(bytes, sequence).is_some();
        let kind = if has(b"\x1B$)C") {
            Kind::Iso2022Kr
        } else if has(b"\x1B$)A") || has(b"\x1B$)G") {
            Kind::Iso2022Cn
        } else if has(b"\x1B$") || has(b"\x1B(I") {
            Kind::Iso2022Jp
        } else {
            return None;
        };
        let lossy = iso2022(bytes);
        return (lossy.replaced == 0 && !lossy.text.is_ascii()).then_some(Encoding(kind));
    }
    is_hz(bytes).then_some(Encoding(Kind::Hz))
}

/// Whether ASCII `bytes` are HZ: every tilde is one of its escapes, and what stands between them is common Chinese.
///
/// A tilde and a brace meet in much plain text, so that one pair is not enough.
fn is_hz(bytes: &[u8]) -> bool {
    /// The fewest Chinese characters that make a file HZ.
    const FEWEST: usize = 4;
    if memchr::memmem::find(bytes, b"~{").is_none() {
        return false;
    }
    let (lossy, n_odd) = read_hz(bytes);
    let eastern: Vec<char> = lossy.text.chars().filter(|&char| char > '\u{2FFF}').collect();
    let n_common = eastern.iter().filter(|&&char| guess::is_common(char)).count();
    n_odd == 0 && lossy.replaced == 0 && eastern.len() >= FEWEST && n_common * 5 >= eastern.len() * 2
}

/// Decodes any mix of ISO-2022-JP, -KR and -CN.
pub(super) fn iso2022(bytes: &[u8]) -> Lossy {
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() * 3 / 2), replaced: 0 };
    let (mut g0, mut g1, mut g2) = (Set::Ascii, Set::Ascii, Set::Ascii);
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let set = if shifted { g1 } else { g0 };
        rest = after;
        match byte {
            ESC => {
                if let Some((sequence, slot, set)) = SEQUENCES.iter().find(|(sequence, ..)| after.starts_with(sequence))
                {
                    rest = &after[sequence.len()..];
                    match slot {
                        Slot::G0 => g0 = *set,
                        Slot::G1 => g1 = *set,
                        Slot::G2 => g2 = *set,
                    }
                } else if let Some(single) = after.strip_prefix(b"N") {
                    rest = single;
                    rest = &rest[take(single, g2, &mut lossy)..];
                } else {
                    lossy.push(None);
                }
            }
            SHIFT_OUT => shifted = true,
            SHIFT_IN => shifted = false,
            0x21..=0x7E if set != Set::Ascii => {
                let both = &bytes[bytes.len() - after.len() - 1..];
                rest = &both[take(both, set, &mut lossy)..];
            }
            0x80.. => lossy.push(None),
            _ => {
                lossy.text.push(char::from(byte));
                // A line ends in ASCII (RFC 1468, RFC 1922), also where the writer forgot to say so.
                if byte == b'\n' {
                    (g0, shifted) = (Set::Ascii, false);
                }
            }
        }
    }
    lossy
}

/// Decodes HZ: GB 2312 between `~{` and `~}`, `~~` for a tilde.
pub(super) fn hz(bytes: &[u8]) -> Lossy {
    read_hz(bytes).0
}

/// The text and the number of tildes that are no escape, as plain text has them.
fn read_hz(bytes: &[u8]) -> (Lossy, usize) {
    let mut n_odd = 0;
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() * 3 / 2), replaced: 0 };
    let mut inside = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after.first()) {
            (b'~', Some(b'{')) if !inside => (inside, rest) = (true, &after[1..]),
            (b'~', Some(b'}')) if inside => (inside, rest) = (false, &after[1..]),
            (b'~', Some(b'~')) if !inside => {
                lossy.text.push('~');
                rest = &after[1..];
            }
            (b'~', Some(b'\n')) if !inside => rest = &after[1..],
            (b'\n', _) => {
                inside = false;
                lossy.text.push('\n');
            }
            (0x21..=0x7E, _) if inside => {
                let both = &bytes[bytes.len() - after.len() - 1..];
                rest = &both[take(both, Set::Gb, &mut lossy)..];
            }
            (0x80.., _) => lossy.push(None),
            _ => {
                n_odd += usize::from(byte == b'~');
                lossy.text.push(char::from(byte));
            }
        }
    }
    (lossy, n_odd)
}

/// Decodes one character of a set and says how many bytes it took.
fn take(bytes: &[u8], set: Set, lossy: &mut Lossy) -> usize {
    let high = |at: usize| bytes.get(at).map_or(0, |byte| byte | 0x80);
    let (encoding, buffer, used): (&'static encoding_rs::Encoding, [u8; 3], usize) = match set {
        Set::Kana => (encoding_rs::SHIFT_JIS, [high(0), 0, 0], 1),
        Set::Latin1 => (encoding_rs::WINDOWS_1252, [high(0), 0, 0], 1),
        Set::Greek => (encoding_rs::ISO_8859_7, [high(0), 0, 0], 1),
        Set::Jis => (encoding_rs::EUC_JP, [high(0), high(1), 0], 2),
        Set::JisSupplement => (encoding_rs::EUC_JP, [0x8F, high(0), high(1)], 2),
        Set::Gb => (encoding_rs::GBK, [high(0), high(1), 0], 2),
        Set::Ks => (encoding_rs::EUC_KR, [high(0), high(1), 0], 2),
        Set::Ascii | Set::Other => {
            lossy.push(None);
            return bytes.len().min(if set == Set::Other { 2 } else { 1 });
        }
    };
    let n_bytes = if set == Set::JisSupplement { 3 } else { used };
    let (text, bad) = encoding.decode_without_bom_handling(&buffer[..n_bytes]);
    lossy.push(text.chars().next().filter(|_| !bad));
    used.min(bytes.len())
}

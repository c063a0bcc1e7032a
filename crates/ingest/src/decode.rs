//! Bytes to text.
//!
//! Layers, the surest first: an encoding the user forces, a byte order mark, valid UTF-8, the patterns of UTF-16, UTF-32,
//! EBCDIC and of escape sequences, UTF-8 but for some lines, and last the encoding in which the words cost least, where
//! one that the document declares needs less evidence. Each answer says which layer gave it. The same bytes and hint
//! always give the same text.

mod declared;
mod encoding;
mod escapes;
mod guess;
mod johab;
mod nearly;
mod pages;
mod shape;
#[cfg(test)]
mod tests;
mod utf7;
mod wide;

pub use encoding::{Encoding, encoding_for, encoding_names};

use encoding::Kind;
use nearly::Nearly;
use wide::Order;

/// What is known of the encoding before the bytes are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// A charset named outside of the text, such as in a MIME header. Used only if the bytes agree.
    pub declared: Option<&'a str>,
    /// The encoding to use whatever the bytes say.
    pub forced: Option<Encoding>,
    /// Whether the text is markup, in which a `<meta>` declaration may stand anywhere near the front. Other text is
    /// asked for one only if it opens as markup does, and for the `coding: ...` of editors in its first lines.
    pub markup: bool,
}

/// How an encoding was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// The user named it.
    Forced,
    /// A byte order mark.
    Bom,
    /// The bytes are valid UTF-8.
    Valid,
    /// The shape of the bytes: NUL bytes as in UTF-16, escape sequences as in ISO-2022-JP.
    Pattern,
    /// The document or its wrapping names it, and the bytes decode without an error.
    Declared,
    /// The likeliest by letter frequencies.
    Guessed,
    /// Mostly UTF-8, with lines or bytes in [`Decoded::encoding`].
    Mixed,
}

impl Found {
    /// The word for it in records: `bom`, `guessed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forced => "forced",
            Self::Bom => "bom",
            Self::Valid => "valid",
            Self::Pattern => "pattern",
            Self::Declared => "declared",
            Self::Guessed => "guessed",
            Self::Mixed => "mixed",
        }
    }
}

/// The text of a file and how it was got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The whole text, without the byte order mark.
    pub text: String,
    /// The usual name of the encoding: `UTF-8`, `windows-1252`, `IBM855`.
    pub encoding: String,
    /// How the encoding was found.
    pub found: Found,
    /// Whether a byte order mark was taken off the front.
    pub bom: bool,
    /// Byte sequences that mean nothing in the encoding, each of which became one U+FFFD.
    pub replaced: u32,
}

/// Decodes a whole file. Never fails: what cannot be read becomes U+FFFD and is counted.
///
/// Valid UTF-8 keeps the buffer of `bytes`.
pub fn decode(mut bytes: Vec<u8>, hint: &Hint<'_>) -> Decoded {
    if let Some(forced) = hint.forced {
        let bom = !forced.mark().is_empty() && bytes.starts_with(forced.mark());
        return decode_as(bytes, forced, Found::Forced, bom);
    }
    match marked(&bytes) {
        Some(Encoding(Kind::Utf8)) => {
            bytes.drain(..Encoding(Kind::Utf8).mark().len());
            match valid(bytes) {
                Ok(decoded) => Decoded { found: Found::Bom, bom: true, ..decoded },
                Err(bytes) => Decoded { bom: true, ..decode_other(bytes, hint) },
            }
        }
        Some(encoding) => decode_as(bytes, encoding, Found::Bom, true),
        None => match valid(bytes) {
            Ok(decoded) => match hidden(decoded.text.as_bytes()) {
                Some(encoding) => decode_as(decoded.text.into_bytes(), encoding, Found::Pattern, false),
                None => decoded,
            },
            Err(bytes) => decode_other(bytes, hint),
        },
    }
}

/// Decodes what is not valid UTF-8 and has no other byte order mark.
fn decode_other(bytes: Vec<u8>, hint: &Hint<'_>) -> Decoded {
    if let Some(encoding) = shape::shape(&bytes) {
        return decode_as(bytes, encoding, Found::Pattern, false);
    }
    if let Some(page) = guess::ebcdic(&bytes) {
        return decode_ebcdic(bytes, page);
    }
    if let Some(nearly) = nearly::decode(&bytes) {
        return decode_nearly(nearly);
    }
    let declared = declared_in(&bytes, hint);
    let (guess, byte_cost) = guess::guess(&bytes, declared);
    if let Some(encoding) = shape::dense(&bytes, byte_cost) {
        return decode_as(bytes, encoding, Found::Pattern, false);
    }
    let found = if Some(guess) == declared { Found::Declared } else { Found::Guessed };
    decode_as(bytes, guess, found, false)
}

/// Whether `decoded` gives back exactly `bytes` when it is encoded again.
pub fn round_trips(bytes: &[u8], decoded: &Decoded) -> bool {
    decoded.to_bytes().is_some_and(|encoded| encoded == bytes)
}

impl Decoded {
    /// The text encoded again, byte order mark included; `None` where the encoding cannot hold the text or more
    /// than one was mixed. [`round_trips`] says whether these are the bytes the text came from.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        if self.found == Found::Mixed {
            return None;
        }
        let encoding = encoding_for(&self.encoding)?;
        let body = encoding.encode(&self.text)?;
        Some(if self.bom { [encoding.mark(), &body].concat() } else { body })
    }
}

/// The encoding that a byte order mark announces.
fn marked(bytes: &[u8]) -> Option<Encoding> {
    // The mark of UTF-32LE begins with that of UTF-16LE, so UTF-32 is asked first.
    let orders = [
        Kind::Utf32(Order::Little),
        Kind::Utf32(Order::Big),
        Kind::Utf16(Order::Little),
        Kind::Utf16(Order::Big),
        Kind::Utf8,
    ];
    orders.into_iter().map(Encoding).find(|encoding| bytes.starts_with(encoding.mark()))
}

/// The text without a copy, if it is valid UTF-8; else the bytes back.
fn valid(bytes: Vec<u8>) -> Result<Decoded, Vec<u8>> {
    let text = String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)?;
    let encoding = Encoding(Kind::Utf8).name().to_owned();
    Ok(Decoded { text, encoding, found: Found::Valid, bom: false, replaced: 0 })
}

/// The encoding that bytes are in although they are valid UTF-8: those that hide text in ASCII, and UTF-16 or UTF-32
/// of letters below 80 (hex).
fn hidden(bytes: &[u8]) -> Option<Encoding> {
    if memchr::memchr(0, bytes).is_some() {
        return shape::shape(bytes);
    }
    if !bytes.is_ascii() {
        return None;
    }
    let utf7 = || utf7::is_utf7(bytes).then_some(Encoding(Kind::Utf7));
    escapes::escaped(bytes).or_else(utf7)
}

fn decode_nearly(nearly: Nearly) -> Decoded {
    let (lossy, encoding, found) = match nearly {
        Nearly::Variant(lossy) => (lossy, Encoding(Kind::Cesu8), Found::Pattern),
        Nearly::Mixed(lossy, encoding) => (lossy, encoding.unwrap_or(Encoding(Kind::Utf8)), Found::Mixed),
    };
    Decoded { text: lossy.text, encoding: encoding.name().to_owned(), found, bom: false, replaced: lossy.replaced }
}

/// The encoding that the hint or the text itself names, if the bytes decode in it without an error.
fn declared_in(bytes: &[u8], hint: &Hint<'_>) -> Option<Encoding> {
    let inside = || declared::declared(bytes, hint.markup);
    let encoding = hint.declared.and_then(encoding_for).or_else(inside)?;
    (encoding.decode(bytes).replaced == 0).then_some(encoding)
}

/// Decodes EBCDIC. Transfers keep ASCII line feeds where the rest stays as it was: in EBCDIC that byte is a control
/// which no text holds, and such a file has none of the line ends of EBCDIC.
fn decode_ebcdic(bytes: Vec<u8>, page: Encoding) -> Decoded {
    const EBCDIC_LINE_FEED: u8 = 0x25;
    const EBCDIC_NEW_LINE: u8 = 0x15;
    let kept_feeds =
        memchr::memchr(b'\n', &bytes).is_some() && memchr::memchr2(EBCDIC_LINE_FEED, EBCDIC_NEW_LINE, &bytes).is_none();
    let mut decoded = decode_as(bytes, page, Found::Pattern, false);
    if kept_feeds {
        decoded.text = decoded.text.replace(page.char_of(b'\n'), "\n");
    }
    decoded
}

fn decode_as(mut bytes: Vec<u8>, encoding: Encoding, found: Found, bom: bool) -> Decoded {
    let name = encoding.name().to_owned();
    let skip = if bom { encoding.mark().len() } else { 0 };
    if encoding == Encoding(Kind::Utf8) {
        bytes.drain(..skip);
        return match valid(bytes) {
            Ok(decoded) => Decoded { found, bom, ..decoded },
            Err(bytes) => {
                let lossy = encoding.decode(&bytes);
                Decoded { text: lossy.text, encoding: name, found, bom, replaced: lossy.replaced }
            }
        };
    }
    let lossy = encoding.decode(&bytes[skip..]);
    Decoded { text: lossy.text, encoding: name, found, bom, replaced: lossy.replaced }
}

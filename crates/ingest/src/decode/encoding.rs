//! The encodings that the decoder knows: their names, bytes to text, and text back to bytes.

use super::pages::{PAGES, Page};
use super::wide::{self, Order};
use super::{escapes, johab, nearly, utf7};

/// One character encoding, to be had by name from [`encoding_for`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(pub(super) Kind);

/// How an encoding is worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// UTF-8.
    Utf8,
    /// UTF-16 in one of its byte orders.
    Utf16(Order),
    /// UTF-32 in one of its byte orders.
    Utf32(Order),
    /// One of the legacy encodings of the WHATWG Encoding Standard.
    Web(&'static encoding_rs::Encoding),
    /// A single-byte code page of our own.
    Page(&'static Page),
    /// Johab, the Korean encoding that composes syllables.
    Johab,
    /// UTF-8 with each character past the first plane as two surrogates, and NUL as C0 80.
    Cesu8,
    /// UTF-7.
    Utf7,
    /// HZ.
    Hz,
    /// ISO-2022 with the sets of Japanese.
    Iso2022Jp,
    /// ISO-2022 with the sets of Korean.
    Iso2022Kr,
    /// ISO-2022 with the sets of Chinese.
    Iso2022Cn,
}

/// Text and the number of sequences that became U+FFFD.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lossy {
    pub(super) text: String,
    pub(super) replaced: u32,
}

impl Encoding {
    /// The usual name, as it stands in records and as [`encoding_for`] takes it: `UTF-8`, `windows-1252`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Utf8 => "UTF-8",
            Kind::Utf16(Order::Little) => "UTF-16LE",
            Kind::Utf16(Order::Big) => "UTF-16BE",
            Kind::Utf32(Order::Little) => "UTF-32LE",
            Kind::Utf32(Order::Big) => "UTF-32BE",
            Kind::Web(encoding) => encoding.name(),
            Kind::Page(page) => page.names[0],
            Kind::Johab => "Johab",
            Kind::Cesu8 => "CESU-8",
            Kind::Utf7 => "UTF-7",
            Kind::Hz => "HZ-GB-2312",
            Kind::Iso2022Jp => "ISO-2022-JP",
            Kind::Iso2022Kr => "ISO-2022-KR",
            Kind::Iso2022Cn => "ISO-2022-CN",
        }
    }

    /// The usual name and the others.
    fn names(self) -> impl Iterator<Item = &'static str> {
        let others: &[&str] = if let Kind::Page(page) = self.0 { &page.names[1..] } else { &[] };
        std::iter::once(self.name()).chain(others.iter().copied())
    }

    /// The byte order mark of this encoding; empty where there is none.
    pub(crate) fn mark(self) -> &'static [u8] {
        match self.0 {
            Kind::Utf8 => b"\xEF\xBB\xBF",
            Kind::Utf16(Order::Little) => b"\xFF\xFE",
            Kind::Utf16(Order::Big) => b"\xFE\xFF",
            Kind::Utf32(Order::Little) => b"\xFF\xFE\0\0",
            Kind::Utf32(Order::Big) => b"\0\0\xFE\xFF",
            _ => b"",
        }
    }

    /// The text of `bytes`, each sequence that means nothing in this encoding made U+FFFD and counted.
    pub(super) fn decode(self, bytes: &[u8]) -> Lossy {
        match self.0 {
            Kind::Utf8 => utf8(bytes),
            Kind::Utf16(order) => wide::utf16(bytes, order),
            Kind::Utf32(order) => wide::utf32(bytes, order),
            Kind::Web(encoding) => web(encoding, bytes),
            Kind::Page(page) => page.decode(bytes),
            Kind::Johab => johab::decode(bytes),
            Kind::Cesu8 => nearly::lenient(bytes),
            Kind::Utf7 => utf7::decode(bytes),
            Kind::Hz => escapes::hz(bytes),
            Kind::Iso2022Jp | Kind::Iso2022Kr | Kind::Iso2022Cn => escapes::iso2022(bytes),
        }
    }

    /// The bytes of `text`, or `None` where a character has no bytes in this encoding.
    pub(crate) fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self.0 {
            Kind::Utf8 => Some(text.as_bytes().to_vec()),
            Kind::Utf16(Order::Little) => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Kind::Utf16(Order::Big) => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Kind::Utf32(Order::Little) => Some(text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
            Kind::Utf32(Order::Big) => Some(text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()),
            Kind::Web(encoding) => web_encode(encoding, text),
            Kind::Iso2022Jp => web_encode(encoding_rs::ISO_2022_JP, text),
            Kind::Page(page) => page.encode(text),
            Kind::Johab => johab::encode(text),
            Kind::Cesu8 => Some(nearly::cesu8(text)),
            // Each of these can write one text in several ways, and is rare.
            Kind::Utf7 | Kind::Hz | Kind::Iso2022Kr | Kind::Iso2022Cn => None,
        }
    }

    /// What one byte means in a single-byte encoding; U+FFFD where it means nothing alone.
    pub(super) fn char_of(self, byte: u8) -> char {
        self.decode(&[byte]).text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// The encoding of that name: the names of [`encoding_names`], the labels of the WHATWG Encoding Standard (`latin1`,
/// `sjis`) and what code pages are called elsewhere (`cp855`, `mac-roman`). Case and `-`, `_` do not matter.
pub fn encoding_for(name: &str) -> Option<Encoding> {
    let name = name.trim();
    let plain = plain(name);
    let own = own().find(|encoding| encoding.names().any(|name| self::plain(name) == plain));
    own.or_else(|| web_for(name)).or_else(|| web_for(WEB.iter().find(|name| self::plain(name) == plain)?)).or_else(
        || {
            let alias = ALIASES.iter().find(|(alias, _)| *alias == plain)?;
            encoding_for(alias.1)
        },
    )
}

/// A name as it is compared: letters and digits only, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

/// Names that the WHATWG Encoding Standard leaves out, in plain form.
static ALIASES: [(&str, &str); 17] = [
    ("utf8sig", "UTF-8"),
    ("mutf8", "CESU-8"),
    ("hz", "HZ-GB-2312"),
    ("utf16", "UTF-16LE"),
    ("utf32", "UTF-32LE"),
    ("ucs2", "UTF-16LE"),
    ("ucs4", "UTF-32LE"),
    ("macroman", "macintosh"),
    ("maccyrillic", "x-mac-cyrillic"),
    ("macukrainian", "x-mac-cyrillic"),
    ("cp932", "Shift_JIS"),
    ("cp936", "GBK"),
    ("cp949", "EUC-KR"),
    ("uhc", "EUC-KR"),
    ("cp950", "Big5"),
    ("cp874", "windows-874"),
    ("cp1361", "Johab"),
];

/// The name of each encoding, sorted, for help texts and error messages.
pub fn encoding_names() -> Vec<&'static str> {
    let mut names: Vec<_> = own().map(Encoding::name).chain(WEB).collect();
    names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
    names
}

/// The encodings that are decoded here and not by `encoding_rs`.
fn own() -> impl Iterator<Item = Encoding> {
    use Order::{Big, Little};
    let wide = [Kind::Utf8, Kind::Utf16(Little), Kind::Utf16(Big), Kind::Utf32(Little), Kind::Utf32(Big)];
    let rare = [Kind::Johab, Kind::Cesu8, Kind::Utf7, Kind::Hz, Kind::Iso2022Jp, Kind::Iso2022Kr, Kind::Iso2022Cn];
    let kinds = wide.into_iter().chain(rare);
    kinds.chain(PAGES.iter().map(Kind::Page)).map(Encoding)
}

/// A label of the WHATWG Encoding Standard.
fn web_for(label: &str) -> Option<Encoding> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let kind = if encoding == encoding_rs::UTF_8 {
        Kind::Utf8
    } else if encoding == encoding_rs::UTF_16LE {
        Kind::Utf16(Order::Little)
    } else if encoding == encoding_rs::UTF_16BE {
        Kind::Utf16(Order::Big)
    } else if encoding == encoding_rs::REPLACEMENT {
        return None;
    } else {
        Kind::Web(encoding)
    };
    Some(Encoding(kind))
}

/// The names of the legacy encodings of the WHATWG Encoding Standard.
static WEB: [&str; 35] = [
    "Big5",
    "EUC-JP",
    "EUC-KR",
    "gb18030",
    "GBK",
    "IBM866",
    "ISO-8859-10",
    "ISO-8859-13",
    "ISO-8859-14",
    "ISO-8859-15",
    "ISO-8859-16",
    "ISO-8859-2",
    "ISO-8859-3",
    "ISO-8859-4",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "ISO-8859-8-I",
    "KOI8-R",
    "KOI8-U",
    "macintosh",
    "Shift_JIS",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "x-mac-cyrillic",
    "x-user-defined",
];

fn utf8(bytes: &[u8]) -> Lossy {
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() + 16), replaced: 0 };
    for chunk in bytes.utf8_chunks() {
        lossy.text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            lossy.text.push(char::REPLACEMENT_CHARACTER);
            lossy.replaced += 1;
        }
    }
    lossy
}

fn web_encode(encoding: &'static encoding_rs::Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lost) = encoding.encode(text);
    (!lost).then(|| bytes.into_owned())
}

fn web(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Lossy {
    use encoding_rs::DecoderResult;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Two thirds more than the bytes is enough for nearly every legacy text; the loop grows it where it is not.
    let mut lossy = Lossy { text: String::with_capacity(bytes.len() + bytes.len() / 3 * 2 + 16), replaced: 0 };
    let mut rest = bytes;
    loop {
        let (result, n_read) = decoder.decode_to_string_without_replacement(rest, &mut lossy.text, true);
        rest = &rest[n_read..];
        match result {
            DecoderResult::InputEmpty => return lossy,
            DecoderResult::OutputFull => lossy.text.reserve(rest.len() * 3 + 16),
            DecoderResult::Malformed(..) => {
                lossy.text.reserve(4);
                lossy.text.push(char::REPLACEMENT_CHARACTER);
                lossy.replaced += 1;
            }
        }
    }
}

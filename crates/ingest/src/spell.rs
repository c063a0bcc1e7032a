//! Text back to bytes: how a text was spelled in the file or record that it came from.

use crate::Form;
use crate::decode::encoding_for;
use std::borrow::Cow;

/// How a text stands in its file or record, before it is put into an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As it is.
    Plain,
    /// Inside a JSON string: only what must be escaped is, as Python writes with `ensure_ascii=False`, and browsers.
    Json,
    /// Inside a JSON string: everything but ASCII is escaped, as Python writes.
    JsonAscii,
    /// The same with capital letters in the escapes, as .NET writes.
    JsonAsciiUpper,
    /// Inside a quoted CSV cell: quotation marks are doubled.
    Csv,
}

impl Spelling {
    const ALL: [Self; 5] = [Self::Plain, Self::Json, Self::JsonAscii, Self::JsonAsciiUpper, Self::Csv];

    /// Its name in a ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Json => "json",
            Self::JsonAscii => "json-ascii",
            Self::JsonAsciiUpper => "json-ascii-upper",
            Self::Csv => "csv",
        }
    }

    /// The spelling of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spelling| spelling.name() == name)
    }

    /// What a text in this form may be spelled like, the likeliest first.
    pub const fn choices(form: &Form) -> &'static [Self] {
        match form {
            Form::File(_) | Form::Page(_) => &[Self::Plain],
            Form::Line => &[Self::Json, Self::JsonAscii, Self::JsonAsciiUpper],
            Form::Row(_) => &[Self::Csv, Self::Plain],
        }
    }

    fn of(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Plain => Cow::Borrowed(text),
            Self::Csv if !text.contains('"') => Cow::Borrowed(text),
            Self::Csv => Cow::Owned(text.replace('"', "\"\"")),
            Self::Json | Self::JsonAscii | Self::JsonAsciiUpper => Cow::Owned(self.json(text)),
        }
    }

    fn json(self, text: &str) -> String {
        use std::fmt::Write as _;
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{C}' => out.push_str("\\f"),
                c if c < ' ' || (self != Self::Json && !c.is_ascii()) => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        // Writing to a string does not fail.
                        let _ = if self == Self::JsonAsciiUpper {
                            write!(out, "\\u{unit:04X}")
                        } else {
                            write!(out, "\\u{unit:04x}")
                        };
                    }
                }
                c => out.push(c),
            }
        }
        out
    }
}

/// The bytes of `text`, spelled and put into the encoding of that name.
///
/// A line that the encoding cannot hold is put into UTF-8, and so is everything where the encoding cannot be written
/// at all. The same arguments always give the same bytes; whether they are those that the text came from is for the
/// caller to see.
pub fn spell(text: &str, spelling: Spelling, encoding: &str) -> Vec<u8> {
    let spelled = spelling.of(text);
    let Some(encoding) = encoding_for(encoding) else { return spelled.into_owned().into_bytes() };
    if let Some(bytes) = encoding.encode(&spelled) {
        return bytes;
    }
    let lines = spelled.split_inclusive('\n');
    lines.flat_map(|line| encoding.encode(line).unwrap_or_else(|| line.as_bytes().to_vec())).collect()
}

/// The byte order mark of the encoding of that name; empty where there is none.
pub fn mark_of(encoding: &str) -> &'static [u8] {
    encoding_for(encoding).map_or(&[], crate::Encoding::mark)
}

//! One JSON object.

use super::{Loaded, RecordText, decode_record, document, mend};
use crate::read::{Charset, Raw};
use crate::{Cause, Encoding, Failure, Found, Options, OwnRow};
use cleancopy_core::COLUMNS;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

pub(super) fn load(raw: Raw, options: &Options) -> Result<Loaded, Failure> {
    let Raw { source, bytes, charset, .. } = raw;
    let (record, original) = decode_line(bytes, charset, options.encoding);
    let RecordText { text: line, encoding, found, mut replaced } = record;
    let mut mended = if mend::may_hold_half(&line) { mend::mend(&line) } else { None };
    let mut taken = take(mended.as_ref().map_or(&line, |mended| &mended.line), options);
    if matches!(taken, Err(Cause::NotJson(_))) && mended.is_none() {
        mended = mend::mend(&line);
        if let Some(mended) = &mended {
            taken = take(&mended.line, options);
        }
    }
    replaced += mended.map_or(0, |mended| mended.replaced);
    match taken {
        Ok(Taken { text, id, fields, own }) => Ok(Loaded {
            source,
            id,
            bytes_in: text.len() as u64,
            document: document(text, own.as_ref(), options),
            encoding,
            found,
            replaced,
            fields,
            own,
        }),
        Err(cause) => {
            let bytes = original.unwrap_or_else(|| line.into_bytes());
            Err(Failure { source, cause, bytes: Some(bytes) })
        }
    }
}

/// Decodes a line; gives its bytes too where they cannot be had back from the text.
///
/// JSON is UTF-8 by its standard, so that a line which is needs no second look, unless it holds the escape character
/// that older encodings shift with and JSON forbids.
fn decode_line(bytes: Vec<u8>, charset: Charset, forced: Option<Encoding>) -> (RecordText, Option<Vec<u8>>) {
    let is_plain = charset.transcoded.is_none()
        && forced.is_none()
        && !bytes.starts_with(b"\xEF\xBB\xBF")
        && memchr::memchr(0x1B, &bytes).is_none();
    match String::from_utf8(bytes) {
        Ok(text) if is_plain => {
            (RecordText { text, encoding: "UTF-8".to_owned(), found: Found::Valid, replaced: 0 }, None)
        }
        decoded => {
            let bytes = decoded.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
            (decode_record(bytes.clone(), charset, forced), Some(bytes))
        }
    }
}

/// What a line gives.
struct Taken {
    text: String,
    id: Option<String>,
    fields: Option<String>,
    own: Option<OwnRow>,
}

/// One member of the object.
struct Member<'a> {
    key: Cow<'a, str>,
    value: &'a RawValue,
}

fn take(line: &str, options: &Options) -> Result<Taken, Cause> {
    let line = line.trim();
    let members = members(line)?;
    let own = is_own(&members, options);
    // Of two members with one name the last counts, as in every JSON reader; the others stay among the fields.
    let named = |name: &str| members.iter().rposition(|member| member.key == name);
    let Some(text_at) = named(&options.text_field) else {
        let has = members.into_iter().map(|member| member.key.into_owned()).collect();
        return Err(Cause::NoText { field: options.text_field.clone(), has });
    };
    let text = string(members[text_at].value, &options.text_field)?;
    let id_at = named(&options.id_field).filter(|at| *at != text_at);
    let id = id_at.and_then(|at| id(members[at].value));
    let id_at = id_at.filter(|_| id.is_some());
    if own {
        let fields = members.last().map(|fields| fields.value.get()).filter(|fields| fields.starts_with('{'));
        let fields = fields.map(str::to_owned);
        return Ok(Taken { text, id, fields, own: Some(OwnRow::Json(line.to_owned())) });
    }
    let mut fields = String::new();
    let mut end_before = 1;
    for (at, member) in members.iter().enumerate() {
        let value = member.value.get();
        let end = value.as_ptr() as usize - line.as_ptr() as usize + value.len();
        // Between two values stand a comma, the next key and a colon.
        let whole = line[end_before..end].trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        end_before = end;
        if at != text_at && Some(at) != id_at {
            fields.push(if fields.is_empty() { '{' } else { ',' });
            fields.push_str(whole);
        }
    }
    let fields = (!fields.is_empty()).then(|| fields + "}");
    Ok(Taken { text, id, fields, own: None })
}

fn string(value: &RawValue, field: &str) -> Result<String, Cause> {
    let holds = match value.get().as_bytes().first() {
        Some(b'"') => {
            let plain = value.get().strip_prefix('"').and_then(|value| value.strip_suffix('"')).and_then(unescaped);
            return plain.map_or_else(|| serde_json::from_str(value.get()).map_err(|error| not_json(&error)), Ok);
        }
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'n') => "null",
        Some(b't' | b'f') => "true or false",
        _ => "a number",
    };
    Err(Cause::NotText { field: field.to_owned(), holds })
}

/// What stands between the quotes of a string, if no escape is in it but those of one letter. Such a string is made at
/// once, without a buffer that grows with it.
fn unescaped(value: &str) -> Option<String> {
    let mut text = String::with_capacity(value.len());
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\\', &value.as_bytes()[from..]) {
        let at = from + at;
        let letter = match value.as_bytes().get(at + 1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            mark @ (b'"' | b'\\' | b'/') => char::from(*mark),
            _ => return None,
        };
        text.push_str(&value[from..at]);
        text.push(letter);
        from = at + 2;
    }
    text.push_str(&value[from..]);
    Some(text)
}

/// A string, or a number as it is written. Anything else is no id and stays among the fields.
fn id(value: &RawValue) -> Option<String> {
    match value.get().as_bytes().first()? {
        b'"' => serde_json::from_str(value.get()).ok(),
        b'-' | b'0'..=b'9' => Some(value.get().to_owned()),
        _ => None,
    }
}

/// Whether the keys are those that cleancopy writes, in that order.
fn is_own(members: &[Member<'_>], options: &Options) -> bool {
    options.text_field == "text"
        && options.id_field == "id"
        && members.iter().map(|member| member.key.as_ref()).eq(COLUMNS)
}

/// What is wrong, without the number of the line, which is always the first.
fn not_json(error: &serde_json::Error) -> Cause {
    Cause::NotJson(error.to_string().replace(" at line 1 column ", " at byte "))
}

fn members(line: &str) -> Result<Vec<Member<'_>>, Cause> {
    if !line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok() {
        return Err(Cause::NotAnObject);
    }
    let mut json = serde_json::Deserializer::from_str(line);
    let members = json.deserialize_map(Members);
    members.and_then(|members| json.end().map(|()| members)).map_err(|error| not_json(&error))
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<Member<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(16);
        while let Some(Key(key)) = map.next_key()? {
            members.push(Member { key, value: map.next_value()? });
        }
        Ok(members)
    }
}

/// A key, borrowed if nothing in it is escaped.
struct Key<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        json.deserialize_str(Text)
    }
}

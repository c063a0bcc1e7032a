//! The HTTP response in a record.

use super::fields;
use crate::read::input::{Input, Limit, Taken};
use crate::sniff::{self, Look};
use crate::{Cause, Format, Options};
use std::io::{Cursor, Read};

/// What the header of a response says.
#[derive(Clone, Debug, Default)]
pub(super) struct Response {
    /// Its length with the blank line behind it, bytes.
    pub(super) n_header: usize,
    pub(super) is_success: bool,
    pub(super) content_type: String,
    pub(super) charset: Option<String>,
    chunked: bool,
    encoding: String,
}

impl Response {
    /// Reads a header.
    pub(super) fn of(header: &[u8]) -> Self {
        let status = header.split(|&byte| byte == b' ').nth(1).unwrap_or_default();
        let fields = fields(header);
        let value = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
        Self {
            n_header: header.len(),
            is_success: status.starts_with(b"2"),
            chunked: value("transfer-encoding").to_ascii_lowercase().contains("chunked"),
            encoding: value("content-encoding").to_ascii_lowercase(),
            ..Self::none(value("content-type"))
        }
    }

    /// Of a record that holds the page itself.
    pub(super) fn none(content_type: &str) -> Self {
        Self {
            is_success: true,
            content_type: content_type.to_owned(),
            charset: charset(content_type),
            ..Self::default()
        }
    }

    /// The page, without the dress it was sent in. Archives often keep the header that speaks of it and not the dress
    /// itself, so the bytes are believed first.
    pub(super) fn payload(&self, body: &[u8], options: &Options) -> Result<Vec<u8>, Cause> {
        let joined = if self.chunked { unchunked(body) } else { None };
        let body = joined.unwrap_or_else(|| body.to_vec());
        let is_packed = matches!(body.as_slice(), [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..]);
        if self.encoding.contains("br") && !is_packed && str::from_utf8(&body).is_err() {
            return Err(Cause::OtherCompression("brotli".to_owned()));
        }
        let is_zlib = self.encoding.contains("deflate") && !sniffs_as_html(&body);
        let mut input = if is_zlib {
            let [method, flags] = *body.first_chunk().unwrap_or(&[0, 0]);
            let has_header = method & 0x0F == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31);
            let body = Cursor::new(body);
            let inflated: Box<dyn Read + Send> = if has_header {
                Box::new(flate2::read::ZlibDecoder::new(body))
            } else {
                Box::new(flate2::read::DeflateDecoder::new(body))
            };
            Input::over(inflated, true)
        } else {
            Input::open(Box::new(Cursor::new(body)), Taken::default(), Limit::of(options))
        };
        let limit = options.max_doc_bytes;
        let mut page = Vec::new();
        if let Err(error) = input.by_ref().take(limit.saturating_add(1)).read_to_end(&mut page) {
            return Err(input.cause(&error));
        }
        if page.len() as u64 > limit { Err(Cause::TooLarge { limit, head: Vec::new() }) } else { Ok(page) }
    }
}

/// The media type without its parameters, in lower case.
pub(super) fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a body is HTML: by its type, else by how it begins.
pub(super) fn is_html(content_type: &str, body: &[u8]) -> bool {
    match media_type(content_type).as_str() {
        "text/html" | "application/xhtml+xml" => true,
        "" | "application/octet-stream" | "unknown/unknown" => sniffs_as_html(body),
        _ => false,
    }
}

fn sniffs_as_html(body: &[u8]) -> bool {
    sniff::by_content(body) == Look::Readable(Format::Html)
}

fn charset(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let charset = charsets.next()?.1.trim().trim_matches(['"', '\'']);
    (!charset.is_empty()).then(|| charset.to_owned())
}

/// A body that was sent in pieces as one; `None` if it is in one piece already.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(1024)])?;
        let size = str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        // What was cut off in the middle of a piece is what there is.
        let Some(piece) = rest.get(..size) else {
            whole.extend_from_slice(rest);
            return Some(whole);
        };
        whole.extend_from_slice(piece);
        rest = rest[size..].trim_ascii_start();
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

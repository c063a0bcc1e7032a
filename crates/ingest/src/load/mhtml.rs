//! Pages saved with all that they need in one MIME file: `.mhtml`, `.mht`.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, HeaderValue, MessageParser, MimeHeaders};

/// The page in such a file.
pub(super) struct Saved {
    /// Its bytes, as the server sent them.
    pub(super) html: Vec<u8>,
    /// The charset that the file names for it.
    pub(super) charset: Option<String>,
    /// Where it was saved from.
    pub(super) url: Option<String>,
}

/// How much of a file is looked at for the fields of its head, bytes.
const HEAD_BYTES: usize = 4096;

/// Whether a file begins with the fields of a MIME message of several parts.
pub(crate) fn is_mhtml(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD_BYTES)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).to_ascii_lowercase();
    let starts = [&b"from:"[..], b"mime-version:", b"content-type:", b"snapshot-content-location:", b"subject:"];
    starts.iter().any(|start| head.starts_with(start))
        && memchr::memmem::find(&head, b"mime-version:").is_some()
        && [&b"multipart/related"[..], b"multipart/alternative", b"text/html"]
            .iter()
            .any(|kind| memchr::memmem::find(&head, kind).is_some())
}

/// The first page in a MIME file; the frames and pictures after it are not read.
pub(super) fn page(bytes: &[u8]) -> Option<Saved> {
    let message = MessageParser::default().parse(bytes)?;
    let part = message.parts.iter().find(|part| part.is_content_type("text", "html"))?;
    let raw = bytes.get(part.offset_body as usize..part.offset_end as usize)?;
    let html = match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw)?,
        Encoding::Base64 => base64_decode(raw)?,
    };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    let snapshot = message.header(HeaderName::Other("Snapshot-Content-Location".into())).and_then(text);
    let url = snapshot.or_else(|| part.content_location().map(str::to_owned));
    Some(Saved { html, charset, url: url.filter(|url| url.starts_with("http")) })
}

fn text(value: &HeaderValue<'_>) -> Option<String> {
    value.as_text().map(|text| text.trim().to_owned())
}

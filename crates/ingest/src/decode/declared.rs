//! What a document says of its own encoding in its first lines.

use super::encoding::{Encoding, encoding_for};
use memchr::memmem;

/// How far into a document a declaration is looked for, bytes.
///
/// Source: the WHATWG HTML standard, "prescan a byte stream to determine its encoding".
const PRESCAN_BYTES: usize = 1024;

/// The encoding named by `<meta charset=...>`, `<?xml ... encoding=...?>`, a `Content-Type` in a `<meta>`, or a
/// `coding: ...` comment.
///
/// Text that is not known to be `markup` may speak of charsets, so it is believed only where it opens as markup does,
/// or where its first two lines have the comment. UTF-16 is never answered: a declaration that can be read byte by
/// byte is not in UTF-16.
pub(super) fn declared(bytes: &[u8], markup: bool) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let lower = head.to_ascii_lowercase();
    let opens_as_markup = || OPENERS.iter().any(|opener| lower.trim_ascii_start().starts_with(opener));
    if markup || opens_as_markup() {
        return ["charset", "encoding", "coding"].iter().find_map(|word| named_after(&lower, word));
    }
    // Editors look no further than the second line.
    let mut first_lines = lower.split(|&byte| byte == b'\n').take(2);
    first_lines.find_map(|line| named_after(line, "coding"))
}

/// How a text opens that is markup, whatever its file is called.
static OPENERS: [&[u8]; 6] = [b"<?xml", b"<!doctype", b"<html", b"<head", b"<meta", b"@charset"];

/// The first known name that follows `word` and `=` or `:`.
fn named_after(head: &[u8], word: &str) -> Option<Encoding> {
    memmem::find_iter(head, word).find_map(|at| {
        let rest = head[at + word.len()..].trim_ascii_start();
        let rest = rest.strip_prefix(b"=").or_else(|| rest.strip_prefix(b":"))?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|&b| !is_name_byte(b)).unwrap_or(rest.len());
        let encoding = encoding_for(str::from_utf8(&rest[..end]).ok()?)?;
        (!encoding.name().starts_with("UTF-16") && !encoding.name().starts_with("UTF-32")).then_some(encoding)
    })
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'+')
}

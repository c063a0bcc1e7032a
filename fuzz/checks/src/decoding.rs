//! Bytes to text to mended text.

use cleancopy::ingest::{Encoding, Hint, decode, encoding_for, encoding_names, round_trips};

use crate::glyph_laws;

/// Decodes the bytes behind the first, which chooses what is known of their encoding, and mends the text.
///
/// `a` is nothing, `b` that the text is markup, `c` that windows-1251 is declared; from 128 on one encoding is forced.
pub fn decode_glyphs(input: &[u8]) {
    let Some((&choice, bytes)) = input.split_first() else { return };
    let names = encoding_names();
    let forced = choice.checked_sub(128).and_then(|choice| encoding_for(names[usize::from(choice) % names.len()]));
    let declared = (choice % 4 == 3).then_some("windows-1251");
    let hint = Hint { declared, forced, markup: choice % 4 == 2 };
    let decoded = decode(bytes.to_vec(), &hint);
    assert_eq!(decode(bytes.to_vec(), &hint), decoded, "the same bytes give the same text");
    assert_eq!(encoding_for(&decoded.encoding).map(Encoding::name), Some(decoded.encoding.as_str()));
    let lost = decoded.text.matches('\u{FFFD}').count();
    assert!(decoded.replaced as usize <= lost, "what was replaced shows");
    if let Ok(text) = std::str::from_utf8(bytes)
        && decoded.encoding == "UTF-8"
    {
        assert_eq!(decoded.text, text.strip_prefix('\u{FEFF}').unwrap_or(text), "valid UTF-8 stays");
        assert!(round_trips(bytes, &decoded));
    }
    glyph_laws::check(&decoded.text);
}

//! Texts of our own, written in many encodings.

use super::*;
use proptest::prelude::*;

const PLAIN: Hint<'_> = Hint { declared: None, forced: None, markup: false };

#[test]
fn valid_utf8_keeps_its_buffer() {
    let bytes = "The Harbour Ledger \u{2014} „Zürich“ Ζάκυνθος".as_bytes().to_vec();
    let at = bytes.as_ptr();
    let decoded = decode(bytes, &PLAIN);
    assert_eq!(decoded.text.as_ptr(), at);
    assert_eq!((decoded.found, decoded.bom, decoded.replaced), (Found::Valid, false, 0));
}

#[test]
fn a_byte_order_mark_decides_and_is_put_back() {
    let text = "Mayor opens ferry — “at last”";
    for name in ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"] {
        let encoding = encoding_for(name).unwrap();
        let bytes = [encoding.mark(), &encoding.encode(text).unwrap()].concat();
        let decoded = decode(bytes.clone(), &PLAIN);
        assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, name));
        assert_eq!((decoded.found, decoded.bom), (Found::Bom, true));
        assert!(round_trips(&bytes, &decoded), "{name}");
    }
}

#[test]
fn a_declaration_is_believed_only_if_the_bytes_agree() {
    let hint = Hint { markup: true, ..PLAIN };
    let cyrillic = b"<meta charset=\"windows-1251\"><p>\xC4\xE0.</p>".to_vec();
    let decoded = decode(cyrillic, &hint);
    assert!(decoded.text.contains("Да."));
    assert_eq!((decoded.encoding.as_str(), decoded.found), ("windows-1251", Found::Declared));
    let lie = "<meta charset='iso-8859-1'><p>naïve</p>".as_bytes().to_vec();
    assert_eq!(decode(lie, &hint).encoding, "UTF-8");
}

#[test]
fn a_forced_encoding_wins() {
    let hint = Hint { forced: encoding_for("latin1"), ..PLAIN };
    let decoded = decode("é".as_bytes().to_vec(), &hint);
    assert_eq!((decoded.text.as_str(), decoded.found), ("Ã©", Found::Forced));
}

#[test]
fn every_name_that_is_offered_is_known() {
    for name in encoding_names() {
        assert_eq!(encoding_for(name).map(Encoding::name), Some(name));
    }
    assert_eq!(encoding_for("no such"), None);
}

proptest! {
    #[test]
    fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let hint = Hint { markup: true, ..PLAIN };
        prop_assert_eq!(decode(bytes.clone(), &hint), decode(bytes, &hint));
    }

    #[test]
    fn any_bytes_decode_in_any_encoding(bytes in prop::collection::vec(any::<u8>(), 0..200), n in any::<prop::sample::Index>()) {
        let names = encoding_names();
        let forced = encoding_for(names[n.index(names.len())]);
        decode(bytes, &Hint { forced, ..PLAIN });
    }

    #[test]
    fn any_text_in_utf8_is_left_alone(text in "\\PC{0,200}") {
        let decoded = decode(text.clone().into_bytes(), &PLAIN);
        prop_assert_eq!(decoded.text, text);
    }
}

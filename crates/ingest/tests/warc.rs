//! Web archives: which records are documents, what they say, and how one that is broken costs no other.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use cleancopy_core::Field;
use cleancopy_ingest::{Failure, Loaded, Options, Reason, load, read_from};
use std::io::{Cursor, Write};

fn record(kind: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:7>\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n\
        WARC-Target-URI: https://courier.example/a\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(header: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {header}\r\n\r\n").as_bytes(), body].concat();
    record("response", "application/http; msgtype=response", &block)
}

fn page(text: &str) -> Vec<u8> {
    response("200 OK\r\nContent-Type: text/html; charset=utf-8", format!("<p>{text}</p>").as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

type Documents = Vec<Result<Loaded, Failure>>;

fn read(bytes: Vec<u8>, options: &Options) -> (Documents, Vec<(Reason, u64)>) {
    let mut reader = read_from("crawl.warc", Cursor::new(bytes), None, options);
    let documents = reader.by_ref().map(|raw| raw.and_then(|raw| load(raw, options))).collect();
    let left_out = reader.left_out().iter().map(|left_out| (left_out.reason, left_out.count)).collect();
    (documents, left_out)
}

/// Record number and text of each document; of a failure the short name of its cause.
fn texts(documents: &Documents) -> Vec<(u64, &str)> {
    let texts = documents.iter().map(|document| match document {
        Ok(loaded) => (loaded.source.record.unwrap(), loaded.document.text.trim()),
        Err(failure) => (failure.source.record.unwrap(), failure.cause.name()),
    });
    texts.collect()
}

#[test]
fn pages_are_documents_and_the_other_records_are_counted() {
    let records = [
        record("warcinfo", "application/warc-fields", b"software: none"),
        record("request", "application/http; msgtype=request", b"GET /a HTTP/1.1\r\n\r\n"),
        page("One."),
        response("404 Not Found\r\nContent-Type: text/html", b"<p>Gone."),
        response("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response("200 OK", b"<html><p>Two."),
        record("resource", "text/html", b"<p>Three."),
        record("conversion", "text/plain", b"Four."),
    ];
    let whole = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for bytes in [whole.clone(), gzip(&whole), zstd::encode_all(&whole[..], 3).unwrap(), members] {
        let (documents, left_out) = read(bytes, &Options::default());
        assert_eq!(texts(&documents), [(3, "One."), (6, "Two."), (7, "Three."), (8, "Four.")]);
        assert_eq!(left_out, [(Reason::NoPage, 2), (Reason::NoSuccess, 1), (Reason::NotHtml, 1)]);
    }
}

#[test]
fn a_page_has_the_address_of_its_record_unless_it_names_its_own() {
    let own = b"<html><head><link rel=canonical href='https://courier.example/own'></head><p>Two.";
    let bytes = [page("One."), response("200 OK\r\nContent-Type: text/html", own)].concat();
    let (documents, _) = read(bytes, &Options::default());
    let urls: Vec<_> =
        documents.iter().map(|document| document.as_ref().unwrap().document.meta.first(Field::Url)).collect();
    assert_eq!(urls, [Some("https://courier.example/a"), Some("https://courier.example/own")]);
    let first = documents[0].as_ref().unwrap();
    let fields: serde_json::Value = serde_json::from_str(first.fields.as_deref().unwrap()).unwrap();
    assert_eq!(fields["warc_date"], "2024-05-01T10:00:00Z");
    assert_eq!(fields["warc_url"], "https://courier.example/a");
    // The day of the visit is no date of publication.
    assert_eq!(first.document.meta.first(Field::Date), None);
    assert_eq!(first.source.to_string(), "crawl.warc#1");
}

#[test]
fn a_body_is_undressed() {
    let html = b"<p>A page.</p>".as_slice();
    let chunked = b"5;x=y\r\n<p>A \r\n9\r\npage.</p>\r\n0\r\n\r\n".as_slice();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(html).unwrap();
    let koi8 = b"<p>\xF0\xF2\xE9\xF7\xE5\xF4 \xED\xE9\xF2 \xE9 \xF7\xF3\xE5\xED \xF0\xF2\xE9\xF7\xE5\xF4</p>";
    let bodies = [
        ("Transfer-Encoding: chunked", chunked.to_vec(), "A page."),
        // What the archive has already undressed.
        ("Transfer-Encoding: chunked", html.to_vec(), "A page."),
        ("Content-Encoding: gzip", gzip(html), "A page."),
        ("Content-Encoding: gzip", html.to_vec(), "A page."),
        ("Content-Encoding: deflate", zlib.finish().unwrap(), "A page."),
        ("Content-Encoding: br", html.to_vec(), "A page."),
        ("Content-Encoding: br", b"\x8b\x06\x80\xFF".to_vec(), "compression that is not read"),
        ("Content-Encoding: gzip", gzip(html)[..20].to_vec(), "damaged or cut off"),
    ];
    for (header, body, expected) in bodies {
        let bytes = response(&format!("200 OK\r\nContent-Type: text/html\r\n{header}"), &body);
        let (documents, _) = read(bytes, &Options::default());
        assert_eq!(texts(&documents), [(1, expected)], "{header}");
    }
    let bytes = response("200 OK\r\nContent-Type: text/html; charset=\"KOI8-R\"", koi8);
    assert_eq!(read(bytes, &Options::default()).0[0].as_ref().unwrap().encoding, "KOI8-R");
}

#[test]
fn a_bad_record_costs_no_other() {
    let good = page("Good.");
    let replaced = |from: &str, to: &str| String::from_utf8(page("Bad.")).unwrap().replace(from, to).into_bytes();
    let no_header_end = replaced("\r\n\r\n", "\r\n");
    let bad = [
        b"nonsense\r\n\r\n".to_vec(),
        replaced("Content-Length: ", "Content-Length: 1"),
        replaced("Content-Length: ", "Content-Length: x"),
        replaced("Content-Length: 7", "Content-Length: 1"),
        no_header_end,
    ];
    for bad in bad {
        let bytes = [good.clone(), bad.clone(), good.clone(), good.clone()].concat();
        let (documents, _) = read(bytes, &Options::default());
        let texts = texts(&documents);
        let n_good = texts.iter().filter(|(_, text)| *text == "Good.").count();
        let shown = String::from_utf8_lossy(&bad);
        assert_eq!(n_good, 3, "{shown}: {texts:?}");
        assert!(texts.iter().all(|(_, text)| ["Good.", "damaged or cut off"].contains(text)), "{shown}: {texts:?}");
        assert!(documents.iter().any(Result::is_err), "{shown}");
    }
}

#[test]
fn a_damaged_member_of_gzip_costs_one_record() {
    let members: Vec<Vec<u8>> = ["One.", "Two.", "Three."].iter().map(|text| gzip(&page(text))).collect();
    let mut damaged = members.clone();
    let middle = damaged[1].len() / 2;
    damaged[1][middle] ^= 0x55;
    damaged[1][middle + 1] ^= 0xAA;
    let (documents, _) = read(damaged.concat(), &Options::default());
    let got: Vec<&str> = texts(&documents).iter().map(|(_, text)| *text).collect();
    assert_eq!((got.first(), got.last()), (Some(&"One."), Some(&"Three.")), "{got:?}");
    assert!(got[1..got.len() - 1].contains(&"damaged or cut off") && !got.contains(&"Two."), "{got:?}");

    let cut = [members[0].clone(), members[1][..members[1].len() - 20].to_vec()].concat();
    let (documents, _) = read(cut, &Options::default());
    assert_eq!(texts(&documents), [(1, "One."), (2, "damaged or cut off")]);
}

#[test]
fn a_record_over_the_limit_is_passed_over() {
    let long = page(&"Words. ".repeat(5000));
    let zipped = gzip("<p>Words. ".repeat(5000).as_bytes());
    let zipped = response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &zipped);
    let options = Options { max_doc_bytes: 2000, ..Options::default() };
    let (documents, _) = read([page("One."), long, zipped, page("Two.")].concat(), &options);
    assert_eq!(texts(&documents), [(1, "One."), (2, "too large"), (3, "too large"), (4, "Two.")]);
    assert!(documents[1].as_ref().unwrap_err().shown().unwrap().starts_with(b"HTTP/1.1 200"));
}

#[test]
fn no_bytes_make_a_web_archive_panic() {
    use proptest::prelude::*;
    let whole =
        [page("One."), response("200 OK\r\nTransfer-Encoding: chunked", b"5\r\n<p>A \r\n0\r\n\r\n"), page("Two.")];
    let forms = [whole.concat(), whole.iter().flat_map(|record| gzip(record)).collect()];
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    proptest!(|(changes in changes, cut in any::<prop::sample::Index>())| {
        for whole in &forms {
            let mut bytes = whole.clone();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            bytes.truncate(cut.index(bytes.len() + 1));
            prop_assert!(read(bytes, &Options::default()).0.len() < 100);
        }
    });
}

//! Archives: which members are documents, their addresses, and what is damaged.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use cleancopy_ingest::{Cause, Failure, InputFormat, Loaded, Options, Reason, load, read, read_from, walk};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What an archive gave: an address with a text or a cause each, and what was left out.
struct Got {
    documents: Vec<Result<Loaded, Failure>>,
    left_out: Vec<(String, Reason, u64)>,
}

fn got(name: &str, bytes: &[u8], options: &Options) -> Got {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let found = walk(&[folder.path().to_owned()], options).unwrap();
    assert_eq!(found.files.len(), 1, "{:?}", found.left_out);
    let mut reader = read(&found.files[0], options);
    let documents = reader.by_ref().map(|raw| raw.and_then(|raw| load(raw, options))).collect();
    let shown = |source: &cleancopy_ingest::Source| source.member.as_deref().unwrap_or_default().to_owned();
    let left_out = reader.left_out();
    Got {
        documents,
        left_out: left_out.iter().map(|left_out| (shown(&left_out.source), left_out.reason, left_out.count)).collect(),
    }
}

impl Got {
    /// Member and text of each document; of a failure the short name of its cause.
    fn texts(&self) -> Vec<(String, String)> {
        let shown = |source: &cleancopy_ingest::Source| {
            let member = source.member.as_deref().unwrap_or_default();
            source.record.map_or_else(|| member.to_owned(), |record| format!("{member}#{record}"))
        };
        let texts = self.documents.iter().map(|document| match document {
            Ok(loaded) => (shown(&loaded.source), loaded.document.text.clone()),
            Err(failure) => (shown(&failure.source), failure.cause.name().to_owned()),
        });
        texts.collect()
    }
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in members.iter().enumerate() {
        let methods = [CompressionMethod::Deflated, CompressionMethod::Stored, CompressionMethod::Zstd];
        let options = SimpleFileOptions::default().compression_method(methods[at % 3]);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        // Written past the crate, which refuses names that lead out of the archive.
        if name.len() < 100 {
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        }
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        if name.len() < 100 {
            builder.append(&header, *bytes).unwrap();
        } else {
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Every form that an archive of these members comes in, by file name.
fn forms(members: &[(&str, &[u8])]) -> Vec<(&'static str, Vec<u8>)> {
    let tar = tar_of(members);
    vec![
        ("a.zip", zip_of(members)),
        ("a.tar.gz", gzip(&tar)),
        ("a.tar.zst", zstd::encode_all(&tar[..], 3).unwrap()),
        ("a.tgz", gzip(&tar)),
        ("a.tar", tar),
    ]
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn members_are_chosen_and_read_as_files_are() {
    let long = format!("{}/deep.txt", "folder/".repeat(30).trim_end_matches('/'));
    let inner = gzip(b"{\"text\":\"four\"}\n{\"text\":\"five\"}\n{broken\n");
    let members: Vec<(&str, &[u8])> = vec![
        ("z.txt", b"one"),
        ("news/a.html", b"<p>two"),
        ("news/a_files/frame.html", b"<p>no"),
        ("other_files/b", b"three"),
        ("d.jsonl.gz", &inner),
        ("rows.csv", b"id,text\n1,six\n"),
        (".hidden.txt", b"no"),
        ("__MACOSX/._z.txt", b"\0\x05"),
        ("logo.png", b"\x89PNG"),
        ("blob", b"\0\x01\x02\x03"),
        (&long, b"seven"),
    ];
    for (name, bytes) in forms(&members) {
        let got = got(name, &bytes, &Options::default());
        let expected = [
            ("z.txt", "one"),
            ("news/a.html", "two"),
            ("other_files/b", "three"),
            ("d.jsonl.gz#1", "four"),
            ("d.jsonl.gz#2", "five"),
            ("d.jsonl.gz#3", "not JSON"),
            ("rows.csv#1", "six"),
            (long.as_str(), "seven"),
        ];
        assert_eq!(got.texts(), pairs(&expected), "{name}");
        let left_out: Vec<_> = got.left_out.iter().map(|(member, reason, _)| (member.as_str(), *reason)).collect();
        let expected = [
            ("news/a_files/frame.html", Reason::ResourceFolder),
            (".hidden.txt", Reason::Hidden),
            ("__MACOSX/._z.txt", Reason::Hidden),
            ("logo.png", Reason::OtherKind),
            ("blob", Reason::Binary("binary data")),
        ];
        assert_eq!(left_out, expected, "{name}");
    }
}

#[test]
fn names_that_lead_out_and_names_given_twice_become_harmless_addresses() {
    let members: Vec<(&str, &[u8])> = vec![
        ("../../etc/a.txt", b"one"),
        ("/etc/a.txt", b"two"),
        ("C:\\news\\b.txt", b"three"),
        ("./c\n.txt", b"four"),
        ("..", b"five"),
    ];
    for (name, bytes) in forms(&members) {
        let got = got(name, &bytes, &Options::default());
        let expected = [
            ("etc/a.txt", "one"),
            ("etc/a.txt (2)", "two"),
            ("news/b.txt", "three"),
            ("c/n.txt", "four"),
            ("(no name)", "five"),
        ];
        assert_eq!(got.texts(), pairs(&expected), "{name}");
    }
}

#[test]
fn a_format_that_is_asked_for_holds_for_members() {
    let options = Options { format: InputFormat::Jsonl, ..Options::default() };
    for (name, bytes) in forms(&[("dump.bin", b"{\"text\":\"one\"}\n{\"text\":\"two\"}\n")]) {
        assert_eq!(
            got(name, &bytes, &options).texts(),
            pairs(&[("dump.bin#1", "one"), ("dump.bin#2", "two")]),
            "{name}"
        );
    }
}

#[test]
fn an_archive_inside_an_archive_is_refused_by_name() {
    let inner = zip_of(&[("a.txt", b"x")]);
    let inner_tar = gzip(&tar_of(&[("a.txt", b"x")]));
    for (name, bytes) in forms(&[("in.zip", &inner), ("in.tar.gz", &inner_tar), ("b.txt", b"one")]) {
        let texts = got(name, &bytes, &Options::default()).texts();
        let refused = "archive inside an archive";
        assert_eq!(texts, pairs(&[("in.zip", refused), ("in.tar.gz", refused), ("b.txt", "one")]), "{name}");
    }
}

#[test]
fn a_member_over_the_limit_fails_and_the_others_are_read() {
    let options = Options { max_doc_bytes: 50, ..Options::default() };
    let long = [b'x'; 3000];
    for (name, bytes) in forms(&[("a.txt", b"one"), ("b.txt", &long), ("c.txt", b"two")]) {
        let texts = got(name, &bytes, &options).texts();
        assert_eq!(texts, pairs(&[("a.txt", "one"), ("b.txt", "too large"), ("c.txt", "two")]), "{name}");
    }
}

#[test]
fn office_files_are_no_archives() {
    let bytes = zip_of(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let failure = read_from("in", Cursor::new(bytes), None, &Options::default()).next().unwrap().unwrap_err();
    assert_eq!(failure.cause, Cause::Binary("an office file"));
}

#[test]
fn a_zip_through_a_pipe_is_held_up_to_the_limit() {
    let bytes = zip_of(&[("a.txt", b"one"), ("b.txt", b"two")]);
    let options = Options { max_doc_bytes: 10_000, ..Options::default() };
    let n_documents =
        |bytes: Vec<u8>, options: &Options| read_from("-", Cursor::new(bytes), None, options).flatten().count();
    assert_eq!(n_documents(bytes.clone(), &options), 2);
    let options = Options { max_doc_bytes: 100, ..options };
    let failure = read_from("-", Cursor::new(bytes), None, &options).next().unwrap().unwrap_err();
    assert_eq!(failure.cause, Cause::ZipStream { limit: 100 });
    assert!(failure.to_string().contains("save it to a file"), "{failure}");
}

#[test]
fn damaged_and_encrypted_members_fail_alone() {
    let text = "A story. ".repeat(50);
    let whole = zip_of(&[("a.txt", b"one"), ("b.txt", text.as_bytes()), ("c.txt", b"three")]);
    // The second member is stored as it is.
    let at = memchr::memmem::find(&whole, b"A story. A").unwrap();
    let mut damaged = whole.clone();
    damaged[at] = b'B';
    let texts = got("a.zip", &damaged, &Options::default()).texts();
    assert_eq!(
        (texts.len(), texts[2].1.as_str(), texts[3].1.as_str()),
        (4, "damaged or cut off", "three"),
        "{texts:?}"
    );

    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"one").unwrap();
    writer.start_file("b.txt", SimpleFileOptions::default()).unwrap();
    let mut encrypted = writer.finish().unwrap().into_inner();
    for mark in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = memchr::memmem::rfind(&encrypted, mark).unwrap();
        encrypted[at + if mark[2] == 3 { 6 } else { 8 }] |= 1;
    }
    let texts = got("a.zip", &encrypted, &Options::default()).texts();
    assert_eq!(texts, pairs(&[("a.txt", "one"), ("b.txt", "encrypted")]));

    let texts = got("a.zip", &whole[..whole.len() - 30], &Options::default()).texts();
    assert_eq!(texts, pairs(&[("", "damaged or cut off")]));
}

#[test]
fn a_tar_goes_on_behind_a_damaged_header_and_ends_where_it_is_cut_off() {
    let text = "A story. ".repeat(200);
    let mut bytes = tar_of(&[("a.txt", b"one"), ("b.txt", text.as_bytes()), ("c.txt", b"three")]);
    bytes[1024] = b'x';
    let texts = got("a.tar", &bytes, &Options::default()).texts();
    assert_eq!(texts, pairs(&[("a.txt", "one"), ("", "damaged or cut off"), ("c.txt", "three")]));

    let bytes = tar_of(&[("a.txt", b"one"), ("b.txt", text.as_bytes())]);
    for bytes in [bytes[..1800].to_vec(), gzip(&bytes[..1800])] {
        let texts = got("a.tar.gz", &bytes, &Options::default()).texts();
        assert_eq!(texts[0].1, "one");
        assert_eq!(texts[1], ("b.txt".to_owned(), text[..1800 - 1536].to_owned()));
        assert_eq!(texts[2..], pairs(&[("b.txt", "damaged or cut off")]));
    }
}

#[test]
fn bombs_are_stopped_and_named() {
    let options = Options { max_doc_bytes: 1000, max_ratio: 20, ..Options::default() };
    let line = format!("{{\"text\":\"{}\"}}\n", "x".repeat(500)).repeat(4000);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(line.as_bytes())),
        ("a.jsonl.zst", zstd::encode_all(line.as_bytes(), 3).unwrap()),
        ("a.zip", zip_of(&[("a.jsonl", line.as_bytes())])),
        ("a.tar.gz", gzip(&tar_of(&[("a.jsonl", line.as_bytes())]))),
    ] {
        let texts = got(name, &bytes, &options).texts();
        assert_eq!(texts.last().unwrap().1, "decompression bomb", "{name}");
        assert!(texts.len() < 4000, "{name}");
        let bomb = Cause::Bomb { max_ratio: 20 }.to_string();
        assert!(bomb.contains("--max-ratio"), "{bomb}");
        let options = Options { max_ratio: 100_000, ..options.clone() };
        assert_eq!(got(name, &bytes, &options).texts().len(), 4000, "{name}");
    }
}

#[test]
fn no_bytes_make_an_archive_panic() {
    use proptest::prelude::*;
    let zip = zip_of(&[("a.txt", b"one"), ("b.jsonl", b"{\"text\":\"two\"}"), ("c.html", b"<p>three")]);
    let tar = tar_of(&[("a.txt", b"one"), ("b.jsonl", b"{\"text\":\"two\"}"), (&"n".repeat(150), b"three")]);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    proptest!(|(changes in changes, cut in any::<prop::sample::Index>())| {
        for whole in [&zip, &tar] {
            let mut bytes = whole.clone();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            for bytes in [bytes.clone(), bytes[..cut.index(bytes.len())].to_vec()] {
                let options = Options::default();
                let n_documents = read_from("in", Cursor::new(bytes), None, &options).map(|raw| load(raw?, &options)).count();
                prop_assert!(n_documents < 1000);
            }
        }
    });
}

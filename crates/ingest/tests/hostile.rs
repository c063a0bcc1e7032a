//! Input that was made to hurt, or was hurt: each ends in clean output or a named failure.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use cleancopy_ingest::{Cause, Failure, Format, Loaded, Options, load, read, read_from, walk};
use std::io::{Cursor, Read, Write};

type Documents = Vec<Result<Loaded, Failure>>;

fn documents(bytes: impl Into<Vec<u8>>, format: Format, options: &Options) -> Documents {
    let reader = read_from("in", Cursor::new(bytes.into()), Some(format), options);
    reader.map(|raw| raw.and_then(|raw| load(raw, options))).collect()
}

/// The text of each document; of a failure the short name of its cause.
fn texts(documents: &Documents) -> Vec<&str> {
    let text = documents.iter().map(|document| match document {
        Ok(loaded) => loaded.document.text.as_str(),
        Err(failure) => failure.cause.name(),
    });
    text.collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn small(max_doc_bytes: u64) -> Options {
    Options { max_doc_bytes, ..Options::default() }
}

#[test]
fn a_text_that_is_cut_off_is_used_and_the_damage_told() {
    let lines: Vec<String> = (0..20_000).map(|n| format!("Line {} of a story.\n", n * 7919 % 20_011)).collect();
    let text = lines.concat();
    for whole in [gzip(text.as_bytes()), zstd::encode_all(text.as_bytes(), 3).unwrap()] {
        let cut = whole[..whole.len() / 2].to_vec();
        let documents = documents(cut, Format::Text, &Options::default());
        let [Ok(loaded), Err(failure)] = documents.as_slice() else { panic!("{:?}", texts(&documents)) };
        assert!(loaded.document.text.len() > 10_000 && text.starts_with(&loaded.document.text));
        assert!(matches!(failure.cause, Cause::Damaged(_)) && failure.source == loaded.source);
    }
}

#[test]
fn what_stands_behind_gzip_is_told_unless_it_is_padding() {
    let texts_of = |behind: &[u8]| {
        let bytes = [gzip(b"{\"text\":\"a\"}\n"), behind.to_vec()].concat();
        texts(&documents(bytes, Format::Jsonl, &Options::default())).join(" ")
    };
    assert_eq!(texts_of(b""), "a");
    assert_eq!(texts_of(&[0; 5000]), "a");
    assert_eq!(texts_of(&[&vec![0; 100_000][..], &gzip(b"{\"text\":\"b\"}")].concat()), "a b");
    assert_eq!(texts_of(b"\n<!-- saved by a proxy -->"), "a damaged or cut off");
    assert_eq!(texts_of(b"\x1F\x8B\x08"), "a damaged or cut off");
    let documents = documents([gzip(b"A story."), b"xyz".to_vec()].concat(), Format::Text, &Options::default());
    assert_eq!(texts(&documents), ["A story.", "damaged or cut off"]);
}

#[test]
fn zstd_frames_skippable_frames_and_long_windows_are_read() {
    let skippable = [b"\x50\x2A\x4D\x18\x03\0\0\0xyz".as_slice()].concat();
    let mut long = zstd::Encoder::new(Vec::new(), 3).unwrap();
    long.long_distance_matching(true).unwrap();
    long.window_log(28).unwrap();
    long.write_all(b"{\"text\":\"c\"}\n").unwrap();
    let frames = [
        skippable.clone(),
        zstd::encode_all(&b"{\"text\":\"a\"}\n"[..], 3).unwrap(),
        skippable,
        zstd::encode_all(&b"{\"text\":\"b\"}\n"[..], 19).unwrap(),
        long.finish().unwrap(),
    ];
    assert_eq!(texts(&documents(frames.concat(), Format::Jsonl, &Options::default())), ["a", "b", "c"]);
}

/// A line without end, up to so many bytes; notes how much was asked for at a time.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = out.len().min(usize::try_from(self.0).unwrap());
        out[..n].fill(b'x');
        self.0 -= n as u64;
        Ok(n)
    }
}

#[test]
fn a_line_without_end_is_passed_over_and_its_beginning_kept() {
    let line = Cursor::new(b"{\"text\":\"".to_vec())
        .chain(Endless(300_000_000))
        .chain(Cursor::new(b"\n{\"text\":\"b\"}".to_vec()));
    let options = small(10_000);
    let records: Documents = read_from("in", line, Some(Format::Jsonl), &options)
        .map(|raw| raw.and_then(|raw| load(raw, &options)))
        .collect();
    assert_eq!(texts(&records), ["too large", "b"]);
    let failure = records[0].as_ref().unwrap_err();
    assert_eq!(failure.bytes, None);
    let shown = failure.shown().unwrap();
    assert!(shown.starts_with(b"{\"text\":\"xxx") && shown.len() == 1024);
    assert!(failure.to_string().contains("--max-doc-bytes") && failure.to_string().contains("first 1024 bytes"));
}

#[test]
fn an_open_quotation_mark_does_not_swallow_a_large_file() {
    let rows: Vec<String> = (0..3000).map(|n| format!("{n},Story number {n}.\n")).collect();
    let rows = rows.concat();
    let bytes = format!("id,text\na,first\nb,\"open\n{rows}");
    for limit in [1000, 10_000_000] {
        let documents = documents(bytes.clone(), Format::Csv, &small(limit));
        let texts = texts(&documents);
        assert_eq!(
            (texts.len(), texts[0], texts[1], texts[2]),
            (3002, "first", "unclosed quotation mark", "Story number 0.")
        );
    }
    // A cell that is long is one cell: what is in it are no rows.
    let long = format!("id,text\na,first\nb,\"{}\"\nc,last\n", "A line of prose, with commas, and more.\n".repeat(200));
    assert_eq!(texts(&documents(long, Format::Csv, &small(1000))), ["first", "too large", "last"]);
}

#[test]
fn many_open_quotation_marks_take_no_time_without_end() {
    // Each line opens a cell whether it stands inside one or not.
    let bytes = format!("id,text\n{}", "a\"b,\"c\n".repeat(200_000));
    let n_failures = documents(bytes, Format::Csv, &Options::default()).iter().filter(|read| read.is_err()).count();
    assert_eq!(n_failures, 200_000);
}

#[test]
fn odd_bytes_in_records_are_read() {
    let utf16: Vec<u8> = "\u{FEFF}id;text\r\n1;caf\u{E9}\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts(&documents(utf16, Format::Csv, &Options::default())), ["caf\u{E9}"]);
    assert_eq!(texts(&documents("\u{FEFF}{\"text\":\"a\"}", Format::Jsonl, &Options::default())), ["a"]);
    assert_eq!(texts(&documents("\u{FEFF}text\na", Format::Csv, &Options::default())), ["a"]);
    assert_eq!(
        texts(&documents("{\"text\":\"a\\u0000b\"}\n{\"text\":\"c\0d\"}", Format::Jsonl, &Options::default())),
        ["a\0b", "c\0d"]
    );
    assert_eq!(
        texts(&documents("id,text\nstory one,A story with a\0b\n", Format::Csv, &Options::default())),
        ["A story with a\0b"]
    );
    assert_eq!(texts(&documents("a\0b\n", Format::Text, &Options::default())), ["a\0b\n"]);
    let deep = format!("{{\"x\":{}{},\"text\":\"a\"}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(texts(&documents(deep, Format::Jsonl, &Options::default())).len(), 1);
}

#[test]
fn a_file_that_is_gone_or_shorter_when_its_turn_comes_fails_or_is_read_by_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.jsonl", "c.zip"] {
        std::fs::write(folder.path().join(name), "{\"text\":\"a\"}\n").unwrap();
    }
    let found = walk(&[folder.path().to_owned()], &Options::default()).unwrap();
    std::fs::remove_file(folder.path().join("a.txt")).unwrap();
    std::fs::write(folder.path().join("b.jsonl"), "{\"te").unwrap();
    std::fs::write(folder.path().join("c.zip"), "PK\x03\x04").unwrap();
    let names: Vec<_> = found
        .files
        .iter()
        .flat_map(|file| read(file, &Options::default()))
        .map(|raw| raw.and_then(|raw| load(raw, &Options::default())).unwrap_err().cause.name())
        .collect();
    assert_eq!(names, ["unreadable", "not JSON", "damaged or cut off"]);
}

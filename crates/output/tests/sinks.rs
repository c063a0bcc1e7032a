//! Outputs appear whole or not at all, and say what went wrong.

#![allow(clippy::unwrap_used, reason = "the helpers are part of the tests")]

use std::fs;
use std::path::Path;

use cleancopy_output::{
    Compression, ErrorKind, Quarantine, Quarantined, Sink, SinkOptions, compress_frame, partial_path, quarantine_path,
    write_quarantined,
};

const FRESH: SinkOptions = SinkOptions { compression: Compression::None, overwrite: false };
const REPLACE: SinkOptions = SinkOptions { compression: Compression::None, overwrite: true };

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_file_has_its_name_only_when_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let mut sink = Sink::create(&path, FRESH).unwrap();
    sink.append(b"one\n").unwrap();
    sink.append(b"two\n").unwrap();
    sink.sync().unwrap();
    assert_eq!(names(folder.path()), ["out.jsonl.part"]);
    assert_eq!(sink.finish().unwrap(), 8);
    assert_eq!(names(folder.path()), ["out.jsonl"]);
    assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
}

#[test]
fn an_existing_file_stays_unless_overwriting_was_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    fs::write(&path, "old").unwrap();
    let error = Sink::create(&path, FRESH).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exists);
    assert!(error.to_string().contains("out.jsonl: it exists already"), "{error}");

    let mut sink = Sink::create(&path, REPLACE).unwrap();
    sink.append(b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    sink.finish().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
}

#[test]
fn a_file_that_came_meanwhile_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let mut sink = Sink::create(&path, FRESH).unwrap();
    sink.append(b"new").unwrap();
    fs::write(&path, "other").unwrap();
    assert_eq!(sink.finish().unwrap_err().kind(), ErrorKind::Exists);
    assert_eq!(fs::read(&path).unwrap(), b"other");
}

#[test]
fn a_dropped_sink_leaves_nothing_unless_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let mut sink = Sink::create(&path, FRESH).unwrap();
    sink.append(b"one\n").unwrap();
    drop(sink);
    assert!(names(folder.path()).is_empty());

    let mut sink = Sink::create(&path, FRESH).unwrap();
    sink.append(b"one\n").unwrap();
    sink.keep_unfinished();
    drop(sink);
    assert_eq!(names(folder.path()), ["out.jsonl.part"]);
}

#[test]
fn a_kept_file_is_cut_at_the_checkpoint_and_continued() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl.gz");
    let options = SinkOptions { compression: Compression::Gzip, ..FRESH };
    let frame = |rows: &str| {
        let mut frame = Vec::new();
        compress_frame(Compression::Gzip, rows.as_bytes(), &mut frame).unwrap();
        frame
    };
    let mut sink = Sink::create(&path, options).unwrap();
    sink.append(&frame("one\n")).unwrap();
    let checkpoint = sink.n_bytes();
    sink.append(&frame("lost\n")[..9]).unwrap();
    sink.keep_unfinished();
    drop(sink);

    let too_far = Sink::resume(&path, options, 1 << 20).unwrap_err();
    assert_eq!(too_far.kind(), ErrorKind::NotResumable);
    let mut sink = Sink::resume(&path, options, checkpoint).unwrap();
    sink.append(&frame("two\n")).unwrap();
    assert_eq!(sink.finish().unwrap(), fs::metadata(&path).unwrap().len());
    let expected = [frame("one\n"), frame("two\n")].concat();
    assert_eq!(fs::read(&path).unwrap(), expected);

    let nothing_kept = Sink::resume(&folder.path().join("other.jsonl"), FRESH, 0).unwrap_err();
    assert_eq!(nothing_kept.kind(), ErrorKind::NotResumable);
}

#[test]
fn two_runs_cannot_write_one_file_but_a_dead_run_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    fs::write(partial_path(&path), "left by a killed run, longer than what comes").unwrap();
    let mut sink = Sink::create(&path, FRESH).unwrap();
    assert_eq!(Sink::create(&path, REPLACE).unwrap_err().kind(), ErrorKind::Busy);
    sink.append(b"one\n").unwrap();
    sink.finish().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one\n");
}

#[test]
fn names_that_cannot_be_files_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Sink::create(folder.path(), REPLACE).unwrap_err().kind(), ErrorKind::Folder);
    let error = Sink::create(&folder.path().join("missing/out.jsonl"), FRESH).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoFolder);
    assert!(error.to_string().contains("missing/out.jsonl: the folder does not exist"), "{error}");
}

#[test]
fn an_output_without_rows_can_be_decompressed() {
    let folder = tempfile::tempdir().unwrap();
    for (name, compression) in [("a.zst", Compression::Zstd), ("a.gz", Compression::Gzip), ("a", Compression::None)] {
        let path = folder.path().join(name);
        Sink::create(&path, SinkOptions { compression, overwrite: false }).unwrap().finish().unwrap();
    }
    assert_eq!(zstd::decode_all(&fs::read(folder.path().join("a.zst")).unwrap()[..]).unwrap(), b"");
    let gzip = fs::read(folder.path().join("a.gz")).unwrap();
    let mut text = Vec::new();
    std::io::copy(&mut flate2::read::MultiGzDecoder::new(&gzip[..]), &mut text).unwrap();
    assert!(!gzip.is_empty() && text.is_empty());
    assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"");
}

#[test]
fn a_closed_pipe_is_told_apart_from_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    let mut sink = Sink::to_writer(Path::new("-"), Box::new(writer), FRESH);
    sink.append(b"one\n").unwrap();
    drop(reader);
    let error = sink.append(b"two\n").unwrap_err();
    assert!(error.is_closed_pipe());
    assert_eq!(sink.n_bytes(), 4);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_names_the_file() {
    let mut sink = Sink::create(Path::new("/dev/full"), FRESH).unwrap();
    let error = sink.append(b"one\n").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.to_string().starts_with("writing /dev/full: No space left on device"), "{error}");
    assert_eq!(quarantine_path(Path::new("/dev/full"), None), None);
}

#[cfg(unix)]
#[test]
fn through_a_link_the_file_is_replaced_and_the_link_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let mut sink = Sink::create(&link, REPLACE).unwrap();
    sink.append(b"new").unwrap();
    sink.finish().unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"new");
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    Sink::create(&path, REPLACE).unwrap().finish().unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_quarantine_row_holds_the_original_bytes() {
    let mut rows = Vec::new();
    let text = Quarantined { bytes: Some("{\"é\n".as_bytes()), ..Quarantined::default() };
    write_quarantined(&text, &mut rows);
    let binary = Quarantined {
        source: "in/a.jsonl",
        record: Some(812),
        id: Some("cc-9"),
        cause: "not a JSON object",
        bytes: Some(b"\xff\x00\xfe\x01"),
    };
    write_quarantined(&binary, &mut rows);
    let expected = "{\"source\":\"\",\"record\":null,\"id\":null,\"cause\":\"\",\"bytes\":\"{\\\"é\\n\",\"bytes_base64\":null}\n\
        {\"source\":\"in/a.jsonl\",\"record\":812,\"id\":\"cc-9\",\"cause\":\"not a JSON object\",\"bytes\":null,\
        \"bytes_base64\":\"/wD+AQ==\"}\n";
    assert_eq!(String::from_utf8(rows).unwrap(), expected);
}

#[test]
fn a_quarantine_exists_only_if_something_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = quarantine_path(Path::new("out.jsonl"), Some(&folder.path().join("bad"))).unwrap();
    let quarantine = Quarantine::new(Some(path.clone()), false).unwrap();
    assert_eq!(quarantine.finish().unwrap(), 0);
    assert!(names(folder.path()).is_empty());

    let mut quarantine = Quarantine::new(Some(path.clone()), false).unwrap();
    quarantine.append(b"", 0).unwrap();
    quarantine.append(b"{}\n{}\n", 2).unwrap();
    assert_eq!(quarantine.finish().unwrap(), 2);
    assert_eq!(fs::read(&path).unwrap(), b"{}\n{}\n");
}

#[test]
fn an_old_quarantine_is_refused_before_the_run_or_goes_with_its_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl.quarantine.jsonl");
    fs::write(&path, "old").unwrap();
    assert_eq!(Quarantine::new(Some(path.clone()), false).unwrap_err().kind(), ErrorKind::Exists);
    Quarantine::new(Some(path.clone()), true).unwrap().finish().unwrap();
    assert!(!path.exists());
}

#[test]
fn a_quarantine_goes_on_where_it_was_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("q.jsonl");
    let mut quarantine = Quarantine::new(Some(path.clone()), false).unwrap();
    quarantine.keep_unfinished();
    quarantine.append(b"{}\n", 1).unwrap();
    let (n_rows, n_bytes) = (quarantine.n_rows(), quarantine.n_bytes());
    quarantine.append(b"lost\n", 1).unwrap();
    drop(quarantine);
    let mut quarantine = Quarantine::resume(Some(path.clone()), false, n_rows, n_bytes).unwrap();
    quarantine.append(b"[]\n", 1).unwrap();
    assert_eq!(quarantine.finish().unwrap(), 2);
    assert_eq!(fs::read(&path).unwrap(), b"{}\n[]\n");
}

#[test]
fn a_quarantine_without_a_place_counts() {
    let mut quarantine = Quarantine::new(None, false).unwrap();
    quarantine.append(b"{}\n", 1).unwrap();
    assert_eq!(quarantine.finish().unwrap(), 1);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_as_it_is_and_stays_a_device() {
    let mut sink = Sink::create(Path::new("/dev/null"), FRESH).unwrap();
    sink.append(b"one\n").unwrap();
    assert_eq!(sink.finish().unwrap(), 4);
    assert!(!Path::new("/dev/null").is_file());
}

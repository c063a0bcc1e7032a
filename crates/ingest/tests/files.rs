//! Files and folders: what is found, what is left out, what fails.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use cleancopy_ingest::{Cause, Error, InputFormat, Options, Reason, Walk, load, read, walk};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn names(found: &Walk, folder: &Path) -> Vec<String> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
    found.files.iter().map(|file| name(&file.path)).collect()
}

fn left_out(found: &Walk, folder: &Path) -> Vec<(String, Reason)> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
    found.left_out.iter().map(|left_out| (name(&left_out.source.path), left_out.reason)).collect()
}

fn auto() -> Options {
    Options::default()
}

#[test]
fn a_folder_is_walked_in_order_and_says_what_it_leaves_out() {
    let folder = folder(&[
        ("b.txt", b"b"),
        ("a/z.md", b"z"),
        ("a.html", b"<p>a"),
        ("a_files/style.css", b"p{}"),
        ("text_files/c.txt", b"c"),
        (".hidden.txt", b"h"),
        (".git/config.txt", b"g"),
        ("logo.PNG", b"\x89PNG"),
        ("notes", b"It rained."),
        ("noise", b"\0\x01\x02\x03"),
        ("one.json", b"{\n  \"text\": 1\n}"),
        ("lines.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n"),
        ("x.txt/inside.txt", b"i"),
    ]);
    let found = walk(&[folder.path().to_owned()], &auto()).unwrap();
    assert_eq!(
        names(&found, folder.path()),
        ["a.html", "a/z.md", "b.txt", "lines.json", "notes", "text_files/c.txt", "x.txt/inside.txt"]
    );
    assert_eq!(
        left_out(&found, folder.path()),
        [
            (".git".to_owned(), Reason::Hidden),
            (".hidden.txt".to_owned(), Reason::Hidden),
            ("a_files".to_owned(), Reason::ResourceFolder),
            ("logo.PNG".to_owned(), Reason::OtherKind),
            ("noise".to_owned(), Reason::Binary("binary data")),
            ("one.json".to_owned(), Reason::Json),
        ]
    );
}

#[test]
fn a_format_that_is_asked_for_takes_every_regular_file() {
    let folder = folder(&[("logo.png", b"\x89PNG"), ("noise", b"\0\x01"), (".hidden", b"h")]);
    let options = Options { format: InputFormat::Text, ..auto() };
    let found = walk(&[folder.path().to_owned()], &options).unwrap();
    assert_eq!(names(&found, folder.path()), ["logo.png", "noise"]);
    for file in &found.files {
        assert!(read(file, &options).all(|raw| load(raw.unwrap(), &options).is_ok()));
    }
}

#[test]
fn what_is_missing_is_named() {
    let folder = folder(&[("a.txt", b"a")]);
    let missing = folder.path().join("b.txt");
    assert_eq!(walk(std::slice::from_ref(&missing), &auto()), Err(Error::Missing(missing)));
    let pattern = folder.path().join("*.html");
    assert_eq!(walk(std::slice::from_ref(&pattern), &auto()), Err(Error::NoMatch(pattern)));
    let pattern = folder.path().join("[.html");
    let error = walk(&[pattern], &auto()).unwrap_err();
    assert!(error.to_string().contains("[.html"), "{error}");
}

#[test]
fn patterns_match_files_and_whole_folders_and_a_literal_name_wins() {
    let folder = folder(&[
        ("a1.txt", b"a"),
        ("a2.txt", b"a"),
        ("news/b.txt", b"b"),
        ("news/deep/c.txt", b"c"),
        ("news/d.md", b"d"),
        ("[x].txt", b"x"),
        (".h.txt", b"h"),
    ]);
    let find = |pattern: &str| names(&walk(&[folder.path().join(pattern)], &auto()).unwrap(), folder.path());
    assert_eq!(find("a?.txt"), ["a1.txt", "a2.txt"]);
    assert_eq!(find("**/*.txt"), ["[x].txt", "a1.txt", "a2.txt", "news/b.txt", "news/deep/c.txt"]);
    assert_eq!(find("n*s"), ["news/b.txt", "news/d.md", "news/deep/c.txt"]);
    assert_eq!(find("news/*.{txt,md}"), ["news/b.txt", "news/d.md"]);
    assert_eq!(find("[x].txt"), ["[x].txt"]);
    assert_eq!(find(".*.txt"), [".h.txt"]);
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = folder(&[("a.txt", b"a")]);
    let inputs = [folder.path().join("a.txt"), folder.path().join("./a.txt"), folder.path().to_owned()];
    let found = walk(&inputs, &auto()).unwrap();
    assert_eq!(found.files.len(), 1);
    assert_eq!(left_out(&found, folder.path()), [("a.txt".to_owned(), Reason::Repeated)]);
}

#[test]
fn standard_input_is_a_dash() {
    let found = walk(&[PathBuf::from("-")], &auto()).unwrap();
    assert_eq!(found.files[0].path, Path::new("-"));
    assert_eq!(found.files[0].format, None);
}

#[test]
fn a_named_file_that_is_not_text_fails_unless_asked_for() {
    let folder = folder(&[("scan", b"%PDF-1.7")]);
    let found = walk(&[folder.path().join("scan")], &auto()).unwrap();
    let failure = read(&found.files[0], &auto()).next().unwrap().unwrap_err();
    assert_eq!(failure.cause, Cause::Binary("a PDF file"));
}

#[test]
fn a_file_over_the_limit_fails_by_name() {
    let folder = folder(&[("a.txt", &[b'x'; 100])]);
    let options = Options { max_doc_bytes: 99, ..auto() };
    let found = walk(&[folder.path().join("a.txt")], &options).unwrap();
    let failures: Vec<_> = read(&found.files[0], &options).collect();
    assert_eq!(failures[0].as_ref().unwrap_err().cause, Cause::TooLarge { limit: 99, head: Vec::new() });
    assert_eq!(failures.len(), 1);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_and_broken_ones_are_named() {
        let folder = folder(&[("a/b.txt", b"b")]);
        symlink("nothing.txt", folder.path().join("dangling.txt")).unwrap();
        symlink("..", folder.path().join("a/loop")).unwrap();
        symlink("../..", folder.path().join("a/out")).unwrap();
        symlink("a/b.txt", folder.path().join("linked.txt")).unwrap();
        let found = walk(&[folder.path().to_owned()], &auto()).unwrap();
        assert_eq!(names(&found, folder.path()), ["a/b.txt", "linked.txt"]);
        let loops = ["a/loop", "a/out"].map(|name| (name.to_owned(), Reason::Loop));
        assert_eq!(left_out(&found, folder.path()), loops);
        assert_eq!(found.failures.len(), 1);
        assert!(found.failures[0].to_string().contains("dangling.txt: cannot be read"));
    }

    #[test]
    fn a_name_that_is_not_utf8_is_read_and_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(OsStr::from_bytes(b"caf\xE9 #1.txt"));
        fs::write(&path, "text").unwrap();
        let found = walk(&[folder.path().to_owned()], &auto()).unwrap();
        let raw = read(&found.files[0], &auto()).next().unwrap().unwrap();
        assert!(raw.source.to_string().ends_with("caf\\xE9 #1.txt"), "{}", raw.source);
    }

    #[test]
    fn a_file_that_cannot_be_read_fails_by_name() {
        // A folder in the place of a file cannot be read by anybody, not even by root.
        let folder = folder(&[("a.txt", b"a")]);
        let found = walk(&[folder.path().join("a.txt")], &auto()).unwrap();
        fs::remove_file(folder.path().join("a.txt")).unwrap();
        fs::create_dir(folder.path().join("a.txt")).unwrap();
        let failure = read(&found.files[0], &auto()).next().unwrap().unwrap_err();
        assert!(matches!(failure.cause, Cause::Unreadable(_)));
    }

    #[test]
    fn a_pipe_in_a_folder_is_left_out() {
        let folder = folder(&[("a.txt", b"a")]);
        let socket = std::os::unix::net::UnixListener::bind(folder.path().join("s.txt")).unwrap();
        let found = walk(&[folder.path().to_owned()], &auto()).unwrap();
        assert_eq!(left_out(&found, folder.path()), [("s.txt".to_owned(), Reason::NotAFile)]);
        drop(socket);
    }
}

#[test]
fn what_only_its_name_calls_text_fails() {
    let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let folder = folder(&[
        ("a-pdf.txt", b"%PDF-1.7 and so on"),
        ("b-note.txt", b"{\\rtf1 It rained.}"),
        ("c-noise.txt", &noise),
        ("d-riff.txt", b"RIFF raff, said the mayor."),
        ("e-nul.txt", b"It\0 rained in M\xFCnchen."),
    ]);
    let found = walk(&[folder.path().to_owned()], &auto()).unwrap();
    let results: Vec<_> = found
        .files
        .iter()
        .map(|file| read(file, &auto()).next().unwrap().and_then(|raw| load(raw, &auto())))
        .map(|loaded| loaded.map(|loaded| loaded.document.text).map_err(|failure| failure.cause))
        .collect();
    assert_eq!(results[0], Err(Cause::Binary("a PDF file")));
    assert_eq!(results[1], Err(Cause::Binary("an RTF file")));
    assert_eq!(results[2], Err(Cause::Binary("binary data")));
    assert_eq!(results[3].as_deref(), Ok("RIFF raff, said the mayor."));
    assert_eq!(results[4].as_deref(), Ok("It\0 rained in München."));
}

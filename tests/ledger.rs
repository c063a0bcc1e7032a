//! The ledger on disk: what it says holds, and what it was made of comes back byte for byte.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    command.current_dir(folder);
    command
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples").canonicalize().unwrap()
}

fn message(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// A folder with these files under `in`.
fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Cleans `in` into `output` with a ledger, verifies and restores into `back`; gives what each said.
fn round(folder: &Path, output: &str, more: &[&str]) -> [Output; 3] {
    let clean = program(folder).args(["clean", "in", "--ledger", "ledger.jsonl.zst", "-o", output]).args(more).output();
    let verify = program(folder).args(["verify", output, "--ledger", "ledger.jsonl.zst", "--in", "in"]).output();
    let restore = program(folder).args(["restore", output, "--ledger", "ledger.jsonl.zst", "-o", "back"]).output();
    [clean, verify, restore].map(Result::unwrap)
}

fn assert_round(folder: &Path, output: &str, more: &[&str]) {
    let [clean, verify, restore] = round(folder, output, more);
    assert!(clean.status.code().unwrap() <= 1, "{}", message(&clean));
    assert_eq!(verify.status.code(), Some(0), "{}", message(&verify));
    assert_eq!(restore.status.code(), Some(0), "{}", message(&restore));
}

/// All files below a folder.
fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

const ODD_FILES: &[(&str, &[u8])] = &[
    ("mark.txt", b"\xEF\xBB\xBFA story\xC2\xAD with a mark.\r\n\r\nAnd an end.\r\n"),
    ("no-end.txt", "The last line \u{2612} has no end".as_bytes()),
    ("broken.txt", b"It was sm\xC3\xA5tt, and then \xFF came.\nA line in peace.\n"),
    ("mixed.txt", b"Der B\xC3\xBCrgermeister sprach lange.\nDer B\xFCrgermeister schwieg.\n\xC3\x84rger gab es auch.\n"),
    ("nul.txt", b"It\0was late.\n"),
    ("only-residue.txt", "\u{A9} 2024 The Invented Herald. All rights reserved.\n".as_bytes()),
    ("note.md", b"# Title\n\nA **bold** [link](http://example.org/) here.\n"),
    ("empty.txt", b""),
    ("empty.jsonl", b"\n\n"),
    ("plain.jsonl", b"{\"text\":\"One\\u00ad story.\",\"n\": 1.50}\n\n  \n{\"id\":\"b\",\"text\":\"Another \\\"story\\\".\"}"),
    ("ascii.jsonl", b"{\"text\": \"Caf\\u00e9 \\ud83d\\ude00 opens.\", \"text2\": 1}\r\n{\"text\": \"Caf\\u00E9 \\u0026 bar\\/grill.\"}\r\n"),
    ("bad.jsonl", b"{\"text\":\"Good.\"}\n{broken\n[1]\n{\"text\":\"Half \\ud800 of it.\"}\n{\"text\":1}\n{\"text\":\"A\",\"text\":\"B\"}\n"),
    ("cyrillic.jsonl", b"{\"text\":\"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0. \xDD\xF2\xEE \xED\xEE\xE2\xEE\xF1\xF2\xE8 \xE4\xED\xFF.\"}\n"),
    ("marked.csv", b"\xEF\xBB\xBFid,text,x\r\n1,\"He said \"\"no\"\".\",y\r\n2,Bare text,z\r\n\r\n"),
    ("sep.csv", b"sep=;\nid;text\n7;\"Two\nlines; here\"\n8;Ragged;row\n9;\"Never closed\n"),
    ("old-mac.csv", b"id,text\r1,One story.\r2,Two stories.\r"),
];

#[test]
fn odd_files_come_back_byte_for_byte() {
    for (output, more) in [("out.jsonl", &[][..]), ("out.csv.gz", &[]), ("excel.csv", &["--csv-excel"])] {
        let folder = folder_of(ODD_FILES);
        let wide = utf16("{\"text\":\"Ein Schiff.\"}\r\n{\"text\":\"Zwei Schiffe \u{1F6A2}.\",\"a\":1}\r\n");
        fs::write(folder.path().join("in/wide.jsonl"), wide).unwrap();
        fs::write(folder.path().join("in/wide.txt"), utf16("Ein Schiff.\r\nEin zweites.\r\n")).unwrap();
        assert_round(folder.path(), output, more);
        let (given, back) = (files_in(&folder.path().join("in")), files_in(&folder.path().join("back/in")));
        for (name, bytes) in &given {
            let back = back.get(name).map(|bytes| String::from_utf8_lossy(bytes));
            assert_eq!(back, Some(String::from_utf8_lossy(bytes)), "{name} into {output}");
        }
        assert_eq!(given, back);
    }
}

#[test]
fn the_samples_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).unwrap();
    for (name, bytes) in files_in(&samples()) {
        fs::write(inputs.join(name), bytes).unwrap();
    }
    assert_round(folder.path(), "out.jsonl", &[]);
    let (given, mut back) = (files_in(&inputs), files_in(&folder.path().join("back/in")));
    for (name, bytes) in given {
        let unpacked = match Path::new(&name).extension().and_then(|ending| ending.to_str()) {
            Some("gz") => {
                let mut unpacked = Vec::new();
                std::io::copy(&mut flate2::read::MultiGzDecoder::new(&*bytes), &mut unpacked).unwrap();
                Some((name.trim_end_matches(".gz").to_owned(), unpacked))
            }
            Some("zst") => Some((name.trim_end_matches(".zst").to_owned(), zstd::decode_all(&*bytes).unwrap())),
            Some("html" | "htm") => None,
            _ => Some((name.clone(), bytes)),
        };
        if let Some((name, bytes)) = unpacked {
            assert!(back.remove(&name).unwrap() == bytes, "{name}");
        } else {
            let elements = back.remove(&format!("{name}.elements.jsonl")).unwrap();
            assert!(String::from_utf8(elements).unwrap().contains("\"path\":\"html>"), "{name}");
            assert!(!back.remove(&format!("{name}.txt")).unwrap().is_empty(), "{name}");
        }
    }
    assert!(back.is_empty(), "{:?}", back.keys());
}

#[test]
fn any_thread_count_gives_the_same_ledger() {
    let folder = folder_of(ODD_FILES);
    let samples = samples();
    let ledgers = ["1", "2", "8"].map(|threads| {
        let name = format!("ledger{threads}.jsonl.gz");
        let clean = program(folder.path())
            .args(["clean", "in", "-q", "-f", "-o", "out.jsonl", "-j", threads, "--ledger", &name])
            .arg(&samples)
            .output()
            .unwrap();
        assert!(clean.status.code().unwrap() <= 1, "{}", message(&clean));
        fs::read(folder.path().join(name)).unwrap()
    });
    assert!(ledgers[0] == ledgers[1] && ledgers[1] == ledgers[2]);
}

#[test]
fn each_edit_is_a_line_with_its_place_in_the_source() {
    let source = "It was late\u{AD}, and\u{AD} cold.\n";
    let folder = folder_of(&[("a.txt", source.as_bytes())]);
    let clean = program(folder.path())
        .args(["clean", "in", "-q", "-o", "out.jsonl", "--ledger", "ledger.jsonl"])
        .status()
        .unwrap();
    assert!(clean.success());
    let ledger = fs::read_to_string(folder.path().join("ledger.jsonl")).unwrap();
    let lines: Vec<Value> = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let edits: Vec<&Value> = lines.iter().filter(|line| line["line"] == "edit").collect();
    assert_eq!(edits[0]["id"], "a");
    assert_eq!(edits[0]["rule"], "soft-hyphen");
    for edit in &edits {
        let (start, end) = (edit["start"].as_u64().unwrap() as usize, edit["end"].as_u64().unwrap() as usize);
        assert_eq!(edit["removed"], source[start..end]);
    }
    assert_eq!(lines.last().unwrap()["line"], "foot");
}

#[test]
fn what_was_tampered_with_is_named() {
    let rows =
        b"{\"id\":\"first\",\"text\":\"A first story.\"}\n{\"id\":\"second\",\"text\":\"A second\xC2\xAD story.\"}\n";
    let folder = folder_of(&[("news.jsonl", rows)]);
    assert_round(folder.path(), "out.jsonl", &[]);
    let verify =
        || program(folder.path()).args(["verify", "out.jsonl", "--ledger", "ledger.jsonl.zst", "--in", "in"]).output();
    let out = folder.path().join("out.jsonl");
    let good = fs::read_to_string(&out).unwrap();

    fs::write(&out, good.replace("A second story", "A third story")).unwrap();
    let done = verify().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(message(&done).contains("news.jsonl#2: replaying"), "{}", message(&done));
    fs::remove_dir_all(folder.path().join("back")).unwrap();
    let done =
        program(folder.path()).args(["restore", "out.jsonl", "--ledger", "ledger.jsonl.zst", "-o", "back"]).output();
    assert_eq!(done.as_ref().unwrap().status.code(), Some(1));
    assert!(message(&done.unwrap()).contains("record 2"));

    fs::write(&out, good.lines().next().unwrap()).unwrap();
    assert!(message(&verify().unwrap()).contains("it has no row in the output"));

    fs::write(&out, &good).unwrap();
    fs::write(folder.path().join("in/news.jsonl"), String::from_utf8_lossy(rows).replace("first story", "first storm"))
        .unwrap();
    let done = verify().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(message(&done).contains("news.jsonl#1: it is not what was cleaned"), "{}", message(&done));
}

#[test]
fn a_ledger_that_is_cut_off_is_none() {
    let folder = folder_of(&[("a.txt", b"A story.\n")]);
    let clean = program(folder.path())
        .args(["clean", "in", "-q", "-o", "out.jsonl", "--ledger", "ledger.jsonl"])
        .status()
        .unwrap();
    assert!(clean.success());
    let path = folder.path().join("ledger.jsonl");
    let ledger = fs::read_to_string(&path).unwrap();
    let foot = ledger.find("{\"line\":\"foot\"").unwrap();
    fs::write(&path, &ledger[..foot]).unwrap();
    for command in [["verify", "--in", "in"], ["restore", "-o", "back"]] {
        let done = program(folder.path())
            .args([command[0], "out.jsonl", "--ledger", "ledger.jsonl", command[1], command[2]])
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2));
        assert!(message(&done).contains("cut off"), "{}", message(&done));
    }
}

#[test]
fn what_was_never_read_is_named_by_restore() {
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"Short.\"}}\n", "x".repeat(3000));
    let folder = folder_of(&[("long.jsonl", long.as_bytes()), ("good.txt", b"A story.\n")]);
    let [clean, verify, restore] = round(folder.path(), "out.jsonl", &["--max-doc-bytes", "2000"]);
    assert_eq!(clean.status.code(), Some(1));
    assert_eq!(verify.status.code(), Some(0), "{}", message(&verify));
    assert_eq!(restore.status.code(), Some(1));
    assert!(message(&restore).contains("long.jsonl: record 1: it was not read (too large)"), "{}", message(&restore));
    assert!(!folder.path().join("back/in/long.jsonl").exists());
    assert!(folder.path().join("back/in/good.txt").exists());
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_come_back() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder_of(&[("a.txt", b"A story.\n")]);
    let name = OsStr::from_bytes(b"caf\xE9.txt");
    let made = fs::File::create(folder.path().join("in").join(name)).and_then(|mut file| file.write_all(b"A cafe.\n"));
    if made.is_err() {
        // Some file systems take no such names.
        return;
    }
    assert_round(folder.path(), "out.jsonl", &[]);
    assert_eq!(fs::read(folder.path().join("back/in").join(name)).unwrap(), b"A cafe.\n");
}

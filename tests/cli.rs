//! The program: real process, real files.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples").canonicalize().unwrap()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn rows(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Cleans `inputs` into a new file and gives the program's exit code and the file.
fn clean_to(name: &str, inputs: &[&Path], more: &[&str]) -> (i32, Vec<u8>, TempDir) {
    let folder = folder();
    let out = folder.path().join(name);
    let done = program().arg("clean").args(inputs).arg("-o").arg(&out).args(more).output().unwrap();
    let code = done.status.code().unwrap();
    assert!(code <= 1, "{}", text(&done.stderr));
    (code, fs::read(out).unwrap(), folder)
}

#[test]
fn the_samples_are_cleaned_and_accounted_for() {
    let folder = folder();
    let (out, summary) = (folder.path().join("out.jsonl"), folder.path().join("summary.json"));
    let done =
        program().arg("clean").arg(samples()).arg("-o").arg(&out).arg("--summary-json").arg(&summary).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(done.stdout.is_empty());
    let report = text(&done.stderr);
    assert!(report.contains("documents read = ") && report.contains(" kept + "), "{report}");
    let summary: Value = serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap();
    assert_eq!(summary["balanced"], true);
    assert_eq!(summary["documents"]["written"], rows(&out).len());
}

#[test]
fn any_thread_count_gives_the_same_bytes() {
    for name in ["out.jsonl", "out.csv", "out.jsonl.zst", "out.csv.gz"] {
        let outputs = ["1", "2", "8"].map(|threads| clean_to(name, &[&samples()], &["--quiet", "-j", threads]).1);
        assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2], "{name}");
    }
}

#[test]
fn the_order_of_files_on_disk_does_not_matter() {
    let names: Vec<String> = (0..40).map(|n| format!("{:02}.txt", (n * 17) % 40)).collect();
    let outputs = [false, true].map(|reversed| {
        let folder = folder();
        let inputs = folder.path().join("in");
        fs::create_dir(&inputs).unwrap();
        let mut names = names.clone();
        if reversed {
            names.reverse();
        }
        for name in &names {
            fs::write(inputs.join(name), format!("The story in {name} is short.\n")).unwrap();
        }
        let out = folder.path().join("out.jsonl");
        let status = program().current_dir(&folder).args(["clean", "in", "-q", "-o"]).arg(&out).status().unwrap();
        assert!(status.success());
        fs::read(out).unwrap()
    });
    assert_eq!(outputs[0], outputs[1]);
}

#[test]
fn its_own_output_fed_back_comes_out_byte_equal() {
    for name in ["out.jsonl", "out.csv"] {
        let (_, first, folder) = clean_to(name, &[&samples()], &["-q"]);
        let (_, second, _folder) = clean_to(name, &[&folder.path().join(name)], &["-q"]);
        assert!(first == second, "{name}: {}", first_difference(&first, &second));
    }
}

fn first_difference(a: &[u8], b: &[u8]) -> String {
    let at = a.iter().zip(b).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
    let around = |bytes: &[u8]| text_lossy(&bytes[at.saturating_sub(120)..(at + 120).min(bytes.len())]);
    format!("at byte {at}: {:?} against {:?}", around(a), around(b))
}

fn text_lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn standard_input_goes_to_standard_output() {
    let mut child = program()
        .args(["clean", "-", "--input-format", "text"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("It was late\u{AD}.\n".as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    let row: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(row["text"], "It was late.");
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = folder();
    let input = folder.path().join("in.jsonl");
    let line = format!("{{\"text\":\"{}\"}}\n", "A sentence of news. ".repeat(50));
    fs::write(&input, line.repeat(3000)).unwrap();
    let mut child = program().arg("clean").arg(&input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut some = [0; 100];
    stdout.read_exact(&mut some).unwrap();
    drop(stdout);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
}

#[test]
fn a_missing_input_is_named_and_nothing_is_written() {
    let folder = folder();
    let out = folder.path().join("out.jsonl");
    let done = run(&["clean", "no-such-folder", "-o", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("no-such-folder"), "{}", text(&done.stderr));
    assert!(!out.exists());
}

#[test]
fn an_unknown_rule_gets_its_nearest_name() {
    let done = run(&["clean", "-", "--only", "soft-hyphn"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("`soft-hyphen`"), "{}", text(&done.stderr));
}

#[test]
fn an_output_that_is_there_is_not_replaced_without_force() {
    let folder = folder();
    let (input, out) = (folder.path().join("a.txt"), folder.path().join("out.jsonl"));
    fs::write(&input, "A story.\n").unwrap();
    fs::write(&out, "precious").unwrap();
    let arguments = ["clean", input.to_str().unwrap(), "-o", out.to_str().unwrap()];
    let done = run(&arguments);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("--force"), "{}", text(&done.stderr));
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious");
    assert!(run(&[&arguments[..], &["--force"]].concat()).status.success());
    assert_eq!(rows(&out).len(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_names_the_file() {
    let done = run(&["clean", samples().to_str().unwrap(), "-o", "-"]);
    assert!(done.status.success());
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = program().arg("clean").arg(samples()).stdout(full).output().unwrap();
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
}

#[test]
fn bad_documents_are_quarantined_and_the_others_written() {
    let folder = folder();
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).unwrap();
    fs::write(inputs.join("good.txt"), "A good story.\n").unwrap();
    fs::write(inputs.join("long.txt"), "x".repeat(5000)).unwrap();
    fs::write(inputs.join("lines.jsonl"), "{\"text\":\"One story.\"}\n{broken\n{\"body\":1}\n").unwrap();
    let out = folder.path().join("out.jsonl");
    let done = program()
        .current_dir(&folder)
        .args(["clean", "in", "-o", "out.jsonl", "--max-doc-bytes", "4000"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    assert_eq!(rows(&out).len(), 2);
    let bad = rows(&folder.path().join("out.jsonl.quarantine.jsonl"));
    assert_eq!(bad.len(), 3, "{bad:?}");
    assert_eq!(bad[0]["bytes"], "{broken");
    assert_eq!(bad[0]["record"], 2);
    assert!(bad[2]["source"].as_str().unwrap().ends_with("long.txt"));
}

#[cfg(unix)]
#[test]
fn odd_files_never_stop_a_run() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let inputs = folder.path().join("in");
    fs::create_dir_all(inputs.join("folder.txt")).unwrap();
    fs::write(inputs.join("folder.txt/inner.txt"), "An inner story.\n").unwrap();
    fs::write(inputs.join("empty.txt"), "").unwrap();
    fs::write(inputs.join("good.txt"), "A good story.\n").unwrap();
    symlink("nowhere", inputs.join("dangling.txt")).unwrap();
    symlink(&inputs, inputs.join("loop")).unwrap();
    let done = program().current_dir(&folder).args(["clean", "in", "-o", "out.jsonl"]).output().unwrap();
    let report = text(&done.stderr);
    assert!(done.status.code().unwrap() <= 1, "{report}");
    assert!(report.contains("dangling.txt") || folder.path().join("out.jsonl.quarantine.jsonl").exists(), "{report}");
    let written: Vec<_> = rows(&folder.path().join("out.jsonl")).into_iter().map(|row| row["text"].clone()).collect();
    assert_eq!(written, ["An inner story.", "A good story."]);
}

#[test]
fn a_very_long_line_is_cleaned() {
    let folder = folder();
    let input = folder.path().join("long.txt");
    fs::write(&input, "A sentence of news, and then another one. ".repeat(2_400_000)).unwrap();
    let (code, out, _out_folder) = clean_to("out.jsonl", &[&input], &["-q", "--max-doc-bytes", "200000000"]);
    assert_eq!(code, 0);
    assert!(out.len() > 100_000_000);
}

#[test]
fn other_fields_travel_along() {
    let folder = folder();
    let input = folder.path().join("in.jsonl");
    fs::write(&input, "{\"uid\":7,\"body\":\"A story.\",\"n\": 1.50,\"tags\":[\"a\"]}\n").unwrap();
    let (_, out, _folder) = clean_to("out.jsonl", &[&input], &["-q", "--text-field", "body", "--id-field", "uid"]);
    let row: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(row["id"], "cc-7");
    assert!(
        text(&out).contains("\"fields\":{\"n\": 1.50,\"tags\":[\"a\"]}") || text(&out).contains("\"n\":1.50"),
        "{}",
        text(&out)
    );
}

#[test]
fn explain_marks_each_edit_with_its_rule() {
    let folder = folder();
    let input = folder.path().join("a.txt");
    fs::write(&input, "It was late\u{AD}.").unwrap();
    let done = run(&["explain", input.to_str().unwrap()]);
    assert!(done.status.success());
    let shown = text(&done.stdout);
    assert!(shown.contains("It was late[-\\u{ad}-]<soft-hyphen>."), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colours into a pipe");
}

#[test]
fn rules_lists_and_shows_rules() {
    let all = text(&run(&["rules"]).stdout);
    assert!(all.contains("soft-hyphen"), "{all}");
    let one = text(&run(&["rules", "soft-hyphen"]).stdout);
    assert!(one.contains("limits") && one.contains("keeps"), "{one}");
    let unknown = run(&["rules", "no-such-rule"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn only_nothing_changes_nothing() {
    let folder = folder();
    let input = folder.path().join("a.txt");
    let source = "# Head\r\n\r\nIt was late\u{AD} .\n\n\n© 2024 All rights reserved.\n";
    fs::write(&input, source).unwrap();
    let (_, out, _folder) = clean_to("out.jsonl", &[&input], &["-q", "--only", ""]);
    let row: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(row["text"], source);
    assert_eq!(row["title"], Value::Null);
}

#[test]
fn members_of_an_archive_are_documents_with_addresses() {
    let folder = folder();
    let mut archive = tar::Builder::new(fs::File::create(folder.path().join("dump.tar")).unwrap());
    let members: [(&str, &[u8]); 4] = [
        ("a.txt", b"A good story.\n"),
        ("day.jsonl", b"{\"text\":\"One story.\"}\n{broken\n"),
        (".cache", b"x"),
        ("inner.zip", b"PK\x05\x06"),
    ];
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, bytes).unwrap();
    }
    archive.finish().unwrap();
    let done = program().current_dir(&folder).args(["clean", "dump.tar", "-o", "out.jsonl"]).output().unwrap();
    let report = text(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{report}");
    assert!(report.contains("left out: dump.tar!.cache: hidden"), "{report}");
    let written: Vec<_> = rows(&folder.path().join("out.jsonl")).into_iter().map(|row| row["source"].clone()).collect();
    assert_eq!(written, ["dump.tar!a.txt", "dump.tar!day.jsonl#1"]);
    let bad = rows(&folder.path().join("out.jsonl.quarantine.jsonl"));
    let sources: Vec<_> = bad.iter().map(|row| row["source"].clone()).collect();
    assert_eq!(sources, ["dump.tar!day.jsonl", "dump.tar!inner.zip"]);
    assert!(bad[1]["cause"].as_str().unwrap().contains("unpack"), "{bad:?}");
}

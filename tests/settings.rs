//! The settings file, completions and manual pages: real process, real files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

fn folder_with(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    fs::write(folder.path().join("cleancopy.toml"), settings).unwrap();
    fs::write(folder.path().join("below/a.txt"), "It rained all day in Halm.\n\nIt did not stop.\n").unwrap();
    folder
}

/// Exit code, standard output and standard error of the program run in `folder`.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    let done = program.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_settings_file_above_the_working_folder_gives_the_defaults() {
    let folder = folder_with("paragraphs = \"newline\"\nquiet = true\n");
    let (code, out, err) = run(&folder.path().join("below"), &["clean", "a.txt"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(r#""text":"It rained all day in Halm.\nIt did not stop.""#), "{out}");
}

#[test]
fn the_command_line_wins_over_the_file() {
    let folder = folder_with("paragraphs = \"newline\"\nonly = [\"glyphs\"]\n");
    let below = folder.path().join("below");
    let (_, out, _) = run(&below, &["clean", "a.txt", "--paragraphs=blank", "--only", "lines", "-q"]);
    assert!(out.contains(r#""text":"It rained all day in Halm.\n\nIt did not stop.""#), "{out}");
}

#[test]
fn print_config_says_where_each_setting_comes_from_and_can_be_read_back() {
    let folder = folder_with("# ours\nprofile = \"precision\"\nquarantine = \"bad\"\nwithout = [\"appeal\"]\n");
    let below = folder.path().join("below");
    let (code, printed, _) = run(&below, &["clean", "--print-config", "--threads", "2"]);
    assert_eq!(code, 0);
    let line = |key: &str| printed.lines().find(|line| line.starts_with(key)).unwrap_or_default();
    assert!(line("profile").starts_with("profile = \"precision\" "), "{printed}");
    assert!(line("profile").ends_with("cleancopy.toml, line 2"), "{printed}");
    assert!(line("threads = 2").ends_with("# command line"), "{printed}");
    assert!(line("text-field = \"text\"").ends_with("# default"), "{printed}");
    // A path in the file counts from the file's folder.
    let quarantine = line("quarantine");
    assert!(quarantine.contains(&*folder.path().join("bad").to_string_lossy()), "{printed}");

    let copy = folder.path().join("copy.toml");
    fs::write(&copy, &printed).unwrap();
    let (code, again, err) = run(&below, &["clean", "--print-config", "--config", "../copy.toml"]);
    assert_eq!(code, 0, "{err}");
    let settings = |text: &str| {
        text.lines().map(|line| line.rsplit_once("  # ").unwrap().0.trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(settings(&again), settings(&printed));
}

#[test]
fn a_wrong_settings_file_is_named_with_its_line_and_what_is_allowed() {
    for (settings, expected) in [
        ("\nprofil = \"recall\"\n", "line 2: no setting is called `profil`; the nearest key is `profile`"),
        ("profile = \"bold\"\n", "line 1: invalid value 'bold' for '--profile <PROFILE>' [possible values: balanced"),
        ("threads = []\n", "line 1: `threads` is one string or number"),
        ("quiet = 1\n", "line 1: `quiet` is true or false"),
        ("only = \"glyphs\nx", "line "),
    ] {
        let folder = folder_with(settings);
        let (code, out, err) = run(folder.path(), &["clean", "below"]);
        assert_eq!((code, out.as_str()), (2, ""), "{settings}");
        assert!(err.starts_with("cleancopy: ") && err.contains("cleancopy.toml") && err.contains(expected), "{err}");
    }
    let folder = folder_with("");
    let (code, _, err) = run(folder.path(), &["clean", "below", "--config", "none.toml"]);
    assert!(code == 2 && err.contains("none.toml"), "{err}");
}

#[test]
fn completions_and_manual_pages_know_the_options() {
    let folder = folder_with("");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = run(folder.path(), &["completions", shell]);
        assert!(code == 0 && script.contains("input-format"), "{shell}");
    }
    let (code, page, _) = run(folder.path(), &["man"]);
    assert!(code == 0 && page.contains(".TH cleancopy 1"), "{page}");
    let (code, _, _) = run(folder.path(), &["man", "--dir", "pages"]);
    let page = fs::read_to_string(folder.path().join("pages/cleancopy-clean.1")).unwrap();
    assert!(code == 0 && page.contains("max\\-doc\\-bytes"), "{page}");
}

//! Runs that end early: killed, stopped by Ctrl-C, out of disk. Another run goes on, to the same bytes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// How often the test looks whether the moment to kill has come.
const LOOK: Duration = Duration::from_millis(1);

fn program(folder: &Path, output: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cleancopy"));
    command.current_dir(folder).args(["clean", "in", "--quiet", "-j", "2", "--checkpoint", "0"]);
    command.args(["--ledger", &ledger_of(output), "-o", output]).args(more);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The ledger is packed as the output is.
fn ledger_of(output: &str) -> String {
    let packed = [".gz", ".zst"].into_iter().find(|ending| output.ends_with(ending)).unwrap_or_default();
    format!("{output}.ledger.jsonl{packed}")
}

fn message(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// Xorshift, so that each run of the test kills at the same moments, as far as there are same moments.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n.max(1)
    }
}

/// Text of a made-up story, with something to clean in it.
fn story(n: usize) -> String {
    let places = ["harbour", "market", "old mill", "tram depot", "school", "lighthouse"];
    let place = places[n % places.len()];
    format!(
        "The {place} of quarter {n} stays o\u{AD}pen, the council said.\n\nNobody was against it \u{2612}, and {n} were for."
    )
}

/// Inputs of every kind, with rows that go into quarantine and documents of which nothing is left.
fn corpus(n_records: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("in");
    fs::create_dir_all(inputs.join("texts")).unwrap();
    let mut lines = String::new();
    let mut rows = "id,text,desk\r\n".to_owned();
    for n in 0..n_records {
        match n % 97 {
            13 => lines.push_str("{broken\n"),
            14 => lines.push_str("\n{\"text\":\"\u{A9} 2024 The Invented Herald. All rights reserved.\"}\n"),
            _ => writeln!(lines, "{{\"id\":\"a{n}\",\"text\":{:?},\"desk\": {n}}}", story(n).replace('\u{AD}', ""))
                .unwrap(),
        }
        let _ =
            if n % 89 == 7 { write!(rows, "{n},ragged\r\n") } else { write!(rows, "{n},\"{}\",home\r\n", story(n)) };
    }
    fs::write(inputs.join("a.jsonl"), &lines).unwrap();
    fs::write(inputs.join("b.csv"), rows).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(lines.replace("\"a", "\"c").as_bytes()).unwrap();
    fs::write(inputs.join("c.jsonl.gz"), packed.finish().unwrap()).unwrap();
    fs::write(inputs.join("d.jsonl.zst"), zstd::encode_all(lines.replace("\"a", "\"d").as_bytes(), 1).unwrap())
        .unwrap();
    for n in 0..60 {
        fs::write(inputs.join("texts").join(format!("{n:03}.txt")), story(n)).unwrap();
    }
    folder
}

fn files_of(folder: &Path, output: &str) -> [PathBuf; 3] {
    [output.to_owned(), ledger_of(output), format!("{output}.quarantine.jsonl")].map(|name| folder.join(name))
}

fn take_files(folder: &Path, output: &str) -> [Vec<u8>; 3] {
    files_of(folder, output).map(|path| {
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(path).unwrap();
        bytes
    })
}

fn undisturbed(folder: &Path, output: &str) -> [Vec<u8>; 3] {
    let done = program(folder, output, &[]).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", message(&done));
    take_files(folder, output)
}

fn assert_nothing_is_left(folder: &Path) {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_unfinished =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending == "part" || ending == "progress");
    let left: Vec<PathBuf> = paths.filter(is_unfinished).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Bytes that the run has put into its unfinished output.
fn written(folder: &Path, output: &str) -> u64 {
    fs::metadata(folder.join(format!("{output}.part"))).map_or(0, |found| found.len())
}

/// Waits until the run ends by itself or `moment` has come.
fn wait(child: &mut Child, mut moment: impl FnMut() -> bool) -> Option<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        if moment() {
            return None;
        }
        thread::park_timeout(LOOK);
    }
}

#[test]
fn killed_runs_go_on_to_the_same_bytes() {
    const KILLS_EACH: usize = 8;
    let folder = corpus(4000);
    let folder = folder.path();
    let mut dice = Dice(0x5EED_CAFE_F00D);
    let mut n_kills = 0;
    for output in ["out.jsonl", "out.csv", "out.jsonl.gz", "out.csv.zst"] {
        let expected = undisturbed(folder, output);
        let step = expected[0].len() as u64 / 5;
        let mut n_here = 0;
        let mut finished = false;
        while n_here < KILLS_EACH || !finished {
            finished = false;
            let last = n_here >= KILLS_EACH;
            let mut child = program(folder, output, &["--resume"]).spawn().unwrap();
            // Some runs are killed once they have written so much, the others after some time.
            let target = written(folder, output) + dice.below(step);
            let mut looks = if dice.below(3) == 0 { dice.below(400) } else { u64::MAX };
            let ended = wait(&mut child, || {
                looks = looks.saturating_sub(1);
                !last && (looks == 0 || (looks > 1000 && written(folder, output) > target))
            });
            if let Some(status) = ended {
                assert_eq!(status.code(), Some(1), "{output}");
                assert!(take_files(folder, output) == expected, "{output} after {n_here} kills");
                assert_nothing_is_left(folder);
                finished = true;
            } else {
                child.kill().unwrap();
                child.wait().unwrap();
                n_here += 1;
                // It may have come when all was done and the program about to leave.
                if folder.join(output).exists() && !folder.join(format!("{output}.progress")).exists() {
                    assert!(take_files(folder, output) == expected, "{output}, killed when done");
                    finished = true;
                }
            }
        }
        n_kills += n_here;
    }
    assert!(n_kills >= 25, "{n_kills} kills");
}

/// Lets a run stop by `signal` after its first batches, and gives what it said.
fn stopped_by(signal: &str, folder: &Path, output: &str) -> Output {
    let mut child = program(folder, output, &[]).spawn().unwrap();
    let ended = wait(&mut child, || written(folder, output) > 0);
    assert!(ended.is_none(), "the run ended before it could be stopped");
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    child.wait_with_output().unwrap()
}

#[test]
fn ctrl_c_stops_where_the_next_run_goes_on() {
    let folder = corpus(4000);
    let folder = folder.path();
    let expected = undisturbed(folder, "out.jsonl.zst");
    let done = stopped_by("-INT", folder, "out.jsonl.zst");
    assert_eq!(done.status.code(), Some(130), "{}", message(&done));
    assert!(message(&done).contains("--resume goes on"), "{}", message(&done));
    assert!(!folder.join("out.jsonl.zst").exists());

    let again = program(folder, "out.jsonl.zst", &[]).output().unwrap();
    assert_eq!(again.status.code(), Some(2));
    assert!(message(&again).contains("an interrupted run has done"), "{}", message(&again));

    let resumed = program(folder, "out.jsonl.zst", &["--resume"]).output().unwrap();
    assert_eq!(resumed.status.code(), Some(1), "{}", message(&resumed));
    assert!(take_files(folder, "out.jsonl.zst") == expected);
    assert_nothing_is_left(folder);
}

#[test]
fn the_report_of_a_run_that_was_stopped_is_of_the_whole() {
    let folder = corpus(2500);
    let folder = folder.path();
    let page = |name: &str| fs::read(folder.join(name)).unwrap();
    let whole = program(folder, "out.jsonl", &["--report", "whole.html"]).output().unwrap();
    assert_eq!(whole.status.code(), Some(1), "{}", message(&whole));
    take_files(folder, "out.jsonl");
    // On a busy machine the run may be over before the signal comes.
    while stopped_by("-INT", folder, "out.jsonl").status.code() != Some(130) {
        take_files(folder, "out.jsonl");
    }
    let resumed = program(folder, "out.jsonl", &["--resume", "--report", "again.html"]).output().unwrap();
    assert_eq!(resumed.status.code(), Some(1), "{}", message(&resumed));
    assert!(page("whole.html") == page("again.html"));
}

#[test]
fn what_has_changed_is_a_reason_not_to_go_on() {
    let folder = corpus(2500);
    let folder = folder.path();
    let done = stopped_by("-KILL", folder, "out.jsonl");
    assert_eq!(done.status.code(), None);
    let refusal = |more: &[&str], why: &str| {
        let done = program(folder, "out.jsonl", &[&["--resume"], more].concat()).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{}", message(&done));
        assert!(message(&done).contains(why), "{}", message(&done));
    };
    refusal(&["--without", "soft-hyphen"], "the rules are others");
    refusal(&["--profile", "recall"], "the settings are others");
    fs::write(folder.join("in/texts/000.txt"), "Another story.\n").unwrap();
    refusal(&[], "the inputs have changed");
    let anew = program(folder, "out.jsonl", &["--force"]).output().unwrap();
    assert_eq!(anew.status.code(), Some(1), "{}", message(&anew));
    assert_nothing_is_left(folder);
}

#[test]
fn a_full_disk_is_no_reason_to_begin_anew() {
    let folder = corpus(2500);
    let folder = folder.path();
    let expected = undisturbed(folder, "out.jsonl");
    // Blocks of 512 bytes, or twice that in some shells: a third or two of the output.
    let blocks = expected[0].len() / 512 / 3;
    let run = program(folder, "out.jsonl", &[]);
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let full = Command::new("sh")
        .current_dir(folder)
        .args(["-c", &script])
        .arg(run.get_program())
        .args(run.get_args())
        .output()
        .unwrap();
    assert_eq!(full.status.code(), Some(2), "{}", message(&full));
    assert!(message(&full).contains("out.jsonl") && message(&full).contains("--resume"), "{}", message(&full));
    let resumed = program(folder, "out.jsonl", &["--resume"]).output().unwrap();
    assert_eq!(resumed.status.code(), Some(1), "{}", message(&resumed));
    assert!(take_files(folder, "out.jsonl") == expected);
}

#[test]
fn standard_output_cannot_be_gone_on_with() {
    let folder = corpus(3);
    let done = Command::new(env!("CARGO_BIN_EXE_cleancopy"))
        .current_dir(folder.path())
        .args(["clean", "in", "--resume"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{}", message(&done));
    assert!(message(&done).contains("--resume"), "{}", message(&done));
}

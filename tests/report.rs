//! The report page and `try`: real process, real files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const HOSTILE: &str = "The harbour office said \"<script>alert(1)</script></style><img src=x onerror=alert(2)>\" on Monday.\n\n\
    Nobody \u{202E}knew\u{202C} why, and the \u{200B}office did not say what it had meant by that.\n\n\
    Share this article\n\n© 2024 Halm Herald. All rights reserved.\n";

/// Invented articles with the same unknown line at their ends.
fn corpus() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..12 {
        let text = format!(
            "Boat number {n} was raised from the bottom of the Halm canal on Tuesday, the water board said.\n\n\
             It had lain there for {n} years, and its owner had reported it sunk in the first of them.\n\n\
             The bell rings twice at the old lock.\n\n© 2023 Halm Herald. All rights reserved.\n"
        );
        fs::write(folder.path().join(format!("boat-{n:02}.txt")), text).unwrap();
    }
    fs::write(folder.path().join("hostile.txt"), HOSTILE).unwrap();
    folder
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_cleancopy")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

/// The page for `corpus` and the run's own summary.
fn report(corpus: &Path, threads: &str) -> (String, Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (out, page, summary) = (path("out.jsonl"), path("report.html"), path("summary.json"));
    let corpus = corpus.to_string_lossy();
    let (code, _, err) =
        run(&["clean", &corpus, "-o", &out, "--report", &page, "--summary-json", &summary, "-j", threads]);
    assert_eq!(code, 0, "{err}");
    let page = fs::read_to_string(page).unwrap().replace(&out, "OUT");
    (page, serde_json::from_str(&fs::read_to_string(summary).unwrap()).unwrap())
}

/// The number in the element with this id.
fn number(page: &str, id: &str) -> u64 {
    let rest = page.split_once(&format!("<data id=\"{id}\" value=\"")).unwrap().1;
    rest.split('"').next().unwrap().parse().unwrap()
}

#[test]
fn the_page_says_what_the_summary_says() {
    let corpus = corpus();
    let (page, summary) = report(corpus.path(), "2");
    for (id, value) in [
        ("n-read", &summary["documents"]["read"]),
        ("n-written", &summary["documents"]["written"]),
        ("n-quarantined", &summary["documents"]["quarantined"]),
        ("bytes-in", &summary["bytes"]["in"]),
        ("bytes-kept", &summary["bytes"]["kept"]),
        ("bytes-removed", &summary["bytes"]["removed"]),
        ("bytes-inserted", &summary["bytes"]["inserted"]),
    ] {
        assert_eq!(Some(number(&page, id)), value.as_u64(), "{id}");
    }
    for rule in summary["rules"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("id=\"rule-{rule}\"")), "{rule}");
    }
    assert_eq!(number(&page, "n-sampled"), 13);
    let tails = page.split_once("id=\"tails\"").unwrap().1;
    assert!(tails.contains("The bell rings twice at the old lock."), "the unknown tail is listed");
}

#[test]
fn text_of_others_stays_text() {
    let corpus = corpus();
    let (page, _) = report(corpus.path(), "1");
    assert_eq!(page.matches("<script>").count(), 1, "only the page's own");
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(!page.contains("<img") && page.contains("&lt;script&gt;"));
    assert!(!page.contains('\u{202E}') && page.contains("U+202E"));
    assert!(page.contains("Content-Security-Policy") && !page.contains("http://") && !page.contains("https://"));
}

#[test]
fn any_thread_count_gives_the_same_page() {
    let corpus = corpus();
    assert_eq!(report(corpus.path(), "1").0, report(corpus.path(), "8").0);
}

#[test]
fn try_shows_documents_and_writes_nothing() {
    let corpus = corpus();
    let before = fs::read_dir(corpus.path()).unwrap().count();
    let (code, out, _) = run(&["try", &corpus.path().to_string_lossy(), "--number", "4"]);
    assert_eq!(code, 0);
    assert_eq!(out.matches("characters, ").count(), 4, "{out}");
    assert!(out.contains("<copyright-line>") && out.contains("documents read = "), "{out}");
    assert_eq!(fs::read_dir(corpus.path()).unwrap().count(), before);
}

#[test]
fn copies_of_one_story_count_once() {
    let corpus = corpus();
    for outlet in ["canal", "county", "sound"] {
        let story = "The swing bridge at Orre stuck half open on Friday, and forty lorries waited for a welder.\n\n\
            He came by boat.\n\nThe bridge closed at noon, to applause.\n\nNobody could say who had sent for him.\n";
        let text = format!("{story}\n© 2024 The {outlet} gazette. All rights reserved.\n");
        fs::write(corpus.path().join(format!("{outlet}.txt")), text).unwrap();
    }
    let (page, _) = report(corpus.path(), "2");
    let tails = page.split_once("id=\"tails\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(tails.contains("The bell rings twice at the old lock."), "{tails}");
    assert!(!tails.contains("The bridge closed at noon"), "{tails}");
    let (code, out, _) = run(&["try", &corpus.path().to_string_lossy(), "--number", "30"]);
    assert_eq!((code, out.matches("stuck half open").count()), (0, 1), "{out}");
}

#[test]
fn every_number_follows_from_the_ledger() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples").canonicalize().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for out in ["out.jsonl", "out.csv.gz"].map(path) {
        let (ledger, page, again) = (path("ledger.jsonl.zst"), path("page.html"), path("again.html"));
        let samples = samples.to_string_lossy();
        let (code, _, err) = run(&["clean", &samples, "-f", "-o", &out, "--ledger", &ledger, "--report", &page]);
        assert_eq!(code, 0, "{err}");
        let (code, _, err) = run(&["report", &out, "--ledger", &ledger, "-o", &again, "--force"]);
        assert_eq!(code, 0, "{err}");
        assert!(fs::read_to_string(page).unwrap() == fs::read_to_string(again).unwrap(), "{out}");
    }
}

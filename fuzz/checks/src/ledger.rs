//! Ledgers read back from disk, as they were written, changed in places, or any bytes at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cleancopy::ingest::{Format, Options, encoding_for, read_from};
use cleancopy::output::{LedgerFoot, LedgerLine};
use cleancopy::{Progress, RunOptions, restore, run, survey, verify};
use serde_json::{Value, json};

/// What was cleaned: records of both kinds with what stands between them, bad ones, a text that nothing is left of,
/// one in an old encoding, one whose file was put into UTF-8 as a whole, a page.
const INPUTS: &[(&str, &[u8])] = &[
    (
        "a.jsonl",
        b"{\"id\":\"a\",\"text\":\"One\\u00ad story.\",\"n\":1.50}\r\n\n{broken\n{\"text\":\"He said \\\"no\\\".\"}",
    ),
    ("b.csv", b"id,text\r\n1,\"The mayor\xC2\xAD left,\nthey said.\"\r\n2,Ragged,row\r\n"),
    ("c.txt", b"Der B\xFCrgermeister sprach lange.\n\nDie \xC4rztin schwieg.\n"),
    ("d.txt", b"\xC2\xA9 2024 The Invented Herald. All rights reserved.\n"),
    ("e.jsonl", b"\xFF\xFE{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0S\0h\0i\0p\0\xAD\0s\0.\0\"\0}\0\n\0"),
    (PAGE, b"<title>Ferry</title><nav>Home</nav><p>The ferry is late.<p>It\xC2\xAD came."),
];

/// The page among them, which does not come back as it was.
const PAGE: &str = "f.html";

/// What stands between a ledger and an output, since UTF-8 has no such byte.
const BETWEEN: u8 = 0xFF;

/// An output with its ledger.
struct Made {
    name: &'static str,
    output: Vec<u8>,
    ledger: Vec<u8>,
}

/// Gives a ledger to `verify`, `restore` and the report. They write nothing outside of their folder and take nothing
/// for right that does not add up; what both of the first find right is what was cleaned.
///
/// The first byte chooses the format of the output, and from 128 on that the other bytes change a ledger as it was
/// written; else they are the ledger, and behind 0xFF the output.
pub fn ledger(input: &[u8]) {
    let Some((&choice, bytes)) = input.split_first() else { return };
    let Made { name, output, ledger } = &made()[usize::from(choice % 2)];
    if choice >= 128 {
        let (mut lines, mut rows) = (lines(ledger), lines(output));
        for change in bytes.chunks_exact(4) {
            let [at, how, place, what] = change.try_into().unwrap_or_default();
            // Most faults are looked for in the ledger, and rows of CSV have no values to change.
            let all = if how >= 224 { &mut rows } else { &mut lines };
            tamper(all, usize::from(at), how, usize::from(place), what);
        }
        let is_right = hold(name, lines.join("\n").as_bytes(), rows.join("\n").as_bytes());
        assert!(is_right || bytes.len() >= 4, "what nobody changed is right");
    } else {
        let mut parts = bytes.splitn(2, |byte| *byte == BETWEEN);
        let ledger = parts.next().unwrap_or_default();
        hold(name, ledger, parts.next().unwrap_or(output));
    }
}

/// Writes the files into a folder inside others, and looks at all of them. Gives whether everything was found right.
fn hold(name: &str, ledger: &[u8], output: &[u8]) -> bool {
    let around = tempfile::tempdir().expect("there is room for temporary files");
    let folder = around.path().join("in").join("in");
    let [out, book, back] = [name, "ledger.jsonl", "back"].map(|name| folder.join(name));
    write_inputs(&folder.join("in"));
    fs::write(&out, output).expect("the folder is there");
    fs::write(&book, ledger).expect("the folder is there");
    let before = files(around.path());
    let verified = verify(&out, &book, &[folder.join("in")]);
    let surveyed = survey(&out, &book, 2);
    let restored = restore(&out, &book, &back);
    let mut restored_files = BTreeMap::new();
    let mut after = files(around.path());
    after.retain(|path, bytes| {
        let is_restored = path.starts_with(&back);
        if is_restored && path.is_file() {
            restored_files.insert(path.clone(), std::mem::take(bytes));
        }
        !is_restored
    });
    assert!(before == after, "nothing outside of the folder is touched: {:?}", after.keys());
    let is_verified = verified.is_ok_and(|verified| verified.faults.is_empty());
    let is_restored = restored.is_ok_and(|restored| restored.failed.is_empty());
    if is_verified || is_restored || surveyed.is_ok() {
        recount(ledger);
    }
    if is_verified && is_restored {
        let mut contents: Vec<Vec<u8>> = restored_files.into_values().collect();
        for (_, bytes) in INPUTS.iter().filter(|(name, _)| *name != PAGE) {
            let at = contents.iter().position(|found| found == bytes);
            contents.swap_remove(at.unwrap_or_else(|| panic!("{} does not come back", bytes.escape_ascii())));
        }
        assert_eq!(contents.len(), 2, "of the page come back its text and its elements");
    }
    is_verified && is_restored
}

/// Adds up what a ledger says, without the code that is looked at.
fn recount(ledger: &[u8]) {
    let options = Options { encoding: encoding_for("UTF-8"), max_doc_bytes: u64::MAX, ..Options::default() };
    let (mut sums, mut foot) = (LedgerFoot::default(), None);
    let mut missing = 0;
    for raw in read_from("ledger.jsonl", Cursor::new(ledger.to_vec()), Some(Format::Jsonl), &options) {
        let line = raw.ok().and_then(|raw| serde_json::from_slice(&raw.bytes).ok()).expect("it was read");
        assert!(foot.is_none(), "the foot is the last");
        match line {
            LedgerLine::Document(document) => {
                assert_eq!(missing, 0, "edits");
                missing = document.n_edits;
                sums.read += 1;
                *match document.fate.as_str() {
                    "written" => &mut sums.written,
                    "dropped" => &mut sums.dropped,
                    "quarantined" => &mut sums.quarantined,
                    fate => panic!("{fate}"),
                } += 1;
                sums.bytes_in += document.bytes_in;
                sums.bytes_kept += document.bytes_kept;
                sums.bytes_out += document.bytes_out;
            }
            LedgerLine::Edit(edit) => {
                missing -= 1;
                sums.bytes_removed += edit.removed.len() as u64;
                sums.bytes_inserted += edit.inserted.len() as u64;
            }
            LedgerLine::Foot(found) => foot = Some(found),
            LedgerLine::Head(_) | LedgerLine::File(_) | LedgerLine::End(_) => {}
        }
    }
    assert_eq!(missing, 0, "edits");
    assert_eq!(sums.bytes_in, sums.bytes_kept + sums.bytes_removed, "bytes in");
    assert_eq!(sums.bytes_out, sums.bytes_kept + sums.bytes_inserted, "bytes out");
    assert_eq!(sums.read, sums.written + sums.dropped + sums.quarantined, "documents");
    assert_eq!(foot, Some(sums), "the sums");
}

/// Changes one line, or where the lines stand.
fn tamper(lines: &mut Vec<String>, at: usize, how: u8, place: usize, what: u8) {
    if lines.is_empty() {
        return;
    }
    let at = at % lines.len();
    let other = place % lines.len();
    match how % 16 {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, lines[at].clone()),
        2 => lines.swap(at, other),
        3 => lines.truncate(at),
        4 => {
            let end = lines[at].floor_char_boundary(place);
            lines[at].truncate(end);
        }
        _ => {
            let Ok(mut line) = serde_json::from_str::<Value>(&lines[at]) else { return };
            let mut left = place;
            while !change(&mut line, &mut left, what) && left < place {}
            lines[at] = line.to_string();
        }
    }
}

/// Changes the value before which `left` others stand; gives whether it was there.
fn change(value: &mut Value, left: &mut usize, what: u8) -> bool {
    const NAMES: [&str; 12] = [
        "",
        ".",
        "..",
        "../../out",
        "/out",
        "a/../../../../out",
        "C:\\out",
        "a\0",
        "plain",
        "rendered",
        "written",
        "UTF-16LE",
    ];
    match value {
        Value::Object(members) => members.values_mut().any(|value| change(value, left, what)),
        Value::Array(values) if !values.is_empty() => values.iter_mut().any(|value| change(value, left, what)),
        _ if *left > 0 => {
            *left -= 1;
            false
        }
        Value::Number(number) => {
            let old = number.as_u64().unwrap_or_default();
            let numbers = [0, 1, old.wrapping_add(1), old.wrapping_sub(1), u64::MAX, u64::MAX / 2, u64::from(what)];
            *value = json!(numbers[usize::from(what) % numbers.len()]);
            true
        }
        Value::String(text) => {
            *value = match NAMES.get(usize::from(what)) {
                Some(name) => json!(name),
                None => json!(format!("{text}{}", what as char)),
            };
            true
        }
        Value::Bool(is) => {
            *is = !*is;
            true
        }
        Value::Null | Value::Array(_) => {
            *value = json!("UTF-16LE");
            true
        }
    }
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect()
}

/// The inputs cleaned, into each of two formats. Done once.
fn made() -> &'static [Made; 2] {
    static MADE: OnceLock<[Made; 2]> = OnceLock::new();
    MADE.get_or_init(|| ["out.jsonl", "out.csv"].map(make))
}

fn make(name: &'static str) -> Made {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let [inputs, output, ledger] = ["in", name, "ledger.jsonl"].map(|name| folder.path().join(name));
    write_inputs(&inputs);
    let options = RunOptions {
        inputs: vec![inputs.clone()],
        output: Some(output.clone()),
        ledger: Some(ledger.clone()),
        threads: 1,
        ..RunOptions::default()
    };
    run(&options, &Progress::default()).expect("the inputs can be cleaned");
    // The folder has another name each time.
    let read = |path: &Path| {
        let text = fs::read_to_string(path).expect("it was written");
        text.replace(inputs.to_str().unwrap_or_default(), "in").into_bytes()
    };
    Made { name, output: read(&output), ledger: read(&ledger) }
}

fn write_inputs(folder: &Path) {
    fs::create_dir_all(folder).expect("there is room for temporary files");
    for (name, bytes) in INPUTS {
        fs::write(folder.join(name), bytes).expect("there is room for temporary files");
    }
}

/// All files below a folder; a folder has no bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("it was just made").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path.clone());
            }
            found.insert(path.clone(), fs::read(path).unwrap_or_default());
        }
    }
    found
}

//! House rules that no lint knows.

use std::fs;
use std::path::{Path, PathBuf};

/// Longest source file, lines.
const MAX_LINES: usize = 600;

/// Checks every source file; prints all that is amiss.
pub(crate) fn tidy() -> Result<(), String> {
    let mut files = Vec::new();
    for root in ["crates", "fuzz", "xtask", "tests"] {
        collect(Path::new(root), &mut files).map_err(|error| format!("{root}: {error}"))?;
    }
    files.sort();
    let complaints: Vec<String> = files.iter().flat_map(|file| complaints(file)).collect();
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    if complaints.is_empty() { Ok(()) } else { Err(format!("{} files are untidy", complaints.len())) }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "py") {
            files.push(path);
        }
    }
    Ok(())
}

fn complaints(file: &Path) -> Vec<String> {
    let name = file.display();
    let Ok(text) = fs::read_to_string(file) else { return vec![format!("{name}: not UTF-8")] };
    let rust = file.extension().is_some_and(|extension| extension == "rs");
    let mut found = Vec::new();
    let n_lines = text.lines().count();
    if n_lines > MAX_LINES {
        found.push(format!("{name}: {n_lines} lines; split it by idea"));
    }
    if rust && !text.starts_with("//!") {
        found.push(format!("{name}: the first line says what the module is for (`//!`)"));
    }
    if ["utils.rs", "common.rs", "helpers.rs", "types.rs"].iter().any(|banned| file.ends_with(banned)) {
        found.push(format!("{name}: a shared function lives with the thing it is about"));
    }
    for (index, line) in text.lines().enumerate() {
        if line.contains(concat!("TO", "DO")) || line.contains(concat!("FIX", "ME")) {
            found.push(format!("{name}:{}: left open", index + 1));
        }
        if line.ends_with([' ', '\t']) {
            found.push(format!("{name}:{}: white space at the end", index + 1));
        }
    }
    found
}

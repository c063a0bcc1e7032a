//! Prints the signals of every gap of the text files in a folder, for the program that fits their weights.
//!
//! `cargo run --release -p cleancopy-repair --example signals -- FOLDER > signals.tsv`
//!
//! For each file: `D` and its name; `T` and its text after the glyph rules, with line feeds as `\n` and
//! backslashes as `\\`; then for each gap `G`, its span in bytes, 1 if joined, its score, and its signals.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use cleancopy_core::{Draft, Settings, Stage};
use cleancopy_repair::{OPTIONAL, RULES, explain_gaps};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut draft = Draft::default();
    for folder in std::env::args().skip(1) {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.sort();
        for file in files {
            let bytes = std::fs::read(&file)?;
            draft.load_text(&String::from_utf8_lossy(&bytes), Settings::default());
            for &rule in RULES {
                if rule.stage == Stage::Glyphs && !OPTIONAL.contains(&rule.id) {
                    draft.pass(&[rule]);
                }
            }
            let text = draft.text().replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
            writeln!(out, "D\t{}\nT\t{text}", file.file_stem().unwrap_or_default().to_string_lossy())?;
            for gap in explain_gaps(&draft.page()) {
                write!(out, "G\t{}\t{}\t{}\t{:.4}", gap.span.start, gap.span.end, u8::from(gap.joins), gap.score)?;
                for (signal, _) in &gap.signals {
                    write!(out, "\t{signal}")?;
                }
                writeln!(out)?;
            }
        }
    }
    out.flush()
}

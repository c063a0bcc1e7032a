//! What was learned as a file of rules, for a person to read, edit and keep.

use std::fmt::Write as _;

use cleancopy_custom::Place;

use super::judge::Boilerplate;

/// Words of a block that its id shows.
const ID_WORDS: usize = 4;

/// The file.
pub(crate) fn toml(found: &[Boilerplate], n_documents: u64) -> String {
    let mut text = format!(
        "# Blocks that recur on the pages of a site, learned from {n_documents} documents; the most certain first.\n\
         # Read them, strike what belongs to articles, and use the file with --rules. Case, white space and quotation\n\
         # marks make no difference in `words`, and any number matches any other.\n"
    );
    for boilerplate in found {
        rule(boilerplate, &mut text);
    }
    text
}

fn rule(boilerplate: &Boilerplate, out: &mut String) {
    let recurring = &boilerplate.recurring;
    let of_site = if recurring.site.is_empty() { String::new() } else { format!(" of {}", recurring.site) };
    let text = &recurring.text;
    let _ = writeln!(out, "\n[[rule]]\nid = {}", quoted(&id(boilerplate)));
    let about = format!("On {} of {} pages{of_site}.", recurring.n_pages, recurring.n_site_pages);
    let _ = writeln!(out, "about = {}\nwords = {}", quoted(&about), quoted(text));
    match boilerplate.place {
        Place::Head => out.push_str("place = \"head\"\n"),
        Place::Tail => out.push_str("place = \"tail\"\n"),
        Place::Below => out.push_str("place = \"below\"\n"),
        Place::Anywhere | Place::After => {}
    }
    if !recurring.site.is_empty() {
        let _ = writeln!(out, "site = {}", quoted(&globset::escape(&recurring.site)));
    }
    let seen: Vec<String> = recurring.sources.iter().map(|source| quoted(source)).collect();
    let _ = writeln!(out, "seen = [{}]", seen.join(", "));
    let (longer, inside) = (format!("{text} and so on"), format!("So {text}"));
    let _ = writeln!(out, "removes = {}\nkeeps = [{}, {}]", quoted(text), quoted(&longer), quoted(&inside));
}

/// An id by what the block says, and a number so that no two are alike.
fn id(boilerplate: &Boilerplate) -> String {
    let recurring = &boilerplate.recurring;
    let mut id = String::from("learned");
    let is_word = |word: &&str| !word.is_empty();
    for word in recurring.folded.split(|c: char| !c.is_ascii_lowercase()).filter(is_word).take(ID_WORDS) {
        id.push('-');
        id.push_str(word);
    }
    let hash = recurring
        .site
        .bytes()
        .chain([0])
        .chain(recurring.folded.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let _ = write!(id, "-{hash:016x}");
    id
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

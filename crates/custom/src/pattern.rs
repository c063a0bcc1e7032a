//! Patterns: words, globs and regular expressions.

use regex::{Regex, RegexBuilder};

use crate::fold::fold;

/// Largest compiled program of one pattern, bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// What a rule looks for in a block.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    /// The whole block, in the form in which words are compared.
    Whole(String),
    /// A regular expression that is found in the block.
    Search(Regex),
    /// Anything: the rule goes by its CSS selector alone.
    Any,
}

impl Pattern {
    /// Words as the whole of a block, or as a stretch of it.
    pub(crate) fn words(words: &str, in_part: bool) -> Result<Self, String> {
        let mut folded = String::new();
        fold(words, &mut folded);
        if folded.is_empty() {
            return Err("has no words".to_owned());
        }
        if !in_part {
            return Ok(Self::Whole(folded));
        }
        let mut source = String::new();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '#');
        if is_word(folded.chars().next()) {
            source.push_str(r"\b");
        }
        for c in folded.chars() {
            match c {
                '#' => source.push_str(r"(?:\d+|#)"),
                ' ' => source.push_str(r"\s+"),
                '"' => source.push_str(r#"["“”„«»]"#),
                '\'' => source.push_str("['‘’‚]"),
                c => source.push_str(&regex_syntax::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        if is_word(folded.chars().next_back()) {
            source.push_str(r"\b");
        }
        search(&source, true)
    }

    /// A glob as the whole of a block, or as a stretch of one line of it.
    pub(crate) fn glob(glob: &str, in_part: bool) -> Result<Self, String> {
        if glob.trim_matches(['*', '?', ' ']).is_empty() {
            return Err("matches every block; it needs some words".to_owned());
        }
        let mut source = String::from(if in_part { "" } else { r"\A\s*" });
        let mut in_space = false;
        for c in glob.trim().chars() {
            let space = c.is_whitespace();
            match c {
                '*' => source.push_str(if in_part { r"[^\n]*?" } else { "(?s:.*)" }),
                '?' => source.push_str(if in_part { r"[^\n]" } else { "(?s:.)" }),
                _ if space && in_space => {}
                _ if space => source.push_str(r"\s+"),
                c => source.push_str(&regex_syntax::escape(c.encode_utf8(&mut [0; 4]))),
            }
            in_space = space;
        }
        if !in_part {
            source.push_str(r"\s*\z");
        }
        search(&source, true)
    }

    /// A regular expression, found anywhere in the block.
    pub(crate) fn regex(source: &str) -> Result<Self, String> {
        let pattern = search(source, false)?;
        match &pattern {
            Self::Search(regex) if regex.is_match("") => Err("matches the empty text".to_owned()),
            _ => Ok(pattern),
        }
    }
}

fn search(source: &str, case_insensitive: bool) -> Result<Pattern, String> {
    let built = RegexBuilder::new(source).case_insensitive(case_insensitive).size_limit(SIZE_LIMIT).build();
    built.map(Pattern::Search).map_err(|error| {
        let message = error.to_string();
        let last = message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        format!("is no regular expression: {last}")
    })
}

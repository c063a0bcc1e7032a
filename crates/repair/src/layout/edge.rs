//! How a line begins and ends.

use unicode_script::{Script, UnicodeScript};

use super::words::{self, Tie};

/// How a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Start {
    /// A lower-case letter.
    Lower,
    /// A capital.
    Upper,
    /// A word that is common at the start of a sentence, with a capital.
    Starter,
    /// A speaker's name and a colon.
    Label,
    /// A digit.
    Digit,
    /// An opening quotation mark before anything but a lower-case letter.
    Quote,
    /// An opening quotation mark before a lower-case letter.
    QuoteLower,
    /// An opening bracket.
    Bracket,
    /// A mark that no line begins with: `,` `.` `;` `:` `)` and the like.
    Closing,
    /// Points of ellipsis.
    Ellipsis,
    /// A dash, as before a turn of dialogue.
    Dash,
    /// Chinese or Japanese.
    Cjk,
    /// A letter of a script without capitals.
    Caseless,
    /// Anything else.
    #[default]
    Other,
    /// A lower-case letter of a text without capitals, where it says nothing. No line is read so: see `as_seen`.
    Uncased,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// A full stop, question mark and the like, with or without closing quotes and brackets.
    Final,
    /// A full stop that more likely belongs to an abbreviation or an initial.
    Abbreviation,
    /// A colon.
    Colon,
    /// A comma or semicolon.
    Comma,
    /// A dash.
    Dash,
    /// A hyphen after a letter or digit.
    Hyphen,
    /// An opening bracket or quotation mark.
    Opening,
    /// A closing bracket or quotation mark after no full stop.
    Closing,
    /// A digit.
    Digit,
    /// A lower-case letter.
    Lower,
    /// A word that no sentence ends with, such as an article or a preposition.
    Function,
    /// An article, a conjunction, a preposition: a word that binds what follows.
    Binding,
    /// A word with a capital.
    Name,
    /// Chinese or Japanese.
    Cjk,
    /// A letter of a script without capitals.
    Caseless,
    /// Anything else.
    #[default]
    Other,
}

/// Whether a line may be broken before or after `c` without a space: Chinese and Japanese.
pub(crate) fn is_cjk(c: char) -> bool {
    match c {
        '\0'..='\u{2E7F}' => false,
        '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF60}' => true,
        _ => matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo),
    }
}

/// Marks that open a quotation at the start of a line.
pub(crate) fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '»' | '›' | '「' | '『' | '‟' | '`')
}

/// Marks that may stand between a full stop and the end of its sentence.
pub(crate) fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '“'
            | '‘'
            | '»'
            | '«'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '*'
            | '_'
    )
}

/// Marks that end a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '‼' | '⁈' | '⁉' | '．')
}

pub(crate) fn start_of(content: &str) -> Start {
    let mut chars = content.chars();
    let first = chars.next().unwrap_or(' ');
    match first {
        'a'..='z' if is_address(content) => return Start::Other,
        'a'..='z' => return Start::Lower,
        'A'..='Z' => return upper_start(content),
        '0'..='9' => return Start::Digit,
        '(' | '[' | '{' | '¿' | '¡' | '（' | '【' | '［' => return Start::Bracket,
        '…' => return Start::Ellipsis,
        '.' if content.starts_with("..") => return Start::Ellipsis,
        ',' | '.' | ';' | ':' | ')' | ']' | '}' | '!' | '?' | '%' | '、' | '。' | '，' | '」' | '』' | '）' | '！'
        | '？' | '：' | '；' | '،' | '؛' | '؟' => return Start::Closing,
        '’' if chars.clone().next().is_some_and(char::is_alphabetic) => return Start::Lower,
        // Some languages open their quotations with the mark that closes those of others; then a word follows.
        '”' if chars.clone().next().is_some_and(char::is_alphanumeric) => {
            return if chars.next().is_some_and(char::is_lowercase) { Start::QuoteLower } else { Start::Quote };
        }
        '”' | '’' => return Start::Closing,
        '-' | '–' | '—' | '―' | '•' | '*' | '‐' | '−' => return Start::Dash,
        _ => {}
    }
    if opens_quote(first) {
        // French sets its marks off: "« Oui".
        let is_set_off = first == '«' && chars.clone().next().is_some_and(char::is_whitespace);
        if is_set_off {
            chars.next();
        }
        return match chars.find(|&c| !opens_quote(c)) {
            Some(c) if c.is_lowercase() => Start::QuoteLower,
            Some(c) if c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | ')') => Start::Closing,
            None => Start::Closing,
            _ => Start::Quote,
        };
    }
    if first.is_lowercase() {
        Start::Lower
    } else if first.is_uppercase() {
        upper_start(content)
    } else if is_cjk(first) {
        if is_cjk_label(content) { Start::Label } else { Start::Cjk }
    } else if first.is_alphabetic() {
        Start::Caseless
    } else if first.is_numeric() {
        Start::Digit
    } else {
        Start::Other
    }
}

/// Whether the line begins with an address of the network.
fn is_address(content: &str) -> bool {
    content.starts_with("www.")
        || content.starts_with("http")
        || content.bytes().take_while(|&byte| byte != b' ').any(|byte| byte == b'@')
}

/// What kind of start a capital makes.
fn upper_start(content: &str) -> Start {
    if is_label(content) {
        return Start::Label;
    }
    let n_ascii = content.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = match content.as_bytes().get(n_ascii) {
        Some(128..) => content.find(|c: char| !c.is_alphabetic()).unwrap_or(content.len()),
        _ => n_ascii,
    };
    if words::starts_sentence(&content[..end]) { Start::Starter } else { Start::Upper }
}

/// Longest name of a speaker, bytes.
const MAX_LABEL: usize = 32;

/// Whether the line begins with a name and a colon: one to three words, each with a capital.
fn is_label(content: &str) -> bool {
    let head = &content.as_bytes()[..content.len().min(MAX_LABEL)];
    let Some(colon) = memchr::memchr(b':', head) else { return false };
    if content.as_bytes().get(colon + 1) != Some(&b' ') {
        return false;
    }
    let mut words = content[..colon].split(' ');
    let n_capital = words.by_ref().take(3).take_while(|word| word.starts_with(char::is_uppercase)).count();
    n_capital > 0 && words.next().is_none() && content[..colon].split(' ').count() == n_capital
}

/// Longest label in Chinese or Japanese, characters.
const MAX_CJK_LABEL: usize = 8;

/// Whether the line begins with a few characters and a wide colon, as one of a list does.
fn is_cjk_label(content: &str) -> bool {
    let colon = content.chars().take(MAX_CJK_LABEL + 1).position(|c| c == '：');
    colon.is_some_and(|at| content.chars().take(at).all(char::is_alphanumeric))
}

pub(crate) fn end_of(content: &str) -> End {
    let mut chars = content.chars();
    let last = chars.next_back().unwrap_or(' ');
    match last {
        ',' | ';' | '、' | '，' | '；' | '،' | '؛' => return End::Comma,
        ':' | '：' => return End::Colon,
        '-' | '‐' | '\u{AD}' | '¬' => {
            return if chars.next_back().is_some_and(char::is_alphanumeric) { End::Hyphen } else { End::Dash };
        }
        '–' | '—' | '―' | '−' => return End::Dash,
        '(' | '[' | '{' | '„' | '‚' | '「' | '（' => return End::Opening,
        _ => {}
    }
    if ends_sentence(last) {
        return if last == '.' && is_abbreviation(content) { End::Abbreviation } else { End::Final };
    }
    if closes(last) {
        let inner = chars.rfind(|&c| !closes(c)).unwrap_or(' ');
        // French sets its marks off: "Oui. »".
        let is_set_off = inner.is_whitespace() && content[chars.as_str().len()..].trim_start().starts_with('»');
        let inner = if is_set_off { chars.as_str().chars().next_back().unwrap_or(' ') } else { inner };
        return if ends_sentence(inner) {
            End::Final
        } else if inner.is_whitespace() && matches!(last, '"' | '\'' | '“' | '‘' | '«') {
            End::Opening
        } else {
            End::Closing
        };
    }
    if last.is_lowercase() {
        lower_end(content)
    } else if last.is_uppercase() {
        End::Name
    } else if is_cjk(last) {
        End::Cjk
    } else if last.is_alphabetic() {
        End::Caseless
    } else if last.is_numeric() {
        End::Digit
    } else {
        End::Other
    }
}

/// What kind of end a lower-case letter makes.
fn lower_end(content: &str) -> End {
    let start = content.char_indices().rev().find(|(_, c)| !c.is_alphabetic());
    let (before, start) = start.map_or((' ', 0), |(at, c)| (c, at + c.len_utf8()));
    let word = &content[start..];
    let is_whole = !before.is_ascii_digit() && !matches!(before, '.' | '@' | '/' | '_');
    // "Follow-up" ends in no preposition, "l'un" in no article.
    let is_alone = is_whole && !matches!(before, '-' | '\'' | '’');
    if word.starts_with(char::is_uppercase) {
        // The capital is that of a sentence, not of a name.
        let begins =
            || opens_quote(before) || content[..start].trim_end().chars().next_back().is_none_or(ends_sentence);
        return if is_alone && begins() && words::binds_with_capital(word) { End::Binding } else { End::Name };
    }
    match words::tie(word) {
        Tie::Close if is_alone => End::Binding,
        Tie::Close | Tie::Loose if is_whole => End::Function,
        _ => End::Lower,
    }
}

/// Whether the full stop at the end of `content` more likely belongs to its last word.
fn is_abbreviation(content: &str) -> bool {
    let stem = &content[..content.len() - 1];
    let bytes = stem.as_bytes();
    let parts = |at: &usize| match bytes[*at] {
        b' ' | b'\t' | b'(' | b'"' => true,
        0x9C => bytes[..=*at].ends_with("“".as_bytes()),
        _ => false,
    };
    let first = bytes.len().saturating_sub(words::MAX_ABBREVIATION + 1);
    let word = match (first..bytes.len()).rev().find(parts) {
        Some(space) => &stem[space + 1..],
        None if first == 0 => stem,
        // Nothing as long is one.
        None => return false,
    };
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only.is_uppercase(),
        _ => words::is_abbreviation(word),
    }
}

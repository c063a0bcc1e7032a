//! The form in which words are compared.

/// Writes `text` in the form in which words are compared into `out`, replacing what is there.
///
/// Letters are lower case, white space is one space, each run of ASCII digits is `#`, quotation marks and
/// apostrophes are straight.
pub fn fold(text: &str, out: &mut String) {
    out.clear();
    fold_onto(text.trim(), out);
}

/// Adds the folded text to `out`. A part of a text gives a part of what the text gives.
pub(crate) fn fold_onto(text: &str, out: &mut String) {
    // What the last character became, where it could run together with the next.
    let mut last = '\0';
    for c in text.chars() {
        let folded = match c {
            '0'..='9' if last == '#' => continue,
            '0'..='9' => '#',
            c if c.is_ascii_graphic() => c.to_ascii_lowercase(),
            '\u{2018}' | '\u{2019}' | '\u{201A}' => '\'',
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' => '"',
            // Ignoring case, the long s is an s.
            '\u{17F}' => 's',
            c if c.is_whitespace() && last == ' ' => continue,
            c if c.is_whitespace() => ' ',
            c => {
                last = '\0';
                out.extend(c.to_lowercase());
                continue;
            }
        };
        last = if folded == '#' && c == '#' { '\0' } else { folded };
        out.push(folded);
    }
}

//! Ids that no loader takes for a number.

use std::borrow::Cow;

/// What stands before an id that would otherwise be read as something else than a string.
const PREFIX: &str = "cc-";

/// Words that a table loader turns into a missing, boolean or infinite value, in lower case.
///
/// pandas' `na_values`, Python's `float`, and the booleans that DuckDB and Postgres accept.
const VALUE_WORDS: [&str; 20] = [
    "", "true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "null", "nil", "none", "na", "n/a", "<na>",
    "nan", "inf", "infinity",
];

/// Letters that occur in numbers and times: exponents (`1e5`), Java's suffixes (`1f`, `1d`, `1L`), Python's `1j`, and
/// the `T` and `Z` of a time stamp.
const VALUE_LETTERS: &str = "defjltz";

/// The id, with `cc-` before it if some loader would take it for a number, date, boolean or missing value.
///
/// pandas reads the id `007` from JSONL as the number 7, and polars and Hugging Face datasets do so from CSV: two
/// documents become one. Anything without a letter is prefixed, so are numbers in other notations (`1e5`, `0xFF`,
/// `1_000`) and words such as `NA` or `true`. Applying it twice changes nothing.
///
/// ```
/// use cleancopy_output::safe_id;
///
/// assert_eq!(safe_id("007"), "cc-007");
/// assert_eq!(safe_id("cc-007"), "cc-007");
/// assert_eq!(safe_id("harbour/007.txt"), "harbour/007.txt");
/// ```
///
/// # Limits
/// An input that holds both `007` and `cc-007` gets one id twice; who hands out ids must look for that.
pub fn safe_id(id: &str) -> Cow<'_, str> {
    if looks_like_a_value(id) { Cow::Owned(format!("{PREFIX}{id}")) } else { Cow::Borrowed(id) }
}

fn looks_like_a_value(id: &str) -> bool {
    let trimmed = id.trim();
    let unsigned = trimmed.trim_start_matches(['+', '-', '.', '#']);
    if VALUE_WORDS.iter().any(|word| trimmed.eq_ignore_ascii_case(word) || unsigned.eq_ignore_ascii_case(word)) {
        return true;
    }
    if !trimmed.contains(char::is_alphabetic) {
        return true;
    }
    if !unsigned.starts_with(|char: char| char.is_ascii_digit()) {
        return false;
    }
    let based = unsigned.as_bytes();
    if based[0] == b'0' && based.get(1).is_some_and(|base| b"xXoObB".contains(base)) {
        return unsigned[2..].chars().all(|char| char.is_ascii_hexdigit() || char == '_');
    }
    // `1.#IND` and `1.#QNAN` are how Windows printed what is not a number.
    let rest = unsigned.strip_prefix("1.#").unwrap_or(unsigned);
    if rest.eq_ignore_ascii_case("ind") || rest.eq_ignore_ascii_case("qnan") {
        return true;
    }
    unsigned
        .chars()
        .filter(|char| char.is_alphabetic())
        .all(|char| char.is_ascii() && VALUE_LETTERS.contains(char.to_ascii_lowercase()))
}

//! How deep quotations and lists lie in one another.

/// Containers in one another from which on a text is not Markdown that somebody wrote.
///
/// The parser looks at each of them for each line, so that without a limit its time grows with their product.
const DEEPEST: usize = 100;

/// Whether some line of `text` lies deeper than [`DEEPEST`].
pub(super) fn is_too_deep(text: &str) -> bool {
    text.lines().any(|line| line.len() > DEEPEST && depth(line) > DEEPEST)
}

/// The containers that begin on this line, and those that its indent lets it lie in; no fewer than there are.
fn depth(line: &str) -> usize {
    let bytes = line.as_bytes();
    let (mut n_markers, mut n_columns, mut at) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' => n_columns += 1,
            b'\t' => n_columns += 4,
            b'>' | b'-' | b'*' | b'+' => n_markers += 1,
            b'0'..=b'9' => {
                at += bytes[at..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
                if !matches!(bytes.get(at), Some(b'.' | b')')) {
                    break;
                }
                n_markers += 1;
            }
            _ => break,
        }
        at += 1;
    }
    // A line of nothing but dashes or asterisks is a rule.
    let is_rule = |sign: u8| bytes.iter().all(|byte| *byte == sign || matches!(byte, b' ' | b'\t'));
    if n_markers == 0 || is_rule(b'-') || is_rule(b'*') { 0 } else { n_markers + n_columns / 2 }
}

#[cfg(test)]
mod tests {
    use super::is_too_deep;

    #[test]
    fn only_what_nobody_writes_is_too_deep() {
        assert!(is_too_deep(&"> ".repeat(101)));
        assert!(is_too_deep(&("1. ".repeat(101) + "x")));
        assert!(is_too_deep(&(" ".repeat(210) + "- x")));
        for text in ["* ".repeat(500), "-".repeat(500), "=".repeat(500), " ".repeat(500) + "x", "> > x".repeat(500)] {
            assert!(!is_too_deep(&text), "{text}");
        }
    }
}

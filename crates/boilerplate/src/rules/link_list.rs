//! Lists of link addresses, and debris of addresses.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::cues::CueSet;
use crate::looks::Looks;
use crate::verdicts::{Grade, Judge, carry_out};
use crate::view::View;

pub(crate) static RULE: Rule = Rule {
    id: "link-list",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes link definitions such as `[12]: https://...`, lines that are a web address, and torn pieces of one.",
    why: "Converters to Markdown collect the addresses of all links below the text.",
    limits: "An address inside a sentence stays.",
    source: "Output of three converters to Markdown in the evaluation's development half.",
    examples: &[
        Example::changes(
            "The cook did not say why.\n\n[1]: https://brandow.example/soup\n\n[2]: https://brandow.example/soup-two",
            "The cook did not say why.",
        ),
        Example::changes("The cook did not say why.\n\n-soup-in-the-station-is-saved/", "The cook did not say why."),
        Example::keeps("The cook did not say why.\n\n[1]: the recipe has been kept since 1948."),
        Example::keeps("Anti-regime\n\nThe recipe is at https://brandow.example/soup for all to read."),
        Example::keeps("The cook did not say why.\n\nNine-to-five-and-then-some"),
    ],
    run,
};

pub(crate) static JUDGE: Judge =
    Judge { id: "link-list", needs: CueSet::of(&[]), looks: Looks::UNBROKEN, grade: judge };

/// Longest address with the spaces that line wraps left in it, parts.
const MAX_PARTS: usize = 4;

fn judge(view: &View<'_>) -> Option<Grade> {
    holds(view).then_some(Grade::Certain)
}

fn holds(view: &View<'_>) -> bool {
    let text = view.text();
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once("]:").is_some_and(|(label, address)| {
            let address = address.trim();
            label.len() <= 40 && is_address(address) && address.split_whitespace().count() <= MAX_PARTS
        });
    }
    let bare = text.trim_matches(['<', '>', '(', ')', '*', '-', ' ']);
    if is_address(bare) {
        // The name of a site alone may be part of the text.
        return !bare.contains(char::is_whitespace) && bare.trim_end_matches('/').contains('/');
    }
    !text.contains(char::is_whitespace) && is_debris(text)
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "www.", "mailto:", "whatsapp:", "pic.twitter.com/", "//"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// A torn end of an address: a slug, a query.
fn is_debris(text: &str) -> bool {
    if text.len() < 5 || !text.is_ascii() {
        return false;
    }
    let count = |byte: u8| memchr::memchr_iter(byte, text.as_bytes()).count();
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b.is_ascii_punctuation());
    let query = text.contains("%2")
        || (count(b'=') > 0 && (count(b'&') > 0 || text.starts_with('=')))
        || text.contains("?utm_");
    query
        || plain
            && (text.starts_with('-') && count(b'-') >= 2
                || count(b'-') >= 3 && (text.ends_with('/') || count(b'-') >= 4))
}

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    carry_out(&JUDGE, page, edits);
}

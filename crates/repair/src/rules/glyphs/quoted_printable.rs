//! Text in the transfer encoding of e-mail.

use cleancopy_core::{Edits, Example, Page, Rule, Scope, Span, Stage};

use super::chars::LastToken;
use super::suspects::{Class, Suspects};

pub(crate) static RULE: Rule = Rule {
    id: "quoted-printable",
    stage: Stage::Glyphs,
    scope: Scope::Prose,
    about: "Turns the `=E2=80=99` of quoted-printable into its character, and takes out `=3D`, `=20` and the `=` at line ends that \
            come with it.",
    why: "A mail was saved as it travelled.",
    limits: "Only if the text holds a character of three bytes or two characters of two so encoded in valid UTF-8. \
             Addresses stay.",
    source: "RFC 2045, section 6.7.",
    examples: &[
        Example::changes(
            "It=E2=80=99s late, and so on=\n and on. 1+1=3D2=20\n",
            "It’s late, and so on and on. 1+1=2 \n",
        ),
        Example::keeps("a=C3 and b=\nA9"),
        Example::keeps("1+1=2, x=3D, y=20"),
        Example::keeps("https://paper.example/?q=E2=80=99"),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    let suspects = page.measured::<Suspects>();
    if !suspects.has(Class::Equals) {
        return;
    }
    let text = page.text;
    let mut token = LastToken::default();
    let mut characters =
        |at: u32| character(&text.as_bytes()[at as usize..]).filter(|_| !token.is_address(text, at as usize));
    let n_bytes: usize = suspects.of(Class::Equals).filter_map(|site| characters(site.at)).map(char::len_utf8).sum();
    if n_bytes < 3 {
        return;
    }
    let mut done = 0;
    for site in suspects.of(Class::Equals) {
        let (start, rest) = (site.at as usize, &text[site.end()..]);
        if start < done {
            continue;
        }
        let (with, length) = match characters(site.at) {
            Some(char) => (char, 3 * char.len_utf8()),
            None if rest.starts_with('\n') => {
                edits.delete(Span::of(start..start + 2));
                done = start + 2;
                continue;
            }
            None if rest.starts_with("3D") => ('=', 3),
            None if rest.starts_with("20\n") || rest == "20" => (' ', 3),
            None => continue,
        };
        done = start + length;
        edits.replace(Span::of(start..done), with.encode_utf8(&mut [0; 4]));
    }
}

/// The character beyond ASCII whose bytes are spelled at the start of `text`.
fn character(text: &[u8]) -> Option<char> {
    let mut bytes = [0; 4];
    let byte = |at: usize| -> Option<u8> {
        let (b'=', high, low) = (*text.get(3 * at)?, *text.get(3 * at + 1)?, *text.get(3 * at + 2)?) else {
            return None;
        };
        let digit = |byte: u8| if byte.is_ascii_lowercase() { None } else { char::from(byte).to_digit(16) };
        Some((digit(high)? << 4 | digit(low)?) as u8)
    };
    bytes[0] = byte(0)?;
    let n = match bytes[0] {
        0xC2..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF5 => 4,
        _ => return None,
    };
    for (at, slot) in bytes.iter_mut().enumerate().take(n).skip(1) {
        *slot = byte(at)?;
    }
    std::str::from_utf8(&bytes[..n]).ok()?.chars().next()
}

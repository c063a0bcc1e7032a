//! Saved pages of many sorts: what remains of them, and what is known about them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use cleancopy::Cleaner;
use cleancopy::core::{Field, Kind, Meta};
use cleancopy::ingest::parse;

/// A cleaned page.
struct Page {
    text: String,
    meta: Meta,
    flags: Vec<&'static str>,
}

impl Page {
    fn of(html: &str) -> Self {
        let mut cleaner = Cleaner::new();
        let cleaned = cleaner.clean_document(&parse(html.to_owned(), Kind::Html));
        Self { text: cleaned.text.to_owned(), meta: cleaned.meta.clone(), flags: cleaned.flags.to_vec() }
    }

    fn all(&self, field: Field) -> Vec<&str> {
        self.meta.all(field).collect()
    }
}

const GULL: &str = "The gull on the roof of the town hall in Dorrin flew away on Wednesday morning, the clerk said.";
const SPRING: &str = "It had been there since the spring, and nobody in the town could say what it was waiting for.";
const COUNCIL: &str = "The council will meet on Monday to speak about it, and the mayor will bring the binoculars.";

#[test]
fn pictures_leave_captions_with_credits_and_other_words() {
    let page = Page::of(&format!(
        "<header><img alt='Dorrin Post logo'><nav><a href=/>Home</a></nav></header><article><h1>Gull leaves town hall</h1>
        <figure><img alt='A gull seen from below'><figcaption>The gull in June <span class=credit>Photo: Pia Lund / Dorrin
        Post</span></figcaption></figure><p>{GULL}</p><p>{SPRING}</p><figure><img alt='The roof'><figcaption>The roof
        afterwards</figcaption><div class=image-credit>Ola Brekke</div></figure><img alt='IMG 2031.jpg'><p>{COUNCIL}</p>
        </article><aside><a href=/x><img alt='A boat in a storm'>Boats</a></aside>"
    ));
    assert_eq!(page.text, [GULL, SPRING, COUNCIL].join("\n\n"));
    assert_eq!(
        page.all(Field::Caption),
        ["The gull in June (Pia Lund / Dorrin Post)", "The roof afterwards (Ola Brekke)"]
    );
    assert_eq!(page.all(Field::ImageAlt), ["A gull seen from below"]);
}

#[test]
fn readings_over_characters_go() {
    let page = Page::of(
        "<p>\u{9234}<ruby>\u{9418}<rp>(</rp><rt>\u{3057}\u{3087}\u{3046}</rt><rp>)</rp></ruby>\u{304C}\u{9CF4}\u{308B}\u{3002}</p>",
    );
    assert_eq!(page.text, "\u{9234}\u{9418}\u{304C}\u{9CF4}\u{308B}\u{3002}");
}

#[test]
fn a_body_only_for_scripts_or_only_without_them_is_taken() {
    let body = [GULL, SPRING, COUNCIL].join(" ");
    let row = format!("5:[\"$\",\"main\",null,{{\"children\":[[\"$\",\"p\",null,{{\"children\":\"{body}\"}}]]}}]\\n");
    let piece = row.replace('"', "\\\"");
    let streamed = format!("<div id=root>Loading</div><script>self.__next_f.push([1,\"{piece}\"])</script>");
    assert!(Page::of(&streamed).text.contains(GULL), "{streamed}");
    let bare = Page::of(&format!("<div id=root></div><noscript><p>{body}</p></noscript>"));
    assert_eq!(bare.text, body);
    let shown = Page::of(&format!(
        "<article><p>{GULL}</p><p>{SPRING}</p><p>{COUNCIL}</p></article><noscript><p>{body}</p></noscript>"
    ));
    assert_eq!(shown.text, [GULL, SPRING, COUNCIL].join("\n\n"));
}

#[test]
fn pages_without_one_whole_article_are_flagged_and_keep_their_text() {
    let listing = "<ul><li><a href=/1>Gull leaves hall</a></li><li><a href=/2>Boat comes in</a></li></ul>";
    let page = Page::of(listing);
    assert!(!page.text.is_empty());
    assert!(page.flags.iter().any(|flag| flag.starts_with("not-an-article ")), "{:?}", page.flags);
    // Three paragraphs each: the first under a linked headline counts as a teaser, and two sentences are one.
    let part = |at: u32| {
        format!("<article><h2><a href=/{at}>Gull {at}</a></h2><p>{GULL}</p><p>{SPRING}</p><p>{COUNCIL}</p></article>")
    };
    let page = Page::of(&format!("<main>{}{}{}</main>", part(1), part(2), part(3)));
    assert!(page.flags.contains(&"several-articles"), "{:?}", page.flags);
    assert!(page.text.contains(GULL));
}

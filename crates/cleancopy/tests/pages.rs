//! Saved pages of many sorts: what remains of them, and what is known about them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use cleancopy::Cleaner;
use cleancopy::core::{Field, Kind, Meta};
use cleancopy::ingest::parse;

/// A cleaned page.
struct Page {
    text: String,
    meta: Meta,
}

impl Page {
    fn of(html: &str) -> Self {
        let mut cleaner = Cleaner::new();
        let cleaned = cleaner.clean_document(&parse(html.to_owned(), Kind::Html));
        Self { text: cleaned.text.to_owned(), meta: cleaned.meta.clone() }
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

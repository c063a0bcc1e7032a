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

#[test]
fn a_declared_day_comes_before_a_shown_one_and_a_contradiction_is_flagged() {
    let page = |declared: &str, shown: &str| {
        Page::of(&format!(
            "<meta property=article:published_time content={declared}><article><h1>Gull leaves town hall</h1>
            <div class=date>{shown}</div><p>{GULL}</p><p>{SPRING}</p><p>{COUNCIL}</p></article>"
        ))
    };
    let same = page("2024-05-04T07:30:00Z", "4 May 2024");
    assert_eq!(same.all(Field::Date), ["2024-05-04T07:30:00Z"]);
    assert!(same.flags.is_empty(), "{:?}", same.flags);
    let other = page("2024-05-04T07:30:00Z", "11 June 2023");
    assert_eq!(other.all(Field::Date), ["2024-05-04T07:30:00Z"]);
    assert_eq!(other.flags, ["date-conflict"]);
    // What a page shows may be the day of the last change.
    let changed = page("2024-05-04T07:30:00Z", "Updated 11 June 2024");
    assert_eq!(changed.all(Field::Date), ["2024-05-04T07:30:00Z"]);
    assert!(changed.flags.is_empty(), "{:?}", changed.flags);
}

#[test]
fn a_day_that_a_page_only_shows_is_found_with_its_label() {
    let page = |head: &str, foot: &str| {
        Page::of(&format!(
            "<ul><li>2 May 2024 Boats</li></ul><article><h1>Gull leaves town hall</h1>{head}<p>{GULL}</p><p>{SPRING}</p>
            <p>{COUNCIL}</p></article>{foot}<footer>&copy; 2019 Dorrin Post</footer>"
        ))
    };
    let days = |page: &Page| (page.meta.first(Field::Date).map(str::to_owned), page.all(Field::Modified).len());
    assert_eq!(days(&page("", "")), (None, 0));
    assert_eq!(days(&page("", "<div>Stand:</div><div>04.05.2024</div>")), (Some("2024-05-04".to_owned()), 0));
    assert_eq!(days(&page("<div>Last updated:</div><div>4 May 2024</div>", "")), (None, 1));
    let beside = "<div class='tagupdated entry-date published updated'>4. Mai 2024 | 3 Kommentare</div>";
    assert_eq!(days(&page(beside, "")), (Some("2024-05-04".to_owned()), 0));
    assert_eq!(days(&page("<div class=date-updated>4. Mai 2024 | 3 Kommentare</div>", "")), (None, 1));
    let lead = "<p>A gull has left the roof of the town hall, and nobody knows why it did so.</p><div>4 May 2024</div>";
    assert_eq!(days(&page(lead, "")), (Some("2024-05-04".to_owned()), 0));
}

#[test]
fn parts_of_one_article_are_taken_together() {
    let paragraphs = |texts: &[&str]| format!("<p>{}</p>", texts.join("</p><p>"));
    let heron = [GULL.replace("gull", "heron"), SPRING.replace("spring", "autumn")];
    let begun = paragraphs(&[GULL, SPRING, COUNCIL, &heron[0], &heron[1]]);
    let ended = paragraphs(&[
        "The mayor has no binoculars, as it came out on Thursday when the council asked her for them.",
        "Nobody else in Dorrin has any either, and so the two birds will have to be found without.",
        "A reward of nine jars of honey was set out for whoever sees one of them on another roof.",
    ]);
    let two = Page::of(&format!(
        "<div class=text-body>{begun}</div><div><p>Boats and bells of Dorrin are sold here every day.</p></div>
        <div class=text-body>{ended}</div>"
    ));
    assert!(two.text.contains(SPRING) && two.text.contains("jars of honey"), "{}", two.text);
    assert!(!two.text.contains("Boats"), "{}", two.text);
    // Each part of a recipe may be an `article` of its own; other recipes lead away.
    let recipe = |beside: &str| {
        Page::of(&format!(
            "<main><article><h1>Gull bread</h1></article><article><h2>Ingredients</h2><table><tr><td>125 g<td>white flour<tr>
            <td>65 g<td>soft butter</table></article><article><h2>Steps</h2>{begun}</article>{beside}</main>"
        ))
    };
    assert!(recipe("").text.contains("65 g\tsoft butter"));
    let beside = recipe("<article><h2><a href=/boats>Boats and bells of Dorrin</a></h2></article>");
    assert!(!beside.text.contains("Boats"), "{}", beside.text);
}

#[test]
fn names_that_builders_of_pages_give_to_everything_say_nothing() {
    let page = Page::of(&format!(
        "<main><div class='widget-wrap'><div class='widget text'><p>{GULL}</p><p>{SPRING}</p></div>
        <div class='item has-image'><p>{COUNCIL}</p></div></div></main>"
    ));
    assert_eq!(page.text, [GULL, SPRING, COUNCIL].join("\n\n"));
}

#[test]
fn a_page_that_holds_its_article_for_two_screens_gives_it_once() {
    let body = format!(
        "<p>{GULL}</p><p>{SPRING}</p><h2>What now</h2><p>{COUNCIL}</p><p>{}</p>",
        GULL.replace("gull", "heron")
    );
    let page = Page::of(&format!("<div><h1>Gull leaves</h1>{body}</div><div>{body}</div>"));
    assert_eq!(page.text.matches(SPRING).count(), 1);
    assert_eq!(page.text.matches("What now").count(), 1);
}

#[test]
fn only_an_ask_to_read_on_is_a_wall() {
    let page = |end: &str| {
        let article =
            format!("<article><h1>Gull leaves town hall</h1><p>{GULL}</p><p>{SPRING}</p><p>{COUNCIL}</p></article>");
        Page::of(&format!("{article}{end}")).flags
    };
    assert_eq!(
        page("<div>To read the full story</div><div><a href=/in>Subscribe</a> <a href=/in>Sign in</a></div>"),
        ["login-wall"]
    );
    assert!(page("<div>Get the news of the harbour every morning.</div><button>Subscribe</button>").is_empty());
    assert!(page("<div class=comments><p>You must log in to post a comment.</p></div>").is_empty());
}

#[test]
fn a_line_under_a_known_title_becomes_the_subtitle() {
    let page = Page::of(&format!(
        "<title>Gull leaves town hall</title><article><h1>Gull leaves town hall</h1><div><h2>Why the gull flew away</h2><p>{GULL}</p>
        <p>{SPRING}</p><p>{COUNCIL}</p></div></article>"
    ));
    assert_eq!(page.text, [GULL, SPRING, COUNCIL].join("\n\n"));
    assert_eq!(page.all(Field::Subtitle), ["Why the gull flew away"]);
    assert!(
        page.all(Field::Title).iter().all(|title| *title == "Gull leaves town hall"),
        "{:?}",
        page.all(Field::Title)
    );
}

#[test]
fn links_in_an_article_without_running_text_stay() {
    let item = |name: &str| format!("<li><a href=/x>{name} of the harbour</a></li>");
    let list = ["Gulls and herons", "Bells and boats", "Binoculars and honey"].map(item).concat();
    let page = Page::of(&format!(
        "<nav><a href=/>Home</a></nav><article><h1>Links of today</h1><p>Here they are at last, all that we have found today.</p><ul>{list}</ul></article>"
    ));
    assert!(page.text.contains("Bells and boats"), "{}", page.text);
    assert!(!page.text.contains("Home"), "{}", page.text);
}

#[test]
fn the_head_of_an_article_goes_and_the_heads_of_its_parts_stay() {
    let page = Page::of(&format!(
        "<article><p class=kicker>Islands</p><h1>Gull leaves town hall</h1><p class=standfirst>It was the first gull of the year and
        may have been the last.</p><p class=byline>By Pia Lund, roof desk</p><p>4 May 2024, 6.30am</p><p>{GULL}</p><section><header><h2>What now
        </h2></header><p>{SPRING}</p></section><section><header><h2>What then</h2></header><p>{COUNCIL}</p></section></article>"
    ));
    let deck = "It was the first gull of the year and may have been the last.";
    assert_eq!(page.text, [deck, GULL, "What now", SPRING, "What then", COUNCIL].join("\n\n"));
}

#[test]
fn a_picture_beside_text_has_no_caption_in_it() {
    let page = Page::of(&format!(
        "<main><div class=image-text-module><img alt=Gull><p>{GULL}</p></div><div class=image-with-text><p>{SPRING}</p></div>
        <div class=image><p>The gull in June</p></div><p>{COUNCIL}</p></main>"
    ));
    assert_eq!(page.text, [GULL, SPRING, COUNCIL].join("\n\n"));
}

#[test]
fn a_list_of_links_to_other_sites_is_one_of_sources() {
    let page = |host: &str| {
        let item = |name: &str| format!("<li><a href='https://{host}/x'>{name} of the harbour office</a></li>");
        let list = ["Gulls and herons", "Bells and boats", "Binoculars and honey"].map(item).concat();
        Page::of(&format!(
            "<link rel=canonical href='https://www.dorrin.example/gull'><article><p>{GULL}</p><ul>{list}</ul><p>{SPRING}</p>
            <p>{COUNCIL}</p></article>"
        ))
    };
    assert!(page("orrin.example").text.contains("- Bells and boats of the harbour office"));
    assert!(!page("dorrin.example").text.contains("Bells"));
}

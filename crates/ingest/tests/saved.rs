//! The ways in which people save pages.

use cleancopy_core::{Evidence, Field, Kind};
use cleancopy_ingest::{InputFormat, Loaded, Options, load, parse, read_from};

fn loaded(name: &str, bytes: &[u8], format: InputFormat) -> Vec<Loaded> {
    let options = Options { format, text_field: "body".to_owned(), ..Options::default() };
    let documents = read_from(name, std::io::Cursor::new(bytes.to_vec()), None, &options);
    documents.map(|raw| load(raw.expect("it is read"), &options).expect("it is loaded")).collect()
}

const MHTML: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://dorrin.example/2024/05/04/gull\r\n\
    Subject: Gull\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\t\
    boundary=\"----B\"\r\n\r\n------B\r\nContent-Type: text/html; charset=windows-1252\r\nContent-ID: <a@b>\r\n\
    Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://dorrin.example/2024/05/04/gull\r\n\r\n\
    <html><body><p>The gull left the caf=E9 on the p=\r\nier on Friday.</p></body></html>\r\n------B\r\n\
    Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------B--\r\n";

#[test]
fn a_page_in_one_mime_file_is_read() {
    for name in ["gull.mhtml", "gull.mht", "gull"] {
        let documents = loaded(name, MHTML.as_bytes(), InputFormat::Auto);
        assert_eq!(documents.len(), 1, "{name}");
        assert_eq!(documents[0].document.text, "The gull left the caf\u{E9} on the pier on Friday.");
        assert_eq!(documents[0].document.meta.first(Field::Url), Some("https://dorrin.example/2024/05/04/gull"));
        assert_eq!(documents[0].bytes_in, MHTML.len() as u64);
    }
}

#[test]
fn a_broken_mime_file_is_not_lost() {
    let cut = &MHTML.as_bytes()[..MHTML.len() - 200];
    assert_eq!(loaded("gull.mhtml", cut, InputFormat::Auto).len(), 1);
    let bare = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\nNothing.";
    let documents = loaded("bare.mhtml", bare, InputFormat::Auto);
    assert!(documents[0].document.text.contains("Nothing."));
}

#[test]
fn the_listing_of_a_source_is_the_page() {
    let chromium = "<html><head></head><body><table><tbody><tr><td class=\"line-number\" value=\"1\"></td>\
        <td class=\"line-content\"><span class=\"html-tag\">&lt;p&gt;</span>The gull &amp;amp; the pier.</td></tr>\
        <tr><td class=\"line-number\" value=\"2\"></td><td class=\"line-content\">It left.<span class=\"html-tag\">\
        &lt;/p&gt;</span></td></tr></tbody></table></body></html>";
    assert_eq!(parse(chromium.to_owned(), Kind::Html).text, "The gull & the pier. It left.");
    let firefox = "<html><head><title>view-source</title></head><body id=\"viewsource\"><pre><span id=\"line1\"></span>\
        &lt;<span class=\"start-tag\">p</span>&gt;The gull left.&lt;/<span>p</span>&gt;</pre></body></html>";
    assert_eq!(parse(firefox.to_owned(), Kind::Html).text, "The gull left.");
}

#[test]
fn records_may_hold_html() {
    let line = br#"{"n":1,"body":"<p>The gull <b>left</b>.</p><p>It was Friday.</p>"}"#;
    let documents = loaded("gulls.jsonl", line, InputFormat::Html);
    assert_eq!(documents[0].document.kind, Kind::Html);
    assert_eq!(documents[0].document.text, "The gull left.\n\nIt was Friday.");
    assert_eq!(documents[0].fields.as_deref(), Some(r#"{"n":1}"#));
    let rows = b"n,body\n1,<p>The gull left.</p>\n";
    assert_eq!(loaded("gulls.csv", rows, InputFormat::Html)[0].document.text, "The gull left.");
    assert_eq!(loaded("gulls.jsonl", line, InputFormat::Auto)[0].document.kind, Kind::Text);
}

fn body() -> String {
    "The gull on the roof of the town hall left on Friday morning, the clerk said. It had been there since spring. "
        .repeat(4)
}

#[test]
fn an_article_that_is_only_in_a_script_is_taken() {
    let body = body();
    let pages = [
        format!(
            "<div id=root>Loading</div><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\
             \"articleBody\":\"{body}\"}}</script>"
        ),
        format!(
            "<div id=__next></div><script id=__NEXT_DATA__ type=\"application/json\">{{\"props\":{{\"story\":\
             {{\"content\":\"<p>{body}</p><p>Nobody knew why.</p>\"}}}}}}</script>"
        ),
        format!(
            "<div id=app></div><script>window.__STATE__ = {{\"blocks\":[{{\"text\":\"{body}\"}},{{\"text\":\"One.\"}},\
             {{\"text\":\"Two.\"}}]}};</script>"
        ),
    ];
    for page in pages {
        let document = parse(page, Kind::Html);
        assert!(document.text.contains("The gull on the roof"), "{}", document.text);
        let block = document.blocks.iter().rfind(|block| block.span.len() > 100).expect("it has a paragraph");
        let element = &document.elements[block.element.expect("it has an element") as usize];
        assert!(element.path.starts_with("html>script>"), "{}", element.path);
        assert!(!document.text.contains("<p>"));
    }
}

#[test]
fn a_page_that_shows_its_article_has_it_once() {
    let body = body();
    let page = format!(
        "<article><p>{body}</p><p>{body}</p></article><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\
         \"articleBody\":\"{body}\"}}</script>"
    );
    assert_eq!(parse(page, Kind::Html).blocks.len(), 2);
}

#[test]
fn the_inside_of_a_shadow_root_is_shown() {
    let page = "<x-story><template shadowrootmode=open><p>The gull left.</p></template></x-story>\
        <template><p>Not this.</p></template>";
    assert_eq!(parse(page.to_owned(), Kind::Html).text, "The gull left.");
}

fn date(page: &str) -> Option<(String, &'static str)> {
    let document = parse(page.to_owned(), Kind::Html);
    let (_, value, evidence) = document.meta.iter().find(|(field, _, _)| *field == Field::Date)?;
    let (Evidence::Declared(source) | Evidence::Rule(source)) = evidence;
    Some((value.to_owned(), source))
}

#[test]
fn the_day_of_publication_has_many_places() {
    let day = |value: &str, source| Some((value.to_owned(), source));
    let headline = "<h1>The gull of Dorrin left the hall</h1>";
    let time = |attributes: &str| format!("<time {attributes} datetime=2024-05-04T07:30:00Z>4 May</time>");
    assert_eq!(date("<meta name=\"vendor:recs:publishtime\" content=2024-05-04>"), day("2024-05-04", "meta"));
    assert_eq!(date(&format!("{headline}<p>By Pia Lund {}</p>", time(""))), day("2024-05-04T07:30:00Z", "time"));
    assert_eq!(date(&format!("{headline}<p>Updated {}</p>", time(""))), None);
    assert_eq!(date(&format!("{headline}<p class=date>{}</p>", time("class=modified-date"))), None);
    assert_eq!(date(&format!("<h2>Another gull</h2>{}", time(""))), None);
    assert_eq!(
        date("<script>var state = {\"story\":{\"datePublished\":\"2024-05-04T07:30:00Z\"}}</script>"),
        day("2024-05-04T07:30:00Z", "script")
    );
    assert_eq!(
        date("<script>{\"datePublished\":\"2024-05-04\"},{\"datePublished\":\"2021-01-01\"}</script>"),
        None,
        "two stories"
    );
    assert_eq!(date("<link rel=canonical href=https://dorrin.example/a/2024-05-04/gull>"), day("2024-05-04", "url"));
    assert_eq!(date("<p>\u{A9} 2024 Dorrin Today</p>"), None);
    let changed = "<meta property=article:published_time content=2025-11-01T08:00:00Z>\
        <meta property=article:modified_time content=2025-11-01T08:00:00Z><link rel=canonical href=https://d.example/2024/05/04/a>";
    assert_eq!(date(changed), day("2024-05-04", "url"), "a day of change in both places");
}

fn title(page: &str) -> String {
    let document = parse(page.to_owned(), Kind::Html);
    document.meta.first(Field::Title).expect("it has a title").to_owned()
}

#[test]
fn the_name_of_the_site_is_no_part_of_the_title() {
    let site = "<meta property=og:site_name content='The Dorrin Post'>";
    assert_eq!(title(&format!("<title>Gull leaves - Harbour | Dorrin Post</title>{site}")), "Gull leaves - Harbour");
    assert_eq!(title(&format!("<title>The Dorrin Post: Gull leaves</title>{site}")), "The Dorrin Post: Gull leaves");
    assert_eq!(title(&format!("<title>Dorrin Post | Gull leaves</title>{site}")), "Gull leaves");
    let host = "<link rel=canonical href=https://www.dorrinpost.example/gull>";
    assert_eq!(title(&format!("<title>Gull leaves \u{2013} Dorrin Post</title>{host}")), "Gull leaves");
    let headline = "<title>Gull leaves town hall - Harbour - Kurier</title><h1>Gull leaves <b>town hall</b></h1>";
    assert_eq!(title(headline), "Gull leaves town hall");
    // Without evidence a mark is a mark.
    let title_of_two = "<title>Gull leaves - mayor stays</title>";
    assert_eq!(title(title_of_two), "Gull leaves - mayor stays");
    assert_eq!(title(&format!("{title_of_two}<h1>Gull leaves - mayor stays</h1>")), "Gull leaves - mayor stays");
    assert_eq!(title(&format!("<title>Dorrin Post</title>{site}")), "Dorrin Post");
}

#[test]
fn pictures_have_words_and_an_element() {
    let page = "<main><img alt=' A gull\n on a roof '><p>It left.</p><figure><amp-img alt='The roof'></amp-img>\
        <noscript><img alt='The hall'></noscript><figcaption>The hall</figcaption></figure></main>\
        <img alt=''><img><div hidden><img alt=hidden></div>";
    let document = parse(page.to_owned(), Kind::Html);
    let seen: Vec<_> = document
        .pictures
        .iter()
        .map(|picture| (picture.alt.as_str(), picture.element.map(|at| document.elements[at as usize].tag.as_str())))
        .collect();
    assert_eq!(seen, [("A gull on a roof", Some("main")), ("The roof", Some("figure")), ("The hall", Some("figure"))]);
    assert_eq!(document.text, "It left.\n\nThe hall");
}

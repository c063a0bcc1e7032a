//! HTML: what is seen of a page, and how it falls into blocks.

use cleancopy_core::{BlockKind, Document, Evidence, Field, Kind, MarkKind};
use cleancopy_ingest::parse;

fn read(html: &str) -> Document {
    parse(html.to_owned(), Kind::Html)
}

fn text(html: &str) -> String {
    read(html).text
}

fn kinds(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.span.in_text(&document.text))).collect()
}

#[test]
fn blocks_are_told_apart_and_white_space_collapses() {
    let html = "<!DOCTYPE html><title>T</title><body>\n<h1>The  bell\n is back</h1><p>It was <b>in</b>\tthe river,\n<i>the \
        parish</i> said.<p>Nobody</p>knows how.<div>A<div>B</div>C</div>";
    assert_eq!(
        text(html),
        "The bell is back\n\nIt was in the river, the parish said.\n\nNobody\n\nknows how.\n\nA\n\nB\n\nC"
    );
}

#[test]
fn words_neither_run_together_nor_fall_apart() {
    assert_eq!(text("<p><b>W</b>ord <b>two</b>, three<i> four</i>."), "Word two, three four.");
    assert_eq!(text("<a href=1>Home</a><a href=2>News</a>"), "Home News");
    assert_eq!(text("<span>By</span><span>Jo Abara</span><time>12 May</time>"), "By Jo Abara 12 May");
    assert_eq!(text("<span class=cap>W</span><span>hen</span> H<sub>2</sub>O"), "When H2O");
    assert_eq!(text("rain<img src=a>bow and rain<wbr>bow"), "rain bow and rainbow");
    assert_eq!(text("\u{6F22}\u{5B57}\n\u{4EEE}\u{540D} a\nb"), "\u{6F22}\u{5B57}\u{4EEE}\u{540D} a b");
    assert_eq!(text("<p>one<!-- two --> <!-- three -->four</p>"), "one four");
    assert_eq!(text("a<!-- b --->c<!--->d<!---->e<!-- f --!>g<!-- h -- >i"), "acdeg");
    assert_eq!(text("<p>\0\0<p>a\0b"), "ab");
}

#[test]
fn what_is_not_shown_is_no_text() {
    let html = "a<script>if (a < b) { '<p>' }</script><style>p > a {}</style><noscript>n</noscript>\
        <template><p>t</p></template><svg><title>s</title><text>x</text></svg><select><option>o</select>\
        <textarea>t</textarea><div hidden>h</div><p style='color:red; display : none !important'>d</p>\
        <iframe>i</iframe><video>v<p>w</p></video><dialog>g</dialog> b";
    assert_eq!(text(html), "a b");
    assert_eq!(text("a<span hidden>h<b>i</b></span> b<div style=\"display:none\"><div>x</div>y</div>"), "a b");
    assert_eq!(text("<dialog open>shown</dialog><button>Button</button>"), "shown\n\nButton");
}

#[test]
fn references_are_read() {
    assert_eq!(
        text("<p>Marks &amp; Tulley&#8217;s &lt; 1&nbsp;&euro; AT&T"),
        "Marks & Tulley\u{2019}s < 1\u{A0}\u{20AC} AT&T"
    );
    assert_eq!(text("<p>&nbsp;</p><p>&nbsp; a &nbsp;</p>"), "a");
}

#[test]
fn line_breaks_are_lines_and_two_of_them_a_paragraph() {
    let document = read("<p>12 High St<br>\nPort Verrin<br><br>By <br/> the <b>sea</b><br></p>");
    assert_eq!(document.text, "12 High St\nPort Verrin\n\nBy\nthe sea");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(text("<h1>The bell<br>is back</h1>"), "The bell is back");
}

#[test]
fn lists_have_markers_and_hang_together() {
    let document = read(
        "<p>Bring:</p><ul><li>flour<li><p>salt</p><p>of the sea</p><ol start=3><li>fine<li value=7>coarse</ol></ul>\
         <ul><li><h3>Head</h3>text</ul>",
    );
    assert_eq!(
        kinds(&document),
        [
            (BlockKind::Paragraph, "Bring:"),
            (BlockKind::ListItem, "- flour"),
            (BlockKind::ListItem, "- salt"),
            (BlockKind::Paragraph, "of the sea"),
            (BlockKind::ListItem, "3. fine"),
            (BlockKind::ListItem, "7. coarse"),
            (BlockKind::Heading(3), "Head"),
            (BlockKind::Paragraph, "text"),
        ]
    );
    assert!(document.text.contains("- flour\n- salt\n\nof the sea\n\n3. fine\n7. coarse\n\nHead"), "{}", document.text);
}

#[test]
fn a_table_of_data_is_rows() {
    let document = read(
        "<table><caption>Crop</caption><thead><tr><th>Variety<th>Kg</tr></thead><tr><td><p>Widow <b>Pim</b></p>\
         <td></td><td>91<br>kg</td></tr><tr><td colspan=3>One cell</td></tr></table>after",
    );
    assert_eq!(document.text, "Crop\n\nVariety\tKg\nWidow Pim\t\t91 kg\nOne cell\n\nafter");
    assert_eq!(document.blocks[1].kind, BlockKind::TableRow);
    assert_eq!(document.blocks[2].kind, BlockKind::TableRow);
    assert_eq!(document.blocks[3].kind, BlockKind::TableRow);
}

#[test]
fn a_table_that_arranges_the_page_is_none() {
    let document = read(
        "<table><tr><td><a href=1>Home</a></td><td></td><td><b>First</b> words<p>One.</p><p>Two <i>and</i>.</p>\
         <table><tr><td>a<td>b</table></td><td>Side</td></tr></table>",
    );
    assert_eq!(document.text, "Home\n\nFirst words\n\nOne.\n\nTwo and.\n\na\tb\n\nSide");
    let marks: Vec<_> = document.marks.iter().map(|mark| (mark.kind, mark.inner.in_text(&document.text))).collect();
    assert_eq!(marks, [(MarkKind::Link, "Home"), (MarkKind::Strong, "First"), (MarkKind::Emphasis, "and")]);
}

#[test]
fn other_kinds_of_blocks_are_known() {
    let document = read(
        "<blockquote><p>It rained.</p></blockquote><figure><img src=a><figcaption>A <em>tram</em></figcaption></figure>\
         <pre>\n  a\tb\n\n  c\n</pre><dl><dt>Born<dd>1931</dl><address>3 Market Hill</address>",
    );
    assert_eq!(
        kinds(&document),
        [
            (BlockKind::Quote, "It rained."),
            (BlockKind::Caption, "A tram"),
            (BlockKind::Code, "a\tb\n\n  c"),
            (BlockKind::Lines, "Born"),
            (BlockKind::Lines, "1931"),
            (BlockKind::Lines, "3 Market Hill"),
        ]
    );
    assert!(document.text.contains("\n\n  a\tb\n\n  c\n\nBorn\n1931\n\n3"), "{}", document.text);
}

#[test]
fn elements_know_their_place_and_their_links() {
    let document = read(
        "<html><body class=page><main id=m role=main data-component=\"story x\"><p>One.</p><p class=\"lead &amp; x\">Two <a href=x>three</a>.</p></main>\
         <nav><a href=y>Home</a></nav>",
    );
    let element = |block: usize| &document.elements[document.blocks[block].element.map_or(0, |at| at as usize)];
    assert_eq!(element(1).path, "html>body>main>p[2]");
    assert_eq!(element(1).class, "lead & x");
    assert_eq!((element(1).text_bytes, element(1).link_bytes), (10, 5));
    let main = &document.elements[element(1).parent.map_or(0, |at| at as usize)];
    assert_eq!((main.tag.as_str(), main.id.as_str(), main.text_bytes, main.link_bytes), ("main", "m", 14, 5));
    assert!((element(2).link_density() - 1.0).abs() < f32::EPSILON);
    assert_eq!(document.elements[0].text_bytes, 18);
    assert_eq!(document.elements[1].class, "page");
    assert_eq!(main.names, "main story x");
}

#[test]
fn marks_follow_words_over_blocks_and_crossing_tags() {
    let document = read("<a href=x><h3>Head</h3><p>text</p></a><p><b>bold <i>both</b> italic</i> none</p>");
    let marks: Vec<_> = document.marks.iter().map(|mark| (mark.kind, mark.inner.in_text(&document.text))).collect();
    assert_eq!(
        marks,
        [
            (MarkKind::Link, "Head"),
            (MarkKind::Link, "text"),
            (MarkKind::Strong, "bold both"),
            (MarkKind::Emphasis, "both"),
        ]
    );
    assert_eq!(text("<b>one<p>two</b>three</p>four"), "one\n\ntwothree\n\nfour");
}

#[test]
fn metadata_is_found_with_its_evidence() {
    let document = read(
        r#"<!-- saved from url=(0022)https://halm.example/saved -->
<html lang="en_GB"><head><title>The bell | Halm Echo</title>
<meta property="og:title" content="The bell &amp; the river"><meta name=author content="http://halm.example/jo">
<meta property="article:published_time" content="2024-05-01 07:30:00+0200"><meta name="date" content="May 1">
<meta name=keywords content="bells, rivers"><link rel="canonical" href="https://halm.example/bell">
<script type="application/ld+json">{"@context":"x","@graph":[{"@type":"WebPage","name":"w"},{"@type":["NewsArticle"],
"headline":"The bell &#8217;","author":[{"@type":"Person","name":"Jo Abara"},"Imre Dahl"],"datePublished":"2024-05-01",
"publisher":{"name":"Halm Echo"},"text":"a
b"}]}</script></head><body>Words</body>"#,
    );
    let all = |field| document.meta.all(field).collect::<Vec<_>>();
    assert_eq!(all(Field::Title), ["The bell & the river", "The bell \u{2019}", "The bell"]);
    assert_eq!(all(Field::Date), ["2024-05-01", "2024-05-01T07:30:00+02:00"]);
    assert_eq!(all(Field::Author), ["Jo Abara", "Imre Dahl"]);
    assert_eq!(all(Field::Url), ["https://halm.example/bell", "https://halm.example/saved"]);
    assert_eq!(all(Field::Site), ["Halm Echo"]);
    assert_eq!(all(Field::Language), ["en-GB"]);
    assert_eq!(all(Field::Tag), ["bells", "rivers"]);
    let evidence = document.meta.iter().find(|(field, ..)| *field == Field::Title).map(|(_, _, evidence)| evidence);
    assert_eq!(evidence, Some(Evidence::Declared("og:title")));
    assert_eq!(document.text, "Words");
}

#[test]
fn a_page_that_is_xml_may_close_tags_with_a_slash() {
    let html =
        "<?xml version='1.0'?><html><head><title/><script src='a.js'/></head><body><p/>It <b/>rained.</body></html>";
    assert_eq!(text(html), "It rained.");
}

#[test]
fn drawings_and_formulas_end() {
    assert_eq!(text("a<svg><svg><g/></svg><path/></svg>b<svg/>c"), "a b c");
    assert_eq!(text("<svg><g><title>x<p>words</p>"), "");
    assert_eq!(text("<svg><g>x<p>words</p>"), "words");
    assert_eq!(text("<math><mi>x</mi><mo/><annotation>t</annotation></math> y"), "x y");
}

#[test]
fn broken_markup_keeps_its_words() {
    assert_eq!(text("</div>a</p>b<td>c</td><tr>d</table>e</span>"), "a\n\nb\n\nc\n\nd\n\ne");
    assert_eq!(text("a < b, <3 and <> 1<2 </ x>y"), "a < b, <3 and <> 1<2 y");
    assert_eq!(text("a<b title='1 > 2' c=d/>e</b><p class"), "ae");
    assert_eq!(text("<p>a<table><tr>x<td>b</td></tr></table>"), "a\n\nx\tb");
    assert_eq!(text(""), "");
}

#[test]
fn pages_that_nest_without_end_take_linear_time() {
    let n = 20_000;
    for piece in [
        "<div>",
        "<b>",
        "<b>x",
        "<p><b>x",
        "<ul><li>x",
        "<a href=x><div>y",
        "<b></p>",
        "<table><tr><td>x",
        "<svg>",
        "x<br>",
        "<table>x<b>",
        "<p>x</div>",
        "<td>x",
        "<b><p></b>",
        "<h1><h2>",
        "<!--x",
        "<a b='",
        "&",
        "&#",
        "<!",
        "<",
        "</",
        "<math>",
        "<script>x",
        "<meta name=author content=x>",
        "<span style=display:block>x",
        "<x-y>z</x-y>",
        "\u{A0}",
        "<pre>x\n",
        "<tr><td>a<td>b<p>c",
        "<i><b>x</i>",
        "<script><!--<script>",
        "--",
        "<title>",
        "<li>x<h2>y",
        "</b>",
        "a\n ",
    ] {
        read(&piece.repeat(n));
        read(&(piece.repeat(n / 2) + "end</b></p></div></td></table>" + &"</div></b>".repeat(n / 4)));
    }
    let attributes: Vec<String> = (0..n).map(|at| format!("a{at}=1")).collect();
    read(&format!("<p {}>x", attributes.join(" ")));
    let cells: Vec<String> = (0..n).map(|at| format!("<td><b>{at}</b>")).collect();
    read(&format!("<table><tr>{}<p>x<p>y", cells.join("")));
}

/// What the tree of html5ever shows, without white space.
fn shown_by_oracle(html: &str) -> String {
    static HIDDEN: &[&str] =
        &["script", "style", "title", "noscript", "template", "svg", "select", "textarea", "iframe"];
    let tree = scraper::Html::parse_document(html);
    let mut shown = String::new();
    let mut waiting = vec![tree.tree.root()];
    while let Some(node) = waiting.pop() {
        match node.value() {
            scraper::Node::Text(text) => shown.extend(text.chars().filter(|c| !c.is_whitespace())),
            scraper::Node::Element(element) if HIDDEN.contains(&element.name()) => {}
            scraper::Node::Element(element) if element.attr("hidden").is_some() => {}
            _ => waiting.extend(node.children().rev()),
        }
    }
    shown
}

#[test]
fn the_words_are_those_of_a_browser() {
    use proptest::prelude::*;
    let piece = "(</?(p|div|b|a href=x|a|h2|h3|span|em|article|x-y|br|hr|img|button|form|dd|section|main|P|DIV)( [a-z]+='x>')?/?>\
        |<(script|style|title|textarea|svg|select|noscript)( x=\"y\")?>|</(script|style|title|textarea|svg|select|noscript) ?>\
        |[a-cA-C ]|\n|&(amp|lt|nbsp|copy|notit|#39|#x41|#128|x)[;a]|<!--|-->|--->|--!>|<!-->|<!|<[?]|</|<|>|=|'|\"|&|/){0,30}";
    proptest!(ProptestConfig::with_cases(500), |(html in piece)| {
        // What HTML inside a drawing's title does to the drawing is not followed.
        prop_assume!(!(html.contains("<svg") && html.contains("<title")));
        let shown: String = text(&html).chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(shown, shown_by_oracle(&html));
    });
}

#[test]
fn any_text_gives_blocks_in_order() {
    use proptest::prelude::*;
    let piece = "(</?(p|div|b|i|a|a href=x|table|tr|td|ul|ol|li|br|h2|pre|svg|script|title|span|blockquote|select|p hidden|\
        math|dd|caption|foreignObject|span style=display:block)/?>|[a-cA ]|\n|&nbsp;|&lt;|<!--|-->|<|\u{6F22}|\t){0,40}";
    proptest!(ProptestConfig::with_cases(500), |(html in piece)| {
        let document = read(&html);
        let mut end = 0;
        for (index, block) in document.blocks.iter().enumerate() {
            let words = block.span.in_text(&document.text);
            prop_assert_eq!(words, words.trim());
            prop_assert!(!words.is_empty());
            let between = &document.text[end as usize..block.span.start as usize];
            prop_assert!(between.trim().is_empty());
            prop_assert!(index == 0 || between.starts_with('\n'), "{:?}", document);
            end = block.span.end;
        }
        prop_assert_eq!(end as usize, document.text.len());
        for mark in &document.marks {
            prop_assert!(!mark.inner.in_text(&document.text).is_empty());
            prop_assert!(document.blocks.iter().any(|block| block.span.covers(mark.outer)), "{:?}", document);
        }
        let total: usize = document.blocks.iter().map(|block| block.span.len()).sum();
        prop_assert_eq!(document.elements.first().map_or(0, |root| root.text_bytes as usize), total);
    });
}

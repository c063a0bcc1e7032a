//! Markdown: which bytes are words, which notation, and what the blocks are.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use cleancopy_core::{BlockKind, Document, Field, Kind, MarkKind};
use cleancopy_ingest::parse;

fn read(text: &str) -> Document {
    parse(text.to_owned(), Kind::Markdown)
}

/// The text without notation, as the rule that deletes it leaves it.
fn words(document: &Document) -> String {
    let mut is_word = vec![true; document.text.len()];
    for mark in document.marks.iter().filter(|mark| mark.kind != MarkKind::Code) {
        is_word[mark.outer.start as usize..mark.inner.start as usize].fill(false);
        is_word[mark.inner.end as usize..mark.outer.end as usize].fill(false);
    }
    let bytes = document.text.bytes().zip(is_word).filter(|(_, is_word)| *is_word).map(|(byte, _)| byte);
    String::from_utf8(bytes.collect()).unwrap()
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.span.in_text(&document.text))).collect()
}

#[test]
fn a_page_falls_into_words_and_notation() {
    let text = "\
---
title: \"Roofs: painted\"
date: 2024-07-02
authors:
  - Jo Abara
  - 'Imre Dahl'
tags: [climate, roofs]
---

# Roofs painted #

*Three* summers in, **Port [Verrin](https://verrin.example \"x\")** has <https://halm.example> `figures`.

![A crew](img/crew.jpg)
*A crew paints.*

Who pays
--------

| Area | Grant |
| --- | ---: |
| up to | **250** |

> \"No other study.\"
>
> -- Rosa Klim

1. schools
2. bus shelters,
   of course
   - with roofs

```csv
a,b

c
```

* * *

See [the study][1] and [again] \\* of a kind.

[1]: https://halm.example/study
";
    let document = read(text);
    assert_eq!(
        words(&document),
        "Roofs painted\n\nThree summers in, Port Verrin has https://halm.example `figures`.\n\nA crew paints.\n\n\
         Who pays\n\n| Area | Grant |\n| up to | 250 |\n\n\"No other study.\"\n-- Rosa Klim\n\n1. schools\n\
         2. bus shelters,\n   of course\n   - with roofs\n\na,b\n\nc\n\nSee the study and [again] * of a kind.\n\n"
    );
    assert_eq!(
        blocks(&document).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>(),
        [
            BlockKind::Heading(1),
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Heading(2),
            BlockKind::TableRow,
            BlockKind::TableRow,
            BlockKind::Quote,
            BlockKind::Quote,
            BlockKind::ListItem,
            BlockKind::ListItem,
            BlockKind::ListItem,
            BlockKind::Code,
            BlockKind::Paragraph,
        ]
    );
    let meta = &document.meta;
    assert_eq!(meta.first(Field::Title), Some("Roofs: painted"));
    assert_eq!(meta.first(Field::Date), Some("2024-07-02"));
    assert_eq!(meta.all(Field::Author).collect::<Vec<_>>(), ["Jo Abara", "Imre Dahl"]);
    assert_eq!(meta.all(Field::Tag).collect::<Vec<_>>(), ["climate", "roofs"]);
}

#[test]
fn items_keep_their_markers_and_hang_together() {
    let document = read("- one\n  goes on\n\n  second paragraph\n- two\n    1. inner\n- # head\n");
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::ListItem, "- one\n  goes on"),
            (BlockKind::Paragraph, "second paragraph"),
            (BlockKind::ListItem, "- two"),
            (BlockKind::ListItem, "1. inner"),
            (BlockKind::Heading(1), "- # head"),
        ]
    );
}

#[test]
fn a_picture_alone_is_no_block() {
    let document = read("Words.\n\n![alt *words*](a.jpg)\n\n[![alt](b.jpg)](https://halm.example)\n\nMore.\n");
    assert_eq!(words(&document), "Words.\n\nMore.\n");
    assert_eq!(blocks(&document), [(BlockKind::Paragraph, "Words."), (BlockKind::Paragraph, "More.")]);
}

#[test]
fn quotations_lose_their_signs_at_every_depth() {
    let document = read("> outer\n> > inner > than\n> > more\nlazy\n\n- > in a list\n  > goes on\n");
    assert_eq!(words(&document), "outer\ninner > than\nmore\nlazy\n\n- in a list\n  goes on\n");
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    for text in
        ["---\nIt rained: hard, and for a week.\n\n---\n\nMore.", "---\n\nIt rained.\n\n---\n", "---\ntitle: x\n"]
    {
        let document = read(text);
        assert!(document.meta.is_empty(), "{text}");
        assert!(words(&document).contains("It rained") || text.ends_with("x\n"));
    }
}

#[test]
fn tags_go_and_the_words_between_them_stay() {
    let document =
        read("A <b>bold</b> word<br>and <!-- no --> more.\n\n<div class=\"x\">\nInside &amp; out\n</div>\n\nEnd.");
    let words = words(&document);
    assert!(words.starts_with("A bold word<br>and  more.\n\n"), "{words}");
    assert!(words.contains("Inside &amp; out"), "{words}");
    assert!(!words.contains("div"), "{words}");
}

#[test]
fn deep_nesting_is_no_trouble() {
    for (open, n) in [("> ", 20_000), ("- ", 5_000), ("[", 20_000), ("*a ", 20_000), ("![", 20_000), ("<b>", 20_000)] {
        let text = open.repeat(n) + "words\n";
        read(&text);
        read(&(text + "more\n").repeat(2));
    }
}

#[test]
fn any_text_gives_blocks_in_order_and_marks_in_place() {
    use proptest::prelude::*;
    let text = "([ \n>#*_`~\\[\\]()!<>|:=a-c1.\t\\\\-]|\n\n|```|---|\u{E9}|\\[x\\]: y|<div>|</p>){0,60}";
    proptest!(ProptestConfig::with_cases(500), |(text in text)| {
        let document = read(&text);
        prop_assert_eq!(&document.text, &text);
        let mut end = 0;
        for block in &document.blocks {
            prop_assert!(end <= block.span.start && block.span.start < block.span.end, "{:?}", document.blocks);
            let words = block.span.in_text(&text);
            prop_assert_eq!(words, words.trim());
            end = block.span.end;
        }
        for mark in &document.marks {
            prop_assert!(mark.outer.covers(mark.inner));
            mark.outer.in_text(&text);
            mark.inner.in_text(&text);
        }
        prop_assert!(document.marks.is_sorted_by_key(|mark| mark.outer.start));
        let notation = document.marks.iter().filter(|mark| mark.kind != MarkKind::Code);
        let mut notation: Vec<_> = notation
            .flat_map(|mark| [(mark.outer.start, mark.inner.start), (mark.inner.end, mark.outer.end)])
            .filter(|(start, end)| start < end)
            .collect();
        notation.sort_unstable();
        prop_assert!(notation.is_sorted_by(|a, b| a.1 <= b.0), "{:?} in {:?}", document.marks, text);
        words(&document);
    });
}

//! Small articles in many languages: their paragraphs stay whole, the lines that are not theirs go.

use cleancopy::Cleaner;

const ARTICLES: &str = include_str!("../../../tests/languages/articles.txt");
const LINES: &str = include_str!("../../../tests/languages/lines.txt");
const APPEALS: &str = include_str!("../../../tests/languages/appeals.txt");
const PROSE: &str = include_str!("../../../tests/languages/prose.txt");

/// Mark of a line that is residue.
const RESIDUE: &str = "- ";

/// The parts of a collection: language and lines.
fn parts(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let part = |part: &'static str| {
        let (lang, lines) = part.split_once('\n').expect("a part has a language");
        (lang.trim(), lines.lines().filter(|line| !line.is_empty()).collect())
    };
    text.split("=== ").filter(|part| !part.trim().is_empty()).map(part).collect()
}

/// The paragraphs of the article in a language.
fn body(lang: &str) -> Vec<&'static str> {
    let (_, lines) =
        parts(ARTICLES).into_iter().find(|(known, _)| *known == lang).expect("each language has an article");
    lines.into_iter().filter(|line| !line.starts_with(RESIDUE)).collect()
}

/// A line that goes whatever stands around it.
fn sure_residue(lang: &str) -> &'static str {
    let (_, lines) =
        parts(ARTICLES).into_iter().find(|(known, _)| *known == lang).expect("each language has an article");
    lines.iter().rev().find_map(|line| line.strip_prefix(RESIDUE)).expect("an article has residue")
}

#[test]
fn residue_goes_and_paragraphs_stay() {
    let articles = parts(ARTICLES);
    assert!(articles.len() >= 22, "{} articles", articles.len());
    let mut cleaner = Cleaner::new();
    for (lang, lines) in articles {
        let lines: Vec<_> = lines.iter().map(|line| line.strip_prefix(RESIDUE).unwrap_or(line)).collect();
        assert_eq!(cleaner.clean(&lines.join("\n\n")).text, body(lang).join("\n\n"), "{lang}");
    }
}

#[test]
fn lines_of_the_page_go_after_an_article() {
    let mut cleaner = Cleaner::new();
    let mut wrong = Vec::new();
    for (lang, lines) in parts(LINES) {
        let body = body(lang);
        for line in lines {
            let text = [body.as_slice(), &[sure_residue(lang), line]].concat().join("\n\n");
            if cleaner.clean(&text).text != body.join("\n\n") {
                wrong.push(format!("{lang}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn appeals_go_wherever_they_stand() {
    let mut cleaner = Cleaner::new();
    for (lang, appeal) in parts(APPEALS) {
        let body = body(lang);
        for at in [0, 1, 3] {
            let text = [&body[..at], &appeal, &body[at..]].concat().join("\n\n");
            assert_eq!(cleaner.clean(&text).text, body.join("\n\n"), "{lang} {at}");
        }
    }
}

#[test]
fn paragraphs_alone_stay() {
    let mut cleaner = Cleaner::new();
    for (lang, _) in parts(ARTICLES) {
        let body = body(lang);
        for text in [vec![body.join("\n\n").as_str()], body].concat() {
            assert_eq!(cleaner.clean(text).text, text, "{lang}");
        }
    }
}

#[test]
fn prose_that_speaks_like_residue_stays() {
    let mut wrong = Vec::new();
    let mut cleaner = Cleaner::new();
    for (lang, sentences) in parts(PROSE) {
        let body = body(lang);
        for sentence in sentences {
            assert_eq!(cleaner.clean(sentence).text, sentence, "{lang}");
            // Where other residue goes, less is needed for a line to go too.
            for at in [1, 2, 3] {
                let want = [&body[..at], &[sentence], &body[at..]].concat();
                let text = [want.as_slice(), &[sure_residue(lang)]].concat().join("\n\n");
                if cleaner.clean(&text).text != want.join("\n\n") {
                    wrong.push(format!("{lang} {at}: {sentence}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

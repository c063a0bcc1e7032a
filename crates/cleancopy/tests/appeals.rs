//! Appeals for money or membership: cut whole wherever they stand, and never where news speaks of them.

use cleancopy::core::Settings;
use cleancopy::{Cleaner, Rules};

const APPEALS: &str = include_str!("../../../tests/appeals/appeals.txt");
const ARTICLES: &str = include_str!("../../../tests/appeals/articles.txt");
const NEGATIVES: &str = include_str!("../../../tests/appeals/negatives.txt");

/// A text of the collection: its language, its name and its paragraphs.
struct Sample {
    lang: &'static str,
    name: &'static str,
    paragraphs: Vec<&'static str>,
}

fn samples(text: &'static str) -> Vec<Sample> {
    let sample = |part: &'static str| {
        let (head, body) = part.split_once('\n').expect("a sample has a head line");
        let (lang, name) = head.trim().split_once(' ').unwrap_or((head.trim(), ""));
        Sample { lang, name, paragraphs: body.lines().filter(|line| !line.is_empty()).collect() }
    };
    text.split("=== ").filter(|part| !part.trim().is_empty()).map(sample).collect()
}

/// The article's paragraphs with the appeal after, before and inside them.
fn placements<'a>(article: &[&'a str], appeal: &[&'a str]) -> [(&'static str, Vec<&'a str>); 3] {
    let middle = article.len() / 2;
    [
        ("appended", [article, appeal].concat()),
        ("prepended", [appeal, article].concat()),
        ("inserted", [&article[..middle], appeal, &article[middle..]].concat()),
    ]
}

#[test]
fn nineteen_of_twenty_appeals_are_cut_whole() {
    let (articles, appeals) = (samples(ARTICLES), samples(APPEALS));
    assert!(appeals.len() >= 60, "{} appeals", appeals.len());
    let mut cleaner = Cleaner::new();
    let (mut n, mut missed) = (0, Vec::new());
    for appeal in &appeals {
        for article in articles.iter().filter(|article| article.lang == appeal.lang) {
            let whole = article.paragraphs.join("\n\n");
            for (place, paragraphs) in placements(&article.paragraphs, &appeal.paragraphs) {
                for separator in ["\n\n", "\n"] {
                    n += 1;
                    let cleaned = cleaner.clean(&paragraphs.join(separator));
                    if cleaned.text != whole {
                        missed.push(format!("{} {} {place} {separator:?}: {}", appeal.lang, appeal.name, cleaned.text));
                    }
                }
            }
        }
    }
    assert!(n >= 6 * appeals.len(), "each appeal has an article in its language");
    assert!(missed.len() * 20 <= n, "{} of {n} were not cut whole:\n{}", missed.len(), missed.join("\n---\n"));
}

#[test]
fn asks_go_from_articles_of_short_paragraphs() {
    let article = [
        "Мост через Вязовку закрыли до конца весны.",
        "Об этом сообщила администрация города Нижний Лог.",
        "Ремонт обойдётся бюджету в сорок миллионов рублей.",
        "Автобусы пойдут в объезд через улицу Мельничную.",
        "Пешеходов будет перевозить паром, сообщили в порту.",
        "Последний раз мост чинили в 1986 году.",
        "Жители просили начать работы ещё прошлым летом.",
    ];
    let asks = [
        "Этот текст оплатили наши читатели. Будьте среди них: двести рублей в месяц, и у редакции останется корреспондент.",
        "Мы существуем на пожертвования. Триста рублей от вас – это день работы нашего корреспондента.",
    ];
    for ask in asks {
        for (place, paragraphs) in placements(&article, &[ask]) {
            assert_eq!(Cleaner::new().clean(&paragraphs.join("\n\n")).text, article.join("\n\n"), "{place}");
        }
    }
}

#[test]
fn news_about_appeals_is_not_touched() {
    let negatives = samples(NEGATIVES);
    assert!(negatives.len() >= 60, "{} negatives", negatives.len());
    let only = ["glyphs".to_owned(), "lines".to_owned()];
    let mut repairer = Cleaner::with_rules(Rules::select(Some(&only), &[], &[]).unwrap(), Settings::default());
    let mut cleaner = Cleaner::new();
    let mut touched = Vec::new();
    for negative in &negatives {
        let text = negative.paragraphs.join("\n\n");
        if cleaner.clean(&text).text != repairer.clean(&text).text {
            touched.push(format!("{} {}: {}", negative.lang, negative.name, cleaner.clean(&text).text));
        }
    }
    assert!(touched.is_empty(), "{}", touched.join("\n---\n"));
}

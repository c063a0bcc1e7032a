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
fn asks_of_one_long_paragraph_go_though_they_tell_news_first() {
    let asks = [
        (
            "en",
            "When the valley road washed out on the second of March, the county said nobody had been warned. Our \
             reporter spent five weeks in the basement of the records office and came back with eleven letters, the oldest \
             from 2009, in which an engineer begs for a new culvert. The commissioners have since found four million in \
             a fund that did not exist in February, and two of them have found lawyers. It was slow work, dull work, and \
             it paid nothing: no advertiser wants to stand beside a story about drains, and the week we printed it a car \
             dealer pulled his pages. What keeps a reporter in that basement is some nine hundred neighbors who each put in \
             a few dollars a month. If you read to the bottom of this and thought it mattered, please be the next of them. \
             Six dollars a month is enough, you can stop whenever you like, and every cent goes to reporting here.",
        ),
        (
            "de",
            "Drei Jahre lang hieß es im Rathaus, die Turnhalle sei sicher. Dann las unser Kollege die Protokolle der \
             Prüfstelle, die niemand mehr lesen wollte, und fand auf Seite 41 den Satz, den ein Statiker mit Bleistift an den \
             Rand geschrieben hatte. Zwei Tage nach dem Bericht wurde die Halle gesperrt, im Herbst wird sie abgerissen, und \
             der Bürgermeister dankt inzwischen der aufmerksamen Presse. Bezahlt hat diese Recherche kein Anzeigenkunde und \
             kein Verlag im Hintergrund, denn beides haben wir nicht. Bezahlt haben sie die 1300 Leute, die uns jeden Monat \
             ein paar Euro überweisen, damit jemand Zeit hat für Seite 41. Wenn Sie finden, dass es so jemanden in dieser \
             Stadt geben soll, dann machen Sie mit: Fünf Euro im Monat helfen uns, und kündigen können Sie jederzeit.",
        ),
        (
            "ja",
            "川沿いの水門が二年前から動いていなかったことを、町は住民に知らせていませんでした。本紙の記者が点検記録を一枚ずつ\
             書き写し、閉まらない扉の写真を撮ったのは、台風が来るちょうど十日前のことです。記事が出た翌朝、県の職員が現地に入り、\
             応急の修理が始まりました。議会では今も責任をめぐる議論が続いています。こうした取材には時間がかかり、交通費もかかり、\
             広告の収入ではとてもまかなえません。それでも記者が川へ通えるのは、毎月支えてくださる八百人の読者がいるからです。\
             もしこの記事が役に立ったと思われたら、どうかご支援をお願いします。月五百円から、いつでもやめることができます。",
        ),
    ];
    let articles = samples(ARTICLES);
    for (lang, ask) in asks {
        let article = articles.iter().find(|article| article.lang == lang).expect("there is an article");
        for (place, paragraphs) in placements(&article.paragraphs, &[ask]) {
            assert_eq!(
                Cleaner::new().clean(&paragraphs.join("\n\n")).text,
                article.paragraphs.join("\n\n"),
                "{lang} {place}"
            );
        }
    }
}

#[test]
fn an_opinion_that_names_neither_reader_nor_press_stays() {
    let article = [
        "Der Landkreis will seine Schulen mit neuer Software ausstatten, und wieder streiten alle über den \
         Anbieter.",
        "Seit dem Frühjahr prüft die Behörde in Neuhausen die Verträge. Das Ergebnis liegt vor, doch es sagt \
         weder ja noch nein, sondern verlangt weitere Unterlagen.",
        "In Dänemark hat man den Streit vor zwei Jahren beigelegt. Dort verpflichtete sich der Hersteller, alle \
         Daten im Land zu lassen, und die Schulen durften weitermachen.",
        "Die Eltern erfuhren davon aus der Zeitung. Ihre Vertreterin Marlies Trautwein nannte das Vorgehen beim \
         letzten Treffen einen schlechten Scherz.",
        "Es muss mit dem Hersteller geredet werden. Es braucht Verträge, die auch in fünf Jahren noch gelten, und \
         Geld für die Leute, die sie prüfen. Ohne das wird es nicht gehen. Gespräche, wie sie der Landrat geführt \
         hat, können nur ein Anfang sein, denn ohne Hilfe des Ministeriums fehlt uns dafür schlicht das Personal. \
         Der Hersteller ist bereit, sich nach den Wünschen seiner Kunden zu richten, und er zeigt es.",
        "Am Ende wird alles gut. Es braucht nur Zeit und den Willen aller Beteiligten. Selbst der Streit um die \
         Server wird sich geben, sobald das Abkommen unterschrieben ist. Alles, was wir brauchen, sind Geduld, \
         etwas Geld und guter Wille, und wer uns dabei unterstützen kann, der sollte es jetzt tun.",
    ];
    let text = article.join("\n\n");
    assert_eq!(Cleaner::new().clean(&text).text, text);
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

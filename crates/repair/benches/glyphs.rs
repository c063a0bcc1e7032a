//! Speed of the glyph stage on one core, in CPU time, beside a loop that only validates and copies.
//!
//! `cargo bench -p cleancopy-repair --bench glyphs`. The four texts are made here: articles of about
//! 4 KiB, clean English, clean in ten languages, with one line in twenty broken, with every line broken.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and stops")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cleancopy_core::{Draft, Rule, Settings, Stage};
use cleancopy_repair::{OPTIONAL, RULES};

/// Bytes of one article.
const ARTICLE_BYTES: usize = 4096;

/// Articles of one text; together more than fits a first-level cache.
const N_ARTICLES: usize = 256;

/// Shortest round of measuring.
const ROUND: Duration = Duration::from_millis(150);

/// Rounds, of which the fastest counts.
const N_ROUNDS: usize = 5;

fn main() {
    let rules: Vec<&'static Rule> =
        RULES.iter().copied().filter(|rule| rule.stage == Stage::Glyphs && !OPTIONAL.contains(&rule.id)).collect();
    println!("{:<22}{:>12}{:>16}{:>10}{:>12}", "text", "glyphs MB/s", "copy+check MB/s", "ratio", "goal MB/s");
    let texts = [
        ("clean English", articles(&ENGLISH, 0), 1500),
        ("clean multilingual", articles(&LANGUAGES, 0), 350),
        ("5 % dirty lines", articles(&ENGLISH, 20), 100),
        ("all lines dirty", articles(&ENGLISH, 1), 40),
    ];
    for (name, articles, goal) in &texts {
        let glyphs = rate(articles, &rules);
        let copy = copy_rate(articles);
        println!("{name:<22}{glyphs:>12.0}{copy:>16.0}{:>10.2}{goal:>12}", glyphs / copy);
    }
    if std::env::args().any(|arg| arg == "--each") {
        each_rule(&rules, &texts);
    }
}

/// Nanoseconds a byte of each rule alone, scan included.
fn each_rule(rules: &[&'static Rule], texts: &[(&str, Vec<String>, i32)]) {
    for &rule in rules {
        print!("{:<28}", rule.id);
        for (_, articles, _) in texts {
            print!("{:>8.2}", 1000.0 / rate(articles, &[rule]));
        }
        println!();
    }
}

/// MB of CPU time a second that the rules take, with warm buffers.
fn rate(articles: &[String], rules: &[&'static Rule]) -> f64 {
    let mut draft = Draft::default();
    measure(articles, |article| {
        draft.load_text(article, Settings::default());
        for rule in rules {
            draft.pass(std::slice::from_ref(rule));
        }
        black_box(draft.text().len());
    })
}

/// MB a second of a loop that validates and copies.
fn copy_rate(articles: &[String]) -> f64 {
    let mut copy = Vec::new();
    measure(articles, |article| {
        assert!(std::str::from_utf8(black_box(article.as_bytes())).is_ok());
        copy.clear();
        copy.extend_from_slice(article.as_bytes());
        black_box(copy.len());
    })
}

/// Best of several rounds, so that a busy machine counts less. The system brings the CPU time up to date
/// some hundred times a second, so a round is long.
fn measure(articles: &[String], mut work: impl FnMut(&str)) -> f64 {
    let n_bytes: usize = articles.iter().map(String::len).sum();
    let mut round = |n: usize| {
        let start = cpu_seconds();
        (0..n).for_each(|_| articles.iter().for_each(|article| work(article)));
        cpu_seconds() - start
    };
    let mut n = 1;
    while round(n) < ROUND.as_secs_f64() {
        n *= 2;
    }
    let best = (0..N_ROUNDS).map(|_| round(n)).fold(f64::MAX, f64::min);
    (n * n_bytes) as f64 / best / 1e6
}

/// CPU time of this thread where the system tells, else the clock.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match stat.split(' ').next().and_then(|first| first.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => Instant::now().elapsed().as_secs_f64(),
    }
}

const ENGLISH: [&str; 8] = [
    "The council of Lower Wick voted on Tuesday to keep the ferry, after a debate of four hours in which nobody gave way.",
    "“We have no bridge, and we will have none before the year is out,” said Ada Fenn, who has run the landing for twenty years.",
    "Fares rise from 2.40 to 2.60 in March; children under six and dogs still travel free, as they have since 1931.",
    "The owner of the old mill, Tom Brandreth, told the Wick Courier that he would sell if the price was right - and it is not.",
    "Two of the seven members stayed away. It was not clear why, and the clerk would not say.",
    "A second vote is due on 14 September. Until then the boat leaves at the hour, every hour, as long as there is water.",
    "Nobody at the meeting could remember when the harbour wall was last painted — “before the war”, somebody offered.",
    "Rain is expected. The fair goes on regardless, with the brass band under the roof of the fish market.",
];

const LANGUAGES: [&str; 10] = [
    "Городской совет решил сохранить паром: мост не построят раньше весны, сказала заведующая пристанью.",
    "Le conseil a voté mardi le maintien du bac ; « nous n’avons pas de pont », a déclaré la responsable de l’embarcadère.",
    "Το δημοτικό συμβούλιο αποφάσισε να κρατήσει το πορθμείο, ύστερα από συζήτηση τεσσάρων ωρών.",
    "قرر مجلس البلدة الإبقاء على العبارة بعد نقاش دام أربع ساعات، ولم يتراجع أحد عن رأيه.",
    "नगर परिषद ने मंगलवार को नाव सेवा जारी रखने का निर्णय लिया, चार घंटे की बहस के बाद।",
    "町議会は火曜日、四時間の議論の末に渡し船を残すことを決めた。橋は年内には完成しない。",
    "镇议会星期二投票决定保留渡船，经过四个小时的辩论，没有人让步。",
    "Rada miejska zdecydowała we wtorek o utrzymaniu promu, choć most miał być gotowy już wiosną.",
    "Der Gemeinderat hat am Dienstag beschlossen, die Fähre zu behalten; „eine Brücke gibt es vorerst nicht“, hieß es.",
    "시의회는 화요일 네 시간의 토론 끝에 나룻배를 유지하기로 결정했다.",
];

/// What breaks lines: each is one kind of damage to a sentence.
const DAMAGE: [fn(&str) -> String; 6] = [
    |line| line.replace("the ", "the\u{AD} ").replace('e', "e\u{200B}"),
    |line| format!("{line} Itâ€™s a cafÃ© â€œnearâ€\u{9D} the pier."),
    |line| format!("{line} Smith &amp; Sons &#8211; &eacute;t&eacute;"),
    |line| format!("{line}\r"),
    |line| format!("\u{93}{line}\u{94} It\u{92}s over."),
    |line| line.replace("fi", "ﬁ").replace("fa", "\u{FEFF}fa") + " the oﬃce \u{200E}closed",
];

/// Articles of `sentences`, with one line in `every` broken; none if 0.
fn articles(sentences: &[&str], every: usize) -> Vec<String> {
    let mut lines = 0usize;
    let mut article = || {
        let mut text = String::new();
        while text.len() < ARTICLE_BYTES {
            // A step that is prime to both list lengths mixes the sentences.
            let sentence = |step: usize| sentences[(lines * 7 + step * 3) % sentences.len()];
            let line = format!("{} {} {}", sentence(0), sentence(1), sentence(2));
            let broken = every > 0 && lines.is_multiple_of(every);
            let line = if broken { DAMAGE[(lines / every) % DAMAGE.len()](&line) } else { line };
            write!(text, "{line}\n\n").unwrap();
            lines += 1;
        }
        text
    };
    (0..N_ARTICLES).map(|_| article()).collect()
}

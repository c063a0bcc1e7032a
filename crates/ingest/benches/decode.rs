//! Speed of decoding on one core, in CPU time, beside a loop that only validates and copies.
//!
//! `cargo bench -p cleancopy-ingest --bench decode`. The files are made here: articles of about 14 KiB in many
//! encodings, each by itself and all of them together.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and stops")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cleancopy_ingest::{Decoded, Hint, decode, encoding_for};

/// Bytes of one article, about what a legacy file of a mixed collection has.
const FILE_BYTES: usize = 14 << 10;

/// Shortest round of measuring.
const ROUND: Duration = Duration::from_millis(100);

/// Rounds, of which the fastest counts.
const N_ROUNDS: usize = 4;

/// Goal for legacy files, MB/s.
const GOAL: f64 = 35.0;

/// Invented news, and the encodings it is written in.
static NEWS: [(&str, &str); 12] = [
    (
        "Le maire de Valbrune a inauguré hier la passerelle rénovée, après dix-huit mois de travaux.",
        "windows-1252 macintosh IBM850",
    ),
    ("Die Fähre fährt künftig häufiger: Über Ostern müssen Gäste nur fünf Minuten warten.", "windows-1252 IBM437"),
    ("Burmistrz zapowiedział, że nowy most będzie gotowy jeszcze przed świętami.", "windows-1250 ISO-8859-2 IBM852"),
    (
        "Мэр города сообщил, что новый мост через реку откроют для движения уже в сентябре.",
        "windows-1251 KOI8-R IBM866 x-mac-cyrillic IBM855",
    ),
    ("Ο δήμαρχος ανακοίνωσε ότι το νέο λιμάνι θα ανοίξει πριν από το καλοκαίρι.", "windows-1253"),
    ("Belediye başkanı yeni köprünün açılışının gelecek hafta yapılacağını söyledi.", "windows-1254"),
    ("ראש העיר הודיע כי הגשר החדש ייפתח לתנועה בשבוע הבא.", "windows-1255"),
    ("أعلن رئيس البلدية أن الجسر الجديد سيفتح أمام حركة المرور الأسبوع المقبل.", "windows-1256"),
    ("市長は来週、新しい橋が開通すると発表しました。記念の式典も行われます。", "Shift_JIS EUC-JP ISO-2022-JP UTF-16LE"),
    ("시장은 다음 주에 새 다리가 열린다고 발표했습니다. 기념 행사도 있습니다.", "EUC-KR"),
    ("市长宣布，新的大桥将于下周开放，届时还将举行庆祝活动。", "gb18030 UTF-16BE"),
    ("市長宣布，新的大橋將於下週開放，屆時還會舉行慶祝活動。", "Big5"),
];

fn main() {
    println!("{:<16}{:>14}{:>16}{:>10}{:>12}", "file", "decode MB/s", "copy+check MB/s", "ratio", "goal MB/s");
    let mut legacy = Vec::new();
    let mut rows = Vec::new();
    for (text, names) in NEWS {
        for name in names.split(' ') {
            let file = file(text, name);
            rows.push((name, vec![file.clone()]));
            legacy.push(file);
        }
    }
    print_row("legacy, all", &legacy, Some(GOAL));
    print_row("UTF-8", &NEWS.map(|(text, _)| file(text, "UTF-8")), None);
    for (name, files) in rows {
        print_row(name, &files, None);
    }
}

fn print_row(name: &str, files: &[Vec<u8>], goal: Option<f64>) {
    let decoding = measure(files, |bytes| {
        black_box(decode(bytes.to_vec(), &Hint::default()).text.len());
    });
    let mut copy = Vec::new();
    let copying = measure(files, |bytes| {
        black_box(std::str::from_utf8(black_box(bytes)).is_ok());
        copy.clear();
        copy.extend_from_slice(bytes);
        black_box(copy.len());
    });
    let goal = goal.map_or(String::new(), |goal| format!("{goal:.0}"));
    println!("{name:<16}{decoding:>14.0}{copying:>16.0}{:>10.3}{goal:>12}", decoding / copying);
}

/// An article in an encoding: the sentence in lines of a paragraph each, numbered so that no two are alike.
fn file(text: &str, name: &str) -> Vec<u8> {
    let mut article = String::with_capacity(FILE_BYTES + 512);
    for n in 0.. {
        if article.len() >= FILE_BYTES {
            break;
        }
        write!(article, "{n}. {text} {text}\n\n").unwrap();
    }
    let shape = Decoded { text: article, encoding: name.to_owned(), ..decode(Vec::new(), &Hint::default()) };
    assert!(encoding_for(name).is_some());
    shape.to_bytes().unwrap()
}

/// MB of CPU time a second: best of several rounds, so that a busy machine counts less.
fn measure(files: &[Vec<u8>], mut work: impl FnMut(&[u8])) -> f64 {
    let n_bytes: usize = files.iter().map(Vec::len).sum();
    let mut round = |n: usize| {
        let start = cpu_seconds();
        (0..n).for_each(|_| files.iter().for_each(|file| work(file)));
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

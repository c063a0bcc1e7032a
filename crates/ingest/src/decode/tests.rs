//! Texts of our own, written in many encodings.

use super::*;
use proptest::prelude::*;

const PLAIN: Hint<'_> = Hint { declared: None, forced: None, markup: false };

/// Invented news, each with the encodings it must be known in.
static NEWS: [(&str, &str); 21] = [
    (
        "Le maire de Valbrune a inauguré hier la passerelle rénovée, après dix-huit mois de travaux très attendus.",
        "windows-1252 macintosh IBM850 IBM437",
    ),
    (
        "Die Fähre fährt künftig häufiger: Über Ostern müssen Gäste nur noch fünf Minuten auf das nächste Schiff warten.",
        "windows-1252 macintosh IBM850 IBM037 IBM500",
    ),
    ("Älven svämmade över och bönderna räknar nu på vad det kommer att kosta för hela socknen.", "windows-1252 IBM850"),
    ("Burmistrz zapowiedział, że nowy most będzie gotowy jeszcze przed świętami.", "windows-1250 ISO-8859-2 IBM852"),
    ("Starosta řekl, že příští týden začnou dělníci opravovat střechu staré školy.", "windows-1250 ISO-8859-2 IBM852"),
    ("A polgármester szerint az új könyvtár megnyitása után több rendezvényt tartanak.", "windows-1250 IBM852"),
    (
        "Мэр города сообщил, что новый мост через реку откроют для движения уже в сентябре.",
        "windows-1251 KOI8-R ISO-8859-5 IBM866 x-mac-cyrillic IBM855",
    ),
    ("Міський голова повідомив, що нову бібліотеку відкриють наступного тижня.", "windows-1251 KOI8-U"),
    ("Ο δήμαρχος ανακοίνωσε ότι το νέο λιμάνι θα ανοίξει πριν από το καλοκαίρι.", "windows-1253 cp737 IBM869"),
    ("Belediye başkanı yeni köprünün açılışının gelecek hafta yapılacağını söyledi.", "windows-1254 IBM857"),
    ("ראש העיר הודיע כי הגשר החדש ייפתח לתנועה בשבוע הבא.", "windows-1255 IBM862"),
    ("أعلن رئيس البلدية أن الجسر الجديد سيفتح أمام حركة المرور الأسبوع المقبل.", "windows-1256 ISO-8859-6"),
    (
        "Meras pranešė, kad naujasis tiltas bus atidarytas kitą savaitę, o šventė įvyks šeštadienį.",
        "windows-1257 IBM775",
    ),
    ("La urbestro anoncis, ke la nova ponto malfermiĝos ĵaŭde kaj ĉiuj estas bonvenaj ĉe la festo.", "ISO-8859-3"),
    ("นายกเทศมนตรีประกาศว่าสะพานใหม่จะเปิดให้ใช้ในสัปดาห์หน้า", "windows-874"),
    (
        "市長は来週、新しい橋が開通すると発表しました。記念の式典も行われます。",
        "Shift_JIS EUC-JP ISO-2022-JP UTF-16LE UTF-16BE",
    ),
    ("시장은 다음 주에 새 다리가 열린다고 발표했습니다. 기념 행사도 있습니다.", "EUC-KR Johab UTF-16LE"),
    ("市长宣布，新的大桥将于下周开放，届时还将举行庆祝活动。", "gb18030 UTF-16LE UTF-16BE UTF-32LE"),
    ("市長宣布，新的大橋將於下週開放，屆時還會舉行慶祝活動。", "Big5 UTF-16BE"),
    ("ახალი ხიდი მომავალ კვირას გაიხსნება", "UTF-16LE UTF-16BE UTF-32BE"),
    ("“We’re not leaving,” said the ferryman — and he didn’t.", "windows-1252 macintosh UTF-16LE"),
];

#[test]
fn news_is_known_in_the_encodings_it_was_written_in() {
    for (text, names) in NEWS {
        for name in names.split(' ') {
            let encoding = encoding_for(name).unwrap();
            let bytes = encoding.encode(text).unwrap_or_else(|| panic!("{name} holds {text}"));
            let decoded = decode(bytes.clone(), &PLAIN);
            assert_eq!(decoded.text, text, "{name} was taken for {}", decoded.encoding);
            assert_eq!(decoded.replaced, 0);
            assert!(round_trips(&bytes, &decoded), "{name}");
        }
    }
}

#[test]
fn news_stays_known_behind_a_long_ascii_head() {
    let head = "Filed by the harbour desk. Contact the editor for the full list of stops.\n".repeat(400);
    for (text, names) in &NEWS[..14] {
        for name in names.split(' ').filter(|name| !matches!(*name, "IBM037" | "IBM500")) {
            let bytes = encoding_for(name).unwrap().encode(&format!("{head}{text}\n{text}\n")).unwrap();
            assert!(decode(bytes, &PLAIN).text.ends_with(&format!("{text}\n")), "{name}");
        }
    }
}

#[test]
fn a_rare_sign_late_in_a_long_file_is_seen() {
    let text = format!("{}La place coûte désormais 12 € par jour.\n", format!("{}\n", NEWS[0].0).repeat(300));
    let decoded = decode(encoding_for("ISO-8859-15").unwrap().encode(&text).unwrap(), &PLAIN);
    assert_eq!((decoded.text == text, decoded.encoding.as_str()), (true, "ISO-8859-15"));
}

#[test]
fn valid_utf8_keeps_its_buffer() {
    let bytes = "The Harbour Ledger \u{2014} „Zürich“ Ζάκυνθος".as_bytes().to_vec();
    let at = bytes.as_ptr();
    let decoded = decode(bytes, &PLAIN);
    assert_eq!(decoded.text.as_ptr(), at);
    assert_eq!((decoded.found, decoded.bom, decoded.replaced), (Found::Valid, false, 0));
}

#[test]
fn a_byte_order_mark_decides_and_is_put_back() {
    let text = "Mayor opens ferry — “at last”";
    for name in ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"] {
        let encoding = encoding_for(name).unwrap();
        let bytes = [encoding.mark(), &encoding.encode(text).unwrap()].concat();
        let decoded = decode(bytes.clone(), &PLAIN);
        assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, name));
        assert_eq!((decoded.found, decoded.bom), (Found::Bom, true));
        assert!(round_trips(&bytes, &decoded), "{name}");
    }
}

#[test]
fn a_mark_before_what_is_not_utf8_does_not_spoil_the_text() {
    let decoded = decode(b"\xEF\xBB\xBFcaf\xE9 \x96 d\xE9j\xE0 vu".to_vec(), &PLAIN);
    assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), ("café – déjà vu", "windows-1252"));
    assert!(decoded.bom);
    assert!(!round_trips(b"\xEF\xBB\xBFcaf\xE9 \x96 d\xE9j\xE0 vu", &decoded));
}

#[test]
fn a_declaration_decides_where_the_bytes_say_little() {
    let hint = Hint { markup: true, ..PLAIN };
    let cyrillic = b"<meta charset=\"windows-1251\"><p>\xC4\xE0.</p>".to_vec();
    let decoded = decode(cyrillic, &hint);
    assert!(decoded.text.contains("Да."));
    assert_eq!((decoded.encoding.as_str(), decoded.found), ("windows-1251", Found::Declared));
    let header = Hint { declared: Some("iso-8859-2"), ..PLAIN };
    assert_eq!(decode(b"G\xF3rski \xB6lad".to_vec(), &header).text, "Górski ślad");
}

#[test]
fn a_text_that_opens_as_markup_or_has_an_editors_comment_is_believed() {
    let tokyo = b"\x93\x8C\x8B\x9E";
    for (front, name) in
        [("<?xml version='1.0' encoding='Shift_JIS'?><a>", "Shift_JIS"), ("# -*- coding: sjis -*-\n", "Shift_JIS")]
    {
        let decoded = decode([front.as_bytes(), tokyo].concat(), &PLAIN);
        assert_eq!((decoded.text.strip_prefix(front), decoded.encoding.as_str()), (Some("東京"), name));
        assert_eq!(decoded.found, Found::Declared);
    }
    let about = [b"Write charset=Shift_JIS in the page. ".as_slice(), b"Caf\xE9 d\xE9j\xE0 vu."].concat();
    assert_eq!(decode(about, &PLAIN).text, "Write charset=Shift_JIS in the page. Café déjà vu.");
}

#[test]
fn ebcdic_may_have_kept_its_ascii_line_feeds() {
    let line = "Der Rat beschloss am Dienstag, die Fähre zu behalten und die Brücke später zu bauen.";
    let line = encoding_for("IBM037").unwrap().encode(line).unwrap();
    let decoded = decode([line.as_slice(), b"\n", &line, b"\n"].concat(), &PLAIN);
    assert_eq!((decoded.text.lines().count(), decoded.encoding.as_str()), (2, "IBM037"));
    assert!(decoded.text.ends_with("bauen.\n"));
}

#[test]
fn a_declaration_does_not_win_against_the_bytes() {
    let hint = Hint { markup: true, ..PLAIN };
    let lie = "<meta charset='iso-8859-1'><p>naïve</p>".as_bytes().to_vec();
    assert_eq!(decode(lie, &hint).encoding, "UTF-8");
    let russian = encoding_for("KOI8-R").unwrap().encode(NEWS[6].0).unwrap();
    let lie = [b"<meta charset='iso-8859-1'><p>".as_slice(), &russian].concat();
    assert_eq!(decode(lie, &hint).encoding, "KOI8-R");
}

#[test]
fn lines_of_another_encoding_are_guessed_alone() {
    let mut bytes = "Le café «\u{A0}Été\u{A0}» rouvre — enfin.\n".as_bytes().to_vec();
    bytes.extend(b"\x93The caf\xE9 is back,\x94 said the owner\x92s son.\n");
    bytes.extend("Rendez-vous à l’école.\n".as_bytes());
    let decoded = decode(bytes, &PLAIN);
    let text = "Le café «\u{A0}Été\u{A0}» rouvre — enfin.\n“The café is back,” said the owner’s son.\nRendez-vous à l’école.\n";
    assert_eq!((decoded.text.as_str(), decoded.found), (text, Found::Mixed));
    assert_eq!((decoded.encoding.as_str(), decoded.replaced), ("windows-1252", 0));
    assert_eq!(decoded.to_bytes(), None);
}

#[test]
fn a_stray_byte_in_utf8_is_read_where_it_is_plain_and_else_counted() {
    let decoded = decode(b"L\x92\xC3\xA9t\xC3\xA9 \xE2\x80\x94 d\xC3\xA9j\xC3\xA0 \xE2\x80 fini".to_vec(), &PLAIN);
    assert_eq!(decoded.text, "L’été — déjà \u{FFFD} fini");
    assert_eq!((decoded.found, decoded.replaced), (Found::Mixed, 1));
}

#[test]
fn variants_of_utf8_are_mended() {
    let decoded = decode(b"smile \xED\xA0\xBD\xED\xB8\x80, nul \xC0\x80, caf\xC3\xA9".to_vec(), &PLAIN);
    assert_eq!(decoded.text, "smile 😀, nul \0, café");
    assert_eq!((decoded.encoding.as_str(), decoded.replaced), ("CESU-8", 0));
    assert!(round_trips(b"smile \xED\xA0\xBD\xED\xB8\x80, nul \xC0\x80, caf\xC3\xA9", &decoded));
}

#[test]
fn text_hidden_in_ascii_is_found() {
    let cases: [(&[u8], &str, &str); 5] = [
        (b"\x1B$B;TD9\x1B(B no", "市長 no", "ISO-2022-JP"),
        (b"\x1B$)C\x0E=C@e\x0F ok", "시장 ok", "ISO-2022-KR"),
        (b"\x1B$)A\x0EVPND\x0F ok", "中文 ok", "ISO-2022-CN"),
        (b"~{VPND5DNDUB~} ~~ plain", "中文的文章 ~ plain", "HZ-GB-2312"),
        (b"+IBw-Caf+AOk- d+AOk-j+AOA-,+IB0 1 +- 1 +IBM 2", "“Café déjà,” 1 + 1 – 2", "UTF-7"),
    ];
    for (bytes, text, name) in cases {
        let decoded = decode(bytes.to_vec(), &PLAIN);
        assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, name));
        assert_eq!(decoded.found, Found::Pattern);
    }
}

#[test]
fn ascii_that_only_looks_like_an_escape_stays() {
    let texts = [
        "REST+API-first, Python+API-first: a C++ API for 1+1",
        "Lotus+IBM-led, Red Hat+IBM, names+IDs, and Lotus+IBM again",
        "\\cite~{a}~{b} and ~{ text ~}, ~user/{x}",
        "\u{1B}[1mBold\u{1B}[0m costs $Beans and (B",
        "search?q=how+how+you-all&x=a+b",
        "~{}~{}~}",
    ];
    for text in texts {
        let decoded = decode(text.as_bytes().to_vec(), &PLAIN);
        assert_eq!((decoded.text.as_str(), decoded.found), (text, Found::Valid));
    }
}

#[test]
fn nul_bytes_in_utf8_do_not_make_it_utf16() {
    for text in ["Ferry\0 late", "déjà vu\0\0\0\0\0\0\0\0", "a\0\0b", "\0\0\0\0"] {
        assert_eq!(decode(text.as_bytes().to_vec(), &PLAIN).text, text);
    }
}

#[test]
fn a_forced_encoding_wins() {
    let hint = Hint { forced: encoding_for("latin1"), ..PLAIN };
    let decoded = decode("é".as_bytes().to_vec(), &hint);
    assert_eq!((decoded.text.as_str(), decoded.found), ("Ã©", Found::Forced));
}

#[test]
fn every_name_that_is_offered_is_known() {
    for name in encoding_names() {
        assert_eq!(encoding_for(name).map(Encoding::name), Some(name));
    }
    for alias in ["UTF8", "cp855", "mac-roman", "Mac_Cyrillic", "sjis", "cp1252", "koi8r", "latin1", "hz"] {
        assert!(encoding_for(alias).is_some(), "{alias}");
    }
    assert_eq!(encoding_for("no such"), None);
}

#[test]
fn every_code_page_gives_back_its_bytes() {
    for page in pages::PAGES.iter() {
        let bytes: Vec<u8> = (0..=255).filter(|&byte| page.chars[usize::from(byte)] != '\u{FFFD}').collect();
        let lossy = page.decode(&bytes);
        assert_eq!((page.encode(&lossy.text), lossy.replaced), (Some(bytes), 0), "{}", page.names[0]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        let hint = Hint { markup: true, ..PLAIN };
        prop_assert_eq!(decode(bytes.clone(), &hint), decode(bytes, &hint));
    }

    #[test]
    fn bytes_near_utf8_decode(parts in prop::collection::vec((".{0,9}", any::<u8>()), 0..30)) {
        let bytes = parts.iter().flat_map(|(text, byte)| text.bytes().chain([*byte])).collect();
        decode(bytes, &PLAIN);
    }

    #[test]
    fn any_bytes_decode_in_any_encoding(bytes in prop::collection::vec(any::<u8>(), 0..200), n in any::<prop::sample::Index>()) {
        let names = encoding_names();
        let forced = encoding_for(names[n.index(names.len())]);
        decode(bytes, &Hint { forced, ..PLAIN });
    }

    #[test]
    fn escapes_decode(parts in prop::collection::vec(prop::sample::select(vec!["\x1B$B", "\x1B$)C", "\x1BN", "\x0E", "~{", "~}", "+", "-", "ab", "0x", "\n"]), 0..20)) {
        decode(parts.concat().into_bytes(), &PLAIN);
    }

    #[test]
    fn any_text_in_utf8_is_left_alone(text in "[^\0+~\x1B\u{FEFF}]{0,200}") {
        let decoded = decode(text.clone().into_bytes(), &PLAIN);
        prop_assert_eq!(decoded.text, text);
    }
}

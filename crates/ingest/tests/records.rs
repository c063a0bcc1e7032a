//! Files of records: JSONL and CSV, whole and broken.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use cleancopy_ingest::{Cause, Failure, Format, Loaded, Options, OwnRow, load, read_from};
use std::io::{Cursor, Write};

type Result = std::result::Result<Loaded, Failure>;

fn records_with(bytes: impl Into<Vec<u8>>, format: Format, options: &Options) -> Vec<Result> {
    let reader = read_from("in", Cursor::new(bytes.into()), Some(format), options);
    reader.map(|raw| raw.and_then(|raw| load(raw, options))).collect()
}

fn jsonl(bytes: impl Into<Vec<u8>>) -> Vec<Result> {
    records_with(bytes, Format::Jsonl, &Options::default())
}

fn csv(bytes: impl Into<Vec<u8>>) -> Vec<Result> {
    records_with(bytes, Format::Csv, &Options::default())
}

fn texts(records: &[Result]) -> Vec<&str> {
    records.iter().map(|record| record.as_ref().map_or("(failed)", |loaded| loaded.document.text.as_str())).collect()
}

fn cause(record: &Result) -> &Cause {
    &record.as_ref().expect_err("a failure").cause
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_other_fields_of_a_line_travel_byte_for_byte() {
    let records = jsonl(r#"{"n" : 1.50, "text":"It rained.\n", "id":"a1", "t\u0061g": ["x",  "y"], "e":null}"#);
    let loaded = records[0].as_ref().unwrap();
    assert_eq!(loaded.document.text, "It rained.\n");
    assert_eq!(loaded.id.as_deref(), Some("a1"));
    assert_eq!(loaded.fields.as_deref(), Some(r#"{"n" : 1.50,"t\u0061g": ["x",  "y"],"e":null}"#));
    assert_eq!(loaded.bytes_in, 11);
    assert_eq!(loaded.source.to_string(), "in#1");
}

#[test]
fn a_record_is_numbered_by_its_line_and_blank_lines_are_none() {
    let records = jsonl("{\"text\":\"a\"}\r\n\n  \n{\"text\":\"b\"}");
    assert_eq!(texts(&records), ["a", "b"]);
    assert_eq!(records[1].as_ref().unwrap().source.record, Some(4));
}

#[test]
fn a_number_is_an_id_as_it_is_written() {
    let records = jsonl("{\"text\":\"a\",\"id\":0070}\n{\"text\":\"a\",\"id\":7e2}\n{\"text\":\"a\",\"id\":[7]}");
    assert!(matches!(cause(&records[0]), Cause::NotJson(_)));
    assert_eq!(records[1].as_ref().unwrap().id.as_deref(), Some("7e2"));
    assert_eq!(records[2].as_ref().unwrap().id, None);
    assert_eq!(records[2].as_ref().unwrap().fields.as_deref(), Some(r#"{"id":[7]}"#));
}

#[test]
fn of_two_text_fields_the_last_counts_and_the_first_is_kept() {
    let records = jsonl(r#"{"text":"first","a":1,"text":"second"}"#);
    assert_eq!(texts(&records), ["second"]);
    assert_eq!(records[0].as_ref().unwrap().fields.as_deref(), Some(r#"{"text":"first","a":1}"#));
}

#[test]
fn a_lone_surrogate_becomes_a_replacement_and_is_counted() {
    let records = jsonl(r#"{"text":"a \ud83d b \ud83d\ude00 \\ud800 \udc00","x":"\uD800"}"#);
    let loaded = records[0].as_ref().unwrap();
    assert_eq!(loaded.document.text, "a \u{FFFD} b \u{1F600} \\ud800 \u{FFFD}");
    assert_eq!(loaded.replaced, 3);
    assert_eq!(loaded.fields.as_deref(), Some(r#"{"x":"\ufffd"}"#));
}

#[test]
fn what_is_almost_json_is_read() {
    let records = jsonl("{\"text\":\"one\ttwo\",\"score\":NaN}\n\u{FEFF}{\"text\":\"three\"}\n");
    assert_eq!(texts(&records), ["one\ttwo", "three"]);
    assert_eq!(records[0].as_ref().unwrap().fields.as_deref(), Some(r#"{"score":null}"#));
    assert_eq!(records[0].as_ref().unwrap().replaced, 0);
}

#[test]
fn a_bad_byte_does_not_lose_the_line() {
    let records = jsonl(b"{\"text\":\"caf\xE9 ouvert\"}\n{\"text\":\"b\"}".to_vec());
    assert_eq!(records.len(), 2);
    let loaded = records[0].as_ref().unwrap();
    assert!(loaded.document.text.starts_with("caf"));
    assert!(loaded.replaced > 0 || loaded.encoding != "UTF-8");
}

#[test]
fn lines_that_are_no_records_fail_with_their_bytes() {
    let records = jsonl("not json\n[1]\n{\"body\":\"x\"}\n{\"text\":7}\n{\"text\":\"ok\"} x\n{\"text\":\"ok\"}");
    assert_eq!(texts(&records), ["(failed)", "(failed)", "(failed)", "(failed)", "(failed)", "ok"]);
    assert!(matches!(cause(&records[0]), Cause::NotJson(_)));
    assert_eq!(cause(&records[1]), &Cause::NotAnObject);
    assert_eq!(cause(&records[2]), &Cause::NoText { field: "text".into(), has: vec!["body".into()] });
    assert_eq!(cause(&records[3]), &Cause::NotText { field: "text".into(), holds: "a number" });
    assert_eq!(records[2].as_ref().unwrap_err().bytes.as_deref(), Some(br#"{"body":"x"}"#.as_slice()));
}

#[test]
fn a_line_over_the_limit_is_passed_over() {
    let options = Options { max_doc_bytes: 40, ..Options::default() };
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "x".repeat(1 << 20));
    let records = records_with(long, Format::Jsonl, &options);
    assert_eq!(texts(&records), ["(failed)", "b"]);
    let head = format!("{{\"text\":\"{}", "x".repeat(1015)).into_bytes();
    assert_eq!(cause(&records[0]), &Cause::TooLarge { limit: 40, head });
}

#[test]
fn own_rows_are_known_and_their_metadata_is_read() {
    let row = concat!(
        r#"{"id":"cc-1","source":"a.txt","text":"It rained.","title":"Rain","subtitle":null,"date":"2024-05-01","modified":null,"#,
        r#""authors":["Ada Quill"],"url":null,"site":null,"language":null,"section":"Weather","tags":["rain","hail"],"captions":[],"image_alts":[],"encoding":"UTF-8","#,
        r#""encoding_found":"valid","replaced":0,"bytes_in":20,"bytes_out":10,"flags":[],"fields":{"a":1}}"#
    );
    let records = jsonl(row);
    let loaded = records[0].as_ref().unwrap();
    assert_eq!(loaded.own, Some(OwnRow::Json(row.to_owned())));
    assert_eq!(loaded.fields.as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(loaded.document.meta.len(), 6);
}

#[test]
fn utf16_records_are_read_with_and_without_a_mark() {
    for mark in ["\u{FEFF}", ""] {
        let text = format!("{mark}{{\"text\":\"caf\u{E9} \u{1F600}\"}}\n{{\"text\":\"b\"}}\n");
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let records = jsonl(bytes);
        assert_eq!(texts(&records), ["caf\u{E9} \u{1F600}", "b"]);
        assert_eq!(records[0].as_ref().unwrap().encoding, "UTF-16LE");
    }
    let bytes: Vec<u8> = "\u{FEFF}text\nb\u{E9}".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    assert_eq!(texts(&csv(bytes)), ["b\u{E9}"]);
}

#[test]
fn members_of_a_compressed_file_are_read_through_and_damage_is_told() {
    let mut bytes = gzip(b"{\"text\":\"a\"}\n");
    bytes.extend(gzip(b"{\"text\":\"b\"}\n"));
    assert_eq!(texts(&jsonl(bytes.clone())), ["a", "b"]);
    let lines: Vec<String> = (0..5000).map(|n| format!("{{\"text\":\"{}\"}}\n", n * 7919 % 4001)).collect();
    let lines = lines.concat();
    for whole in [gzip(lines.as_bytes()), zstd::encode_all(lines.as_bytes(), 3).unwrap()] {
        assert_eq!(jsonl(whole.clone()).len(), 5000);
        let records = jsonl(whole[..whole.len() - 9].to_vec());
        assert!(matches!(cause(records.last().unwrap()), Cause::Damaged(_)));
        assert!(records[..records.len() - 1].iter().all(Result::is_ok));
    }
    let mut frames = zstd::encode_all(&b"{\"text\":\"a\"}\n"[..], 3).unwrap();
    frames.extend(zstd::encode_all(&b"{\"text\":\"b\"}\n"[..], 3).unwrap());
    assert_eq!(texts(&jsonl(frames)), ["a", "b"]);
}

#[test]
fn the_columns_of_a_row_travel_as_strings() {
    let records = csv("id,text,n,tag,tag\r\n7,\"a \"\"b\"\",\r\nc\",1,x,\r\n\r\n8,d,\"2\",,\r\n");
    assert_eq!(texts(&records), ["a \"b\",\r\nc", "d"]);
    let loaded = records[0].as_ref().unwrap();
    assert_eq!(loaded.id.as_deref(), Some("7"));
    assert_eq!(loaded.fields.as_deref(), Some(r#"{"n":"1","tag":"x","tag_2":""}"#));
    assert_eq!(records[1].as_ref().unwrap().source.record, Some(2));
}

#[test]
fn what_separates_cells_is_found_out() {
    assert_eq!(texts(&csv("id;text;a,b\n1;x, y;2\n")), ["x, y"]);
    assert_eq!(texts(&csv("id\ttext\n1\tx, y\n")), ["x, y"]);
    assert_eq!(texts(&csv("\u{FEFF}sep=;\r\nid;text\r\n1;x\r\n")), ["x"]);
    assert_eq!(texts(&csv("text\nx, y\n")), ["x, y"]);
}

#[test]
fn a_carriage_return_inside_a_cell_is_no_row_end() {
    assert_eq!(texts(&csv("id,text\n1,one\rtwo\n2,three\n")), ["one\rtwo", "three"]);
    assert_eq!(texts(&csv("id,text\r1,one\r2,\"three\r\"\r")), ["one", "three\r"]);
}

#[test]
fn ragged_rows_and_open_quotation_marks_fail_alone() {
    let records = csv("id,text\n1\n2,b,c\n3,\"open\n4,d\n5,e\n");
    assert_eq!(texts(&records), ["(failed)", "(failed)", "(failed)", "d", "e"]);
    assert_eq!(cause(&records[0]), &Cause::Ragged { columns: 2, cells: 1 });
    assert_eq!(cause(&records[2]), &Cause::UnclosedQuote);
    assert_eq!(records[2].as_ref().unwrap_err().bytes.as_deref(), Some(b"3,\"open".as_slice()));
}

#[test]
fn a_file_without_the_column_is_one_failure() {
    let records = csv("id,body\n1,a\n2,b\n");
    assert_eq!(records.len(), 1);
    assert_eq!(cause(&records[0]), &Cause::NoText { field: "text".into(), has: vec!["id".into(), "body".into()] });
    assert!(csv("").is_empty());
    assert!(csv("id,text\n").is_empty());
}

#[test]
fn a_legacy_file_is_guessed_as_a_whole() {
    let header = b"id,text\n".to_vec();
    let rows: Vec<u8> = (0..40)
        .flat_map(|n| [format!("{n},").as_bytes(), b"\xCF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0\n"].concat())
        .collect();
    let records = csv([header, rows].concat());
    assert_eq!(texts(&records)[7], "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442} \u{43C}\u{438}\u{440}");
    assert_eq!(records[7].as_ref().unwrap().encoding, "windows-1251");
}

#[test]
fn an_own_row_for_excel_is_disarmed() {
    let header = cleancopy_core::COLUMNS.map(|name| format!("\"{name}\"")).join(",");
    let row = r#""cc-1","a.txt","'=1+1","T","","","","Ada Quill; Marsh\; Sons","","","","","","","","UTF-8","valid","0","5","4","","""#;
    let records = csv(format!("\u{FEFF}{header}\r\n{row}\r\n"));
    let loaded = records[0].as_ref().unwrap();
    assert_eq!(loaded.document.text, "=1+1");
    assert!(matches!(&loaded.own, Some(OwnRow::Cells { excel: true, cells }) if cells[2] == "'=1+1"));
    let authors: Vec<_> = loaded.document.meta.all(cleancopy_core::Field::Author).collect();
    assert_eq!(authors, ["Ada Quill", "Marsh; Sons"]);
}

#[test]
fn csv_is_read_as_the_csv_crate_reads_it() {
    use proptest::prelude::*;
    let cell = "[a,\"\n ]{0,6}";
    proptest!(|(rows in prop::collection::vec(prop::collection::vec(cell, 2), 1..8))| {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(["text", "b"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let records = csv(bytes);
        let texts: Vec<&str> = texts(&records);
        let expected: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        prop_assert_eq!(texts, expected);
    });
}

#[test]
fn no_bytes_make_reading_panic() {
    use proptest::prelude::*;
    let json = "[\\{\\}\\[\\]\":,\\\\ud8e0x\n ntex\\PC]{0,60}";
    proptest!(|(bytes in prop::collection::vec(any::<u8>(), 0..300), text in json)| {
        for bytes in [bytes, text.into_bytes()] {
            for format in [Format::Text, Format::Markdown, Format::Html, Format::Jsonl, Format::Csv] {
                records_with(bytes.clone(), format, &Options::default());
            }
            for start in [&b"text\n"[..], b"{\"text\":\"", b"\xFF\xFE", b"\0\0\xFE\xFF", b"\x1F\x8B\x08", b"\x28\xB5\x2F\xFD"] {
                let bytes = [start, &bytes].concat();
                records_with(bytes.clone(), Format::Csv, &Options::default());
                records_with(bytes, Format::Jsonl, &Options::default());
            }
        }
    });
}

//! Rows can be read by other people's readers, and lose nothing.

#![allow(clippy::unwrap_used, reason = "the helpers are part of the tests")]

use std::io::Read;

use cleancopy_output::{
    COLUMNS, Compression, Format, Record, Separator, StoredRecord, compress_frame, for_path, is_own, safe_id,
    split_list, write_header, write_row,
};
use proptest::prelude::*;

const NASTY: &str =
    "=1+1 \"quoted\", \\back\\ \r\n\ttab\u{0}\u{1b}\u{7f}\u{85}\u{2028}\u{2029}\u{feff}\u{1F4F0} ‘é’; \u{10ffff}";

fn nasty_record() -> Record<'static> {
    Record {
        id: "cc-7",
        source: "in/a \"b\".jsonl#7",
        text: NASTY,
        title: Some("=HYPERLINK(\"x\")"),
        subtitle: Some(NASTY),
        date: Some("2031-02-03"),
        modified: Some("2031-02-04T10:00:00Z"),
        authors: &["Ada; Quill", "Ben\\Marsh", "; ", "\\;", "\n", " Lee "],
        url: None,
        site: Some("'@harbour"),
        language: Some("en"),
        section: Some("-1; a"),
        tags: &["sea; land", "@b", "c\\"],
        captions: &["one\ntwo", "three\\nfour", "=five\r"],
        image_alts: &["a\nb", "+c"],
        encoding: "windows-1252",
        encoding_found: "guessed",
        replaced: 2,
        bytes_in: u64::MAX,
        bytes_out: 0,
        flags: &["unsettled", "a; b"],
        fields: Some("{\"a\": [1, 2.50, null], \"b\":\"\\ud83d\\ude00 \\\"\"}"),
    }
}

fn row(format: Format, record: &Record<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write_row(format, record, &mut out);
    out
}

fn file(format: Format, records: &[Record<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    write_header(format, &mut out);
    for record in records {
        write_row(format, record, &mut out);
    }
    out
}

/// What another program's CSV reader makes of a file: header and rows.
fn csv_rows(file: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let file = file.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(file);
    let mut reader = csv::Reader::from_reader(file);
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = cells(reader.headers().unwrap());
    (header, reader.records().map(|record| cells(&record.unwrap())).collect())
}

/// Reads a row back with this crate and writes it again.
fn written_again(format: Format, row: &[u8]) -> Vec<u8> {
    let stored = if format == Format::Jsonl {
        StoredRecord::from_json(str::from_utf8(row).unwrap()).unwrap()
    } else {
        let mut with_header = Vec::new();
        write_header(format, &mut with_header);
        with_header.extend_from_slice(row);
        let (_, rows) = csv_rows(&with_header);
        StoredRecord::from_cells(format, &std::array::from_fn(|at| rows[0][at].as_str())).unwrap()
    };
    stored.with_record(|record| self::row(format, record))
}

#[test]
fn a_json_row_has_every_key_in_order_whatever_is_missing() {
    let empty = String::from_utf8(row(Format::Jsonl, &Record::default())).unwrap();
    assert_eq!(
        empty,
        "{\"id\":\"\",\"source\":\"\",\"text\":\"\",\"title\":null,\"subtitle\":null,\"date\":null,\"modified\":null,\"authors\":[],\
         \"url\":null,\"site\":null,\"language\":null,\"section\":null,\"tags\":[],\"captions\":[],\"image_alts\":[],\"encoding\":\"\",\"encoding_found\":\"\",\"replaced\":0,\"bytes_in\":0,\
         \"bytes_out\":0,\"flags\":[],\"fields\":null}\n"
    );
    for record in [Record::default(), nasty_record()] {
        let row = row(Format::Jsonl, &record);
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&row).unwrap();
        assert!(is_own(object.keys()));
    }
}

#[test]
fn a_json_row_is_one_line_for_every_reader() {
    let record = Record { fields: Some(" {\"a\":\r\n\"\u{2028}\u{85}\"}\n"), ..nasty_record() };
    let row = String::from_utf8(row(Format::Jsonl, &record)).unwrap();
    assert_eq!(row.find(|char: char| char < ' ' || "\u{85}\u{2028}\u{2029}".contains(char)), Some(row.len() - 1));
    assert!(row.ends_with("\"fields\":{\"a\":  \"\\u2028\\u0085\"}}\n"));
}

#[test]
fn other_json_readers_get_the_same_values() {
    let record = nasty_record();
    let value: serde_json::Value = serde_json::from_slice(&row(Format::Jsonl, &record)).unwrap();
    assert_eq!(value["text"], record.text);
    assert_eq!(value["authors"], serde_json::json!(record.authors));
    assert_eq!(value["captions"], serde_json::json!(record.captions));
    assert_eq!(value["bytes_in"], u64::MAX);
    assert_eq!(value["fields"]["b"], "\u{1F600} \"");
}

#[test]
fn the_input_fields_keep_their_bytes() {
    let record = nasty_record();
    let row = String::from_utf8(row(Format::Jsonl, &record)).unwrap();
    assert!(row.ends_with(&format!(",\"fields\":{}}}\n", record.fields.unwrap())));
}

#[test]
fn other_csv_readers_get_the_same_values() {
    let record = nasty_record();
    let (header, rows) = csv_rows(&file(Format::Csv, &[record, Record::default()]));
    assert!(is_own(&header));
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][2], record.text);
    assert_eq!(rows[0][COLUMNS.len() - 1], record.fields.unwrap());
    assert_eq!(rows[1].len(), COLUMNS.len());
}

#[test]
fn authors_and_captions_in_csv_read_as_people_expect() {
    let authors = &["Ada Quill", "Ben Marsh"][..];
    let record = Record { authors, captions: &["The pier.", "", "The crowd."], ..Record::default() };
    let (_, rows) = csv_rows(&file(Format::Csv, &[record]));
    assert_eq!(rows[0][7], "Ada Quill; Ben Marsh");
    assert_eq!(rows[0][13], "The pier.\nThe crowd.");
}

#[test]
fn a_row_read_back_is_written_with_the_same_bytes() {
    for format in [Format::Jsonl, Format::Csv, Format::CsvExcel] {
        for record in [nasty_record(), Record::default()] {
            let row = row(format, &record);
            assert_eq!(written_again(format, &row), row, "{format:?}");
        }
    }
}

#[test]
fn a_row_taken_apart_by_a_json_reader_is_put_together_again() {
    for record in [nasty_record(), Record::default()] {
        let row = row(Format::Jsonl, &record);
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&row).unwrap();
        let mut values: Vec<String> = object.values().map(ToString::to_string).collect();
        values[COLUMNS.len() - 1] = record.fields.unwrap_or("null").to_owned();
        let stored = StoredRecord::from_values(&std::array::from_fn(|at| values[at].as_str())).unwrap();
        assert_eq!(stored.with_record(|record| self::row(Format::Jsonl, record)), row);
    }
}

#[test]
fn every_field_of_csv_is_quoted_and_records_end_as_the_dialect_says() {
    let plain = String::from_utf8(file(Format::Csv, &[Record::default()])).unwrap();
    let (header, row) = plain.split_once('\n').unwrap();
    assert!(header.starts_with("\"id\",\"source\",\"text\","));
    // Seventeen columns of text, three counts, flags and fields.
    assert_eq!(row, format!("{}{}\"\",\"\"\n", "\"\",".repeat(17), "\"0\",".repeat(3)));
    let excel = String::from_utf8(file(Format::CsvExcel, &[Record::default()])).unwrap();
    assert_eq!(excel, format!("\u{FEFF}{}", plain.replace('\n', "\r\n")));
}

#[test]
fn no_cell_for_excel_begins_as_a_formula_does() {
    for start in ["=1+1", "+1", "-1", "@sum", "\ta", "\ra", "\na", "'=1", "''+"] {
        let authors = &[start][..];
        let record = Record { id: start, text: start, title: Some(start), authors, ..Record::default() };
        let (_, rows) = csv_rows(&file(Format::CsvExcel, &[record]));
        for cell in &rows[0] {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
        let (_, plain) = csv_rows(&file(Format::Csv, &[record]));
        assert_eq!(plain[0][2], start);
    }
}

#[test]
fn cells_too_long_for_excel_are_counted_in_its_units() {
    let mut out = Vec::new();
    let mut n_long = |format, text: &str| write_row(format, &Record { text, ..Record::default() }, &mut out);
    assert_eq!(n_long(Format::CsvExcel, &"\"".repeat(32_767)), 0);
    assert_eq!(n_long(Format::CsvExcel, &"\"".repeat(32_768)), 1);
    assert_eq!(n_long(Format::CsvExcel, &"é".repeat(32_767)), 0);
    assert_eq!(n_long(Format::CsvExcel, &"\u{1F4F0}".repeat(16_384)), 1);
    assert_eq!(n_long(Format::Csv, &"a".repeat(40_000)), 0);
    assert_eq!(n_long(Format::Jsonl, &"a".repeat(40_000)), 0);
}

#[test]
fn rows_of_others_are_not_taken_for_ours() {
    assert!(!is_own(["id", "text"]));
    assert!(!is_own(COLUMNS.iter().rev()));
    assert!(!is_own(COLUMNS.iter().chain(["extra"].iter())));
    assert!(StoredRecord::from_json("{\"id\":\"a\",\"text\":\"b\"}").is_err());
    assert!(StoredRecord::from_values(&["1"; COLUMNS.len()]).is_err());
    assert!(StoredRecord::from_cells(Format::Csv, &["a"; COLUMNS.len()]).is_none());
}

#[test]
fn frames_in_a_row_are_one_stream_for_standard_decoders() {
    let batches = ["first batch\n".repeat(1000), String::new(), "second\n".to_owned()];
    let mut gzip = Vec::new();
    let mut zstd = Vec::new();
    for batch in &batches {
        compress_frame(Compression::Gzip, batch.as_bytes(), &mut gzip).unwrap();
        compress_frame(Compression::Zstd, batch.as_bytes(), &mut zstd).unwrap();
    }
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(&gzip[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, batches.concat());
    assert_eq!(zstd::decode_all(&zstd[..]).unwrap(), batches.concat().as_bytes());

    let mut again = Vec::new();
    for batch in &batches {
        compress_frame(Compression::Gzip, batch.as_bytes(), &mut again).unwrap();
    }
    assert_eq!(again, gzip);
}

#[test]
fn a_name_says_its_format_and_compression() {
    for (name, format, compression) in [
        ("a.jsonl", Format::Jsonl, Compression::None),
        ("a.ndjson.gz", Format::Jsonl, Compression::Gzip),
        ("b/A.CSV.ZST", Format::Csv, Compression::Zstd),
        ("2031.02.csv", Format::Csv, Compression::None),
        ("-", Format::Jsonl, Compression::None),
    ] {
        assert_eq!(for_path(name).unwrap(), (format, compression), "{name}");
    }
    for name in ["a", "a.json", "a.gz", ".csv", "a.jsonl.bz2", "a.csv.gz.zst", ""] {
        let error = for_path(name).unwrap_err();
        assert!(error.to_string().contains(".jsonl, .ndjson or .csv"), "{error}");
    }
}

#[test]
fn an_id_that_a_loader_would_convert_gets_a_prefix() {
    for id in [
        "7",
        "007",
        "-3",
        "1.5",
        "1e5",
        ".5",
        "0x1F",
        "0b1",
        "1_000",
        "1,000",
        "12 %",
        "NaN",
        "-inf",
        "NA",
        "n/a",
        "null",
        "None",
        "TRUE",
        "no",
        "",
        " ",
        "-",
        "2031-02-03",
        "2031-02-03T10:00:00Z",
        "12:30",
        "1d",
        "1L",
        "-1.#IND",
        "#N/A",
        "٣",
        " 12 ",
    ] {
        assert_eq!(safe_id(id), format!("cc-{id}"), "{id:?}");
    }
    for id in ["a7", "cc-7", "cc-", "7a", "news/0001.txt", "0001.txt", "nano", "inform", "x1e5", "9f8e7c", "№ 5 б"] {
        assert_eq!(safe_id(id), id);
    }
}

proptest! {
    #[test]
    fn any_record_survives_every_format(
        text in any::<String>(),
        title in any::<Option<String>>(),
        authors in prop::collection::vec(any::<String>(), 0..4),
        captions in prop::collection::vec("[\\\\;\n\r a'=-]{0,6}", 0..4),
        key in any::<String>(),
        bytes_in: u64,
    ) {
        let authors: Vec<&str> = authors.iter().map(String::as_str).collect();
        let captions: Vec<&str> = captions.iter().map(String::as_str).collect();
        let fields = serde_json::json!({ key.as_str(): [key.as_str(), 1, null] }).to_string();
        let record = Record {
            id: &key,
            text: &text,
            title: title.as_deref(),
            authors: &authors,
            captions: &captions,
            bytes_in,
            fields: Some(&fields),
            ..Record::default()
        };
        for format in [Format::Jsonl, Format::Csv, Format::CsvExcel] {
            let row = row(format, &record);
            prop_assert_eq!(written_again(format, &row), row);
        }
        let value: serde_json::Value = serde_json::from_slice(&row(Format::Jsonl, &record)).unwrap();
        prop_assert_eq!(&value["text"], &text);
        let (_, rows) = csv_rows(&file(Format::Csv, &[record, record]));
        prop_assert_eq!(rows.len(), 2);
        prop_assert_eq!(&rows[0][2], &text);
        let (_, rows) = csv_rows(&file(Format::CsvExcel, &[record]));
        prop_assert_eq!(cleancopy_output::unguard(&rows[0][2]), &text);
    }

    #[test]
    fn json_strings_are_what_serde_json_writes_but_for_line_ends(
        text in "[a-c\"\\\\\u{0}-\u{20}\u{7f}-\u{86}éж\u{2027}-\u{202a}倨\u{1F4F0}]{0,600}",
    ) {
        let row = String::from_utf8(row(Format::Jsonl, &Record { text: &text, ..Record::default() })).unwrap();
        let expected = serde_json::to_string(&text)
            .unwrap()
            .replace('\u{85}', "\\u0085")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        let start = "{\"id\":\"\",\"source\":\"\",\"text\":";
        prop_assert_eq!(&row[start.len()..row.find(",\"title\":null").unwrap()], expected);
    }

    #[test]
    fn any_cell_is_a_list_that_is_written_and_read_alike(cell in prop_oneof![any::<String>(), "[\\\\;\n\rna ]{0,9}"]) {
        for separator in [Separator::Semicolon, Separator::Line] {
            let items = split_list(&cell, separator);
            let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
            let record = Record { authors: &items, captions: &items, ..Record::default() };
            let (_, rows) = csv_rows(&file(Format::Csv, &[record]));
            prop_assert_eq!(split_list(&rows[0][7], Separator::Semicolon), items.as_slice());
            prop_assert_eq!(split_list(&rows[0][13], Separator::Line), items.as_slice());
        }
    }

    #[test]
    fn making_an_id_safe_twice_changes_nothing(id in prop_oneof![any::<String>(), "[-+0-9.eExXnaif]{0,6}"]) {
        let once = safe_id(&id).into_owned();
        prop_assert_eq!(safe_id(&once), once.as_str());
        prop_assert!(once.trim().parse::<f64>().is_err());
    }
}

//! The numbers of a run add up, or it says so.

use cleancopy_output::Summary;

fn summary() -> Summary {
    let mut summary = Summary {
        n_read: 1_205,
        n_written: 1_200,
        bytes_in: 5_000_000,
        bytes_kept: 4_900_000,
        bytes_out: 4_901_000,
        bytes_read: 5_100_000,
        seconds: 2.0,
        ..Summary::default()
    };
    summary.count_rule("soft-hyphen", 400, 800, 0);
    summary.count_rule("copyright-line", 90, 99_200, 0);
    summary.count_rule("paragraph-separators", 1_000, 0, 1_000);
    (0..3).for_each(|_| summary.count_dropped("near-duplicate"));
    (0..2).for_each(|_| summary.count_quarantined("not a JSON object"));
    summary.count_note("cells over 32,767 characters", 4);
    summary.count_note("nothing", 0);
    summary
}

#[test]
fn each_of_the_three_sums_is_checked() {
    assert!(Summary::default().balanced());
    assert!(summary().balanced());
    let changes: [fn(&mut Summary); 5] = [
        |summary| summary.n_written -= 1,
        |summary| summary.bytes_kept += 1,
        |summary| summary.bytes_out -= 1,
        |summary| summary.count_dropped("near-duplicate"),
        |summary| summary.count_rule("soft-hyphen", 1, 1, 0),
    ];
    for change in changes {
        let mut changed = summary();
        change(&mut changed);
        assert!(!changed.balanced());
        assert!(changed.to_string().contains("do not add up"));
    }
}

#[test]
fn parts_merge_to_the_same_whole_in_any_order() {
    let (mut one, mut other) = (summary(), Summary { seconds: 2.0, ..Summary::default() });
    let mut part = Summary { n_read: 1, n_written: 1, ..Summary::default() };
    part.count_rule("soft-hyphen", 2, 4, 0);
    part.bytes_in = 4;
    one.merge(&part);
    other.merge(&part);
    other.merge(&summary());
    assert_eq!(one, other);
    assert!(one.balanced());
    assert_eq!(one.rules["soft-hyphen"].n_documents, 2);
    assert_eq!(one.rules["soft-hyphen"].bytes_removed, 804);
}

#[test]
fn the_closing_lines_read_like_a_bill() {
    let expected = "\
1,205 documents read = 1,200 written + 3 dropped + 2 quarantined
5,000,000 bytes in = 4,900,000 kept + 100,000 removed
4,901,000 bytes out = 4,900,000 kept + 1,000 inserted
  rule                    documents        edits   bytes removed        inserted
  copyright-line                  1           90          99,200               0
  paragraph-separators            1        1,000               0           1,000
  soft-hyphen                     1          400             800               0
dropped: near-duplicate: 3
quarantined: not a JSON object: 2
note: cells over 32,767 characters: 4
2.0 s, 2.5 MB/s";
    assert_eq!(summary().to_string(), expected);
}

#[test]
fn only_the_ten_heaviest_rules_are_listed() {
    let mut summary = Summary::default();
    for n in 0..12 {
        summary.count_rule(&format!("rule-{n:02}"), 1, n, n);
    }
    let text = summary.to_string();
    assert!(text.contains("rule-11") && text.contains("rule-02") && !text.contains("rule-01"), "{text}");
    assert!(text.contains("  and 2 more rules\n"), "{text}");
}

#[test]
fn the_json_has_a_fixed_order_and_the_derived_numbers() {
    let expected = r#"{"documents":{"read":1205,"written":1200,"dropped":3,"quarantined":2,"dropped_by_rule":{"near-duplicate":3},"quarantined_by_cause":{"not a JSON object":2}},"bytes":{"read":5100000,"in":5000000,"kept":4900000,"removed":100000,"inserted":1000,"out":4901000},"rules":{"copyright-line":{"documents":1,"edits":90,"removed":99200,"inserted":0},"paragraph-separators":{"documents":1,"edits":1000,"removed":0,"inserted":1000},"soft-hyphen":{"documents":1,"edits":400,"removed":800,"inserted":0}},"notes":{"cells over 32,767 characters":4},"balanced":true,"seconds":2.0,"mb_per_second":2.55}"#;
    assert_eq!(serde_json::to_string(&summary()).unwrap(), expected);
}

//! The page itself.

mod document;

use std::cmp::Reverse;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use cleancopy_core::Rule;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::Report;
use super::sample::per_mille;
use super::survey::{CLASSES, FEWEST_TAILS, RuleShare, SiteShare, Tail};
use crate::summary::grouped;

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");
/// Colours for rules in the style sheet, `c0` to `c11`.
const N_COLOURS: usize = 12;
/// Sites, tails and large cuts that are listed.
const N_LISTED: usize = 25;

/// What the parts of the page share.
struct Context<'a> {
    report: &'a Report<'a>,
    /// Rules that changed something, most characters removed first.
    rules: Vec<(&'a str, RuleShare)>,
}

impl Context<'_> {
    /// The class that colours a rule.
    fn colour(&self, rule: &str) -> String {
        let place = self.rules.iter().position(|(known, _)| *known == rule).unwrap_or(0);
        format!("c{}", place % N_COLOURS)
    }

    fn link(&self, rule: &str) -> Markup {
        html! { a class={ "tag " (self.colour(rule)) } href={ "#rule-" (rule) } { (rule) } }
    }
}

pub(super) fn page(report: &Report<'_>) -> Markup {
    let mut rules: Vec<_> = report.survey.rules.iter().map(|(rule, share)| (rule.as_str(), *share)).collect();
    rules.sort_by_key(|(_, share)| Reverse((share.n_removed, share.n_inserted)));
    let context = Context { report, rules };
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "What was cleaned: " (document::shown(report.title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "What was cleaned" }
                    p.file { bdi { (document::shown(report.title)) } }
                    nav {
                        @for (id, name) in PARTS { a href={ "#" (id) } { (name) } }
                    }
                }
                main {
                    (accounts(&context))
                    (by_rule(&context))
                    (by_site(&context))
                    (histogram(&context))
                    (largest(&context))
                    (tails(&context))
                    (document::documents(&context))
                    (reference(&context))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

const PARTS: [(&str, &str); 8] = [
    ("accounts", "Accounts"),
    ("rules", "By rule"),
    ("sites", "By site"),
    ("shares", "How much"),
    ("cuts", "Largest cuts"),
    ("tails", "Unknown tails"),
    ("documents", "Documents"),
    ("reference", "The rules"),
];

/// The source expression by which the page's policy allows its own style and script.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(text)))
}

/// A count that a program can read too.
fn count(id: &str, n: u64) -> Markup {
    html! { data id=[(!id.is_empty()).then_some(id)] value=(n) { (grouped(n)) } }
}

/// Thousandths as a percentage.
fn percent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

/// A bar of `part` in `whole`.
fn bar(part: u64, whole: u64, class: &str) -> Markup {
    let width = per_mille(part, whole);
    html! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            rect class=(class) width=(width.max(u64::from(part > 0) * 2)) height="10" {}
        }
    }
}

fn accounts(context: &Context<'_>) -> Markup {
    let (summary, survey) = (context.report.summary, context.report.survey);
    let cards = [
        ("n-read", "read", summary.n_read),
        ("n-written", "written", summary.n_written),
        ("n-dropped", "dropped", summary.n_dropped()),
        ("n-quarantined", "quarantined", summary.n_quarantined()),
    ];
    html! {
        section id="accounts" {
            h2 { "Accounts" }
            p { "Every document that was read was written, dropped for a stated reason, or put into quarantine with its cause." }
            dl.cards { @for (id, name, n) in cards { div class=(id) { dt { (name) } dd { (count(id, n)) } } } }
            p {
                (count("bytes-in", summary.bytes_in)) " bytes of text in = " (count("bytes-kept", summary.bytes_kept)) " kept + "
                (count("bytes-removed", summary.bytes_removed())) " removed. "
                (count("bytes-out", summary.bytes_out)) " bytes out = " (grouped(summary.bytes_kept)) " kept + "
                (count("bytes-inserted", summary.bytes_inserted())) " inserted."
            }
            @if !summary.balanced() { p.warning { "These numbers do not add up, which is a fault of the program: please report it." } }
            p {
                "In characters: " (count("chars-in", survey.n_chars)) " in, " (count("chars-removed", survey.n_removed)) " of them ("
                (percent(per_mille(survey.n_removed, survey.n_chars))) ") removed, " (count("chars-inserted", survey.n_inserted))
                " inserted. " (count("n-changed", survey.n_changed)) " of " (count("n-surveyed", survey.n_documents)) " documents were changed."
            }
            (causes("Dropped", "reason", summary.dropped.iter()))
            (causes("Quarantined", "cause", summary.quarantined.iter()))
            (causes("Worth knowing", "note", summary.notes.iter()))
            @if !survey.quarantined.is_empty() {
                details {
                    summary { "Documents in quarantine" @if (survey.quarantined.len() as u64) < summary.n_quarantined() { " (the first " (survey.quarantined.len()) ")" } }
                    table {
                        thead { tr { th { "document" } th { "cause" } } }
                        tbody { @for (source, cause) in &survey.quarantined { tr { td { bdi { (document::shown(source)) } } td { (document::shown(cause)) } } } }
                    }
                }
            }
        }
    }
}

fn causes<'a>(title: &str, what: &str, counts: impl ExactSizeIterator<Item = (&'a String, &'a u64)>) -> Markup {
    html! {
        @if counts.len() > 0 {
            h3 { (title) }
            table {
                thead { tr { th { (what) } th.n { "documents" } } }
                tbody { @for (name, n) in counts { tr { td { (document::shown(name)) } td.n { (count("", *n)) } } } }
            }
        }
    }
}

fn by_rule(context: &Context<'_>) -> Markup {
    let most = context.rules.first().map_or(0, |(_, share)| share.n_removed);
    html! {
        section id="rules" {
            h2 { "By rule" }
            p { "Characters that each rule removed. A name leads to the rule's text and examples." }
            table {
                thead { tr { th { "rule" } th.n { "removed" } th.wide {} th.n { "inserted" } th.n { "documents" } } }
                tbody {
                    @for (rule, share) in &context.rules {
                        tr data-rule=(rule) {
                            td { (context.link(rule)) }
                            td.n { (count("", share.n_removed)) }
                            td.wide { (bar(share.n_removed, most, &context.colour(rule))) }
                            td.n { (count("", share.n_inserted)) }
                            td.n { (count("", share.n_documents)) }
                        }
                    }
                }
            }
        }
    }
}

fn by_site(context: &Context<'_>) -> Markup {
    let known = &context.report.survey.sites;
    let mut sites: Vec<(&str, &SiteShare)> = known.iter().collect();
    sites.sort_by_key(|(_, share)| Reverse(share.n_removed));
    let most = sites.first().map_or(0, |(_, share)| share.n_removed);
    html! {
        section id="sites" {
            h2 { "By site" }
            p {
                "Characters removed from the documents of each site."
                @if known.is_sampled() { " There are very many sites: these are from a sample of them." }
                @if sites.len() > N_LISTED { " The " (N_LISTED) " with the most, of " (grouped(known.len() as u64)) "." }
            }
            table {
                thead { tr { th { "site" } th.n { "removed" } th.wide {} th.n { "of its text" } th.n { "documents" } } }
                tbody {
                    @for (site, share) in sites.iter().take(N_LISTED) {
                        tr data-site=(site) {
                            td { (document::site(site)) }
                            td.n { (count("", share.n_removed)) }
                            td.wide { (bar(share.n_removed, most, "plain")) }
                            td.n { (percent(per_mille(share.n_removed, share.n_chars))) }
                            td.n { (count("", share.n_documents)) }
                        }
                    }
                }
            }
        }
    }
}

/// Height of the histogram's plot, units of its view box.
const PLOT_HEIGHT: u64 = 120;
/// Width of one class, units of its view box.
const CLASS_WIDTH: u64 = 60;

fn histogram(context: &Context<'_>) -> Markup {
    let classes = &context.report.survey.classes;
    let most = classes.iter().copied().max().unwrap_or(0);
    let name = |index: usize| match index {
        0 => "nothing".to_owned(),
        _ => format!("{}–{} %", CLASSES[index - 1] / 10, CLASSES[index] / 10),
    };
    html! {
        section id="shares" {
            h2 { "How much of each document was removed" }
            svg.histogram viewBox={ "0 0 " (CLASS_WIDTH * classes.len() as u64) " " (PLOT_HEIGHT + 40) } role="img"
                aria-label="Number of documents by the share of their characters that was removed" {
                @for (index, n) in classes.iter().enumerate() {
                    @let x = CLASS_WIDTH * index as u64;
                    @let height = (n * PLOT_HEIGHT / most.max(1)).max(u64::from(*n > 0));
                    rect.plain x=(x + 6) y=(PLOT_HEIGHT + 16 - height) width=(CLASS_WIDTH - 12) height=(height) {}
                    text x=(x + CLASS_WIDTH / 2) y=(PLOT_HEIGHT + 12 - height) { (grouped(*n)) }
                    text.axis x=(x + CLASS_WIDTH / 2) y=(PLOT_HEIGHT + 32) { (name(index)) }
                }
            }
            details {
                summary { "as a table" }
                table.narrow {
                    thead { tr { th { "removed" } th.n { "documents" } } }
                    tbody { @for (index, n) in classes.iter().enumerate() { tr { td { (name(index)) } td.n { (count("", *n)) } } } }
                }
            }
        }
    }
}

fn largest(context: &Context<'_>) -> Markup {
    let cuts: Vec<_> = context.report.survey.samples.largest().take(N_LISTED).collect();
    html! {
        section id="cuts" {
            h2 { "Largest cuts" }
            p { "Documents that lost the largest share of their characters. If something is wrong, it is likely to be here." }
            table {
                thead { tr { th { "document" } th.n { "removed" } th.n { "characters" } th { "by" } } }
                tbody {
                    @for (index, sampled) in cuts.iter().enumerate() {
                        tr {
                            td { a href={ "#document-" (index + 1) } { bdi { (document::shown(&sampled.source)) } } }
                            td.n { (percent(sampled.removed_per_mille())) }
                            td.n { (count("", sampled.n_removed)) }
                            td { @for rule in sampled.rules().iter().take(4) { (context.link(rule)) " " } }
                        }
                    }
                }
            }
        }
    }
}

fn tails(context: &Context<'_>) -> Markup {
    let known = &context.report.survey.tails;
    let mut tails: Vec<(&str, &Tail)> = known.iter().filter(|(_, tail)| tail.recurs()).collect();
    tails.sort_by_key(|(_, tail)| Reverse(tail.n_documents));
    html! {
        section id="tails" {
            h2 { "Unknown tails" }
            p {
                "Blocks at the end of several cleaned documents that tell different stories. No rule removed them: some may be worth a rule of your own."
                @if known.is_sampled() { " There are very many different ends: these are from a sample of them." }
            }
            @if tails.is_empty() { p { "None: no block ends " (FEWEST_TAILS) " different stories or more." } }
            @else {
                table {
                    thead { tr { th { "text" } th.n { "documents" } th { "for instance in" } } }
                    tbody {
                        @for (text, tail) in tails.iter().take(N_LISTED) {
                            tr {
                                td.quoted { bdi { (document::shown(text)) } }
                                td.n { (count("", tail.n_documents)) }
                                td { @for source in &tail.sources { bdi { (document::shown(source)) } br; } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reference(context: &Context<'_>) -> Markup {
    let text = |id: &str| context.report.rules.iter().find(|rule| rule.id == id);
    html! {
        section id="reference" {
            h2 { "The rules" }
            p { "The rules that changed something in this run." }
            @for (id, _) in &context.rules {
                article.rule id={ "rule-" (id) } {
                    h3 { span class={ "tag " (context.colour(id)) } { (id) } }
                    @if let Some(rule) = text(id) { (rule_text(rule)) } @else { p { "A rule that this program does not know." } }
                }
            }
        }
    }
}

fn rule_text(rule: &Rule) -> Markup {
    html! {
        p { (rule.about) }
        p { b { "Why. " } (rule.why) }
        p { b { "Limits. " } (rule.limits) }
        dl.examples {
            @for example in rule.examples {
                @if example.is_kept() {
                    dt { "leaves" } dd { (document::shown(example.before)) }
                } @else {
                    dt { "turns" } dd { (document::shown(example.before)) }
                    dt { "into" } dd { (document::shown(example.after)) }
                }
            }
        }
    }
}

//! Sampled documents with their edits, and how text of others is shown.

use maud::{Markup, html};

use super::{Context, count, percent};
use crate::report::sample::{Sampled, Stretch};
use crate::summary::grouped;

pub(super) fn documents(context: &Context<'_>) -> Markup {
    let sampled = context.report.survey.sampled();
    let mut sites: Vec<&str> = sampled.iter().map(|sampled| sampled.site.as_str()).collect();
    sites.sort_unstable();
    sites.dedup();
    html! {
        section id="documents" {
            h2 { "Documents, before and after" }
            p {
                (count("n-sampled", sampled.len() as u64)) " documents: half of them those with the largest cuts, the others chosen evenly. "
                del { "Removed" } " and " ins { "inserted" } " text is marked with its rule."
            }
            form #pick hidden {
                label { "rule " select name="rule" { option value="" { "all" } @for (rule, _) in &context.rules { option value=(rule) { (rule) } } } }
                label { "site " select name="site" { option value="*" { "all" } @for site in sites { option value=(site) { (name(site)) } } } }
                button type="button" name="previous" title="previous document (left arrow or k)" { "← previous" }
                output name="place" {}
                button type="button" name="next" title="next document (right arrow or j)" { "next →" }
            }
            @for (index, sampled) in sampled.iter().enumerate() { (document(context, index + 1, sampled)) }
            p #none hidden { "No sampled document fits." }
        }
    }
}

fn document(context: &Context<'_>, number: usize, sampled: &Sampled) -> Markup {
    let rules = sampled.rules();
    html! {
        article.document id={ "document-" (number) } data-rules=(rules.join(" ")) data-site=(sampled.site) {
            h3 { bdi { (shown(&sampled.source)) } }
            p.facts {
                (site(&sampled.site)) " · " (count("", sampled.n_chars)) " characters, " (count("", sampled.n_removed)) " removed ("
                (percent(sampled.removed_per_mille())) ")"
            }
            div.text dir="auto" { @for stretch in &sampled.stretches { (self::stretch(context, stretch)) } }
        }
    }
}

fn stretch(context: &Context<'_>, stretch: &Stretch) -> Markup {
    match stretch {
        Stretch::Kept(text) => html! { span { (shown(text)) } },
        Stretch::Elided(n) => html! { span.elided { " … " (grouped(*n)) " characters … " } },
        Stretch::Removed { text, rule } => {
            edit(context, text, rule, |text| html! { del class=(context.colour(rule)) title=(rule) { (text) } })
        }
        Stretch::Inserted { text, rule } => {
            edit(context, text, rule, |text| html! { ins class=(context.colour(rule)) title=(rule) { (text) } })
        }
    }
}

/// An edit with its rule, which stands before the line ends at its end. White space needs no label.
fn edit(context: &Context<'_>, text: &str, rule: &str, marked: impl Fn(Markup) -> Markup) -> Markup {
    let (words, space) = text.split_at(text.trim_end().len());
    html! {
        @if !words.is_empty() { (marked(shown_edit(words))) (context.link(rule)) }
        @if !space.is_empty() { (marked(shown_edit(space))) }
    }
}

pub(super) fn site(site: &str) -> Markup {
    html! { bdi { (name(site)) } }
}

fn name(site: &str) -> &str {
    if site.is_empty() { "site unknown" } else { site }
}

/// Text of others, as text: what would not be seen, or would turn other text around, is spelled out.
pub(super) fn shown(text: &str) -> Markup {
    spelled(text, false)
}

/// The text of an edit, with line ends marked.
fn shown_edit(text: &str) -> Markup {
    spelled(text, true)
}

fn spelled(text: &str, mark_lines: bool) -> Markup {
    let is_hidden = |c: char| is_hidden(c) || (mark_lines && c == '\n');
    html! {
        @for part in text.split_inclusive(is_hidden) {
            @match part.chars().next_back().filter(|last| is_hidden(*last)) {
                None => (part),
                Some(last) => {
                    (part[..part.len() - last.len_utf8()])
                    @if last == '\n' { span.end { "⏎" } "\n" } @else { span.code { (format!("U+{:04X}", last as u32)) } }
                }
            }
        }
    }
}

/// Characters that nobody sees, or that change the order in which others are seen. The joiners and the variation
/// selectors are left: scripts and emoji need them.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

//! The list of rules that remove.

use std::cell::OnceCell;

use cleancopy_core::{Field, Kind, Page, Rule};

use crate::verdicts::{Judge, Verdicts};

mod ad_marker;
mod affiliate_note;
mod app_ask;
mod appeal;
mod article_copy;
mod author_bio;
mod byline;
mod caps_teaser;
mod caption;
mod comment_box;
mod company_note;
mod cookie_notice;
mod copyright_line;
mod database_field;
mod date_line;
mod editor_note;
mod head_residue;
mod headline;
mod inline_residue;
mod link_list;
mod navigation;
mod newsletter;
mod page_ad;
mod page_aside;
mod page_byline;
mod page_caption;
mod page_comments;
mod page_footer;
mod page_header;
mod page_navigation;
mod page_offer;
mod page_outside_article;
mod page_player;
mod page_related;
mod page_share;
mod page_tags;
mod page_title;
mod paywall;
mod photo_credit;
mod player_control;
mod read_more;
mod related_list;
mod repeated_block;
mod reporting_credit;
mod script_leak;
mod share_bar;
mod source_url;
mod subtitle;
mod syndication_note;
mod tag_list;
mod tail_residue;
mod teaser;
mod timestamp;

pub(crate) use editor_note::is_editor_note;

/// All rules, in the order of work and of the rule reference.
pub static RULES: &[&Rule] = &[
    &page_navigation::RULE,
    &page_header::RULE,
    &page_footer::RULE,
    &page_related::RULE,
    &page_share::RULE,
    &page_comments::RULE,
    &page_caption::RULE,
    &page_offer::RULE,
    &page_ad::RULE,
    &page_player::RULE,
    &page_byline::RULE,
    &page_tags::RULE,
    &page_aside::RULE,
    &page_title::RULE,
    &page_outside_article::RULE,
    &database_field::RULE,
    &headline::RULE,
    &subtitle::RULE,
    &date_line::RULE,
    &byline::RULE,
    &caption::RULE,
    &source_url::RULE,
    &copyright_line::RULE,
    &appeal::RULE,
    &script_leak::RULE,
    &link_list::RULE,
    &newsletter::RULE,
    &paywall::RULE,
    &cookie_notice::RULE,
    &comment_box::RULE,
    &app_ask::RULE,
    &ad_marker::RULE,
    &affiliate_note::RULE,
    &share_bar::RULE,
    &photo_credit::RULE,
    &related_list::RULE,
    &read_more::RULE,
    &tag_list::RULE,
    &timestamp::RULE,
    &player_control::RULE,
    &navigation::RULE,
    &author_bio::RULE,
    &company_note::RULE,
    &reporting_credit::RULE,
    &syndication_note::RULE,
    &caps_teaser::RULE,
    &teaser::RULE,
    &article_copy::RULE,
    &repeated_block::RULE,
    &head_residue::RULE,
    &inline_residue::RULE,
    &tail_residue::RULE,
    &editor_note::RULE,
];

/// The rules that find nothing in what is no HTML page.
static OF_PAGES: &[&Rule] = &[
    &page_navigation::RULE,
    &page_header::RULE,
    &page_footer::RULE,
    &page_related::RULE,
    &page_share::RULE,
    &page_comments::RULE,
    &page_caption::RULE,
    &page_offer::RULE,
    &page_ad::RULE,
    &page_player::RULE,
    &page_tags::RULE,
    &page_aside::RULE,
    &page_title::RULE,
    &page_outside_article::RULE,
];

/// The judges that claim a block of a page, a bit each, once they are asked for.
#[derive(Debug, Default)]
pub struct Claimants(OnceCell<u64>);

/// What a page must be or have for a rule to find anything in it.
#[derive(Clone, Copy, Debug)]
pub struct Needs(Need);

#[derive(Clone, Copy, Debug)]
enum Need {
    /// The rule looks for itself.
    Nothing,
    /// An HTML page.
    Page,
    /// An HTML page, or a date that was declared.
    PageOrDate,
    /// A block that the judge of this number claims.
    Claim(u8),
}

impl Needs {
    /// What `rule` needs.
    pub fn of(rule: &Rule) -> Self {
        let is_known = RULES.iter().any(|known| std::ptr::eq(*known, rule));
        let judge = JUDGES.iter().position(|judge| judge.id == rule.id).filter(|_| is_known);
        Self(match judge {
            Some(judge) => Need::Claim(judge as u8),
            None if OF_PAGES.iter().any(|known| std::ptr::eq(*known, rule)) => Need::Page,
            None if std::ptr::eq(&raw const page_byline::RULE, rule) => Need::PageOrDate,
            None => Need::Nothing,
        })
    }

    /// Whether it is that a block is judged.
    pub fn is_claim(self) -> bool {
        matches!(self.0, Need::Claim(_))
    }

    /// Whether the page is or has it. `claimants` is kept while the page stays the same.
    pub fn are_met(self, page: &Page<'_>, claimants: &Claimants) -> bool {
        match self.0 {
            Need::Nothing => true,
            Need::Page => page.kind == Kind::Html,
            Need::PageOrDate => page.kind == Kind::Html || page.meta.first(Field::Date).is_some(),
            Need::Claim(judge) => {
                claimants.0.get_or_init(|| page.measured::<Verdicts>().claimants()) & (1 << judge) != 0
            }
        }
    }
}

/// Ids of the rules that run only when asked for.
pub static OPTIONAL: &[&str] = &["editor-note"];

/// The rules that judge whole blocks one by one, in the order in which they claim them.
pub(crate) static JUDGES: &[&Judge] = &[
    &copyright_line::JUDGE,
    &script_leak::JUDGE,
    &link_list::JUDGE,
    &newsletter::JUDGE,
    &paywall::JUDGE,
    &cookie_notice::JUDGE,
    &comment_box::JUDGE,
    &app_ask::JUDGE,
    &ad_marker::JUDGE,
    &affiliate_note::JUDGE,
    &share_bar::JUDGE,
    &photo_credit::JUDGE,
    &related_list::JUDGE,
    &read_more::JUDGE,
    &tag_list::JUDGE,
    &timestamp::JUDGE,
    &player_control::JUDGE,
    &navigation::JUDGE,
    &author_bio::JUDGE,
    &company_note::JUDGE,
    &reporting_credit::JUDGE,
    &syndication_note::JUDGE,
    &caps_teaser::JUDGE,
    &teaser::JUDGE,
];

//! The list of rules that remove.

use cleancopy_core::Rule;

use crate::verdicts::Judge;

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

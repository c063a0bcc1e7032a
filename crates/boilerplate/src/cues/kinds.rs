//! What phrases are cues for.

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a phrase is a cue for. At most 64 kinds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Cue { $($(#[$doc])* $name,)* }

        impl Cue {
            /// All kinds, with their names in the tables.
            pub(crate) const ALL: &[(&'static str, Cue)] = &[$(($text, Cue::$name),)*];
        }
    };
}

cues! {
    /// Head of an appeal: "A message from ...:".
    AppealHead = "appeal-head",
    /// Salutation: "Dear readers,".
    AppealSalute = "appeal-salute",
    /// The ask itself, in the first person: "support us", "we need your help".
    AppealAsk = "appeal-ask",
    /// The need: "we need your help", "costs money".
    AppealNeed = "appeal-need",
    /// What the money does: "your support makes", "keep our journalism free".
    AppealReason = "appeal-reason",
    /// What the money is for: journalism, newsroom, readers.
    AppealPress = "appeal-press",
    /// Amount or rhythm: "from just $2", "monthly".
    AppealAmount = "appeal-amount",
    /// "Thank you for your support."
    AppealThanks = "appeal-thanks",
    /// Button under an appeal: "Remind me later", "Donate now".
    AppealButton = "appeal-button",
    /// "Copyright", "(c)" beside a name or year.
    Copyright = "copyright",
    /// "All rights reserved", "may not be reproduced".
    Rights = "rights",
    /// Agency or stock house in the credit of a picture.
    Credit = "credit",
    /// Word before the name in a credit: "Photo:", "Courtesy of".
    CreditLabel = "credit-label",
    /// How a caption opens: "Pictured from left".
    CaptionLead = "caption-lead",
    /// What people do in the captions of agencies, in the present tense: "speaks during".
    CaptionVerb = "caption-verb",
    /// "By" before a name.
    Byline = "byline",
    /// Line that names where the text was taken from: "Original url".
    SourceUrl = "source-url",
    /// Ask to share or follow.
    ShareAsk = "share-ask",
    /// Ask to take a newsletter, or text of its form.
    Newsletter = "newsletter",
    /// Whole line of a newsletter form.
    NewsletterLabel = "newsletter-label",
    /// Link to another article.
    ReadMore = "read-more",
    /// Word that leads to another article when a colon follows.
    ReadMoreLead = "read-more-lead",
    /// Heading of a list of such links.
    RelatedHeading = "related-heading",
    /// Wall: subscribe, log in or register to go on.
    Paywall = "paywall",
    /// Whole line of a wall.
    PaywallLabel = "paywall-label",
    /// Notice of cookies, privacy, terms, browsers.
    Cookie = "cookie",
    /// Whole line of such a notice.
    CookieLabel = "cookie-label",
    /// Ask to comment, rules of commenting.
    Comment = "comment",
    /// Whole line of a comment box.
    CommentLabel = "comment-label",
    /// Button under what a reader wrote: "Reply".
    Reply = "reply",
    /// How a poll begins, and its button: "Poll:", "Vote".
    Poll = "poll",
    /// Mark of an advertisement, as a phrase.
    Ad = "ad",
    /// Mark of an advertisement, as a whole line.
    AdLabel = "ad-label",
    /// Control or caption of a player.
    Player = "player",
    /// Control of a gallery.
    Gallery = "gallery",
    /// Ask to take the outlet's app.
    App = "app",
    /// Ask to hear the outlet's podcast: "wherever you get your podcasts".
    Podcast = "podcast",
    /// Navigation and buttons of the page.
    Navigation = "navigation",
    /// Heading or lead-in of tags.
    Tags = "tags",
    /// Who the author is and how to reach them.
    Bio = "bio",
    /// What a company is, under a press release: "is a leading provider".
    Company = "company",
    /// One more fact about a company: "is headquartered in".
    CompanyFact = "company-fact",
    /// Who else reported, edited, or which agency.
    Reporting = "reporting",
    /// Mark of a text taken from a feed.
    Syndication = "syndication",
    /// Where else the article stands and whose views it holds.
    Provenance = "provenance",
    /// Commissions and sponsors.
    Affiliate = "affiliate",
    /// Note of the editors.
    EditorNote = "editor-note",
}

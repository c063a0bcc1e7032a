//! Titles without the name of the site that many pages add to them.

/// What stands between a title and the name of the site.
static MARKS: &[&str] = &[
    " | ",
    " - ",
    " \u{2013} ",
    " \u{2014} ",
    " :: ",
    " \u{B7} ",
    " \u{2022} ",
    " \u{BB} ",
    " / ",
    " \u{FF5C} ",
    "\u{FF5C}",
];

/// Fewest characters of a title that the headline shows to be whole.
const MIN_TITLE: usize = 12;

/// What a page shows of its title and its site.
pub(super) struct Known<'a> {
    /// Names of the site that it declares.
    pub(super) sites: &'a [&'a str],
    /// Its address.
    pub(super) url: Option<&'a str>,
    /// Its headlines.
    pub(super) headlines: &'a [&'a str],
}

impl Known<'_> {
    /// `title` without the name of the site at its end or start, where the page gives evidence that it is one: it
    /// declares the name, has it in its address, or shows a headline that is the title without it.
    pub(super) fn bare<'t>(&self, title: &'t str) -> &'t str {
        let mut bare = title;
        while let Some(shorter) = self.shorter(bare) {
            bare = shorter;
        }
        bare
    }

    fn shorter<'t>(&self, title: &'t str) -> Option<&'t str> {
        let parts = |mark: &&str| title.rsplit_once(*mark);
        let (before, after) = MARKS.iter().filter_map(parts).max_by_key(|(before, _)| before.len())?;
        if self.is_site(after) && !before.trim().is_empty() {
            return Some(before.trim_end());
        }
        let (first, rest) =
            MARKS.iter().filter_map(|mark| title.split_once(*mark)).min_by_key(|(first, _)| first.len())?;
        if self.is_site(first) && !rest.trim().is_empty() {
            return Some(rest.trim_start());
        }
        let is_shown = |part: &str| {
            let part = letters(part);
            part.chars().count() >= MIN_TITLE && self.headlines.iter().any(|headline| letters(headline) == part)
        };
        // A mark may stand in the headline too, so the longest part that is shown is the title.
        let shown = MARKS.iter().flat_map(|mark| title.match_indices(*mark)).map(|(at, _)| title[..at].trim_end());
        shown.filter(|part| is_shown(part)).max_by_key(|part| part.len())
    }

    fn is_site(&self, name: &str) -> bool {
        let name = letters(name);
        if name.is_empty() {
            return false;
        }
        let host = self.url.and_then(|url| url.split('/').nth(2)).unwrap_or_default().to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let label = host.split('.').next().unwrap_or_default();
        let is_host = letters(host) == name || letters(label) == name && name.chars().count() > 2;
        is_host || self.sites.iter().any(|site| same_site(&letters(site), &name))
    }
}

/// Whether two names of a site are one but for an article or an ending such as `.com`.
fn same_site(declared: &str, name: &str) -> bool {
    let bare = |name: &str| {
        let name = name.strip_prefix("the").unwrap_or(name);
        name.strip_suffix("com").unwrap_or(name).to_owned()
    };
    declared == name || !bare(declared).is_empty() && bare(declared) == bare(name)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

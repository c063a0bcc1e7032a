//! Which links lead to another site.

/// The host of an address that begins with its scheme, or with two slashes.
pub(super) fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.trim_start().split_once("//")?;
    let is_web = ["", "http:", "https:"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let host = rest.split(['/', '?', '#', ':', ' ']).next().filter(|host| host.contains('.'))?;
    is_web.then_some(host)
}

/// Whether a link leads to another site than that of the page on `site`; what says no host stays on it.
pub(super) fn leads_away(site: &str, href: &str) -> bool {
    !site.is_empty() && host(href).is_some_and(|host| !owner(host).eq_ignore_ascii_case(owner(site)))
}

/// The part of a host that its owner registered, by the length of its labels: `dorrin.example` of `www.dorrin.example`,
/// `dorrin.co.uk` of `news.dorrin.co.uk`.
fn owner(host: &str) -> &str {
    let mut starts = host.rmatch_indices('.').map(|(at, _)| at + 1);
    let (Some(last), Some(second)) = (starts.next(), starts.next()) else { return host };
    let is_country = host.len() - last == 2 && last - second <= 4;
    let third = starts.next().unwrap_or(0);
    &host[if is_country { third } else { second }..]
}

#[cfg(test)]
mod tests {
    use super::leads_away;

    #[test]
    fn hosts_of_one_owner_are_one_site() {
        let away = |site, href| leads_away(site, href);
        assert!(away("www.dorrin.example", "https://orrin.example/gulls"));
        assert!(away("dorrin.co.uk", "//orrin.co.uk"));
        for href in
            ["/gulls", "#gulls", "https://news.dorrin.example/gulls", "//DORRIN.example", "mailto:a@orrin.example"]
        {
            assert!(!away("www.dorrin.example", href), "{href}");
        }
        assert!(!away("dorrin.co.uk", "https://news.dorrin.co.uk"));
        assert!(!away("", "https://orrin.example/gulls"));
    }
}

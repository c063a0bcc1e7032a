//! Dates as machines write them.

use jiff::civil;
use jiff::fmt::strtime::BrokenDownTime;

/// First year that is taken for a date of publication; what is before is the zero of some clock.
const FIRST_YEAR: i16 = 1500;

/// `text` as an ISO 8601 date, or date and time, if it is one, or one as RFC 2822 and JavaScript write them; a space or `t`
/// for the `T` is mended.
///
/// The zone stays as it is written. The zero of Unix time is no date.
pub(crate) fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.get(..10)?;
    if day.as_bytes()[4] != b'-' {
        return spelled(text);
    }
    let date: civil::Date = day.parse().ok()?;
    if date.year() < FIRST_YEAR {
        return None;
    }
    let Some(rest) = text.get(10..).filter(|rest| !rest.is_empty()) else { return Some(date.to_string()) };
    let rest = rest.strip_prefix(['T', 't', ' ', '-'])?.trim_start();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let zone_at = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    // A time that means nothing does not make the day wrong.
    let Some((time, zone)) = rest[..zone_at].parse::<civil::Time>().ok().zip(zone(rest[zone_at..].trim())) else {
        return Some(date.to_string());
    };
    // In the east the zero of Unix time is a time of that day.
    let is_zero = date == civil::date(1970, 1, 1);
    (!is_zero).then(|| format!("{date}T{}{zone}", time.strftime("%H:%M:%S")))
}

/// Forms of dates with names of days and months: RFC 2822 with and without the day, and what JavaScript makes a string of.
const SPELLED: [&str; 5] = [
    "%a, %d %b %Y %H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%d %b %Y %H:%M:%S %z",
    "%d %b %Y %H:%M:%S GMT",
    "%a %b %d %Y %H:%M:%S GMT%z",
];

/// `Tue, 20 Feb 2018 01:00:00 +0100` or `Tue Feb 20 2018 01:00:00 GMT+0100 (CET)` in the form of ISO 8601.
fn spelled(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !text.contains(':') {
        return None;
    }
    let (time, offset) = SPELLED.iter().find_map(|form| {
        let (time, _) = BrokenDownTime::parse_prefix(form, text).ok()?;
        // A form without `%z` names Greenwich.
        Some((time.to_datetime().ok()?, time.offset().map_or(0, jiff::tz::Offset::seconds)))
    })?;
    let is_zero = time.date() == civil::date(1970, 1, 1) || time.year() < FIRST_YEAR;
    let zone = match offset / 60 {
        0 => "Z".to_owned(),
        minutes => {
            format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    (!is_zero).then(|| format!("{}{zone}", time.strftime("%Y-%m-%dT%H:%M:%S")))
}

/// A zone as `Z` or `+01:00`; nothing where there is none.
fn zone(text: &str) -> Option<String> {
    match text {
        "" => return Some(String::new()),
        "Z" | "z" | "UTC" | "GMT" => return Some("Z".to_owned()),
        _ => {}
    }
    let digits: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let is_zone = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_zone.then(|| format!("{sign}{}:{}", &digits[..2], digits.get(2..4).filter(|m| !m.is_empty()).unwrap_or("00")))
}

#[cfg(test)]
mod tests {
    use super::iso_date;

    #[test]
    fn dates_are_checked_and_given_one_form() {
        let same = ["2024-02-29", "2024-05-01T07:30:00Z", "2024-05-01T07:30:00+02:00", "2024-05-01T07:30:00"];
        for text in same {
            assert_eq!(iso_date(text).as_deref(), Some(text));
        }
        assert_eq!(iso_date(" 2024-05-01 07:30 ").as_deref(), Some("2024-05-01T07:30:00"));
        assert_eq!(iso_date("2024-05-01 07:30:00 +0200").as_deref(), Some("2024-05-01T07:30:00+02:00"));
        assert_eq!(iso_date("2024-05-01T07:30:00.123-05").as_deref(), Some("2024-05-01T07:30:00-05:00"));
    }

    #[test]
    fn dates_with_names_of_months_are_read() {
        let script = "Tue Feb 20 2018 01:00:00 GMT+0100 (Central European Standard Time)";
        assert_eq!(iso_date(script).as_deref(), Some("2018-02-20T01:00:00+01:00"));
        assert_eq!(iso_date("Tue, 20 Feb 2018 01:00:00 GMT").as_deref(), Some("2018-02-20T01:00:00Z"));
        assert_eq!(iso_date("20 Feb 2018 01:00:00 -0330").as_deref(), Some("2018-02-20T01:00:00-03:30"));
        for text in ["Thu, 01 Jan 1970 00:00:00 GMT", "Tue Feb 30 2018 01:00:00 GMT+0100", "Tuesday at noon: no"] {
            assert_eq!(iso_date(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "2024", "2023-02-29", "1 May 2024", "20240501", "0001-01-01T00:00:00", "2024-05-01Tnoon"] {
            assert_eq!(iso_date(text), None, "{text}");
        }
        assert_eq!(iso_date("1970-01-01T00:00:00Z"), None);
        assert_eq!(iso_date("caf\u{E9}-05-01T"), None);
    }
}

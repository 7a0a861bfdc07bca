//! `--since` and `--until`: a limit in time as the user writes it, against stamps with a zone and without.

use anyhow::{Result, bail};
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{Span, SpanRelativeTo, Unit, Zoned};
use winsock_scan::Stamp;

use super::when::{DAY_MS, Moment};

/// A limit in time.
///
/// Most logs are written in local time and do not say so. What is counted from now is therefore two moments: one for
/// stamps that tell their zone, one for those that show what the clock of this machine showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// For stamps with a zone, in milliseconds since 1970 (UTC). `None`: they too are compared as they are written.
    instant: Option<Moment>,
    /// For stamps without, which count as if they were UTC.
    written: Moment,
}

/// What time it is here.
#[derive(Clone, Copy)]
struct Now {
    instant: Moment,
    /// How far the local clock is ahead of UTC.
    ahead_ms: i64,
}

impl Limit {
    /// Reads a date, a date and time, a time of today, `today`, `yesterday`, `now`, or `90s`, `1h30m`, `3d`, `1w` ago.
    /// A date and time is compared with stamps as they are written; its zone, if it names one, counts for those that name
    /// theirs.
    ///
    /// # Errors
    /// If it is none of these.
    pub(crate) fn parse(text: &str) -> Result<Limit> {
        Limit::parse_at(text, || {
            let now = Zoned::now();
            let ahead_ms = i64::from(now.offset().seconds()) * 1000;
            Now { instant: now.timestamp().as_millisecond(), ahead_ms }
        })
    }

    fn parse_at(text: &str, now: impl FnOnce() -> Now) -> Result<Limit> {
        let text = text.trim();
        let since_midnight = match text.to_ascii_lowercase().as_str() {
            "now" => return Limit::parse_at("0s", now),
            "today" => Some(0),
            "yesterday" => Some(-DAY_MS),
            _ => clock_ms(text),
        };
        if let Some(since_midnight) = since_midnight {
            let now = now();
            let midnight = (now.instant + now.ahead_ms).div_euclid(DAY_MS) * DAY_MS;
            let written = midnight + since_midnight;
            return Ok(Limit { instant: Some(written - now.ahead_ms), written });
        }
        if let Some(ago) = ago_ms(text) {
            let now = now();
            let instant = now.instant.saturating_sub(ago);
            return Ok(Limit { instant: Some(instant), written: instant.saturating_add(now.ahead_ms) });
        }
        if let Some((written, ahead_ms)) = date_and_time(text) {
            return Ok(Limit { instant: ahead_ms.map(|ahead_ms| written - ahead_ms), written });
        }
        bail!(
            "cannot read the time {text:?}: write a date (2025-02-03), a date and time (2025-02-03T10:11:12, optionally \
             with Z or +01:00), a time of today (10:11), today, yesterday, or how long ago (90s, 1h30m, 2h, 3d, 1w)"
        )
    }

    /// Whether there may be a stamp between this limit and another.
    pub(crate) fn is_before(self, other: Limit) -> bool {
        let instant = |limit: Limit| limit.instant.unwrap_or(limit.written);
        instant(self) < instant(other) || self.written < other.written
    }

    /// Whether a stamp, which was at this moment, is before the limit.
    pub(crate) fn is_after(&self, stamp: &Stamp, moment: Moment) -> bool {
        match (stamp.offset_minutes, self.instant) {
            (Some(_), Some(instant)) => moment < instant,
            (ahead, _) => moment + ahead.map_or(0, ahead_ms) < self.written,
        }
    }
}

/// How far a zone is ahead of UTC.
pub(crate) fn ahead_ms(offset_minutes: i16) -> i64 {
    i64::from(offset_minutes) * 60_000
}

/// `90s`, `1h30m`, `2 hours ago`, `PT2H`, in milliseconds. Months and years have no fixed length.
fn ago_ms(text: &str) -> Option<i64> {
    // With colons it would be a length of time that looks like a clock's time.
    let span: Span = text.parse().ok().filter(|_| !text.contains(':'))?;
    let milliseconds = span.total((Unit::Millisecond, SpanRelativeTo::days_are_24_hours())).ok()?;
    Some(milliseconds.abs() as i64)
}

/// What a date, perhaps with a time, shows, and how far its zone is ahead of UTC if it has one.
fn date_and_time(text: &str) -> Option<(Moment, Option<i64>)> {
    let text = text.replace('/', "-").replace(" +", "+").replace(" -", "-").replace(" Z", "Z");
    let pieces = Pieces::parse(&text).ok()?;
    let shown = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    let shown = shown.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some((shown, pieces.to_numeric_offset().map(|offset| i64::from(offset.seconds()) * 1000)))
}

/// `10:11`, `10:11:12` or `10:11:12.5`, in milliseconds since midnight.
fn clock_ms(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let hour: i64 = parts.next()?.parse().ok().filter(|hour| (0..24).contains(hour))?;
    let minute: i64 = parts.next()?.parse().ok().filter(|minute| (0..60).contains(minute))?;
    let seconds: f64 = match parts.next() {
        Some(seconds) => seconds.replace(',', ".").parse().ok().filter(|seconds| (0.0..61.0).contains(seconds))?,
        None => 0.0,
    };
    Some((hour * 60 + minute) * 60_000 + (seconds * 1000.0).round() as i64)
}

#[cfg(test)]
pub(crate) fn written(text: &str) -> Moment {
    Limit::parse(text).unwrap().written
}

#[cfg(test)]
mod tests {
    use super::super::when::date_time;
    use super::*;

    #[test]
    fn dates_and_times_are_read_and_written() {
        assert_eq!(date_time(written("2024-02-29")), "2024-02-29 00:00:00");
        assert_eq!(date_time(written("2024-02-29 12:00")), "2024-02-29 12:00:00");
        assert_eq!(date_time(written("1969-12-31T23:59:59Z")), "1969-12-31 23:59:59");
        assert_eq!(date_time(written("2024/02/29")), "2024-02-29 00:00:00");
        for bad in [
            "",
            "tomorrow",
            "2024-13-01",
            "2024-02-30",
            "1mo",
            "29.02.2024",
            "2024-02-29T25:00",
            "2024-02-29X",
            "5",
            "h",
            "é",
            "24:00",
            "25:00:00",
            "1:2:3:4",
        ] {
            assert!(Limit::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_zone_counts_for_stamps_that_name_theirs() {
        for text in ["2024-02-29T12:00:00+02:00", "2024-02-29 12:00 +0200", "2024-02-29T12:00:00.000+02"] {
            let limit = Limit::parse(text).unwrap();
            assert_eq!(date_time(limit.written), "2024-02-29 12:00:00", "{text}");
            assert_eq!(limit.instant.map(date_time).as_deref(), Some("2024-02-29 10:00:00"), "{text}");
        }
    }

    #[test]
    fn what_is_counted_from_now_knows_the_local_clock() {
        // Five in the morning of March 4 in Sydney, still March 3 in UTC.
        let now = || Now { instant: written("2024-03-03T18:00"), ahead_ms: 11 * 3_600_000 };
        let at = |text| {
            let limit = Limit::parse_at(text, now).unwrap();
            (date_time(limit.instant.unwrap()), date_time(limit.written))
        };
        let both = |instant: &str, written: &str| (instant.to_owned(), written.to_owned());
        assert_eq!(at("2h"), both("2024-03-03 16:00:00", "2024-03-04 03:00:00"));
        for spelling in ["2 hours ago", "120min", "1h 60m", "PT2H", "2 h"] {
            assert_eq!(at(spelling), at("2h"), "{spelling}");
        }
        assert_eq!(at("now"), both("2024-03-03 18:00:00", "2024-03-04 05:00:00"));
        assert_eq!(at("today"), at("00:00"));
        assert_eq!(at("Yesterday"), both("2024-03-02 13:00:00", "2024-03-03 00:00:00"));
        assert_eq!(at("00:30"), both("2024-03-03 13:30:00", "2024-03-04 00:30:00"));
        assert_eq!(at("23:59:59"), both("2024-03-04 12:59:59", "2024-03-04 23:59:59"));
    }

    #[test]
    fn stamps_with_a_zone_and_without_have_limits_of_their_own() {
        let limit = Limit { instant: Some(1000), written: 5000 };
        let (bare, mut zoned) = (Stamp::default(), Stamp::default());
        zoned.offset_minutes = Some(0);
        assert!(limit.is_after(&zoned, 999) && !limit.is_after(&zoned, 1000));
        assert!(limit.is_after(&bare, 4999) && !limit.is_after(&bare, 5000));
        // Half past nine in Berlin is half past eight in UTC, and what a time without a zone is compared with.
        let stamp = Stamp::parse(b"2024-02-29T09:30:00+01:00 x").unwrap();
        let moment = stamp.unix_ms(0).unwrap();
        for (text, is_after) in [("2024-02-29 09:15", false), ("2024-02-29 09:45", true), ("2024-02-29 08:45Z", true)] {
            assert_eq!(Limit::parse(text).unwrap().is_after(&stamp, moment), is_after, "{text}");
        }
    }
}

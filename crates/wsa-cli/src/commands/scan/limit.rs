//! `--since` and `--until`: a limit in time as the user writes it, against stamps with a zone and without.

use anyhow::{Result, bail};
use jiff::Zoned;
use winsock_scan::Stamp;

use super::when::{DAY_MS, Moment};

/// A limit in time.
///
/// Most logs are written in local time and do not say so. What is counted from now is therefore two moments: one for
/// stamps that tell their zone, one for those that show what the clock of this machine showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// For stamps with a zone, in milliseconds since 1970 (UTC).
    instant: Moment,
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
    /// Reads a date, a date and time, a time of today, or `90s`, `30m`, `2h`, `3d`, `1w` ago.
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
        if let Some(ago) = ago_ms(text) {
            let now = now();
            let instant = now.instant.saturating_sub(ago);
            return Ok(Limit { instant, written: instant.saturating_add(now.ahead_ms) });
        }
        if let Some(clock) = clock_ms(text) {
            let now = now();
            let midnight = (now.instant + now.ahead_ms).div_euclid(DAY_MS) * DAY_MS;
            return Ok(Limit { instant: midnight + clock - now.ahead_ms, written: midnight + clock });
        }
        if let Some(moment) = date_and_time(text) {
            return Ok(Limit { instant: moment, written: moment });
        }
        bail!(
            "cannot read the time {text:?}: write a date (2025-02-03), a date and time (2025-02-03T10:11:12, optionally \
             with Z or +01:00), a time of today (10:11), or how long ago (90s, 30m, 2h, 3d, 1w)"
        )
    }

    /// Whether a stamp, which was at this moment, is before the limit.
    pub(crate) fn is_after(&self, stamp: &Stamp, moment: Moment) -> bool {
        moment < if stamp.offset_minutes.is_some() { self.instant } else { self.written }
    }
}

fn ago_ms(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let count: i64 = text[..text.len() - unit.len_utf8()].parse().ok().filter(|count| *count >= 0)?;
    let unit_ms = match unit {
        's' => 1_000,
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => DAY_MS,
        'w' => 7 * DAY_MS,
        _ => return None,
    };
    count.checked_mul(unit_ms)
}

fn date_and_time(text: &str) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let mut fields = day.split('-').map(str::parse::<u16>);
    let mut stamp = Stamp::default();
    stamp.year = Some(i16::try_from(fields.next()?.ok()?).ok()?);
    stamp.month = Some(u8::try_from(fields.next()?.ok()?).ok().filter(|month| (1..=12).contains(month))?);
    stamp.day = Some(u8::try_from(fields.next()?.ok()?).ok().filter(|day| (1..=31).contains(day))?);
    if fields.next().is_some() {
        return None;
    }
    if rest.is_empty() {
        return stamp.unix_ms(0);
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone_at);
    stamp.offset_minutes = zone_minutes(zone)?;
    Some(stamp.unix_ms(0)? + clock_ms(clock)?)
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

/// `None` for nonsense, `Some(None)` for no zone.
#[expect(clippy::option_option, reason = "absent and malformed differ")]
fn zone_minutes(zone: &str) -> Option<Option<i16>> {
    if zone.is_empty() {
        return Some(None);
    }
    if zone.eq_ignore_ascii_case("z") {
        return Some(Some(0));
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone[1..].chars().filter(|character| *character != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i16>().ok()?, 0),
        4 => (digits[..2].parse::<i16>().ok()?, digits[2..].parse::<i16>().ok()?),
        _ => return None,
    };
    Some(Some(sign * (hours * 60 + minutes)))
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
        assert_eq!(date_time(written("2024-02-29T12:00:00+02:00")), "2024-02-29 10:00:00");
        assert_eq!(date_time(written("2024-02-29 12:00")), "2024-02-29 12:00:00");
        assert_eq!(date_time(written("1969-12-31T23:59:59Z")), "1969-12-31 23:59:59");
        for bad in ["", "yesterday", "2024-13-01", "2024-02-29T25:00", "2024-02-29X", "5", "h", "é", "24:00", "1:2:3:4"]
        {
            assert!(Limit::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_counted_from_now_knows_the_local_clock() {
        // Five in the morning of March 4 in Sydney, still March 3 in UTC.
        let now = || Now { instant: written("2024-03-03T18:00"), ahead_ms: 11 * 3_600_000 };
        let at = |text| {
            let limit = Limit::parse_at(text, now).unwrap();
            (date_time(limit.instant), date_time(limit.written))
        };
        let both = |instant: &str, written: &str| (instant.to_owned(), written.to_owned());
        assert_eq!(at("2h"), both("2024-03-03 16:00:00", "2024-03-04 03:00:00"));
        assert_eq!(at("00:30"), both("2024-03-03 13:30:00", "2024-03-04 00:30:00"));
        assert_eq!(at("23:59:59"), both("2024-03-04 12:59:59", "2024-03-04 23:59:59"));
    }

    #[test]
    fn stamps_with_a_zone_and_without_have_limits_of_their_own() {
        let limit = Limit { instant: 1000, written: 5000 };
        let (bare, mut zoned) = (Stamp::default(), Stamp::default());
        zoned.offset_minutes = Some(0);
        assert!(limit.is_after(&zoned, 999) && !limit.is_after(&zoned, 1000));
        assert!(limit.is_after(&bare, 4999) && !limit.is_after(&bare, 5000));
    }
}

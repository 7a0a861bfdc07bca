//! Times: a log's stamp as milliseconds, as text, and against `--since` and `--until`.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use winsock_scan::Stamp;

/// Milliseconds since 1970-01-01. Stamps without a zone are taken as they are written, as if their zone were UTC.
pub(crate) type Moment = i64;

const DAY_MS: i64 = 86_400_000;

/// When a stamp was, with what it lacks supplied from the file's last change: syslog leaves out the year, some programs
/// the date. A stamp may not lie more than a day after the last change, so December in a file of January is last year's.
pub(crate) fn moment(stamp: &Stamp, modified_ms: Option<i64>) -> Option<Moment> {
    if let Some(moment) = stamp.unix_ms(0) {
        return Some(moment);
    }
    let modified = modified_ms?;
    let date = civil(modified.div_euclid(DAY_MS));
    let mut full = *stamp;
    if stamp.month.is_none() || stamp.day.is_none() {
        (full.year, full.month, full.day) = (Some(date.0), Some(date.1), Some(date.2));
        let moment = full.unix_ms(0)?;
        return Some(if moment > modified + DAY_MS / 2 { moment - DAY_MS } else { moment });
    }
    full.year = Some(date.0);
    let moment = full.unix_ms(0)?;
    if moment <= modified + DAY_MS {
        return Some(moment);
    }
    full.year = Some(date.0 - 1);
    full.unix_ms(0)
}

/// The date of a day since 1970-01-01: year, month, day. Howard Hinnant's `civil_from_days`, re-derived: years begin in
/// March so that the leap day comes last.
pub(crate) fn civil(days: i64) -> (i16, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i16, month as u8, day as u8)
}

/// `2024-03-04 10:48:06`.
pub(crate) fn date_time(moment: Moment) -> String {
    format!("{} {}", date(moment), time(moment))
}

/// `2024-03-04`.
pub(crate) fn date(moment: Moment) -> String {
    let (year, month, day) = civil(moment.div_euclid(DAY_MS));
    format!("{year:04}-{month:02}-{day:02}")
}

/// `10:48:06`.
pub(crate) fn time(moment: Moment) -> String {
    let second = moment.rem_euclid(DAY_MS) / 1000;
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// A stamp as ISO 8601 with what it says and nothing more: no zone where the log has none, `--03-04T..` without a year,
/// `T10:48:06` without a date.
pub(crate) fn push_iso(out: &mut Vec<u8>, stamp: &Stamp) {
    let date = match (stamp.year, stamp.month, stamp.day) {
        (Some(year), Some(month), Some(day)) => {
            push_decimal(out, u64::from(year.unsigned_abs()), 4);
            Some((month, day))
        }
        (None, Some(month), Some(day)) => {
            out.push(b'-');
            Some((month, day))
        }
        _ => None,
    };
    let parts = date.map(|(month, day)| [(b'-', month), (b'-', day)]).into_iter().flatten();
    for (mark, value) in parts.chain([(b'T', stamp.hour), (b':', stamp.minute), (b':', stamp.second)]) {
        out.push(mark);
        push_decimal(out, u64::from(value), 2);
    }
    // Milliseconds, microseconds or nanoseconds, as the log wrote them.
    match stamp.nanosecond {
        0 => {}
        nanosecond => {
            let (unit, digits) = [(1_000_000, 3), (1_000, 6)]
                .into_iter()
                .find(|(unit, _)| nanosecond.is_multiple_of(*unit))
                .unwrap_or((1, 9));
            out.push(b'.');
            push_decimal(out, u64::from(nanosecond / unit), digits);
        }
    }
    match stamp.offset_minutes {
        None => {}
        Some(0) => out.push(b'Z'),
        Some(offset) => {
            out.push(if offset < 0 { b'-' } else { b'+' });
            push_decimal(out, u64::from(offset.unsigned_abs() / 60), 2);
            out.push(b':');
            push_decimal(out, u64::from(offset.unsigned_abs() % 60), 2);
        }
    }
}

/// A number with at least so many digits, without the machinery of formatting.
pub(crate) fn push_decimal(out: &mut Vec<u8>, mut value: u64, least_digits: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while value > 0 {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(&digits[at.min(digits.len() - least_digits)..]);
}

/// A moment as the user writes it: a date, a date and time, or `90s`, `30m`, `2h`, `3d`, `1w` ago.
///
/// # Errors
/// If it is none of these.
pub(crate) fn parse(text: &str) -> Result<Moment> {
    let text = text.trim();
    if let Some(ago) = ago_ms(text) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
        return Ok(now - ago);
    }
    if let Some(moment) = date_and_time(text) {
        return Ok(moment);
    }
    bail!(
        "cannot read the time {text:?}: write a date (2025-02-03), a date and time (2025-02-03T10:11:12, optionally with \
         Z or +01:00), or how long ago (90s, 30m, 2h, 3d, 1w)"
    )
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
    let mut parts = clock.splitn(3, ':');
    stamp.hour = parts.next()?.parse().ok().filter(|hour| *hour < 24)?;
    stamp.minute = parts.next()?.parse().ok().filter(|minute| *minute < 60)?;
    let mut extra_ms = 0;
    if let Some(seconds) = parts.next() {
        let seconds: f64 = seconds.replace(',', ".").parse().ok().filter(|seconds| (0.0..61.0).contains(seconds))?;
        stamp.second = seconds as u8;
        extra_ms = (seconds.fract() * 1000.0).round() as i64;
    }
    Some(stamp.unix_ms(0)? + extra_ms)
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

/// A span of time for people: `4 min`, `1 h`, `350 s`.
pub(crate) fn duration(seconds: i64) -> String {
    match seconds {
        _ if seconds % 86_400 == 0 && seconds > 0 => format!("{} d", seconds / 86_400),
        _ if seconds % 3_600 == 0 && seconds > 0 => format!("{} h", seconds / 3_600),
        _ if seconds % 60 == 0 && seconds > 0 => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        parse(text).unwrap()
    }

    #[test]
    fn dates_and_times_are_read_and_written() {
        assert_eq!(date_time(at("2024-02-29")), "2024-02-29 00:00:00");
        assert_eq!(date_time(at("2024-02-29T12:00:00+02:00")), "2024-02-29 10:00:00");
        assert_eq!(date_time(at("2024-02-29 12:00")), "2024-02-29 12:00:00");
        assert_eq!(date_time(at("1969-12-31T23:59:59Z")), "1969-12-31 23:59:59");
        for bad in ["", "yesterday", "2024-13-01", "2024-02-29T25:00", "2024-02-29X", "5", "h", "é"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn missing_year_and_date_come_from_the_files_last_change() {
        let modified = Some(at("2025-01-02T03:00:00"));
        let mut stamp = Stamp::default();
        (stamp.month, stamp.day, stamp.hour) = (Some(12), Some(31), 23);
        assert_eq!(moment(&stamp, modified), Some(at("2024-12-31T23:00:00")));
        (stamp.month, stamp.day) = (Some(1), Some(2));
        assert_eq!(moment(&stamp, modified), Some(at("2025-01-02T23:00:00")));
        (stamp.month, stamp.day) = (None, None);
        assert_eq!(moment(&stamp, modified), Some(at("2025-01-01T23:00:00")));
        assert_eq!(moment(&stamp, None), None);
    }

    fn iso(stamp: &Stamp) -> String {
        let mut out = Vec::new();
        push_iso(&mut out, stamp);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_have_their_digits() {
        let text = |value, least| {
            let mut out = Vec::new();
            push_decimal(&mut out, value, least);
            String::from_utf8(out).unwrap()
        };
        assert_eq!([text(0, 1), text(7, 2), text(1234, 2), text(0, 4)], ["0", "07", "1234", "0000"]);
        assert_eq!(text(u64::MAX, 1), u64::MAX.to_string());
    }

    #[test]
    fn iso_says_no_more_than_the_log() {
        let mut stamp = Stamp::default();
        (stamp.hour, stamp.minute, stamp.second) = (10, 48, 6);
        assert_eq!(iso(&stamp), "T10:48:06");
        (stamp.month, stamp.day) = (Some(3), Some(4));
        assert_eq!(iso(&stamp), "--03-04T10:48:06");
        (stamp.year, stamp.nanosecond, stamp.offset_minutes) = (Some(2024), 102_938_000, Some(-90));
        assert_eq!(iso(&stamp), "2024-03-04T10:48:06.102938-01:30");
        (stamp.nanosecond, stamp.offset_minutes) = (20_000_000, Some(0));
        assert_eq!(iso(&stamp), "2024-03-04T10:48:06.020Z");
        (stamp.nanosecond, stamp.offset_minutes) = (7, None);
        assert_eq!(iso(&stamp), "2024-03-04T10:48:06.000000007");
    }
}

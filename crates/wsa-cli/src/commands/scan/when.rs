//! Times: a log's stamp as milliseconds and as text.

use winsock_scan::Stamp;

/// Milliseconds since 1970-01-01. Stamps without a zone are taken as they are written, as if their zone were UTC.
pub(crate) type Moment = i64;

pub(crate) const DAY_MS: i64 = 86_400_000;

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
    use super::super::limit::written as at;
    use super::*;

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

//! [`Stamp`]: a time as a log writes it.

use std::sync::LazyLock;

use memchr::memmem::Finder;

mod date;
mod memory;

use date::{glog_date, month_name_date, numeric_date, set_date, written_date};
pub(crate) use memory::StampMemory;

/// A time that a record carries, split in its parts. Parts that the log leaves out (the year in syslog's stamps, the
/// date in a bare `10:20:30`) are `None`; nothing is guessed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Stamp {
    /// Year, such as 2025.
    pub year: Option<i16>,
    /// Month, 1-12.
    pub month: Option<u8>,
    /// Day of the month, 1-31.
    pub day: Option<u8>,
    /// Hour, 0-23.
    pub hour: u8,
    /// Minute, 0-59.
    pub minute: u8,
    /// Second, 0-60.
    pub second: u8,
    /// Nanosecond, 0-999,999,999.
    pub nanosecond: u32,
    /// Minutes east of UTC; `None` if the log does not say, which mostly means local time.
    pub offset_minutes: Option<i16>,
    /// Whether the stamp stood in an earlier line than the record.
    pub inherited: bool,
}

impl Stamp {
    /// Milliseconds since 1970-01-01T00:00:00Z, with `offset_minutes` for stamps that name no zone. `None` if the stamp
    /// has no complete date.
    ///
    /// ```
    /// use winsock_scan::Stamp;
    ///
    /// let stamp = Stamp::parse(b"2024-02-29T12:00:00.250+02:00 worker started").unwrap();
    /// assert_eq!(stamp.unix_ms(0), Some(1_709_200_800_250));
    /// ```
    #[must_use]
    pub fn unix_ms(&self, offset_minutes: i16) -> Option<i64> {
        let days = days_from_civil(i64::from(self.year?), i64::from(self.month?), i64::from(self.day?));
        let offset = i64::from(self.offset_minutes.unwrap_or(offset_minutes));
        let seconds =
            days * 86_400 + i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second);
        Some((seconds - offset * 60) * 1_000 + i64::from(self.nanosecond / 1_000_000))
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar. Howard Hinnant's `days_from_civil`, public
/// domain, re-derived: years begin in March so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// How far before a record an earlier line may lie that dates it.
pub(crate) const STAMP_BACK_BYTES: usize = 16 << 10;

/// How much of a record is searched for a stamp.
const RECORD_SEARCH_BYTES: usize = 1024;

impl Stamp {
    /// The first time with a date that the text tells, in its first kilobyte; failing that, a bare time of day at its
    /// front.
    ///
    /// Known are ISO 8601 and its relatives, US and German dates, ctime (Apache's microseconds too), syslog, the common log
    /// format, glog, Java's, Boost's, Spark's, Oracle's, Erlang's, Unreal's, DB2's and Zabbix's forms, dates with the words
    /// for year, month and day of Chinese, Japanese and Korean, the halves of the day in Chinese, Korean and Spanish, a zone
    /// in front, seconds or milliseconds since 1970 where a JSON key or an `@` says so, seconds at the front, and the
    /// microseconds of journald's exports, which go before all others.
    ///
    /// ```
    /// use winsock_scan::Stamp;
    ///
    /// let stamp = Stamp::parse(b"[Mon Mar 04 10:48:06.102938 2019] [proxy:error] ...").unwrap();
    /// assert_eq!((stamp.year, stamp.month, stamp.day), (Some(2019), Some(3), Some(4)));
    /// assert_eq!(stamp.nanosecond, 102_938_000);
    /// ```
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Stamp> {
        let near = &text[..text.len().min(RECORD_SEARCH_BYTES)];
        usual(near).or_else(|| journal(text)).or_else(|| anywhere(near))
    }
}

fn anywhere(text: &[u8]) -> Option<Stamp> {
    let mut bare = None;
    for colon in memchr::memchr_iter(b':', text) {
        let Some((clock, start, end)) = clock_at(text, colon) else { continue };
        if let Some(mut stamp) = with_date(text, clock, start, end) {
            if text[0] == b'+' || text[0] == b'-' {
                zone_in_front(text, &mut stamp);
            }
            return Some(stamp);
        }
        if start <= 2 && bare.is_none() {
            bare = Some(clock);
        }
    }
    without_colons(text).or_else(|| zabbix(text)).or_else(|| epoch(text)).or_else(|| seconds_in_front(text)).or(bare)
}

/// `2025-03-01 10:00:07.123`, `2025-03-01T10:00:07Z` at the front, as most records begin: what
/// [`anywhere`] reads there, in half the time.
fn usual(text: &[u8]) -> Option<Stamp> {
    const LEAST: &[u8; 19] = b"0000-00-00 00:00:00";
    const MOST: &[u8; 19] = b"9999-99-99T99:99:99";
    let head: &[u8; 19] = text.first_chunk()?;
    let outside =
        (0..19).fold(0, |outside, at| outside | u8::from(head[at] < LEAST[at]) | u8::from(head[at] > MOST[at]));
    if outside != 0 || !matches!(head[10], b' ' | b'T') {
        return None;
    }
    let two = |at: usize| (head[at] - b'0') * 10 + head[at + 1] - b'0';
    let (hour, minute, second) = (two(11), two(14), two(17));
    let mut stamp = Stamp { hour, minute, second, ..Stamp::default() };
    let year = i64::from(two(0)) * 100 + i64::from(two(2));
    if hour > 23
        || minute > 59
        || second > 60
        || !set_date(&mut stamp, Some(year), Some(two(5).into()), Some(two(8).into()))
    {
        return None;
    }
    let end = fraction(text, head.len(), &mut stamp);
    half_of_day(text, end, &mut stamp)?;
    zone(text, end, &mut stamp);
    Some(stamp)
}

/// A two-digit number.
fn two(text: &[u8], at: usize) -> Option<u8> {
    match text.get(at..at + 2)? {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + ones - b'0'),
        _ => None,
    }
}

fn number(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 13 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

/// `hh:mm[:ss[.fraction]] [AM|PM]` around its first colon; where it begins and ends.
fn clock_at(text: &[u8], colon: usize) -> Option<(Stamp, usize, usize)> {
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let minute = two(text, colon + 1).filter(|minute| *minute < 60)?;
    let (hour, start) = if colon >= 2 && digit(colon - 2) {
        (two(text, colon - 2)?, colon - 2)
    } else if colon >= 1 && digit(colon - 1) {
        (text[colon - 1] - b'0', colon - 1)
    } else {
        return None;
    };
    // Not a part of a longer number or of an IPv6 address.
    if hour > 23 || start > 0 && text[start - 1].is_ascii_digit() {
        return None;
    }
    let mut end = colon + 3;
    let mut stamp = Stamp { hour, minute, ..Stamp::default() };
    if text.get(end) == Some(&b':') && digit(end + 1) {
        stamp.second = two(text, end + 1).filter(|second| *second <= 60)?;
        end += 3;
        end = fraction(text, end, &mut stamp);
    }
    half_of_day(text, end, &mut stamp)?;
    Some((stamp, start, end))
}

/// The fraction of a second that may begin at `end`; where it ends.
fn fraction(text: &[u8], end: usize, stamp: &mut Stamp) -> usize {
    let Some([sign @ (b'.' | b',' | b':'), rest @ ..]) = text.get(end..) else { return end };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    // Between commas a number is a column of its own: `02:18:34,320,ERROR,`.
    if digits == 0 || *sign == b',' && rest.get(digits) == Some(&b',') {
        return end;
    }
    stamp.nanosecond = nanoseconds(&rest[..digits]);
    end + 1 + digits
}

/// Reads `PM` or `AM` behind a clock that ends at `end`; nothing if it goes on with a digit.
fn half_of_day(text: &[u8], end: usize, stamp: &mut Stamp) -> Option<()> {
    let rest = &text[end..];
    match rest.strip_prefix(b" ").unwrap_or(rest) {
        [b'P' | b'p', b'M' | b'm', ..] => set_half(stamp, true),
        [b'A' | b'a', b'M' | b'm', ..] => set_half(stamp, false),
        // Spanish: `p. m.`, also with a blank that does not break, in UTF-8 or a code page.
        [half @ (b'a' | b'p'), b'.', behind @ ..] => {
            let blank = behind.iter().take(2).take_while(|byte| **byte == b' ' || **byte >= 0x80).count();
            if behind[blank..].starts_with(b"m.") {
                set_half(stamp, *half == b'p');
            }
        }
        _ => {}
    }
    (!rest.first().is_some_and(u8::is_ascii_digit)).then_some(())
}

fn set_half(stamp: &mut Stamp, second: bool) {
    match (second, stamp.hour) {
        (true, ..12) => stamp.hour += 12,
        (false, 12) => stamp.hour = 0,
        _ => {}
    }
}

/// The text before a clock without the half of the day, which Chinese and Korean put there: `2025/2/3 下午 10:11:12`.
fn half_before<'t>(before: &'t [u8], stamp: &mut Stamp) -> &'t [u8] {
    const HALVES: [(&str, bool); 4] = [("上午", false), ("下午", true), ("오전", false), ("오후", true)];
    let bare = before.trim_ascii_end();
    if bare.last().is_none_or(u8::is_ascii) {
        return before;
    }
    let half = HALVES.iter().find_map(|(word, second)| Some((bare.strip_suffix(word.as_bytes())?, *second)));
    half.map_or(before, |(rest, second)| {
        set_half(stamp, second);
        rest
    })
}

fn nanoseconds(digits: &[u8]) -> u32 {
    const UNITS: [u32; 10] = [0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    let digits = &digits[..digits.len().min(9)];
    let value = digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    value * UNITS[digits.len()]
}

/// The clock with the date before it, or, as ctime writes it, around it.
fn with_date(text: &[u8], clock: Stamp, start: usize, end: usize) -> Option<Stamp> {
    let mut stamp = clock;
    let before = half_before(&text[..start], &mut stamp);
    let start = before.len();
    if written_date(before, &mut stamp) {
        zone(text, end, &mut stamp);
        return Some(stamp);
    }
    let gap = before
        .iter()
        .rev()
        .take(3)
        .take_while(|byte| matches!(byte, b' ' | b'T' | b't' | b':' | b'_' | b'-' | b',' | b'\t'))
        .count();
    let date = &before[..start - gap];
    if gap > 0
        && (numeric_date(date, &mut stamp)
            || month_name_date(date, text, end, &mut stamp)
            || glog_date(date, &mut stamp))
    {
        zone(text, end, &mut stamp);
        return Some(stamp);
    }
    None
}

/// `Z`, `UTC`, `+02:00`, `-0700` behind the clock.
fn zone(text: &[u8], end: usize, stamp: &mut Stamp) {
    let rest = &text[end..];
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    match rest {
        [b'Z' | b'z', next, ..] if next.is_ascii_alphanumeric() => {}
        [b'Z' | b'z', ..] => stamp.offset_minutes = Some(0),
        [b'U', b'T', b'C', ..] | [b'G', b'M', b'T', ..] => stamp.offset_minutes = Some(0),
        [sign @ (b'+' | b'-'), ..] => {
            let Some(hours) = two(rest, 1).filter(|hours| *hours <= 14) else { return };
            let minutes = two(rest, if rest.get(3) == Some(&b':') { 4 } else { 3 }).unwrap_or(0);
            let offset = i16::from(hours) * 60 + i16::from(minutes);
            stamp.offset_minutes = Some(if *sign == b'-' { -offset } else { offset });
        }
        _ => {}
    }
}

/// `+0800 2025-03-01 10:00:07`: the zone that a line begins with.
fn zone_in_front(text: &[u8], stamp: &mut Stamp) {
    let is_zone =
        text.get(1..5).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit)) && text.get(5) == Some(&b' ');
    if is_zone && stamp.offset_minutes.is_none() {
        zone(text, 0, stamp);
    }
}

/// `[2025.01.22-18.04.51:233]`, `2025-01-22-18.04.51.233000+060`, `2025-01-22_18-04-51`, `20250122 180451`: a date and a clock
/// without colons that a record begins with.
fn without_colons(text: &[u8]) -> Option<Stamp> {
    let text = text.strip_prefix(b"[").unwrap_or(text);
    let separator = *text.get(4)?;
    let (date, rest) = text.split_at_checked(if separator.is_ascii_digit() { 8 } else { 10 })?;
    let (year, month, day) = match separator {
        b'0'..=b'9' => (&date[..4], &date[4..6], &date[6..]),
        b'-' | b'.' | b'/' if date[7] == separator => (&date[..4], &date[5..7], &date[8..]),
        _ => return None,
    };
    let [b'-' | b' ' | b'T' | b'_', clock @ ..] = rest else { return None };
    let dot = *clock.get(2)?;
    let (minute, second, end) = match dot {
        b'0'..=b'9' => (2, 4, 6),
        b'.' | b'-' if clock.get(5) == Some(&dot) => (3, 6, 8),
        _ => return None,
    };
    let mut stamp = Stamp {
        hour: two(clock, 0).filter(|hour| *hour < 24)?,
        minute: two(clock, minute).filter(|minute| *minute < 60)?,
        second: two(clock, second).filter(|second| *second <= 60)?,
        ..Stamp::default()
    };
    let end = fraction(clock, end, &mut stamp);
    let behind = &clock[end..];
    // A longer number is none, nor is one that goes on as a name or a version does.
    if behind.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'))
        || !set_date(&mut stamp, number(year), number(month), number(day))
    {
        return None;
    }
    match behind {
        // DB2 writes its zone in minutes.
        [sign @ (b'+' | b'-'), zone @ ..] if zone.iter().take_while(|byte| byte.is_ascii_digit()).count() == 3 => {
            let minutes = number(&zone[..3])? as i16;
            stamp.offset_minutes = Some(if *sign == b'-' { -minutes } else { minutes });
        }
        _ => self::zone(clock, end, &mut stamp),
    }
    Some(stamp)
}

/// `4812:20240131:101530.123`
fn zabbix(text: &[u8]) -> Option<Stamp> {
    let colon = memchr::memchr(b':', &text[..text.len().min(12)])?;
    let date = text.get(colon + 1..colon + 9)?;
    let clock = text.get(colon + 10..colon + 16).filter(|_| text[colon + 9] == b':')?;
    let mut stamp = Stamp { hour: two(clock, 0)?, minute: two(clock, 2)?, second: two(clock, 4)?, ..Stamp::default() };
    if let Some(digits) = text.get(colon + 17..colon + 20).filter(|digits| digits.iter().all(u8::is_ascii_digit)) {
        stamp.nanosecond = nanoseconds(digits);
    }
    set_date(&mut stamp, number(&date[..4]), number(&date[4..6]), number(&date[6..])).then_some(stamp)
}

/// `__REALTIME_TIMESTAMP=1738576800123456`, `"__REALTIME_TIMESTAMP" : "1738576800123456"`: microseconds since 1970, in a field or
/// anywhere in an object. Source: systemd, "Journal Export Formats".
fn journal(text: &[u8]) -> Option<Stamp> {
    static KEY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"_REALTIME_TIMESTAMP"));
    const MOST_BYTES: usize = 8 << 10;
    let near = match text.first()? {
        b'_' => 64,
        b'{' => MOST_BYTES,
        _ => return None,
    };
    let text = &text[..text.len().min(near)];
    let rest = &text[KEY.find(text)? + KEY.needle().len()..];
    let signs = rest.iter().take(6).take_while(|byte| b"\" :=".contains(byte)).count();
    let digits = rest[signs..].iter().take(17).take_while(|byte| byte.is_ascii_digit()).count();
    if signs == 0 || digits != 16 {
        return None;
    }
    let seconds = number(&rest[signs..signs + 10])?;
    let nanosecond = nanoseconds(&rest[signs + 10..signs + 16]);
    Some(Stamp { nanosecond, ..Stamp::from_unix_seconds(seconds) })
}

/// `"created":"@1600000000.123"`, `"time":1600000000000`, `"ts":1600000000.5`
fn epoch(text: &[u8]) -> Option<Stamp> {
    const KEYS: [&[u8]; 6] = [b"\"@", b"\"time\":", b"\"ts\":", b"\"timestamp\":", b"\"timestamp\": ", b"\"time\": "];
    let at = KEYS.iter().find_map(|key| memchr::memmem::find(text, key).map(|at| at + key.len()))?;
    let digits = text[at..].iter().take(13).take_while(|byte| byte.is_ascii_digit()).count();
    let value = number(&text[at..at + digits])?;
    let (seconds, mut nanosecond) = match digits {
        10 => (value, 0),
        13 => (value / 1000, (value % 1000) as u32 * 1_000_000),
        _ => return None,
    };
    if digits == 10 && text.get(at + 10) == Some(&b'.') {
        let fraction = text[at + 11..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        nanosecond = nanoseconds(&text[at + 11..at + 11 + fraction]);
    }
    Some(Stamp { nanosecond, ..Stamp::from_unix_seconds(seconds) })
}

/// `[1738577472] `, `1738577472.123 `: seconds since 1970 that a record begins with, in brackets or with a fraction, as nothing
/// else is written that begins so.
fn seconds_in_front(text: &[u8]) -> Option<Stamp> {
    let bracket = text.first() == Some(&b'[');
    let text = &text[usize::from(bracket)..];
    let digits = text.iter().take(11).take_while(|byte| byte.is_ascii_digit()).count();
    // Up to 2033; `2147...` are HRESULTs.
    let seconds =
        number(&text[..digits]).filter(|seconds| digits == 10 && (1_000_000_000..2_000_000_000).contains(seconds))?;
    let (fraction, rest) = match text[digits..].strip_prefix(b".") {
        Some(rest) => rest.split_at(rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count()),
        None => (&b""[..], &text[digits..]),
    };
    let is_closed = if bracket { rest.starts_with(b"]") } else { fraction.len() > 1 && rest.starts_with(b" ") };
    let nanosecond = nanoseconds(fraction);
    is_closed.then(|| Stamp { nanosecond, ..Stamp::from_unix_seconds(seconds) })
}

impl Stamp {
    /// The UTC stamp of a number of seconds since 1970. Howard Hinnant's `civil_from_days`.
    fn from_unix_seconds(seconds: i64) -> Stamp {
        let days = seconds.div_euclid(86_400) + 719_468;
        let of_day = seconds.rem_euclid(86_400);
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Stamp {
            year: Some(year as i16),
            month: Some(month as u8),
            day: Some((day_of_year - (153 * shifted + 2) / 5 + 1) as u8),
            hour: (of_day / 3_600) as u8,
            minute: (of_day / 60 % 60) as u8,
            second: (of_day % 60) as u8,
            offset_minutes: Some(0),
            ..Stamp::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_usual_form_is_read_as_anywhere(
            text in "(2025|2024|1969)-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])[ T]([01][0-9]|2[0-4]):([0-5][0-9]|60):([0-5][0-9]|6[01])([.,:;][0-9]{0,11})?[ ,0]?([aApP][mM]|Z|[+-][01][0-9]:?[0-9]{2}|UTC|x)?.{0,8}",
        ) {
            if let Some(stamp) = usual(text.as_bytes()) {
                prop_assert_eq!(Some(stamp), anywhere(text.as_bytes()));
            }
        }
    }

    #[test]
    fn the_forms_that_logs_have_are_read() {
        for (text, wanted) in [
            ("2024-01-31T10:20:30.5Z x", (Some(2024), Some(1), Some(31), 10, 20, 30)),
            ("+0800 2023-07-01 01:02:03 x", (Some(2023), Some(7), Some(1), 1, 2, 3)),
            ("2024/10/08 13:32:56 [error]", (Some(2024), Some(10), Some(8), 13, 32, 56)),
            ("6/01/2023 09:15:40 ERROR", (Some(2023), Some(6), Some(1), 9, 15, 40)),
            ("31.12.2023 23:59:59 Fehler", (Some(2023), Some(12), Some(31), 23, 59, 59)),
            ("1/2/2024 3:04:05 PM x", (Some(2024), Some(1), Some(2), 15, 4, 5)),
            ("Sun Jun 07 19:55:02 2015 read", (Some(2015), Some(6), Some(7), 19, 55, 2)),
            ("Mar  2 14:21:55.000 [warn]", (None, Some(3), Some(2), 14, 21, 55)),
            ("3-Feb-2016::10:48:13", (Some(2016), Some(2), Some(3), 10, 48, 13)),
            ("[25-Sep-2020 08:11:04 UTC]", (Some(2020), Some(9), Some(25), 8, 11, 4)),
            ("10.0.0.1 - - [02/Feb/2025:10:04:08 +0000]", (Some(2025), Some(2), Some(2), 10, 4, 8)),
            ("E0902 17:05:33.500112  8816 x", (None, Some(9), Some(2), 17, 5, 33)),
            ("[2025.01.22-18.04.51:233][612]Log", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("2025-01-22-18.04.51.233000+060 I12 LEVEL: Error", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("2025-01-22 18.04.51 x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("2025-01-22_18-04-51 x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("20250122 180451 x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("20250122T180451.5Z x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("2025年1月22日 18:04:51 x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("2025年01月22日18:04:51 x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("[2025년 1월 22일 오후 6:04:51] x", (Some(2025), Some(1), Some(22), 18, 4, 51)),
            ("  4812:20240131:101530.123 cannot", (Some(2024), Some(1), Some(31), 10, 15, 30)),
            ("{\"created\":\"@1600000000.5\"}", (Some(2020), Some(9), Some(13), 12, 26, 40)),
            ("Error : bind [02/01 10:11:12.123]", (None, Some(1), Some(2), 10, 11, 12)),
            ("Feb 03, 2025 10:11:12 PM org.example.Pump run", (Some(2025), Some(2), Some(3), 22, 11, 12)),
            ("[Feb 3, 2025, 10:11:12 AM] x", (Some(2025), Some(2), Some(3), 10, 11, 12)),
            ("03-FEB-25 10:11:12 x", (Some(2025), Some(2), Some(3), 10, 11, 12)),
            ("03-FEB-34 10:11:12 x", (Some(2034), Some(2), Some(3), 10, 11, 12)),
            ("2025-Feb-03 10:11:12.5: x", (Some(2025), Some(2), Some(3), 10, 11, 12)),
            ("24/05/13 09:12:33 WARN Executor: x", (Some(2024), Some(5), Some(13), 9, 12, 33)),
            ("13/05/24 09:12:33 x", (Some(2024), Some(5), Some(13), 9, 12, 33)),
            ("2025/2/3 下午 10:11:12 x", (Some(2025), Some(2), Some(3), 22, 11, 12)),
            ("2025-02-03 오전 12:11:12 x", (Some(2025), Some(2), Some(3), 0, 11, 12)),
            ("13/02/2025 10:11:12 p. m. x", (Some(2025), Some(2), Some(13), 22, 11, 12)),
            ("13/02/2025 10:11:12 p.\u{A0}m. x", (Some(2025), Some(2), Some(13), 22, 11, 12)),
            ("[1738577472] SERVICE ALERT: x", (Some(2025), Some(2), Some(3), 10, 11, 12)),
            ("1738577472.123    21 10.0.0.1 TCP_MISS x", (Some(2025), Some(2), Some(3), 10, 11, 12)),
        ] {
            let stamp = Stamp::parse(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second), wanted, "{text}");
        }
    }

    #[test]
    fn a_zone_may_stand_in_front() {
        let stamp = Stamp::parse(b"+0800 2025-02-03 10:11:12 ERROR x").unwrap();
        assert_eq!(stamp.offset_minutes, Some(480));
        assert_eq!(Stamp::parse(b"-0330 2025-02-03 10:11:12 x").unwrap().offset_minutes, Some(-210));
        assert_eq!(Stamp::parse(b"- 2025-02-03 10:11:12 x").unwrap().offset_minutes, None);
        assert_eq!(Stamp::parse(b"+0800 2025-02-03T10:11:12Z x").unwrap().offset_minutes, Some(0));
        let of_db2 = Stamp::parse(b"2025-02-03-10.11.12.123456-330 E1 x").unwrap();
        assert_eq!((of_db2.offset_minutes, of_db2.nanosecond), (Some(-330), 123_456_000));
    }

    #[test]
    fn numbers_in_front_are_no_times() {
        for text in ["20250122 1804510 x", "2025-01-22-18.04.51.2.3", "20250122-180451_x", "2025.01.22 build 180451"] {
            assert_eq!(Stamp::parse(text.as_bytes()), None, "{text}");
        }
        for text in ["1738577472 bytes sent", "[2147014842] x", "[17385774721] x", "1738577472.1 x", "[1738577472 x"] {
            assert_eq!(Stamp::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn journals_tell_microseconds() {
        for text in [
            "__REALTIME_TIMESTAMP=1738576800123456",
            "_SOURCE_REALTIME_TIMESTAMP=1738576800123456",
            "{\"MESSAGE\":\"at 2020-01-01 01:01:01 x\",\"__REALTIME_TIMESTAMP\" : \"1738576800123456\"}",
        ] {
            let stamp = Stamp::parse(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(stamp.unix_ms(60), Some(1_738_576_800_123), "{text}");
            assert_eq!(stamp.nanosecond, 123_456_000, "{text}");
        }
    }

    #[test]
    fn a_column_behind_a_clock_is_no_fraction() {
        let nanosecond = |text: &str| Stamp::parse(text.as_bytes()).unwrap().nanosecond;
        assert_eq!(nanosecond("2026-11-22 02:18:34,320,ERROR,x"), 0);
        assert_eq!(nanosecond("2026-11-22 02:18:34,320 ERROR x"), 320_000_000);
        assert_eq!(nanosecond("2026-11-22 02:18:34.320,ERROR,x"), 320_000_000);
        assert_eq!(nanosecond("2026-11-22 02:18:34,320"), 320_000_000);
    }

    #[test]
    fn ports_and_addresses_are_no_times() {
        for text in ["dial tcp 10.0.0.1:10054", "[::1]:8080", "after 00:00:21.04 seconds", "app.js:10:54"] {
            assert_eq!(Stamp::parse(text.as_bytes()).and_then(|stamp| stamp.day), None, "{text}");
        }
    }
}

//! Dates and times as text, by Windows' pictures: `"yyyy-MM-dd"`, `"h:mm:ss tt"`.
//!
//! Two locales are known, `en-US` and the invariant one; every other one is written as `en-US`. Docs: "Hour, Minute, and
//! Second Format Pictures", "Day, Month, Year, and Era Format Pictures".

use std::fmt::Write;

use winsock::Code;

use crate::error;
use crate::time::SystemTime;

const TIME_NOMINUTESORSECONDS: u32 = 0x1;
const TIME_NOSECONDS: u32 = 0x2;
const TIME_NOTIMEMARKER: u32 = 0x4;
const TIME_FORCE24HOURFORMAT: u32 = 0x8;
const DATE_SHORTDATE: u32 = 0x1;
const DATE_LONGDATE: u32 = 0x2;
const DATE_YEARMONTH: u32 = 0x8;
const DATE_MONTHDAY: u32 = 0x80;
/// Those of which a call names one at most, and none beside a picture.
const DATE_KINDS: u32 = DATE_SHORTDATE | DATE_LONGDATE | DATE_YEARMONTH | DATE_MONTHDAY;
/// Another calendar, and the direction of reading: nothing that these locales have.
const DATE_WITHOUT_EFFECT: u32 = 0x4 | 0x10 | 0x20 | 0x40;
const LOCALE_NOUSEROVERRIDE: u32 = 0x8000_0000;
const LOCALE_USE_CP_ACP: u32 = 0x4000_0000;
/// `LOCALE_INVARIANT`.
const INVARIANT: u32 = 0x7f;
/// `ERROR_INVALID_FLAGS`.
const INVALID_FLAGS: Code = Code::new(1004);

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The time of day as text. Only the hour, minute, second and millisecond are looked at. `picture` is the locale's own if
/// it is `None`; `flags` are `TIME_` and `LOCALE_` values, `locale` is an LCID.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for a time that does not exist; `ERROR_INVALID_FLAGS` (1004) for flags that do not, and for
/// `LOCALE_NOUSEROVERRIDE` beside a picture.
///
/// ```
/// use winbase::date_text::time;
/// use winbase::time::SystemTime;
///
/// let afternoon = SystemTime { hour: 13, minute: 56, second: 13, ..SystemTime::default() };
/// assert_eq!(time(afternoon, 0x409, 0, None).unwrap(), "1:56:13 PM");
/// assert_eq!(time(afternoon, 0x409, 0, Some("HH'h'mm")).unwrap(), "13h56");
/// assert_eq!(time(afternoon, 0x409, 2, None).unwrap(), "1:56 PM"); // TIME_NOSECONDS
/// ```
#[doc(alias = "GetTimeFormatA")]
pub fn time(time: SystemTime, locale: u32, flags: u32, picture: Option<&str>) -> Result<String, Code> {
    let own = TIME_NOMINUTESORSECONDS | TIME_NOSECONDS | TIME_NOTIMEMARKER | TIME_FORCE24HOURFORMAT;
    check_flags(flags, own, picture)?;
    if time.hour > 23 || time.minute > 59 || time.second > 59 || time.millisecond > 999 {
        return Err(error::INVALID_PARAMETER);
    }
    let usual = if locale == INVARIANT { "HH:mm:ss" } else { "h:mm:ss tt" };
    let mut text = String::new();
    // Where the last field ended, and whether what follows stands beside one that is left out.
    let (mut end, mut is_beside) = (0, false);
    for piece in pieces(picture.unwrap_or(usual), "hHmst") {
        match piece {
            // Source: test_GetTimeFormatA of dlls/kernel32/tests/locale.c, checked on Windows: "h.@:m.@:s.@:tt" without
            // seconds is "8.@:56AM", but "h:m:s tt" is "8:56 AM".
            Piece::Text(words) => text.extend(words.chars().filter(|letter| !is_beside || *letter == ' ')),
            Piece::Field(letter, _) if is_left_out(letter, flags) => {
                text.truncate(end);
                is_beside = true;
            }
            Piece::Field(letter, count) => {
                write_time(&mut text, time, flags, letter, count);
                (end, is_beside) = (text.len(), false);
            }
        }
    }
    Ok(text)
}

/// The date as text; otherwise like [`time`], with `DATE_` flags. The day of the week follows from the date.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for a date that does not exist; `ERROR_INVALID_FLAGS` (1004) for flags that do not, for
/// more than one kind of date, and for a kind or `LOCALE_NOUSEROVERRIDE` beside a picture.
///
/// ```
/// use winbase::date_text::date;
/// use winbase::time::SystemTime;
///
/// let day = SystemTime { year: 2026, month: 3, day: 7, ..SystemTime::default() };
/// assert_eq!(date(day, 0x409, 0, None).unwrap(), "3/7/2026");
/// assert_eq!(date(day, 0x409, 2, None).unwrap(), "Saturday, March 7, 2026"); // DATE_LONGDATE
/// assert_eq!(date(day, 0x409, 0, Some("yyyy-MM-dd")).unwrap(), "2026-03-07");
/// ```
#[doc(alias = "GetDateFormatA")]
pub fn date(date: SystemTime, locale: u32, flags: u32, picture: Option<&str>) -> Result<String, Code> {
    check_flags(flags, DATE_KINDS | DATE_WITHOUT_EFFECT, picture)?;
    let kind = flags & DATE_KINDS;
    if kind.count_ones() > 1 || (kind != 0 && picture.is_some()) {
        return Err(INVALID_FLAGS);
    }
    let midnight = SystemTime { hour: 0, minute: 0, second: 0, millisecond: 0, ..date };
    let date = midnight.to_file_time()?.to_date()?;
    let mut text = String::new();
    for piece in pieces(picture.unwrap_or_else(|| usual_date(kind, locale)), "dMyg") {
        match piece {
            Piece::Text(words) => text.push_str(&words),
            Piece::Field(letter, count) => write_date(&mut text, date, letter, count),
        }
    }
    Ok(text)
}

fn check_flags(flags: u32, own: u32, picture: Option<&str>) -> Result<(), Code> {
    let is_known = flags & !(own | LOCALE_NOUSEROVERRIDE | LOCALE_USE_CP_ACP) == 0;
    let fits = picture.is_none() || flags & LOCALE_NOUSEROVERRIDE == 0;
    if is_known && fits { Ok(()) } else { Err(INVALID_FLAGS) }
}

fn usual_date(kind: u32, locale: u32) -> &'static str {
    match (kind, locale) {
        (DATE_LONGDATE, INVARIANT) => "dddd, dd MMMM yyyy",
        (DATE_LONGDATE, _) => "dddd, MMMM d, yyyy",
        (DATE_YEARMONTH, INVARIANT) => "yyyy MMMM",
        (DATE_YEARMONTH, _) => "MMMM yyyy",
        (DATE_MONTHDAY, INVARIANT) => "MMMM dd",
        (DATE_MONTHDAY, _) => "MMMM d",
        (_, INVARIANT) => "MM/dd/yyyy",
        _ => "M/d/yyyy",
    }
}

/// A part of a picture.
enum Piece {
    Text(String),
    /// A letter that stands for something, and how often it is there.
    Field(char, usize),
}

/// Text in quotes stands for itself; two quotes in it are one.
fn pieces(picture: &str, letters: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut text = String::new();
    let mut rest = picture.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = rest.next() {
        if letter == '\'' {
            if is_quoted && rest.next_if_eq(&'\'').is_some() {
                text.push('\'');
            } else {
                is_quoted = !is_quoted;
            }
        } else if is_quoted || !letters.contains(letter) {
            text.push(letter);
        } else {
            let mut count = 1;
            while rest.next_if_eq(&letter).is_some() {
                count += 1;
            }
            found.push(Piece::Text(std::mem::take(&mut text)));
            found.push(Piece::Field(letter, count));
        }
    }
    found.push(Piece::Text(text));
    found
}

fn is_left_out(letter: char, flags: u32) -> bool {
    flags
        & match letter {
            'm' => TIME_NOMINUTESORSECONDS,
            's' => TIME_NOMINUTESORSECONDS | TIME_NOSECONDS,
            't' => TIME_NOTIMEMARKER,
            _ => 0,
        }
        != 0
}

fn write_time(text: &mut String, time: SystemTime, flags: u32, letter: char, count: usize) {
    match letter {
        't' => text.push_str(&(if time.hour < 12 { "AM" } else { "PM" })[..count.min(2)]),
        'h' if flags & TIME_FORCE24HOURFORMAT == 0 => number(text, (time.hour + 11) % 12 + 1, count),
        'h' | 'H' => number(text, time.hour, count),
        'm' => number(text, time.minute, count),
        _ => number(text, time.second, count),
    }
}

fn write_date(text: &mut String, date: SystemTime, letter: char, count: usize) {
    let name = |name: &'static str| if count == 3 { &name[..3] } else { name };
    match (letter, count) {
        ('d', 1 | 2) => number(text, date.day, count),
        ('d', _) => text.push_str(name(DAYS[usize::from(date.weekday)])),
        ('M', 1 | 2) => number(text, date.month, count),
        ('M', _) => text.push_str(name(MONTHS[usize::from(date.month) - 1])),
        ('y', 1 | 2) => number(text, date.year % 100, count),
        ('y', _) => number(text, date.year, 1),
        _ => text.push_str("A.D."),
    }
}

/// A number with at least one digit, or two.
fn number(text: &mut String, value: u16, digits: usize) {
    let digits = digits.min(2);
    // Writing into a string cannot fail.
    let _ = write!(text, "{value:0digits$}");
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN_US: u32 = 0x409;

    fn at(hour: u16, minute: u16, second: u16) -> SystemTime {
        SystemTime { hour, minute, second, ..SystemTime::default() }
    }

    /// dlls/kernel32/tests/locale.c, test_GetTimeFormatA, checked on Windows.
    #[test]
    fn what_stands_beside_a_field_that_is_left_out_goes_with_it() {
        for (flags, picture, expected) in [
            (1, "m1s2m3s4", ""),
            (2, "h:m:s tt", "8:56 AM"),
            (2, "h.@:m.@:s.@:tt", "8.@:56AM"),
            (2, "s1s2s3", ""),
            (8, "tt HH':'mm'@'ss", "AM 08:56@13"),
        ] {
            assert_eq!(time(at(8, 56, 13), EN_US, flags, Some(picture)).unwrap(), expected, "{picture}");
        }
        assert_eq!(time(at(13, 56, 13), EN_US, 4, Some("h1t2tt3m")).unwrap(), "156");
        assert_eq!(time(at(13, 56, 13), EN_US, 8, Some("h:m:s tt")).unwrap(), "13:56:13 PM");
        assert_eq!(time(at(0, 5, 3), EN_US, 0, Some("h/H/hh/HH")).unwrap(), "12/0/12/00");
    }

    #[test]
    fn quotes_and_too_many_letters() {
        assert_eq!(time(at(9, 5, 8), EN_US, 0, Some("hhh mmm ttt x'q'z''w'''")).unwrap(), "09 05 AM xqzw'");
        assert_eq!(time(at(9, 5, 8), EN_US, 0, Some("'open")).unwrap(), "open");
        let day = SystemTime { year: 2006, month: 5, day: 4, ..SystemTime::default() };
        assert_eq!(
            date(day, EN_US, 0, Some("ddddd MMMMM y yy yyy yyyyy gg 'd'")).unwrap(),
            "Thursday May 6 06 2006 2006 A.D. d"
        );
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        for time_of_day in [at(24, 0, 0), at(0, 60, 0), at(0, 0, 60)] {
            assert_eq!(time(time_of_day, EN_US, 0, None), Err(error::INVALID_PARAMETER));
        }
        let day = |month, day| SystemTime { year: 2026, month, day, ..SystemTime::default() };
        assert_eq!(date(day(2, 29), EN_US, 0, None), Err(error::INVALID_PARAMETER));
        assert_eq!(date(day(13, 1), EN_US, 0, None), Err(error::INVALID_PARAMETER));
        for (flags, picture) in [(3, None), (0x100, None), (1, Some("d")), (LOCALE_NOUSEROVERRIDE, Some("d"))] {
            assert_eq!(date(day(1, 1), EN_US, flags, picture), Err(INVALID_FLAGS));
        }
    }
}

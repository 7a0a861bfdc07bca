//! Dates as logs write them: in numbers, with the name of a month, in a level letter's digits.

use super::{Stamp, number, two};

/// `2024-01-31`, `2024/1/31`, `2024.01.31`, `20240131`, `1/31/2024`, `31.01.2024`, `31/01` at the end of the text.
pub(super) fn numeric_date(text: &[u8], stamp: &mut Stamp) -> bool {
    if let Some([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]) = text.last_chunk::<10>()
        && [y1, y2, y3, y4, m1, m2, d1, d2].into_iter().all(u8::is_ascii_digit)
    {
        // By far the commonest.
        let value = |digits: &[&u8]| digits.iter().fold(0, |value, digit| value * 10 + i64::from(**digit - b'0'));
        return set_date(stamp, Some(value(&[y1, y2, y3, y4])), Some(value(&[m1, m2])), Some(value(&[d1, d2])));
    }
    let tail = text
        .iter()
        .rev()
        .take(10)
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
        .count();
    let text = &text[text.len() - tail..];
    if let Some(compact) =
        text.len().checked_sub(8).map(|at| &text[at..]).filter(|tail| tail.iter().all(u8::is_ascii_digit))
    {
        return set_date(stamp, number(&compact[..4]), number(&compact[4..6]), number(&compact[6..]));
    }
    let mut parts = text.rsplitn(3, |byte| !byte.is_ascii_digit());
    let (Some(third), Some(second)) = (parts.next(), parts.next()) else { return false };
    let Some(first) = parts.next() else {
        // Day and month without a year, with a slash.
        return text.contains(&b'/') && set_month_day(stamp, number(second), number(third), b'/');
    };
    if first.len() == 4 {
        return set_date(stamp, number(first), number(second), number(third));
    }
    let year = match third.len() {
        4 => number(third),
        2 => number(third).map(|year| 2000 + year),
        _ => None,
    };
    let separator = text[first.len()];
    // Spark's `24/05/13` of 2024: of two years in two digits the recent one is the year.
    let is_recent = |part: &[u8]| part.len() == 2 && number(part).is_some_and(|year| (20..40).contains(&year));
    if separator == b'/' && is_recent(first) && third.len() == 2 && !is_recent(third) {
        return set_date(stamp, number(first).map(|year| 2000 + year), number(second), number(third));
    }
    let (month, day) = if separator == b'/' && number(first).is_some_and(|value| value <= 12) {
        (first, second)
    } else {
        (second, first)
    };
    set_date(stamp, year, number(month), number(day))
}

/// `2025年2月3日`, `2025년 2월 3일` at the end of the text, blanks behind it or not.
pub(super) fn written_date(text: &[u8], stamp: &mut Stamp) -> bool {
    const WORDS: [[&str; 3]; 2] = [["日", "月", "年"], ["일", "월", "년"]];
    let mut rest = text.trim_ascii_end();
    if rest.last().is_none_or(u8::is_ascii) {
        return false;
    }
    let Some(words) = WORDS.iter().find(|words| rest.ends_with(words[0].as_bytes())) else { return false };
    let mut values = [None; 3];
    for (word, value) in words.iter().zip(&mut values) {
        let Some(bare) = rest.trim_ascii_end().strip_suffix(word.as_bytes()) else { return false };
        let digits = bare.iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        let (before, digits) = bare.split_at(bare.len() - digits);
        *value = number(digits);
        rest = before;
    }
    let [day, month, year] = values;
    set_date(stamp, year, month, day)
}

fn set_month_day(stamp: &mut Stamp, first: Option<i64>, second: Option<i64>, _: u8) -> bool {
    // Tftpd64, the one known writer, puts the day first.
    let (Some(day), Some(month)) = (first, second) else { return false };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    if fits {
        (stamp.month, stamp.day) = (Some(month as u8), Some(day as u8));
    }
    fits
}

pub(super) fn set_date(stamp: &mut Stamp, year: Option<i64>, month: Option<i64>, day: Option<i64>) -> bool {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    let fits = (1970..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if fits {
        (stamp.year, stamp.month, stamp.day) = (Some(year as i16), Some(month as u8), Some(day as u8));
    }
    fits
}

fn month_of(word: &[u8]) -> Option<u8> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word)).map(|index| index as u8 + 1)
}

/// `Jun 07`, `Jun  7`, with the year behind the clock or nowhere; `25-Sep-2020`, `02/Feb/2025`, `7 Jun 2024`; `Jun 7, 2024`,
/// `2024-Jun-07`.
pub(super) fn month_name_date(date: &[u8], text: &[u8], end: usize, stamp: &mut Stamp) -> bool {
    let tail = &date[date.len().saturating_sub(12)..];
    let mut words = tail.rsplit(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let (Some(last), Some(middle)) = (words.next(), words.next()) else { return false };
    if last.len() == 4 && middle.len() == 3 {
        let Some((month, day)) = month_of(middle).zip(words.next().and_then(number)) else { return false };
        return set_date(stamp, number(last), Some(i64::from(month)), Some(day));
    }
    if last.len() == 4
        && let Some((month, day)) = words.next().and_then(month_of).zip(number(middle))
    {
        return set_date(stamp, number(last), Some(i64::from(month)), Some(day));
    }
    let Some((month, day)) = month_of(middle).zip(number(last)) else { return false };
    // `2024-Jun-07`, Oracle's `07-JUN-24`; the number before ctime's month is none of the date.
    if let Some(first) = tail.strip_suffix(last).and_then(|before| before.strip_suffix(b"-")).and(words.next()) {
        let (year, day) = if first.len() == 4 { (number(first), Some(day)) } else { (Some(2000 + day), number(first)) };
        return set_date(stamp, year, Some(i64::from(month)), day);
    }
    if !(1..=31).contains(&day) {
        return false;
    }
    (stamp.month, stamp.day) = (Some(month), Some(day as u8));
    let rest = &text[end..];
    let skip = rest.iter().take_while(|byte| **byte == b' ').count();
    let year = rest.get(skip..skip + 4).and_then(number).filter(|year| (1970..=2199).contains(year));
    if rest.get(skip + 4).is_none_or(|byte| !byte.is_ascii_digit()) {
        stamp.year = year.map(|year| year as i16);
    }
    true
}

/// `E0902`: level, month, day.
pub(super) fn glog_date(date: &[u8], stamp: &mut Stamp) -> bool {
    let Some([b'I' | b'W' | b'E' | b'F' | b'D', _, _, _, _]) = date.len().checked_sub(5).map(|at| &date[at..]) else {
        return false;
    };
    let at = date.len() - 4;
    let (Some(month), Some(day)) = (two(date, at), two(date, at + 2)) else { return false };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    if fits {
        (stamp.month, stamp.day) = (Some(month), Some(day));
    }
    fits
}

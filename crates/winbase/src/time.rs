//! Windows' two forms of time: [`FileTime`], a count, and [`SystemTime`], a date. Both are UTC unless someone shifted them.

use std::time::{SystemTime as StdTime, UNIX_EPOCH};

use winsock::Code;

use crate::error;

/// Units of 100 nanoseconds per second.
const PER_SECOND: i64 = 10_000_000;
/// From 1 January 1601 to 1 January 1970, in seconds.
const TO_UNIX_SECONDS: i64 = 11_644_473_600;
const DAY: u64 = 86_400;

/// Units of 100 nanoseconds since 1 January 1601.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileTime(pub u64);

impl FileTime {
    /// From Linux's seconds and nanoseconds since 1970; times before 1601 become 1601.
    ///
    /// ```
    /// use winbase::time::FileTime;
    ///
    /// assert_eq!(FileTime::from_unix(0, 0), FileTime(116_444_736_000_000_000));
    /// assert_eq!(FileTime::from_unix(1, 500).to_unix(), (1, 500));
    /// ```
    #[must_use]
    pub fn from_unix(seconds: i64, nanoseconds: i64) -> FileTime {
        let count =
            seconds.saturating_add(TO_UNIX_SECONDS).saturating_mul(PER_SECOND).saturating_add(nanoseconds / 100);
        FileTime(u64::try_from(count).unwrap_or(0))
    }

    /// Seconds and nanoseconds since 1970.
    #[must_use]
    pub fn to_unix(self) -> (i64, u32) {
        let per_second = PER_SECOND as u64;
        let seconds = (self.0 / per_second) as i64 - TO_UNIX_SECONDS;
        (seconds, (self.0 % per_second) as u32 * 100)
    }

    /// From the standard library's time.
    #[must_use]
    pub fn from_system(time: StdTime) -> FileTime {
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => FileTime::from_unix(since.as_secs() as i64, since.subsec_nanos().into()),
            Err(before) => FileTime::from_unix(-(before.duration().as_secs() as i64), 0),
        }
    }

    /// This moment.
    #[doc(alias = "GetSystemTimeAsFileTime")]
    #[must_use]
    pub fn now() -> FileTime {
        FileTime::from_system(StdTime::now())
    }

    /// As a date.
    ///
    /// # Errors
    /// [`error::INVALID_PARAMETER`] beyond the year 30827.
    #[doc(alias = "FileTimeToSystemTime")]
    pub fn to_date(self) -> Result<SystemTime, Code> {
        // Docs: "FileTimeToSystemTime function": less than 0x8000000000000000.
        if self.0 >= 1 << 63 {
            return Err(error::INVALID_PARAMETER);
        }
        let seconds = self.0 / PER_SECOND as u64;
        let (days, rest) = (seconds / DAY, seconds % DAY);
        let (year, month, day) = date_of(days);
        Ok(SystemTime {
            year,
            month,
            // 1 January 1601 was a Monday.
            weekday: ((days + 1) % 7) as u16,
            day,
            hour: (rest / 3600) as u16,
            minute: (rest / 60 % 60) as u16,
            second: (rest % 60) as u16,
            millisecond: (self.0 / 10_000 % 1000) as u16,
        })
    }
}

/// A date and the time of day, in the layout of `SYSTEMTIME`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct SystemTime {
    /// 1601 and later.
    pub year: u16,
    /// 1 is January.
    pub month: u16,
    /// 0 is Sunday.
    pub weekday: u16,
    /// 1 and later.
    pub day: u16,
    /// 0 to 23.
    pub hour: u16,
    /// 0 to 59.
    pub minute: u16,
    /// 0 to 59.
    pub second: u16,
    /// 0 to 999.
    pub millisecond: u16,
}

impl SystemTime {
    /// As a count. The day of the week is not looked at.
    ///
    /// # Errors
    /// [`error::INVALID_PARAMETER`] for a date that does not exist.
    #[doc(alias = "SystemTimeToFileTime")]
    pub fn to_file_time(self) -> Result<FileTime, Code> {
        let exists = (1601..=30827).contains(&self.year)
            && (1..=12).contains(&self.month)
            && (1..=days_in(self.year, self.month)).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
            && self.millisecond < 1000;
        if !exists {
            return Err(error::INVALID_PARAMETER);
        }
        let months = (1..self.month).map(|month| u64::from(days_in(self.year, month))).sum::<u64>();
        let days = days_before_year(self.year.into()) + months + u64::from(self.day) - 1;
        let seconds = days * DAY + u64::from(self.hour) * 3600 + u64::from(self.minute) * 60 + u64::from(self.second);
        Ok(FileTime(seconds * PER_SECOND as u64 + u64::from(self.millisecond) * 10_000))
    }
}

/// Days from 1 January 1601 to 1 January of a year.
fn days_before_year(year: u64) -> u64 {
    let past = year - 1601;
    past * 365 + past / 4 - past / 100 + past / 400
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u16, month: u16) -> u16 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn date_of(days: u64) -> (u16, u16, u16) {
    // At most one year too early: 366 days are the longest year.
    let mut year = 1601 + days / 366;
    while days_before_year(year + 1) <= days {
        year += 1;
    }
    let mut left = (days - days_before_year(year)) as u16;
    let year = year as u16;
    let mut month = 1;
    while left >= days_in(year, month) {
        left -= days_in(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_eight_hundred_years_survives() {
        let mut weekday = 1;
        for days in 0..800 * 366 {
            let time = FileTime(days * DAY * PER_SECOND as u64 + 36_610_000_000 + 5_070_000);
            let date = time.to_date().unwrap();
            assert_eq!(date.weekday, weekday);
            assert_eq!(date.to_file_time().unwrap(), time);
            weekday = (weekday + 1) % 7;
        }
    }

    #[test]
    fn a_known_moment() {
        // 2000-02-29T12:34:56.789Z
        let date = FileTime::from_unix(951_827_696, 789_000_000).to_date().unwrap();
        assert_eq!((date.year, date.month, date.day, date.weekday), (2000, 2, 29, 2));
        assert_eq!((date.hour, date.minute, date.second, date.millisecond), (12, 34, 56, 789));
        assert_eq!(SystemTime { day: 30, ..date }.to_file_time(), Err(error::INVALID_PARAMETER));
        assert_eq!(FileTime(u64::MAX).to_date(), Err(error::INVALID_PARAMETER));
    }
}

//! [`Stamp`]: a time as a log writes it.

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

impl Stamp {
    /// The first time that the text tells, wherever in it. See [`Stamp`] for the forms.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Stamp> {
        let _ = text;
        None
    }
}

/// The stamps of the lines before, each looked for once.
#[derive(Debug, Default)]
pub(crate) struct StampMemory {}

impl StampMemory {
    pub(crate) fn of_record(&mut self, _data: &[u8], _base: u64, _start: usize, text: &[u8]) -> Option<Stamp> {
        Stamp::parse(text)
    }
}

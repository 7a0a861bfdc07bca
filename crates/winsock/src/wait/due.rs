//! Due times as NT's functions take them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// From 1601, where Windows' time begins, to 1970.
const TO_UNIX: Duration = Duration::from_secs(11_644_473_600);

/// How long it is until a due time, in units of 100 ns: so many from now on if it is negative, else a time since 1601. Nothing
/// for one that is over. Docs: "SetWaitableTimer function".
///
/// ```
/// use std::time::Duration;
///
/// assert_eq!(winsock::wait::delay(-15_000_000), Duration::from_millis(1500));
/// assert_eq!(winsock::wait::delay(1), Duration::ZERO);
/// ```
#[must_use]
pub fn delay(due: i64) -> Duration {
    let units = due.unsigned_abs();
    let time = Duration::new(units / 10_000_000, (units % 10_000_000) as u32 * 100);
    if due < 0 {
        return time;
    }
    time.saturating_sub(since_1601())
}

/// Windows' time: units of 100 ns since 1601.
///
/// ```
/// let year_2020 = 132_223_104_000_000_000;
/// assert!(winsock::wait::now() > year_2020);
/// ```
#[must_use]
pub fn now() -> u64 {
    (since_1601().as_nanos() / 100) as u64
}

fn since_1601() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + TO_UNIX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_relative_if_it_is_negative_and_else_since_1601() {
        assert_eq!(delay(-15_000_000), Duration::from_millis(1500));
        assert_eq!(delay(0), Duration::ZERO);
        assert_eq!(delay(1), Duration::ZERO, "long ago");
        let year_2200 = 599 * 365 * 86_400 * 10_000_000;
        let days = delay(year_2200).as_secs() / 86_400;
        assert!((10_000..100_000).contains(&days), "{days}");
    }
}

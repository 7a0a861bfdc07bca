//! The progress line on standard error: how far, how fast, how long still.
//!
//! Nothing is drawn in the first half second: short scans leave no trace.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::render::table::cut;

/// Draws from the thread that consumes results.
pub(crate) struct Progress {
    enabled: bool,
    bytes_read: Arc<AtomicU64>,
    total_bytes: Option<u64>,
    begun: Instant,
    drawn: Option<Instant>,
}

const FIRST_AFTER: Duration = Duration::from_millis(500);
const EVERY: Duration = Duration::from_millis(100);

impl Progress {
    /// `total_bytes` is the size of the inputs on disk, if all are files.
    pub(crate) fn new(wanted: bool, bytes_read: Arc<AtomicU64>, total_bytes: Option<u64>) -> Progress {
        let enabled = wanted && io::stderr().is_terminal();
        Progress { enabled, bytes_read, total_bytes, begun: Instant::now(), drawn: None }
    }

    /// Draws if it is time.
    pub(crate) fn tick(&mut self) {
        if !self.enabled {
            return;
        }
        let now = Instant::now();
        let due = self.drawn.map_or(self.begun + FIRST_AFTER, |drawn| drawn + EVERY);
        if now < due {
            return;
        }
        self.drawn = Some(now);
        // A line that is wrapped could not be wiped.
        let columns = terminal_size::terminal_size_of(io::stderr()).map_or(usize::MAX, |(width, _)| width.0.into());
        let line = cut(&self.line(now - self.begun), columns);
        let _ = write!(io::stderr(), "\r\x1b[K{line}");
    }

    /// Wipes the line, before anything else is written to the terminal.
    pub(crate) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
            self.begun = Instant::now().checked_sub(FIRST_AFTER).unwrap_or(self.begun).min(self.begun);
        }
    }

    fn line(&self, elapsed: Duration) -> String {
        let read = self.bytes_read.load(Ordering::Relaxed);
        let per_second = read as f64 / elapsed.as_secs_f64().max(0.001);
        let speed = format!("{}/s", size(per_second as u64));
        match self.total_bytes.filter(|total| *total > 0) {
            Some(total) => {
                let done = (read as f64 / total as f64).min(1.0);
                let bar: String = (0..20).map(|step| if f64::from(step) < done * 20.0 { '█' } else { '░' }).collect();
                let line = format!("{bar} {:3.0}%  {} of {}", done * 100.0, size(read), size(total));
                if read == 0 {
                    // Nobody knows how long it takes.
                    return line;
                }
                let left = total.saturating_sub(read) as f64 / per_second;
                format!("{line}  {speed}  {} left", clock(left))
            }
            None => format!("{} read  {speed}", size(read)),
        }
    }
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.ceil() as u64;
    if seconds >= 3600 {
        format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    } else {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

/// A size for people: `1.5 GiB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1023.95 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_long_still_once_that_is_known() {
        let progress = |read, total| {
            let progress = Progress::new(false, Arc::new(AtomicU64::new(read)), total);
            progress.line(Duration::from_secs(2))
        };
        assert_eq!(progress(0, Some(8 << 20)), "░░░░░░░░░░░░░░░░░░░░   0%  0 B of 8.0 MiB");
        assert_eq!(
            progress(2 << 20, Some(8 << 20)),
            "█████░░░░░░░░░░░░░░░  25%  2.0 MiB of 8.0 MiB  1.0 MiB/s  0:06 left"
        );
        assert_eq!(progress(2 << 20, None), "2.0 MiB read  1.0 MiB/s");
    }
}

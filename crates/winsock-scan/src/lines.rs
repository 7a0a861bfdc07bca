//! [`LineCounter`]: the numbers of lines, each line end counted once.

use crate::prefilter::Passed;

/// Counts as far as somebody asks.
///
/// Everything before `at` is counted; not so what lies from there to `gap_to`. What the filter saw on its way from there to
/// `seen_to` is known as a number only: the next record may begin before `seen_to`, and the counter then goes no farther
/// than to that record.
///
/// The text may be a mapped file that its writer cuts short or writes anew meanwhile, and what was counted is then no longer
/// there: numbers are wrong then, and nothing worse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineCounter {
    at: u64,
    line: u64,
    line_start: u64,
    gap_to: u64,
    seen_to: u64,
    seen_lines: u64,
}

/// Up to here it is cheaper to count again than to keep the filter's count exact.
const SHORT_BYTES: u64 = 1 << 10;

impl LineCounter {
    pub(crate) fn new(start: u64, first_line: u64) -> LineCounter {
        LineCounter { at: start, line: first_line, line_start: start, gap_to: start, seen_to: start, seen_lines: 0 }
    }

    /// The number of the line in which everything lies that was counted.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The filter has gone on from `seen_to`.
    pub(crate) fn seen(&mut self, base: u64, passed: &Passed) {
        self.seen_to = base + passed.to as u64;
        self.seen_lines += passed.lines;
    }

    /// Moves `seen_to` to where the filter will go on, if it has not come so far.
    pub(crate) fn see_to(&mut self, data: &[u8], base: u64, to: usize) {
        let end = base + to as u64;
        if end < self.seen_to {
            return;
        }
        if end - self.at <= SHORT_BYTES {
            (self.gap_to, self.seen_to, self.seen_lines) = (end, end, 0);
            return;
        }
        self.seen_lines += line_ends(&data[(self.seen_to - base) as usize..to]);
        self.seen_to = end;
    }

    /// Counts to where the next line begins, if everything was counted up to the beginning of this one.
    pub(crate) fn step(&mut self, from: u64, to: u64) {
        if self.at == from && self.seen_to <= to {
            self.line += 1;
            (self.at, self.line_start) = (to, to);
            (self.gap_to, self.seen_to, self.seen_lines) = (to, to, 0);
        }
    }

    /// Line and column of a place of the line that was counted to.
    pub(crate) fn position_in_line(&self, base: u64, place: usize) -> (u64, u64) {
        (self.line, base + place as u64 - self.line_start + 1)
    }

    /// Counts to a place; nothing happens if that was done already.
    pub(crate) fn count_to(&mut self, data: &[u8], base: u64, to: usize) {
        let from = (self.at - base) as usize;
        if to <= from {
            return;
        }
        let (gap, seen) = ((self.gap_to - base) as usize, (self.seen_to - base) as usize);
        let end = base + to as u64;
        let in_gap = line_ends(&data[from..to.min(gap)]);
        let newlines = if to < gap {
            in_gap
        } else if to >= seen {
            let all = in_gap + self.seen_lines + line_ends(&data[seen..to]);
            (self.seen_to, self.seen_lines) = (end, 0);
            all
        } else {
            // The shorter way, from behind or from what the filter has seen.
            let before = if to - gap <= seen - to {
                line_ends(&data[gap..to])
            } else {
                self.seen_lines.saturating_sub(line_ends(&data[to..seen]))
            };
            self.seen_lines = self.seen_lines.saturating_sub(before);
            in_gap + before
        };
        self.gap_to = self.gap_to.max(end);
        if newlines > 0 {
            self.line += newlines;
            let part = &data[from..to];
            // A record mostly begins where a line does.
            let last = if part.last() == Some(&b'\n') { Some(part.len() - 1) } else { memchr::memrchr(b'\n', part) };
            if let Some(last) = last {
                self.line_start = self.at + last as u64 + 1;
            }
        }
        self.at = end;
    }

    /// Line and column of a place, which must not lie before any that was counted to.
    ///
    /// Places inside one record may be asked for in any order: the counter does not move, and records are short.
    pub(crate) fn position(&self, data: &[u8], base: u64, place: usize) -> (u64, u64) {
        let behind = &data[(self.at - base) as usize..place];
        let column = |start: u64| base + place as u64 - start + 1;
        match memchr::memrchr(b'\n', behind) {
            None => (self.line, column(self.line_start)),
            Some(last) => (self.line + line_ends(behind), column(self.at + last as u64 + 1)),
        }
    }
}

/// How many lines end in some bytes. Mostly they are few: the rest beside whole blocks takes no loop of its own.
pub(crate) fn line_ends(data: &[u8]) -> u64 {
    let count = |block: &[u8; 64]| block.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    let (blocks, rest) = data.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    blocks.iter().map(|block| u64::from(count(block))).sum::<u64>() + u64::from(count(&last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_loses_its_lines_after_they_were_counted_is_counted_on() {
        let lost = vec![0; 10_000];
        for to in [3_000, 8_000, 10_000] {
            let mut counter = LineCounter::new(0, 1);
            counter.seen(0, &Passed { to: 9_000, lines: 500 });
            counter.count_to(&lost, 0, to);
            assert_eq!(counter.position_in_line(0, to).1, to as u64 + 1, "the line that began last is what there is");
        }
        // And the other way round: more lines than were seen.
        let full = b"\n".repeat(10_000);
        let mut counter = LineCounter::new(0, 1);
        counter.seen(0, &Passed { to: 9_000, lines: 5 });
        counter.count_to(&full, 0, 8_000);
        counter.count_to(&full, 0, 10_000);
        assert!(counter.line() < 10_002);
    }
}

//! [`Series`]: counts over time in a fixed number of slots, whatever the span.

use super::when::Moment;

/// Slots of a series.
const SLOTS: i64 = 256;

/// The slots' common scale. It starts at a second and doubles whenever a moment would fall outside.
#[derive(Debug)]
pub(crate) struct Scale {
    slot_ms: i64,
    /// Number of the first slot, counted from 1970 in slots.
    first: i64,
    started: bool,
}

impl Default for Scale {
    fn default() -> Scale {
        Scale { slot_ms: 1000, first: 0, started: false }
    }
}

/// Counts for each slot of a [`Scale`].
#[derive(Debug, Default)]
pub(crate) struct Series {
    counts: Vec<u32>,
    /// The scale that `counts` are in.
    slot_ms: i64,
    first: i64,
}

impl Scale {
    /// Makes room for a moment.
    pub(crate) fn include(&mut self, moment: Moment) {
        if !self.started {
            self.started = true;
            self.first = moment.div_euclid(self.slot_ms) - SLOTS / 4;
        }
        loop {
            let slot = moment.div_euclid(self.slot_ms) - self.first;
            if (0..SLOTS).contains(&slot) {
                return;
            }
            // Halving the resolution, with the present slots at the end away from the newcomer.
            let first = self.first.div_euclid(2);
            // An odd start makes the old slots take half of the new ones and one more.
            self.first = if slot < 0 { first - SLOTS / 2 + 1 } else { first };
            self.slot_ms *= 2;
        }
    }

    fn same(&self, series: &Series) -> bool {
        (self.slot_ms, self.first) == (series.slot_ms, series.first)
    }
}

impl Series {
    /// Counts one moment, which the scale must include.
    pub(crate) fn add(&mut self, scale: &Scale, moment: Moment) {
        self.adopt(scale);
        let slot = moment.div_euclid(self.slot_ms) - self.first;
        if let Some(count) = usize::try_from(slot).ok().and_then(|slot| self.counts.get_mut(slot)) {
            *count = count.saturating_add(1);
        }
    }

    /// Moves the counts to the scale's present slots, which are the old ones or twice, four times... as long.
    fn adopt(&mut self, scale: &Scale) {
        if scale.same(self) && !self.counts.is_empty() {
            return;
        }
        let mut counts = vec![0_u32; SLOTS as usize];
        if !self.counts.is_empty() {
            let ratio = scale.slot_ms / self.slot_ms;
            for (index, &count) in self.counts.iter().enumerate() {
                let slot = (self.first + index as i64).div_euclid(ratio) - scale.first;
                if let Some(sum) = usize::try_from(slot).ok().and_then(|slot| counts.get_mut(slot)) {
                    *sum = sum.saturating_add(count);
                }
            }
        }
        (self.counts, self.slot_ms, self.first) = (counts, scale.slot_ms, scale.first);
    }

    /// The counts between two moments in so many columns.
    ///
    /// A slot that lies in two columns is divided between them as its length is: whole slots would give every third or
    /// fourth column one more, a rhythm that the log does not have. Slots longer than a column stand evenly, the first in
    /// the first column and the last in the last.
    pub(crate) fn columns(&mut self, scale: &Scale, from: Moment, to: Moment, columns: usize) -> Vec<u64> {
        self.adopt(scale);
        let mut sums = vec![0_u64; columns];
        let span = i128::from(to - from) + 1;
        // Counted in parts of a millisecond, so that a column is as long as the span has milliseconds.
        let place = |moment: Moment| i128::from(moment.clamp(from, to + 1) - from) * columns as i128;
        let column = |place: i128| ((place / span) as usize).min(columns - 1);
        let (from_slot, to_slot) = (from.div_euclid(self.slot_ms), to.div_euclid(self.slot_ms));
        for (index, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (start, count) = ((self.first + index as i64) * self.slot_ms, u64::from(count));
            let (left, right) = (place(start), place(start + self.slot_ms));
            let first = column(left);
            let border = (first as i128 + 1) * span;
            if i128::from(self.slot_ms) * columns as i128 >= span {
                let slot = (self.first + index as i64).clamp(from_slot, to_slot) - from_slot;
                sums[slot as usize * (columns - 1) / (to_slot - from_slot).max(1) as usize] += count;
            } else if right <= border {
                sums[first] += count;
            } else {
                let before = (i128::from(count) * (border - left) / (right - left)) as u64;
                sums[first] += before;
                sums[column(border)] += count - before;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(moments: &[Moment]) -> (Scale, Series) {
        let (mut scale, mut series) = (Scale::default(), Series::default());
        for &moment in moments {
            scale.include(moment);
            series.add(&scale, moment);
        }
        (scale, series)
    }

    #[test]
    fn no_count_is_lost_however_the_scale_grows_and_in_whatever_order() {
        let day = 86_400_000;
        let moments = [5 * day, 5 * day + 1000, 5 * day + 900_000, 3 * day, 30 * day, 5 * day + 500, -900 * day];
        let (scale, mut series) = filled(&moments);
        let columns = series.columns(&scale, -900 * day, 30 * day, 24);
        assert_eq!(columns.iter().sum::<u64>(), moments.len() as u64);
        assert_eq!((columns[0], columns[23]), (1, 6));
    }

    #[test]
    fn an_even_log_has_even_columns() {
        let moments: Vec<Moment> = (0..160_000).map(|number| number * 250).collect();
        let (scale, mut series) = filled(&moments);
        let columns = series.columns(&scale, 0, 160_000 * 250 - 1, 48);
        let (least, most) = (columns.iter().min().unwrap(), columns.iter().max().unwrap());
        assert!(most - least < most / 20, "{columns:?}");
        assert_eq!(columns.iter().sum::<u64>(), 160_000);
    }

    #[test]
    fn the_first_and_the_last_are_at_the_ends_however_short_the_log() {
        for (from, to) in
            [(0, 1000), (0, 2000), (900, 2100), (59_000, 64_000), (500, 24_499), (0, 47_000), (0, 300_000)]
        {
            let (scale, mut series) = filled(&[from, to]);
            let columns = series.columns(&scale, from, to, 48);
            assert_eq!((columns[0], columns[47]), (1, 1), "{from} to {to}: {columns:?}");
        }
        let (scale, mut series) = filled(&[100, 800]);
        assert_eq!(series.columns(&scale, 100, 800, 4), [2, 0, 0, 0], "within a second");
    }

    #[test]
    fn a_burst_shows_as_a_burst() {
        let mut moments: Vec<Moment> = (0..600).map(|second| second * 1000).collect();
        moments.extend(std::iter::repeat_n(300_000, 5000));
        let (scale, mut series) = filled(&moments);
        let columns = series.columns(&scale, 0, 599_000, 10);
        assert!(columns[5] > 4000 && columns[0] < 100, "{columns:?}");
    }
}

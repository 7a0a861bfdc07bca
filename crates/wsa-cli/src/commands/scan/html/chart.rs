//! Charts as inline SVG. Colours come from the page's style sheet, so they follow light, dark and print.

use super::super::text::thousands;
use super::super::when::{self, Moment};

const WIDTH: f64 = 960.0;
const PLOT_HEIGHT: f64 = 220.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 12.0;

/// Counts over time, in equal steps.
pub(super) struct Series<'a> {
    /// HTML-safe.
    pub(super) name: String,
    pub(super) counts: &'a [u64],
    /// The number of its class in the style sheet.
    pub(super) colour: usize,
}

/// A bar with its label.
pub(super) struct Bar {
    /// HTML-safe.
    pub(super) label: String,
    pub(super) count: u64,
    /// Its class in the style sheet.
    pub(super) class: String,
}

/// Stacked columns over time: the first series at the bottom.
pub(super) fn stacked(series: &[Series<'_>], first: Moment, last: Moment) -> String {
    let steps = series.iter().map(|one| one.counts.len()).max().unwrap_or(0).max(1);
    let total = |step: usize| series.iter().filter_map(|one| one.counts.get(step)).sum::<u64>();
    let most = nice((0..steps).map(total).max().unwrap_or(1).max(1));
    let column = (WIDTH - LEFT) / steps as f64;
    let mut out = format!(
        "<div class=\"wide\"><svg class=\"chart\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"Findings over time, by code\">\n",
        TOP + PLOT_HEIGHT + 28.0
    );
    out += &grid(most);
    for step in 0..steps {
        let from = first + (last - first) * step as i64 / steps as i64;
        let mut height = 0.0;
        for Series { name, counts, colour } in series {
            let count = counts.get(step).copied().unwrap_or(0);
            if count == 0 {
                continue;
            }
            // A pixel at least, so that a single error beside thousands is still there.
            let bar = (count as f64 / most as f64 * PLOT_HEIGHT).max(1.0);
            height += bar;
            out += &format!(
                "<rect class=\"c{colour}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{bar:.1}\"><title>{name}: {} from {}</title></rect>\n",
                LEFT + column * step as f64 + 0.5,
                TOP + PLOT_HEIGHT - height,
                (column - 1.0).max(1.0),
                thousands(count),
                when::date_time(from)
            );
        }
    }
    out + &time_axis(first, last) + "</svg></div>\n"
}

fn grid(most: u64) -> String {
    let mut out = String::new();
    for part in [0, 1, 2] {
        let count = most * part / 2;
        let y = TOP + PLOT_HEIGHT - PLOT_HEIGHT * part as f64 / 2.0;
        // The middle line would lie about odd maxima.
        if part == 1 && !most.is_multiple_of(2) {
            continue;
        }
        out += &format!(
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
            LEFT - 6.0,
            y + 4.0,
            thousands(count)
        );
    }
    out
}

fn time_axis(first: Moment, last: Moment) -> String {
    let y = TOP + PLOT_HEIGHT + 20.0;
    let (from, to) = (when::date(first), when::date(last));
    let label = |moment| {
        if from == to {
            when::time(moment)
        } else if from[..4] == to[..4] {
            when::date_time(moment)[5..16].to_owned()
        } else {
            // Without the year, dates of the last would look like this one's.
            when::date(moment)
        }
    };
    let mut out = String::new();
    for (part, anchor) in [(0, "start"), (1, "middle"), (2, "middle"), (3, "middle"), (4, "end")] {
        let moment = first + (last - first) * part / 4;
        let text = label(moment);
        let x = LEFT + (WIDTH - LEFT) * part as f64 / 4.0;
        out += &format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>\n");
    }
    out
}

/// Horizontal bars with their labels and counts.
pub(super) fn bars(title: &str, items: &[Bar]) -> String {
    const ROW: f64 = 38.0;
    const WIDTH: f64 = 460.0;
    const NUMBER: f64 = 70.0;
    let most = items.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    let mut out = format!(
        "<svg class=\"bars\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-label=\"{title}\">\n",
        ROW * items.len() as f64 + 4.0
    );
    for (index, Bar { label, count, class }) in items.iter().enumerate() {
        let y = ROW * index as f64;
        let length = ((WIDTH - NUMBER) * *count as f64 / most as f64).max(2.0);
        out += &format!(
            "<text x=\"0\" y=\"{:.1}\">{label}</text><rect class=\"{class}\" x=\"0\" y=\"{:.1}\" width=\"{length:.1}\" height=\"9\" rx=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            y + 14.0,
            y + 20.0,
            length + 6.0,
            y + 29.0,
            thousands(*count)
        );
    }
    out + "</svg>\n"
}

/// The next number with one digit that is not zero, and with halves that are round.
fn nice(number: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for step in [1, 2, 3, 4, 5, 6, 8] {
            if power.saturating_mul(step) >= number {
                return power.saturating_mul(step);
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_axis_says_the_year_where_it_changes() {
        let at = |text| super::super::super::limit::written(text);
        let labels = |from, to| time_axis(at(from), at(to));
        assert!(labels("2024-12-31", "2025-01-01").contains(">2024-12-31<"));
        assert!(labels("2024-02-03", "2024-03-04").contains(">02-03 00:00<"));
        assert!(labels("2024-02-03", "2024-02-03T12:00").contains(">12:00:00<"));
    }

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!([1, 3, 7, 11, 51, 90, 1000, 2601].map(nice), [1, 3, 8, 20, 60, 100, 1000, 3000]);
        assert_eq!(nice(u64::MAX), u64::MAX);
    }
}

//! Lines that are longer than what is looked at together: whole exports in one line of JSON, dumps, logs without line ends.
//!
//! Such a line is not one record but many. Where objects follow one another, as in an array of events, each is a record.
//! Elsewhere what stands near the sign of an error is.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr, memrchr_iter};

use crate::scanner::{RECORD_AHEAD_BYTES, RECORD_BACK_BYTES};

/// How much of a giant line belongs to a hit: what software writes of one failure, a stack trace included.
const BACK_BYTES: usize = 512;
const AHEAD_BYTES: usize = 2 << 10;

/// A stretch of the data that is known to hold no line end, so that each byte of a giant line is searched once for one.
#[derive(Debug, Default)]
pub(crate) struct Stretch(Range<usize>);

impl Stretch {
    /// Whether the line that a hit lies in is a giant: no line end in all that a record may take before the hit, or behind.
    pub(crate) fn holds(&mut self, data: &[u8], hit: usize) -> bool {
        let back = hit.saturating_sub(RECORD_BACK_BYTES);
        let ahead = hit + RECORD_AHEAD_BYTES;
        back > 0 && self.covers(data, back..hit) || ahead < data.len() && self.covers(data, hit..ahead)
    }

    fn covers(&mut self, data: &[u8], wanted: Range<usize>) -> bool {
        let known = &mut self.0;
        if !(known.start..=known.end).contains(&wanted.start) {
            *known = wanted.start..wanted.start;
        }
        if known.end < wanted.end {
            // Its last line end, should it have one, makes the next questions short.
            match memrchr(b'\n', &data[known.end..wanted.end]) {
                None => known.end = wanted.end,
                Some(newline) => {
                    let behind = known.end + newline + 1;
                    *known = behind..wanted.end;
                    return false;
                }
            }
        }
        true
    }
}

/// The part of a giant line around a hit, not before `floor`.
pub(crate) fn part(data: &[u8], hit: usize, floor: usize) -> Range<usize> {
    let lowest = floor.max(hit.saturating_sub(BACK_BYTES));
    let before = &data[lowest..hit];
    let before = memrchr(b'\n', before).map_or(before, |newline| &before[newline + 1..]);
    let start = memrchr_iter(b'{', before).find(|at| parts_objects(before, *at)).unwrap_or(0);
    let behind = &data[hit..data.len().min(hit + AHEAD_BYTES)];
    let whole = memchr(b'\n', behind);
    let behind = &behind[..whole.unwrap_or(behind.len())];
    let end = memchr_iter(b'{', behind).find(|at| parts_objects(behind, *at));
    let end = end.or(whole).unwrap_or_else(|| between_words(behind));
    hit - before.len() + start..hit + end
}

/// Whether an object begins here behind another: `},{`, with blanks or without the comma.
fn parts_objects(text: &[u8], brace: usize) -> bool {
    let before = text[..brace].trim_ascii_end();
    let before = before.strip_suffix(b",").unwrap_or(before);
    before.trim_ascii_end().ends_with(b"}")
}

/// Where to cut without cutting a word: at the last blank, if one is near the end.
fn between_words(text: &[u8]) -> usize {
    const NEAR_BYTES: usize = 256;
    let near = text.len().saturating_sub(NEAR_BYTES);
    text[near..].iter().rposition(u8::is_ascii_whitespace).map_or(text.len(), |at| near + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filler(bytes: usize) -> Vec<u8> {
        b"nothing of note ".iter().copied().cycle().take(bytes).collect()
    }

    #[test]
    fn a_line_is_giant_if_no_record_can_hold_it() {
        for (before, behind, wanted) in
            [(20_000, 0, true), (0, 60_000, true), (20_000, 60_000, true), (10_000, 40_000, false)]
        {
            let data = [b"a\n", &filler(before)[..], b"10054", &filler(behind), b"\nb\n"].concat();
            let mut stretch = Stretch::default();
            for _ in 0..2 {
                assert_eq!(stretch.holds(&data, 2 + before), wanted, "{before} {behind}");
            }
        }
    }

    #[test]
    fn what_is_known_of_one_line_does_not_hold_for_the_next() {
        let data = [&filler(60_000)[..], b"\n", &filler(30_000), b"\n"].concat();
        let mut stretch = Stretch::default();
        let answers: Vec<bool> =
            [1_000, 30_000, 59_000, 60_100, 70_000, 80_000].map(|hit| stretch.holds(&data, hit)).into();
        let fresh: Vec<bool> =
            [1_000, 30_000, 59_000, 60_100, 70_000, 80_000].map(|hit| Stretch::default().holds(&data, hit)).into();
        assert_eq!(answers, fresh);
        assert_eq!(answers, [true, true, true, false, false, true]);
    }

    #[test]
    fn objects_that_follow_one_another_are_parts() {
        let text = br#"[{"a":{"b":1}, "c":10054},{"d":10061}, {"e":2}]"#;
        let at = |word: &str| memchr::memmem::find(text, word.as_bytes()).unwrap();
        let shown = |hit: usize, floor: usize| std::str::from_utf8(&text[part(text, hit, floor)]).unwrap();
        assert_eq!(shown(at("10054"), 0), r#"[{"a":{"b":1}, "c":10054},"#);
        assert_eq!(shown(at("10061"), 0), r#"{"d":10061}, "#);
        assert_eq!(shown(at("2}"), at("2}") - 1), r#":2}]"#);
    }

    #[test]
    fn parts_elsewhere_end_between_words() {
        let text = filler(20_000);
        let part = part(&text, 10_000, 0);
        assert_eq!(part.start, 10_000 - BACK_BYTES);
        assert!(part.end > 10_000 + AHEAD_BYTES - 20 && text[part.end] == b' ');
    }
}

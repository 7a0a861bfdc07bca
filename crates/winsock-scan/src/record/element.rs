//! Records inside something that holds many: events of XML in one line, objects of an array over several lines.

use std::ops::Range;

use memchr::memmem::{find, rfind};

use super::first_line;
use crate::time::Stamp;

const EVENT_ENDS: &[u8] = b"</Event>";
const EVENT_BEGINS: &[u8] = b"<Event";

/// How far from a hit the ends of its event are sought in a line that is too long to be looked at as a whole.
pub(super) const FAR_BYTES: usize = 8 << 10;

/// The event around a hit, where several follow one another in a record: `<Event ...>...</Event><Event ...>...</Event>`.
/// `within` is what may belong to it; where no other event is, `span` stays.
pub(super) fn event(data: &[u8], hit: usize, within: Range<usize>, span: Range<usize>) -> Range<usize> {
    let begins = |at: usize| data[at..within.end].trim_ascii_start().starts_with(EVENT_BEGINS);
    let before = rfind(&data[within.start..hit], EVENT_ENDS).map(|at| within.start + at + EVENT_ENDS.len());
    let behind = find(&data[hit..within.end], EVENT_ENDS).map(|at| hit + at + EVENT_ENDS.len());
    let start = before.filter(|at| begins(*at)).unwrap_or(span.start);
    let end = behind.filter(|at| begins(*at)).unwrap_or(span.end);
    start..end
}

/// Whether nothing beside a record tells of it: an event among others in a line, an object among others in an array.
#[inline]
pub(crate) fn stands_alone(data: &[u8], span: &Range<usize>) -> bool {
    // Asked of every record; most begin with a digit or a letter.
    matches!(data.get(span.start), Some(b'<' | b'{' | b'}' | b'[' | b' ' | b'\t')) && is_element(data, span)
}

fn is_element(data: &[u8], span: &Range<usize>) -> bool {
    let text = data[span.clone()].trim_ascii_start();
    let follows = || data[..span.start].trim_ascii_end().ends_with(b"},");
    match text.first() {
        Some(b'<') => {
            let inside = span.start > 0 && data[span.start - 1] != b'\n';
            let goes_on = data.get(span.end).is_some_and(|byte| *byte != b'\n');
            text.starts_with(EVENT_BEGINS) && (inside || goes_on)
        }
        Some(b'{') => follows(),
        Some(b'}') => text[1..].starts_with(b","),
        Some(b'[') => text[1..].trim_ascii_start().starts_with(b"{"),
        _ => false,
    }
}

/// Whether a line, the one that begins at `start`, begins an object of an array behind another object: of the outermost
/// array, or with a time of its own. Inside a record, objects further in are parts of it.
pub(super) fn begins_object(data: &[u8], before: &[u8], line: &[u8], start: usize) -> bool {
    let bare = line.trim_ascii();
    let behind_other = match bare.first() {
        Some(b'{') => before.trim_ascii_end().ends_with(b"},"),
        Some(b'}') => bare.strip_prefix(b"},").is_some_and(|rest| rest.trim_ascii_start() == b"{"),
        _ => false,
    };
    if !behind_other {
        return false;
    }
    let indent = indentation(line);
    if bare.len() > 1 && bare[0] == b'{' {
        return indent <= 2 || Stamp::parse(line).is_some_and(|stamp| stamp.day.is_some());
    }
    const MOST_LINES: usize = 4;
    const MOST_BYTES: usize = 512;
    let behind = start + line.len() + 1;
    let behind = data.get(behind..data.len().min(behind + MOST_BYTES)).unwrap_or_default();
    let step = indentation(first_line(behind)).saturating_sub(indent);
    step > 0 && indent <= step
        || behind.split(|byte| *byte == b'\n').take(MOST_LINES).any(|line| is_time(line.trim_ascii()))
}

fn indentation(line: &[u8]) -> usize {
    line.len() - line.trim_ascii_start().len()
}

/// `"time": "2025-..."`, `"@timestamp": ...`.
fn is_time(field: &[u8]) -> bool {
    const KEYS: [&[u8]; 5] = [b"\"time", b"\"@timestamp", b"\"ts\"", b"\"date", b"\"created"];
    KEYS.iter().any(|key| field.get(..key.len()).is_some_and(|head| head.eq_ignore_ascii_case(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_in_one_line_are_parted() {
        let text = b"<Event a><b>10054</b></Event><Event c>10061</Event> <Event>x</Event>";
        let at = |word: &str| find(text, word.as_bytes()).unwrap();
        let shown = |hit: usize| {
            let all = 0..text.len();
            std::str::from_utf8(&text[event(text, hit, all.clone(), all)]).unwrap().trim()
        };
        assert_eq!(shown(at("10054")), "<Event a><b>10054</b></Event>");
        assert_eq!(shown(at("10061")), "<Event c>10061</Event>");
        assert_eq!(shown(at("x<")), "<Event>x</Event>");
        let one = b"got <Event>10054</Event>.";
        assert_eq!(event(one, 12, 0..one.len(), 0..one.len()), 0..one.len());
    }

    #[test]
    fn objects_of_the_outermost_array_begin_records() {
        for (text, wanted) in [
            ("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]", true),
            ("[{\n  \"a\": 1\n}, {\n  \"a\": 2\n}]", true),
            ("[\n    {\n        \"a\": 1\n    },\n    {\n        \"a\": 2\n    }\n]", true),
            ("{\n  \"all\": [\n    {\n      \"a\": 1\n    },\n    {\n      \"a\": 2\n    }\n  ]\n}", false),
            ("{\n  \"all\": [\n    {\n      \"time\": 1\n    },\n    {\n      \"time\": 2\n    }\n  ]\n}", true),
            ("[\n  {\"a\": 1},\n  {\"a\": 2}\n]", true),
        ] {
            let starts = text.match_indices('\n').map(|(at, _)| at + 1);
            let begins = |start: &usize| {
                let before = &text[..start - 1];
                let before = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
                begins_object(text.as_bytes(), before.as_bytes(), first_line(&text.as_bytes()[*start..]), *start)
            };
            assert_eq!(starts.filter(begins).count(), usize::from(wanted), "{text}");
        }
    }
}

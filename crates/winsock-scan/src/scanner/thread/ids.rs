//! What says whose a line is: threads, sessions and requests, all with a number.

use crate::time::Stamp;

/// The head of a line, where it says whose it is.
const HEAD_BYTES: usize = 120;

/// Where `session 12` may stand, a smaller part of it.
const NUMBERED_BYTES: usize = 72;

/// How many names of threads a line may have.
const MOST_IDS: usize = 4;

/// Whose a line is, seen from a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The record's own thread, session or request.
    Same,
    Other,
    /// The line does not say.
    Nobody,
}

/// The names of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids<'t> {
    ids: [&'t [u8]; MOST_IDS],
    count: usize,
}

impl<'t> Ids<'t> {
    pub(super) const NONE: Ids<'t> = Ids { ids: [b""; MOST_IDS], count: 0 };

    pub(super) fn of(line: &'t [u8]) -> Ids<'t> {
        Ids::up_to(MOST_IDS, line)
    }

    /// The first ones, `most` of them.
    fn up_to(most: usize, line: &'t [u8]) -> Ids<'t> {
        let head = &line[..line.len().min(HEAD_BYTES)];
        let mut found = Ids::NONE;
        // The process in front of the date.
        let digits = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if (3..7).contains(&digits) && matches!(head[digits..], [b' ' | b':', b'0'..=b'9', ..]) {
            found.push(&head[..digits]);
        }
        for at in memchr::memchr3_iter(b'[', b'<', b'#', head) {
            if found.count >= most {
                return found;
            }
            found.extend_at(head, at);
        }
        for (at, three) in head[..head.len().min(NUMBERED_BYTES)].windows(3).enumerate() {
            if found.count >= most {
                return found;
            }
            match three {
                [b'a'..=b'z' | b'A'..=b'Z', b' ' | b'=' | b'-', b'0'..=b'9'] => found.extend_numbered(head, at + 1),
                // `10:00:01.001 T12 ...`
                [b' ', b'T', b'0'..=b'9'] => {
                    let digits = head[at + 2..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    if head.get(at + 2 + digits) == Some(&b' ') {
                        found.push(&head[at + 1..at + 2 + digits]);
                    }
                }
                _ => {}
            }
        }
        found
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whose a line is.
    pub(super) fn owner_of(&self, line: &[u8]) -> Owner {
        let own = &self.ids[..self.count];
        // Of the lines of a log that says whose they are, most are others'.
        let most = if own.is_empty() { 1 } else { MOST_IDS };
        let others = Ids::up_to(most, line);
        match &others.ids[..others.count] {
            [] => Owner::Nobody,
            others if own.iter().any(|id| others.contains(id)) => Owner::Same,
            _ => Owner::Other,
        }
    }

    fn push(&mut self, id: &'t [u8]) {
        if self.count < MOST_IDS {
            self.ids[self.count] = id;
            self.count += 1;
        }
    }

    /// `[conn7]`, `<55>`, `[10061:2]`; `CUID#7`. Dates, addresses and places in a source are none.
    fn extend_at(&mut self, head: &'t [u8], at: usize) {
        let close = match head[at] {
            b'[' => b']',
            b'<' => b'>',
            _ => {
                let start = at - head[..at].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
                let digits = head[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                return if digits > 0 {
                    self.push(&head[start..at + 1 + digits])
                };
            }
        };
        let Some(length) = memchr::memchr(close, &head[at + 1..]).filter(|length| *length <= 40) else { return };
        let inner = &head[at + 1..at + 1 + length];
        // Syslog's priority is none either, nor what a program or a message is called.
        let other = head[at] == b'<' && at == 0
            || [&b"WinError"[..], b"Errno", b"system:", b"0x", b"MY-"].iter().any(|word| inner.starts_with(word));
        // Behind a thread, `<8>` is how bad it is.
        let other = other || head[at] == b'<' && inner.len() < 3 && self.count > 0;
        let numbered = inner.iter().any(u8::is_ascii_digit);
        // `[5512.7740]` is a process and its thread.
        let dotted = inner.contains(&b'.')
            && (inner.len() < 7 || inner.iter().filter(|byte| !byte.is_ascii_digit()).count() > 1);
        if numbered && !other && !dotted && Stamp::parse(inner).is_none() {
            self.push(inner);
        }
    }

    /// `session 12`, `peer=10061`, `Thread-4`, and syslog's process, `relayd 4436 - -`.
    fn extend_numbered(&mut self, head: &'t [u8], at: usize) {
        const WORDS: [&[u8]; 11] = [
            b"session",
            b"conn",
            b"connection",
            b"thread",
            b"request",
            b"peer",
            b"tid",
            b"pid",
            b"cid",
            b"sid",
            b"worker",
        ];
        let digits = head[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = at + 1 + digits;
        if head.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.') {
            return;
        }
        let length = head[..at].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = &head[at - length..at];
        let is_process = length > 0 && head[end..].starts_with(b" - -");
        if is_process || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            self.push(&head[at - length..end]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_addresses_levels_and_codes_are_no_threads() {
        for (line, wanted) in [
            ("[2025.01.22-18.04.51:233][612]LogNet: x", vec!["612"]),
            ("<131>1 2024-07-07T07:07:07Z HOST relayd 4436 - - x", vec!["relayd 4436"]),
            ("4436 2020-06-05 13:54:58.120 x", vec!["4436"]),
            ("2020-06-05 13:54:58 [INFO] [a.cc:12] CUID#7 - [10.0.0.5:443] x", vec!["CUID#7"]),
            ("2020-06-05 13:54:58 [WinError 10054] [MY-010054] x", vec![]),
            ("10:11:12 socket recv error for peer=77: x", vec!["peer=77"]),
            ("2020-06-05 13:54:58,120 INFO Thread-4 a.b.C - x", vec!["Thread-4"]),
            ("10:11:12.131 T12 x UTF-8 a-5", vec!["T12"]),
            ("[5512.7740] <8> x", vec!["5512.7740"]),
        ] {
            let ids = Ids::of(line.as_bytes());
            let ids: Vec<&str> = ids.ids[..ids.count].iter().map(|id| std::str::from_utf8(id).unwrap()).collect();
            assert_eq!(ids, wanted, "{line}");
        }
    }
}

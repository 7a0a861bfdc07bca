//! Operations in the names of a program's own functions: `socketio_send`, `NetSocket::ReadData`, `zmq_bind`.

use std::ops::Range;

use crate::finding::Operation;

/// Longer names are data.
const MOST_BYTES: usize = 64;

/// Parts of names that tell an operation.
const VERBS: &[(&[u8], Operation)] = &[
    (b"xmit", Operation::Send),
    (b"connect", Operation::Connect),
    (b"reconnect", Operation::Connect),
    (b"connectto", Operation::Connect),
    (b"dial", Operation::Connect),
    (b"recv", Operation::Recv),
    (b"recvfrom", Operation::Recv),
    (b"recvmsg", Operation::Recv),
    (b"rcv", Operation::Recv),
    (b"receive", Operation::Recv),
    (b"receiving", Operation::Recv),
    (b"read", Operation::Recv),
    (b"reading", Operation::Recv),
    (b"readinto", Operation::Recv),
    (b"readline", Operation::Recv),
    (b"readexactly", Operation::Recv),
    (b"send", Operation::Send),
    (b"sendto", Operation::Send),
    (b"sendmsg", Operation::Send),
    (b"sendall", Operation::Send),
    (b"sending", Operation::Send),
    (b"snd", Operation::Send),
    (b"write", Operation::Send),
    (b"writev", Operation::Send),
    (b"writing", Operation::Send),
    (b"transmit", Operation::Send),
    (b"flush", Operation::Send),
    (b"accept", Operation::Accept),
    (b"bind", Operation::Bind),
    (b"listen", Operation::Listen),
    (b"listening", Operation::Listen),
    (b"resolve", Operation::Resolve),
    (b"lookup", Operation::Resolve),
    (b"getaddrinfo", Operation::Resolve),
    (b"gethostbyname", Operation::Resolve),
    (b"shutdown", Operation::Shutdown),
    (b"setsockopt", Operation::Setsockopt),
    (b"ioctl", Operation::Ioctl),
    (b"select", Operation::Poll),
];

/// Parts behind a verb that make a name one of a thing: `ReadTimeout`, `send_queue_size`.
const THINGS: &[&[u8]] = &[
    b"timeout",
    b"timeouts",
    b"timer",
    b"buffer",
    b"buf",
    b"size",
    b"count",
    b"counter",
    b"queue",
    b"only",
    b"time",
    b"interval",
    b"ready",
    b"policy",
    b"option",
    b"options",
    b"config",
    b"string",
    b"limit",
    b"rate",
    b"flags",
    b"lock",
    b"mode",
    b"retry",
    b"retries",
    b"delay",
    b"stats",
    b"window",
    b"state",
];

/// Parts before a verb that make a name one of a number: `bytes_read`, `last_send`, `SSL_WANT_READ`.
const COUNTS: &[&[u8]] =
    &[b"bytes", b"total", b"num", b"max", b"min", b"last", b"count", b"want", b"avg", b"next", b"pending", b"to"];

/// Prefixes of names in one piece: `sockrecv`, `tcpsend`.
const PREFIXES: &[&[u8]] =
    &[b"sock", b"socket", b"tcp", b"udp", b"net", b"ssl", b"tls", b"do", b"my", b"raw", b"async", b"nb", b"safe"];

/// Suffixes of names in one piece: `readsocket`, `sendpacket`.
const SUFFIXES: &[&[u8]] = &[b"socket", b"sock", b"data", b"packet", b"msg", b"message"];

/// The operation that a name of several parts tells; its last part decides: `finish_connect`, `pollConnect`.
pub(super) fn operation(name: &[u8]) -> Option<Operation> {
    if !(5..=MOST_BYTES).contains(&name.len()) {
        return None;
    }
    // Most words of a record are of one part, and only a prefix makes a name of such a word.
    if name[1..].iter().all(u8::is_ascii_lowercase) && unparted(name).is_none() {
        return None;
    }
    let (mut found, mut counts, mut count) = (None, false, 0);
    for part in (Parts { name, at: 0 }) {
        let part = &name[part];
        count += 1;
        let operation = verb(part).or_else(|| unparted(part));
        if operation.is_some() {
            found = operation;
        } else if found.is_some() && is_among(part, THINGS) {
            return None;
        } else {
            counts |= found.is_none() && is_among(part, COUNTS);
        }
    }
    found.filter(|_| !counts && (count > 1 || unparted(name).is_some()))
}

/// The operation of a verb.
pub(super) fn verb(part: &[u8]) -> Option<Operation> {
    VERBS.iter().find(|(verb, _)| part.eq_ignore_ascii_case(verb)).map(|(_, operation)| *operation)
}

/// The operation of `sockrecv` or `readsocket`.
fn unparted(part: &[u8]) -> Option<Operation> {
    let behind = |prefix: &&[u8]| part.get(..prefix.len())?.eq_ignore_ascii_case(prefix).then(|| &part[prefix.len()..]);
    let before = |suffix: &&[u8]| {
        let (head, tail) = part.split_at_checked(part.len().checked_sub(suffix.len())?)?;
        tail.eq_ignore_ascii_case(suffix).then_some(head)
    };
    let behind_prefix = PREFIXES.iter().filter_map(behind).find_map(verb);
    behind_prefix.or_else(|| SUFFIXES.iter().filter_map(before).find_map(verb))
}

fn is_among(part: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| part.eq_ignore_ascii_case(word))
}

/// The parts of a name: between `_`, at capital letters, at digits.
struct Parts<'n> {
    name: &'n [u8],
    at: usize,
}

impl Iterator for Parts<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let name = self.name;
        while name.get(self.at).is_some_and(|byte| !byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let start = self.at;
        let mut end = start;
        while name.get(end).is_some_and(u8::is_ascii_alphabetic) && (end == start || !self.turns(end)) {
            end += 1;
        }
        self.at = end;
        (end > start).then_some(start..end)
    }
}

impl Parts<'_> {
    /// Whether a part begins at a letter: `d|R` in `DoRead`, `A|R` in `WSARecv`.
    fn turns(&self, at: usize) -> bool {
        let (before, here) = (self.name[at - 1], self.name[at]);
        here.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || self.name.get(at + 1).is_some_and(u8::is_ascii_lowercase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_functions_tell_their_operation() {
        for (name, wanted) in [
            ("socketio_send", Some(Operation::Send)),
            ("zmq_bind", Some(Operation::Bind)),
            ("ReadData", Some(Operation::Recv)),
            ("OnTcpReceive", Some(Operation::Recv)),
            ("pollConnect", Some(Operation::Connect)),
            ("NETDLL_WSARecv", Some(Operation::Recv)),
            ("tcpsend", Some(Operation::Send)),
            ("readsocket", Some(Operation::Recv)),
            ("sock2_connect", Some(Operation::Connect)),
            ("ERR_CONNECT", Some(Operation::Connect)),
            ("ReadTimeout", None),
            ("send_buffer_size", None),
            ("connection", None),
            ("SocketReader", None),
            ("NiBufIConnect", Some(Operation::Connect)),
            ("realWriteBytes", Some(Operation::Send)),
            ("bytes_read", None),
            ("to_write", None),
            ("threads", None),
            ("read", None),
        ] {
            assert_eq!(operation(name.as_bytes()), wanted, "{name}");
        }
    }
}

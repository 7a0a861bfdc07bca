//! What a socket has been through, in one word that every call reads once.

use std::sync::atomic::{AtomicU32, Ordering};

use winsock_codes::Code;

/// Facts about a socket; see the constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts(u32);

#[rustfmt::skip]
impl Facts {
    /// A byte stream. Never changes.
    pub(crate) const STREAM: Facts = Facts(1 << 0);
    /// Has a local name: by `bind`, or by a call that gives one.
    pub(crate) const BOUND: Facts = Facts(1 << 1);
    pub(crate) const LISTENING: Facts = Facts(1 << 2);
    /// A non-blocking connect is under way.
    pub(crate) const CONNECTING: Facts = Facts(1 << 3);
    /// Has, or had, a peer.
    pub(crate) const CONNECTED: Facts = Facts(1 << 4);
    /// The program's own `shutdown(SD_SEND)`.
    pub(crate) const SEND_SHUT: Facts = Facts(1 << 5);
    /// The program's own `shutdown(SD_RECEIVE)`.
    pub(crate) const RECEIVE_SHUT: Facts = Facts(1 << 6);
    /// The peer reset the connection, and some call has said so. Linux says it once, Windows for ever.
    pub(crate) const RESET: Facts = Facts(1 << 7);
    /// This side gave the connection up, and some call has said so.
    pub(crate) const ABORTED: Facts = Facts(1 << 8);
    /// It did because keep-alive probes found no answer.
    pub(crate) const KEEPALIVE_FAILED: Facts = Facts(1 << 19);
    /// The program asked for non-blocking calls.
    pub(crate) const NONBLOCKING: Facts = Facts(1 << 9);
    /// `closesocket` has run; calls of other threads may still be under way.
    pub(crate) const CLOSED: Facts = Facts(1 << 10);
    /// The last non-blocking connect failed.
    pub(crate) const CONNECT_FAILED: Facts = Facts(1 << 11);
    /// An earlier datagram drew "port unreachable", which the next receive reports.
    pub(crate) const UNREACHABLE: Facts = Facts(1 << 12);
    /// The program does not want to hear of that (`SIO_UDP_CONNRESET` off).
    pub(crate) const NO_UNREACHABLE: Facts = Facts(1 << 13);
    /// `SO_RCVTIMEO` is set.
    pub(crate) const RECEIVE_TIMEOUT: Facts = Facts(1 << 14);
    /// `SO_SNDTIMEO` is set.
    pub(crate) const SEND_TIMEOUT: Facts = Facts(1 << 15);
    /// `SO_OOBINLINE` is set.
    pub(crate) const URGENT_INLINE: Facts = Facts(1 << 16);
    /// A condition function put connections off, which the next accept gets first.
    pub(crate) const DEFERRED: Facts = Facts(1 << 17);
    /// The peer is a broadcast address, and `SO_BROADCAST` was switched off after the connect.
    pub(crate) const BROADCAST_WITHDRAWN: Facts = Facts(1 << 30);
    /// Made to join multicast groups by `WSAJoinLeaf`.
    pub(crate) const LEAF: Facts = Facts(1 << 18);
    /// An `AcceptEx` into this socket is under way.
    pub(crate) const ACCEPTING: Facts = Facts(1 << 24);
    /// A `ConnectEx` is under way.
    pub(crate) const CONNECTING_EX: Facts = Facts(1 << 25);
    /// Connected by `AcceptEx` or `ConnectEx`, and the context was not updated yet.
    pub(crate) const NO_CONTEXT: Facts = Facts(1 << 26);
    /// The descriptor does not block, whatever the program asked for: a call that knows no flag for it needs that. Changes
    /// under the lock of the settings, as does [`Facts::NONBLOCKING`].
    pub(crate) const HELD_NONBLOCKING: Facts = Facts(1 << 27);
    /// `DisconnectEx` made the socket ready for reuse; what the descriptor stands for is over.
    pub(crate) const SPENT: Facts = Facts(1 << 31);
    /// The program has set an option.
    pub(crate) const OPTIONS_SET: Facts = Facts(1 << 28);
    /// Made by `accept`.
    pub(crate) const ACCEPTED: Facts = Facts(1 << 20);
    /// A bind was tried, which leaves its traces even if it failed.
    pub(crate) const BIND_TRIED: Facts = Facts(1 << 23);
    /// Under watch since the first `WSAEventSelect`.
    pub(crate) const WATCHED: Facts = Facts(1 << 21);
    /// `WSAEventSelect` has selected events, which keeps the socket non-blocking.
    pub(crate) const SELECTS_EVENTS: Facts = Facts(1 << 22);
    /// Made without `WSA_FLAG_OVERLAPPED`: overlapped calls wait for their end.
    pub(crate) const SYNCHRONOUS: Facts = Facts(1 << 29);
}

impl Facts {
    pub(crate) const NONE: Facts = Facts(0);

    /// As a number, to be sent to another process.
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    /// From such a number; bits that mean nothing are harmless.
    pub(crate) const fn from_bits(bits: u32) -> Facts {
        Facts(bits)
    }

    /// Either.
    #[must_use]
    pub(crate) const fn or(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }

    /// What every call says of a connection that is gone; `None` while none is known to be.
    pub(crate) const fn end_of_connection(self) -> Option<Code> {
        // Docs: "recv function": WSAECONNRESET by the peer, WSAENETRESET by keep-alive, WSAECONNABORTED by time-out.
        if self.has(Facts::RESET) {
            Some(Code::WSAECONNRESET)
        } else if self.has(Facts::KEEPALIVE_FAILED) {
            Some(Code::WSAENETRESET)
        } else if self.has(Facts::ABORTED) {
            Some(Code::WSAECONNABORTED)
        } else {
            None
        }
    }

    /// Those that are in both.
    #[must_use]
    pub(crate) const fn and(self, other: Facts) -> Facts {
        Facts(self.0 & other.0)
    }

    /// Whether all of `facts` hold.
    #[inline]
    pub(crate) const fn has(self, facts: Facts) -> bool {
        self.0 & facts.0 == facts.0
    }

    /// Whether of the facts in `mask` exactly `facts` hold.
    #[inline]
    const fn are(self, mask: Facts, facts: Facts) -> bool {
        self.0 & mask.0 == facts.0
    }

    /// Whether none but `facts` hold.
    pub(crate) const fn has_only(self, facts: Facts) -> bool {
        self.0 & !facts.0 == 0
    }

    /// Whether a receive may go to Linux without further questions.
    #[inline]
    pub(crate) const fn may_receive(self) -> bool {
        const STREAM_MASK: Facts = Facts::STREAM
            .or(Facts::CONNECTED)
            .or(Facts::RECEIVE_SHUT)
            .or(Facts::RESET)
            .or(Facts::ABORTED)
            .or(Facts::CLOSED);
        const DATAGRAM_MASK: Facts =
            Facts::STREAM.or(Facts::BOUND).or(Facts::RECEIVE_SHUT).or(Facts::UNREACHABLE).or(Facts::CLOSED);
        self.are(STREAM_MASK, Facts::STREAM.or(Facts::CONNECTED)) || self.are(DATAGRAM_MASK, Facts::BOUND)
    }

    /// Whether a send without an address may go to Linux without further questions.
    #[inline]
    pub(crate) const fn may_send(self) -> bool {
        const MASK: Facts = Facts::CONNECTED
            .or(Facts::SEND_SHUT)
            .or(Facts::RESET)
            .or(Facts::ABORTED)
            .or(Facts::CLOSED)
            .or(Facts::BROADCAST_WITHDRAWN);
        self.are(MASK, Facts::CONNECTED)
    }
}

impl Facts {
    /// Whether an overlapped receive of a stream may go to Linux without further questions.
    #[inline]
    pub(crate) const fn may_receive_plainly(self) -> bool {
        const MASK: Facts = Facts::PLAIN_MASK.or(Facts::RECEIVE_SHUT).or(Facts::WATCHED);
        self.are(MASK, Facts::STREAM.or(Facts::CONNECTED))
    }

    /// Whether an overlapped send of a stream may go to Linux without further questions.
    #[inline]
    pub(crate) const fn may_send_plainly(self) -> bool {
        const MASK: Facts = Facts::PLAIN_MASK.or(Facts::SEND_SHUT).or(Facts::BROADCAST_WITHDRAWN);
        self.are(MASK, Facts::STREAM.or(Facts::CONNECTED))
    }

    const PLAIN_MASK: Facts =
        Facts::STREAM.or(Facts::CONNECTED).or(Facts::RESET).or(Facts::ABORTED).or(Facts::CLOSED).or(Facts::SYNCHRONOUS);
}

/// The shared word.
pub(crate) struct State(AtomicU32);

impl State {
    pub(crate) fn new(facts: Facts) -> State {
        State(AtomicU32::new(facts.0))
    }

    /// All facts at this moment.
    #[inline]
    pub(crate) fn facts(&self) -> Facts {
        Facts(self.0.load(Ordering::Acquire))
    }

    #[inline]
    pub(crate) fn has(&self, facts: Facts) -> bool {
        self.facts().has(facts)
    }

    pub(crate) fn set(&self, facts: Facts) {
        self.0.fetch_or(facts.0, Ordering::AcqRel);
    }

    pub(crate) fn clear(&self, facts: Facts) {
        self.0.fetch_and(!facts.0, Ordering::AcqRel);
    }

    pub(crate) fn put(&self, facts: Facts, on: bool) {
        if on { self.set(facts) } else { self.clear(facts) }
    }

    /// Sets facts and clears others at once.
    pub(crate) fn exchange(&self, clear: Facts, set: Facts) {
        let change = |facts: u32| Some(facts & !clear.0 | set.0);
        // Always changes.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, change);
    }

    /// Sets a fact unless one of `others`, or it itself, holds; false if one does.
    pub(crate) fn claim(&self, fact: Facts, others: Facts) -> bool {
        let change = |facts: u32| (facts & (others.0 | fact.0) == 0).then_some(facts | fact.0);
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, change).is_ok()
    }

    /// Clears a fact and says whether it held: for news that is told once.
    pub(crate) fn take(&self, facts: Facts) -> bool {
        self.0.fetch_and(!facts.0, Ordering::AcqRel) & facts.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    /// Read from the source, so that a new fact is looked at from its first day.
    #[test]
    fn every_fact_has_a_bit_of_its_own() {
        let facts = include_str!("state.rs").lines().filter_map(|line| {
            let (name, bit) = line.trim().strip_prefix("pub(crate) const ")?.split_once(": Facts = Facts(1 << ")?;
            Some((bit.strip_suffix(");")?.parse::<u32>().unwrap(), name))
        });
        let mut by_bit = BTreeMap::new();
        for (bit, name) in facts {
            assert!(bit < u32::BITS, "{name}");
            assert_eq!(by_bit.insert(bit, name), None, "{name} has the bit of another fact");
        }
        assert!(by_bit.len() > 25, "{by_bit:?}");
    }
}

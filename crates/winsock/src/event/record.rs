//! [`Record`]: the network events of one socket, by the rules of Windows.
//!
//! An event is recorded when something happens, and is no more when the program has asked for it. It is recorded again
//! when something more happens, or when the call that deals with it leaves something over: `recv` for `FD_READ`, `accept`
//! for `FD_ACCEPT`, a send that would block for `FD_WRITE`. What happens is recorded whether it is selected or not, and
//! selecting anew forgets nothing.
//!
//! Sources: "WSAEventSelect function", Remarks; for what that leaves open or tells otherwise the checks of Wine's
//! `test_events` in dlls/ws2_32/tests/sock.c that were validated on Windows.

use winsock_codes::Code;

use super::sight::Sight;
use super::{FD_ACCEPT, FD_CLOSE, FD_CONNECT, FD_MAX_EVENTS, FD_OOB, FD_READ, FD_WRITE};

/// What has happened on a socket.
#[derive(Debug)]
pub(super) struct Record {
    /// Which events the program has selected.
    enabled: u32,
    /// Which have happened and were not asked for since.
    active: u32,
    codes: [Code; FD_MAX_EVENTS],
    /// How much was there to receive or accept when last looked at; more is news.
    amount: u32,
    is_urgent: bool,
    has_failed: bool,
    /// No connect has been told that it ended.
    awaits_connect: bool,
    /// Room to send is news: at first, and after a send that would block.
    awaits_room: bool,
    /// The end of the connection was recorded, which happens once.
    has_ended: bool,
}

/// Why a socket is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// Something may have happened.
    Change,
    /// A call has received: what it left is to be told again.
    Received,
    /// A call has received urgent data.
    ReceivedUrgent,
    /// A call has accepted, or tried.
    Accepted,
    /// A send would have blocked.
    SendBlocked,
    /// A connect begins.
    Connecting,
}

impl Record {
    /// Of a socket that was just put under watch; `is_accepted` if a listener has made it.
    pub(super) fn new(is_accepted: bool) -> Record {
        Record {
            enabled: 0,
            active: 0,
            codes: [Code::new(0); FD_MAX_EVENTS],
            amount: 0,
            is_urgent: false,
            has_failed: false,
            awaits_connect: !is_accepted,
            awaits_room: true,
            has_ended: false,
        }
    }

    /// Selects these events from now on; true if one of them has happened already.
    pub(super) fn select(&mut self, events: u32) -> bool {
        self.enabled = events;
        self.active & events != 0
    }

    pub(super) fn selected(&self) -> u32 {
        self.enabled
    }

    /// What has happened of what is selected, with the codes; forgotten by telling.
    pub(super) fn take(&mut self) -> (u32, [Code; FD_MAX_EVENTS]) {
        let told = self.active & self.enabled;
        self.active &= !told;
        (told, self.codes)
    }

    /// Whether something has happened of what is selected.
    pub(super) fn has_news(&self) -> bool {
        self.active & self.enabled != 0
    }

    /// A call is made, or something changed: what is no news any more, and what is again.
    pub(super) fn prepare(&mut self, occasion: Occasion) {
        match occasion {
            Occasion::Change => {}
            Occasion::Received => self.enable_again(FD_READ),
            Occasion::Accepted => self.enable_again(FD_ACCEPT),
            Occasion::ReceivedUrgent => {
                self.active &= !FD_OOB;
                self.is_urgent = false;
            }
            Occasion::SendBlocked => {
                self.active &= !FD_WRITE;
                self.awaits_room = true;
            }
            Occasion::Connecting => {
                self.active &= !FD_CONNECT;
                self.awaits_connect = true;
                self.awaits_room = true;
            }
        }
    }

    fn enable_again(&mut self, event: u32) {
        self.active &= !event;
        self.amount = 0;
        self.has_failed = false;
    }

    /// Records what is new; true if a selected event has happened that had not.
    pub(super) fn note(&mut self, sight: &Sight) -> bool {
        let before = self.active;
        if let Some(code) = sight.connect.filter(|_| self.awaits_connect) {
            self.awaits_connect = false;
            self.put(FD_CONNECT, code);
        }
        if sight.has_room && self.awaits_room {
            self.awaits_room = false;
            self.put(FD_WRITE, Code::new(0));
        }
        if sight.amount > self.amount || sight.has_failed && !self.has_failed {
            self.put(if sight.is_listener { FD_ACCEPT } else { FD_READ }, Code::new(0));
        }
        if sight.is_urgent && !self.is_urgent {
            self.put(FD_OOB, Code::new(0));
        }
        if let Some(code) = sight.end.filter(|_| !self.has_ended) {
            self.has_ended = true;
            self.put(FD_CLOSE, code);
        }
        (self.amount, self.has_failed, self.is_urgent) = (sight.amount, sight.has_failed, sight.is_urgent);
        self.active & !before & self.enabled != 0
    }

    /// Records what a receive has left; true as for [`Record::note`]. All else stays as it was seen last.
    pub(super) fn note_rest(&mut self, amount: u32) -> bool {
        self.amount = amount;
        if amount > 0 {
            self.put(FD_READ, Code::new(0));
        }
        amount > 0 && self.enabled & FD_READ != 0
    }

    /// Records an event that no look at the socket shows; true as for [`Record::note`].
    pub(super) fn add(&mut self, event: u32, code: Code) -> bool {
        let is_new = self.active & event == 0;
        self.put(event, code);
        is_new && self.enabled & event != 0
    }

    fn put(&mut self, event: u32, code: Code) {
        self.active |= event;
        self.codes[event.trailing_zeros() as usize] = code;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: u32 = FD_READ | FD_WRITE | FD_OOB | FD_ACCEPT | FD_CONNECT | FD_CLOSE;
    const NONE: Code = Code::new(0);

    fn connected() -> Sight {
        Sight { connect: Some(NONE), has_room: true, ..Sight::default() }
    }

    fn with(amount: u32) -> Sight {
        Sight { amount, ..connected() }
    }

    /// An accepted socket whose first events were asked for.
    fn settled() -> Record {
        let mut record = Record::new(true);
        record.select(ALL);
        record.note(&connected());
        assert_eq!(record.take().0, FD_WRITE);
        record
    }

    #[test]
    fn a_connected_socket_has_connect_and_write_and_an_accepted_one_write_only() {
        let mut record = Record::new(false);
        record.select(ALL);
        assert!(record.note(&connected()));
        assert_eq!(record.take().0, FD_CONNECT | FD_WRITE);
        assert!(!record.note(&connected()));
        settled();
    }

    #[test]
    fn a_refused_connect_carries_its_code_and_no_write() {
        let mut record = Record::new(false);
        record.select(ALL);
        record.note(&Sight { connect: Some(Code::WSAECONNREFUSED), ..Sight::default() });
        let (events, codes) = record.take();
        assert_eq!((events, codes[4]), (FD_CONNECT, Code::WSAECONNREFUSED));
        record.prepare(Occasion::Connecting);
        record.note(&connected());
        assert_eq!(record.take().0, FD_CONNECT | FD_WRITE);
    }

    #[test]
    fn read_is_told_for_more_and_for_what_a_receive_leaves() {
        let mut record = settled();
        assert!(record.note(&with(5)));
        assert_eq!(record.take().0, FD_READ);
        assert!(!record.note(&with(5)), "nothing has come");
        assert!(record.note(&with(10)), "more has come");
        assert_eq!(record.take().0, FD_READ);
        record.prepare(Occasion::Received);
        assert!(record.note(&with(8)), "a receive took 2");
        assert_eq!(record.take().0, FD_READ);
        record.prepare(Occasion::Received);
        assert!(!record.note(&with(0)));
        assert_eq!(record.take().0, 0);
    }

    #[test]
    fn what_a_receive_took_is_not_told() {
        let mut record = settled();
        record.note(&with(5));
        record.prepare(Occasion::Received);
        record.note(&with(0));
        assert_eq!(record.take().0, 0);
    }

    #[test]
    fn write_is_told_again_only_after_a_send_that_would_block() {
        let mut record = settled();
        let full = Sight { has_room: false, ..connected() };
        assert!(!record.note(&full));
        assert!(!record.note(&connected()));
        record.prepare(Occasion::SendBlocked);
        assert!(!record.note(&full));
        assert!(record.note(&connected()));
        assert_eq!(record.take().0, FD_WRITE);
    }

    #[test]
    fn what_is_not_selected_is_kept_until_it_is() {
        let mut record = Record::new(true);
        record.select(FD_ACCEPT);
        assert!(!record.note(&with(3)));
        assert_eq!(record.take().0, 0);
        assert!(record.select(ALL));
        assert_eq!(record.take().0, FD_READ | FD_WRITE);
        assert!(!record.select(0) && !record.select(ALL), "selecting anew forgets nothing and repeats nothing");
    }

    #[test]
    fn close_is_told_once_beside_data_that_is_left() {
        let mut record = settled();
        record.note(&with(5));
        assert_eq!(record.take().0, FD_READ);
        let ended = Sight { end: Some(NONE), ..with(5) };
        assert!(record.note(&ended));
        assert_eq!(record.take().0, FD_CLOSE);
        record.prepare(Occasion::Received);
        record.note(&Sight { end: Some(NONE), ..with(2) });
        assert_eq!(record.take().0, FD_READ);
    }

    #[test]
    fn accept_is_told_for_each_connection_that_comes_and_for_those_an_accept_leaves() {
        let mut record = Record::new(false);
        record.select(ALL);
        let queued = |amount| Sight { is_listener: true, amount, ..Sight::default() };
        record.note(&queued(1));
        assert_eq!(record.take().0, FD_ACCEPT);
        record.note(&queued(2));
        assert_eq!(record.take().0, FD_ACCEPT);
        record.prepare(Occasion::Accepted);
        record.note(&queued(1));
        assert_eq!(record.take().0, FD_ACCEPT);
        record.prepare(Occasion::Accepted);
        record.note(&queued(0));
        assert_eq!(record.take().0, 0);
    }
}

//! [`Watch`]: a socket's record, and the event object that tells of it.

use std::sync::Arc;

use super::FD_MAX_EVENTS;
use super::record::{Occasion, Record};
use super::sight::Sight;
use super::watcher;
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sync::{Mutex, lock};
use crate::sys;
use crate::wait::{self, Waitable};
use winsock_codes::Code;

/// What a socket has from its first `WSAEventSelect` on.
pub(crate) struct Watch {
    token: u64,
    told: Mutex<Told>,
    /// A change that makes room to send is looked at. Held while the watcher is told; the last of the locks.
    hears_of_room: Mutex<bool>,
}

struct Told {
    record: Record,
    event: Option<Arc<Waitable>>,
}

impl Watch {
    /// Ends it: the socket is being closed.
    pub(crate) fn end(&self, socket: &Socket) {
        watcher::forget(self.token, socket.fd());
        lock(&self.told).event = None;
    }

    /// Has the socket looked at, and from now on also when there is room to send.
    fn wait_for_room(&self, socket: &Socket) {
        let mut hears_of_room = lock(&self.hears_of_room);
        *hears_of_room = true;
        watcher::poke(self.token, socket.fd(), true);
    }
}

impl Socket {
    /// Selects network events, and the event object that tells of them; none of either ends that.
    ///
    /// Docs: "WSAEventSelect function": the socket is non-blocking from here on.
    pub(crate) fn select_events(socket: &Arc<Socket>, event: Option<Arc<Waitable>>, events: u32) -> Result<(), Code> {
        socket.make_nonblocking(true)?;
        socket.state.put(Facts::SELECTS_EVENTS, events != 0);
        if events == 0 && socket.watch().is_none() {
            return Ok(());
        }
        let watch = socket.watched().map_err(|_| Code::WSAENOBUFS)?;
        let mut told = lock(&watch.told);
        let has_happened = told.record.select(events);
        told.event = event.filter(|_| events != 0);
        if has_happened && let Some(event) = &told.event {
            wait::set(event);
        }
        drop(told);
        socket.look(Occasion::Change);
        Ok(())
    }

    /// What a listener has selected holds for the connections it accepts. Docs: "accept function", Remarks.
    pub(crate) fn inherit_events(socket: &Arc<Socket>, listener: &Socket) -> Result<(), Code> {
        let Some(watch) = listener.watch() else { return Ok(()) };
        let told = lock(&watch.told);
        let (event, events) = (told.event.clone(), told.record.selected());
        drop(told);
        if events == 0 { Ok(()) } else { Socket::select_events(socket, event, events) }
    }

    /// What has happened since the last time; resets an event object with it.
    pub(crate) fn take_events(&self, event: Option<&Waitable>) -> (u32, [Code; FD_MAX_EVENTS]) {
        let Some(watch) = self.watch() else {
            event.into_iter().for_each(wait::reset);
            return (0, [Code::new(0); FD_MAX_EVENTS]);
        };
        let mut told = lock(&watch.told);
        if !told.record.has_news() {
            drop(told);
            self.look(Occasion::Change);
            told = lock(&watch.told);
        }
        // Together, so that what happens meanwhile is told or sets the event again.
        event.into_iter().for_each(wait::reset);
        told.record.take()
    }

    /// Records an event that no look at the socket shows.
    pub(crate) fn record_event(&self, event: u32, code: Code) {
        let Some(watch) = self.watch() else { return };
        let mut told = lock(&watch.told);
        if told.record.add(event, code)
            && let Some(event) = &told.event
        {
            wait::set(event);
        }
    }

    /// Puts the socket under watch: an event is to be recorded, perhaps before any is selected.
    pub(crate) fn watch_for(socket: &Arc<Socket>) -> sys::Result<()> {
        socket.watched().map(drop)
    }

    /// Looks what has happened on a watched socket. Calls on a socket that is not watched come here for nothing.
    #[inline]
    pub(crate) fn look(&self, occasion: Occasion) {
        if self.state.has(Facts::WATCHED) {
            self.look_now(occasion);
        }
    }

    /// The descriptor stands for a connection that a listener has made: what has happened before is of no meaning.
    #[inline]
    pub(crate) fn watch_anew(&self) {
        self.poll_anew();
        if let Some(watch) = self.watch() {
            self.begin_anew(watch);
        }
    }

    #[cold]
    fn begin_anew(&self, watch: &Watch) {
        let mut told = lock(&watch.told);
        let selected = told.record.selected();
        told.record = Record::new(true);
        told.record.select(selected);
        watcher::watch_anew(watch.token, self.fd(), *lock(&watch.hears_of_room));
    }

    /// An operation that was under way has received: the watcher shall look again, because here a lane is locked.
    #[inline]
    pub(crate) fn look_later(&self) {
        self.poll_again();
        if let Some(watch) = self.watch() {
            watcher::poke(watch.token, self.fd(), *lock(&watch.hears_of_room));
        }
    }

    #[cold]
    fn look_now(&self, occasion: Occasion) {
        let Some(watch) = self.watch() else { return };
        let is_receiving = self.is_receiving();
        let mut told = lock(&watch.told);
        told.record.prepare(occasion);
        if self.state.has(Facts::CLOSED) {
            return;
        }
        // Under the lock: what one look has seen as new, no other shall.
        let is_news = match occasion {
            Occasion::Received if self.state.has(Facts::STREAM.or(Facts::CONNECTED)) => {
                told.record.note_rest(if is_receiving { 0 } else { self.readable_bytes().unwrap_or(0) })
            }
            _ => told.record.note(&Sight::of(self, is_receiving)),
        };
        if is_news && let Some(event) = &told.event {
            wait::set(event);
        }
        let waits_for_room = occasion == Occasion::SendBlocked && !self.kind.is_stream();
        drop(told);
        if waits_for_room {
            watch.wait_for_room(self);
        }
    }

    fn watched(self: &Arc<Socket>) -> sys::Result<&Watch> {
        if let Some(watch) = self.watch() {
            return Ok(watch);
        }
        // Under a lock, so that of two callers one watches.
        let _one_at_a_time = self.settings();
        if self.watch().is_none() {
            let told = Told { record: Record::new(self.state.has(Facts::ACCEPTED)), event: None };
            // A datagram socket has room again after every datagram, which is not worth a look.
            let hears_of_room = self.kind.is_stream();
            let token = watcher::watch(self, hears_of_room)?;
            let watch = Watch { token, told: Mutex::new(told), hears_of_room: Mutex::new(hears_of_room) };
            let _ = self.onlookers().watch.set(watch);
            self.state.set(Facts::WATCHED);
        }
        self.watch().ok_or(sys::Errno::EINVAL)
    }
}

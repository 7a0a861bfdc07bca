//! [`Polled`]: a socket as the polls of one port see it; [`Polls`]: all that a socket has of that.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::AFD_POLL_LOCAL_CLOSE;
use super::device::Device;
use super::poller::{self, Looked, Poller, Wait};
use super::request::{Asked, Request};
use super::standing::{self, ALL, Standing};
use crate::overlapped::{Found, Status};
use crate::socket::Socket;
use crate::socket::state::Facts;
use crate::sync::quick::{self, lock, try_lock};
use crate::sys::poll::{self, POLLERR, POLLHUP, POLLIN, POLLPRI, POLLRDHUP};

/// A socket's part in polls.
#[derive(Default)]
pub(crate) struct Polls {
    /// One for each port that was told of it and is still there.
    polled: Mutex<Vec<Arc<Polled>>>,
    /// There was an urgent byte: before its place a receive stops, also long after it was taken.
    had_urgent: AtomicBool,
    /// What was asked by the socket's own handle, about whichever sockets.
    pub(crate) asked_here: Device,
}

/// A socket in the list of one poller.
pub(super) struct Polled {
    socket: Weak<Socket>,
    looked: Weak<Looked>,
    /// Its number in the list. Another one when the descriptor stands for another socket of Linux'.
    token: AtomicU64,
    state: quick::Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What Linux may say of the socket, and of what it says no more without a change being told.
    may_hold: i16,
    /// The end of the wait that has told of it last.
    told: u64,
    waiting: Vec<Waiting>,
    /// The first of the requests that are or were under way. If it and a later one are exclusive, that ends it.
    main: Weak<Request>,
}

struct Waiting {
    request: Arc<Request>,
    /// When it began.
    since: u64,
}

impl Polls {
    /// The socket in the list of this poller.
    pub(super) fn with(&self, socket: &Arc<Socket>, poller: &Poller) -> Result<Arc<Polled>, Status> {
        let looked = poller.looked();
        let mut all = self.all();
        // From here on either this sees it, or who closes sees what is added here.
        if socket.state.has(Facts::CLOSED) {
            return Err(Status::INVALID_HANDLE);
        }
        if let Some(polled) = all.iter().find(|polled| std::ptr::eq(polled.looked.as_ptr(), Arc::as_ptr(looked))) {
            return Ok(Arc::clone(polled));
        }
        all.retain(|polled| polled.looked.strong_count() > 0);
        let polled = Arc::new(Polled {
            socket: Arc::downgrade(socket),
            looked: Arc::downgrade(looked),
            token: AtomicU64::new(0),
            state: quick::Mutex::new(State { may_hold: i16::MAX, ..State::default() }),
        });
        let token = looked.add(Arc::downgrade(&polled), socket.fd()).map_err(|_| Status::INSUFFICIENT_RESOURCES)?;
        polled.token.store(token, Ordering::Relaxed);
        all.push(Arc::clone(&polled));
        Ok(polled)
    }

    /// The socket is being closed: all that is asked about it ends with that, and what was asked by it as cancelled.
    pub(crate) fn close(&self, socket: &Socket) {
        let all = std::mem::take(&mut *self.all());
        for polled in &all {
            polled.end_all();
            if let Some(looked) = polled.looked.upgrade() {
                looked.forget(polled.token.load(Ordering::Relaxed), socket.fd());
            }
        }
        self.asked_here.close();
    }

    /// The descriptor stands for another socket of Linux'.
    fn renew(&self, socket: &Socket) {
        for polled in self.all().iter() {
            if let Some(looked) = polled.looked.upgrade() {
                let token = polled.token.load(Ordering::Relaxed);
                // Linux may lack the memory; then nothing is told, as there is nobody to say it to.
                if let Ok(token) = looked.add_anew(token, Arc::downgrade(polled), socket.fd()) {
                    polled.token.store(token, Ordering::Relaxed);
                }
            }
        }
    }

    /// The moment, for [`Polls::has_emptied`].
    #[inline]
    pub(crate) fn moment(&self) -> u64 {
        poller::moment()
    }

    /// A receive that began after this moment has found the stream empty, or left it so: it need not be looked at for the next
    /// request about it, since whatever comes is told.
    pub(crate) fn has_emptied(&self, since: u64) {
        const MORE_THAN_DATA: i16 = POLLRDHUP | POLLHUP | POLLERR;
        if self.had_urgent.load(Ordering::Relaxed) {
            return;
        }
        for polled in self.all().iter() {
            // Who has locked it may be waiting for a lane, whose holder waits for the list; then the look is not spared.
            let Some(mut state) = try_lock(&polled.state) else { continue };
            // What was told since then is news.
            if state.told <= since && state.may_hold & MORE_THAN_DATA == 0 {
                state.may_hold &= !POLLIN;
            }
        }
    }

    fn look_again(&self, socket: &Socket) {
        for polled in self.all().iter() {
            if let Some(looked) = polled.looked.upgrade() {
                looked.look_again(polled.token.load(Ordering::Relaxed), socket.fd());
            }
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Polled>>> {
        self.polled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Socket {
    /// Something has changed that Linux does not tell, or not at the right time: it tells once more what holds now.
    #[inline]
    pub(crate) fn poll_again(&self) {
        if let Some(onlookers) = self.onlookers_there() {
            onlookers.polls.look_again(self);
        }
    }

    /// There is an urgent byte, or one is asked for.
    pub(crate) fn note_urgent(&self) {
        self.onlookers().polls.had_urgent.store(true, Ordering::Relaxed);
    }

    /// The descriptor stands for a connection that a listener has made.
    pub(crate) fn poll_anew(&self) {
        if let Some(onlookers) = self.onlookers_there() {
            onlookers.polls.renew(self);
        }
    }
}

impl Polled {
    /// Puts a request to the socket; gives what holds of what is asked, and else keeps the request if `waits`.
    pub(super) fn ask(
        &self,
        socket: &Socket,
        asked: &Asked,
        request: &Arc<Request>,
        since: u64,
        waits: bool,
    ) -> Standing {
        let mut state = lock(&self.state);
        state.waiting.retain(|waiting| !waiting.request.is_over());
        let ousted = state.take_the_lead(request);
        let signs = standing::signs_of(asked.events);
        let mut standing = Standing::default();
        // Who does not wait would not hear of what has not been told yet.
        if !waits || state.may_hold & signs != 0 || standing::is_known_here(socket, asked.events) {
            state.look(socket);
            standing = standing::of(socket, state.may_hold);
        }
        if standing.events & asked.events == 0 && waits {
            state.waiting.push(Waiting { request: Arc::clone(request), since });
        }
        drop(state);
        if let Some(ousted) = ousted {
            // Source: src/win/poll.c of libuv, which takes this end of its earlier request for an interruption, and any other
            // failure for an error of the socket.
            ousted.end(Status::CANCELLED, &[]);
        }
        standing
    }

    /// After [`Polled::ask`]: who closes the socket has locked the state later and seen the request, or this sees that it is
    /// closed.
    pub(super) fn end_if_closed(&self, socket: &Socket) {
        if socket.state.has(Facts::CLOSED) {
            self.end_all();
        }
    }

    /// Linux has told this of the socket in that wait.
    pub(super) fn changed(&self, answer: i16, wait: Wait) {
        let Some(socket) = self.socket.upgrade() else { return };
        let mut state = lock(&self.state);
        state.told = wait.ended;
        state.know(&socket, answer);
        if state.waiting.is_empty() {
            return;
        }
        // One that came meanwhile has looked later than Linux, and what was there may be gone.
        if state.waiting.iter().any(|waiting| waiting.since >= wait.begun) {
            state.look(&socket);
        }
        let standing = standing::of(&socket, state.may_hold);
        let of = std::ptr::from_ref(self).addr();
        state.waiting.retain(|waiting| !waiting.request.end_if_met(of, standing.events, standing.status));
    }

    fn end_all(&self) {
        let waiting = std::mem::take(&mut lock(&self.state).waiting);
        let of = std::ptr::from_ref(self).addr();
        for Waiting { request, .. } in waiting {
            // Told whether it is asked for or not, and of every place in the request that names the socket the first.
            if let Some(asked) = request.asked().iter().find(|asked| asked.of == of) {
                let found = Found { handle: asked.handle, events: AFD_POLL_LOCAL_CLOSE, status: 0 };
                request.end(Status::SUCCESS, &[found]);
            }
        }
    }
}

impl State {
    /// Looks what Linux says now.
    fn look(&mut self, socket: &Socket) {
        self.know(socket, poll::now(socket.fd(), ALL));
    }

    fn know(&mut self, socket: &Socket, answer: i16) {
        self.may_hold = answer;
        if answer & POLLPRI != 0 {
            socket.note_urgent();
        }
    }

    /// Docs: none. Source: test_poll_exclusive of dlls/ws2_32/tests/afd.c, checked on Windows: the first request of a socket
    /// counts, until it is over; the next that comes then takes its place.
    fn take_the_lead(&mut self, request: &Arc<Request>) -> Option<Arc<Request>> {
        let main = self.main.upgrade().filter(|main| !main.is_over());
        let ousted = main.as_ref().filter(|main| main.is_exclusive && request.is_exclusive);
        // One that names the socket twice does not end itself.
        let ousted = ousted.filter(|main| !Arc::ptr_eq(main, request)).map(Arc::clone);
        if main.is_none() || ousted.is_some() {
            self.main = Arc::downgrade(request);
        }
        ousted
    }
}

// The process's poller has a thread, which waits outside of the models.
#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;
    use crate::socket::kind::Kind;
    use crate::win32::{AF_INET, IPPROTO_TCP, SOCK_STREAM};

    #[test]
    fn a_closed_socket_gets_no_place_in_a_list() {
        let socket = Socket::open(Kind::find(AF_INET, SOCK_STREAM, IPPROTO_TCP).unwrap()).unwrap();
        let poller = Poller::of(None).unwrap();
        let polls = &socket.onlookers().polls;
        assert!(polls.with(&socket, &poller).is_ok());
        Socket::close(Arc::clone(&socket));
        assert_eq!(polls.with(&socket, &poller).err(), Some(Status::INVALID_HANDLE));
        assert!(polls.all().is_empty());
    }
}

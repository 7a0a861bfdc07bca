//! [`Device`]: what was asked by one handle; [`Helper`]: a handle of `\Device\Afd`.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::polled::Polled;
use super::poller::{self, Poller};
use super::request::{self, Asked, AskedOf, Request, Telling, Told, push_among};
use crate::driver::Target;
use crate::handle::table::{Held, TABLE};
use crate::overlapped::{Found, PollRecord, Signal, Status};
use crate::port::{self, Association, CompletionPort};
use crate::sync::Arc as SyncArc;
use crate::wait::Waitable;

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Something of it holds, or there was no time to wait. A packet is queued all the same, unless the handle skips that.
    Done,
    /// Under way: `STATUS_PENDING`.
    Pending,
}

/// A question: the sockets and the events. The time is in the record.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// What is asked of which socket; the status is of no meaning.
    pub about: &'q [Found],
    /// What the packet carries as its OVERLAPPED; 0 for no packet.
    pub context: usize,
}

/// What was asked by one handle.
#[derive(Default)]
pub(crate) struct Device {
    requests: Mutex<Vec<Arc<Request>>>,
    /// Need not be made anew for each request. None is kept once the handle is closed: it must not end with the last share of
    /// a socket, which may be a look's.
    poller: Mutex<Option<Arc<Poller>>>,
    is_closed: AtomicBool,
}

impl Device {
    /// Asks, and tells the port of the tie.
    pub(super) fn ask(
        &self,
        tie: Option<&Association>,
        handle: Told,
        question: Question<'_>,
        record: PollRecord,
    ) -> Result<Begun, Status> {
        let timeout = record.info().timeout;
        let telling = Telling {
            port: tie.map(|tie| tie.destination().clone()),
            context: question.context,
            handle,
            issuer: port::thread_number(),
        };
        if record.has_routine() && telling.port.is_some() {
            return Err(Status::INVALID_PARAMETER);
        }
        let poller = self.poller(tie)?;
        let is_silent = tie.is_some_and(Association::skips_immediate_success);
        let (one, many);
        let (polled, asked) = match question.about {
            [about] => {
                one = [Socketed::of(about, &poller)?];
                (&one[..], AskedOf::One([one[0].asked(about)]))
            }
            about => {
                many = about.iter().map(|about| Socketed::of(about, &poller)).collect::<Result<Vec<_>, _>>()?;
                let asked = many.iter().zip(about).map(|(socketed, about)| socketed.asked(about)).collect();
                (&many[..], AskedOf::Many(asked))
            }
        };
        let request = Arc::new(Request::new(asked, record, telling));
        let mut found = Vec::new();
        let since = poller::moment();
        for (Socketed { held, polled }, asked) in polled.iter().zip(request.asked()) {
            let waits = found.is_empty() && timeout != 0;
            let standing = polled.ask(held.socket(), asked, &request, since, waits);
            if standing.events & asked.events != 0 {
                found.push(asked.found(standing.events, standing.status));
            }
        }
        if !found.is_empty() || timeout == 0 {
            // It may have been met, or closed, meanwhile; then that was told.
            let is_first = request.end_at_once(&found, is_silent);
            return Ok(if is_first { Begun::Done } else { Begun::Pending });
        }
        push_among(&mut self.requests(), Arc::clone(&request), |request| !request.is_over());
        // Who closes the handle has locked the list later and seen the request, or this sees that it is closed.
        if self.is_closed.load(Ordering::SeqCst) {
            request.end(Status::CANCELLED, &[]);
        }
        request::remember_for_thread(&request);
        for Socketed { held, polled } in polled {
            polled.end_if_closed(held.socket());
        }
        request::limit(&request, timeout);
        Ok(Begun::Pending)
    }

    /// Ends the requests that are meant as cancelled; true if there was any.
    pub(crate) fn cancel(&self, target: Target) -> bool {
        let meant: Vec<_> = self.requests().iter().filter(|request| request.is_meant(target)).map(Arc::clone).collect();
        // Every one, not only the first that had not ended.
        meant.iter().filter(|request| request.end(Status::CANCELLED, &[])).count() > 0
    }

    /// The handle is closed. Windows lets what was asked by it go on; but whoever closes it gives up the memory next.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        self.cancel(Target::Everything);
        *self.requests() = Vec::new();
        let kept = self.poller.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Outside of the lock.
        drop(kept);
    }

    fn poller(&self, tie: Option<&Association>) -> Result<Arc<Poller>, Status> {
        let port = tie.map(Association::port);
        let mut kept = self.poller.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_closed.load(Ordering::SeqCst) {
            return Err(Status::INVALID_HANDLE);
        }
        if let Some(poller) = &*kept
            && poller.is_of(port)
        {
            return Ok(Arc::clone(poller));
        }
        // The first request, or the handle was tied since.
        let poller = Poller::of(port).map_err(|_| Status::INSUFFICIENT_RESOURCES)?;
        Ok(Arc::clone(kept.insert(poller)))
    }

    fn requests(&self) -> MutexGuard<'_, Vec<Arc<Request>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A socket that is asked about, held during the call.
struct Socketed {
    held: Held,
    polled: Arc<Polled>,
}

impl Socketed {
    fn of(about: &Found, poller: &Poller) -> Result<Socketed, Status> {
        let held = TABLE.hold(about.handle).ok_or(Status::INVALID_HANDLE)?;
        let polls = &held.socket().onlookers().polls;
        let polled = polls.with(held.shared(), poller)?;
        Ok(Socketed { held, polled })
    }

    fn asked(&self, about: &Found) -> Asked {
        Asked { handle: about.handle, events: about.events, of: Arc::as_ptr(&self.polled).addr() }
    }
}

/// A handle of `\Device\Afd`, by which sockets are asked about.
#[derive(Default)]
pub(crate) struct Helper {
    device: Device,
    tie: OnceLock<Association>,
    /// Notification modes that were set before it was tied.
    early_modes: AtomicU8,
    signal: SyncArc<Signal>,
}

impl Helper {
    /// Ties it to a port; false if it is tied already.
    pub(crate) fn associate(&self, port: &SyncArc<CompletionPort>, key: usize) -> bool {
        let is_first = self.tie.set(Association::new(port, key, 0)).is_ok();
        if is_first {
            self.add_modes(self.early_modes.load(Ordering::SeqCst));
        }
        is_first
    }

    /// Adds notification modes.
    pub(crate) fn add_modes(&self, modes: u8) {
        self.early_modes.fetch_or(modes, Ordering::SeqCst);
        if modes & Association::SKIP_SET_EVENT != 0 {
            self.signal.silence();
        }
        if let Some(tie) = self.tie.get() {
            tie.add_modes(modes);
        }
    }

    pub(super) fn ask(&self, question: Question<'_>, record: PollRecord) -> Result<Begun, Status> {
        self.device.ask(self.tie.get(), Told::Helper(SyncArc::clone(&self.signal)), question, record)
    }

    pub(super) fn cancel(&self, target: Target) -> bool {
        self.device.cancel(target)
    }

    pub(super) fn waitable(&self) -> SyncArc<Waitable> {
        self.signal.object()
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.device.close();
    }
}

//! All instances of one name, and the marks that tell other processes of them.

use std::collections::{HashMap, VecDeque};
use std::os::fd::OwnedFd;
use std::sync::{Arc, LazyLock, Mutex, Weak};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::net::{
    AddressFamily, Shutdown, SocketAddrUnix, SocketFlags, SocketType, accept_with, bind, connect, listen, shutdown,
    socket_with,
};
use winsock::Code;
use winsock::file::File;

use super::{FILE_FLAG_FIRST_PIPE_INSTANCE, PIPE_ACCESS, PIPE_BUSY, Request};
use crate::error::{self, from_errno};
use crate::sync::lock;

/// All instances of one name.
pub(super) struct Service {
    name: String,
    is_message: bool,
    pub(super) most: u32,
    /// `PIPE_ACCESS_`.
    access: u32,
    pub(super) state: Mutex<Instances>,
    /// Says to clients that the pipe is there, whether an instance is free or not.
    _exists: OwnedFd,
}

#[derive(Default)]
pub(super) struct Instances {
    pub(super) all: u32,
    /// Those that wait for a client, or will.
    free: u32,
    /// There while any is free, and so is the mark that says so.
    listener: Option<Arc<OwnedFd>>,
    mark: Option<OwnedFd>,
    /// Those that wait, in the order in which clients get them.
    listening: VecDeque<Weak<File>>,
    /// Clients that came in the moment in which the last free instance got another.
    early: VecDeque<OwnedFd>,
}

fn address(kind: &str, bare: &str) -> Result<SocketAddrUnix, Code> {
    SocketAddrUnix::new_abstract_name(format!("ws2-{kind}-{bare}").as_bytes()).map_err(|_| error::INVALID_NAME)
}

pub(super) fn socket(kind: SocketType, flags: SocketFlags) -> Result<OwnedFd, Code> {
    socket_with(AddressFamily::UNIX, kind, flags | SocketFlags::CLOEXEC, None).map_err(from_errno)
}

pub(super) fn kind_of(is_message: bool) -> SocketType {
    if is_message { SocketType::SEQPACKET } else { SocketType::STREAM }
}

impl Service {
    /// The service of this name that this process has, or a new one.
    pub(super) fn of(bare: String, request: Request, is_message: bool) -> Result<Arc<Service>, Code> {
        static ALL: LazyLock<Mutex<HashMap<String, Weak<Service>>>> = LazyLock::new(Mutex::default);
        let mut all = lock(&ALL);
        let access = request.open_mode & PIPE_ACCESS;
        if let Some(service) = all.get(&bare).and_then(Weak::upgrade) {
            let is_first = request.open_mode & FILE_FLAG_FIRST_PIPE_INSTANCE != 0;
            let fits = service.is_message == is_message && service.access == access && !is_first;
            return if fits { Ok(service) } else { Err(error::ACCESS_DENIED) };
        }
        let exists = mark("pipe-exists", &bare)?;
        let name = bare.clone();
        let service =
            Service { name, is_message, most: request.most, access, state: Mutex::default(), _exists: exists };
        let service = Arc::new(service);
        all.retain(|_, service| service.strong_count() > 0);
        all.insert(bare, Arc::downgrade(&service));
        Ok(service)
    }

    /// Lets one more instance wait for a client.
    pub(super) fn free_one(&self, state: &mut Instances) -> Result<(), Code> {
        let listener = match state.listener.take() {
            Some(listener) => listener,
            None => {
                let listener = socket(kind_of(self.is_message), SocketFlags::NONBLOCK)?;
                bind_again(&listener, &address("pipe", &self.name)?)?;
                Arc::new(listener)
            }
        };
        // Linux lets one more wait than it is told.
        listen(&*listener, state.free.cast_signed()).map_err(from_errno)?;
        state.free += 1;
        state.listener = Some(listener);
        if state.mark.is_none() {
            state.mark = Some(mark("pipe-free", &self.name)?);
        }
        Ok(())
    }

    /// An instance that was free is so no more.
    pub(super) fn engage_one(&self, state: &mut Instances) {
        state.free = state.free.saturating_sub(1);
        let Some(listener) = &state.listener else { return };
        if state.free > 0 {
            let _ = listen(&**listener, state.free.cast_signed() - 1);
        } else {
            // Who watches it keeps it for a moment: from now on it takes no client.
            let _ = shutdown(&**listener, Shutdown::Both);
            while let Ok(client) = accept_with(&**listener, SocketFlags::CLOEXEC) {
                state.early.push_back(client);
            }
            (state.listener, state.mark) = (None, None);
        }
    }

    /// An instance waits for a client from now on.
    pub(super) fn listen(&self, instance: &Arc<File>) {
        lock(&self.state).listening.push_back(Arc::downgrade(instance));
    }

    /// Gives the clients that have come to the instances that wait, the first to the first.
    pub(super) fn settle(&self) {
        while let Some((instance, client)) = self.first_client() {
            let is_taken = super::take_client(&instance, &client);
            let mut state = lock(&self.state);
            if is_taken {
                self.engage_one(&mut state);
            } else {
                // It waits no more; the next one does.
                state.early.push_front(client);
            }
        }
    }

    fn first_client(&self) -> Option<(Arc<File>, OwnedFd)> {
        let mut state = lock(&self.state);
        let instance = loop {
            match state.listening.front()?.upgrade() {
                Some(instance) => break instance,
                None => drop(state.listening.pop_front()),
            }
        };
        let early = state.early.pop_front();
        let client = early.or_else(|| {
            let listener = state.listener.clone()?;
            retry_on_intr(|| accept_with(&*listener, SocketFlags::CLOEXEC)).ok()
        })?;
        state.listening.pop_front();
        Some((instance, client))
    }

    /// What becomes readable when a client comes, while any instance is free.
    pub(super) fn listener(&self) -> Option<Arc<OwnedFd>> {
        lock(&self.state).listener.clone()
    }

    /// Waits until a client may have come.
    pub(super) fn wait(&self) -> Result<(), Code> {
        let Some(listener) = self.listener() else { return Ok(()) };
        // Another instance may take the client, and with it the listener may go.
        let pause = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
        winsock::port::before_blocking();
        retry_on_intr(|| poll(&mut [PollFd::new(&*listener, PollFlags::IN)], Some(&pause))).map_err(from_errno)?;
        Ok(())
    }
}

/// Binds a name of this process's own. Who watches the listener of before lets go of it in a moment.
fn bind_again(listener: &OwnedFd, address: &SocketAddrUnix) -> Result<(), Code> {
    for _ in 0..1000 {
        match bind(listener, address) {
            Err(Errno::ADDRINUSE) => {
                super::pending::look_again();
                thread::sleep(Duration::from_millis(1));
            }
            bound => return bound.map_err(from_errno),
        }
    }
    Err(from_errno(Errno::ADDRINUSE))
}

pub(super) fn connect_to(bare: &str) -> Result<(OwnedFd, bool), Code> {
    let address = address("pipe", bare)?;
    for is_message in [false, true] {
        let fd = socket(kind_of(is_message), SocketFlags::NONBLOCK)?;
        match connect(&fd, &address) {
            Ok(()) => {
                rustix::io::ioctl_fionbio(&fd, false).map_err(from_errno)?;
                return Ok((fd, is_message));
            }
            Err(Errno::AGAIN) => return Err(PIPE_BUSY),
            // Names are apart for each type of socket.
            Err(_) => {}
        }
    }
    Err(if exists(bare) { PIPE_BUSY } else { error::FILE_NOT_FOUND })
}

pub(super) fn exists(bare: &str) -> bool {
    probe("pipe-exists", bare)
}

/// Whether an instance waits for a client.
pub(super) fn is_free(bare: &str) -> bool {
    probe("pipe-free", bare)
}

/// Whether somebody has put this mark.
fn probe(mark: &str, bare: &str) -> bool {
    let address = address(mark, bare);
    let asked = socket(SocketType::DGRAM, SocketFlags::empty());
    asked.is_ok_and(|fd| address.is_ok_and(|address| connect(&fd, &address).is_ok()))
}

/// Says something of a pipe to other processes, as long as it is kept.
fn mark(mark: &str, bare: &str) -> Result<OwnedFd, Code> {
    let fd = socket(SocketType::DGRAM, SocketFlags::empty())?;
    bind(&fd, &address(mark, bare)?).map_err(|errno| match errno {
        Errno::ADDRINUSE => error::ACCESS_DENIED,
        errno => from_errno(errno),
    })?;
    Ok(fd)
}

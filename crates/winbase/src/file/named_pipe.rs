//! Named pipes, on this computer.
//!
//! A pipe is a socket in Linux' abstract name space: of a stream for bytes, of packets for messages. It listens with room
//! for as many clients as there are free instances, and is not there while there are none; other names are marks that say
//! that the pipe exists, and that an instance is free. All instances of a name are one process's.

use std::collections::{HashMap, VecDeque};
use std::os::fd::OwnedFd;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, Shutdown, SocketAddrUnix, SocketFlags, SocketType, accept_with, bind, connect,
    listen, recv, send, shutdown, socket_with,
};
use winsock::Code;
use winsock::file::{File, insert};

use super::get;
use crate::error::{self, from_errno};

/// `ERROR_PIPE_BUSY`: all instances have their client.
pub const PIPE_BUSY: Code = Code::new(231);
/// `ERROR_PIPE_NOT_CONNECTED`: the client was sent away.
pub const PIPE_NOT_CONNECTED: Code = Code::new(233);
/// `ERROR_PIPE_CONNECTED`: the client came before it was waited for.
pub const PIPE_CONNECTED: Code = Code::new(535);
/// `ERROR_PIPE_LISTENING`: no client has come.
pub const PIPE_LISTENING: Code = Code::new(536);
/// `ERROR_BAD_PIPE`: not a pipe of the kind that the call wants.
const BAD_PIPE: Code = Code::new(230);
/// `ERROR_SEM_TIMEOUT`.
const SEM_TIMEOUT: Code = Code::new(121);

const PIPE_ACCESS: u32 = 3;
const FILE_FLAG_FIRST_PIPE_INSTANCE: u32 = 0x0008_0000;
const FILE_FLAG_OVERLAPPED: u32 = 0x4000_0000;
const PIPE_NOWAIT: u32 = 1;
const PIPE_READMODE_MESSAGE: u32 = 2;
const PIPE_TYPE_MESSAGE: u32 = 4;
/// `PIPE_UNLIMITED_INSTANCES`.
const UNLIMITED: u32 = 255;
/// How often a client that waits looks whether an instance is free.
const LOOKS_EVERY: Duration = Duration::from_millis(10);

/// All instances of one name.
struct Service {
    name: String,
    is_message: bool,
    most: u32,
    state: Mutex<Instances>,
    /// Says to clients that the pipe is there, whether an instance is free or not.
    _exists: OwnedFd,
}

#[derive(Default)]
struct Instances {
    all: u32,
    /// Those that wait for a client, or will.
    free: u32,
    /// There while any is free, and so is the mark that says so.
    listener: Option<Arc<OwnedFd>>,
    mark: Option<OwnedFd>,
    /// Clients that came in the moment in which the last free instance got another.
    early: VecDeque<OwnedFd>,
}

/// One end of a pipe, kept with its file.
struct Pipe {
    service: Option<Arc<Service>>,
    is_message: bool,
    state: Mutex<End>,
}

struct End {
    phase: Phase,
    reads_messages: bool,
    waits: bool,
    /// What did not fit into a read of a message's beginning.
    rest: VecDeque<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Listening,
    Connected,
    Disconnected,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a pipe on this computer: `x` of `\\.\pipe\x`.
fn bare_name(name: &str) -> Option<String> {
    let mut parts = name.replace('/', r"\");
    parts.make_ascii_lowercase();
    let (computer, rest) = parts.strip_prefix(r"\\")?.split_once('\\')?;
    let rest = rest.strip_prefix(r"pipe\").filter(|rest| !rest.is_empty())?;
    let own = crate::system::computer_name().to_ascii_lowercase();
    (computer == "." || computer == own).then(|| rest.to_owned())
}

fn address(kind: &str, bare: &str) -> Result<SocketAddrUnix, Code> {
    SocketAddrUnix::new_abstract_name(format!("ws2-{kind}-{bare}").as_bytes()).map_err(|_| error::INVALID_NAME)
}

fn socket(kind: SocketType, flags: SocketFlags) -> Result<OwnedFd, Code> {
    socket_with(AddressFamily::UNIX, kind, flags | SocketFlags::CLOEXEC, None).map_err(from_errno)
}

fn kind_of(is_message: bool) -> SocketType {
    if is_message { SocketType::SEQPACKET } else { SocketType::STREAM }
}

impl Service {
    /// The service of this name that this process has, or a new one.
    fn of(bare: String, is_message: bool, most: u32, is_first: bool) -> Result<Arc<Service>, Code> {
        static ALL: LazyLock<Mutex<HashMap<String, Weak<Service>>>> = LazyLock::new(Mutex::default);
        let mut all = lock(&ALL);
        if let Some(service) = all.get(&bare).and_then(Weak::upgrade) {
            let fits = service.is_message == is_message && !is_first;
            return if fits { Ok(service) } else { Err(error::ACCESS_DENIED) };
        }
        let exists = mark("pipe-exists", &bare)?;
        let service =
            Arc::new(Service { name: bare.clone(), is_message, most, state: Mutex::default(), _exists: exists });
        all.retain(|_, service| service.strong_count() > 0);
        all.insert(bare, Arc::downgrade(&service));
        Ok(service)
    }

    /// Lets one more instance wait for a client.
    fn free_one(&self, state: &mut Instances) -> Result<(), Code> {
        let listener = match state.listener.take() {
            Some(listener) => listener,
            None => {
                let listener = socket(kind_of(self.is_message), SocketFlags::NONBLOCK)?;
                bind(&listener, &address("pipe", &self.name)?).map_err(from_errno)?;
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
    fn engage_one(&self, state: &mut Instances) {
        state.free = state.free.saturating_sub(1);
        let Some(listener) = &state.listener else { return };
        if state.free > 0 {
            let _ = listen(&**listener, state.free.cast_signed() - 1);
        } else {
            while let Ok(client) = accept_with(&**listener, SocketFlags::CLOEXEC) {
                state.early.push_back(client);
            }
            (state.listener, state.mark) = (None, None);
        }
    }

    /// A client that has come already.
    fn client(&self) -> Option<OwnedFd> {
        let mut state = lock(&self.state);
        let early = state.early.pop_front();
        let client = early.or_else(|| {
            let listener = state.listener.clone()?;
            retry_on_intr(|| accept_with(&*listener, SocketFlags::CLOEXEC)).ok()
        })?;
        self.engage_one(&mut state);
        Some(client)
    }

    /// Waits until a client may have come.
    fn wait(&self) -> Result<(), Code> {
        let Some(listener) = lock(&self.state).listener.clone() else { return Ok(()) };
        // Another instance may take the client, and with it the listener may go.
        let pause = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
        retry_on_intr(|| poll(&mut [PollFd::new(&*listener, PollFlags::IN)], Some(&pause))).map_err(from_errno)?;
        Ok(())
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let Some(service) = &self.service else { return };
        let mut state = lock(&service.state);
        state.all -= 1;
        if lock(&self.state).phase == Phase::Listening {
            service.engage_one(&mut state);
        }
    }
}

/// What a pipe is to be: `CreateNamedPipe`'s own numbers.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// `PIPE_ACCESS_` and `FILE_FLAG_` values.
    pub open_mode: u32,
    /// `PIPE_TYPE_`, `PIPE_READMODE_` and `PIPE_NOWAIT`.
    pub pipe_mode: u32,
    /// How many instances there may be; 255 is any number.
    pub most: u32,
}

/// Makes an instance of a named pipe, which waits for a client from now on.
///
/// # Errors
/// [`error::INVALID_NAME`] for a name that is no pipe's of this computer; [`error::INVALID_PARAMETER`] for modes that
/// cannot be; [`PIPE_BUSY`] beyond the most; [`error::ACCESS_DENIED`] if the first instance is wanted and is there, if the
/// others have another type, and if they are another process's; [`error::NOT_SUPPORTED`] for overlapped transfers.
/// Docs: "CreateNamedPipeA function".
#[doc(alias = "CreateNamedPipe")]
pub fn create(name: &str, request: Request) -> Result<usize, Code> {
    let bare = bare_name(name).filter(|_| name.starts_with(r"\\.")).ok_or(error::INVALID_NAME)?;
    let is_message = request.pipe_mode & PIPE_TYPE_MESSAGE != 0;
    let reads_messages = request.pipe_mode & PIPE_READMODE_MESSAGE != 0;
    let can_be = request.open_mode & PIPE_ACCESS != 0 && (is_message || !reads_messages);
    if !can_be || request.most == 0 || request.most > UNLIMITED {
        return Err(error::INVALID_PARAMETER);
    }
    if request.open_mode & FILE_FLAG_OVERLAPPED != 0 {
        return Err(error::NOT_SUPPORTED);
    }
    let is_first = request.open_mode & FILE_FLAG_FIRST_PIPE_INSTANCE != 0;
    let service = Service::of(bare, is_message, request.most, is_first)?;
    // Stands for the client until one has come.
    let nobody = socket(kind_of(is_message), SocketFlags::empty())?;
    {
        let mut state = lock(&service.state);
        if service.most < UNLIMITED && state.all >= service.most {
            return Err(PIPE_BUSY);
        }
        service.free_one(&mut state)?;
        state.all += 1;
    }
    let end = End {
        phase: Phase::Listening,
        reads_messages,
        waits: request.pipe_mode & PIPE_NOWAIT == 0,
        rest: VecDeque::new(),
    };
    insert(File::new(nobody).with(Pipe { service: Some(service), is_message, state: Mutex::new(end) }))
}

/// The client's end; `None` if the name is no pipe's.
pub(crate) fn open(name: &str, flags: u32) -> Option<Result<usize, Code>> {
    let bare = bare_name(name)?;
    Some(connect_to(&bare).and_then(|(fd, is_message)| {
        let end = End { phase: Phase::Connected, reads_messages: false, waits: true, rest: VecDeque::new() };
        let pipe = Pipe { service: None, is_message, state: Mutex::new(end) };
        insert(File::new(fd).overlapped(flags & FILE_FLAG_OVERLAPPED != 0).with(pipe))
    }))
}

fn connect_to(bare: &str) -> Result<(OwnedFd, bool), Code> {
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

fn exists(bare: &str) -> bool {
    probe("pipe-exists", bare)
}

/// Whether an instance waits for a client.
fn is_free(bare: &str) -> bool {
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

/// Waits until an instance is free, `None` for ever.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if there is no such pipe; `ERROR_SEM_TIMEOUT` (121). Docs: "WaitNamedPipeA function".
#[doc(alias = "WaitNamedPipe")]
pub fn wait(name: &str, timeout: Option<Duration>) -> Result<(), Code> {
    let bare = bare_name(name).ok_or(error::INVALID_NAME)?;
    let end = timeout.map(|timeout| Instant::now() + timeout);
    loop {
        if is_free(&bare) {
            return Ok(());
        }
        if !exists(&bare) {
            return Err(error::FILE_NOT_FOUND);
        }
        if end.is_some_and(|end| Instant::now() >= end) {
            return Err(SEM_TIMEOUT);
        }
        thread::sleep(LOOKS_EVERY);
    }
}

fn pipe_of(file: &File) -> Result<&Pipe, Code> {
    file.extra().ok_or(error::INVALID_HANDLE)
}

/// Waits for a client.
///
/// # Errors
/// [`PIPE_CONNECTED`] if it came before; [`error::NO_DATA`] if it came and went; [`PIPE_LISTENING`] if none has come and the
/// pipe does not wait; [`error::INVALID_HANDLE`]. Docs: "ConnectNamedPipe function".
#[doc(alias = "ConnectNamedPipe")]
pub fn accept(handle: usize) -> Result<(), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    let service = pipe.service.as_ref().ok_or(error::INVALID_HANDLE)?;
    let mut is_early = {
        let mut end = lock(&pipe.state);
        match end.phase {
            Phase::Connected if has_gone(&file)? => return Err(error::NO_DATA),
            Phase::Connected => return Err(PIPE_CONNECTED),
            Phase::Disconnected => {
                service.free_one(&mut lock(&service.state))?;
                end.phase = Phase::Listening;
                false
            }
            Phase::Listening => true,
        }
    };
    loop {
        if let Some(client) = service.client() {
            file.replace(&client)?;
            let mut end = lock(&pipe.state);
            end.phase = Phase::Connected;
            end.rest.clear();
            return if is_early { Err(PIPE_CONNECTED) } else { Ok(()) };
        }
        if !lock(&pipe.state).waits {
            return Err(PIPE_LISTENING);
        }
        is_early = false;
        service.wait()?;
        // Closed by another thread.
        get(handle)?;
    }
}

fn has_gone(file: &File) -> Result<bool, Code> {
    let mut asked = [PollFd::new(file, PollFlags::RDHUP)];
    poll(&mut asked, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).map_err(from_errno)?;
    Ok(asked[0].revents().intersects(PollFlags::RDHUP | PollFlags::HUP))
}

/// Sends the client away; the instance can wait for another.
///
/// # Errors
/// [`error::INVALID_HANDLE`] for the client's end; [`PIPE_NOT_CONNECTED`] if it was sent away before.
#[doc(alias = "DisconnectNamedPipe")]
pub fn disconnect(handle: usize) -> Result<(), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    let service = pipe.service.as_ref().ok_or(error::INVALID_HANDLE)?;
    let mut end = lock(&pipe.state);
    match end.phase {
        Phase::Disconnected => return Err(PIPE_NOT_CONNECTED),
        Phase::Listening => service.engage_one(&mut lock(&service.state)),
        Phase::Connected => {
            let _ = shutdown(&*file, Shutdown::Both);
            file.replace(&socket(kind_of(pipe.is_message), SocketFlags::empty())?)?;
        }
    }
    end.phase = Phase::Disconnected;
    end.rest.clear();
    Ok(())
}

/// The modes of an end: `PIPE_READMODE_MESSAGE` and `PIPE_NOWAIT`.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetNamedPipeHandleState")]
pub fn mode(handle: usize) -> Result<u32, Code> {
    let file = get(handle)?;
    let end = lock(&pipe_of(&file)?.state);
    Ok(u32::from(end.reads_messages) * PIPE_READMODE_MESSAGE + u32::from(!end.waits) * PIPE_NOWAIT)
}

/// Sets them.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`error::INVALID_PARAMETER`] for messages from a pipe of bytes.
#[doc(alias = "SetNamedPipeHandleState")]
pub fn set_mode(handle: usize, mode: u32) -> Result<(), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    let reads_messages = mode & PIPE_READMODE_MESSAGE != 0;
    if mode & !(PIPE_READMODE_MESSAGE | PIPE_NOWAIT) != 0 || reads_messages && !pipe.is_message {
        return Err(error::INVALID_PARAMETER);
    }
    let mut end = lock(&pipe.state);
    end.reads_messages = reads_messages;
    end.waits = mode & PIPE_NOWAIT == 0;
    Ok(())
}

/// What a pipe is: whether of messages, whether this is the server's end, and how many instances there may be.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetNamedPipeInfo")]
pub fn information(handle: usize) -> Result<(bool, bool, u32), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    let most = pipe.service.as_ref().map_or(UNLIMITED, |service| service.most);
    Ok((pipe.is_message, pipe.service.is_some(), most))
}

/// Sends a message and receives the answer.
///
/// # Errors
/// `ERROR_BAD_PIPE` (230) unless both ends read messages; [`error::MORE_DATA`] if the answer does not fit: what fits was
/// read; those of reading and writing.
#[doc(alias = "TransactNamedPipe")]
pub fn transact(handle: usize, message: &[u8], answer: &mut [u8]) -> Result<(usize, bool), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    if !lock(&pipe.state).reads_messages {
        return Err(BAD_PIPE);
    }
    pipe.write(&file, message)?;
    pipe.read(&file, answer)
}

/// Reads from a pipe: how much, and whether more of the message is left; `None` if the file is none.
pub(crate) fn read(file: &File, into: &mut [u8]) -> Option<Result<(usize, bool), Code>> {
    file.extra::<Pipe>().map(|pipe| pipe.read(file, into))
}

/// Writes to a pipe; `None` if the file is none.
pub(crate) fn write(file: &File, from: &[u8]) -> Option<Result<usize, Code>> {
    file.extra::<Pipe>().map(|pipe| pipe.write(file, from))
}

/// Copies what waits, and leaves it there: the count, how many bytes wait in all, and how many of the message are left.
pub(crate) fn peek(file: &File, into: &mut [u8]) -> Option<Result<(usize, u64, u64), Code>> {
    file.extra::<Pipe>().map(|pipe| pipe.peek(file, into))
}

/// Whether a file is a pipe's end.
pub(crate) fn is_pipe(file: &File) -> bool {
    file.extra::<Pipe>().is_some()
}

impl Pipe {
    fn check(&self) -> Result<bool, Code> {
        let end = lock(&self.state);
        match end.phase {
            Phase::Connected => Ok(end.waits),
            Phase::Listening => Err(PIPE_LISTENING),
            Phase::Disconnected => Err(PIPE_NOT_CONNECTED),
        }
    }

    fn read(&self, file: &File, into: &mut [u8]) -> Result<(usize, bool), Code> {
        let waits = self.check()?;
        if !self.is_message {
            return receive(file, into, waits, RecvFlags::empty()).map(|count| (count, false));
        }
        {
            let mut end = lock(&self.state);
            if !end.rest.is_empty() {
                let count = into.len().min(end.rest.len());
                into.iter_mut().zip(end.rest.drain(..count)).for_each(|(place, byte)| *place = byte);
                return Ok((count, end.reads_messages && !end.rest.is_empty()));
            }
        }
        // How long it is shows before it is taken.
        let length = receive(file, &mut [0], waits, RecvFlags::PEEK | RecvFlags::TRUNC)?;
        let mut message = vec![0; length];
        receive(file, &mut message, waits, RecvFlags::empty())?;
        let count = length.min(into.len());
        into[..count].copy_from_slice(&message[..count]);
        let mut end = lock(&self.state);
        end.rest.extend(&message[count..]);
        Ok((count, end.reads_messages && count < length))
    }

    fn write(&self, file: &File, from: &[u8]) -> Result<usize, Code> {
        let waits = self.check()?;
        let flags = SendFlags::NOSIGNAL | if waits { SendFlags::empty() } else { SendFlags::DONTWAIT };
        let mut done = 0;
        while done < from.len() {
            match send(file, &from[done..], flags) {
                Ok(count) => done += count,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => break,
                // The other end is closed.
                Err(Errno::PIPE | Errno::CONNRESET) => return Err(error::NO_DATA),
                Err(errno) => return Err(from_errno(errno)),
            }
        }
        Ok(done)
    }

    fn peek(&self, file: &File, into: &mut [u8]) -> Result<(usize, u64, u64), Code> {
        self.check()?;
        let end = lock(&self.state);
        if !end.rest.is_empty() {
            let count = into.len().min(end.rest.len());
            into.iter_mut().zip(&end.rest).for_each(|(place, byte)| *place = *byte);
            return Ok((count, end.rest.len() as u64, (end.rest.len() - count) as u64));
        }
        let flags = RecvFlags::PEEK | if self.is_message { RecvFlags::TRUNC } else { RecvFlags::empty() };
        let mut one = [0];
        let place = if into.is_empty() { &mut one[..] } else { &mut *into };
        let length = match receive(file, place, false, flags) {
            Err(error::NO_DATA) => return Ok((0, 0, 0)),
            length => length?,
        };
        let count = length.min(into.len());
        if self.is_message {
            return Ok((count, length as u64, (length - count) as u64));
        }
        Ok((count, rustix::io::ioctl_fionread(file).map_err(from_errno)?, 0))
    }
}

/// Receives; nothing more is a broken pipe, and nothing yet is no data where the end does not wait.
fn receive(file: &File, into: &mut [u8], waits: bool, flags: RecvFlags) -> Result<usize, Code> {
    let flags = if waits { flags } else { flags | RecvFlags::DONTWAIT };
    match retry_on_intr(|| recv(file, &mut *into, flags)) {
        Ok((_, 0)) if !into.is_empty() => Err(error::BROKEN_PIPE),
        Ok((_, count)) => Ok(count),
        Err(Errno::AGAIN) => Err(error::NO_DATA),
        Err(Errno::CONNRESET) => Err(error::BROKEN_PIPE),
        Err(errno) => Err(from_errno(errno)),
    }
}

//! Named pipes, on this computer.
//!
//! A pipe is a socket in Linux' abstract name space: of a stream for bytes, of packets for messages. It listens with room
//! for as many clients as there are free instances, and is not there while there are none; other names are marks that say
//! that the pipe exists, and that an instance is free. All instances of a name are one process's.

mod pending;
mod service;
mod transfer;

use std::collections::VecDeque;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{Shutdown, SocketFlags, shutdown};
use winsock::Code;
use winsock::file::{File, insert};

use self::service::{Service, connect_to, exists, is_free, kind_of, socket};
use super::get;
use crate::error::{self, from_errno};
use crate::sync::lock;

pub use self::pending::{Transfer, after_close, begin, cancel, is_under_way};

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
/// `ERROR_INVALID_FUNCTION`: for the other end only.
const INVALID_FUNCTION: Code = Code::new(1);

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

/// One end of a pipe, kept with its file.
struct Pipe {
    /// What pending transfers know it by.
    number: u64,
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

/// The name of a pipe on this computer: `x` of `\\.\pipe\x`.
fn bare_name(name: &str) -> Option<String> {
    let mut parts = name.replace('/', r"\");
    parts.make_ascii_lowercase();
    let (computer, rest) = parts.strip_prefix(r"\\")?.split_once('\\')?;
    let rest = rest.strip_prefix(r"pipe\").filter(|rest| !rest.is_empty())?;
    let own = crate::system::computer_name().to_ascii_lowercase();
    (computer == "." || computer == own).then(|| rest.to_owned())
}

impl Pipe {
    fn new(service: Option<Arc<Service>>, is_message: bool, end: End) -> Pipe {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Pipe { number: NEXT.fetch_add(1, Ordering::Relaxed), service, is_message, state: Mutex::new(end) }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        pending::abandon(self.number);
        if let Some(service) = &self.service {
            let mut state = lock(&service.state);
            state.all -= 1;
            if lock(&self.state).phase == Phase::Listening {
                service.engage_one(&mut state);
            }
        }
        pending::poke();
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
/// others have another type, and if they are another process's. Docs: "CreateNamedPipeA function".
#[doc(alias = "CreateNamedPipe")]
pub fn create(name: &str, request: Request) -> Result<usize, Code> {
    let bare = bare_name(name).filter(|_| name.starts_with(r"\\.")).ok_or(error::INVALID_NAME)?;
    let is_message = request.pipe_mode & PIPE_TYPE_MESSAGE != 0;
    let reads_messages = request.pipe_mode & PIPE_READMODE_MESSAGE != 0;
    let can_be = request.open_mode & PIPE_ACCESS != 0 && (is_message || !reads_messages);
    if !can_be || request.most == 0 || request.most > UNLIMITED {
        return Err(error::INVALID_PARAMETER);
    }
    let service = Service::of(bare, request, is_message)?;
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
    let is_overlapped = request.open_mode & FILE_FLAG_OVERLAPPED != 0;
    let pipe = Pipe::new(Some(Arc::clone(&service)), is_message, end);
    let handle = insert(File::new(nobody).overlapped(is_overlapped).with(pipe))?;
    service.listen(&get(handle)?);
    Ok(handle)
}

/// The client's end; `None` if the name is no pipe's.
pub(crate) fn open(name: &str, flags: u32) -> Option<Result<usize, Code>> {
    let bare = bare_name(name)?;
    Some(connect_to(&bare).and_then(|(fd, is_message)| {
        let end = End { phase: Phase::Connected, reads_messages: false, waits: true, rest: VecDeque::new() };
        let file = File::new(fd).overlapped(flags & FILE_FLAG_OVERLAPPED != 0).with(Pipe::new(None, is_message, end));
        let handle = insert(file)?;
        pending::poke();
        Ok(handle)
    }))
}

/// Waits until an instance is free, `None` for ever.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`] if there is no such pipe; [`error::SEM_TIMEOUT`]. Docs: "WaitNamedPipeA function".
#[doc(alias = "WaitNamedPipe")]
pub fn wait(name: &str, timeout: Option<Duration>) -> Result<(), Code> {
    let bare = bare_name(name).ok_or(error::INVALID_NAME)?;
    let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    loop {
        if is_free(&bare) {
            return Ok(());
        }
        if !exists(&bare) {
            return Err(error::FILE_NOT_FOUND);
        }
        if end.is_some_and(|end| Instant::now() >= end) {
            return Err(error::SEM_TIMEOUT);
        }
        winsock::port::before_blocking();
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
/// pipe does not wait; `ERROR_INVALID_FUNCTION` (1) at the client's end; [`error::INVALID_HANDLE`]. Docs: "ConnectNamedPipe function".
#[doc(alias = "ConnectNamedPipe")]
pub fn accept(handle: usize) -> Result<(), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    let service = pipe.service.as_ref().ok_or(INVALID_FUNCTION)?;
    let mut is_early = listen_again(&file, pipe, service)?;
    loop {
        service.settle();
        match lock(&pipe.state).phase {
            Phase::Connected if is_early => return Err(PIPE_CONNECTED),
            Phase::Connected => return Ok(()),
            Phase::Disconnected => return Err(PIPE_NOT_CONNECTED),
            Phase::Listening => {}
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

/// Lets an instance that waits have a client; false if it waits no more.
fn take_client(file: &File, client: &OwnedFd) -> bool {
    let Ok(pipe) = pipe_of(file) else { return false };
    let mut end = lock(&pipe.state);
    let takes = end.phase == Phase::Listening && file.replace(client).is_ok();
    if takes {
        end.phase = Phase::Connected;
        end.rest.clear();
    }
    takes
}

/// Makes a pipe ready for a client; whether one may have come before.
fn listen_again(file: &Arc<File>, pipe: &Pipe, service: &Service) -> Result<bool, Code> {
    let mut end = lock(&pipe.state);
    match end.phase {
        Phase::Connected if has_gone(file)? => Err(error::NO_DATA),
        Phase::Connected => Err(PIPE_CONNECTED),
        Phase::Disconnected => {
            service.free_one(&mut lock(&service.state))?;
            end.phase = Phase::Listening;
            service.listen(file);
            Ok(false)
        }
        Phase::Listening => Ok(true),
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
    // A client that has come is sent away, whether it was waited for or not.
    service.settle();
    let before = {
        let mut end = lock(&pipe.state);
        end.rest.clear();
        std::mem::replace(&mut end.phase, Phase::Disconnected)
    };
    match before {
        Phase::Disconnected => return Err(PIPE_NOT_CONNECTED),
        Phase::Listening => service.engage_one(&mut lock(&service.state)),
        Phase::Connected => {}
    }
    // What is under way ends as sent away, before it sees the connection end.
    pending::disconnect(pipe.number);
    if before == Phase::Connected {
        let _ = shutdown(&*file, Shutdown::Both);
        file.replace(&socket(kind_of(pipe.is_message), SocketFlags::empty())?)?;
    }
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

/// Linux' number of the process at the pipe's server end, or at the other one.
///
/// # Errors
/// [`error::INVALID_HANDLE`]; [`PIPE_NOT_CONNECTED`] for the client of a pipe that has none.
#[doc(alias = "GetNamedPipeClientProcessId")]
#[doc(alias = "GetNamedPipeServerProcessId")]
pub fn process_at(handle: usize, server: bool) -> Result<u32, Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    if pipe.service.is_some() == server {
        return Ok(std::process::id());
    }
    pipe.check().map_err(|_| PIPE_NOT_CONNECTED)?;
    let other = rustix::net::sockopt::socket_peercred(&*file).map_err(from_errno)?;
    Ok(other.pid.as_raw_nonzero().get().cast_unsigned())
}

/// Sends a message and receives the answer.
///
/// # Errors
/// `ERROR_BAD_PIPE` (230) unless the end reads messages; [`PIPE_BUSY`] if something waits to be read; [`error::MORE_DATA`] if the answer does not fit: what fits was
/// read; those of reading and writing.
#[doc(alias = "TransactNamedPipe")]
pub fn transact(handle: usize, message: &[u8], answer: &mut [u8]) -> Result<(usize, bool), Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    pipe.check_transaction(&file)?;
    pipe.write(&file, message)?;
    pipe.read(&file, answer)
}

/// Reads from a pipe: how much, and whether more of the message is left; `None` if the file is none.
pub(crate) fn read(file: &File, into: &mut [u8]) -> Option<Result<(usize, bool), Code>> {
    let done = file.extra::<Pipe>()?.read(file, into);
    pending::poke();
    Some(done)
}

/// Writes to a pipe; `None` if the file is none.
pub(crate) fn write(file: &File, from: &[u8]) -> Option<Result<usize, Code>> {
    let done = file.extra::<Pipe>()?.write(file, from);
    pending::poke();
    Some(done)
}

/// Copies what waits, and leaves it there: the count, how many bytes wait in all, and how many of the message are left.
pub(crate) fn peek(file: &File, into: &mut [u8]) -> Option<Result<(usize, u64, u64), Code>> {
    file.extra::<Pipe>().map(|pipe| pipe.peek(file, into))
}

/// Whether a handle is of a pipe's end whose transfers may end later.
#[must_use]
pub fn is_overlapped(handle: usize) -> bool {
    get(handle).is_ok_and(|file| file.is_overlapped() && is_pipe(&file))
}

/// Whether a file is a pipe's end.
pub(crate) fn is_pipe(file: &File) -> bool {
    file.extra::<Pipe>().is_some()
}

//! Overlapped transfers on pipes: begun, tried at once, and else ended by one thread that watches them all.
//!
//! Transfers of one end in one direction end in the order in which they began. Each keeps a descriptor of its own of what
//! the end stood for when it began, so that the end may be closed while the thread watches it: that cancels the transfer.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Weak};
use std::thread;

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use winsock::Code;
use winsock::file::{Ends, File};
use winsock::overlapped::{Begun, Record, Status, current_issuer};

use super::{INVALID_FUNCTION, PIPE_CONNECTED, PIPE_LISTENING, PIPE_NOT_CONNECTED, Phase, Pipe, listen_again, pipe_of};
use crate::error::{self, from_errno};
use crate::file::get;
use crate::sync::lock;

/// What a transfer does, with memory that is lent until it has ended.
pub enum Transfer {
    /// Waits for a client: `ConnectNamedPipe`.
    Connect,
    /// Reads into it: `ReadFile`.
    Read(Box<dyn AsMut<[u8]> + Send>),
    /// Writes from it: `WriteFile`.
    Write(Box<dyn AsRef<[u8]> + Send>),
    /// Writes the first, then reads into the second: `TransactNamedPipe`.
    Transact(Box<dyn AsRef<[u8]> + Send>, Box<dyn AsMut<[u8]> + Send>),
}

/// Which of an end's transfers go one behind the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Connect,
    Read,
    Write,
}

impl Transfer {
    fn lane(&self) -> Lane {
        match self {
            Transfer::Connect => Lane::Connect,
            Transfer::Read(_) => Lane::Read,
            Transfer::Write(_) | Transfer::Transact(..) => Lane::Write,
        }
    }
}

struct Operation {
    /// The number of the end.
    pipe: u64,
    file: Weak<File>,
    ends: Ends,
    /// What becomes ready: the end's own, or what clients come to.
    watched: Arc<OwnedFd>,
    record: Record,
    transfer: Transfer,
    /// Bytes that were written already.
    done: usize,
    issuer: u64,
}

/// How a transfer ended: bytes moved, and whether more of a message is left.
type Outcome = Result<(usize, bool), Code>;

/// Those under way, in the order in which they began; and what wakes their thread.
static PENDING: Mutex<Vec<Operation>> = Mutex::new(Vec::new());
/// Held from the try of a transfer until its end is told: several threads try, and ends are told in the order in which they
/// came. Taken before [`PENDING`].
static TURN: Mutex<()> = Mutex::new(());

static WAKES: LazyLock<Result<Arc<OwnedFd>, Code>> = LazyLock::new(begin_watching);

/// Begins a transfer on an overlapped end.
///
/// # Errors
/// What the call says that fails at once; nothing is told later then. [`PIPE_CONNECTED`] if a client came before it was
/// waited for; [`error::INVALID_HANDLE`]; `ERROR_TOO_MANY_OPEN_FILES`.
#[doc(alias = "ConnectNamedPipe")]
#[doc(alias = "ReadFile")]
#[doc(alias = "WriteFile")]
pub fn begin(handle: usize, record: Record, transfer: Transfer) -> Result<Begun, Code> {
    let file = get(handle)?;
    let pipe = pipe_of(&file)?;
    let may_wait = match &transfer {
        Transfer::Connect => lock(&pipe.state).waits,
        // A call that fails leaves the OVERLAPPED as one under way, as the kernel does before it looks further.
        _ => {
            let waits = pipe.check();
            waits.inspect_err(|_| file.begin(&record))?
        }
    };
    if let Transfer::Transact(..) = &transfer {
        pipe.check_transaction(&file)?;
    }
    let watched = watched(&file, pipe, &transfer)?;
    let mut operation = Operation {
        pipe: pipe.number,
        file: Arc::downgrade(&file),
        ends: file.ends(),
        watched,
        record,
        transfer,
        done: 0,
        issuer: current_issuer(),
    };
    let turn = lock(&TURN);
    let mut pending = lock(&PENDING);
    let is_first = !pending.iter().any(|other| other.goes_before(&operation));
    let tried = if is_first { operation.attempt(&file, pipe) } else { None };
    let Some(outcome) = tried else {
        if !may_wait {
            return Err(if operation.transfer.lane() == Lane::Connect { PIPE_LISTENING } else { error::NO_DATA });
        }
        WAKES.as_ref().map_err(|code| *code)?;
        file.begin(&operation.record);
        pending.push(operation);
        drop(pending);
        look_again();
        return Ok(Begun::Pending);
    };
    drop(pending);
    file.begin(&operation.record);
    if operation.transfer.lane() == Lane::Connect && outcome.is_ok() {
        return Err(PIPE_CONNECTED);
    }
    let (count, is_cut) = outcome?;
    file.end(operation.record, status_of(is_cut), count as u32);
    drop(turn);
    poke();
    if is_cut { Err(error::MORE_DATA) } else { Ok(Begun::Done(count as u32)) }
}

/// What becomes ready when a transfer can go on.
fn watched(file: &Arc<File>, pipe: &Pipe, transfer: &Transfer) -> Result<Arc<OwnedFd>, Code> {
    if let Transfer::Connect = transfer {
        let service = pipe.service.as_ref().ok_or(INVALID_FUNCTION)?;
        listen_again(file, pipe, service)?;
        if let Some(listener) = service.listener() {
            return Ok(listener);
        }
    }
    file.as_fd().try_clone_to_owned().map(Arc::new).map_err(|_| error::TOO_MANY_OPEN_FILES)
}

/// Ends an end's transfers as cancelled: that of one OVERLAPPED, those of one thread (`current_issuer`), or all. Whether
/// there were any.
///
/// # Errors
/// [`error::INVALID_HANDLE`] if the handle is no file. On other files than pipes nothing is under way.
#[doc(alias = "CancelIoEx")]
#[doc(alias = "CancelIo")]
pub fn cancel(handle: usize, record: Option<usize>, issuer: Option<u64>) -> Result<bool, Code> {
    let file = get(handle)?;
    let Ok(pipe) = pipe_of(&file) else { return Ok(false) };
    let is_meant = |operation: &Operation| {
        record.is_none_or(|record| operation.record.address() == record)
            && issuer.is_none_or(|issuer| operation.issuer == issuer)
    };
    Ok(end_all(pipe.number, is_meant, Status::CANCELLED))
}

/// Whether a transfer with the OVERLAPPED at this address is under way.
#[must_use]
pub fn is_under_way(record: usize) -> bool {
    lock(&PENDING).iter().any(|operation| operation.record.address() == record)
}

/// An end was closed: its transfers are cancelled.
pub(super) fn abandon(pipe: u64) {
    end_all(pipe, |_| true, Status::CANCELLED);
}

/// The client was sent away.
pub(super) fn disconnect(pipe: u64) {
    end_all(pipe, |_| true, Status::PIPE_DISCONNECTED);
}

fn end_all(pipe: u64, is_meant: impl Fn(&Operation) -> bool, status: Status) -> bool {
    let ended: Vec<Operation> = {
        let mut pending = lock(&PENDING);
        pending.extract_if(.., |operation| operation.pipe == pipe && is_meant(operation)).collect()
    };
    let any = !ended.is_empty();
    for operation in ended {
        let bytes = operation.done as u32;
        operation.tell(status, bytes);
    }
    if any {
        look_again();
    }
    any
}

/// Has the thread look anew at what there is to watch, and let go of what there is no more.
pub(super) fn look_again() {
    if let Ok(wakes) = WAKES.as_ref() {
        // A counter that is full wakes as well.
        let _ = rustix::io::write(wakes, &1u64.to_ne_bytes());
    }
}

impl Operation {
    fn goes_before(&self, other: &Operation) -> bool {
        self.pipe == other.pipe && self.transfer.lane() == other.transfer.lane()
    }

    /// `None` if it has to wait.
    fn attempt(&mut self, file: &File, pipe: &Pipe) -> Option<Outcome> {
        match &mut self.transfer {
            Transfer::Connect => connect(pipe),
            Transfer::Read(room) => read(file, pipe, (**room).as_mut()),
            Transfer::Write(bytes) => {
                let bytes = (**bytes).as_ref();
                match write(file, pipe, bytes, &mut self.done) {
                    Ok(true) => Some(Ok((bytes.len(), false))),
                    Ok(false) => None,
                    Err(code) => Some(Err(code)),
                }
            }
            Transfer::Transact(bytes, room) => match write(file, pipe, (**bytes).as_ref(), &mut self.done) {
                Ok(true) => read(file, pipe, (**room).as_mut()),
                Ok(false) => None,
                Err(code) => Some(Err(code)),
            },
        }
    }

    /// What its descriptor has to show.
    fn awaits(&self) -> PollFlags {
        match &self.transfer {
            Transfer::Connect | Transfer::Read(_) => PollFlags::IN,
            Transfer::Write(_) => PollFlags::OUT,
            Transfer::Transact(bytes, _) if self.done < (**bytes).as_ref().len() => PollFlags::OUT,
            Transfer::Transact(..) => PollFlags::IN,
        }
    }

    fn tell(self, status: Status, bytes: u32) {
        match self.file.upgrade() {
            Some(file) => file.end(self.record, status, bytes),
            // Closed.
            None => self.ends.tell(self.record, status, bytes),
        }
    }
}

fn connect(pipe: &Pipe) -> Option<Outcome> {
    pipe.service.as_ref()?.settle();
    match lock(&pipe.state).phase {
        Phase::Listening => None,
        Phase::Connected => Some(Ok((0, false))),
        Phase::Disconnected => Some(Err(PIPE_NOT_CONNECTED)),
    }
}

fn read(file: &File, pipe: &Pipe, room: &mut [u8]) -> Option<Outcome> {
    if room.is_empty() {
        // Ends when there is something to read, and takes nothing.
        return match pipe.peek(file, room) {
            Ok((_, 0, _)) => None,
            Ok((.., left)) => Some(Ok((0, pipe.is_message && left > 0))),
            Err(code) => Some(Err(code)),
        };
    }
    match pipe.read_now(file, room, false) {
        Err(error::NO_DATA) => None,
        outcome => Some(outcome),
    }
}

/// Writes on; whether all is written.
fn write(file: &File, pipe: &Pipe, bytes: &[u8], done: &mut usize) -> Result<bool, Code> {
    // An empty message is one all the same.
    *done += pipe.write_now(file, &bytes[*done..], false)?;
    Ok(*done == bytes.len())
}

/// Begins the thread that ends what is under way; what wakes it.
fn begin_watching() -> Result<Arc<OwnedFd>, Code> {
    let wakes = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).map_err(from_errno)?);
    let own = Arc::clone(&wakes);
    thread::Builder::new()
        .name("ws2 pipes".into())
        .stack_size(64 * 1024)
        .spawn(move || watch(&own))
        .map_err(|_| error::NOT_ENOUGH_MEMORY)?;
    Ok(wakes)
}

fn watch(wakes: &OwnedFd) {
    loop {
        let watched: Vec<(Arc<OwnedFd>, PollFlags)> = {
            let pending = lock(&PENDING);
            firsts(&pending).map(|index| (Arc::clone(&pending[index].watched), pending[index].awaits())).collect()
        };
        let mut asked: Vec<PollFd<'_>> = vec![PollFd::new(wakes, PollFlags::IN)];
        asked.extend(watched.iter().map(|(fd, awaits)| PollFd::new(fd, *awaits)));
        let _ = poll(&mut asked, None);
        let _ = rustix::io::read(wakes, &mut [0; 8]);
        end_what_can();
    }
}

/// The indices of the transfers that no other has to end before.
fn firsts(pending: &[Operation]) -> impl Iterator<Item = usize> {
    (0..pending.len()).filter(|&index| !pending[..index].iter().any(|other| other.goes_before(&pending[index])))
}

/// Lets the transfers of this process go on that a call has made ready, before the call returns: as on Windows, where
/// who writes ends the read.
pub(super) fn poke() {
    if !lock(&PENDING).is_empty() && end_what_can() {
        look_again();
    }
}

/// How many threads try transfers, and keep the ends of those open meanwhile.
static HOLDERS: AtomicUsize = AtomicUsize::new(0);

struct Holding;

impl Holding {
    fn begin() -> Holding {
        HOLDERS.fetch_add(1, Ordering::SeqCst);
        Holding
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        HOLDERS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Waits, after a handle was closed, until nobody keeps its end open for a transfer that was tried at that moment: who closes
/// an end ends the other's transfers before the call returns, and a closed instance takes no client.
pub fn after_close() {
    // A try takes microseconds. One may be followed by others for ever; this one is then long over.
    const LOOKS: u32 = 1000;
    for _ in 0..LOOKS {
        if HOLDERS.load(Ordering::SeqCst) == 0 {
            return;
        }
        thread::yield_now();
    }
}

/// Tries those that are first of their kind, and those behind them as they end.
/// Whether any ended.
fn end_what_can() -> bool {
    let mut has_any_ended = false;
    loop {
        let _holding = Holding::begin();
        // Not let go of under the locks: an end that closes takes them.
        let mut files = Vec::new();
        let _turn = lock(&TURN);
        let ended = try_firsts(&mut files);
        if ended.is_empty() {
            return has_any_ended;
        }
        has_any_ended = true;
        for (operation, outcome) in ended {
            match outcome {
                Ok((count, is_cut)) => operation.tell(status_of(is_cut), count as u32),
                Err(code) => operation.tell(Status::of_file(code), 0),
            }
        }
    }
}

fn try_firsts(files: &mut Vec<Arc<File>>) -> Vec<(Operation, Outcome)> {
    let mut pending = lock(&PENDING);
    let mut ended = Vec::new();
    for index in firsts(&pending).collect::<Vec<_>>().into_iter().rev() {
        let operation = &mut pending[index];
        let Some(file) = operation.file.upgrade() else { continue };
        let outcome = pipe_of(&file).map_or_else(|code| Some(Err(code)), |pipe| operation.attempt(&file, pipe));
        files.push(file);
        if let Some(outcome) = outcome {
            ended.push((pending.remove(index), outcome));
        }
    }
    ended.reverse();
    ended
}

fn status_of(is_cut: bool) -> Status {
    if is_cut { Status::BUFFER_OVERFLOW } else { Status::SUCCESS }
}

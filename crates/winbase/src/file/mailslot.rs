//! Mailslots: messages from any process of this computer to one.
//!
//! A mailslot is a datagram socket in Linux' abstract name space, which goes away with its last descriptor. Linux does
//! not tell how many messages wait, so a question for that takes them out of the socket into a queue here. A read takes one:
//! those that it left there hold up a writer that is faster than the reader.

use std::collections::{HashMap, VecDeque};
use std::os::fd::OwnedFd;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::net::{
    AddressFamily, RecvFlags, SocketAddrUnix, SocketFlags, SocketType, bind, connect, recv, socket_with,
};
use winsock::Code;
use winsock::file::{File, insert};

use super::get;
use crate::error::{self, from_errno};

/// The longest message, in bytes: what fits into a datagram.
const LONGEST: usize = 0x1_0000;

/// How many messages a question takes out at most: a writer may be faster than it. Many more than Linux lets wait.
const MOST_COUNTED: usize = 4096;

struct Mailslot {
    /// How long a read waits; `None` for ever.
    timeout: Option<Duration>,
    longest: u32,
    queue: VecDeque<Vec<u8>>,
}

static MAILSLOTS: LazyLock<Mutex<HashMap<usize, Arc<Mutex<Mailslot>>>>> = LazyLock::new(Mutex::default);

fn mailslots() -> MutexGuard<'static, HashMap<usize, Arc<Mutex<Mailslot>>>> {
    MAILSLOTS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn find(handle: usize) -> Option<Arc<Mutex<Mailslot>>> {
    let mut all = mailslots();
    if all.is_empty() {
        return None;
    }
    // A number that was closed is no mailslot any more.
    all.retain(|handle, _| get(*handle).is_ok());
    all.get(&handle).cloned()
}

fn lock(slot: &Mutex<Mailslot>) -> MutexGuard<'_, Mailslot> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a mailslot on this computer, or on all: `x` of `\\.\mailslot\x`.
fn bare_name(name: &str) -> Option<String> {
    let mut parts = name.replace('/', r"\");
    parts.make_ascii_lowercase();
    let rest = parts.strip_prefix(r"\\")?;
    let (computer, rest) = rest.split_once('\\')?;
    let rest = rest.strip_prefix(r"mailslot\").filter(|rest| !rest.is_empty())?;
    let own = crate::system::computer_name().to_ascii_lowercase();
    (computer == "." || computer == "*" || computer == own).then(|| rest.to_owned())
}

fn address(bare: &str) -> Result<SocketAddrUnix, Code> {
    SocketAddrUnix::new_abstract_name(format!("ws2-mailslot-{bare}").as_bytes()).map_err(|_| error::INVALID_NAME)
}

fn socket() -> Result<OwnedFd, Code> {
    socket_with(AddressFamily::UNIX, SocketType::DGRAM, SocketFlags::CLOEXEC, None).map_err(from_errno)
}

/// Makes a mailslot. `longest` bounds a message, 0 does not; a read waits `timeout`, `None` for ever.
///
/// # Errors
/// [`error::INVALID_NAME`] for what names none; [`error::ALREADY_EXISTS`]. Docs: "CreateMailslotA function".
#[doc(alias = "CreateMailslot")]
pub fn create(name: &str, longest: u32, timeout: Option<Duration>) -> Result<usize, Code> {
    let bare = bare_name(name).filter(|_| name.starts_with(r"\\.")).ok_or(error::INVALID_NAME)?;
    let fd = socket()?;
    bind(&fd, &address(&bare)?)
        .map_err(|errno| if errno == Errno::ADDRINUSE { error::ALREADY_EXISTS } else { from_errno(errno) })?;
    let handle = insert(File::new(fd))?;
    let slot = Mailslot { timeout, longest, queue: VecDeque::new() };
    mailslots().insert(handle, Arc::new(Mutex::new(slot)));
    Ok(handle)
}

/// The end of a mailslot to write to; `None` if the name is no mailslot's.
///
/// # Errors
/// [`error::FILE_NOT_FOUND`].
pub(crate) fn open(name: &str) -> Option<Result<usize, Code>> {
    let bare = bare_name(name)?;
    let connected = || {
        let fd = socket()?;
        connect(&fd, &address(&bare)?).map_err(|_| error::FILE_NOT_FOUND)?;
        insert(File::new(fd))
    };
    Some(connected())
}

/// Reads a message; `None` if the handle is no mailslot's.
pub(crate) fn read(handle: usize, into: &mut [u8]) -> Option<Result<usize, Code>> {
    let slot = find(handle)?;
    let file = match get(handle) {
        Ok(file) => file,
        Err(code) => return Some(Err(code)),
    };
    Some(read_from(&slot, &file, into))
}

fn read_from(slot: &Mutex<Mailslot>, file: &File, into: &mut [u8]) -> Result<usize, Code> {
    let timeout = lock(slot).timeout;
    let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    loop {
        let mut slot = lock(slot);
        if slot.queue.is_empty() {
            take_waiting(&mut slot, file, 1)?;
        }
        if let Some(message) = slot.queue.front() {
            // Docs: "ReadFile function": a message that does not fit stays.
            let place = into.get_mut(..message.len()).ok_or(error::INSUFFICIENT_BUFFER)?;
            place.copy_from_slice(message);
            return Ok(slot.queue.pop_front().map_or(0, |message| message.len()));
        }
        drop(slot);
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        if left == Some(Duration::ZERO) {
            return Err(error::SEM_TIMEOUT);
        }
        let time =
            left.map(|left| Timespec { tv_sec: left.as_secs().cast_signed(), tv_nsec: left.subsec_nanos().into() });
        winsock::port::before_blocking();
        retry_on_intr(|| poll(&mut [PollFd::new(file, PollFlags::IN)], time.as_ref())).map_err(from_errno)?;
    }
}

/// Takes the messages that wait, `most` of them at most.
fn take_waiting(slot: &mut Mailslot, file: &File, most: usize) -> Result<(), Code> {
    let mut buffer = vec![0; LONGEST];
    for _ in 0..most {
        match retry_on_intr(|| recv(file, &mut buffer[..], RecvFlags::DONTWAIT)) {
            Ok((count, _)) => slot.queue.push_back(buffer[..count].to_vec()),
            Err(Errno::AGAIN) => break,
            Err(errno) => return Err(from_errno(errno)),
        }
    }
    Ok(())
}

/// What is known of a mailslot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Information {
    /// The bound of a message, 0 for none.
    pub longest: u32,
    /// The length of the next message, if one waits.
    pub next: Option<usize>,
    /// How many messages wait.
    pub count: usize,
    /// How long a read waits; `None` for ever.
    pub timeout: Option<Duration>,
}

/// Tells of a mailslot.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "GetMailslotInfo")]
pub fn information(handle: usize) -> Result<Information, Code> {
    let slot = find(handle).ok_or(error::INVALID_HANDLE)?;
    let mut slot = lock(&slot);
    take_waiting(&mut slot, &*get(handle)?, MOST_COUNTED)?;
    let next = slot.queue.front().map(Vec::len);
    Ok(Information { longest: slot.longest, next, count: slot.queue.len(), timeout: slot.timeout })
}

/// Sets how long a read waits.
///
/// # Errors
/// [`error::INVALID_HANDLE`].
#[doc(alias = "SetMailslotInfo")]
pub fn set_timeout(handle: usize, timeout: Option<Duration>) -> Result<(), Code> {
    lock(&*find(handle).ok_or(error::INVALID_HANDLE)?).timeout = timeout;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{self, Creation, Request};

    #[test]
    fn messages_come_whole_and_in_order() {
        let name = format!(r"\\.\mailslot\ws2 test {}", std::process::id());
        let slot = create(&name, 0, Some(Duration::ZERO)).unwrap();
        assert_eq!(create(&name.to_uppercase(), 0, None), Err(error::ALREADY_EXISTS));
        let mut room = [0; 16];
        assert_eq!(file::read(slot, &mut room), Err(error::SEM_TIMEOUT));
        let request = Request { access: 0x4000_0000, creation: Creation::OpenExisting, flags: 0 };
        let to = file::open(&name, request).unwrap().handle;
        file::write(to, b"first").unwrap();
        file::write(to, b"the second").unwrap();
        let known = information(slot).unwrap();
        assert_eq!((known.next, known.count), (Some(5), 2));
        assert_eq!(file::read(slot, &mut room[..4]), Err(error::INSUFFICIENT_BUFFER));
        assert_eq!(file::read(slot, &mut room), Ok(5));
        assert_eq!(file::read(slot, &mut room), Ok(10));
        assert_eq!(&room[..10], b"the second");
        winsock::port::by_handle::close(slot).unwrap();
        assert_eq!(file::open(&name, request).unwrap_err(), error::FILE_NOT_FOUND);
        assert_eq!(information(slot), Err(error::INVALID_HANDLE));
    }

    #[test]
    fn a_read_leaves_the_later_messages_where_they_hold_up_the_writer() {
        let name = format!(r"\\.\mailslot\ws2 busy {}", std::process::id());
        let slot = create(&name, 0, Some(Duration::ZERO)).unwrap();
        let request = Request { access: 0x4000_0000, creation: Creation::OpenExisting, flags: 0 };
        let to = file::open(&name, request).unwrap().handle;
        for message in [b"1", b"2", b"3"] {
            file::write(to, message).unwrap();
        }
        assert_eq!(file::read(slot, &mut [0; 4]), Ok(1));
        assert!(lock(&find(slot).unwrap()).queue.is_empty());
        assert_eq!(information(slot).unwrap().count, 2);
    }

    #[test]
    fn a_time_beyond_all_clocks_is_none() {
        let name = format!(r"\\.\mailslot\ws2 patient {}", std::process::id());
        let slot = create(&name, 0, Some(Duration::MAX)).unwrap();
        let request = Request { access: 0x4000_0000, creation: Creation::OpenExisting, flags: 0 };
        file::write(file::open(&name, request).unwrap().handle, b"message").unwrap();
        assert_eq!(file::read(slot, &mut [0; 16]), Ok(7));
        let none = file::named_pipe::wait(r"\\.\pipe\ws2 that nobody made", Some(Duration::MAX));
        assert_eq!(none, Err(error::FILE_NOT_FOUND));
    }

    #[test]
    fn only_a_name_of_this_computer_makes_one() {
        assert_eq!(create(r"\\.\pipe\x", 0, None), Err(error::INVALID_NAME));
        assert_eq!(create(r"\\other\mailslot\x", 0, None), Err(error::INVALID_NAME));
    }
}

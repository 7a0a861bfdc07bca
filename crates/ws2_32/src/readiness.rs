//! `select` and the membership test of its sets.

use std::borrow::Cow;
use std::time::Duration;

use winsock::{Code, PollEntry, Sets};

use crate::boundary;
use crate::types::{FD_SET, SOCKET, TIMEVAL};

/// libc's `timeval`, which C programs on Linux have: two 64-bit numbers.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct CTimeval {
    /// Seconds.
    pub tv_sec: i64,
    /// Microseconds.
    pub tv_usec: i64,
}

/// `select` as the C headers declare it. Rust programs have [`select`].
#[unsafe(export_name = "ws2_select")]
pub unsafe extern "system" fn c_select(
    _nfds: i32,
    readfds: *mut FD_SET,
    writefds: *mut FD_SET,
    exceptfds: *mut FD_SET,
    timeout: *const CTimeval,
) -> i32 {
    // SAFETY: the caller gives null or a timeval.
    let timeout = unsafe { limit(timeout, |time| duration(time.tv_sec, time.tv_usec)) };
    // SAFETY: the caller gives null or sets.
    unsafe { select_within(readfds, writefds, exceptfds, timeout) }
}

/// Waits for sockets to become ready. The first argument is ignored, the time is not changed.
pub unsafe extern "system" fn select(
    _nfds: i32,
    readfds: *mut FD_SET,
    writefds: *mut FD_SET,
    exceptfds: *mut FD_SET,
    timeout: *const TIMEVAL,
) -> i32 {
    // SAFETY: the caller gives null or a TIMEVAL.
    let timeout = unsafe { limit(timeout, |time| duration(time.tv_sec.into(), time.tv_usec.into())) };
    // SAFETY: the caller gives null or sets.
    unsafe { select_within(readfds, writefds, exceptfds, timeout) }
}

/// Whether the socket is in the set.
#[unsafe(export_name = "ws2___WSAFDIsSet")]
pub unsafe extern "system" fn __WSAFDIsSet(fd: SOCKET, set: *mut FD_SET) -> i32 {
    // SAFETY: the caller gives null or a set.
    unsafe { members(set) }.is_ok_and(|members| members.contains(&fd)).into()
}

unsafe fn select_within(
    readfds: *mut FD_SET,
    writefds: *mut FD_SET,
    exceptfds: *mut FD_SET,
    timeout: Option<Result<Duration, Code>>,
) -> i32 {
    // SAFETY: the caller gives null or sets.
    boundary::count(unsafe { try_select(readfds, writefds, exceptfds, timeout) })
}

unsafe fn try_select(
    readfds: *mut FD_SET,
    writefds: *mut FD_SET,
    exceptfds: *mut FD_SET,
    timeout: Option<Result<Duration, Code>>,
) -> Result<usize, Code> {
    // SAFETY: the caller gives null or sets.
    let (read, write, except) = unsafe { (members(readfds)?, members(writefds)?, members(exceptfds)?) };
    let sets = Sets { read: &read, write: &write, except: &except };
    let ready = winsock::select(sets, timeout.transpose()?)?;
    let answers = [(readfds, &ready.read), (writefds, &ready.write), (exceptfds, &ready.except)];
    let answers = answers.iter().filter(|(set, _)| !set.is_null());
    for (set, _) in answers.clone() {
        // SAFETY: as above.
        unsafe { (&raw mut (**set).fd_count).write_unaligned(0) };
    }
    let mut count = 0;
    for (set, members) in answers {
        // SAFETY: as above; there are no more members than there were.
        count += unsafe { add_members(*set, members) };
    }
    if ready.gone { Err(Code::WSAENOTSOCK) } else { Ok(count) }
}

/// The sockets in a set, of which there may be more than the structure's own 64.
unsafe fn members<'a>(set: *const FD_SET) -> Result<Cow<'a, [SOCKET]>, Code> {
    if set.is_null() {
        return Ok(Cow::Borrowed(&[]));
    }
    boundary::require(set)?;
    // SAFETY: the caller gives a set with `fd_count` members.
    unsafe {
        let count = (&raw const (*set).fd_count).read_unaligned();
        boundary::items((&raw const (*set).fd_array).cast(), count as usize)
    }
}

/// Adds the members that the set has not; returns how many. One set may be given for two questions: it then holds what is
/// ready for either, and counts that once (test_select of dlls/ws2_32/tests/sock.c, checked on Windows). Members beyond the
/// new count keep their values: programs depend on it.
unsafe fn add_members(set: *mut FD_SET, members: &[SOCKET]) -> usize {
    // SAFETY: the caller gives a set with room for that many.
    unsafe {
        let array: *mut SOCKET = (&raw mut (*set).fd_array).cast();
        let before = (&raw const (*set).fd_count).read_unaligned() as usize;
        let mut count = before;
        for &member in members {
            if !(0..before).any(|place| array.add(place).read_unaligned() == member) {
                array.add(count).write_unaligned(member);
                count += 1;
            }
        }
        (&raw mut (*set).fd_count).write_unaligned(count as u32);
        count - before
    }
}

/// The time in a structure; `None` for a null pointer.
pub(crate) unsafe fn limit<T: Copy>(
    time: *const T,
    read: impl FnOnce(T) -> Result<Duration, Code>,
) -> Option<Result<Duration, Code>> {
    if time.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    Some(boundary::require(time).and_then(|()| read(unsafe { time.read_unaligned() })))
}

/// Docs: "select function", WSAEINVAL: the time-out value is not valid. That is said of negative seconds; microseconds are
/// added up, whatever they are, and what is left of no time looks once: programs that run on Windows ask so by a
/// time of -1 milliseconds, which they divide into seconds and microseconds.
pub(crate) fn duration(seconds: i64, microseconds: i64) -> Result<Duration, Code> {
    let seconds = u64::try_from(seconds).map_err(|_| Code::WSAEINVAL)?;
    let (whole, part) = (Duration::from_secs(seconds), Duration::from_micros(microseconds.unsigned_abs()));
    Ok(if microseconds < 0 { whole.saturating_sub(part) } else { whole.saturating_add(part) })
}

unsafe fn poll(list: *mut PollEntry, count: usize, timeout: Option<Duration>) -> Result<usize, Code> {
    if list.is_aligned() {
        // SAFETY: the caller's promise.
        return winsock::wsa_poll(unsafe { std::slice::from_raw_parts_mut(list, count) }, timeout);
    }
    // SAFETY: the caller's promise.
    let mut entries = unsafe { boundary::items(list, count) }?.into_owned();
    let result = winsock::wsa_poll(&mut entries, timeout);
    for (at, entry) in entries.into_iter().enumerate() {
        // SAFETY: as above.
        unsafe { list.add(at).write_unaligned(entry) };
    }
    result
}

/// Waits for sockets of a list to become ready; a negative time is no limit.
#[unsafe(export_name = "ws2_WSAPoll")]
pub unsafe extern "system" fn WSAPoll(fdarray: *mut PollEntry, fds: u32, timeout: i32) -> i32 {
    let timeout = u64::try_from(timeout).ok().map(Duration::from_millis);
    let result = if fds == 0 {
        winsock::wsa_poll(&mut [], timeout)
    } else {
        boundary::require(fdarray).and_then(|()| {
            // SAFETY: the caller gives `fds` entries.
            unsafe { poll(fdarray, fds as usize, timeout) }
        })
    };
    boundary::count(result)
}

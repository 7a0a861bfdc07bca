//! The overlapped forms of `WSASend` and `WSARecv`, and what asks for or ends them.

use std::ffi::c_void;
use std::ptr::{with_exposed_provenance, with_exposed_provenance_mut};

use winbase::file::named_pipe;
use winsock::overlapped::{self as core, Begun, Buffers, Plain, Record, Status};
use winsock::wait::{Waited, Words};
use winsock::{Code, set_last_error};

use crate::boundary::{self, NameRoom};
use crate::types::{HANDLE, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKADDR, SOCKET, WSABUF};

const ERROR_NOT_FOUND: Code = Code::new(1168);
const ERROR_IO_INCOMPLETE: Code = Code::new(996);
const WAIT_TIMEOUT: Code = Code::new(258);
const WAIT_IO_COMPLETION: Code = Code::new(192);

/// What `WSASend` and `WSARecv` were given besides the socket and the flags.
pub(crate) struct Overlapped {
    pub(crate) buffers: *const WSABUF,
    pub(crate) count: u32,
    pub(crate) told: *mut u32,
    pub(crate) overlapped: *mut OVERLAPPED,
    pub(crate) routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
}

impl Overlapped {
    /// [`Overlapped::send_status`] of what is plain in every respect; `None`, and nothing has happened, of all else.
    #[inline]
    pub(crate) unsafe fn send_plainly(&self, s: SOCKET, flags: u32) -> Option<i32> {
        // SAFETY: the caller lends the memory until the operation has ended.
        let begun = core::begin_plain_send(s, unsafe { self.lend_plainly(flags == 0) }?)?;
        // SAFETY: the caller gives a place for the number, or none.
        Some(unsafe { self.status_of(begun) })
    }

    /// [`Overlapped::recv_status`] likewise.
    #[inline]
    pub(crate) unsafe fn recv_plainly(&self, s: SOCKET, flags: *const u32) -> Option<i32> {
        // SAFETY: the caller gives the flags.
        let is_plain = boundary::usable(flags) && unsafe { flags.read_unaligned() } == 0;
        // SAFETY: the caller lends the memory until the operation has ended. The flags that come back are those given: 0.
        let begun = core::begin_plain_receive(s, unsafe { self.lend_plainly(is_plain) }?)?;
        // SAFETY: the caller gives a place for the number, or none.
        Some(unsafe { self.status_of(begun) })
    }

    #[inline]
    unsafe fn lend_plainly(&self, is_plain: bool) -> Option<Plain> {
        let is_plain = is_plain && self.count == 1 && self.routine.is_none();
        if !is_plain || !boundary::usable(self.overlapped) || !self.overlapped.is_aligned() {
            return None;
        }
        if !boundary::usable(self.buffers) {
            return None;
        }
        // SAFETY: the caller gives a buffer; the lending contract of `winsock::overlapped` is that of WSASend and WSARecv.
        unsafe {
            let WSABUF { len, buf } = self.buffers.read_unaligned();
            Plain::lend(self.overlapped.cast(), core::WSABUF { len, buf })
        }
    }

    /// What the call returns, with the last error and the count.
    #[inline]
    unsafe fn status_of(&self, begun: Begun) -> i32 {
        if let Begun::Done(bytes) = begun {
            if boundary::usable(self.told) {
                // SAFETY: the caller gives a place for the number.
                unsafe { self.told.write_unaligned(bytes) };
            }
            set_last_error(Code::new(0));
            return 0;
        }
        set_last_error(if let Begun::Failed(code) = begun { code } else { Code::WSA_IO_PENDING });
        -1
    }

    #[inline(never)]
    pub(crate) unsafe fn send_status(&self, s: SOCKET, flags: u32) -> i32 {
        // SAFETY: the caller's promise.
        boundary::status(unsafe { self.send(s, flags) })
    }

    #[inline(never)]
    pub(crate) unsafe fn recv_status(&self, s: SOCKET, flags: *mut u32) -> i32 {
        // SAFETY: the caller's promise.
        boundary::status(unsafe { self.recv(s, flags) })
    }

    pub(crate) unsafe fn send(&self, s: SOCKET, flags: u32) -> Result<(), Code> {
        // SAFETY: the caller lends the memory until the operation has ended.
        let (record, buffers) = unsafe { self.lend(s) }?;
        // SAFETY: the caller gives a place for the number, or none.
        unsafe { self.tell(s, core::begin_send(s, record, buffers, flags.cast_signed())?) }
    }

    pub(crate) unsafe fn send_to(
        &self,
        s: SOCKET,
        flags: u32,
        to: *const SOCKADDR,
        to_length: i32,
    ) -> Result<(), Code> {
        // SAFETY: the caller lends the memory until the operation has ended; the address is read at once.
        unsafe {
            let (record, buffers) = self.lend(s)?;
            let to = if to.is_null() { None } else { Some(boundary::name(to, to_length)?) };
            self.tell(s, winsock::extension::begin_send_to(s, buffers, flags.cast_signed(), to, record)?)
        }
    }

    pub(crate) unsafe fn recv(&self, s: SOCKET, flags: *mut u32) -> Result<(), Code> {
        // SAFETY: the caller lends the memory until the operation has ended, and gives the flags.
        unsafe { self.receive(s, flags, |record, buffers, asked| core::begin_receive(s, record, buffers, asked)) }
    }

    pub(crate) unsafe fn recv_from(
        &self,
        s: SOCKET,
        flags: *mut u32,
        from: *mut SOCKADDR,
        from_length: *mut i32,
    ) -> Result<(), Code> {
        // SAFETY: the caller lends the memory until the operation has ended, and gives the flags.
        unsafe {
            let slot = NameRoom::of_sender(s, from, from_length)?.and_then(|room| room.lend());
            self.receive(s, flags, |record, buffers, asked| {
                winsock::extension::begin_recv_from(s, buffers, asked, slot, record)
            })
        }
    }

    unsafe fn receive(
        &self,
        s: SOCKET,
        flags: *mut u32,
        begin: impl FnOnce(Record, Buffers, i32) -> Result<Begun, Code>,
    ) -> Result<(), Code> {
        // SAFETY: the caller lends the memory until the operation has ended.
        let (record, buffers) = unsafe { self.lend(s) }?;
        boundary::require(flags)?;
        // SAFETY: the caller gives the flags.
        let asked = unsafe { flags.read_unaligned() }.cast_signed();
        let begun = begin(record, buffers, asked)?;
        if let Begun::Done(_) = begun {
            // SAFETY: as above. No flag that comes back applies to a stream; a cut datagram is a failure.
            unsafe { flags.write_unaligned(0) };
        }
        // SAFETY: the caller gives a place for the number, or none.
        unsafe { self.tell(s, begun) }
    }

    /// What the caller lends. The socket is judged before it, so a bad one is asked for where the other is bad as well.
    unsafe fn lend(&self, s: SOCKET) -> Result<(Record, Buffers), Code> {
        // SAFETY: the caller lends the memory until the operation has ended.
        unsafe { self.try_lend() }.or_else(|code| winsock::check(s).and(Err(code)))
    }

    unsafe fn try_lend(&self) -> Result<(Record, Buffers), Code> {
        // SAFETY: the caller lends the OVERLAPPED until the operation has ended.
        let record = unsafe { lend_record(self.overlapped, self.routine) }?;
        if self.count == 0 {
            return Err(Code::WSAEINVAL);
        }
        // The end of an operation is told by an atomic write, which Windows' kernel refuses to a misaligned one too.
        if !self.overlapped.is_aligned() {
            return Err(Code::WSAEFAULT);
        }
        let same = |buffer: &WSABUF| core::WSABUF { len: buffer.len, buf: buffer.buf };
        boundary::require(self.buffers)?;
        // SAFETY: the caller gives `count` buffers; the lending contract of `winsock::overlapped` is that of WSASend and
        // WSARecv.
        let buffers = unsafe {
            if self.count == 1 {
                Buffers::lend_one(same(&self.buffers.read_unaligned()))
            } else {
                let given = boundary::items(self.buffers, self.count as usize)?;
                Buffers::lend(&given.iter().map(same).collect::<Vec<_>>())
            }
        };
        Ok((record, buffers))
    }

    unsafe fn tell(&self, s: SOCKET, begun: Begun) -> Result<(), Code> {
        // SAFETY: the caller has lent the OVERLAPPED, and gives a place for the number, or none.
        unsafe { tell(s, self.overlapped, begun, self.told) }
    }
}

/// The caller's OVERLAPPED.
///
/// # Safety
/// The lending contract of [`winsock::overlapped`]: if usable, it points to an OVERLAPPED.
pub(crate) unsafe fn lend_record(
    overlapped: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> Result<Record, Code> {
    require_record(overlapped)?;
    // SAFETY: the caller's promise; the structure has Windows' layout.
    let record = unsafe { Record::lend(overlapped.cast()) }.ok_or(Code::WSAEFAULT)?;
    // Docs: "WSARecv function": with a routine the event is the program's own.
    let Some(routine) = routine else { return record.tell_event() };
    // Its address comes back as a number.
    overlapped.expose_provenance();
    Ok(record.tell_routine(run_routine, routine as usize))
}

fn run_routine([routine, overlapped, status, bytes]: Words) {
    type Routine = unsafe extern "system" fn(u32, u32, *mut OVERLAPPED, u32);
    let code = Status(status as u32).code().value().cast_unsigned();
    let routine: *const () = with_exposed_provenance(routine);
    // SAFETY: `lend_record` made the number of such a routine, which takes what Winsock gives to one; the OVERLAPPED is the
    // program's again.
    unsafe {
        let routine = std::mem::transmute::<*const (), Routine>(routine);
        routine(code, bytes as u32, with_exposed_provenance_mut(overlapped), 0);
    }
}

/// The end of an operation is told by an atomic write, which Windows' kernel refuses to a misaligned one too.
fn require_record(overlapped: *const OVERLAPPED) -> Result<(), Code> {
    boundary::require(overlapped)?;
    if overlapped.is_aligned() { Ok(()) } else { Err(Code::WSAEFAULT) }
}

/// What the call that began an operation returns, and the count if it has ended.
///
/// # Safety
/// If usable, `told` is good for a number; `overlapped` is what the operation was begun with.
pub(crate) unsafe fn tell(s: SOCKET, overlapped: *mut OVERLAPPED, begun: Begun, told: *mut u32) -> Result<(), Code> {
    // SAFETY: the caller's promise; it is looked at only where the call that was given it does not return before the end.
    let record = unsafe { Record::lend(overlapped.cast()) };
    match record.map_or(begun, |record| core::in_time(s, &record, begun)) {
        Begun::Done(bytes) => {
            if boundary::usable(told) {
                // SAFETY: the caller's promise.
                unsafe { told.write_unaligned(bytes) };
            }
            Ok(())
        }
        Begun::Pending => Err(Code::WSA_IO_PENDING),
        Begun::Failed(code) => Err(code),
    }
}

/// How an operation ended.
#[unsafe(export_name = "ws2_WSAGetOverlappedResult")]
pub unsafe extern "system" fn WSAGetOverlappedResult(
    s: SOCKET,
    lpoverlapped: *mut OVERLAPPED,
    lpcbtransfer: *mut u32,
    fwait: i32,
    lpdwflags: *mut u32,
) -> i32 {
    let result = winsock::check(s)
        .and_then(|()| boundary::require(lpcbtransfer))
        .and_then(|()| {
            // SAFETY: the caller gives an operation's OVERLAPPED and a place for the number.
            let ended = unsafe { outcome(s, lpoverlapped, lpcbtransfer, fwait) };
            // The number is told without a place for the flags too: test_ip_pktinfo, checked on Windows.
            boundary::require(lpdwflags).and(ended)
        })
        .and_then(|status| if status.is_success() { Ok(()) } else { Err(status.code()) })
        // SAFETY: the caller gives a place for the flags. A failure leaves them alone: dlls/ws2_32/tests/sock.c,
        // the same.
        .map(|()| unsafe { lpdwflags.write_unaligned(0) });
    i32::from(boundary::record(result).is_ok())
}

/// How an operation on a handle ended, in Win32's errors.
#[unsafe(export_name = "ws2_GetOverlappedResult")]
pub unsafe extern "system" fn GetOverlappedResult(
    hfile: HANDLE,
    lpoverlapped: *mut OVERLAPPED,
    lpnumberofbytestransferred: *mut u32,
    bwait: i32,
) -> i32 {
    // SAFETY: the caller gives an operation's OVERLAPPED and a place for the number.
    let result = boundary::require(lpnumberofbytestransferred)
        .map_err(|_| Code::new(998)) // ERROR_NOACCESS
        .and_then(|()| unsafe { outcome(hfile.addr(), lpoverlapped, lpnumberofbytestransferred, bwait) })
        .and_then(|status| if status.is_success() { Ok(()) } else { Err(Code::new(status.win32().cast_signed())) });
    win32(result)
}

/// [`GetOverlappedResult`] with a limit to its patience: 996 without any, 258 when the time is over, 192 after what was
/// queued for the thread has run.
#[unsafe(export_name = "ws2_GetOverlappedResultEx")]
pub unsafe extern "system" fn GetOverlappedResultEx(
    hfile: HANDLE,
    lpoverlapped: *mut OVERLAPPED,
    lpnumberofbytestransferred: *mut u32,
    dwmilliseconds: u32,
    balertable: i32,
) -> i32 {
    if dwmilliseconds != 0 && !lpoverlapped.is_null() {
        // SAFETY: the caller gives an operation's OVERLAPPED.
        let waited = require_record(lpoverlapped)
            .and_then(|()| unsafe { Record::lend(lpoverlapped.cast()) }.ok_or(Code::WSAEFAULT))
            .and_then(|record| {
                core::wait_at_most(hfile.addr(), &record, crate::waits::timeout(dwmilliseconds), balertable != 0)
            });
        match waited {
            Ok(Waited::TimedOut) => return win32(Err(WAIT_TIMEOUT)),
            Ok(Waited::Alerted) => return win32(Err(WAIT_IO_COMPLETION)),
            Ok(_) => {}
            Err(code) => return win32(Err(code)),
        }
    }
    // SAFETY: the caller gives an operation's OVERLAPPED and a place for the number.
    unsafe { GetOverlappedResult(hfile, lpoverlapped, lpnumberofbytestransferred, 0) }
}

/// Ends one operation of a socket or pipe, or all.
#[unsafe(export_name = "ws2_CancelIoEx")]
pub extern "system" fn CancelIoEx(hfile: HANDLE, lpoverlapped: *mut OVERLAPPED) -> i32 {
    let one = (!lpoverlapped.is_null()).then_some(lpoverlapped.addr());
    let of_device = || winsock::afd::cancel(hfile.addr(), one);
    let found = core::cancel_on(hfile.addr(), one)
        .or_else(|_| of_device().or_else(|_| named_pipe::cancel(hfile.addr(), one, None)));
    win32(found.and_then(|found| if found { Ok(()) } else { Err(ERROR_NOT_FOUND) }))
}

/// Ends what the calling thread has begun on a socket or pipe.
#[unsafe(export_name = "ws2_CancelIo")]
pub extern "system" fn CancelIo(hfile: HANDLE) -> i32 {
    let here = core::current_issuer();
    let of_device = || winsock::afd::cancel_issued_here(hfile.addr());
    let ended = core::cancel_issued_here_on(hfile.addr());
    win32(ended.or_else(|_| of_device()).or_else(|_| named_pipe::cancel(hfile.addr(), None, Some(here)).map(drop)))
}

/// The status of an operation and its count; 996 while it is under way and `wait` is false.
unsafe fn outcome(handle: SOCKET, overlapped: *mut OVERLAPPED, told: *mut u32, wait: i32) -> Result<Status, Code> {
    if overlapped.is_null() {
        return Err(Code::WSA_INVALID_PARAMETER);
    }
    require_record(overlapped)?;
    // SAFETY: the caller gives the OVERLAPPED of an operation, in Windows' layout.
    let record = unsafe { Record::lend(overlapped.cast()) }.ok_or(Code::WSAEFAULT)?;
    core::settle(handle, &record);
    if wait != 0 && is_refused_connect(handle, &record) {
        // Nothing will end it, but the program may set the event itself: then that counts as its end.
        core::wait_at_most(handle, &record, None, false)?;
        // SAFETY: the caller gives a place for the number.
        unsafe { told.write_unaligned(0) };
        return Ok(Status::SUCCESS);
    }
    if wait != 0 {
        core::wait_for(handle, &record)?;
    }
    let status = record.status();
    if status == Status::PENDING {
        return Err(ERROR_IO_INCOMPLETE);
    }
    // SAFETY: the caller gives a place for the number.
    unsafe { told.write_unaligned(record.bytes()) };
    Ok(status)
}

/// Whether the OVERLAPPED is one that `ConnectNamedPipe` left pending when it found the client there.
fn is_refused_connect(handle: SOCKET, record: &Record) -> bool {
    record.status() == Status::PENDING
        && named_pipe::is_overlapped(handle)
        && !named_pipe::is_under_way(record.address())
        // It may have ended in between.
        && record.status() == Status::PENDING
}

/// TRUE, or FALSE with the thread's last error. Success leaves that alone, as kernel32's functions do.
pub(crate) fn win32(result: Result<(), Code>) -> i32 {
    match result {
        Ok(()) => 1,
        Err(code) => {
            set_last_error(code);
            0
        }
    }
}

const _: () = assert!(size_of::<HANDLE>() == size_of::<*mut c_void>());
const _: () = assert!(size_of::<OVERLAPPED>() == size_of::<core::OVERLAPPED>());

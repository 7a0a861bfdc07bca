//! Reading and writing by handle: files, pipes, terminals and sockets.

use std::ffi::c_void;

use winbase::file::named_pipe::{self, Transfer};
use winbase::{Code, error, file};
use winsock::overlapped::{Begun, Buffers, Record, Status, WSABUF, begin_receive, begin_send};
use winsock::wait;

use super::{handle, truth};
use crate::boundary::{self, usable};
use crate::types::{HANDLE, OVERLAPPED};

/// `ERROR_IO_PENDING`.
pub(super) const IO_PENDING: Code = Code::new(997);

/// Reads from a file, pipe, terminal or socket.
#[unsafe(export_name = "ws2_ReadFile")]
pub unsafe extern "system" fn ReadFile(
    hfile: HANDLE,
    lpbuffer: *mut u8,
    nnumberofbytestoread: u32,
    lpnumberofbytesread: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    truth(unsafe {
        let call = Call { number: hfile.addr(), told: lpnumberofbytesread, overlapped: lpoverlapped };
        call.check(lpbuffer, nnumberofbytestoread).and_then(|length| {
            if winsock::check(call.number).is_ok() {
                return call.on_socket(lpbuffer, nnumberofbytestoread, Way::Read);
            }
            if let Some(begun) = call.on_pipe(|| Transfer::Read(Box::new(Room { start: lpbuffer, length }))) {
                return begun;
            }
            let into: &mut [u8] = match length {
                0 => &mut [],
                length => std::slice::from_raw_parts_mut(lpbuffer, length),
            };
            call.on_file(|offset| file::read_part(call.number, into, offset))
        })
    })
}

/// Writes to a file, pipe, terminal or socket.
#[unsafe(export_name = "ws2_WriteFile")]
pub unsafe extern "system" fn WriteFile(
    hfile: HANDLE,
    lpbuffer: *const u8,
    nnumberofbytestowrite: u32,
    lpnumberofbyteswritten: *mut u32,
    lpoverlapped: *mut OVERLAPPED,
) -> i32 {
    // SAFETY: the caller's promises are those of the page.
    truth(unsafe {
        let call = Call { number: hfile.addr(), told: lpnumberofbyteswritten, overlapped: lpoverlapped };
        call.check(lpbuffer, nnumberofbytestowrite).and_then(|length| {
            if winsock::check(call.number).is_ok() {
                return call.on_socket(lpbuffer.cast_mut(), nnumberofbytestowrite, Way::Write);
            }
            let text = Room { start: lpbuffer.cast_mut(), length };
            if let Some(begun) = call.on_pipe(|| Transfer::Write(Box::new(text))) {
                return begun;
            }
            let from: &[u8] = match length {
                0 => &[],
                length => std::slice::from_raw_parts(lpbuffer, length),
            };
            call.on_file(|offset| {
                let written = without_sigpipe(|| match offset {
                    Some(offset) => file::write_at(call.number, from, offset),
                    None => file::write(call.number, from),
                });
                written.map(|count| (count, false))
            })
        })
    })
}

/// Runs `f` with SIGPIPE held back in this thread, and takes away one that came: a pipe that nobody reads is an error to
/// Windows and no signal.
fn without_sigpipe<T>(f: impl FnOnce() -> T) -> T {
    // SAFETY: signal sets are plain data that these functions fill; the thread's own mask is put back as it was.
    unsafe {
        let mut pipe: libc::sigset_t = std::mem::zeroed();
        let mut before: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut pipe);
        libc::sigaddset(&raw mut pipe, libc::SIGPIPE);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const pipe, &raw mut before);
        let result = f();
        if libc::sigismember(&raw const before, libc::SIGPIPE) == 0 {
            let at_once = libc::timespec { tv_sec: 0, tv_nsec: 0 };
            libc::sigtimedwait(&raw const pipe, std::ptr::null_mut(), &raw const at_once);
            libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, std::ptr::null_mut());
        }
        result
    }
}

/// Memory of the program's, lent to a transfer until it has ended.
pub(super) struct Room {
    pub(super) start: *mut u8,
    pub(super) length: usize,
}

// SAFETY: the program lends it to whoever makes the transfer.
unsafe impl Send for Room {}

impl AsMut<[u8]> for Room {
    fn as_mut(&mut self) -> &mut [u8] {
        if self.length == 0 {
            return &mut [];
        }
        // SAFETY: made only of what a call was given to write to, until the transfer's end.
        unsafe { std::slice::from_raw_parts_mut(self.start, self.length) }
    }
}

impl AsRef<[u8]> for Room {
    fn as_ref(&self) -> &[u8] {
        if self.length == 0 {
            return &[];
        }
        // SAFETY: made only of what a call was given to read from, until the transfer's end.
        unsafe { std::slice::from_raw_parts(self.start, self.length) }
    }
}

enum Way {
    Read,
    Write,
}

/// What both calls were given besides the buffer.
pub(super) struct Call {
    pub(super) number: usize,
    pub(super) told: *mut u32,
    pub(super) overlapped: *mut OVERLAPPED,
}

impl Call {
    /// The length of a buffer that is there. Docs: "ReadFile function": without an OVERLAPPED there must be a place for
    /// the count.
    fn check<T>(&self, buffer: *const T, length: u32) -> Result<usize, Code> {
        if self.overlapped.is_null() && !usable(self.told) || length > 0 && !usable(buffer) {
            return Err(Code::new(998)); // ERROR_NOACCESS
        }
        Ok(length as usize)
    }

    /// # Safety
    /// `told` and `overlapped`, if usable, are good for writing.
    unsafe fn tell(&self, count: usize) {
        if usable(self.told) {
            // SAFETY: the caller's promise.
            unsafe { self.told.write_unaligned(count as u32) };
        }
    }

    /// A transfer on an overlapped pipe, which may end later; `None` if it is none.
    ///
    /// # Safety
    /// As for [`Call::tell`]; the OVERLAPPED and what the transfer names are good until its end.
    pub(super) unsafe fn on_pipe(&self, transfer: impl FnOnce() -> Transfer) -> Option<Result<(), Code>> {
        if !usable(self.overlapped) || !named_pipe::is_overlapped(self.number) {
            return None;
        }
        // SAFETY: the caller's promise. The page: the count is set to zero before anything else.
        let record = unsafe {
            self.tell(0);
            Record::lend(self.overlapped.cast())
        }?;
        let begun = record
            .tell_event()
            .map_err(|_| error::INVALID_HANDLE)
            .and_then(|record| named_pipe::begin(self.number, record, transfer()));
        Some(begun.and_then(|begun| match begun {
            Begun::Done(count) => {
                // SAFETY: the caller's promise.
                unsafe { self.tell(count as usize) };
                Ok(())
            }
            Begun::Pending => Err(IO_PENDING),
            Begun::Failed(code) => Err(code),
        }))
    }

    /// A transfer on a file ends within the call: with a count, and whether more of a message is left. With an OVERLAPPED
    /// it is at the offset that this names.
    ///
    /// # Safety
    /// As for [`Call::tell`].
    unsafe fn on_file(&self, transfer: impl FnOnce(Option<u64>) -> Result<(usize, bool), Code>) -> Result<(), Code> {
        if !usable(self.overlapped) {
            let done = transfer(None);
            // SAFETY: the caller's promise. The page: the count is set to zero before anything else.
            unsafe { self.tell(done.map_or(0, |(count, _)| count)) };
            return whole(done);
        }
        // SAFETY: the caller's promise.
        let (offset, event) = unsafe {
            let record = self.overlapped.read_unaligned();
            // The lowest bit says that no port shall be told.
            (u64::from(record.OffsetHigh) << 32 | u64::from(record.Offset), record.hEvent.addr() & !1)
        };
        // An event that is none is nobody's to wait for.
        let _ = wait::reset_event(event);
        let done = transfer(Some(offset));
        let (status, count) = match &done {
            Ok((count, false)) => (Status::SUCCESS, *count),
            Ok((count, true)) => (Status::BUFFER_OVERFLOW, *count),
            Err(code) => (Status::of_file(*code), 0),
        };
        // SAFETY: the caller's promise.
        unsafe {
            (&raw mut (*self.overlapped).InternalHigh).write_unaligned(count);
            (&raw mut (*self.overlapped).Internal).write_unaligned(status.0 as usize);
            // Source: dlls/kernel32/tests/pipe.c, test_ReadFile, checked on Windows.
            self.tell(if status.is_success() { count } else { 0 });
        }
        let file = file::get(self.number)?;
        if !file.is_overlapped() && done.is_ok() && file::position(self.number).is_ok() {
            // A handle with a position keeps it after the transfer.
            file::seek(self.number, (offset + count as u64).cast_signed(), 0)?;
        }
        if done.is_ok() {
            let _ = wait::set_event(event);
            file.deliver(self.overlapped.expose_provenance(), status, count as u32);
        }
        whole(done)
    }

    /// # Safety
    /// The buffer is good for the length, until the end of the transfer if there is an OVERLAPPED.
    unsafe fn on_socket(&self, buffer: *mut u8, length: u32, way: Way) -> Result<(), Code> {
        let as_win32 = |code: Code| Code::new(Status::of(code).win32().cast_signed());
        if !usable(self.overlapped) {
            let length = i32::try_from(length).map_err(|_| error::INVALID_PARAMETER)?;
            // SAFETY: the caller's promise.
            let done = unsafe {
                match way {
                    Way::Read => winsock::recv(self.number, boundary::output(buffer, length)?, 0),
                    Way::Write => winsock::send(self.number, boundary::input(buffer, length)?, 0),
                }
            };
            // SAFETY: the caller gives a place for the count.
            unsafe { self.tell(*done.as_ref().unwrap_or(&0)) };
            return done.map(drop).map_err(as_win32);
        }
        // SAFETY: the lending contract of `winsock::overlapped` is that of ReadFile and WriteFile.
        let begun = unsafe {
            let record = Record::lend(self.overlapped.cast()).ok_or(error::INVALID_PARAMETER)?;
            let buffers = Buffers::lend(&[WSABUF { len: length, buf: buffer }]);
            match way {
                Way::Read => begin_receive(self.number, record, buffers, 0),
                Way::Write => begin_send(self.number, record, buffers, 0),
            }
        };
        match begun.map_err(as_win32)? {
            Begun::Done(count) => {
                // SAFETY: the caller gives a place for the count, or none.
                unsafe { self.tell(count as usize) };
                Ok(())
            }
            Begun::Pending => Err(IO_PENDING),
            Begun::Failed(code) => Err(as_win32(code)),
        }
    }
}

/// A message that was cut is an error beside its count.
fn whole(done: Result<(usize, bool), Code>) -> Result<(), Code> {
    if done?.1 { Err(error::MORE_DATA) } else { Ok(()) }
}

/// A pipe within this process.
#[unsafe(export_name = "ws2_CreatePipe")]
pub unsafe extern "system" fn CreatePipe(
    hreadpipe: *mut HANDLE,
    hwritepipe: *mut HANDLE,
    _lppipeattributes: *const c_void,
    _nsize: u32,
) -> i32 {
    if !usable(hreadpipe) || !usable(hwritepipe) {
        return truth(Err(Code::new(998)));
    }
    truth(file::pipe().map(|(reading, writing)| {
        // SAFETY: the caller gives places for both.
        unsafe {
            hreadpipe.write_unaligned(handle(reading));
            hwritepipe.write_unaligned(handle(writing));
        }
    }))
}

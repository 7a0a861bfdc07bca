//! Reading and writing by handle: files, pipes, terminals and sockets.

use std::ffi::c_void;

use winbase::{Code, error, file};
use winsock::overlapped::{Begun, Buffers, Record, Status, WSABUF, begin_receive, begin_send};
use winsock::wait;

use super::{handle, truth};
use crate::boundary::{self, usable};
use crate::types::{HANDLE, OVERLAPPED};

/// `ERROR_IO_PENDING`.
const IO_PENDING: Code = Code::new(997);

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
            let into: &mut [u8] = match length {
                0 => &mut [],
                length => std::slice::from_raw_parts_mut(lpbuffer, length),
            };
            let mut is_cut = false;
            call.on_file(|offset| {
                let (count, more) = file::read_part(call.number, into, offset)?;
                is_cut = more;
                Ok(count)
            })?;
            if is_cut { Err(error::MORE_DATA) } else { Ok(()) }
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
            let from: &[u8] = match length {
                0 => &[],
                length => std::slice::from_raw_parts(lpbuffer, length),
            };
            call.on_file(|offset| {
                without_sigpipe(|| match offset {
                    Some(offset) => file::write_at(call.number, from, offset),
                    None => file::write(call.number, from),
                })
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

enum Way {
    Read,
    Write,
}

/// What both calls were given besides the buffer.
struct Call {
    number: usize,
    told: *mut u32,
    overlapped: *mut OVERLAPPED,
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

    /// A transfer on a file ends within the call. With an OVERLAPPED it is at the offset that this names.
    ///
    /// # Safety
    /// As for [`Call::tell`].
    unsafe fn on_file(&self, transfer: impl FnOnce(Option<u64>) -> Result<usize, Code>) -> Result<(), Code> {
        if !usable(self.overlapped) {
            let done = transfer(None);
            // SAFETY: the caller's promise. The page: the count is set to zero before anything else.
            unsafe { self.tell(*done.as_ref().unwrap_or(&0)) };
            return done.map(drop);
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
            Ok(count) => (Status::SUCCESS, *count),
            Err(code) if *code == error::HANDLE_EOF => (Status(0xC000_0011), 0), // STATUS_END_OF_FILE
            Err(_) => (Status(0xC000_0185), 0),                                  // STATUS_IO_DEVICE_ERROR
        };
        // SAFETY: the caller's promise.
        unsafe {
            (&raw mut (*self.overlapped).InternalHigh).write_unaligned(count);
            (&raw mut (*self.overlapped).Internal).write_unaligned(status.0 as usize);
            self.tell(count);
        }
        let file = file::get(self.number)?;
        if !file.is_overlapped() && done.is_ok() {
            // A handle with a position keeps it after the transfer.
            file::seek(self.number, (offset + count as u64).cast_signed(), 0)?;
        }
        if done.is_ok() {
            let _ = wait::set_event(event);
            file.deliver(self.overlapped.expose_provenance(), status, count as u32);
        }
        done.map(drop)
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

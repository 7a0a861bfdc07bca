//! What every shim does: pointers in, last error and failure value out.

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winsock::overlapped::NameSlot;
use winsock::{Address, Code, set_last_error, wait};

use crate::types::{SOCKADDR, SOCKET};

/// Neither system maps the first 64 KiB; programs that pass a number for a pointer land there.
const FIRST_USABLE: usize = 0x1_0000;

pub(crate) fn usable<T>(pointer: *const T) -> bool {
    pointer.addr() >= FIRST_USABLE
}

/// `WSAEFAULT` for a pointer that cannot be one.
pub(crate) fn require<T>(pointer: *const T) -> Result<(), Code> {
    if usable(pointer) { Ok(()) } else { Err(Code::WSAEFAULT) }
}

/// The mutex' content; one that a panic has left is taken as it is.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `WSANOTINITIALISED` outside of `WSAStartup` and the last `WSACleanup`.
pub(crate) fn started() -> Result<(), Code> {
    if winsock::is_started() { Ok(()) } else { Err(Code::WSANOTINITIALISED) }
}

/// Records the outcome in the thread's last error; success clears it, as Windows 7 and later do.
#[inline]
pub(crate) fn record<T>(result: Result<T, Code>) -> Result<T, Code> {
    set_last_error(match &result {
        Ok(_) => Code::new(0),
        Err(code) => *code,
    });
    if matches!(result, Err(Code::WSAEINTR)) {
        // SAFETY: the call has let go of all it held; between here and the thread's routine lie frames of C.
        unsafe { wait::leave_after_call() };
    }
    result
}

/// 0, or `SOCKET_ERROR`.
#[inline]
pub(crate) fn status(result: Result<(), Code>) -> i32 {
    record(result).map_or(-1, |()| 0)
}

/// A count, or `SOCKET_ERROR`.
#[inline]
pub(crate) fn count(result: Result<usize, Code>) -> i32 {
    record(result).map_or(-1, |count| i32::try_from(count).unwrap_or(i32::MAX))
}

/// The bytes that a caller wants sent.
///
/// # Safety
/// If the pointer is usable, it is good for reads of `length` bytes, or the kernel finds out that it is not: the slice is
/// handed to the kernel only.
#[inline]
pub(crate) unsafe fn input<'a>(pointer: *const u8, length: i32) -> Result<&'a [u8], Code> {
    let length = usize::try_from(length).map_err(|_| Code::WSAEFAULT)?;
    if length == 0 {
        return Ok(&[]);
    }
    require(pointer)?;
    // SAFETY: the caller's promise.
    Ok(unsafe { std::slice::from_raw_parts(pointer, length) })
}

/// The bytes that a caller wants filled.
///
/// # Safety
/// As for [`input`], for writes.
#[inline]
pub(crate) unsafe fn output<'a>(pointer: *mut u8, length: i32) -> Result<&'a mut [u8], Code> {
    let length = usize::try_from(length).map_err(|_| Code::WSAEFAULT)?;
    if length == 0 {
        return Ok(&mut []);
    }
    require(pointer)?;
    // SAFETY: the caller's promise.
    Ok(unsafe { std::slice::from_raw_parts_mut(pointer, length) })
}

/// A structure that a caller gives or leaves out, aligned or not.
///
/// # Safety
/// If usable, the pointer is good for reading.
pub(crate) unsafe fn given<T: Copy>(pointer: *const T) -> Result<Option<T>, Code> {
    if pointer.is_null() {
        return Ok(None);
    }
    require(pointer)?;
    // SAFETY: the caller's promise.
    Ok(Some(unsafe { pointer.read_unaligned() }))
}

/// So many structures that a caller gives; copied if they are misaligned, which Windows does not mind.
///
/// # Safety
/// If usable, the pointer is good for reading `count` of them, for as long as the result is used.
pub(crate) unsafe fn items<'a, T: Copy>(pointer: *const T, count: usize) -> Result<Cow<'a, [T]>, Code> {
    require(pointer)?;
    // SAFETY: the caller's promise.
    Ok(unsafe {
        if pointer.is_aligned() {
            Cow::Borrowed(std::slice::from_raw_parts(pointer, count))
        } else {
            Cow::Owned((0..count).map(|at| pointer.add(at).read_unaligned()).collect())
        }
    })
}

/// An address that a caller gives.
///
/// # Safety
/// If the pointer is usable, it is good for reads of `length` bytes.
pub(crate) unsafe fn name<'a>(pointer: *const SOCKADDR, length: i32) -> Result<&'a [u8], Code> {
    require(pointer)?;
    // SAFETY: the caller's promise.
    unsafe { input(pointer.cast(), length) }
}

/// Room for an address that a caller wants told, with its length in and out.
pub(crate) struct NameRoom {
    pointer: *mut SOCKADDR,
    length: *mut i32,
}

impl NameRoom {
    /// `None` if the caller does not want it. `WSAEFAULT` if there is less room than `needed` bytes.
    ///
    /// # Safety
    /// If usable, `length` is good for reading and writing, and `pointer` for writes of `*length` bytes, until the room is
    /// used.
    pub(crate) unsafe fn new(
        pointer: *mut SOCKADDR,
        length: *mut i32,
        needed: usize,
    ) -> Result<Option<NameRoom>, Code> {
        if pointer.is_null() {
            return Ok(None);
        }
        require(pointer)?;
        require(length)?;
        // SAFETY: the caller's promise.
        let room = unsafe { length.read_unaligned() };
        if usize::try_from(room).is_ok_and(|room| room >= needed) {
            Ok(Some(NameRoom { pointer, length }))
        } else {
            Err(Code::WSAEFAULT)
        }
    }

    /// Room for the sender of a datagram. A stream tells none, and neither argument counts.
    ///
    /// Docs: "recvfrom function": the from and fromlen parameters are ignored for connection-oriented sockets.
    ///
    /// # Safety
    /// As for [`NameRoom::new`].
    pub(crate) unsafe fn of_sender(
        s: SOCKET,
        pointer: *mut SOCKADDR,
        length: *mut i32,
    ) -> Result<Option<NameRoom>, Code> {
        match winsock::sender_length(s)? {
            // SAFETY: the caller's promise.
            Some(needed) => unsafe { NameRoom::new(pointer, length, needed) },
            None => Ok(None),
        }
    }

    /// The room, lent to an operation until it has ended.
    ///
    /// # Safety
    /// Pointer and length stay good until then.
    pub(crate) unsafe fn lend(&self) -> Option<NameSlot> {
        // SAFETY: `new` promised both, and the caller that they stay.
        unsafe {
            NameSlot::lend(self.pointer.cast(), self.length.read_unaligned().cast_unsigned() as usize, self.length)
        }
    }

    /// Writes the address and its length. One without an address (the sender on a stream) changes nothing.
    pub(crate) fn fill(&self, address: &Address) {
        let windows = address.to_windows();
        if address.family() == 0 {
            return;
        }
        // SAFETY: `new` promised room for `*length` bytes, and checked that it is enough for the socket's family.
        unsafe {
            let room = self.length.read_unaligned().cast_unsigned() as usize;
            let length = windows.len().min(room);
            std::ptr::copy_nonoverlapping(windows.as_ptr(), self.pointer.cast(), length);
            self.length.write_unaligned(length as i32);
        }
    }
}

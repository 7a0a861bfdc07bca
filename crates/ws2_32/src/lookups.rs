//! Look-ups that go on after their call: `GetAddrInfoExW` with an OVERLAPPED, its result and its cancellation.
//!
//! A thread of the process's pool asks the servers; whoever ends a look-up first, it or a cancellation, tells the program.

use std::collections::HashMap;
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use winbase::thread_pool::Pool;
use winsock::names::{AddressInfo, Resolver};
use winsock::{Code, wait};

use crate::boundary::{lock, require, usable};
use crate::names::{Info, Question, code, list};
use crate::types::{HANDLE, OVERLAPPED};

/// What is called at the end of a look-up, if anything.
pub type LPLOOKUPSERVICE_COMPLETION_ROUTINE = Option<Routine>;

/// It is given the code, 0, and the OVERLAPPED.
type Routine = unsafe extern "system" fn(u32, u32, *mut OVERLAPPED);

/// What a call is given that shall not wait.
pub(crate) struct Later {
    pub(crate) overlapped: *mut OVERLAPPED,
    pub(crate) routine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    pub(crate) handle: *mut HANDLE,
}

impl Later {
    /// Whether the call is one that waits.
    pub(crate) fn is_none(&self) -> bool {
        self.overlapped.is_null()
    }

    /// Docs: "GetAddrInfoExW function", lpOverlapped: an event in it or a routine beside it, and not both.
    unsafe fn told(&self) -> Result<Told, Code> {
        require(self.overlapped)?;
        // The status is told by an atomic write.
        if !self.overlapped.is_aligned() {
            return Err(Code::WSAEFAULT);
        }
        // SAFETY: the caller gives the structure.
        let event = unsafe { (*self.overlapped).hEvent }.addr();
        match (event, self.routine) {
            (0, Some(routine)) => Ok(Told::Routine(routine)),
            (1.., None) => Ok(Told::Event(event)),
            _ => Err(Code::WSAEINVAL),
        }
    }
}

/// Who is told the end.
#[derive(Clone, Copy)]
enum Told {
    Event(usize),
    Routine(Routine),
}

/// Memory of the program's, lent until the end is told.
#[derive(Clone, Copy)]
struct Lent<T>(*mut T);

// SAFETY: the program lends it to whichever thread ends the look-up; one alone takes it out of `PENDING`.
unsafe impl<T> Send for Lent<T> {}

/// A look-up under way.
#[derive(Clone, Copy)]
struct Pending {
    overlapped: Lent<OVERLAPPED>,
    told: Told,
}

impl Pending {
    fn end(self, code: Code) {
        let Lent(overlapped) = self.overlapped;
        let code = code.value().cast_unsigned();
        // SAFETY: the structure is lent until now, and aligned. Whoever sees the status sees the result.
        unsafe { AtomicUsize::from_ptr(&raw mut (*overlapped).Internal) }.store(code as usize, Ordering::Release);
        match self.told {
            // A handle that was closed meanwhile has nobody to tell.
            Told::Event(event) => drop(wait::set_event(event)),
            // SAFETY: the program gave the function for these arguments.
            Told::Routine(routine) => unsafe { routine(code, 0, overlapped) },
        }
    }

    /// A routine runs on a thread of its own, because the program may hold what the routine wants.
    fn cancel(self) {
        let end = move || self.end(Code::WSA_E_CANCELLED);
        let is_routine = matches!(self.told, Told::Routine(_));
        if !is_routine || Pool::usual().submit(Box::new(end)).is_err() {
            end();
        }
    }
}

static PENDING: LazyLock<Mutex<HashMap<usize, Pending>>> = LazyLock::new(Mutex::default);

/// Numbers like no other handle's, never twice.
static NEXT: AtomicUsize = AtomicUsize::new(0x1_0000_0000);

/// The look-up, for who ends it.
fn take(number: usize) -> Option<Pending> {
    lock(&PENDING).remove(&number)
}

/// Begins a look-up; `WSA_IO_PENDING` if it is under way.
///
/// # Safety
/// The caller lends OVERLAPPED and place until the end is told; the rest is as for `GetAddrInfoExW`.
pub(crate) unsafe fn begin<I: Info + 'static>(
    question: Question,
    resolver: Resolver,
    place: *mut *mut I,
    later: &Later,
) -> Result<(), Code> {
    // SAFETY: the caller's promise.
    let told = unsafe { later.told() }?;
    question.check()?;
    let number = NEXT.fetch_add(4, Ordering::Relaxed);
    if !later.handle.is_null() {
        require(later.handle)?;
        // SAFETY: the caller gives a place for the handle.
        unsafe { later.handle.write_unaligned(std::ptr::without_provenance_mut(number)) };
    }
    // Source: test_GetAddrInfoExW of dlls/ws2_32/tests/protocol.c, checked on Windows: so it looks while it is under way.
    // SAFETY: the caller gives the structure; the offset is the lower and the upper half of its `Pointer`.
    unsafe {
        (*later.overlapped).Internal = Code::WSAEINPROGRESS.value().cast_unsigned() as usize;
        (&raw mut (*later.overlapped).Offset).cast::<usize>().write_unaligned(place.expose_provenance());
    }
    lock(&PENDING).insert(number, Pending { overlapped: Lent(later.overlapped), told });
    let place = Lent(place);
    let job = move || end(number, question.ask(&resolver), place);
    if Pool::usual().submit(Box::new(job)).is_err() && take(number).is_some() {
        return Err(Code::WSA_NOT_ENOUGH_MEMORY);
    }
    Err(Code::WSA_IO_PENDING)
}

fn end<I: Info>(number: usize, answer: Result<Vec<AddressInfo>, Code>, Lent(place): Lent<*mut I>) {
    let Some(pending) = take(number) else { return };
    if let Ok(found) = &answer {
        // SAFETY: the place is lent until the end is told.
        unsafe { place.write_unaligned(list(found)) };
    }
    pending.end(answer.err().unwrap_or(Code::new(0)));
}

/// How an overlapped `GetAddrInfoExW` ended: 0 or its code; `WSAEINPROGRESS` while it is under way, `WSAEINVAL` without an
/// OVERLAPPED.
#[unsafe(export_name = "ws2_GetAddrInfoExOverlappedResult")]
pub unsafe extern "system" fn GetAddrInfoExOverlappedResult(lpoverlapped: *const c_void) -> i32 {
    let overlapped: *mut OVERLAPPED = lpoverlapped.cast_mut().cast();
    if !usable(overlapped) || !overlapped.is_aligned() {
        return code(Err(Code::WSAEINVAL));
    }
    // SAFETY: the caller gives the OVERLAPPED of a look-up.
    let status = unsafe { AtomicUsize::from_ptr(&raw mut (*overlapped).Internal) }.load(Ordering::Acquire);
    code(if status == 0 { Ok(()) } else { Err(Code::new(status as i32)) })
}

/// Cancels an overlapped `GetAddrInfoExW`, which ends with `WSA_E_CANCELLED` and without a result. `WSA_INVALID_HANDLE` if
/// there is none under way with this handle.
#[unsafe(export_name = "ws2_GetAddrInfoExCancel")]
pub unsafe extern "system" fn GetAddrInfoExCancel(lphandle: *const *mut c_void) -> i32 {
    // SAFETY: the caller gives a handle.
    let number = if usable(lphandle) { unsafe { lphandle.read_unaligned() }.addr() } else { 0 };
    let cancelled = take(number).map(Pending::cancel);
    code(cancelled.ok_or(Code::WSA_INVALID_HANDLE))
}

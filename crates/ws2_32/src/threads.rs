//! Threads, and what is queued for them to run.
//!
//! `ExitThread` and its kin go back to where the thread began, and destroy nothing of what lies between, as on Windows. A
//! thread that something else has made, the main thread among them, ends by `pthread_exit`.

use std::arch::naked_asm;
use std::ffi::c_void;
use std::ptr::with_exposed_provenance;

use winsock::wait::{self as core, Call, Routine, Words};
use winsock::{Code, set_last_error};

use crate::boundary::usable;
use crate::companion::memory::LocalAlloc;
use crate::objects::{INVALID_PARAMETER, opened, win32};
use crate::text::{self, Unit};
use crate::types::HANDLE;

/// What a thread runs.
pub type LPTHREAD_START_ROUTINE = Option<extern "C" fn(*mut c_void) -> u32>;
/// What a thread that `_beginthread` makes runs.
pub type PLAIN_START_ROUTINE = Option<extern "C" fn(*mut c_void)>;
/// What runs in an alertable wait.
pub type PAPCFUNC = Option<unsafe extern "system" fn(usize)>;

/// `CREATE_SUSPENDED`.
const SUSPENDED: u32 = 4;
const MAXIMUM_PROCESSORS: u32 = 64;
/// `LMEM_ZEROINIT`.
const ZEROED: u32 = 0x40;
/// What `ResumeThread` and its like return on failure.
const NO_COUNT: u32 = u32::MAX;

/// Begins a thread.
#[unsafe(export_name = "ws2_CreateThread")]
pub unsafe extern "system" fn CreateThread(
    _attributes: *const c_void,
    dwstacksize: usize,
    lpstartaddress: LPTHREAD_START_ROUTINE,
    lpparameter: *const c_void,
    dwcreationflags: u32,
    lpthreadid: *mut u32,
) -> HANDLE {
    // SAFETY: the caller gives a place for the number, or null.
    opened(unsafe { begin(lpstartaddress, lpparameter, dwstacksize, dwcreationflags, lpthreadid) })
}

/// Begins a thread; 0 if it cannot.
#[unsafe(export_name = "ws2__beginthreadex")]
pub unsafe extern "system" fn _beginthreadex(
    _security: *const c_void,
    stack_size: u32,
    start_address: LPTHREAD_START_ROUTINE,
    arglist: *const c_void,
    initflag: u32,
    thrdaddr: *mut u32,
) -> usize {
    // SAFETY: the caller gives a place for the number, or null.
    let begun = unsafe { begin(start_address, arglist, stack_size as usize, initflag, thrdaddr) };
    opened(begun).addr()
}

/// Begins a thread whose handle closes when it ends; -1 if it cannot.
#[unsafe(export_name = "ws2__beginthread")]
pub unsafe extern "system" fn _beginthread(
    start_address: PLAIN_START_ROUTINE,
    stack_size: u32,
    arglist: *const c_void,
) -> usize {
    let argument = arglist.expose_provenance();
    let begun = start_address
        .ok_or(INVALID_PARAMETER)
        .and_then(|routine| core::create_thread(Routine::Plain(routine), argument, stack_size as usize, false, true));
    begun.inspect_err(|code| set_last_error(*code)).unwrap_or(usize::MAX)
}

unsafe fn begin(
    routine: LPTHREAD_START_ROUTINE,
    argument: *const c_void,
    stack_bytes: usize,
    flags: u32,
    id: *mut u32,
) -> Result<usize, Code> {
    let routine = Routine::WithCode(routine.ok_or(INVALID_PARAMETER)?);
    let suspended = flags & SUSPENDED != 0;
    let handle = core::create_thread(routine, argument.expose_provenance(), stack_bytes, suspended, false)?;
    if usable(id) {
        // SAFETY: the caller's promise.
        unsafe { id.write_unaligned(core::thread_id(handle)?) };
    }
    Ok(handle)
}

/// Ends the calling thread.
#[unsafe(export_name = "ws2_ExitThread")]
#[unsafe(naked)]
pub extern "C" fn ExitThread(dwexitcode: u32) -> ! {
    // `pthread_exit` unwinds the stack, on which no frame of Rust's may lie: so it takes this one's place.
    naked_asm!(
        "sub rsp, 8",
        "call {leave}",
        "add rsp, 8",
        "xor edi, edi",
        "jmp {pthread_exit}",
        leave = sym leave,
        pthread_exit = sym libc::pthread_exit,
    )
}

extern "C" fn leave(code: u32) {
    core::set_exit_code(code);
    // SAFETY: between here and the thread's routine lie frames of C, and of this library only those that run what was
    // queued for the thread, which hold nothing but the memory of the call itself.
    unsafe { core::leave_thread(code) };
    // For the main thread `pthread_exit` would not tell it.
    core::end_thread();
}

/// Ends the calling thread.
#[unsafe(export_name = "ws2__endthreadex")]
#[unsafe(naked)]
pub extern "C" fn _endthreadex(retval: u32) -> ! {
    naked_asm!("jmp {exit}", exit = sym ExitThread)
}

/// Ends the calling thread.
#[unsafe(export_name = "ws2__endthread")]
#[unsafe(naked)]
pub extern "C" fn _endthread() -> ! {
    naked_asm!("xor edi, edi", "jmp {exit}", exit = sym ExitThread)
}

/// What a thread ended with; 259 while it runs.
#[unsafe(export_name = "ws2_GetExitCodeThread")]
pub unsafe extern "system" fn GetExitCodeThread(hthread: HANDLE, lpexitcode: *mut u32) -> i32 {
    win32(core::thread_exit_code(hthread.addr()).and_then(|code| {
        if !usable(lpexitcode) {
            return Err(INVALID_PARAMETER);
        }
        // SAFETY: the caller gives a place for the code.
        unsafe { lpexitcode.write_unaligned(code) };
        Ok(())
    }))
}

/// Lets a thread begin that was made suspended.
#[unsafe(export_name = "ws2_ResumeThread")]
pub extern "system" fn ResumeThread(hthread: HANDLE) -> u32 {
    count(core::resume_thread(hthread.addr()))
}

/// Refused: Linux has no means to stop a thread at any point and keep its process sound.
#[unsafe(export_name = "ws2_SuspendThread")]
pub extern "system" fn SuspendThread(hthread: HANDLE) -> u32 {
    count(core::thread_exit_code(hthread.addr()).and(Err(core::NOT_SUPPORTED)))
}

/// Refused: ending a thread at any point leaves its locks taken and its memory in disorder.
#[unsafe(export_name = "ws2_TerminateThread")]
pub extern "system" fn TerminateThread(hthread: HANDLE, _dwexitcode: u32) -> i32 {
    win32(core::thread_exit_code(hthread.addr()).and(Err(core::NOT_SUPPORTED)))
}

fn count(result: Result<u32, Code>) -> u32 {
    result.inspect_err(|code| set_last_error(*code)).unwrap_or(NO_COUNT)
}

/// The handle that means the calling thread, whichever calls.
#[unsafe(export_name = "ws2_GetCurrentThread")]
pub extern "system" fn GetCurrentThread() -> HANDLE {
    std::ptr::without_provenance_mut(core::CURRENT_THREAD)
}

/// Linux' number of the calling thread.
#[unsafe(export_name = "ws2_GetCurrentThreadId")]
pub extern "system" fn GetCurrentThreadId() -> u32 {
    core::current_thread_id()
}

/// Linux' number of a thread.
#[unsafe(export_name = "ws2_GetThreadId")]
pub extern "system" fn GetThreadId(thread: HANDLE) -> u32 {
    core::thread_id(thread.addr()).inspect_err(|code| set_last_error(*code)).unwrap_or(0)
}

/// A handle of a thread by its number.
#[unsafe(export_name = "ws2_OpenThread")]
pub extern "system" fn OpenThread(_dwdesiredaccess: u32, _binherithandle: i32, dwthreadid: u32) -> HANDLE {
    opened(core::open_thread(dwthreadid))
}

/// Sets the processor that a thread would best run on, and tells the one before; 64 only asks.
#[unsafe(export_name = "ws2_SetThreadIdealProcessor")]
pub extern "system" fn SetThreadIdealProcessor(hthread: HANDLE, dwidealprocessor: u32) -> u32 {
    count(match dwidealprocessor {
        MAXIMUM_PROCESSORS => core::ideal_processor(hthread.addr()),
        0..MAXIMUM_PROCESSORS => core::set_ideal_processor(hthread.addr(), dwidealprocessor),
        _ => Err(INVALID_PARAMETER),
    })
}

/// On which processor the calling thread runs at the moment.
#[unsafe(export_name = "ws2_GetCurrentProcessorNumber")]
pub extern "system" fn GetCurrentProcessorNumber() -> u32 {
    winbase::affinity::current_processor() as u32
}

/// Calls a thread something.
#[unsafe(export_name = "ws2_SetThreadDescription")]
pub unsafe extern "system" fn SetThreadDescription(hthread: HANDLE, lpthreaddescription: *const u16) -> i32 {
    // SAFETY: the caller gives a string.
    unsafe { describe(hthread, lpthreaddescription) }
}

/// [`SetThreadDescription`] for text of 32-bit units.
#[unsafe(export_name = "ws2_SetThreadDescription_utf32")]
pub unsafe extern "system" fn SetThreadDescription_utf32(hthread: HANDLE, lpthreaddescription: *const u32) -> i32 {
    // SAFETY: the caller gives a string.
    unsafe { describe(hthread, lpthreaddescription) }
}

/// What a thread is called, in memory for `LocalFree`.
#[unsafe(export_name = "ws2_GetThreadDescription")]
pub unsafe extern "system" fn GetThreadDescription(hthread: HANDLE, ppszthreaddescription: *mut *mut u16) -> i32 {
    // SAFETY: the caller gives a place for the string.
    unsafe { tell_description(hthread, ppszthreaddescription) }
}

/// [`GetThreadDescription`] for text of 32-bit units.
#[unsafe(export_name = "ws2_GetThreadDescription_utf32")]
pub unsafe extern "system" fn GetThreadDescription_utf32(hthread: HANDLE, ppszthreaddescription: *mut *mut u32) -> i32 {
    // SAFETY: the caller gives a place for the string.
    unsafe { tell_description(hthread, ppszthreaddescription) }
}

/// `HRESULT`s of these two are statuses of the kernel: `STATUS_INVALID_HANDLE` with the bit that says so.
const NOT_A_THREAD: i32 = 0xd000_0008_u32.cast_signed();
/// `STATUS_NO_MEMORY`, likewise.
const NO_MEMORY: i32 = 0xd000_0017_u32.cast_signed();
/// `E_INVALIDARG`.
const NOT_TEXT: i32 = 0x8007_0057_u32.cast_signed();

/// # Safety
/// As for [`text::optional`].
unsafe fn describe<T: Unit>(thread: HANDLE, description: *const T) -> i32 {
    // SAFETY: the caller's promise.
    let Ok(description) = (unsafe { text::optional(description) }) else { return NOT_TEXT };
    match core::set_thread_description(thread.addr(), description.unwrap_or_default()) {
        Ok(()) => 0,
        Err(_) => NOT_A_THREAD,
    }
}

/// # Safety
/// If usable, the pointer is good for writing.
unsafe fn tell_description<T: Unit>(thread: HANDLE, place: *mut *mut T) -> i32 {
    if !usable(place) {
        return NOT_TEXT;
    }
    let Ok(description) = core::thread_description(thread.addr()) else { return NOT_A_THREAD };
    let units = T::encode(&description);
    let block = LocalAlloc(ZEROED, (units.len() + 1) * size_of::<T>()).cast::<T>();
    if block.is_null() {
        return NO_MEMORY;
    }
    // SAFETY: the block has room for the text and the zero that ends it; the place was checked.
    unsafe {
        block.copy_from_nonoverlapping(units.as_ptr(), units.len());
        place.write_unaligned(block);
    }
    0
}

/// Lets another thread run.
#[unsafe(export_name = "ws2_SwitchToThread")]
pub extern "system" fn SwitchToThread() -> i32 {
    std::thread::yield_now();
    1
}

/// Queues a call for a thread to make in its next alertable wait.
#[unsafe(export_name = "ws2_QueueUserAPC")]
pub unsafe extern "system" fn QueueUserAPC(pfnapc: PAPCFUNC, hthread: HANDLE, dwdata: usize) -> u32 {
    let queued = pfnapc
        .ok_or(INVALID_PARAMETER)
        .and_then(|routine| core::queue_call(hthread.addr(), Call::new(run, [routine as usize, dwdata, 0, 0])));
    win32(queued).cast_unsigned()
}

fn run([routine, data, ..]: Words) {
    let routine: *const () = with_exposed_provenance(routine);
    // SAFETY: `QueueUserAPC` made the number of such a routine, which the program gave for this argument.
    unsafe { std::mem::transmute::<*const (), unsafe extern "system" fn(usize)>(routine)(data) }
}

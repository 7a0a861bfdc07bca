//! Locks in the caller's memory, and values of the thread.

use std::ffi::c_void;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use winbase::lock::{CriticalSection, Entered, Manner, Once};
use winbase::slim_lock::{Condition, SlimLock};
use winbase::thread_values as values;
use winbase::{Code, address_wait, error};
use winsock::set_last_error;

use super::{or, truth};
use crate::boundary::usable;

const INFINITE: u32 = u32::MAX;
/// `ERROR_TIMEOUT`.
const TIMEOUT: Code = Code::new(1460);
/// `ERROR_GEN_FAILURE`.
const GEN_FAILURE: Code = Code::new(31);
/// `CONDITION_VARIABLE_LOCKMODE_SHARED`.
const SHARED: u32 = 1;

fn limit(milliseconds: u32) -> Option<Duration> {
    (milliseconds != INFINITE).then(|| Duration::from_millis(milliseconds.into()))
}

/// Prepares a critical section.
#[unsafe(export_name = "ws2_InitializeCriticalSection")]
pub unsafe extern "system" fn InitializeCriticalSection(section: *mut CriticalSection) {
    // SAFETY: the caller gives memory for it.
    unsafe { section.write(CriticalSection::initialized()) };
}

/// Prepares a critical section and keeps a wish for spinning.
#[unsafe(export_name = "ws2_InitializeCriticalSectionAndSpinCount")]
pub unsafe extern "system" fn InitializeCriticalSectionAndSpinCount(section: *mut CriticalSection, spins: u32) -> i32 {
    // SAFETY: the caller gives memory for it.
    unsafe {
        InitializeCriticalSection(section);
        (*section).set_spins(spins as usize);
    }
    1
}

/// As [`InitializeCriticalSectionAndSpinCount`]; the flags are for debuggers.
#[unsafe(export_name = "ws2_InitializeCriticalSectionEx")]
pub unsafe extern "system" fn InitializeCriticalSectionEx(
    section: *mut CriticalSection,
    spins: u32,
    _flags: u32,
) -> i32 {
    // SAFETY: the caller gives memory for it.
    unsafe { InitializeCriticalSectionAndSpinCount(section, spins) }
}

/// Keeps a wish for spinning and tells the one before.
#[unsafe(export_name = "ws2_SetCriticalSectionSpinCount")]
pub unsafe extern "system" fn SetCriticalSectionSpinCount(section: *mut CriticalSection, spins: u32) -> u32 {
    // SAFETY: the caller gives a critical section.
    unsafe { (*section).set_spins(spins as usize) as u32 }
}

/// Takes a critical section.
#[unsafe(export_name = "ws2_EnterCriticalSection")]
pub unsafe extern "system" fn EnterCriticalSection(section: *mut CriticalSection) {
    // SAFETY: the caller gives a critical section.
    unsafe { (*section).enter() };
}

/// Takes a critical section if it is free.
#[unsafe(export_name = "ws2_TryEnterCriticalSection")]
pub unsafe extern "system" fn TryEnterCriticalSection(section: *mut CriticalSection) -> i32 {
    // SAFETY: the caller gives a critical section.
    unsafe { (*section).try_enter().into() }
}

/// Gives a critical section back.
#[unsafe(export_name = "ws2_LeaveCriticalSection")]
pub unsafe extern "system" fn LeaveCriticalSection(section: *mut CriticalSection) {
    // SAFETY: the caller gives a critical section.
    unsafe { (*section).leave() };
}

/// Ends a critical section, which has nothing that is not in its memory.
#[unsafe(export_name = "ws2_DeleteCriticalSection")]
pub unsafe extern "system" fn DeleteCriticalSection(section: *mut CriticalSection) {
    // SAFETY: the caller gives a critical section.
    unsafe { section.write(CriticalSection::default()) };
}

/// The aligned word of a lock or condition variable, which has eight bytes and need not be aligned: in a packed structure it
/// is not (unaligned_srwlock of dlls/kernel32/tests/sync.c, checked on Windows).
fn word<T>(of: *mut T) -> *mut T {
    of.map_addr(|address| address.next_multiple_of(align_of::<T>()))
}

/// Prepares a slim lock.
#[unsafe(export_name = "ws2_InitializeSRWLock")]
pub unsafe extern "system" fn InitializeSRWLock(lock: *mut SlimLock) {
    // SAFETY: the caller gives memory for it, eight bytes.
    unsafe { lock.cast::<u64>().write_unaligned(0) };
}

/// Takes a slim lock for writing.
#[unsafe(export_name = "ws2_AcquireSRWLockExclusive")]
pub unsafe extern "system" fn AcquireSRWLockExclusive(lock: *mut SlimLock) {
    // SAFETY: the caller gives a slim lock.
    unsafe { (*word(lock)).write() };
}

/// Takes a slim lock for reading.
#[unsafe(export_name = "ws2_AcquireSRWLockShared")]
pub unsafe extern "system" fn AcquireSRWLockShared(lock: *mut SlimLock) {
    // SAFETY: the caller gives a slim lock.
    unsafe { (*word(lock)).read() };
}

/// Takes a slim lock for writing if it is free.
#[unsafe(export_name = "ws2_TryAcquireSRWLockExclusive")]
pub unsafe extern "system" fn TryAcquireSRWLockExclusive(lock: *mut SlimLock) -> u8 {
    // SAFETY: the caller gives a slim lock.
    unsafe { (*word(lock)).try_write().into() }
}

/// Takes a slim lock for reading if nobody writes.
#[unsafe(export_name = "ws2_TryAcquireSRWLockShared")]
pub unsafe extern "system" fn TryAcquireSRWLockShared(lock: *mut SlimLock) -> u8 {
    // SAFETY: the caller gives a slim lock.
    unsafe { (*word(lock)).try_read().into() }
}

/// Ends writing.
#[unsafe(export_name = "ws2_ReleaseSRWLockExclusive")]
pub unsafe extern "system" fn ReleaseSRWLockExclusive(lock: *mut SlimLock) {
    // SAFETY: the caller gives a slim lock.
    unsafe { (*word(lock)).end_write() };
}

/// Ends reading.
#[unsafe(export_name = "ws2_ReleaseSRWLockShared")]
pub unsafe extern "system" fn ReleaseSRWLockShared(lock: *mut SlimLock) {
    // SAFETY: the caller gives a slim lock.
    unsafe { (*word(lock)).end_read() };
}

/// Prepares a condition variable.
#[unsafe(export_name = "ws2_InitializeConditionVariable")]
pub unsafe extern "system" fn InitializeConditionVariable(condition: *mut Condition) {
    // SAFETY: the caller gives memory for it, eight bytes.
    unsafe { condition.cast::<u64>().write_unaligned(0) };
}

/// Waits for a condition outside of a critical section.
#[unsafe(export_name = "ws2_SleepConditionVariableCS")]
pub unsafe extern "system" fn SleepConditionVariableCS(
    condition: *mut Condition,
    section: *mut CriticalSection,
    milliseconds: u32,
) -> i32 {
    // SAFETY: the caller gives both.
    let (condition, section) = unsafe { (&*word(condition), &*section) };
    woken(condition.sleep(|| section.leave(), || section.enter(), limit(milliseconds)))
}

/// Waits for a condition outside of a slim lock.
#[unsafe(export_name = "ws2_SleepConditionVariableSRW")]
pub unsafe extern "system" fn SleepConditionVariableSRW(
    condition: *mut Condition,
    lock: *mut SlimLock,
    milliseconds: u32,
    flags: u32,
) -> i32 {
    // SAFETY: the caller gives both.
    let (condition, lock) = unsafe { (&*word(condition), &*word(lock)) };
    woken(match flags {
        0 => condition.sleep(|| lock.end_write(), || lock.write(), limit(milliseconds)),
        SHARED => condition.sleep(|| lock.end_read(), || lock.read(), limit(milliseconds)),
        _ => return truth(Err(error::INVALID_PARAMETER)),
    })
}

fn woken(in_time: bool) -> i32 {
    truth(if in_time { Ok(()) } else { Err(TIMEOUT) })
}

/// Waits until somebody wakes the address, as long as the value there is the one to compare with; may return early.
///
/// Docs: "WaitOnAddress function": values of 1, 2, 4 or 8 bytes, `ERROR_TIMEOUT`.
#[unsafe(export_name = "ws2_WaitOnAddress")]
pub unsafe extern "system" fn WaitOnAddress(
    address: *const c_void,
    compareaddress: *const c_void,
    addresssize: usize,
    dwmilliseconds: u32,
) -> i32 {
    if !matches!(addresssize, 1 | 2 | 4 | 8) || !usable(address) || !usable(compareaddress) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // Byte by byte, for a value may lie anywhere: a change halfway is one of which the waiter is told.
    let has_changed = || {
        (0..addresssize).any(|place| {
            // SAFETY: the caller gives so many bytes at both addresses; those of the first may change meanwhile.
            unsafe {
                let now = AtomicU8::from_ptr(address.cast::<u8>().cast_mut().add(place)).load(Ordering::SeqCst);
                now != compareaddress.cast::<u8>().add(place).read()
            }
        })
    };
    woken(address_wait::wait(address.addr(), has_changed, limit(dwmilliseconds)))
}

/// Wakes one who waits for the address.
#[unsafe(export_name = "ws2_WakeByAddressSingle")]
pub extern "system" fn WakeByAddressSingle(address: *const c_void) {
    address_wait::wake_one(address.addr());
}

/// Wakes all who wait for the address.
#[unsafe(export_name = "ws2_WakeByAddressAll")]
pub extern "system" fn WakeByAddressAll(address: *const c_void) {
    address_wait::wake_all(address.addr());
}

/// Wakes one who waits for a condition.
#[unsafe(export_name = "ws2_WakeConditionVariable")]
pub unsafe extern "system" fn WakeConditionVariable(condition: *mut Condition) {
    // SAFETY: the caller gives a condition variable.
    unsafe { (*word(condition)).wake_one() };
}

/// Wakes all who wait for a condition.
#[unsafe(export_name = "ws2_WakeAllConditionVariable")]
pub unsafe extern "system" fn WakeAllConditionVariable(condition: *mut Condition) {
    // SAFETY: the caller gives a condition variable.
    unsafe { (*word(condition)).wake_all() };
}

/// What `InitOnceExecuteOnce` calls.
pub type PINIT_ONCE_FN = Option<unsafe extern "system" fn(*mut Once, *mut c_void, *mut *mut c_void) -> i32>;

/// Does work once.
#[unsafe(export_name = "ws2_InitOnceExecuteOnce")]
pub unsafe extern "system" fn InitOnceExecuteOnce(
    initonce: *mut Once,
    initfn: PINIT_ONCE_FN,
    parameter: *mut c_void,
    context: *mut *mut c_void,
) -> i32 {
    let Some(work) = initfn else { return truth(Err(error::INVALID_PARAMETER)) };
    // SAFETY: the caller gives a structure for it, and a function that takes what is given here.
    let left = unsafe {
        (*initonce).run(|| {
            // The caller's own place (test_initonce of dlls/kernel32/tests/sync.c, checked on Windows).
            let mut own = std::ptr::null_mut();
            let place = if usable(context) { context } else { &raw mut own };
            (work(initonce, parameter, place) != 0).then(|| place.read_unaligned().expose_provenance())
        })
    };
    if let Some(left) = left.filter(|_| usable(context)) {
        // SAFETY: the caller gives a place for it.
        unsafe { context.write_unaligned(std::ptr::with_exposed_provenance_mut(left)) };
    }
    left.is_some().into()
}

/// Prepares for work that is done once.
#[unsafe(export_name = "ws2_InitOnceInitialize")]
pub unsafe extern "system" fn InitOnceInitialize(initonce: *mut Once) {
    // SAFETY: the caller gives memory for it.
    unsafe { initonce.write(Once::default()) };
}

const CHECK_ONLY: u32 = 1;
const ASYNC: u32 = 2;
const INIT_FAILED: u32 = 4;

fn manner(flags: u32) -> Manner {
    if flags & ASYNC != 0 { Manner::Racing } else { Manner::Alone }
}

/// Begins work that is done once, or tells what it left.
#[unsafe(export_name = "ws2_InitOnceBeginInitialize")]
pub unsafe extern "system" fn InitOnceBeginInitialize(
    initonce: *mut Once,
    flags: u32,
    pending: *mut i32,
    context: *mut *mut c_void,
) -> i32 {
    // SAFETY: the caller gives a structure for it.
    let once = unsafe { &*initonce };
    let entered = match flags {
        CHECK_ONLY => once.done().map(Entered::Done).ok_or(GEN_FAILURE),
        0 | ASYNC => once.enter(manner(flags)),
        _ => Err(error::INVALID_PARAMETER),
    };
    // SAFETY: the caller gives places for both.
    truth(entered.map(|entered| unsafe {
        if usable(pending) {
            pending.write_unaligned((entered == Entered::Begun).into());
        }
        if let Entered::Done(left) = entered
            && usable(context)
        {
            context.write_unaligned(std::ptr::with_exposed_provenance_mut(left));
        }
    }))
}

/// Ends work that is done once.
#[unsafe(export_name = "ws2_InitOnceComplete")]
pub unsafe extern "system" fn InitOnceComplete(initonce: *mut Once, flags: u32, context: *mut c_void) -> i32 {
    if flags & !(ASYNC | INIT_FAILED) != 0 || flags & INIT_FAILED != 0 && !context.is_null() {
        return truth(Err(error::INVALID_PARAMETER));
    }
    let left = (flags & INIT_FAILED == 0).then(|| context.expose_provenance());
    // SAFETY: the caller gives a structure for it.
    truth(unsafe { (*initonce).leave(manner(flags), left) })
}

/// A place for a value of each thread.
#[unsafe(export_name = "ws2_TlsAlloc")]
pub extern "system" fn TlsAlloc() -> u32 {
    or(u32::MAX, values::allocate())
}

/// Gives a place back.
#[unsafe(export_name = "ws2_TlsFree")]
pub extern "system" fn TlsFree(index: u32) -> i32 {
    truth(values::free(index))
}

/// The calling thread's value.
#[unsafe(export_name = "ws2_TlsGetValue")]
pub extern "system" fn TlsGetValue(index: u32) -> *mut c_void {
    // Docs: "TlsGetValue function": null is a value like others, so success clears the last error.
    let value = values::get(index).inspect(|_| set_last_error(Code::new(0)));
    or(std::ptr::null_mut(), value.map(std::ptr::with_exposed_provenance_mut))
}

/// Sets the calling thread's value.
#[unsafe(export_name = "ws2_TlsSetValue")]
pub extern "system" fn TlsSetValue(index: u32, value: *mut c_void) -> i32 {
    truth(values::set(index, value.expose_provenance()))
}

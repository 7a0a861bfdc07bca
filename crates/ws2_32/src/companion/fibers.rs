//! Fibers: stacks that a thread changes between when the program says so.
//!
//! A fiber's data is its first field, which is where `GetFiberData` of programs looks for it. A switch costs no system call:
//! it saves the registers that System V's ABI has a function keep, and goes on on the other stack. Signal masks are the
//! thread's.

use std::arch::naked_asm;
use std::cell::Cell;
use std::ffi::c_void;
use std::ops::Range;
use std::ptr::{null_mut, without_provenance_mut};

use winbase::fiber_values::Owner;
use winbase::{Code, error};
use winsock::set_last_error;

use super::{or, truth};
use crate::threads::ExitThread;

/// What a fiber runs.
pub type LPFIBER_START_ROUTINE = Option<extern "C" fn(*mut c_void)>;

/// `ERROR_ALREADY_FIBER` and `ERROR_ALREADY_THREAD`.
const ALREADY_FIBER: Code = Code::new(1280);
const ALREADY_THREAD: Code = Code::new(1281);
/// `FIBER_FLAG_FLOAT_SWITCH`: the control words are switched whether it is given or not.
const FLOAT_SWITCH: u32 = 1;
/// What the place of the running fiber holds in Windows' threads without one: programs compare with it.
const NO_FIBER: usize = 0x1e00;

/// What a program of Windows reserves for a stack unless it says otherwise.
const USUAL_STACK_BYTES: usize = 1 << 20;
/// Linux' C library needs more of a stack than Windows' smallest has.
const LEAST_STACK_BYTES: usize = 256 << 10;
const PAGE_BYTES: usize = 4096;
/// What [`exchange`] keeps on the stack of who waits: two control words, six registers, and where to go on.
const KEPT_WORDS: usize = 8;
/// `MXCSR` and the x87 control word as a program begins with them.
const USUAL_CONTROL_WORDS: u64 = 0x037f_0000_1f80;

/// A fiber, or a thread that has become one.
#[repr(C)]
pub struct Fiber {
    data: *mut c_void,
    stack_pointer: *mut u64,
    /// None for a thread's own.
    stack: Option<Stack>,
    values: Owner,
}

/// Memory of a stack, with a page below it that must not be touched.
struct Stack {
    start: *mut c_void,
    bytes: usize,
}

impl Stack {
    fn new(bytes: usize) -> Option<Stack> {
        let bytes = bytes.max(LEAST_STACK_BYTES).checked_next_multiple_of(PAGE_BYTES)?.checked_add(PAGE_BYTES)?;
        let (access, kind) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE);
        // SAFETY: new memory of the kernel's choice, of which the lowest page is taken back.
        unsafe {
            let start = libc::mmap(null_mut(), bytes, access, kind | libc::MAP_STACK, -1, 0);
            if start == libc::MAP_FAILED {
                return None;
            }
            let stack = Stack { start, bytes };
            (libc::mprotect(start, PAGE_BYTES, libc::PROT_NONE) == 0).then_some(stack)
        }
    }

    fn addresses(&self) -> Range<usize> {
        self.start.addr() + PAGE_BYTES..self.start.addr() + self.bytes
    }

    fn top(&self) -> *mut u64 {
        // SAFETY: one past the memory's end.
        unsafe { self.start.byte_add(self.bytes).cast() }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the memory is this stack's, on which nobody runs.
        unsafe { libc::munmap(self.start, self.bytes) };
    }
}

thread_local! {
    static RUNNING: Cell<*mut Fiber> = const { Cell::new(null_mut()) };
}

/// The stack of the running fiber, if it has one of its own.
pub(super) fn running_stack() -> Option<Range<usize>> {
    // SAFETY: a running fiber is this thread's until it is switched away from.
    let fiber = unsafe { RUNNING.get().as_ref() }?;
    fiber.stack.as_ref().map(Stack::addresses)
}

/// Makes the calling thread a fiber; the fiber, or null.
#[unsafe(export_name = "ws2_ConvertThreadToFiber")]
pub extern "system" fn ConvertThreadToFiber(lpparameter: *mut c_void) -> *mut Fiber {
    ConvertThreadToFiberEx(lpparameter, 0)
}

/// Makes the calling thread a fiber; the fiber, or null.
#[unsafe(export_name = "ws2_ConvertThreadToFiberEx")]
pub extern "system" fn ConvertThreadToFiberEx(lpparameter: *mut c_void, dwflags: u32) -> *mut Fiber {
    let fiber = if dwflags & !FLOAT_SWITCH != 0 {
        Err(error::INVALID_PARAMETER)
    } else if !RUNNING.get().is_null() {
        Err(ALREADY_FIBER)
    } else {
        let fiber = Fiber { data: lpparameter, stack_pointer: null_mut(), stack: None, values: Owner::current() };
        Ok(Box::into_raw(Box::new(fiber)))
    };
    or(null_mut(), fiber.inspect(|fiber| RUNNING.set(*fiber)))
}

/// Makes the running fiber the thread again that it was.
#[unsafe(export_name = "ws2_ConvertFiberToThread")]
pub extern "system" fn ConvertFiberToThread() -> i32 {
    let fiber = RUNNING.replace(null_mut());
    if fiber.is_null() {
        return truth(Err(ALREADY_THREAD));
    }
    // SAFETY: a running fiber is not deleted. The stack that the thread still runs on stays for good.
    std::mem::forget(unsafe { Box::from_raw(fiber) }.stack.take());
    1
}

/// Makes a fiber with a stack of the usual size, or a larger one.
#[unsafe(export_name = "ws2_CreateFiber")]
pub extern "system" fn CreateFiber(
    dwstacksize: usize,
    lpstartaddress: LPFIBER_START_ROUTINE,
    lpparameter: *mut c_void,
) -> *mut Fiber {
    CreateFiberEx(dwstacksize, 0, 0, lpstartaddress, lpparameter)
}

/// Makes a fiber; null if it cannot.
#[unsafe(export_name = "ws2_CreateFiberEx")]
pub extern "system" fn CreateFiberEx(
    dwstackcommitsize: usize,
    dwstackreservesize: usize,
    dwflags: u32,
    lpstartaddress: LPFIBER_START_ROUTINE,
    lpparameter: *mut c_void,
) -> *mut Fiber {
    let reserved = if dwstackreservesize == 0 { USUAL_STACK_BYTES } else { dwstackreservesize };
    let made = match lpstartaddress {
        Some(start) if dwflags & !FLOAT_SWITCH == 0 => {
            let stack = Stack::new(reserved.max(dwstackcommitsize)).ok_or(error::NOT_ENOUGH_MEMORY);
            stack.map(|stack| prepare(stack, start, lpparameter))
        }
        _ => Err(error::INVALID_PARAMETER),
    };
    or(null_mut(), made)
}

/// A fiber that runs `start` when it is first switched to.
fn prepare(stack: Stack, start: extern "C" fn(*mut c_void), data: *mut c_void) -> *mut Fiber {
    // In the order in which `exchange` takes them: control words, r15, r14, r13, r12, rbx, rbp, and where it returns to.
    let kept: [u64; KEPT_WORDS] = [
        USUAL_CONTROL_WORDS,
        0,
        0,
        start as usize as u64,
        data.expose_provenance() as u64,
        0,
        0,
        begin as *const () as u64,
    ];
    // SAFETY: the stack is larger than that. Above lies what `begin` would return to, which ends every walk over the
    // stack, and `begin` finds the stack aligned as the ABI wants it where a function begins.
    let stack_pointer = unsafe {
        let place = stack.top().sub(3 + KEPT_WORDS);
        place.copy_from_nonoverlapping(kept.as_ptr(), KEPT_WORDS);
        place
    };
    Box::into_raw(Box::new(Fiber { data, stack_pointer, stack: Some(stack), values: Owner::fresh() }))
}

/// Where a new fiber begins: calls r13 with r12, and ends the thread if it comes back.
#[unsafe(naked)]
extern "C" fn begin() -> ! {
    naked_asm!(
        "sub rsp, 8",
        "mov rdi, r12",
        "call r13",
        "add rsp, 8",
        "xor edi, edi",
        "jmp {exit}",
        exit = sym ExitThread,
    )
}

/// Leaves the calling stack, whose pointer goes to `own`, and goes on on `other`.
#[unsafe(naked)]
unsafe extern "C" fn exchange(own: *mut *mut u64, other: *mut u64) {
    naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "stmxcsr [rsp]",
        "fnstcw [rsp + 4]",
        "mov [rdi], rsp",
        "mov rsp, rsi",
        "ldmxcsr [rsp]",
        "fldcw [rsp + 4]",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// Leaves the running fiber and goes on with another. A thread that is no fiber stays where it is.
#[unsafe(export_name = "ws2_SwitchToFiber")]
pub unsafe extern "system" fn SwitchToFiber(lpfiber: *mut Fiber) {
    let own = RUNNING.get();
    if own.is_null() || lpfiber.is_null() {
        return set_last_error(error::INVALID_PARAMETER);
    }
    if own == lpfiber {
        return;
    }
    RUNNING.set(lpfiber);
    // SAFETY: the program gives a fiber that is neither deleted nor run by another thread. Whoever comes back here may be
    // on another thread, so nothing of the thread is looked at behind the call.
    unsafe {
        (*lpfiber).values.take_over();
        exchange(&raw mut (*own).stack_pointer, (*lpfiber).stack_pointer);
    }
}

/// Deletes a fiber and lets go of its values; the running one takes its thread with it.
#[unsafe(export_name = "ws2_DeleteFiber")]
pub unsafe extern "system" fn DeleteFiber(lpfiber: *mut Fiber) {
    if lpfiber.is_null() {
        return;
    }
    if lpfiber == RUNNING.get() {
        // Docs: "DeleteFiber function". Its stack is in use, and stays for good.
        ExitThread(1);
    }
    // SAFETY: the program gives a fiber, and does not use it again.
    let fiber = unsafe { Box::from_raw(lpfiber) };
    fiber.values.end();
}

/// Whether the calling thread is a fiber.
#[unsafe(export_name = "ws2_IsThreadAFiber")]
pub extern "system" fn IsThreadAFiber() -> i32 {
    (!RUNNING.get().is_null()).into()
}

/// The running fiber; 0x1e00 in a thread that is none.
#[unsafe(export_name = "ws2_GetCurrentFiber")]
pub extern "system" fn GetCurrentFiber() -> *mut Fiber {
    let fiber = RUNNING.get();
    if fiber.is_null() { without_provenance_mut(NO_FIBER) } else { fiber }
}

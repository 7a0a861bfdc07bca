//! Threads: begun with a C function, ended by its return or from anywhere within it, known by number.

use std::arch::naked_asm;
use std::cell::Cell;
use std::ffi::c_void;
use std::ops::Range;

use super::Errno;

/// What a new thread runs.
#[derive(Clone, Copy, Debug)]
pub enum Routine {
    /// Returns the thread's exit code.
    WithCode(extern "C" fn(*mut c_void) -> u32),
    /// Returns nothing; the exit code is 0.
    Plain(extern "C" fn(*mut c_void)),
}

/// All that a new thread needs.
pub(crate) struct Start {
    /// Runs first.
    pub(crate) begin: Box<dyn FnOnce() + Send>,
    pub(crate) routine: Routine,
    /// The routine's argument, an address or any other value.
    pub(crate) argument: usize,
    /// Told the exit code, if the routine returns.
    pub(crate) returned: fn(u32),
}

/// Windows reserves no less for a thread that asks for little.
const LEAST_STACK: usize = 1 << 20;
const PAGE: usize = 4096;

thread_local! {
    /// Where [`leave`] goes back to: the stack pointer inside of [`enter`]; 0 in threads that [`begin`] did not make.
    static PLACE: Cell<usize> = const { Cell::new(0) };
    /// What the thread was last left with.
    static LEFT_WITH: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Begins a thread that nobody joins. A stack of 0 bytes means the system's default.
pub(crate) fn begin(start: Start, stack_bytes: usize) -> Result<(), Errno> {
    // SAFETY: all zero is where initialising starts from.
    let mut attributes: libc::pthread_attr_t = unsafe { std::mem::zeroed() };
    let mut thread: libc::pthread_t = 0;
    let start = Box::into_raw(Box::new(start));
    // SAFETY: the attributes are initialised first, used, then destroyed; `thread` is a live local; `main` takes the
    // start that is its argument.
    let failed = unsafe {
        libc::pthread_attr_init(&raw mut attributes);
        libc::pthread_attr_setdetachstate(&raw mut attributes, libc::PTHREAD_CREATE_DETACHED);
        if stack_bytes > 0 {
            let bytes = stack_bytes.max(LEAST_STACK).checked_next_multiple_of(PAGE).unwrap_or(stack_bytes);
            libc::pthread_attr_setstacksize(&raw mut attributes, bytes);
        }
        let failed = libc::pthread_create(&raw mut thread, &raw const attributes, main, start.cast());
        libc::pthread_attr_destroy(&raw mut attributes);
        failed
    };
    if failed == 0 {
        return Ok(());
    }
    // SAFETY: no thread was made that could have taken it.
    drop(unsafe { Box::from_raw(start) });
    Err(Errno(failed))
}

extern "C" fn main(start: *mut c_void) -> *mut c_void {
    // SAFETY: `begin` made it for this one call.
    let Start { begin, routine, argument, returned } = *unsafe { Box::from_raw(start.cast::<Start>()) };
    begin();
    let argument = std::ptr::with_exposed_provenance_mut(argument);
    let (routine, has_code) = match routine {
        Routine::WithCode(routine) => (routine as *const c_void, true),
        Routine::Plain(routine) => (routine as *const c_void, false),
    };
    PLACE.with(|place| {
        // SAFETY: the program gave the routine for this argument; the place is this thread's own and outlives the call.
        let code = unsafe { enter(routine, argument, place.as_ptr()) };
        place.set(0);
        // A plain routine leaves anything in the register of the result.
        if has_code {
            returned(code);
        }
    });
    std::ptr::null_mut()
}

/// Calls a routine and returns what it returns, or what [`leave`] was given meanwhile.
///
/// # Safety
/// The routine is a C function that takes this argument; the place may be written.
#[unsafe(naked)]
unsafe extern "C" fn enter(routine: *const c_void, argument: *mut c_void, place: *mut usize) -> u32 {
    // The registers that a function must give back, and eight bytes that align the stack.
    naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "mov [rdx], rsp",
        "mov rax, rdi",
        "mov rdi, rsi",
        "call rax",
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

/// Goes back to where `enter` left its stack pointer, and returns `code` from there.
#[unsafe(naked)]
unsafe extern "C" fn leave(place: usize, code: u32) -> ! {
    naked_asm!(
        "mov eax, esi",
        "mov rsp, rdi",
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

/// Ends the routine of the calling thread here and now, as if it had returned `code`. What lies between on the stack is
/// not dropped, as Windows does not. Returns only in threads that this library did not make.
///
/// From what a blocking call of this library runs it goes back to that call, which fails with `WSAEINTR` after it has let go of
/// what it holds; [`leave_after_call`] goes on from there.
///
/// # Safety
/// No frame between here and the routine, or that call, holds a lock or lends memory of its own to another thread.
pub unsafe fn leave_thread(code: u32) {
    match PLACE.get() {
        0 => {}
        place => {
            LEFT_WITH.set(Some(code));
            // SAFETY: `enter` has not returned in this thread, so its frame is whole; the caller vouches for those above it.
            unsafe { leave(place, code) }
        }
    }
}

/// Goes on with leaving the thread, if what a blocking call of it has run was left by [`leave_thread`].
///
/// # Safety
/// As for [`leave_thread`]; that call has returned.
#[cold]
pub unsafe fn leave_after_call() {
    if let Some(code) = LEFT_WITH.take() {
        // SAFETY: the caller's promise.
        unsafe { leave_thread(code) };
    }
}

/// Runs `run`; false if [`leave_thread`] left it, of which the callers are to let go of what they hold.
pub(crate) fn returns_from(run: &mut dyn FnMut()) -> bool {
    extern "C" fn call(run: *mut c_void) -> u32 {
        // SAFETY: it is what `returns_from` made of its own, which waits for this.
        unsafe { (*run.cast::<&mut dyn FnMut()>())() };
        0
    }
    let outer = PLACE.get();
    if outer == 0 {
        run();
        return true;
    }
    let mut run = run;
    let run = (&raw mut run).cast();
    // SAFETY: the routine takes what it is given; the place is this thread's own, and has its former value back after this.
    PLACE.with(|place| unsafe { enter(call as *const c_void, run, place.as_ptr()) });
    PLACE.set(outer);
    LEFT_WITH.get().is_none()
}

/// Linux' number of the calling thread.
pub(crate) fn id() -> u32 {
    // SAFETY: no arguments.
    unsafe { libc::gettid() }.cast_unsigned()
}

/// Whether this is the thread that the process began with.
pub(crate) fn is_main() -> bool {
    id() == std::process::id()
}

/// The addresses of the calling thread's stack.
pub(crate) fn own_stack() -> Option<Range<usize>> {
    // SAFETY: all zero is where initialising starts from; filled by the call, destroyed after it.
    unsafe {
        let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &raw mut attributes) != 0 {
            return None;
        }
        let (mut lowest, mut bytes) = (std::ptr::null_mut::<c_void>(), 0);
        let known = libc::pthread_attr_getstack(&raw const attributes, &raw mut lowest, &raw mut bytes) == 0;
        libc::pthread_attr_destroy(&raw mut attributes);
        known.then(|| lowest.addr()..lowest.addr() + bytes)
    }
}

//! What Windows keeps beside each thread and programs look at: the bounds of its stack.

use std::cell::{OnceCell, UnsafeCell};
use std::ffi::c_void;
use std::ops::Range;
use std::ptr::{null_mut, with_exposed_provenance_mut};

use winsock::wait::current_thread_stack;

use super::fibers;
use crate::boundary::usable;

/// `NT_TIB`. Programs of 64 bits have no list of handlers in it.
#[repr(C)]
pub struct NT_TIB {
    exception_list: *mut c_void,
    stack_base: *mut c_void,
    stack_limit: *mut c_void,
    sub_system_tib: *mut c_void,
    fiber_data: *mut c_void,
    arbitrary_user_pointer: *mut c_void,
    itself: *mut NT_TIB,
}

thread_local! {
    static THREADS_OWN: OnceCell<Range<usize>> = const { OnceCell::new() };
    static BLOCK: UnsafeCell<NT_TIB> = const {
        UnsafeCell::new(NT_TIB {
            exception_list: null_mut(),
            stack_base: null_mut(),
            stack_limit: null_mut(),
            sub_system_tib: null_mut(),
            fiber_data: null_mut(),
            arbitrary_user_pointer: null_mut(),
            itself: null_mut(),
        })
    };
}

/// The calling thread's block: as much of it as Microsoft documents.
#[unsafe(export_name = "ws2_NtCurrentTeb")]
pub extern "system" fn NtCurrentTeb() -> *mut NT_TIB {
    let block = BLOCK.with(UnsafeCell::get);
    let stack = stack();
    // SAFETY: the block is this thread's, which does nothing else with it meanwhile.
    unsafe {
        (*block).stack_base = with_exposed_provenance_mut(stack.end);
        (*block).stack_limit = with_exposed_provenance_mut(stack.start);
        (*block).fiber_data = fibers::GetCurrentFiber().cast();
        (*block).itself = block;
    }
    block
}

/// The lowest address of the calling thread's stack and the one behind its highest. On Windows the first is what is
/// reserved, as it is here.
#[unsafe(export_name = "ws2_GetCurrentThreadStackLimits")]
pub unsafe extern "system" fn GetCurrentThreadStackLimits(lowlimit: *mut usize, highlimit: *mut usize) {
    let stack = stack();
    for (place, address) in [(lowlimit, stack.start), (highlimit, stack.end)] {
        if usable(place) {
            // SAFETY: usable, and the caller's to write to.
            unsafe { place.write_unaligned(address) };
        }
    }
}

fn stack() -> Range<usize> {
    fibers::running_stack().unwrap_or_else(|| {
        THREADS_OWN.with(|stack| stack.get_or_init(|| current_thread_stack().unwrap_or_default()).clone())
    })
}

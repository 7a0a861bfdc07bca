//! Values of the fiber, or of a thread that has none, with a call that lets go of them.

use std::ffi::c_void;
use std::sync::Arc;

use winbase::Code;
use winbase::fiber_values::{self as values, LetGo};
use winsock::set_last_error;

use super::{or, truth};

/// What lets go of a value.
pub type PFLS_CALLBACK_FUNCTION = Option<unsafe extern "system" fn(*mut c_void)>;

/// When the library ends, after the program's own functions of `atexit` and destructors.
extern "C" fn end() {
    values::end_process();
}

// SAFETY: a function without arguments, called once when the process ends by `exit` or by returning from `main`.
#[unsafe(link_section = ".fini_array")]
#[used]
static END: extern "C" fn() = end;

/// A place for a value of each fiber.
#[unsafe(export_name = "ws2_FlsAlloc")]
pub unsafe extern "system" fn FlsAlloc(lpcallback: PFLS_CALLBACK_FUNCTION) -> u32 {
    or(
        u32::MAX,
        values::allocate(lpcallback.map(|callback| -> LetGo {
            // SAFETY: the program gave the function for the values that it sets.
            Arc::new(move |value| unsafe { callback(std::ptr::with_exposed_provenance_mut(value)) })
        })),
    )
}

/// Gives a place back.
#[unsafe(export_name = "ws2_FlsFree")]
pub extern "system" fn FlsFree(dwflsindex: u32) -> i32 {
    truth(values::free(dwflsindex))
}

/// The running fiber's value.
#[unsafe(export_name = "ws2_FlsGetValue")]
pub extern "system" fn FlsGetValue(dwflsindex: u32) -> *mut c_void {
    // Docs: "FlsGetValue function": null is a value like others, so success clears the last error.
    let value = values::get(dwflsindex).inspect(|_| set_last_error(Code::new(0)));
    or(std::ptr::null_mut(), value.map(std::ptr::with_exposed_provenance_mut))
}

/// Sets the running fiber's value.
#[unsafe(export_name = "ws2_FlsSetValue")]
pub extern "system" fn FlsSetValue(dwflsindex: u32, lpflsdata: *mut c_void) -> i32 {
    truth(values::set(dwflsindex, lpflsdata.expose_provenance()))
}

//! The part of kernel32, user32, iphlpapi and others that console programs use, by their names.
//!
//! One shared library, because the state is shared: the thread's last error, the table of handles. Decisions are made by
//! the crate `winbase`. Functions of a few lines, and those with a variable number of arguments, stand in the headers as
//! `static inline`.
//!
//! Rust programs have the standard library for all of this, so the functions have C symbols only.

use winsock::{Code, set_last_error};

use crate::types::HANDLE;

pub mod adapters;
pub mod alertable_transfer;
pub mod clock;
pub mod code_pages;
pub mod console;
pub mod console_input;
pub mod control_handler;
pub mod crt;
pub mod date_text;
pub mod descriptors;
pub mod dns;
pub mod fiber_values;
pub mod fibers;
pub mod file_locks;
pub mod files;
pub mod find;
pub mod icmp;
pub mod ip_strings;
pub mod keyboard;
pub mod locales;
pub mod locks;
pub mod mappings;
pub mod media_timers;
pub mod memory;
pub mod modules;
pub mod named_pipes;
pub mod names;
pub mod netio;
pub mod netio_changes;
pub mod netio_interfaces;
pub mod network_changes;
pub mod network_tables;
pub mod nt;
pub mod pipes;
pub mod pool_groups;
pub mod pool_instances;
pub mod pool_timers;
pub mod pool_waits;
pub mod process_lists;
pub mod processes;
pub mod profiles;
pub mod randoms;
pub mod serial;
pub mod shell_folders;
pub mod spawn;
mod stdio;
pub mod strings;
pub mod system;
pub mod thread_block;
pub mod thread_pool;
pub mod transfer;

/// A function that takes or gives text, exported three times: for narrow text and for wide text of both widths. `T` in
/// its signature and body is the unit of text.
macro_rules! text_function {
    (
        $(#[$doc:meta])*
        $narrow:ident, $wide:ident, $wide32:ident,
        ($($argument:ident: $type:ty),* $(,)?) -> $result:ty $body:block
    ) => {
        text_function!(@one u8, $narrow, ($($argument: $type),*) -> $result $body);
        text_function!(@one u16, $wide, ($($argument: $type),*) -> $result $body);
        text_function!(@one u32, $wide32, ($($argument: $type),*) -> $result $body);
    };
    (@one $unit:ty, $name:ident, ($($argument:ident: $type:ty),*) -> $result:ty $body:block) => {
        const _: () = {
            type T = $unit;
            #[allow(unused, reason = "not every function with text names its unit in its body")]
            const fn unit() -> usize { size_of::<T>() }
            #[unsafe(no_mangle)]
            unsafe extern "system" fn $name($($argument: $type),*) -> $result $body
        };
    };
}
pub(crate) use text_function;

/// TRUE, or FALSE with the thread's last error.
pub(crate) fn truth(result: Result<(), Code>) -> i32 {
    crate::overlapped::win32(result)
}

/// The value, or `failure` with the thread's last error.
pub(crate) fn or<T>(failure: T, result: Result<T, Code>) -> T {
    result.unwrap_or_else(|code| {
        set_last_error(code);
        failure
    })
}

/// A number in the shape of a HANDLE.
pub(crate) fn handle(number: usize) -> HANDLE {
    std::ptr::without_provenance_mut(number)
}

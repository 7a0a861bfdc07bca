//! The part of kernel32, user32 and iphlpapi that console programs with sockets use, on Linux, in safe Rust.
//!
//! The crate `ws2_32` puts the C ABI over these functions, beside Winsock's: the handles and the thread's last error are
//! shared. Every failure is a Win32 error, as [`Code`]: what `GetLastError` gives on Windows.
//!
//! What has no counterpart here (windows, services, the registry) is not there at all: a program that needs it does not
//! link, and the linker names the function.

pub mod address_wait;
pub mod affinity;
pub mod code_page;
pub mod command_line;
pub mod console;
pub mod console_keys;
pub mod date_text;
pub mod dns;
pub mod error;
pub mod fiber_values;
pub mod file;
pub mod io_callbacks;
pub mod lock;
pub mod message_box;
pub mod network;
pub mod path;
pub mod pool_timer;
pub mod pool_wait;
pub mod process;
pub mod process_list;
pub mod profile;
pub mod random;
pub mod registered_wait;
pub mod serial;
pub mod shell_folder;
pub mod slim_lock;
mod sync;
pub mod system;
pub mod thread_pool;
pub mod thread_values;
pub mod time;
pub mod timer_queue;
pub mod times;

pub use winsock::Code;

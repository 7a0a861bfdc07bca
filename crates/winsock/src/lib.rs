//! Winsock 2 semantics on Linux, in safe Rust: calls that fail exactly as Windows does.

pub mod message;
pub mod names;
mod process;
mod sys;
pub mod win32;

pub use process::{cleanup, is_started, startup};
pub use winsock_codes::Code;

//! What needs the system's own calls, and the only unsafe code of this crate.

#[cfg(target_os = "linux")]
pub(crate) mod map;

//! Numbers for objects.

pub mod file;
pub(crate) mod objects;
pub(crate) mod table;

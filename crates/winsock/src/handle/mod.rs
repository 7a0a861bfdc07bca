//! Numbers for objects.

pub mod file;
pub(crate) mod objects;
mod slot;
pub(crate) mod table;

//! Numbers for objects.

pub(crate) mod codes;
pub mod file;
pub(crate) mod objects;
mod slot;
pub(crate) mod table;

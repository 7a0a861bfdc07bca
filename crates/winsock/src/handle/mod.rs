//! Numbers for objects.

pub(crate) mod objects;
mod slot;
pub(crate) mod table;

//! Numbers for objects.

pub(crate) mod objects;
pub(crate) mod table;

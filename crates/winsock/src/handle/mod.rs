//! Numbers for objects.

pub(crate) mod codes;
pub(crate) mod objects;
pub(crate) mod table;

//! Numbers for objects.

pub(crate) mod table;

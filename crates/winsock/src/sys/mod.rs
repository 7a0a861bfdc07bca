//! The only place that talks to Linux.
pub(crate) mod host;

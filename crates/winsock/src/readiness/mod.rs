//! Level-triggered questions about many sockets.

pub(crate) mod select;

//! Level-triggered questions about many sockets.

pub(crate) mod select;
pub(crate) mod wsa_poll;

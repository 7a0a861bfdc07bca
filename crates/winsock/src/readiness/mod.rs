//! Level-triggered questions about many sockets.

mod deaf;
pub(crate) mod select;
pub(crate) mod wsa_poll;

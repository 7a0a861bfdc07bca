//! `SO_OPENTYPE`: the one option that belongs to the thread and not to a socket.
//!
//! It says whether sockets to come shall be without overlapped calls. Every socket here can do both, so that it is kept
//! and changes nothing.

use std::cell::Cell;

use winsock_codes::Code;

thread_local! {
    static OPEN_TYPE: Cell<u32> = const { Cell::new(0) };
}

/// Docs: "SOL_SOCKET Socket Options", SO_OPENTYPE.
pub(crate) fn set(value: &[u8]) -> Result<(), Code> {
    let bytes = value.first_chunk().ok_or(Code::WSAEFAULT)?;
    OPEN_TYPE.set(u32::from_ne_bytes(*bytes));
    Ok(())
}

/// Fills in the value; returns its length.
pub(crate) fn get(value: &mut [u8]) -> Result<usize, Code> {
    let bytes = value.first_chunk_mut::<4>().ok_or(Code::WSAEFAULT)?;
    *bytes = OPEN_TYPE.get().to_ne_bytes();
    Ok(bytes.len())
}

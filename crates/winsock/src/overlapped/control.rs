//! `WSAIoctl` with an OVERLAPPED.

use winsock_codes::Code;

use super::operation::{self, Begun};
use super::{Record, Status};
use crate::handle::table::TABLE;
use crate::process::require_started;
use crate::socket::Socket;
use crate::socket::control::{Refusal, Subject};
use crate::win32::{SIO_GET_INTERFACE_LIST, SOCKET};

/// What came of beginning a control code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controlled {
    /// It ended at once with so many bytes of output. Its end is told all the same, with 0 bytes.
    Done(usize),
    /// Under way, or at an end that the call does not tell: `WSA_IO_PENDING`.
    Pending,
}

/// Begins a control code. `run` does the work of one that waits for nothing; those that wait for a change need it not.
///
/// # Errors
/// What the code's page says of its input and output; then nothing is told later, and the OVERLAPPED is left alone. A code
/// that is not supported is pending at first, and ends with `WSAEOPNOTSUPP`.
///
/// Source: checks of dlls/ws2_32/tests/sock.c that were validated on Windows (unsupported codes; FIONREAD and others with
/// an OVERLAPPED).
#[doc(alias = "WSAIoctl")]
pub fn begin_control(
    s: SOCKET,
    code: u32,
    input: &[u8],
    record: Record,
    run: impl FnOnce() -> Result<usize, Refusal>,
) -> Result<Controlled, Refusal> {
    require_started()?;
    let socket = TABLE.share(s)?;
    if let Some(subject) = Subject::of(code) {
        return match Socket::begin_change(&socket, subject, input, record)? {
            Begun::Failed(code) => Err(code.into()),
            _ => Ok(Controlled::Pending),
        };
    }
    let port = Socket::port_of(&socket, &record)?;
    let endpoint = &Socket::overlap(&socket).endpoint;
    // Windows answers this one, and what it does not know, in its kernel, later than the call.
    let in_kernel = code == SIO_GET_INTERFACE_LIST;
    let (status, bytes) = match run() {
        Ok(written) if in_kernel => (Status::SUCCESS, written),
        Err(refusal) if in_kernel && refusal.code == Code::WSAEFAULT => (Status::BUFFER_TOO_SMALL, 0),
        Err(refusal) if refusal.code == Code::WSAEOPNOTSUPP => (Status::NOT_SUPPORTED, 0),
        Err(refusal) => return Err(refusal),
        Ok(written) => {
            operation::end_begun(endpoint, port, record, (Status::SUCCESS, 0), false);
            return Ok(Controlled::Done(written));
        }
    };
    operation::end_begun(endpoint, port, record, (status, bytes as u32), true);
    Ok(Controlled::Pending)
}

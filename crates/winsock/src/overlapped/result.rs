//! [`Status`]: how an operation ended, in the kernel's number; `WSAGetOverlappedResult`.

use winsock_codes::{Code, related};

use super::Record;

/// An NTSTATUS: what `OVERLAPPED.Internal` holds.
///
/// One failure has three numbers, by who asks: this one in memory, [`Status::win32`] from
/// `GetQueuedCompletionStatus` and `GetLastError`, [`Status::code`] from `WSAGetOverlappedResult`. The catalogue holds
/// the table.
///
/// ```
/// use winsock::Code;
/// use winsock::overlapped::Status;
///
/// let reset = Status::of(Code::WSAECONNRESET);
/// assert_eq!(reset, Status::CONNECTION_RESET);
/// assert_eq!((reset.win32(), reset.code()), (64, Code::WSAECONNRESET));
/// assert_eq!((Status::CANCELLED.win32(), Status::CANCELLED.code().value()), (995, 995));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Status(pub u32);

impl Status {
    /// `STATUS_SUCCESS`.
    pub const SUCCESS: Status = Status(0);
    /// `STATUS_TIMEOUT`: the time of a poll is over. No failure.
    pub const TIMEOUT: Status = Status(0x102);
    /// `STATUS_PENDING`: not ended yet.
    pub const PENDING: Status = Status(0x103);
    /// `STATUS_CANCELLED`: cancelled, or its socket closed, or its thread ended.
    pub const CANCELLED: Status = Status(0xC000_0120);
    /// `STATUS_CONNECTION_RESET`: the peer's reset.
    pub const CONNECTION_RESET: Status = Status(0xC000_020D);
    /// `STATUS_BUFFER_OVERFLOW`: a datagram that was cut.
    pub const BUFFER_OVERFLOW: Status = Status(0x8000_0005);
    /// `STATUS_INVALID_BUFFER_SIZE`: a datagram that is too long to be sent.
    pub const INVALID_BUFFER_SIZE: Status = Status(0xC000_0206);
    /// `STATUS_BUFFER_TOO_SMALL`: no room for an address.
    pub const BUFFER_TOO_SMALL: Status = Status(0xC000_0023);
    /// `STATUS_PORT_UNREACHABLE`: an earlier datagram found nobody on its port.
    pub const PORT_UNREACHABLE: Status = Status(0xC000_023F);

    /// `STATUS_INVALID_HANDLE`.
    pub const INVALID_HANDLE: Status = Status(0xC000_0008);
    /// `STATUS_INVALID_PARAMETER`.
    pub const INVALID_PARAMETER: Status = Status(0xC000_000D);
    /// `STATUS_INSUFFICIENT_RESOURCES`.
    pub const INSUFFICIENT_RESOURCES: Status = Status(0xC000_009A);
    /// `STATUS_NOT_SUPPORTED`: a control code that nobody knows.
    pub const NOT_SUPPORTED: Status = Status(0xC000_00BB);
    /// `STATUS_PIPE_DISCONNECTED`: the server sent the client away.
    pub const PIPE_DISCONNECTED: Status = Status(0xC000_00B0);
    /// `STATUS_PIPE_CLOSING`: nobody reads what would be written.
    pub const PIPE_CLOSING: Status = Status(0xC000_00B1);
    /// `STATUS_PIPE_LISTENING`: no client has come.
    pub const PIPE_LISTENING: Status = Status(0xC000_00B3);
    /// `STATUS_PIPE_BROKEN`: the other end of a pipe is closed.
    pub const PIPE_BROKEN: Status = Status(0xC000_014B);
    /// `STATUS_END_OF_FILE`.
    pub const END_OF_FILE: Status = Status(0xC000_0011);
    /// `STATUS_IO_DEVICE_ERROR`.
    pub const IO_DEVICE_ERROR: Status = Status(0xC000_0185);

    /// How transfers on files and pipes end, and Win32's errors for that: Winsock has no code for them.
    const OF_FILES: [(Status, u32); 6] = [
        (Status::PIPE_DISCONNECTED, 233),
        (Status::PIPE_CLOSING, 232),
        (Status::PIPE_LISTENING, 536),
        (Status::PIPE_BROKEN, 109),
        (Status::END_OF_FILE, 38),
        (Status::IO_DEVICE_ERROR, 1117),
    ];

    /// Statuses that are neither Winsock's nor those of transfers on files, and Win32's errors for them.
    #[rustfmt::skip]
    const OF_OTHERS: [(u32, u32); 34] = [
        (0x0000_003F, 734), // STATUS_WAIT_63
        (0x0000_0080, 128), // STATUS_ABANDONED_WAIT_0
        (0x0000_00BF, 736), // STATUS_ABANDONED_WAIT_63
        (0x0000_00C0, 737), // STATUS_USER_APC
        (0x0000_0102, 1460), // STATUS_TIMEOUT
        (0x8000_0002, 998), // STATUS_DATATYPE_MISALIGNMENT
        (0x8000_0006, 18), // STATUS_NO_MORE_FILES
        (0x8000_001A, 259), // STATUS_NO_MORE_ENTRIES
        (0xC000_0001, 31), // STATUS_UNSUCCESSFUL
        (0xC000_0003, 87), // STATUS_INVALID_INFO_CLASS
        (0xC000_0004, 24), // STATUS_INFO_LENGTH_MISMATCH
        (0xC000_000D, 87), // STATUS_INVALID_PARAMETER
        (0xC000_0010, 1), // STATUS_INVALID_DEVICE_REQUEST
        (0xC000_0016, 234), // STATUS_MORE_PROCESSING_REQUIRED
        (0xC000_0033, 123), // STATUS_OBJECT_NAME_INVALID
        (0xC000_0035, 183), // STATUS_OBJECT_NAME_COLLISION
        (0xC000_0046, 288), // STATUS_MUTANT_NOT_OWNED
        (0xC000_0047, 298), // STATUS_SEMAPHORE_LIMIT_EXCEEDED
        (0xC000_0054, 33), // STATUS_FILE_LOCK_CONFLICT
        (0xC000_0055, 33), // STATUS_LOCK_NOT_GRANTED
        (0xC000_0056, 5), // STATUS_DELETE_PENDING
        (0xC000_0061, 1314), // STATUS_PRIVILEGE_NOT_HELD
        (0xC000_007F, 112), // STATUS_DISK_FULL
        (0xC000_00AC, 231), // STATUS_PIPE_NOT_AVAILABLE
        (0xC000_00AE, 231), // STATUS_PIPE_BUSY
        (0xC000_00B2, 535), // STATUS_PIPE_CONNECTED
        (0xC000_00E5, 1359), // STATUS_INTERNAL_ERROR
        (0xC000_013A, 572), // STATUS_CONTROL_C_EXIT
        (0xC000_020B, 64), // STATUS_ADDRESS_CLOSED
        (0xC000_0225, 1168), // STATUS_NOT_FOUND
        (0xC000_0235, 6), // STATUS_HANDLE_NOT_CLOSABLE
        (0xC000_0238, 1227), // STATUS_ADDRESS_ALREADY_ASSOCIATED
        (0xC000_023A, 1229), // STATUS_CONNECTION_INVALID
        (0xC000_0246, 1238), // STATUS_CONNECTION_COUNT_LIMIT
    ];

    /// The Win32 error that ntdll gives for any status: `ERROR_MR_MID_NOT_FOUND` (317) for those it does not know.
    ///
    /// ```
    /// use winsock::overlapped::Status;
    ///
    /// assert_eq!((Status::CANCELLED.dos_error(), Status::TIMEOUT.dos_error(), Status(0xC000_FFFF).dos_error()), (995, 1460, 317));
    /// ```
    #[doc(alias = "RtlNtStatusToDosError")]
    #[must_use]
    pub fn dos_error(self) -> u32 {
        let is_winsocks = related::by_ntstatus(self.0).is_some();
        let is_files = Status::OF_FILES.iter().any(|(status, _)| *status == self);
        if self == Status::SUCCESS || is_winsocks || is_files {
            return self.win32();
        }
        Status::OF_OTHERS.iter().find(|(status, _)| *status == self.0).map_or(317, |(_, error)| *error)
    }

    /// How a transfer on a file or pipe ended that failed with this Win32 error.
    #[must_use]
    pub fn of_file(error: Code) -> Status {
        let known = Status::OF_FILES.iter().find(|(_, win32)| win32.cast_signed() == error.value());
        known.map_or(Status::IO_DEVICE_ERROR, |(status, _)| *status)
    }

    /// The status under which Windows' kernel reports what Winsock calls `code`.
    ///
    /// Several statuses become one code; the others belong to failures that Linux does not tell apart.
    #[must_use]
    pub fn of(code: Code) -> Status {
        match code {
            // Source: Wine's test_WSARecv and test_tcp_reset in dlls/ws2_32/tests/sock.c, checked on Windows.
            Code::WSAECONNRESET => Status::CONNECTION_RESET,
            Code::WSAECONNABORTED => Status(0xC000_0241), // STATUS_CONNECTION_ABORTED
            Code::WSAETIMEDOUT => Status(0xC000_00B5),    // STATUS_IO_TIMEOUT
            Code::WSAECONNREFUSED => Status(0xC000_0236), // STATUS_CONNECTION_REFUSED
            Code::WSAENETUNREACH => Status(0xC000_023C),  // STATUS_NETWORK_UNREACHABLE
            Code::WSAEADDRNOTAVAIL => Status(0xC000_0207), // STATUS_INVALID_ADDRESS_COMPONENT
            Code::WSAEMSGSIZE => Status::BUFFER_OVERFLOW,
            Code::WSAENOBUFS => Status(0xC000_009A), // STATUS_INSUFFICIENT_RESOURCES
            Code::WSA_OPERATION_ABORTED => Status::CANCELLED,
            _ => {
                let twins = code.entry().map_or(&[][..], |entry| entry.twins.ntstatus);
                // STATUS_INVALID_PARAMETER, which every unlisted failure shares a code with.
                twins.first().map_or(Status(0xC000_000D), |twin| Status(twin.value))
            }
        }
    }

    /// The Winsock code; 0 for success. Statuses outside the table are `WSAEINVAL`, as on Windows.
    #[must_use]
    pub fn code(self) -> Code {
        if self == Status::SUCCESS {
            return Code::new(0);
        }
        related::by_ntstatus(self.0).map_or(Code::WSAEINVAL, |entry| entry.code())
    }

    /// The Win32 error; 0 for success.
    #[must_use]
    #[inline]
    pub fn win32(self) -> u32 {
        if self == Status::SUCCESS {
            return 0;
        }
        if let Some((_, win32)) = Status::OF_FILES.iter().find(|(status, _)| *status == self) {
            return *win32;
        }
        let twins = related::by_ntstatus(self.0).map_or(&[][..], |entry| entry.twins.ntstatus);
        // ERROR_INVALID_PARAMETER.
        twins.iter().find(|twin| twin.value == self.0).map_or(87, |twin| twin.win32_value)
    }

    /// Whether its severity says that it failed, or warns.
    #[must_use]
    pub fn is_failure(self) -> bool {
        self.0.cast_signed() < 0
    }

    /// Not an error; a cut datagram is one, although its severity says warning.
    #[must_use]
    #[inline]
    pub fn is_success(self) -> bool {
        self == Status::SUCCESS
    }
}

/// What `WSAGetOverlappedResult` without waiting says of an operation: how many bytes it moved.
///
/// # Errors
/// `WSA_IO_INCOMPLETE` (996) while it is under way, else the code it ended with.
#[doc(alias = "WSAGetOverlappedResult")]
#[doc(alias = "HasOverlappedIoCompleted")]
pub fn result(record: &Record) -> Result<u32, Code> {
    match record.status() {
        Status::PENDING => Err(Code::WSA_IO_INCOMPLETE),
        Status::SUCCESS => Ok(record.bytes()),
        failure => Err(failure.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_the_table_gives_back_its_code() {
        let mut seen = 0;
        for entry in winsock_codes::entries() {
            for twin in entry.twins.ntstatus {
                let status = Status(twin.value);
                // Pending is 997 as a code but means 996 to who asks for the result.
                if status != Status::PENDING {
                    assert_eq!((status.code(), status.win32()), (entry.code(), twin.win32_value), "{}", twin.name);
                }
                seen += 1;
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn the_chosen_status_of_a_code_means_that_code() {
        for entry in winsock_codes::entries().iter().filter(|entry| !entry.twins.ntstatus.is_empty()) {
            assert_eq!(Status::of(entry.code()).code(), entry.code());
        }
    }
}

//! `Code` from and into `std::io::Error` (feature `std`).

use std::io::{Error, ErrorKind};

use crate::Code;

impl Code {
    /// The Winsock code inside an I/O error, if there is one: what `WSAGetLastError` said on Windows, or what Windows
    /// would say for the same failure elsewhere.
    ///
    /// * An error made from a `Code` gives that code back, on every system.
    /// * On Windows: the raw OS error, where the catalogue has it. Win32 errors that stand for several codes (64,
    ///   `ERROR_NETNAME_DELETED`) are not guessed at.
    /// * On Linux: by [`errno::from_errno`](crate::errno::from_errno)'s rules that hold in every call and state.
    /// * Elsewhere, and for errors without a number: by kind, where one code has that kind.
    ///
    /// ```
    /// use std::io::{Error, ErrorKind};
    /// use winsock_codes::Code;
    ///
    /// assert_eq!(Code::from_io_error(&Error::from(Code::WSAENOTSOCK)), Some(Code::WSAENOTSOCK));
    /// assert_eq!(Code::from_io_error(&ErrorKind::ConnectionReset.into()), Some(Code::WSAECONNRESET));
    /// assert_eq!(Code::from_io_error(&ErrorKind::UnexpectedEof.into()), None);
    /// ```
    #[must_use]
    pub fn from_io_error(error: &Error) -> Option<Code> {
        if let Some(code) = error.get_ref().and_then(|inner| inner.downcast_ref::<Code>()) {
            return Some(*code);
        }
        match error.raw_os_error() {
            Some(number) if cfg!(windows) => Some(Code::new(number)).filter(|code| code.entry().is_some()),
            Some(number) if cfg!(any(target_os = "linux", target_os = "android")) => from_any_call(number),
            _ => Code::from_io_kind(error.kind()),
        }
    }

    /// The code that has this kind, where there is one that has it before all others.
    #[must_use]
    pub fn from_io_kind(kind: ErrorKind) -> Option<Code> {
        KINDS.iter().find(|(known, _)| *known == kind).map(|(_, code)| *code)
    }

    /// The kind that Rust's standard library gives this code on Windows; `ErrorKind::Other` where it has none, or one
    /// that is not yet stable.
    ///
    /// `WSA_OPERATION_ABORTED` (995) is `TimedOut` there: the standard library cancels an operation when its time is up.
    ///
    /// ```
    /// use std::io::ErrorKind;
    /// use winsock_codes::Code;
    ///
    /// assert_eq!(Code::WSAECONNREFUSED.io_error_kind(), ErrorKind::ConnectionRefused);
    /// assert_eq!(Code::WSAENOBUFS.io_error_kind(), ErrorKind::Other);
    /// ```
    #[must_use]
    pub fn io_error_kind(self) -> ErrorKind {
        let word = self.entry().map_or("", |entry| entry.twins.rust);
        KINDS
            .iter()
            .map(|(kind, _)| *kind)
            .chain([ErrorKind::OutOfMemory])
            .find(|kind| kind_word(*kind) == word)
            .unwrap_or(ErrorKind::Other)
    }
}

/// On Windows the error carries the number as `WSAGetLastError` would; elsewhere it carries the `Code` and its kind, and
/// [`Code::from_io_error`] gets the code back.
impl From<Code> for Error {
    fn from(code: Code) -> Error {
        if cfg!(windows) { Error::from_raw_os_error(code.value()) } else { Error::new(code.io_error_kind(), code) }
    }
}

impl std::error::Error for Code {}

fn from_any_call(errno: i32) -> Option<Code> {
    use crate::errno::{When, rules};
    rules(errno).iter().find(|rule| rule.when == When::Any && rule.on.is_empty()).map(|rule| rule.code)
}

/// Kinds that Winsock codes have, each with the code that has it before all others.
const KINDS: &[(ErrorKind, Code)] = &[
    (ErrorKind::PermissionDenied, Code::WSAEACCES),
    (ErrorKind::InvalidInput, Code::WSAEINVAL),
    (ErrorKind::WouldBlock, Code::WSAEWOULDBLOCK),
    (ErrorKind::AddrInUse, Code::WSAEADDRINUSE),
    (ErrorKind::AddrNotAvailable, Code::WSAEADDRNOTAVAIL),
    (ErrorKind::NetworkDown, Code::WSAENETDOWN),
    (ErrorKind::NetworkUnreachable, Code::WSAENETUNREACH),
    (ErrorKind::HostUnreachable, Code::WSAEHOSTUNREACH),
    (ErrorKind::ConnectionAborted, Code::WSAECONNABORTED),
    (ErrorKind::ConnectionReset, Code::WSAECONNRESET),
    (ErrorKind::NotConnected, Code::WSAENOTCONN),
    (ErrorKind::BrokenPipe, Code::WSAESHUTDOWN),
    (ErrorKind::TimedOut, Code::WSAETIMEDOUT),
    (ErrorKind::ConnectionRefused, Code::WSAECONNREFUSED),
    (ErrorKind::QuotaExceeded, Code::WSAEDQUOT),
    (ErrorKind::Interrupted, Code::WSAEINTR),
];

/// A kind's word in entries. Not `Debug`, whose output is not a promise.
fn kind_word(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::PermissionDenied => "PermissionDenied",
        ErrorKind::InvalidInput => "InvalidInput",
        ErrorKind::WouldBlock => "WouldBlock",
        ErrorKind::AddrInUse => "AddrInUse",
        ErrorKind::AddrNotAvailable => "AddrNotAvailable",
        ErrorKind::NetworkDown => "NetworkDown",
        ErrorKind::NetworkUnreachable => "NetworkUnreachable",
        ErrorKind::HostUnreachable => "HostUnreachable",
        ErrorKind::ConnectionAborted => "ConnectionAborted",
        ErrorKind::ConnectionReset => "ConnectionReset",
        ErrorKind::NotConnected => "NotConnected",
        ErrorKind::BrokenPipe => "BrokenPipe",
        ErrorKind::TimedOut => "TimedOut",
        ErrorKind::ConnectionRefused => "ConnectionRefused",
        ErrorKind::QuotaExceeded => "QuotaExceeded",
        ErrorKind::Interrupted => "Interrupted",
        ErrorKind::OutOfMemory => "OutOfMemory",
        _ => "",
    }
}

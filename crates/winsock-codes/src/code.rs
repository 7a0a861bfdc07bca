//! [`Code`]: the number that `WSAGetLastError` returns, as a type.

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use crate::Entry;
use crate::entry::{Category, Retry, Severity};
use crate::find;

/// A Winsock error code: the value that `WSAGetLastError` returns.
///
/// An open type: any `i32` is a `Code`, because Windows, a service provider or a broken program may hand out numbers
/// that nobody assigned. The 97 assigned ones are constants with Winsock's own spelling, usable in patterns. `Code` has
/// the size and layout of `i32`.
///
/// ```
/// use winsock_codes::Code;
///
/// let code = Code::new(10054);
/// assert_eq!(code.name(), Some("WSAECONNRESET"));
/// match code {
///     Code::WSAECONNRESET | Code::WSAECONNABORTED => { /* reconnect */ }
///     Code::WSAEWOULDBLOCK => unreachable!(),
///     other => panic!("{other}"),
/// }
/// ```
///
/// Source of the values: Microsoft, "Windows Sockets Error Codes", and the `WSA_ERROR` constants of the Windows
/// metadata; the crate's tests compare every one with `windows-sys`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Code(i32);

impl Code {
    /// The code with this value, assigned or not.
    #[must_use]
    pub const fn new(value: i32) -> Code {
        Code(value)
    }

    /// The value, as `WSAGetLastError` returns it.
    #[must_use]
    pub const fn value(self) -> i32 {
        self.0
    }

    /// All that the catalogue says of this code; `None` if the number is not assigned to a Winsock name.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert_eq!(Code::WSAETIMEDOUT.entry().unwrap().value(), 10060);
    /// assert!(Code::new(10005).entry().is_none());
    /// ```
    #[must_use]
    pub const fn entry(self) -> Option<&'static Entry> {
        find::by_value(self.0)
    }

    /// Microsoft's name of this code, if it has one.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self.entry() {
            Some(entry) => Some(entry.name),
            None => None,
        }
    }

    /// The code with this Winsock name or alias, in any mixture of case; the `WSA` prefix may be missing.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert_eq!(Code::from_name("WSAECONNRESET"), Some(Code::WSAECONNRESET));
    /// assert_eq!(Code::from_name("econnreset"), Some(Code::WSAECONNRESET));
    /// assert_eq!(Code::from_name("HOST_NOT_FOUND"), Some(Code::WSAHOST_NOT_FOUND));
    /// assert_eq!(Code::from_name("WSAENOTTY"), None); // not a Winsock name
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Code> {
        find::by_name(name).map(Entry::code)
    }

    /// This code as an HRESULT of the Win32 facility: `0x80070000 | code`, as `HRESULT_FROM_WIN32` makes it.
    ///
    /// Zero stays zero (`S_OK`) and negative values are HRESULTs already, as in that macro.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert_eq!(Code::WSAECONNRESET.hresult(), 0x8007_2746);
    /// ```
    #[must_use]
    pub const fn hresult(self) -> u32 {
        if self.0 <= 0 { self.0.cast_unsigned() } else { 0x8007_0000 | (self.0.cast_unsigned() & 0xFFFF) }
    }

    /// The code inside an HRESULT of the Win32 facility (`0x8007....`); `None` for other facilities and for success.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert_eq!(Code::from_hresult(0x8007_274D), Some(Code::WSAECONNREFUSED));
    /// assert_eq!(Code::from_hresult(0x8000_4005), None); // E_FAIL says nothing
    /// ```
    #[must_use]
    pub const fn from_hresult(hresult: u32) -> Option<Code> {
        if hresult >> 16 == 0x8007 { Some(Code((hresult & 0xFFFF).cast_signed())) } else { None }
    }

    /// The number that the Apache Portable Runtime (Subversion, httpd tools) prints for this code: 720000 + code.
    #[must_use]
    pub const fn apr(self) -> i32 {
        self.0.saturating_add(APR_OS_START_SYSERR)
    }

    /// The code inside an APR status of the 720000 range.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert_eq!(Code::from_apr(730_054), Some(Code::WSAECONNRESET));
    /// ```
    #[must_use]
    pub const fn from_apr(status: i32) -> Option<Code> {
        // APR reserves 720000..=799999 for system errors; codes past 0xFFFF do not exist on Windows.
        if status > APR_OS_START_SYSERR && status <= APR_OS_START_SYSERR + 0xFFFF {
            Some(Code(status - APR_OS_START_SYSERR))
        } else {
            None
        }
    }

    /// Whether doing the work again, now or later, on this socket or a new one, can succeed without changing the
    /// program, its configuration or the system. [`Entry::retry`] says in which way.
    ///
    /// False for numbers that nobody assigned.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert!(Code::WSAECONNRESET.is_retryable());
    /// assert!(!Code::WSAEAFNOSUPPORT.is_retryable());
    /// ```
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        match self.entry() {
            Some(entry) => !matches!(entry.retry, Retry::Never),
            None => false,
        }
    }

    /// Whether a correct program meets this code in its ordinary flow: `WSAEWOULDBLOCK`, `WSA_IO_PENDING` and the like.
    #[must_use]
    pub const fn is_normal(self) -> bool {
        match self.entry() {
            Some(entry) => matches!(entry.severity, Severity::Normal),
            None => false,
        }
    }

    /// Whether the code says that an established connection has ended and the socket is of no more use.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert!(Code::WSAECONNRESET.is_disconnect());
    /// assert!(!Code::WSAECONNREFUSED.is_disconnect()); // never was connected
    /// ```
    #[must_use]
    pub const fn is_disconnect(self) -> bool {
        matches!(self, Code::WSAECONNRESET | Code::WSAECONNABORTED | Code::WSAENETRESET | Code::WSAEDISCON)
    }

    /// Whether name resolution returned this code (`WSAHOST_NOT_FOUND` and its neighbours).
    #[must_use]
    pub const fn is_resolver(self) -> bool {
        match self.entry() {
            Some(entry) => matches!(entry.category, Category::Resolver),
            None => false,
        }
    }
}

/// APR's `APR_OS_START_SYSERR`: where its numbers for the system's own errors begin. Source: `apr_errno.h`.
const APR_OS_START_SYSERR: i32 = 720_000;

impl From<i32> for Code {
    fn from(value: i32) -> Code {
        Code(value)
    }
}

impl From<Code> for i32 {
    fn from(code: Code) -> i32 {
        code.0
    }
}

impl From<NonZeroU32> for Code {
    fn from(value: NonZeroU32) -> Code {
        Code(value.get().cast_signed())
    }
}

/// `10054 WSAECONNRESET`, or the bare number where nobody assigned it.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{} {name}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "Code({})", self.0),
        }
    }
}

/// Parses what [`Display`](fmt::Display) prints, and each half of it: a decimal number or a Winsock name.
///
/// ```
/// # use winsock_codes::Code;
/// assert_eq!("10054".parse(), Ok(Code::WSAECONNRESET));
/// assert_eq!("WSAECONNRESET".parse(), Ok(Code::WSAECONNRESET));
/// assert_eq!("10054 WSAECONNRESET".parse(), Ok(Code::WSAECONNRESET));
/// assert!("10005 WSAEINTR".parse::<Code>().is_err()); // the halves contradict each other
/// ```
impl FromStr for Code {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Code, ParseCodeError> {
        let text = text.trim();
        if let Ok(value) = text.parse() {
            return Ok(Code(value));
        }
        if let Some((number, name)) = text.split_once(char::is_whitespace) {
            let value: i32 = number.parse().map_err(|_| ParseCodeError(()))?;
            return match Code::from_name(name.trim()) {
                Some(code) if code.0 == value => Ok(code),
                _ => Err(ParseCodeError(())),
            };
        }
        Code::from_name(text).ok_or(ParseCodeError(()))
    }
}

/// The text was neither a number that fits 32 bits nor a Winsock name, or its number and name contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseCodeError(());

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a Winsock code: expected a decimal number, a name such as WSAECONNRESET, or both in agreement")
    }
}

impl core::error::Error for ParseCodeError {}

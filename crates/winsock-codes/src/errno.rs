//! Linux `errno` and Winsock codes.
//!
//! Forward is a property of the entry ([`Twins::errno`](crate::Twins)). Backward is not a map: one errno means different
//! codes in different calls and states, so [`from_errno`] takes both. `data/errno.toml` is the home of the rules.
//!
//! Numbers are those of Linux on x86-64 and every architecture with the generic table (arm64, riscv64, s390x).

use crate::generated::errno::{ERRNOS, RULES, TEXTS};
use crate::{Call, Code};

/// The state that decides what an errno means, where the call alone does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum When {
    /// Nothing particular is known.
    #[default]
    Any,
    /// The socket carries datagrams.
    Datagram,
    /// A blocking socket with a send or receive time-out.
    TimeoutSet,
    /// The program itself has shut the sending side down.
    SendShutDown,
    /// This side has ended the connection: time-out, keep-alive failure, abort.
    AbortedLocally,
}

impl When {
    /// What the condition says, for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            When::Any => "any state",
            When::Datagram => "datagram socket",
            When::TimeoutSet => "blocking socket with a time-out",
            When::SendShutDown => "after the program's own shutdown of the sending side",
            When::AbortedLocally => "after the local side gave the connection up",
        }
    }
}

/// One rule from a Linux errno to a Winsock code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The errno's name.
    pub name: &'static str,
    /// The errno's number on Linux.
    pub errno: i32,
    /// The calls it holds for; empty means every call.
    pub on: &'static [Call],
    /// The state it holds in.
    pub when: When,
    /// The code.
    pub code: Code,
    /// Why.
    pub why: &'static str,
}

/// The Winsock code for a Linux errno that a call returned in a certain state: what Windows gives for the same failure.
///
/// `None` for numbers without a rule; the caller decides what an unknown failure is, for example `WSAEINVAL`.
///
/// ```
/// use winsock_codes::errno::{When, from_errno};
/// use winsock_codes::{Call, Code};
///
/// const EINPROGRESS: i32 = 115;
/// // A non-blocking connect under way is 10035 on Windows, whatever the names suggest.
/// assert_eq!(from_errno(EINPROGRESS, Call::connect, When::Any), Some(Code::WSAEWOULDBLOCK));
///
/// const ECONNREFUSED: i32 = 111;
/// assert_eq!(from_errno(ECONNREFUSED, Call::connect, When::Any), Some(Code::WSAECONNREFUSED));
/// assert_eq!(from_errno(ECONNREFUSED, Call::recv, When::Datagram), Some(Code::WSAECONNRESET));
/// ```
#[must_use]
pub fn from_errno(errno: i32, call: Call, when: When) -> Option<Code> {
    rules(errno)
        .iter()
        .find(|rule| (rule.when == When::Any || rule.when == when) && (rule.on.is_empty() || rule.on.contains(&call)))
        .map(|rule| rule.code)
}

/// Every rule for an errno, the most particular first.
#[must_use]
pub fn rules(errno: i32) -> &'static [Rule] {
    let start = RULES.partition_point(|rule| rule.errno < errno);
    let count = RULES[start..].partition_point(|rule| rule.errno == errno);
    &RULES[start..start + count]
}

/// The Linux number of an errno name, in any mixture of case.
///
/// ```
/// assert_eq!(winsock_codes::errno::number("ECONNRESET"), Some(104));
/// assert_eq!(winsock_codes::errno::number("EWOULDBLOCK"), Some(11)); // the same number as EAGAIN
/// ```
#[must_use]
pub fn number(name: &str) -> Option<i32> {
    ERRNOS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, number)| *number)
}

/// The name of a Linux errno number.
#[must_use]
pub fn name(errno: i32) -> Option<&'static str> {
    ERRNOS.iter().find(|(_, number)| *number == errno).map(|(name, _)| *name)
}

/// The Linux errno number whose `strerror` text, as glibc, musl or a BSD has it, stands in a text, and that text. The
/// longest counts.
///
/// ```
/// use winsock_codes::errno::by_text;
///
/// assert_eq!(by_text("connect: Connection refused"), Some((111, "Connection refused")));
/// assert_eq!(by_text("too many open files in system"), Some((23, "Too many open files in system")));
/// assert_eq!(by_text("no error"), None);
/// ```
#[must_use]
pub fn by_text(text: &str) -> Option<(i32, &'static str)> {
    let contains =
        |known: &str| text.as_bytes().windows(known.len()).any(|part| part.eq_ignore_ascii_case(known.as_bytes()));
    TEXTS.iter().find(|(known, _)| contains(known)).map(|(known, number)| (*number, *known))
}

impl Code {
    /// The most faithful Linux errno number, if there is one.
    ///
    /// ```
    /// # use winsock_codes::Code;
    /// assert_eq!(Code::WSAECONNRESET.errno(), Some(104));
    /// assert_eq!(Code::WSANOTINITIALISED.errno(), None); // Linux has no such state
    /// ```
    #[must_use]
    pub fn errno(self) -> Option<i32> {
        number(self.entry()?.twins.errno.first()?)
    }
}

//! Numbers that are not Winsock codes but stand next to them in logs: Win32 errors that the same failures give,
//! WinHTTP's and WinINet's numbers, and the wrong rows of a table in circulation.

use crate::generated::related::{LIBUV, LOOKALIKES, MADE_UP, REFERENCE_TABLE};
use crate::{Code, Entry, entries};

/// A Win32, WinHTTP or WinINet error that people take for a Winsock code, or that stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lookalike {
    /// The number.
    pub value: u32,
    /// Its name.
    pub name: &'static str,
    /// Whose number it is: `Win32`, `WinHTTP`, `WinINet`.
    pub owner: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The Winsock codes that mean the same or are often behind it.
    pub related: &'static [Code],
    /// The distinctive part of its system text, in lower case; empty if none is kept.
    pub phrase: &'static str,
    /// Hashes of the words of `phrase`.
    #[cfg_attr(not(feature = "text"), allow(dead_code, reason = "texts are compared with the feature only"))]
    pub(crate) phrase_words: &'static [u32],
}

/// All look-alikes, in order of value.
#[must_use]
pub const fn lookalikes() -> &'static [Lookalike] {
    LOOKALIKES
}

/// The look-alike with this number.
///
/// ```
/// use winsock_codes::{Code, related::lookalike};
///
/// assert_eq!(lookalike(1225).unwrap().related, [Code::WSAECONNREFUSED]);
/// ```
#[must_use]
pub fn lookalike(value: u32) -> Option<&'static Lookalike> {
    LOOKALIKES.iter().find(|known| known.value == value)
}

/// The entries that a Win32 error may stand for, when `GetLastError` or a completion packet shows it instead of the
/// Winsock code: there may be several, or none.
///
/// ```
/// use winsock_codes::related::win32_candidates;
///
/// let names: Vec<_> = win32_candidates(64).map(|entry| entry.name).collect();
/// assert_eq!(names, ["WSAECONNABORTED", "WSAECONNRESET"]);
/// ```
pub fn win32_candidates(win32: u32) -> impl Iterator<Item = &'static Entry> {
    entries().iter().filter(move |entry| entry.twins.ntstatus.iter().any(|status| status.win32_value == win32))
}

/// The entry that `ws2_32` turns an NTSTATUS into.
///
/// ```
/// assert_eq!(winsock_codes::related::by_ntstatus(0xC000_020D).unwrap().name, "WSAECONNRESET");
/// ```
#[must_use]
pub fn by_ntstatus(status: u32) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.twins.ntstatus.iter().any(|known| known.value == status))
}

/// One of libuv's error numbers on Windows, as Node.js prints them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Libuv {
    /// libuv's constant.
    pub name: &'static str,
    /// Its number on Windows.
    pub value: i32,
    /// The Winsock code that it most likely stands for.
    pub code: Code,
}

/// All of libuv's numbers that stand for Winsock codes, in order of value.
#[must_use]
pub const fn libuv_numbers() -> &'static [Libuv] {
    LIBUV
}

/// What a libuv error number on Windows stands for.
///
/// ```
/// use winsock_codes::{Code, related::by_libuv};
///
/// assert_eq!(by_libuv(-4077).unwrap().code, Code::WSAECONNRESET);
/// assert!(by_libuv(-104).is_none()); // Linux's ECONNRESET
/// ```
#[must_use]
pub fn by_libuv(number: i32) -> Option<&'static Libuv> {
    LIBUV.binary_search_by_key(&number, |known| known.value).ok().map(|index| &LIBUV[index])
}

/// A row of the reference table in circulation: 255 numbers from 10001, of which 8 carry the right name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReferenceRow {
    /// The number that the table gives.
    pub value: i32,
    /// The name that the table gives it.
    pub name: &'static str,
}

impl ReferenceRow {
    /// The real code of the name; `None` where the name is made up.
    #[must_use]
    pub fn real(&self) -> Option<Code> {
        Code::from_name(self.name)
    }

    /// Whether the row is true.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.real() == Some(Code::new(self.value))
    }
}

/// The whole reference table, in order of value. Kept so that people who were misled by it get an answer; 247 rows are
/// wrong.
#[must_use]
pub const fn reference_table() -> &'static [ReferenceRow] {
    REFERENCE_TABLE
}

/// The table's row for a number.
///
/// ```
/// use winsock_codes::{Code, related::reference_row};
///
/// let row = reference_row(10005).unwrap();
/// assert_eq!((row.name, row.is_right()), ("WSAEINTR", false));
/// assert_eq!(row.real(), Some(Code::WSAEINTR)); // 10004
/// ```
#[must_use]
pub fn reference_row(value: i32) -> Option<&'static ReferenceRow> {
    REFERENCE_TABLE.binary_search_by_key(&value, |row| row.value).ok().map(|index| &REFERENCE_TABLE[index])
}

/// A name that looks like Winsock's and is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MadeUp {
    /// The name.
    pub name: &'static str,
    /// The nearest real code, if any is near.
    pub nearest: Option<Code>,
    /// Where the name comes from and what to use instead.
    pub why: &'static str,
}

/// The made-up names that circulate, in alphabetical order.
#[must_use]
pub const fn made_up_names() -> &'static [MadeUp] {
    MADE_UP
}

/// What is known of a made-up name, in any mixture of case.
///
/// ```
/// use winsock_codes::{Code, related::made_up};
///
/// assert_eq!(made_up("WSAEMSGSZ").unwrap().nearest, Some(Code::WSAEMSGSIZE));
/// ```
#[must_use]
pub fn made_up(name: &str) -> Option<&'static MadeUp> {
    MADE_UP.iter().find(|known| known.name.eq_ignore_ascii_case(name))
}
